"""Published episodes made by hand, with their files, for the tests of the feed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from broadcast.feed.published import (
    FILE_TYPES,
    FileKind,
    PublishedChapter,
    PublishedEpisode,
    PublishedFile,
    media_name,
)
from broadcast.feed.site import write_site
from broadcast.model import Role, Show, Speaker
from timelines_by_hand import GUEST, PRESENTER, REPORTER, SHOW, mp3

HANOI = timezone(timedelta(hours=7))
MORNING = datetime(2026, 2, 5, 7, 0, tzinfo=HANOI)
FEED_GUID = "0f4dc0b6-6f2c-5f0a-9f8e-3c1c1c1b7a11"
SUFFIXES: dict[FileKind, str] = {"audio": ".mp3", "transcript": ".vtt", "chapters": ".json"}
PEOPLE: tuple[tuple[str, Role], ...] = (
    (PRESENTER, "presenter"),
    (REPORTER, "reporter"),
    (GUEST, "official"),
)
VTT = f"""WEBVTT

NOTE Giọng đọc tổng hợp (máy tính): {PRESENTER}, {GUEST}

1-synthetic
00:00:00.000 --> 00:00:02.400
<v {PRESENTER}>Nhân dịp năm mới, mời quý vị nghe cuộc phỏng vấn sau đây.

2
00:00:03.600 --> 00:00:05.000
<v {REPORTER}>Thưa bà, năm 2025 phường Mũi Sò đã làm được những gì cho bà con
ngư dân trong mùa biển động vừa qua,

3
00:00:05.000 --> 00:00:06.000
<v {REPORTER}>và còn lo gì?

4-synthetic
00:00:07.000 --> 00:00:09.000
<v {GUEST}>Sửa cầu cảng A &amp; B, 3 &lt; 5 tháng.
"""
AUDIO = mp3(0.5)


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
        vtt: str = VTT,
        synthetic: bool = True,
    ) -> PublishedEpisode:
        """An episode published ``day`` days after the first, with its files on the shelf."""
        chapters = (PublishedChapter(0, "Giới thiệu"), PublishedChapter(3_600, "Câu hỏi 1 & 2"))
        listed = [{"startTime": each.start_ms / 1000, "title": each.title} for each in chapters]
        contents: dict[FileKind, bytes] = {
            "audio": audio,
            "transcript": vtt.encode(),
            "chapters": json.dumps({"version": "1.2.0", "chapters": listed}).encode(),
        }
        time = MORNING + timedelta(days=day)
        return PublishedEpisode(
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
            people=tuple(Speaker(person, role) for person, role in PEOPLE),
            chapters=chapters,
        )

    def _file(self, name: str, kind: FileKind, data: bytes) -> PublishedFile:
        file = media_name(name, hashlib.sha256(data).hexdigest(), SUFFIXES[kind])
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / file).write_bytes(data)
        return PublishedFile(file, len(data), FILE_TYPES[kind])

    def media(self, episodes: Sequence[PublishedEpisode]) -> dict[str, Path]:
        """Where the bytes of each published file are."""
        files = (file for episode in episodes for file in episode.files.values())
        return {file.name: self.folder / file.name for file in files}

    def write(
        self, site: Path, *episodes: PublishedEpisode, show: Show = SHOW, built: datetime = MORNING
    ) -> tuple[str, ...]:
        """Write the site with these episodes."""
        return write_site(site, show, episodes, self.media(episodes), built)


def withdrawn(episode: PublishedEpisode) -> PublishedEpisode:
    """The episode taken back a day later."""
    return replace(episode, state="withdrawn", updated=episode.updated + timedelta(days=1))
