"""Files from anywhere and a turn → what is doubtful about them; their copies, as a new take."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from broadcast.cache import Cache
from broadcast.errors import BroadcastError
from broadcast.model import Problem, Turn
from broadcast.recordings.choose import with_take
from broadcast.recordings.folder import audio_files, copy_in, digest_of
from broadcast.recordings.judge import take_doubts, unusable
from broadcast.recordings.sounds import Sound, sound_of
from broadcast.recordings.takes_file import Part, Takes


def doubts_before_swap(
    turn: Turn,
    files: Sequence[Path],
    *,
    expected_ms: int,
    cache: Cache,
    in_ms: int | None = None,
    out_ms: int | None = None,
    forced: bool = False,
) -> tuple[Problem, ...]:
    """Give what is doubtful about files that shall be one take of a turn, in order.

    The in point is in the first of them, the out point in the last. An error among the doubts
    says that they cannot be used, or not without ``forced``. Nothing is copied.
    """
    sounds: list[Sound] = []
    doubts: list[Problem] = []
    for file, (start_ms, end_ms) in zip(files, _points(len(files), in_ms, out_ms), strict=True):
        try:
            sounds.append(sound_of(file, start_ms, end_ms, cache))
        except BroadcastError as error:
            doubts.append(unusable(turn, error, file.name))
    if doubts:
        return tuple(doubts)
    return take_doubts(turn, sounds, turn.text, expected_ms, forced=forced)


def swapped(
    takes: Takes,
    turn: Turn,
    files: Sequence[Path],
    folder: Path,
    *,
    in_ms: int | None = None,
    out_ms: int | None = None,
    forced: bool = False,
) -> Takes:
    """Copy files into a recordings folder and give takes in which they are a turn's newest take.

    takes.json is not written. Raises BroadcastError when a file is not there, OutsideError when
    the disk refuses.
    """
    prefix = turn.kind if turn.n is None else f"{turn.n:02}"
    parts = []
    for file, (start_ms, end_ms) in zip(files, _points(len(files), in_ms, out_ms), strict=True):
        copy = copy_in(file, folder, prefix, _possibly_equal(file, folder))
        parts.append(Part(copy.name, digest_of(copy), start_ms, end_ms))
    return with_take(takes, turn, parts, forced=forced)


def _possibly_equal(source: Path, folder: Path) -> dict[str, str]:
    """Give name → digest of the files of a folder that are as long as another file."""
    size = source.stat().st_size if source.is_file() else None
    return {
        file.name: digest_of(file) for file in audio_files(folder) if file.stat().st_size == size
    }


def _points(
    count: int, in_ms: int | None, out_ms: int | None
) -> list[tuple[int | None, int | None]]:
    return [(None if i else in_ms, out_ms if i == count - 1 else None) for i in range(count)]
