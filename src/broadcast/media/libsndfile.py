"""A file of a kind that libsndfile reads, and faster than FFmpeg does → samples."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import soundfile

from broadcast.media.mp3_part import part_of
from broadcast.media.ogg import is_even_ogg
from broadcast.media.samples import BLOCK, Audio, Stretch, breaks_off_early, finite
from broadcast.media.whole import Mp3Frames, breaks_off, whole_mp3
from broadcast.messages import Message

# How files begin that it reads. Not WAV with MP3 inside, which some recorders make, nor MP3 that
# is not whole: of a damaged one it gives less, and complains to stderr.
_HEADS = (b"RIFF", b"RF64", b"FORM", b"fLaC", b"OggS", b"caff", b".snd")
_HEAD_BYTES = 22


class InOrder(soundfile.SoundFile):  # type: ignore[misc]
    """A file that libsndfile reads from its start on.

    soundfile seeks to where it is after each read. That makes the MP3 decoder begin anew, and
    complain of what it lacks.
    """

    def seekable(self) -> bool:
        """Say that it is not, although ``seek`` works."""
        return False


class Known(NamedTuple):
    """A file that libsndfile has opened; ``frames`` is None when it is no MP3."""

    file: Path
    sound: InOrder
    frames: Mp3Frames | None


def opened(file: Path) -> Known | None:
    """Open with libsndfile; None for what it does not know, or is better left to FFmpeg."""
    with file.open("rb") as stream:
        head = stream.read(_HEAD_BYTES)
    known = head.startswith(_HEADS) and not _is_layer_three_in_wav(head)
    frames = None if known else whole_mp3(file)
    if not known and frames is None:
        return None
    try:
        return Known(file, InOrder(file), frames)
    except (soundfile.LibsndfileError, RuntimeError):
        return None


def blocks(known: Known, stretch: Stretch, damage: list[Message]) -> Iterator[Audio]:
    """Give a stretch in blocks, and add to ``damage`` what of it cannot be used."""
    whole = known.sound
    rate_hz: int = whole.samplerate
    start = min(stretch.start(rate_hz), whole.frames)
    end = stretch.end(rate_hz)
    left = (whole.frames if end is None else min(end, whole.frames)) - start
    if breaks_off(known.file):
        damage.append(Message("sound.breaks-off", "it breaks off before its end"))
    if left <= 0:
        return
    try:
        with _at(known, start, start + left) as sound:
            while left > 0:
                samples = sound.read(min(left, BLOCK), dtype="float32", always_2d=True)
                if not len(samples):
                    if not known.frames:  # that may be said to be longer than it is
                        damage.append(breaks_off_early(left / rate_hz))
                    return
                left -= len(samples)
                yield Audio(finite(samples), rate_hz)
    except (soundfile.LibsndfileError, RuntimeError):
        damage.append(
            Message(
                "sound.end-unreadable",
                "the last {seconds:.0f} s cannot be read",
                seconds=left / rate_hz,
            )
        )


@contextmanager
def _at(known: Known, start: int, end: int) -> Iterator[InOrder]:
    """Give the file, or a part of it that reaches to ``end``, where ``start`` is read next."""
    part = None if known.frames is None else part_of(known.file, known.frames, start, end)
    if part is not None:
        with InOrder(part.mp3) as sound:
            _pass_over(sound, start - part.begin)
            yield sound
        return
    if not _has_sought(known, start):
        _pass_over(known.sound, start)
    yield known.sound


def _has_sought(known: Known, start: int) -> bool:
    """Move a file to ``start``, if that is as exact as reading it from its start; else to there."""
    if known.frames is not None:  # a decoder that begins in the middle lacks what came before
        return False
    if known.sound.format == "OGG":
        known.sound.seek(0)  # else what Opus puts before the sound is not always left out
        if start and not is_even_ogg(known.file):
            return False
    try:
        if start:
            known.sound.seek(start)
    except soundfile.LibsndfileError:  # as in WAV with GSM 6.10
        return False
    return True


def _pass_over(sound: InOrder, samples: int) -> None:
    for passed in range(0, samples, BLOCK):
        sound.read(min(BLOCK, samples - passed), dtype="float32")


def _is_layer_three_in_wav(head: bytes) -> bool:
    return head[:4] == b"RIFF" and head[8:16] == b"WAVEfmt " and head[20:22] == b"\x55\x00"
