"""Takes and a producer's decision about a turn → takes with that decision in them.

The newest take with the turn's own words is used, else the newest of all; a take that was put
aside is not. So going back to the synthetic voice, or to an earlier take, is putting others aside.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from broadcast.errors import UsageError
from broadcast.messages import Message, counted
from broadcast.model import Turn
from broadcast.recordings.takes_file import KnownTake, Takes


def used_take(takes: Sequence[KnownTake], turn: Turn) -> KnownTake | None:
    """The take of a turn that is heard; None: its words are spoken by the synthetic voice."""
    in_use = [take for take in takes if take.use]
    own_words = [take for take in in_use if take.says(turn.text)]
    return next(reversed(own_words or in_use), None)


def with_take(takes: Takes, take: KnownTake) -> Takes:
    """Takes with one more, which is now the newest of its turn."""
    return replace(takes, takes=(*takes.takes, take))


def with_swap(takes: Takes, turn: Turn, take: KnownTake) -> Takes:
    """Takes with one that is now heard for its turn; the same again is no new take."""
    of_turn = enumerate(takes.of_turn(turn.id), 1)
    same = [at for at, known in of_turn if known.files == take.files]
    return with_choice(takes, turn, same[0]) if same else with_take(takes, take)


def with_choice(takes: Takes, turn: Turn, number: int) -> Takes:
    """Takes with a turn's ``number``-th (1: the oldest) in use and its others put aside.

    Raises UsageError when the turn has no such take.
    """
    return _used_only(takes, turn, take_numbered(takes, turn, number))


def with_points(takes: Takes, before: KnownTake, cut: KnownTake) -> Takes:
    """Takes with one of them cut as ``cut`` is: the same files from and to other points.

    Raises UsageError when it is no longer among them as it was ``before``.
    """
    if before not in takes.takes:
        raise UsageError(
            Message(
                "take.changed-meanwhile",
                "This take was changed elsewhere meanwhile; it is not cut otherwise.",
            )
        )
    now = replace(before, files=cut.files, forced=cut.forced)
    return replace(takes, takes=tuple(now if take == before else take for take in takes.takes))


def take_numbered(takes: Takes, turn: Turn, number: int) -> KnownTake:
    """Give a turn's ``number``-th take (1: the oldest). Raises UsageError when it has no such."""
    of_turn = takes.of_turn(turn.id)
    if not 1 <= number <= len(of_turn):
        raise UsageError(_no_such_take(number, len(of_turn)))
    return of_turn[number - 1]


def without_choice(takes: Takes, turn: Turn) -> Takes:
    """Takes with all of a turn's put aside: its words are spoken by the synthetic voice again."""
    return _used_only(takes, turn, None)


def with_confirmed_words(takes: Takes, turn: Turn) -> Takes:
    """Takes with the turn's words noted as those heard in the take that is used, and it as right.

    Raises UsageError when the turn uses no take.
    """
    used = used_take(takes.of_turn(turn.id), turn)
    if used is None:
        raise UsageError(
            Message(
                "take.nothing-to-confirm",
                "This turn uses no recording, so there is nothing to confirm.",
            )
        )
    heard = None if used.words == turn.text else turn.text
    confirmed = replace(used, confirmed=heard, speaker=turn.speaker, accepted=used.sound)
    return replace(takes, takes=tuple(confirmed if t is used else t for t in takes.takes))


def _no_such_take(number: int, count: int) -> Message:
    if not count:
        return Message(
            "take.none", "There is no take {number} of this turn: it has none.", number=number
        )
    return counted(
        "take.unknown",
        "There is no take {number} of this turn: it has one.",
        "There is no take {number} of this turn: it has only {count}.",
        count=count,
        number=number,
    )


def _used_only(takes: Takes, turn: Turn, used: KnownTake | None) -> Takes:
    return replace(
        takes,
        takes=tuple(
            replace(take, use=take is used) if take.turn == turn.id else take
            for take in takes.takes
        ),
    )
