"""Published episodes made by hand, with their files, for the tests of the feed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory

import xxhash
from msgspec.structs import replace

from broadcast.cache import Cache
from broadcast.feed import rss
from broadcast.feed.addresses import FEED, places_of, url
from broadcast.feed.cover import cover_of
from broadcast.feed.parts import Site, copied, made
from broadcast.feed.published import (
    FILE_ENDINGS,
    FILE_TYPES,
    FORMAT,
    SENTENCES_FILE,
    FileKind,
    FrozenSentences,
    PublishedEpisode,
    PublishedFacts,
    PublishedFile,
    PublishedPerson,
    media_name,
    newest_first,
    read_sentences,
)
from broadcast.feed.site import SiteState, write_site
from broadcast.metadata.captions import subrip, webvtt
from broadcast.metadata.transcript_texts import plain_text, transcript_html, transcript_json
from broadcast.model import ChapterMark, Role, Show, Timing, TranscriptSentence
from broadcast.records import record_bytes
from timelines_by_hand import GUEST, PRESENTER, REPORTER, SHOW, mp3

HANOI = timezone(timedelta(hours=7))
MORNING = datetime(2026, 2, 5, 7, 0, tzinfo=HANOI)
FEED_GUID = "0f4dc0b6-6f2c-5f0a-9f8e-3c1c1c1b7a11"
PEOPLE: tuple[tuple[str, Role], ...] = (
    (PRESENTER, "presenter"),
    (REPORTER, "reporter"),
    (GUEST, "official"),
)


def said(speaker: str, text: str, start_ms: int, end_ms: int, n: int) -> TranscriptSentence:
    """A sentence of the turn ``n``; the reporter is recorded, the others are synthetic."""
    synthetic = speaker != REPORTER
    timing: Timing = "exact" if synthetic else "estimated"
    return TranscriptSentence(f"turn-{n}", speaker, text, start_ms, end_ms, timing, synthetic)


SENTENCES = (
    said(PRESENTER, "Nhân dịp năm mới, mời quý vị nghe cuộc phỏng vấn sau đây.", 0, 2_400, 0),
    said(
        REPORTER,
        "Thưa bà, năm 2025 phường Mũi Sò đã làm được những gì cho bà con ngư dân trong mùa biển "
        "động vừa qua, và còn lo gì?",
        3_600,
        6_000,
        1,
    ),
    said(GUEST, "Sửa cầu cảng A & B, 3 < 5 tháng.", 7_000, 9_000, 2),
)
AUDIO = mp3(0.5)
_DRAWN = TemporaryDirectory()
DRAWN = Cache(Path(_DRAWN.name), 10**9)
"""Where covers are kept that tests of the feed have no need to see drawn again."""


@dataclass(frozen=True)
class Shelf:
    """A folder of frozen media and the episodes they belong to."""

    folder: Path

    def episode(
        self,
        name: str = "nam-moi",
        title: str = "Năm mới ở Mũi Sò",
        *,
        day: int = 0,
        audio: bytes = AUDIO,
        sentences: Sequence[TranscriptSentence] = SENTENCES,
        synthetic: bool = True,
    ) -> PublishedEpisode:
        """An episode published ``day`` days after the first, with its files on the shelf."""
        chapters = (ChapterMark(0, "Giới thiệu"), ChapterMark(3_600, "Câu hỏi 1 & 2"))
        listed = [{"startTime": each.start_ms / 1000, "title": each.title} for each in chapters]
        contents: dict[FileKind, bytes] = {
            "audio": audio,
            "transcript": webvtt(sentences).encode(),
            "transcript_srt": subrip(sentences).encode(),
            "transcript_json": transcript_json(sentences).encode(),
            "transcript_html": transcript_html(sentences, title, "vi").encode(),
            "transcript_text": plain_text(sentences).encode(),
            "chapters": json.dumps({"version": "1.2.0", "chapters": listed}).encode(),
        }
        time = MORNING + timedelta(days=day)
        frozen = FrozenSentences(sentences=tuple(sentences))
        (self.of(name) / SENTENCES_FILE).write_bytes(record_bytes(frozen))
        return PublishedEpisode(
            format=FORMAT,
            name=name,
            title=title,
            description=f"Phỏng vấn bà {GUEST}.\n\nThực hiện: An Nhiên.",
            guid=f"guid-of-{name}",
            published=time,
            updated=time,
            state="published",
            duration_ms=9_400,
            language="vi",
            synthetic=synthetic,
            files={kind: self._file(name, kind, data) for kind, data in contents.items()},
            feed_guid=FEED_GUID,
            season=2,
            episode=7 + day,
            people=tuple(PublishedPerson(person, role) for person, role in PEOPLE),
            chapters=chapters,
        )

    def of(self, name: str) -> Path:
        """The folder of one episode."""
        folder = self.folder / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def _file(self, name: str, kind: FileKind, data: bytes) -> PublishedFile:
        file = media_name(name, xxhash.xxh3_128_hexdigest(data), FILE_ENDINGS[kind])
        (self.of(name) / file).write_bytes(data)
        return PublishedFile(file, len(data), FILE_TYPES[kind], xxhash.xxh3_128_hexdigest(data))

    def write(
        self,
        site: Path,
        *episodes: PublishedEpisode,
        show: Show = SHOW,
        built: datetime = MORNING,
        items: int = 1_000,
        kept: bool = True,
    ) -> tuple[str, ...]:
        """Write the site with these episodes; ``kept``: what was replaced is served still."""

        def sentences_of(episode: PublishedEpisode) -> Sequence[TranscriptSentence]:
            return read_sentences(self.of(episode.name), episode)

        shown = newest_first(episodes)
        gone = [each for each in episodes if each.state == "withdrawn"]
        cover = cover_of(show, DRAWN)
        change = write_site(
            site,
            copied(shown, self.of, lambda _: kept),
            made(Site(show, shown, gone, as_it_is, sentences_of, cover, built, items)),
            (place for each in episodes for place in places_of(each)),
            SiteState(None, url(show, FEED)),
        )
        return (*change.written, *change.removed)


def as_it_is(facts: PublishedFacts) -> PublishedEpisode:
    """All that is recorded of an episode made by hand: itself."""
    assert isinstance(facts, PublishedEpisode)
    return facts


def feed_xml(
    show: Show, every: Sequence[PublishedEpisode], built: datetime, cover: str = "cover.png"
) -> bytes:
    """The feed of episodes made by hand, in one document."""
    return rss.feed_xml(show, every, built, cover, read=as_it_is)


def withdrawn(episode: PublishedEpisode) -> PublishedEpisode:
    """The episode taken back a day later."""
    return replace(episode, state="withdrawn", updated=episode.updated + timedelta(days=1))
