"""A recordings folder and a script's turns → the recording of each turn, and what to doubt."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from broadcast.cache import Cache
from broadcast.model import Level, Problem, Recording, Stretch, Turn
from broadcast.recordings.changed import changed_words
from broadcast.recordings.choose import used_take
from broadcast.recordings.folder import digests_in
from broadcast.recordings.heard import Heard
from broadcast.recordings.judge import doubts, place_of
from broadcast.recordings.listen import digest, is_known, listen
from broadcast.recordings.pair import Pairing, is_stale, pair
from broadcast.recordings.takes_file import KnownTake, Part, Takes, read_takes

_SHORTEST_MS = 100

Step = Callable[[int, int], None]
StalePolicy = Literal["use", "synthetic"]


@dataclass(frozen=True, slots=True)
class Found:
    """A script's recordings as they stand.

    ``recordings`` are those that are heard, by the turn's id; ``heard`` tells of the files in use,
    by name; ``problems`` are said against the recordings folder.
    """

    before: Takes
    pairing: Pairing
    recordings: Mapping[str, Recording]
    heard: Mapping[str, Heard]
    problems: tuple[Problem, ...]

    @property
    def takes(self) -> Takes:
        """What takes.json shall remember from now on."""
        return self.pairing.takes

    @property
    def is_news(self) -> bool:
        """Whether takes.json is to be written: something was found or moved."""
        return self.takes != self.before


def find_recordings(
    folder: Path,
    turns: Sequence[Turn],
    *,
    expected_ms: Mapping[str, int],
    stale: StalePolicy,
    cache: Cache,
    takes: Takes | None = None,
    step: Step = lambda *_: None,
) -> Found:
    """Find the recording of each turn, and judge those that are used; nothing is written.

    ``expected_ms`` tells by a turn's id how long its words take to say. ``takes`` stands for what
    takes.json says, for a decision that is not written yet. ``step`` is told how many of how many
    new files were listened to. Raises BroadcastError when takes.json is wrong.
    """
    before = read_takes(folder)
    takes = before if takes is None else takes
    files = digests_in(folder, lambda file: digest(file, cache), takes.files())
    pairing = pair(takes, turns, files)
    recordings: dict[str, Recording] = {}
    heard: dict[str, Heard] = {}
    problems = list(_about_files(pairing))
    _listen_to_all(folder, turns, pairing, cache, step)
    for turn in turns:
        of_turn = pairing.takes.of_turn(turn.id)
        take = used_take(of_turn, turn)
        if take is None:
            continue
        gone = [part.file for part in take.files if part in pairing.missing]
        if gone:
            problems.append(
                _about(turn, "warning", f"{gone[0]} is gone; the synthetic voice speaks")
            )
            continue
        changed = is_stale(take, turn)
        if changed and stale == "synthetic":
            problems.append(
                _about(
                    turn,
                    "warning",
                    f"{_names(take)} says other words: not used",
                    f"Changed: {changed_words(take.heard, turn.text)}",
                )
            )
            continue
        if changed:
            problems.append(
                _about(
                    turn,
                    "warning",
                    f"{_names(take)} was recorded for other words: it is used",
                    f"Changed: {changed_words(take.heard, turn.text)}",
                )
            )
        listened = [listen(folder / part.file, cache, part.digest) for part in take.files]
        heard |= {part.file: one for part, one in zip(take.files, listened, strict=True)}
        paths = [folder / part.file for part in take.files]
        stretches, judged = judged_take(turn, take, paths, listened, expected_ms[turn.id])
        problems += judged
        if stretches:
            recordings[turn.id] = Recording(
                stretches=stretches,
                words=take.heard if changed else turn.text,
                stale=changed,
                number=of_turn.index(take) + 1,
                count=len(of_turn),
            )
    problems += _used_twice(turns, recordings)
    return Found(before, pairing, recordings, heard, tuple(problems))


def _listen_to_all(
    folder: Path,
    turns: Sequence[Turn],
    pairing: Pairing,
    cache: Cache,
    step: Step,
) -> None:
    """Listen to the files that are used, two at a time; what is heard is kept in the cache."""
    used = [used_take(pairing.takes.of_turn(turn.id), turn) for turn in turns]
    parts = [part for take in used if take for part in take.files if part not in pairing.missing]
    new = {part.digest: folder / part.file for part in parts if not is_known(part.digest, cache)}
    if len(new) > 1:
        with ThreadPoolExecutor(2) as pool:
            heard = [pool.submit(listen, file, cache, digest) for digest, file in new.items()]
            try:
                for done, one in enumerate(as_completed(heard), 1):
                    one.result()
                    step(done, len(heard))
            finally:
                pool.shutdown(wait=True, cancel_futures=True)


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
            f"{name} belongs to no turn: its name does not begin with a turn's number",
            "Name it like 03.wav, or say which turn it is for with broadcast swap.",
        )
    for name in pairing.replaced:
        yield Problem(
            None,
            "warning",
            f"{name} holds another sound than when it was paired; it is used as it is now",
            "Give retakes a name of their own, such as 03 retake.wav: both are then kept.",
        )


def _faults(turn: Turn, take: KnownTake, heard: Sequence[Heard]) -> Iterator[Problem]:
    """Give why a take cannot be used at all."""
    for part, one in zip(take.files, heard, strict=True):
        end_ms = one.duration_ms if part.out_ms is None else part.out_ms
        fault = one.fault
        if not fault and one.duration_ms < _SHORTEST_MS:
            fault = f"It is {one.duration_ms / 1000:.2f} s long, too short to hold a word."
        if fault:
            yield _about(
                turn,
                "error",
                f"{part.file}: {fault}",
                "Copy or record it again, or take it out of the folder.",
            )
        elif (part.in_ms or 0) >= min(end_ms, one.duration_ms) or end_ms > one.duration_ms + 500:
            yield _about(
                turn,
                "error",
                f"{part.file} is {one.duration_ms / 1000:.1f} s long: it has no such stretch",
                "Give other points with broadcast swap --in … --out …",
            )
        elif one.start_ms is None and part.in_ms is None and not take.forced:
            yield _about(
                turn,
                "error",
                f"no speech is heard in {part.file}",
                "Listen to it; if it is right, use it with: broadcast swap … --force",
            )


def _stretch(file: Path, part: Part, heard: Heard) -> Stretch:
    """Give what is used of a file: the points that were set, else from first to last speech."""
    start_ms, end_ms = heard.start_ms or 0, heard.end_ms or heard.duration_ms
    if part.in_ms is not None:
        start_ms = part.in_ms
    if part.out_ms is not None:
        end_ms = min(part.out_ms, heard.duration_ms)
    if end_ms <= start_ms:  # the point that was set lies past what was found by listening
        start_ms, end_ms = part.in_ms or 0, part.out_ms or heard.duration_ms
    return Stretch(file, part.digest, start_ms, end_ms)


def _used_twice(turns: Sequence[Turn], recordings: Mapping[str, Recording]) -> Iterator[Problem]:
    """Warn where two turns would play the same stretch of one sound."""
    used: list[tuple[Turn, Stretch]] = []
    for turn in turns:
        if turn.id not in recordings:
            continue
        for stretch in recordings[turn.id].stretches:
            for other, known in used:
                if (
                    known.digest == stretch.digest
                    and known.start_ms < stretch.end_ms
                    and stretch.start_ms < known.end_ms
                ):
                    yield _about(
                        turn,
                        "warning",
                        f"{stretch.file.name} is heard twice in it"
                        if other is turn
                        else f"{stretch.file.name} is the sound that {place_of(other)} has too",
                    )
                    break
            used.append((turn, stretch))


def _names(take: KnownTake) -> str:
    return " + ".join(dict.fromkeys(part.file for part in take.files))


def _about(turn: Turn, level: Level, words: str, hint: str | None = None) -> Problem:
    return Problem(None, level, f"{place_of(turn)}: {words}", hint)
