"""A draft → its listening page and its entry in the feed, as listeners would get them today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from broadcast.feed.addresses import FEED, media_path, page_path
from broadcast.feed.cover import Cover, cover_of
from broadcast.feed.episode_page import episode_page
from broadcast.feed.page_frame import Look, look_of, page_files
from broadcast.feed.published import PublishedEpisode
from broadcast.feed.rss import feed_xml
from broadcast.production.desk.draft import Draft
from broadcast.production.desk.known import known_episodes
from broadcast.production.desk.published import names_given, published_episode
from broadcast.production.desk.remembered_facts import RememberedFacts
from broadcast.production.desk.station_cache import cache_of
from broadcast.production.public.freeze import episode_of, present_draft
from broadcast.production.public.identity import guid_of_feed, with_guid
from broadcast.station import Station
from broadcast.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What listeners would get of a draft; nothing of it is written anywhere.

    ``media`` are its files by their places below feed/, ``look`` says where its page finds the
    rest. There is no small copy yet: that is made when it is published.
    """

    station: Station
    draft: Draft
    episode: PublishedEpisode
    cover: Cover
    look: Look
    media: Mapping[str, Path]

    def file(self, path: str) -> Path | bytes | None:
        """Give what would lie at a place below feed/; None: nothing of this episode."""
        style_path, style, script_path, script = page_files()
        if path == page_path(self.episode):
            return self.page()
        if path == FEED:
            return self.feed()
        made = {self.cover.path: self.cover.data, style_path: style, script_path: script}
        return made.get(path) or self.media.get(path)

    def page(self) -> bytes:
        """Give the page itself."""
        return episode_page(self.station.show, self.episode, self.draft.record.sentences, self.look)

    def feed(self) -> bytes:
        """Give a feed that has this episode alone."""
        return feed_xml(
            self.station.show,
            [self.episode],
            self.episode.updated,
            self.look.cover,
            read=lambda _: self.episode,
        )


def foreseen(workspace: Workspace, station: Station, name: str, now: datetime) -> Foreseen:
    """Foresee what listeners would get of an episode's draft if it were published now.

    Its files are not read for it. Raises UsageError without a draft.
    """
    station = with_guid(workspace, station)
    draft = present_draft(workspace, name)
    before = published_episode(workspace, name)
    known = known_episodes(workspace, RememberedFacts(workspace))
    episode = episode_of(
        draft,
        station.feed,
        small=None,
        before=before,
        others=[one for one in known if one.name != name],
        guid_of_feed=guid_of_feed(station, known, draft.record.guid),
        published=before.published if before else now,
        now=now,
        approved=None,
    )
    cover = cover_of(station.show, cache_of(workspace, station))
    given = names_given(draft.record.files).items()
    return Foreseen(
        station=station,
        draft=draft,
        episode=episode,
        cover=cover,
        look=look_of(cover.path, station.feed.elsewhere),
        media={media_path(episode.files[kind].name): draft.folder / name for kind, name in given},
    )
