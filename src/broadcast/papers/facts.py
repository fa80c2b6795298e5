"""What the papers of a studio tell of a programme: who is heard when, music, figures, doubts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from broadcast.model import ChapterMark, Credit, Loudness, Problem
from broadcast.model.script import TurnName

TOLERANCE_LU = 0.2
"""How far a programme may lie from its target (EBU R 128 asks for 0.2 where one can measure)."""
SHORT_TERM_MS = 3_000
"""The stretch that a short-term loudness is measured over (EBU Tech 3341)."""


@dataclass(frozen=True, slots=True)
class Target:
    """What was measured of a file, and what was wanted."""

    purpose: str
    file: str
    measured: Loudness
    lufs: float
    ceiling_dbtp: float

    @property
    def is_as_loud(self) -> bool:
        """Whether its loudness is within the tolerance."""
        return abs(self.measured.integrated_lufs - self.lufs) <= TOLERANCE_LU

    @property
    def holds_the_ceiling(self) -> bool:
        """Whether no true peak is above the ceiling."""
        return self.measured.true_peak_dbtp <= self.ceiling_dbtp


@dataclass(frozen=True, slots=True)
class SpokenPart:
    """A turn as it is heard, in the podcast: ``words`` are those heard, ``voice`` is the engine's
    voice or names the recording's files. Times are those of the programme.
    """

    name: TurnName
    speaker: str
    words: str
    start_ms: int
    end_ms: int
    voice: str
    is_synthetic: bool
    is_stale: bool
    lufs: float
    true_peak_dbtp: float


@dataclass(frozen=True, slots=True)
class PlayedPart:
    """Music or a clip as it is heard; ``title`` and ``artist`` are what its file says of itself.

    ``is_bed``: words are spoken over it.
    """

    kind: Literal["music", "clip"]
    file: str
    title: str
    artist: str
    start_ms: int
    end_ms: int
    is_bed: bool


@dataclass(frozen=True, slots=True)
class StudioFacts:
    """All that the papers of one programme are made from, in order of air.

    ``short_term_lufs`` begins a stretch of SHORT_TERM_MS at every second, ``silences_ms`` are where
    nothing is heard for long. ``disclosure`` is the sentence on synthetic voices for its
    description; with ``disclosed`` False listeners are told nothing of them. ``doubts`` are those
    about the script, its music and its recordings, each with what it is about.
    """

    name: str
    show: str
    title: str
    date: str
    language: str
    audio: str
    duration_ms: int
    running_time_ms: int | None
    spoken: tuple[SpokenPart, ...]
    played: tuple[PlayedPart, ...]
    chapters: tuple[ChapterMark, ...]
    credits: tuple[Credit, ...]
    targets: tuple[Target, ...]
    short_term_lufs: tuple[float, ...]
    silences_ms: tuple[tuple[int, int], ...]
    disclosure: str
    disclosed: bool
    doubts: tuple[tuple[str, Problem], ...]

    @property
    def parts(self) -> tuple[SpokenPart | PlayedPart, ...]:
        """All that is heard, as it begins: music under words before the words."""
        parts: list[SpokenPart | PlayedPart] = [*self.played, *self.spoken]
        return tuple(sorted(parts, key=lambda part: part.start_ms))
