"""What episode.json says: what the last build of an episode made, and what it was made from."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from msgspec import Meta

from broadcast.feed.published import FILE_ENDINGS
from broadcast.messages import Message
from broadcast.model import ChapterMark, Role, TranscriptSentence, TurnKind
from broadcast.records import (
    LARGEST,
    Count,
    Digest,
    FileName,
    NoOrSomeText,
    PlainText,
    Record,
    RuleBrokenError,
    SomeText,
)

FORMAT = 4
"""From format 2 on, sentences and chapters stand in episode.json itself; from 3 on, the transcript
is written in every form that listeners get, and chapters are named by what is asked; from 4 on,
there are the papers of a studio."""
WITH_SENTENCES = 2
PAPERS: Mapping[str, str] = {
    "cue_sheet": "cue-sheet.html",
    "cue_sheet_table": "cue-sheet.csv",
    "timeline": "timeline.svg",
    "report_page": "report.html",
}
"""What each of them is in a draft's files, and its name."""


class TakeFacts(Record, frozen=True, kw_only=True):
    """How a turn is heard; ``file`` names the recording's files (None: it is synthetic).

    ``version`` is that of the engine and its voice, ``licence`` what the voice may be used under,
    where somebody says.
    """

    kind: Literal["synthetic", "recorded"]
    engine: str | None
    voice: str | None
    file: str | None
    stale: bool
    licence: str | None = None
    version: str | None = None


class TurnFacts(Record, frozen=True, kw_only=True):
    """A turn as it is heard; times are those of the programme, ``lufs`` its own loudness."""

    n: Annotated[int, Meta(ge=1, le=LARGEST)] | None
    id: str
    kind: TurnKind
    speaker: str
    role: Role
    line: Count | None
    text: str
    spoken: str
    start_ms: Count
    end_ms: Count
    lufs: float | None
    take: TakeFacts


class PersonFacts(Record, frozen=True, kw_only=True):
    """Somebody who is heard: ``name`` as the script has it, and the person and title in it."""

    name: str
    role: Role
    person: NoOrSomeText = ""
    title: str = ""


class LoudnessFacts(Record, frozen=True, kw_only=True):
    """What was measured of one of the files, what was wanted, and whether that was met."""

    integrated_lufs: float
    true_peak_dbtp: float
    range_lu: float
    target_lufs: float
    ceiling_dbtp: float
    passes: bool


class DraftFiles(Record, frozen=True, kw_only=True, omit_defaults=True):
    """The names of the draft's files, by what they are."""

    audio: FileName
    transcript: FileName
    transcript_srt: FileName | None = None
    transcript_json: FileName | None = None
    transcript_html: FileName | None = None
    transcript_text: FileName | None = None
    chapters: FileName
    report: FileName
    cue_sheet: FileName | None = None
    cue_sheet_table: FileName | None = None
    timeline: FileName | None = None
    report_page: FileName | None = None
    cover: FileName | None = None
    cover_small: FileName | None = None
    air: FileName | None = None
    air_flac: FileName | None = None
    air_mp3: FileName | None = None

    def __post_init__(self) -> None:
        purposes: dict[str, str] = {}
        for purpose, name in self.by_purpose():
            ending = next((end for kind, end in FILE_ENDINGS.items() if kind == purpose), "")
            if not name.endswith((ending, ".png") if purpose == "cover" else ending):
                raise RuleBrokenError(
                    purpose,
                    Message(
                        "draft.ending",
                        "“{purpose}” does not end in {ending}",
                        purpose=purpose,
                        ending=ending,
                    ),
                )
            if name in purposes:
                raise RuleBrokenError(
                    purpose,
                    Message(
                        "draft.same-file",
                        "“{purpose}” is the same file as “{other}”",
                        purpose=purpose,
                        other=purposes[name],
                    ),
                )
            purposes[name] = purpose

    def by_purpose(self) -> Iterator[tuple[str, str]]:
        """Give what each file is, and its name."""
        for purpose in self.__struct_fields__:
            name = getattr(self, purpose)
            if name is not None:
                yield purpose, name


