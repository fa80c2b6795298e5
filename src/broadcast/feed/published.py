"""What listeners were given of an episode, to and from its published.json."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, TypeVar, cast

from broadcast.errors import BroadcastError
from broadcast.model import Role, Speaker

State = Literal["published", "withdrawn"]
FileKind = Literal["audio", "transcript", "chapters"]

FILE_TYPES: Mapping[FileKind, str] = {
    "audio": "audio/mpeg",
    "transcript": "text/vtt",
    "chapters": "application/json+chapters",
}
_PODCAST_NAMESPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
_PLAIN = "a text without control characters"
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """One of an episode's files: its content-named name, its length in bytes and its type."""

    name: str
    length: int
    type: str


@dataclass(frozen=True, slots=True)
class PublishedChapter:
    """A chapter and where it begins."""

    start_ms: int
    title: str


@dataclass(frozen=True, slots=True)
class PublishedEpisode:
    """An episode as listeners have it; ``published`` and ``updated`` carry their time zone.

    ``guid`` and ``published`` are given once and never change. ``feed_guid`` is the feed's when the
    episode was first published. ``synthetic``: a synthetic voice speaks an official's words;
    ``disclosure`` is the sentence at the description's end that says whose.
    """

    name: str
    title: str
    description: str
    guid: str
    published: datetime
    updated: datetime
    state: State
    duration_ms: int
    language: str
    synthetic: bool
    files: Mapping[FileKind, PublishedFile]
    feed_guid: str
    season: int | None = None
    episode: int | None = None
    people: tuple[Speaker, ...] = ()
    chapters: tuple[PublishedChapter, ...] = field(default_factory=tuple)
    disclosure: str = ""

    @property
    def about(self) -> str:
        """The description without the disclosure that ends it."""
        return self.description.removesuffix(self.disclosure).rstrip()

    def to_json(self) -> str:
        """Give the text of published.json: equal episodes, equal text."""
        document = {
            "name": self.name,
            "title": self.title,
            "description": self.description,
            "disclosure": self.disclosure,
            "guid": self.guid,
            "feed_guid": self.feed_guid,
            "published": self.published.isoformat(timespec="seconds"),
            "updated": self.updated.isoformat(timespec="seconds"),
            "state": self.state,
            "duration_ms": self.duration_ms,
            "season": self.season,
            "episode": self.episode,
            "language": self.language,
            "synthetic": self.synthetic,
            "people": [{"name": person.name, "role": person.role} for person in self.people],
            "chapters": [
                {"start_ms": chapter.start_ms, "title": chapter.title} for chapter in self.chapters
            ],
            "files": {
                kind: {"file": file.name, "bytes": file.length, "type": file.type}
                for kind, file in sorted(self.files.items())
            },
        }
        return json.dumps(document, ensure_ascii=False, indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str, file: Path) -> PublishedEpisode:
        """Read the text of ``file``, a published.json.

        Raises BroadcastError, which names the file and what is wrong with it.
        """
        try:
            document = json.loads(text)
        except json.JSONDecodeError as error:
            raise _broken(file, f"it is not JSON ({error.msg})", error.lineno) from error
        except RecursionError as error:
            raise _broken(file, "it is not a record at all") from error
        facts = _Facts(document, file, "")
        return cls(
            name=facts.read("name", _file_name, "a plain file name"),
            title=facts.text("title"),
            description=facts.text("description", may_be_empty=True),
            disclosure=(
                facts.text("disclosure", may_be_empty=True) if "disclosure" in document else ""
            ),
            guid=facts.read("guid", _plain, _PLAIN),
            feed_guid=facts.read("feed_guid", _plain, _PLAIN),
            published=facts.read("published", _time, "a date and time with time zone"),
            updated=facts.read("updated", _time, "a date and time with time zone"),
            state=facts.read("state", _state, '"published" or "withdrawn"'),
            duration_ms=facts.read("duration_ms", _count, "a number of milliseconds"),
            season=facts.read("season", _count_or_none, "a number or null"),
            episode=facts.read("episode", _count_or_none, "a number or null"),
            language=facts.read("language", _plain, _PLAIN),
            synthetic=facts.read("synthetic", _yes_or_no, "true or false"),
            people=tuple(
                Speaker(person.text("name"), person.read("role", _role, "a role"))
                for person in facts.each("people")
            ),
            chapters=tuple(
                PublishedChapter(
                    chapter.read("start_ms", _count, "a number of milliseconds"),
                    chapter.text("title"),
                )
                for chapter in facts.each("chapters")
            ),
            files=_files(facts.inside("files")),
        )


