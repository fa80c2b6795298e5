"""A file of a kind that libsndfile reads, and faster than FFmpeg does → samples."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import NamedTuple

import soundfile

from broadcast.media.bounds import refuse_kind, refuse_length
from broadcast.media.flac import flac_length
from broadcast.media.mp3_part import part_of
from broadcast.media.ogg import is_even_ogg
from broadcast.media.reading import DecoderInput, Stream, bytes_at
from broadcast.media.samples import Audio, Excerpt, block_of, breaks_off_early
from broadcast.media.sizes import BREAKS_OFF
from broadcast.media.whole import Mp3Frames, is_cut_ogg, whole_mp3
from broadcast.messages import Message

# How files begin that it reads. Not WAV with MP3 inside, which some recorders make, nor MP3 that
# is not whole: of a damaged one it gives less, and complains to stderr. FLAC is left to FFmpeg
# where it has another length than its header says.
_HEADS = (b"RIFF", b"RIFX", b"RF64", b"FORM", b"fLaC", b"OggS", b"caff", b".snd")
_HEAD_BYTES = 22
_FLOATING = ("FLOAT", "DOUBLE")


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

    reading: DecoderInput
    part: Stream | None
    sound: InOrder
    frames: Mp3Frames | None

    def close(self) -> None:
        """Close the file."""
        self.sound.close()
        if self.part is not None:
            self.part.close()


def opened(reading: DecoderInput) -> Known | None:
    """Open with libsndfile; None for what it does not know, or is better left to FFmpeg."""
    with closing(reading.open()) as stream:
        head = bytes_at(stream, 0, _HEAD_BYTES)
    known = head.startswith(_HEADS) and not _is_layer_three_in_wav(head)
    if head.startswith(b"fLaC") and not _has_the_length_it_claims(reading):
        return None
    frames = whole_mp3(reading.file) if not known and reading.is_plain else None
    if not known and frames is None:
        return None
    part = None if reading.is_plain else reading.open()
    try:
        # By its name where that can be: what is asked for byte by byte takes longer.
        return Known(reading, part, InOrder(reading.file if part is None else part), frames)
    except (soundfile.LibsndfileError, RuntimeError):
        if part is not None:
            part.close()
        return None


def blocks(known: Known, stretch: Excerpt, damage: list[Message]) -> Iterator[Audio]:
    """Give a stretch in blocks, and add to ``damage`` what of it cannot be used."""
    whole = known.sound
    rate_hz: int = whole.samplerate
    refuse_kind(rate_hz, whole.channels, known.reading.file)
    start = min(stretch.start(rate_hz), whole.frames)
    end = stretch.end(rate_hz)
    left = (whole.frames if end is None else min(end, whole.frames)) - start
    if is_cut_ogg(known.reading):
        damage.append(BREAKS_OFF)
    if left <= 0:
        return
    if whole.format != "OGG":  # which says where it ends, and not how much there is
        refuse_length(left, rate_hz, known.reading.file)
    most, has_headroom = block_of(whole.channels), whole.subtype in _FLOATING
    try:
        with _at(known, start, start + left) as sound:
            while left > 0:
                samples = sound.read(min(left, most), dtype="float32", always_2d=True)
                if not len(samples):
                    if not known.frames:  # that may be said to be longer than it is
                        damage.append(breaks_off_early(left / rate_hz))
                    return
                left -= len(samples)
                yield Audio(samples, rate_hz, has_headroom=has_headroom)
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
    part = None if known.frames is None else part_of(known.reading.file, known.frames, start, end)
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
        if start and not is_even_ogg(known.reading.file):
            return False
    try:
        if start:
            known.sound.seek(start)
    except soundfile.LibsndfileError:  # as in WAV with GSM 6.10
        return False
    return True


def _pass_over(sound: InOrder, samples: int) -> None:
    most = block_of(sound.channels)
    for passed in range(0, samples, most):
        sound.read(min(most, samples - passed), dtype="float32")


def _has_the_length_it_claims(reading: DecoderInput) -> bool:
    with closing(reading.open()) as stream:
        length = flac_length(stream)
    return length is not None and length.claimed == length.found


def _is_layer_three_in_wav(head: bytes) -> bool:
    return head[:4] == b"RIFF" and head[8:16] == b"WAVEfmt " and head[20:22] == b"\x55\x00"
