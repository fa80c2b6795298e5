"""Every value an episode passes through, frozen, in the order they are made.

    settings ─ Document ─ Script(Turn, Cue) ─ Utterance ─ Take ─ Segment ─ Slot ─ Timeline ─ Episode

Positions inside the programme are samples at ``RATE_HZ``; milliseconds appear only in output.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

RATE_HZ = 48_000
"""Every programme runs at this rate (EBU R 128 practice; MP3 and WAV alike)."""
FRAME = 1_152
"""Samples in one MPEG-1 Layer III frame: every slot is a whole number of these (24 ms)."""

Role = Literal["presenter", "reporter", "official"]
TurnKind = Literal["opening", "notice", "lead", "turn", "byline", "closing"]
Level = Literal["error", "warning", "note"]
CueKind = Literal["pause", "music", "clip", "bed", "bed end"]


def samples_to_ms(samples: int) -> int:
    """Round a position in samples to the nearest whole millisecond."""
    return (samples * 1000 + RATE_HZ // 2) // RATE_HZ


def ms_to_samples(ms: float) -> int:
    """Round a duration in milliseconds to the nearest whole sample."""
    return round(ms * RATE_HZ / 1000)


# ── who we are: read from station.toml ─────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Person:
    """Someone the station or a script's front matter names; what is given here always wins.

    ``voices`` maps an engine's name to the voice it shall use for this person.
    """

    name: str
    role: Role | None = None
    aliases: tuple[str, ...] = ()
    voices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Show:
    """The programme's standing facts, as the feed and the tags say them."""

    title: str
    language: str
    author: str
    email: str
    category: str
    base_url: str
    description: str = ""
    explicit: bool = False
    cover: Path | None = None
    copyright: str = ""
    guid: str = ""


@dataclass(frozen=True, slots=True)
class EngineVoices:
    """The voices one engine uses: by role (further people of a role take the next) and language.

    A voice that begins with ``+`` is a variant of the script language's voice.
    """

    by_role: Mapping[Role, tuple[str, ...]]
    by_language: Mapping[str, str] = field(default_factory=dict)
    rate: int | None = None


@dataclass(frozen=True, slots=True)
class Pauses:
    """Silence between what is said, in milliseconds."""

    sentence_ms: int = 350
    paragraph_ms: int = 600
    same_speaker_ms: int = 700
    other_speaker_ms: int = 900
    after_lead_ms: int = 1_200
    before_byline_ms: int = 1_200
    beside_music_ms: int = 300
    at_end_ms: int = 500


@dataclass(frozen=True, slots=True)
class Music:
    """The station's music and how it goes with speech.

    ``level_lu`` is how loud music alone is beside speech, ``bed_lu`` how loud it is under speech.
    A bed begins ``before_ms`` before the speech and ends ``after_ms`` after it.
    """

    intro: Path | None = None
    outro: Path | None = None
    sting: Path | None = None
    bed: Path | None = None
    bed_under: tuple[TurnKind, ...] = ("lead", "byline")
    level_lu: float = -2.0
    bed_lu: float = -18.0
    before_ms: int = 2_500
    after_ms: int = 3_000
    attack_ms: int = 500
    release_ms: int = 1_000
    fade_ms: int = 1_500


@dataclass(frozen=True, slots=True)
class Sound:
    """How the programme shall sound."""

    podcast_lufs: float = -16.0
    ceiling_dbtp: float = -1.0
    mp3_kbps: int = 96
    mp3_channels: int = 1
    fade_ms: int = 8
    high_pass_hz: float = 0.0
    air_lufs: float = -23.0
    air_bits: int = 24
    air_rate_hz: int = RATE_HZ
    formats: tuple[str, ...] = ()
    air_mp3_kbps: int = 192
    running_time_ms: int | None = None
    pauses: Pauses = field(default_factory=Pauses)
    music: Music = field(default_factory=Music)

    @property
    def level_lufs(self) -> float:
        """What segments are levelled to: the loudest that is wanted.

        Made softer, peaks that were held stay held; made louder, they would not.
        """
        return max(self.podcast_lufs, self.air_lufs) if self.formats else self.podcast_lufs


