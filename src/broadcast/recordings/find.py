"""A recordings folder and a script's turns → the recording of each turn, and what to doubt."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from broadcast.cache import Cache
from broadcast.messages import Message
from broadcast.model import Problem, Recording, Stretch, Turn
from broadcast.recordings.changed import changed_words
from broadcast.recordings.heard import Heard
from broadcast.recordings.judge import about, doubts
from broadcast.recordings.listen import listen, remembered
from broadcast.recordings.pair import Pairing, is_stale
from broadcast.recordings.standing import StalePolicy, Standing, used_takes
from broadcast.recordings.takes_file import KnownTake, TakePart
from broadcast.text import folded
from broadcast.workers import Step, in_parallel

_SHORTEST_MS = 100


@dataclass(frozen=True, slots=True)
class FoundTakes:
    """Takes as they stand, listened to and judged.

    ``recordings`` are those that are heard, by the turn's id; ``heard`` tells of the files in use,
    by name; ``problems`` are said against the recordings folder.
    """

    standing: Standing
    recordings: Mapping[str, Recording]
    heard: Mapping[str, Heard]
    problems: tuple[Problem, ...]

    @property
    def lasting(self) -> tuple[Problem, ...]:
        """Those of the problems that stay: that a file's sound was replaced is told once."""
        return tuple(one for one in self.problems if one.code != "recordings.replaced")


def found_in(
    standing: Standing,
    *,
    expected_ms: Mapping[str, int],
    stale: StalePolicy,
    cache: Cache,
    step: Step = lambda *_: None,
) -> FoundTakes:
    """Find the recording of each turn, and judge those that are used; nothing is written.

    What is doubtful about a take is not told once the producer has confirmed that very sound.
    ``expected_ms`` tells by a turn's id how long its words take to say. ``step`` is told how many
    of how many new files were listened to.
    """
    folder, turns, pairing = standing.folder, standing.turns, standing.pairing
    recordings: dict[str, Recording] = {}
    heard: dict[str, Heard] = {}
    problems = list(_about_files(pairing))
    of_turn = standing.takes.by_turn()
    used = used_takes(standing)
    listened = _listened(standing, used.values(), cache, step)
    for turn in turns:
        take = used.get(turn.id)
        if take is None:
            continue
        gone = [part.file for part in take.files if part in pairing.missing]
        if gone:
            problems.append(
                about(
                    turn,
                    "warning",
                    Message(
                        "take.gone", "{file} is gone; the synthetic voice speaks", file=gone[0]
                    ),
                )
            )
            continue
        changed = is_stale(take, turn)
        if changed:
            problems.append(_stale(take, turn, is_used=stale == "use"))
            if stale == "synthetic":
                continue
        if _is_anothers(take, turn, turns):
            problems.append(_anothers(take, turn))
        heard |= {part.file: listened[part.digest] for part in take.files}
        paths = [folder / part.file for part in take.files]
        stretches, judged = judged_take(
            turn, take, paths, [heard[part.file] for part in take.files], expected_ms[turn.id]
        )
        problems += [one for one in judged if one.level == "error" or not take.is_accepted]
        if stretches:
            recordings[turn.id] = Recording(
                stretches=stretches,
                words=take.heard if changed else turn.text,
                stale=changed,
                number=of_turn[turn.id].index(take) + 1,
                count=len(of_turn[turn.id]),
            )
    accepted = {turn_id for turn_id, take in used.items() if take.is_accepted}
    problems += _used_twice(turns, recordings, accepted)
    return FoundTakes(standing, recordings, heard, tuple(problems))


def _listened(
    standing: Standing, used: Iterable[KnownTake], cache: Cache, step: Step
) -> dict[str, Heard]:
    """Give what is heard in the files that are used, by their digests; new ones two at a time."""
    files = {
        part.digest: standing.folder / part.file
        for take in used
        for part in take.files
        if part not in standing.pairing.missing
    }
    heard = in_parallel(
        lambda one: listen(one[1], cache, one[0]),
        [*files.items()],
        2,
        lambda done, total, _: step(done, total),
        known=lambda one: remembered(one[0], cache),
    )
    return dict(zip(files, heard, strict=True))


def judged_take(
    turn: Turn,
    take: KnownTake,
    files: Sequence[Path],
    heard: Sequence[Heard],
    expected_ms: int,
) -> tuple[tuple[Stretch, ...], tuple[Problem, ...]]:
    """Give what would be used of a take's ``files``, and what is to be doubted about it.

    No stretches when it cannot be used at all; then one of the problems is an error.
    """
    faults = tuple(_faults(turn, take, heard))
    if faults:
        return (), faults
    stretches = tuple(
        _stretch(file, part, one) for file, part, one in zip(files, take.files, heard, strict=True)
    )
    words_ms = round(expected_ms * len(take.heard) / max(1, len(turn.text)))
    return stretches, tuple(doubts(turn, stretches, heard, words_ms, forced=take.forced))


