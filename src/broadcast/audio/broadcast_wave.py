"""Facts about an air master → the chunks that playout systems read: bext and cart.

Both are defined in ASCII: Vietnamese words lose their marks there (the tags and the transcript of
the podcast keep them).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

from text_unidecode import unidecode

from broadcast.model import RATE_HZ, Loudness

_BEXT = "<256s32s32s10s8sQH64s5h180x"
"""EBU Tech 3285, version 2: description … maximum short-term loudness, reserved bytes."""
PRODUCER = "broadcast"
"""By this a file in which the chunk stands is known to be made here."""
_NO_LOUDNESS = 0x7FFF
_LEVEL_REFERENCE = 32_768  # the sample value of 0 dB at 16 bits, as most systems have it


@dataclass(frozen=True, slots=True)
class AirFacts:
    """What a playout system shows: dates are YYYY-MM-DD, ``out_cue`` the last words heard.

    ``last_day`` is the last on which it may be played ("": there is none).
    """

    title: str
    artist: str
    cut_id: str
    category: str
    description: str
    originator: str
    date: str
    last_day: str = ""
    priority: str = ""
    out_cue: str = ""
    url: str = ""
    producer: str = PRODUCER
    producer_version: str = ""


def bext_chunk(facts: AirFacts, loudness: Loudness, coding: str) -> bytes:
    """Give the broadcast extension chunk (EBU Tech 3285, version 2), header included.

    Loudness values are hundredths (2.4). ``coding`` is the coding history (EBU R 98).
    """
    body = struct.pack(
        _BEXT,
        _ascii(facts.description, 256),
        _ascii(facts.originator, 32),
        _ascii(facts.cut_id, 32),
        _ascii(facts.date, 10),
        b"00:00:00",
        0,
        2,
        b"",
        *map(
            _hundredths,
            (
                loudness.integrated_lufs,
                loudness.range_lu,
                loudness.true_peak_dbtp,
                loudness.max_momentary_lufs,
                loudness.max_short_term_lufs,
            ),
        ),
    )
    history = coding.encode("ascii") + b"\r\n"
    # An even size: libsndfile loses its way after an odd one in RF64.
    return _chunk(b"bext", body + history + bytes(len(history) % 2))


def cart_chunk(facts: AirFacts, samples: int) -> bytes:
    """Give the cart chunk (AES46-2002, version 0101), header included.

    The cut may be played from its date on, until its last day is over. Its priority stands as the
    classification. The post timers mark the ends of the audio, which is ``samples`` long.
    """
    fields = [
        b"0101",
        *(
            _ascii(text, 64)
            for text in (
                facts.title,
                facts.artist,
                facts.cut_id,
                facts.originator,
                facts.category,
                facts.priority,
                facts.out_cue,
            )
        ),
        _ascii(facts.date, 10),
        b"00:00:00",
        _ascii(facts.last_day or "9999-12-31", 10),
        b"23:59:59",
        _ascii(facts.producer, 64),
        _ascii(facts.producer_version, 64),
        _ascii("", 64),
        struct.pack("<i", _LEVEL_REFERENCE),
        struct.pack("<4sI4sI48x", b"AUDs", 0, b"AUDe", samples),
        bytes(276),
        _ascii(facts.url, 1024),
    ]
    return _chunk(b"cart", b"".join(fields) + b"\r\n")


@dataclass(frozen=True, slots=True)
class Cart:
    """What a cart chunk says of who made it, and of the last day on which it may be played."""

    producer: str
    last_day: str


def cart_of(file: Path) -> Cart | None:
    """Read a WAV's cart chunk; None where there is none before its audio.

    Raises OSError when the file cannot be read.
    """
    with file.open("rb") as stream:
        if stream.read(12)[8:] != b"WAVE":
            return None
        while len(head := stream.read(8)) == 8 and head[:4] != b"data":
            size = int.from_bytes(head[4:], "little")
            if head[:4] == b"cart":
                cart = stream.read(min(size, 2_048))
                return Cart(_text(cart[488:552]), _text(cart[470:480]))
            stream.seek(size + size % 2, 1)
    return None


def coding_history(bits: int, rate_hz: int) -> str:
    """Give the coding history of a linear master (EBU R 98): algorithm, rate, word, mode, text."""
    return f"A=PCM,F={rate_hz},W={bits},M=dual-mono,T=broadcast;from {RATE_HZ} Hz mono"


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)


def _ascii(text: str, width: int) -> bytes:
    plain = " ".join(unidecode(text).split()).encode("ascii", "replace")
    return plain[:width].ljust(width, b"\0")


def _text(field: bytes) -> str:
    return field.rstrip(b"\0").decode("ascii", "replace")


def _hundredths(value: float) -> int:
    if not -300 < value < 300:
        return _NO_LOUDNESS
    return round(value * 100)
