"""What listeners were given of an episode: published.json, and the sentences frozen beside it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from msgspec import Meta, field

from broadcast.cache import key_of
from broadcast.errors import BroadcastError
from broadcast.messages import Message
from broadcast.model import ChapterMark, Credit, Role, TranscriptSentence
from broadcast.records import (
    Count,
    Digest,
    FileName,
    PlainText,
    Record,
    RuleBrokenError,
    SomeText,
    read_record,
    unreadable,
)
from broadcast.text import folded

Gone = Literal["withdrawn", "expired"]
State = Literal["published"] | Gone
FileKind = Literal[
    "audio",
    "transcript",
    "transcript_srt",
    "transcript_json",
    "transcript_html",
    "transcript_text",
    "chapters",
    "timeline",
    "cover",
    "cover_small",
    "small",
]

# Named one by one, each is one text in memory, however many files are of that type.
FileType = Literal[
    "audio/mpeg",
    "audio/ogg",
    "text/vtt",
    "text/html",
    "text/plain",
    "application/x-subrip",
    "application/json",
    "application/json+chapters",
    "image/jpeg",
    "image/png",
    "image/svg+xml",
]

PUBLISHED_FILE = "published.json"
SENTENCES_FILE = "sentences.json"
FORMAT = 2
"""From this format on, an episode's sentences are frozen beside its record."""
FILE_TYPES: Mapping[FileKind, FileType] = {
    "audio": "audio/mpeg",
    "transcript": "text/vtt",
    "transcript_srt": "application/x-subrip",
    "transcript_json": "application/json",
    "transcript_html": "text/html",
    "transcript_text": "text/plain",
    "chapters": "application/json+chapters",
    "timeline": "image/svg+xml",
    "cover": "image/jpeg",
    "cover_small": "image/jpeg",
    "small": "audio/mpeg",
}
FILE_ENDINGS: Mapping[FileKind, str] = {
    "audio": ".mp3",
    "transcript": ".vtt",
    "transcript_srt": ".srt",
    "transcript_json": ".transcript.json",
    "transcript_html": ".transcript.html",
    "transcript_text": ".transcript.txt",
    "chapters": ".json",
    "timeline": ".svg",
    "cover": ".jpg",
    "cover_small": "-small.jpg",
    "small": ".mp3",
}
ON_PAGES: tuple[FileKind, ...] = ("timeline", "cover_small")
"""What listening pages show; the feed does not name it."""
OTHER_TYPES: Mapping[str, FileType] = {".png": "image/png", ".opus": "audio/ogg"}
PODCAST_NAMESPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The space of names in which feeds have their guids (Podcast Namespace, guid)."""
YEARS = range(1901, 3000)
"""The years of publication that the clocks of all systems can tell in any time zone."""
_HINT = Message(
    "published.damaged.hint",
    "Take it back from a backup, or remove it and publish with --at and the first date.",
)
TAKE_BACK = Message(
    "published.file-lost.hint", "Take it back from a backup, or publish the episode again."
)
"""What to do where a file that listeners were given is not as it was."""
Episode = TypeVar("Episode", bound="PublishedFacts")
_Zoned = Annotated[datetime, Meta(tz=True)]


class PublishedFile(Record, frozen=True, omit_defaults=True, gc=False):
    """One of an episode's files: its content-named name, its length in bytes and its type.

    ``digest`` is that of its bytes (None: records of version 0.1.0 did not say it); ``sha256`` of a
    small copy what lets listeners' programs know that it is whole, in base64.
    """

    name: FileName = field(name="file")
    length: Count = field(name="bytes")
    type: FileType
    digest: Digest | None = None
    sha256: PlainText = ""


class SupersededFile(Record, frozen=True):
    """A file that listeners were given before, and when another took its place."""

    file: PublishedFile
    since: _Zoned


class PublishedPerson(Record, frozen=True, gc=False):
    """Somebody who is heard, under the name that people know, their part, and their office."""

    name: SomeText
    role: Role
    job: str = ""


class ApprovedBy(Record, frozen=True, gc=False):
    """Who said that what was published may go on air, and when."""

    by: PlainText
    at: _Zoned


class PublishedFacts(Record, frozen=True, kw_only=True):
    """What decides of an episode whether listeners have it as it is recorded; times have a zone.

    ``guid`` and ``published`` are given once and never change. ``numbered``: season or episode was
    given by the station's rule, and stays. ``feed_guid`` is the feed's when the episode was first
    published; ``synthetic``: a synthetic voice speaks an official's words. From ``expires`` on
    listeners no longer find it; the state tells when that was done. ``undisclosed_at``: since then
    it is agreed that nothing says whose voice is synthetic. ``forced`` are the codes of the errors
    in spite of which it was published. ``superseded`` are the files that corrections replaced, for
    a feed that was fetched before leads to them; ``earlier_names`` what the episode was called
    before its script was renamed, the oldest first: its page was at their addresses, and its files
    may be called by them still.
    """

    format: int = 1
    name: FileName
    title: SomeText
    guid: PlainText
    published: _Zoned
    updated: _Zoned
    state: State
    duration_ms: Count
    season: Count | None
    episode: Count | None
    numbered: bool = False
    expires: _Zoned | None = None
    undisclosed_at: _Zoned | None = None
    forced: tuple[PlainText, ...] = ()
    files: dict[FileKind, PublishedFile]
    superseded: tuple[SupersededFile, ...] = ()
    earlier_names: tuple[FileName, ...] = ()
    feed_guid: PlainText
    language: PlainText
    synthetic: bool


class KnownEpisode(PublishedFacts, frozen=True, kw_only=True):
    """The facts of an episode without what is told of it; ``record_key`` names its whole record."""

    record_key: str


class PublishedEpisode(PublishedFacts, frozen=True, kw_only=True):
    """An episode as listeners have it.

    ``disclosure`` is the sentence at the description's end that says whose voice is synthetic,
    ``credits`` are whom the byline names, ``approved`` who approved it (None: nobody had to).
    """

    description: str
    disclosure: str = ""
    people: tuple[PublishedPerson, ...]
    credits: tuple[Credit, ...] = ()
    approved: ApprovedBy | None = None
    chapters: tuple[ChapterMark, ...]

    def __post_init__(self) -> None:
        if "audio" not in self.files:
            raise RuleBrokenError("files", Message("published.no-audio", "“files” has no audio"))
        times = {"published": self.published, "updated": self.updated, "expires": self.expires}
        for name, time in times.items():
            if time is not None and time.year not in YEARS:
                raise RuleBrokenError(
                    name,
                    Message(
                        "published.year",
                        "“{name}” is in the year {year}",
                        name=name,
                        year=time.year,
                    ),
                )

    @property
    def known(self) -> KnownEpisode:
        """The facts alone: of thousands of episodes the words would fill the memory."""
        told = {name: getattr(self, name) for name in PublishedFacts.__struct_fields__}
        return KnownEpisode(record_key=record_key(self), **told)

    @property
    def about(self) -> str:
        """The description without the disclosure that ends it; "" where it only says the title."""
        about = self.description.removesuffix(self.disclosure).rstrip()
        return "" if folded(about) == folded(self.title) else about


class FrozenSentences(Record, frozen=True, kw_only=True):
    """What is said in a published episode, sentence by sentence, in order of air."""

    format: int = 1
    sentences: tuple[TranscriptSentence, ...]


def read_published(folder: Path) -> PublishedEpisode | None:
    """Read what listeners have or had of an episode from its folder; None: it was never published.

    Raises BroadcastError, which names the file and what is wrong with it.
    """
    formats = {1: PublishedEpisode, FORMAT: PublishedEpisode}
    return read_record(folder / PUBLISHED_FILE, formats, _HINT)


def read_sentences(folder: Path, episode: PublishedEpisode) -> tuple[TranscriptSentence, ...]:
    """Read the sentences that were frozen when ``episode`` was published into its folder.

    Raises BroadcastError, which names the file and what is wrong with it.
    """
    if episode.format < FORMAT:
        from broadcast.feed.older_transcripts import sentences_of_vtt

        transcript = episode.files.get("transcript")
        if transcript is None:
            return ()
        file = folder / transcript.name
        try:
            return sentences_of_vtt(file.read_text("utf-8"))
        except (FileNotFoundError, UnicodeDecodeError) as error:
            raise BroadcastError(
                Message(
                    "published.transcript-unreadable",
                    "The transcript of a published episode cannot be read.",
                ),
                file=file,
                hint=TAKE_BACK,
            ) from error
        except OSError as error:
            raise unreadable(file, error) from error
    file = folder / SENTENCES_FILE
    hint = Message(
        "published.sentences.hint",
        "Remove this file if it is there, and publish {name} again.",
        name=episode.name,
    )
    frozen = read_record(file, {1: FrozenSentences}, hint)
    if frozen is None:
        raise BroadcastError(
            Message("published.sentences-gone", "The sentences of a published episode are gone."),
            file=file,
            hint=hint,
        )
    return frozen.sentences


def record_key(episode: PublishedFacts) -> str:
    """Name all that is recorded of an episode."""
    return episode.record_key if isinstance(episode, KnownEpisode) else key_of(episode)


def newest_first(episodes: Iterable[Episode]) -> list[Episode]:
    """Give the episodes that are published now, the newest first."""
    shown = (episode for episode in episodes if episode.state == "published")
    return sorted(shown, key=lambda episode: (episode.published, episode.name), reverse=True)


def file_type(kind: FileKind, name: str) -> FileType:
    """Give the type of a published file: its kind's, unless its name ends otherwise."""
    return OTHER_TYPES.get(Path(name).suffix, FILE_TYPES[kind])


def ending_of(kind: FileKind, name: str) -> str:
    """Give the ending of a file's name that tells what it is; some kinds may have another."""
    ending = FILE_ENDINGS[kind]
    return ending if name.endswith(ending) else Path(name).suffix


def media_name(name: str, data_digest: str, suffix: str) -> str:
    """Give a file name that changes when the content does: players fetch changed audio anew.

    ``data_digest`` is hexadecimal, ``suffix`` begins with a dot.
    """
    return f"{name}-{data_digest[:12]}{suffix}"


def feed_guid(feed_url: str) -> str:
    """Give the podcast:guid of a feed that gets one for the first time.

    Source: Podcast Namespace, guid: UUIDv5 of the URL without scheme and trailing slashes.
    """
    return str(uuid.uuid5(PODCAST_NAMESPACE, feed_url.split("://", 1)[-1].rstrip("/")))