class MadePart(Record, frozen=True, kw_only=True):
    """What decided how one turn sounds and reads, each by a hash."""

    place: str
    id: str
    words: str
    voice: str | None
    recording: str | None


class MadeFrom(Record, frozen=True, kw_only=True):
    """What decided how an episode sounds and reads, each by a hash or in words.

    ``told`` is what its papers and its air master tell besides.
    """

    program: str
    engine: str | None
    sound: str
    music: str
    episode: str
    told: str = ""
    parts: tuple[MadePart, ...]


class AskedFor(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What a build was asked for in place of station.toml's settings; it holds until asked anew.

    ``formats`` () and ``running_time_ms`` None: nothing; 0 is no running time. ``day`` is the one
    that the programme says. ``undisclosed_at``: since then it is agreed that nothing is said of
    synthetic voices where the station has its disclosure off.
    """

    formats: tuple[PlainText, ...] = ()
    running_time_ms: Count | None = None
    day: datetime.date | None = None
    undisclosed_at: Annotated[datetime.datetime, Meta(tz=True)] | None = None


class DraftRecord(Record, frozen=True, kw_only=True):
    """The whole of episode.json, as in the contract; ``sentences`` and ``chapters`` in order.

    ``engines`` are those that the station named when ``engine`` was chosen (None: nobody noted it).
    """

    format: int = 1
    name: FileName
    title: SomeText
    guid: PlainText
    date: datetime.date
    duration_ms: Count
    engine: str | None
    engines: tuple[PlainText, ...] | None = None
    language: PlainText
    description: str
    disclosure: str = ""
    season: Count | None
    episode: Count | None
    expires: datetime.date | None = None
    script: str
    turns: tuple[TurnFacts, ...]
    people: tuple[PersonFacts, ...]
    loudness: dict[str, LoudnessFacts]
    files: DraftFiles
    digests: dict[FileName, Digest]
    made_from: MadeFrom
    asked: AskedFor = AskedFor()
    sentences: tuple[TranscriptSentence, ...]
    chapters: tuple[ChapterMark, ...]

    @property
    def interview(self) -> list[TurnFacts]:
        """The interview's turns."""
        return [turn for turn in self.turns if turn.kind == "turn"]

    @property
    def is_synthetic(self) -> bool:
        """Whether a synthetic voice speaks an official's words."""
        return any(
            turn.role == "official" and turn.take.kind == "synthetic" for turn in self.interview
        )

    @property
    def undisclosed_at(self) -> datetime.datetime | None:
        """When it was agreed that nothing is said of the synthetic voices in it; None: it is."""
        if self.disclosure or not self.is_synthetic:
            return None
        return self.asked.undisclosed_at

    def __post_init__(self) -> None:
        known = {name: purpose for purpose, name in self.files.by_purpose()}
        for name, purpose in known.items():
            if name not in self.digests:
                raise RuleBrokenError(
                    "digests",
                    Message(
                        "draft.no-digest",
                        "“digests” says nothing of {name}, which “files” has as its {purpose}",
                        name=name,
                        purpose=purpose,
                    ),
                )
        for name in self.digests:
            if name not in known:
                raise RuleBrokenError(
                    "digests",
                    Message(
                        "draft.no-such-file",
                        "“digests” speaks of {name}, which “files” has not",
                        name=name,
                    ),
                )


class _OlderRecord(DraftRecord, frozen=True, kw_only=True):
    """An episode.json of version 0.1.0."""

    sentences: tuple[TranscriptSentence, ...] = ()
    chapters: tuple[ChapterMark, ...] = ()


FORMATS: Mapping[int, type[DraftRecord]] = {
    1: _OlderRecord,
    **dict.fromkeys(range(WITH_SENTENCES, FORMAT + 1), DraftRecord),
}
"""How the record of each format is read."""