# ── the script ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a script: its 1-based number, its text in NFC, and which parts are bold."""

    number: int
    text: str
    bold: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the head of a script says about the episode."""

    title: str | None = None
    date: str | None = None
    language: str | None = None
    people: tuple[Person, ...] = ()
    lexicon: Mapping[str, str] = field(default_factory=dict)
    season: int | None = None
    episode: int | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A script in any format, read into lines; ``dropped`` is what its format sets apart."""

    file: Path
    lines: tuple[Line, ...]
    front: FrontMatter = field(default_factory=FrontMatter)
    problems: tuple[Problem, ...] = ()
    dropped: tuple[Dropped, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about the input that a producer should know, at a line (None: the whole file)."""

    line: int | None
    level: Level
    message: str
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """Words of the file that will not be spoken, and why."""

    line: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person in a script: the fullest name found, its labels, and how it was recognised."""

    name: str
    role: Role
    labels: tuple[str, ...] = ()
    known_by: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or bullet of a turn and the line it begins on."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's uninterrupted words.

    ``n`` numbers the interview turns 1…N and is None for the other kinds. ``id`` depends on the
    speaker and the words alone.
    """

    kind: TurnKind
    speaker: str
    role: Role
    paragraphs: tuple[Paragraph, ...]
    id: str
    n: int | None = None

    @property
    def text(self) -> str:
        """The words, paragraphs joined by newlines."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    @property
    def line(self) -> int:
        """The line the turn begins on (0: it is not in the script)."""
        return self.paragraphs[0].line


@dataclass(frozen=True, slots=True)
class Cue:
    """An instruction in the script; it takes effect after turn ``after`` (0: before the first)."""

    line: int
    kind: CueKind
    after: int
    file: str | None = None
    start_ms: int | None = None
    end_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Script:
    """A script understood: what is said by whom, what is not said and why, and what is doubtful.

    ``turns`` are in order of air: the lead if there is one, the interview turns, the byline.
    """

    file: Path
    language: str
    title: str | None
    turns: tuple[Turn, ...]
    speakers: tuple[Speaker, ...] = ()
    cues: tuple[Cue, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    problems: tuple[Problem, ...] = ()
    front: FrontMatter = field(default_factory=FrontMatter)

    def of_kind(self, kind: TurnKind) -> tuple[Turn, ...]:
        """The turns of one kind, in order."""
        return tuple(turn for turn in self.turns if turn.kind == kind)


# ── what is said ───────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Reading:
    """A piece of written text that is said otherwise: the editor's list is made of these.

    ``start`` and ``end`` are positions in the sentence's written text; ``doubt`` says what is
    uncertain ("" when nothing is).
    """

    start: int
    end: int
    written: str
    spoken: str
    rule: str
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """The unit of speech: a written sentence and the words a newsreader says for it.

    ``paragraph`` is the index of its paragraph in the turn, ``line`` that paragraph's line.
    """

    written: str
    spoken: str
    readings: tuple[Reading, ...] = ()
    paragraph: int = 0
    line: int = 0

    @property
    def is_audible(self) -> bool:
        """Whether there is anything in it that a voice can say."""
        return any(map(str.isalnum, self.spoken))


@dataclass(frozen=True, slots=True)
class Voice:
    """Everything about an engine's voice that changes what is heard."""

    engine: str
    name: str
    language: str
    rate: int | None = None


@dataclass(frozen=True, slots=True)
class Utterance:
    """Words to say in a voice: with the engine's version, all that decides the sound."""

    words: str
    voice: Voice


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of an audio file that is used, in milliseconds, and the digest of the whole file."""

    file: Path
    digest: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Recording:
    """What somebody recorded for a turn: stretches of one or several files, heard in order.

    ``words`` are those that are heard; ``stale`` says that they are not the turn's. ``number`` is
    its place among the turn's ``count`` takes (1: the oldest).
    """

    stretches: tuple[Stretch, ...]
    words: str
    stale: bool = False
    number: int = 1
    count: int = 1


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an audio file (None: from its start, to its end) and the pause after it."""

    audio: Path
    pause_ms: int = 0
    start_ms: int | None = None
    end_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Take:
    """One performance of a turn: spoken sentence by sentence by an engine, or recorded whole.

    ``sentences`` are those heard. A synthetic take has one piece for each of them; a recorded one
    has one for each stretch of its recording. ``key`` names the sound: equal keys, equal audio.
    """

    turn: Turn
    kind: Literal["synthetic", "recorded"]
    pieces: tuple[Piece, ...]
    sentences: tuple[Sentence, ...]
    key: str
    engine: str | None = None
    voice: str | None = None
    recording: Recording | None = None


@dataclass(frozen=True, slots=True)
class Insert:
    """Sound that is no turn: music or a clip, the whole of its file or a stretch of it.

    ``key`` names its sound; ``asked_in`` and ``line`` tell where it is asked for.
    """

    kind: Literal["music", "clip"]
    file: Path
    key: str
    start_ms: int | None = None
    end_ms: int | None = None
    asked_in: Path | None = field(default=None, compare=False)
    line: int | None = field(default=None, compare=False)


# ── sound ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Span:
    """Written words and where they are heard, in samples from the start of what holds them."""

    written: str
    start: int
    end: int


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


@dataclass(frozen=True, slots=True)
class Chapter:
    """A named stretch of the programme, in samples."""

    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Caption:
    """Written words, who says them, when, and whether the voice is synthetic; in samples."""

    speaker: str
    text: str
    start: int
    end: int
    synthetic: bool


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
    """What is said about a finished draft in its tags, transcript and feed entry."""

    name: str
    title: str
    show: Show
    language: str
    guid: str
    date: str
    description: str
    timeline: Timeline
    chapters: tuple[Chapter, ...]
    captions: tuple[Caption, ...]
    people: tuple[Speaker, ...] = ()
    season: int | None = None
    episode: int | None = None
