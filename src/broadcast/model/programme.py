"""Sound on its way to an episode: segments, slots, the timeline, and what is told of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from broadcast.model.script import Speaker
from broadcast.model.station import Show
from broadcast.model.takes import Insert, Take

Timing = Literal["exact", "aligned", "estimated"]
"""How it is known when a sentence is heard: spoken by itself, found in a recording, or guessed."""


@dataclass(frozen=True, slots=True)
class Span:
    """Written words and where they are heard, in samples from the start of what holds them."""

    written: str
    start: int
    end: int
    timing: Timing = "exact"


@dataclass(frozen=True, slots=True)
class Segment:
    """A take or an insert made ready to join: levelled mono audio at RATE_HZ in a WAV file.

    ``energies`` are the K-weighted mean squares of its 100 ms blocks (ITU-R BS.1770-4), kept so
    that the programme's loudness is known without reading the audio again; its loudest 400 ms
    may begin anywhere. A bed's segment holds the turns it lies under: ``inside`` are their slots,
    counted from its start.
    """

    source: Take | Insert
    audio: Path
    samples: int
    spans: tuple[Span, ...]
    energies: tuple[float, ...]
    true_peak_dbtp: float
    key: str
    max_momentary_lufs: float = -70.0
    inside: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """A segment and the pause after it: ``samples`` is a whole number of FRAMEs."""

    segment: Segment
    start: int
    samples: int

    @property
    def speech_end(self) -> int:
        """Where in the programme the segment's audio ends and the pause begins."""
        return self.start + self.segment.samples

    @property
    def end(self) -> int:
        """Where the next slot begins."""
        return self.start + self.samples


@dataclass(frozen=True, slots=True)
class Timeline:
    """Where everything is heard. Audio, captions and chapters are all made from it."""

    slots: tuple[Slot, ...]

    @property
    def samples(self) -> int:
        """The programme's length."""
        return self.slots[-1].end if self.slots else 0

    @property
    def takes(self) -> tuple[tuple[Slot, Take], ...]:
        """Where each turn is heard, with its take; a turn over music has a slot of its own here."""
        heard = []
        for slot in self.slots:
            inside = (replace(one, start=slot.start + one.start) for one in slot.segment.inside)
            heard += [
                (one, one.segment.source)
                for one in (slot, *inside)
                if isinstance(one.segment.source, Take)
            ]
        return tuple(heard)


_Ms = Annotated[int, msgspec.Meta(ge=0, le=(1 << 53) - 1)]  # what JSON holds exactly


class TranscriptSentence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence as it is heard: its words, whose they are, and when, in ms of the programme.

    ``turn`` is the turn's id ("": a record of version 0.1.0 did not say it).
    """

    turn: str
    speaker: str
    text: str
    start_ms: _Ms
    end_ms: _Ms
    timing: Timing
    synthetic: bool


class ChapterMark(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A chapter as listeners are told of it: where it begins, and its title.

    ``subtitle`` is the sentence that asks, in full ("": the title says it all).
    """

    start_ms: _Ms
    title: str
    subtitle: str = ""


CreditPart = Literal[
    "producer",
    "reporter",
    "author",
    "editor",
    "translator",
    "engineer",
    "sound_editor",
    "director",
    "narrator",
]
"""What somebody did for a programme, as a byline says it."""


class Credit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody whom the byline names, and what they did."""

    name: str
    part: CreditPart


@dataclass(frozen=True, slots=True)
class Loudness:
    """How loud a file is heard (mono counted as on two loudspeakers), measured on what is in it.

    ``max_momentary_lufs`` and ``max_short_term_lufs`` are the loudest 400 ms and 3 s.
    """

    integrated_lufs: float
    true_peak_dbtp: float
    range_lu: float = 0.0
    max_momentary_lufs: float = -70.0
    max_short_term_lufs: float = -70.0


@dataclass(frozen=True, slots=True)
class Episode:
    """What is said about a finished draft in its tags, transcript and feed entry.

    ``disclosed``: listeners are told in words of the synthetic voices in it.
    """

    name: str
    title: str
    show: Show
    language: str
    guid: str
    date: str
    description: str
    timeline: Timeline
    chapters: tuple[ChapterMark, ...]
    sentences: tuple[TranscriptSentence, ...]
    people: tuple[Speaker, ...] = ()
    season: int | None = None
    episode: int | None = None
    expires: str = ""
    disclosed: bool = True
