"""A file that cannot be decoded → the reason for it, as far as its bytes tell one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

from broadcast.errors import BroadcastError
from broadcast.media.reading import DecoderInput, Stream, bytes_at, size_of
from broadcast.messages import Message

NO_SOUND = Message("sound.none", "There is no sound in this file.")
_ENCRYPTED = ("drms", "enca")
_LOOKED_AT = 1 << 16


def unreadable(reading: DecoderInput) -> BroadcastError:
    """Give the error that says why a file cannot be read."""
    with closing(reading.open()) as stream:
        is_zero = not bytes_at(stream, 0, _LOOKED_AT).strip(b"\0")
        if _lacks_index(stream):
            return _without_index(reading)
    if is_zero:
        return BroadcastError(
            Message("sound.zeros", "It begins with nothing but zeros: it was not copied whole."),
            file=reading.file,
            hint=Message("sound.zeros.hint", "Copy it again, and wait for the end of it."),
        )
    return BroadcastError(
        Message("sound.no-audio", "This is not an audio file that can be read."),
        file=reading.file,
        hint=Message(
            "sound.no-audio.hint",
            "Open it in the program that made it and save it again, as WAV or MP3.",
        ),
    )


def without_sound(reading: DecoderInput) -> BroadcastError:
    """Give the error that says why there is no sound in a file that could have some."""
    with closing(reading.open()) as stream:
        if _lacks_index(stream):
            return _without_index(reading)
    return BroadcastError(NO_SOUND, file=reading.file)


def refuse_encrypted(container: Any, reading: DecoderInput) -> None:
    """Raise BroadcastError for sound that a shop has locked (ISO/IEC 14496-12, 8.12)."""
    known = (stream for stream in container.streams.audio if stream.codec_context is not None)
    if any(stream.codec_tag in _ENCRYPTED for stream in known):
        raise BroadcastError(
            Message("sound.locked", "It is protected against copying, so it cannot be read."),
            file=reading.file,
            hint=Message("sound.locked.hint", "Ask whoever made it for a copy without protection."),
        )


def _without_index(reading: DecoderInput) -> BroadcastError:
    return BroadcastError(
        Message(
            "sound.no-index",
            "Its index is missing, without which its sound cannot be found: the recording was not "
            "finished, or the file not copied whole.",
        ),
        file=reading.file,
        hint=Message(
            "sound.no-index.hint",
            "Copy it again. If it is so on the recorder too, open it there: many mend it.",
        ),
    )


def _lacks_index(stream: Stream) -> bool:
    """Whether it is an MP4 without a whole index (ISO/IEC 14496-12, 8.2.1)."""
    return bytes_at(stream, 4, 4) == b"ftyp" and b"moov" not in _boxes(stream)


def _boxes(stream: Stream) -> Iterator[bytes]:
    """Give the names of the outermost boxes of an MP4 (ISO/IEC 14496-12, 4.2) that are whole."""
    at, end = 0, size_of(stream)
    while at + 8 <= end:
        header = bytes_at(stream, at, 16)
        size = int.from_bytes(header[:4])
        if size == 1:
            size = int.from_bytes(header[8:])
        if size < 8 or at + size > end:
            return
        yield header[4:8]
        at += size
