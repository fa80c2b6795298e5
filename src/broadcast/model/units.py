"""The units and words that all values share: rate, frame, roles, kinds."""

from __future__ import annotations

from typing import Literal

RATE_HZ = 48_000
"""Every programme runs at this rate (EBU R 128 practice; MP3 and WAV alike)."""
FRAME = 1_152
"""Samples in one MPEG-1 Layer III frame: every slot is a whole number of these (24 ms)."""

Gender = Literal["woman", "man"]
"""Whose voice: as a form of address tells it."""
Role = Literal["presenter", "reporter", "official"]
TurnKind = Literal["opening", "notice", "lead", "turn", "byline", "closing"]
Level = Literal["error", "warning", "note"]
CueKind = Literal["pause", "music", "clip", "bed", "bed end"]
MusicPart = Literal["intro", "outro", "sting"]
"""Which of a station's music is played between what is said."""
SmallKind = Literal["mp3", "opus"]
SMALL_KINDS: tuple[SmallKind, ...] = ("mp3", "opus")
"""How a copy for listeners whose data is dear can be coded."""


def samples_to_ms(samples: int) -> int:
    """Round a position in samples to the nearest whole millisecond."""
    return (samples * 1000 + RATE_HZ // 2) // RATE_HZ


def clock_at(ms: int) -> str:
    """Write a moment as m:ss, or h:mm:ss: the second that it is in."""
    minutes, seconds = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


def timecode(ms: int, mark: str = ".") -> str:
    """Write a moment as hh:mm:ss.mmm; ``mark`` stands before the milliseconds."""
    seconds, ms = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}{mark}{ms:03d}"


def ms_to_samples(ms: float) -> int:
    """Round a duration in milliseconds to the nearest whole sample."""
    return round(ms * RATE_HZ / 1000)