def _about_files(pairing: Pairing) -> Iterator[Problem]:
    for name in pairing.unpaired:
        yield Problem(
            None,
            "warning",
            Message(
                "recordings.unpaired",
                "{file} belongs to no turn: its name says none",
                file=name,
            ),
            Message(
                "recordings.unpaired.hint",
                "Name it like 03.wav or lead.wav, or say which turn it is for with broadcast swap.",
            ),
        )
    for name in pairing.replaced:
        yield Problem(
            None,
            "warning",
            Message(
                "recordings.replaced",
                "{file} holds another sound than when it was paired; it is used as it is now",
                file=name,
            ),
            Message(
                "recordings.replaced.hint",
                "Give retakes a name of their own, such as 03 retake.wav: both are then kept.",
            ),
        )


def _stale(take: KnownTake, turn: Turn, *, is_used: bool) -> Problem:
    files = _names(take)
    if is_used:
        message = Message(
            "take.stale", "{files} was recorded for other words: it is used", files=files
        )
    else:
        message = Message("take.stale-unused", "{files} says other words: not used", files=files)
    hint = Message(
        "take.stale.hint", "Changed: {change}", change=changed_words(take.heard, turn.text)
    )
    return about(turn, "warning", message, hint)


def _is_anothers(take: KnownTake, turn: Turn, turns: Sequence[Turn]) -> bool:
    """Whether somebody else, who is in the script still, recorded the take."""
    before, now = folded(take.speaker), folded(turn.speaker)
    return before != now and any(folded(other.speaker) == before for other in turns)


def _anothers(take: KnownTake, turn: Turn) -> Problem:
    return about(
        turn,
        "warning",
        Message(
            "take.other-speaker",
            "{files} was recorded when these were the words of {before}; now {now} says them",
            files=_names(take),
            before=take.speaker,
            now=turn.speaker,
        ),
        Message(
            "take.other-speaker.hint",
            "Listen whose voice it is. If it is right: broadcast takes NAME --confirm TURN; else: "
            "broadcast unswap NAME TURN",
        ),
    )


def _faults(turn: Turn, take: KnownTake, heard: Sequence[Heard]) -> Iterator[Problem]:
    """Give why a take cannot be used at all."""
    for part, one in zip(take.files, heard, strict=True):
        end_ms = one.duration_ms if part.out_ms is None else part.out_ms
        fault = one.fault
        if fault is None and one.duration_ms < _SHORTEST_MS:
            fault = Message(
                "take.too-short",
                "It is {seconds:.2f} s long, too short to hold a word.",
                seconds=one.duration_ms / 1000,
            )
        if fault is not None:
            message = Message("take.unusable", "{file}: {fault}", file=part.file, fault=fault)
            hint = Message(
                "take.unusable.hint", "Copy or record it again, or take it out of the folder."
            )
        elif (part.in_ms or 0) >= min(end_ms, one.duration_ms) or end_ms > one.duration_ms + 500:
            message = Message(
                "take.no-stretch",
                "{file} is {seconds:.1f} s long: it has no such stretch",
                file=part.file,
                seconds=one.duration_ms / 1000,
            )
            hint = Message(
                "take.no-stretch.hint", "Give other points with broadcast swap --in … --out …"
            )
        elif one.start_ms is None and part.in_ms is None and not take.forced:
            message = Message("take.no-speech", "no speech is heard in {file}", file=part.file)
            hint = Message(
                "take.no-speech.hint",
                "Listen to it; if it is right, use it with: broadcast swap … --force",
            )
        else:
            continue
        yield about(turn, "error", message, hint)


def _stretch(file: Path, part: TakePart, heard: Heard) -> Stretch:
    """Give what is used of a file: the points that were set, else from first to last speech."""
    start_ms, end_ms = heard.start_ms or 0, heard.end_ms or heard.duration_ms
    if part.in_ms is not None:
        start_ms = part.in_ms
    if part.out_ms is not None:
        end_ms = min(part.out_ms, heard.duration_ms)
    if end_ms <= start_ms:  # the point that was set lies past what was found by listening
        start_ms, end_ms = part.in_ms or 0, part.out_ms or heard.duration_ms
    return Stretch(file, part.digest, start_ms, end_ms)


def _used_twice(
    turns: Sequence[Turn], recordings: Mapping[str, Recording], accepted: Collection[str]
) -> Iterator[Problem]:
    """Warn of turns, but for those ``accepted``, that play a stretch which another one plays."""
    used: list[tuple[Turn, Stretch]] = []
    for turn in turns:
        if turn.id not in recordings:
            continue
        for stretch in recordings[turn.id].stretches:
            for other, known in used:
                if (
                    turn.id not in accepted
                    and known.digest == stretch.digest
                    and known.start_ms < stretch.end_ms
                    and stretch.start_ms < known.end_ms
                ):
                    yield about(turn, "warning", _heard_again(stretch.file.name, turn, other))
                    break
            used.append((turn, stretch))


def _heard_again(file: str, turn: Turn, other: Turn) -> Message:
    if other is turn:
        return Message("take.heard-twice", "{file} is heard twice in it", file=file)
    return Message(
        "take.heard-in-both",
        "{file} is the sound that {other} has too",
        file=file,
        other=other.name.said,
    )


def _names(take: KnownTake) -> str:
    return " + ".join(dict.fromkeys(part.file for part in take.files))
