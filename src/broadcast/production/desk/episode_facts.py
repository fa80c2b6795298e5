"""The records of an episode → the little of them that `status` tells of every one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from broadcast.cache import key_of
from broadcast.feed.published import PublishedFacts, State
from broadcast.production.desk.draft import Draft
from broadcast.production.desk.published import public_names


class DraftFacts(msgspec.Struct, frozen=True):
    """What a draft is: how long, how many of its interview ``turns`` are recorded (``real``), and
    whether anything of it wants to be looked at.

    ``contents`` tell its files from others; ``stale`` recordings are of other words than those of
    the script by now; ``passes``: every master is as loud as it was to be.
    """

    title: str
    duration_ms: int
    contents: str
    turns: int
    real: int
    stale: int
    passes: bool
    undisclosed_at: datetime | None


class GivenFacts(msgspec.Struct, frozen=True):
    """What listeners were given of an episode, without its files."""

    title: str
    duration_ms: int
    state: State
    guid: str
    published: datetime
    expires: datetime | None
    undisclosed_at: datetime | None
    forced: tuple[str, ...]
    contents: str


def draft_facts(draft: Draft) -> DraftFacts:
    """Give what `status` tells of a draft."""
    record = draft.record
    takes = [turn.take for turn in record.interview]
    return DraftFacts(
        title=record.title,
        duration_ms=record.duration_ms,
        contents=contents_of(draft),
        turns=len(takes),
        real=sum(take.kind == "recorded" for take in takes),
        stale=sum(take.stale for take in takes),
        passes=all(one.passes for one in record.loudness.values()),
        undisclosed_at=record.undisclosed_at,
    )


def contents_of(draft: Draft) -> str:
    """Name all that listeners would get of a draft: another sound or word, another name."""
    return _contents(public_names(draft, None).values())


def given_facts(episode: PublishedFacts) -> GivenFacts:
    """Give what `status` tells of what listeners were given."""
    return GivenFacts(
        title=episode.title,
        duration_ms=episode.duration_ms,
        state=episode.state,
        guid=episode.guid,
        published=episode.published,
        expires=episode.expires,
        undisclosed_at=episode.undisclosed_at,
        forced=episode.forced,
        contents=_contents(file.name for kind, file in episode.files.items() if kind != "small"),
    )


def _contents(names: Iterable[str]) -> str:
    """Name what published files hold, by their names; a rename changes the rest of these alone."""
    return key_of(sorted(name.rpartition("-")[2] for name in names))
