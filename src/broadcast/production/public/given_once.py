"""A draft, the station's rules, and what was published → an episode's numbers and last day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from broadcast.feed.published import YEARS, PublishedFacts
from broadcast.model import Numbering
from broadcast.production.desk.draft_record import DraftRecord


@dataclass(frozen=True, slots=True)
class Numbers:
    """Season and number of an episode; ``given``: the station's rule gave one of them."""

    season: int | None
    episode: int | None
    given: bool


def numbers_of(
    record: DraftRecord,
    before: PublishedFacts | None,
    others: Iterable[PublishedFacts],
    published: datetime,
    rule: Numbering,
) -> Numbers:
    """Give the numbers that the script has, else those of the rule, which gives them only once.

    ``others`` are all other episodes ever published, withdrawn ones too: no number comes again.
    """
    season, episode = record.season, record.episode
    if before is not None:
        if before.numbered:
            season = before.season if season is None else season
            episode = before.episode if episode is None else episode
    elif rule != "off":
        if season is None and rule == "year":
            season = published.year
        if episode is None:
            taken = (other.episode or 0 for other in others if other.season == season)
            episode = 1 + max(taken, default=0)
    return Numbers(season, episode, (season, episode) != (record.season, record.episode))


def expiry_of(record: DraftRecord, published: datetime, days: int) -> datetime | None:
    """Give when an episode leaves the feed: after its script's last day, else ``days`` later.

    None: never, as with 0 days, or in a year that not every clock can tell.
    """
    if record.expires is None:
        return published + timedelta(days=days) if days else None
    if record.expires.year >= YEARS[-1]:
        return None
    return datetime.combine(record.expires + timedelta(days=1), time(), published.tzinfo)