def media_name(name: str, data_digest: str, suffix: str) -> str:
    """Give a file name that changes when the content does: players fetch changed audio anew.

    ``data_digest`` is hexadecimal, ``suffix`` begins with a dot.
    """
    return f"{name}-{data_digest[:12]}{suffix}"


def feed_guid(feed_url: str) -> str:
    """Give the podcast:guid of a feed that gets one for the first time.

    Source: Podcast Namespace, guid: UUIDv5 of the URL without scheme and trailing slashes.
    """
    return str(uuid.uuid5(_PODCAST_NAMESPACE, feed_url.split("://", 1)[-1].rstrip("/")))


@dataclass(frozen=True, slots=True)
class _Facts:
    """An object of the document, and how its values are asked for."""

    values: Any
    file: Path
    where: str

    def read(self, key: str, convert: Callable[[Any], _T], expected: str) -> _T:
        if not isinstance(self.values, dict) or key not in self.values:
            raise _broken(self.file, f"{self.where}{key} is missing")
        try:
            return convert(self.values[key])
        except (TypeError, ValueError) as error:
            raise _broken(self.file, f"{self.where}{key} must be {expected}") from error

    def text(self, key: str, *, may_be_empty: bool = False) -> str:
        return self.read(key, _anything if may_be_empty else _something, "a text")

    def each(self, key: str) -> list[_Facts]:
        values = self.read(key, _list, "a list")
        return [
            _Facts(value, self.file, f"{self.where}{key}[{n}].") for n, value in enumerate(values)
        ]

    def inside(self, key: str) -> _Facts:
        return _Facts(self.read(key, _object, "an object"), self.file, f"{self.where}{key}.")


def _files(facts: _Facts) -> dict[FileKind, PublishedFile]:
    found = {}
    for kind in FILE_TYPES:
        if kind != "audio" and kind not in facts.values:
            continue
        entry = facts.inside(kind)
        found[kind] = PublishedFile(
            entry.read("file", _file_name, "a plain file name"),
            entry.read("bytes", _count, "a number of bytes"),
            entry.text("type"),
        )
    return found


def _broken(file: Path, problem: str, line: int | None = None) -> BroadcastError:
    return BroadcastError(
        f"This record of a published episode cannot be used: {problem}.",
        file=file,
        line=line,
        hint="Take it back from a backup, or remove it and publish with --at and the first date.",
    )


def _anything(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _something(value: Any) -> str:
    if not _anything(value).strip():
        raise ValueError
    return cast(str, value)


def _plain(value: Any) -> str:
    text = _something(value)
    if not text.isprintable():
        raise ValueError
    return text


def _file_name(value: Any) -> str:
    name = _plain(value)
    if set(name) & set("/\\:") or name.startswith("."):
        raise ValueError
    return name


def _count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError
    if value < 0:
        raise ValueError
    return value


def _count_or_none(value: Any) -> int | None:
    return None if value is None else _count(value)


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _time(value: Any) -> datetime:
    time = datetime.fromisoformat(_something(value))
    if time.tzinfo is None:
        raise ValueError
    return time


def _state(value: Any) -> State:
    if value not in ("published", "withdrawn"):
        raise ValueError
    return cast(State, value)


def _role(value: Any) -> Role:
    if value not in ("presenter", "reporter", "official"):
        raise ValueError
    return cast(Role, value)


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError
    return value
