"""An episode as it is planned → its own cover, and what is wrong with the covers that are given."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

from broadcast.cache import Cache
from broadcast.feed.artwork.kept import drawn_for_episode
from broadcast.feed.artwork.letters import shown
from broadcast.feed.cover import (
    IN_SETTINGS,
    SAVE_AGAIN,
    cover_in_audio,
    cover_problem,
    given_cover,
    heavy_cover,
)
from broadcast.feed.figures import date_in
from broadcast.messages import Message
from broadcast.messages.listeners import words_for
from broadcast.model import Problem, Script, Show
from broadcast.production.making.plan import Plan


def own_cover(planned: Plan, cache: Cache) -> bytes | None:
    """Give an episode's own cover: what its script names, else one with its title.

    None: the show's stands for it, because the station gave that or no letters are there.
    """
    show, script = planned.station.show, planned.script
    if planned.cover:
        return given_cover(planned.cover)
    if show.cover:
        return None
    guests = tuple(one.person for one in script.speakers if one.role == "official" and one.person)
    day = datetime.datetime.combine(planned.day, datetime.time())
    read = date_in(words_for(script.language, show.language), day)
    return drawn_for_episode(show, planned.title, guests, read, cache)


def show_cover_problems(show: Show, cache: Cache) -> Iterator[Problem]:
    """Give what is to be said of the station's own cover.

    Raises BroadcastError when it cannot be used, which is to be told before anything is spoken.
    """
    if show.cover:
        yield from _heavy(show.cover, given_cover(show.cover, IN_SETTINGS), cache)


def script_cover_problems(
    script: Script, show: Show, root: Path, cache: Cache
) -> Iterator[Problem]:
    """Give what is to be said of an episode's own cover. Raises as ``show_cover_problems`` does."""
    if script.front.cover:
        file = root / script.front.cover
        data = given_cover(file)
        if problem := cover_problem(data):
            yield Problem(None, "warning", problem, SAVE_AGAIN)
        yield from _heavy(file, data, cache)
    elif not show.cover and shown(show.title) and not shown(script.title or "a"):
        yield Problem(
            None,
            "warning",
            Message(
                "cover.title-letters",
                "The cover's font lacks letters of this title; the show's cover stands for it.",
            ),
            Message("cover.title-letters.hint", "Or name a picture in the script's head: cover."),
        )


def _heavy(file: Path, cover: bytes, cache: Cache) -> Iterator[Problem]:
    if heavy := heavy_cover(cover):
        cover_in_audio(cover, cache, file)
        yield heavy
