"""An episode's files into its player: the browser's own, and what script adds to it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from lxml.builder import E

from broadcast.feed.addresses import media_path
from broadcast.feed.figures import size_in
from broadcast.feed.page_frame import Look
from broadcast.feed.published import PublishedEpisode
from broadcast.messages.listeners import ListenerWords
from broadcast.model import Show
from broadcast.text import xml_text

SPEEDS = ("0.75", "0.9", "1", "1.1", "1.25", "1.5", "1.75", "2")


def player(
    show: Show, episode: PublishedEpisode, words: ListenerWords, look: Look, audio: str, up: str
) -> list[Any]:
    """Give the player, which stays in sight while its page is read, and what is told below it."""
    told = {
        "data-title": xml_text(episode.title),
        "data-show": xml_text(show.title),
        "data-picture": up + quote(look.shown),
        "aria-label": words.pages.player,
        "id": "player",
    }
    sound = E.audio({"controls": "", "src": audio, **sparing(episode, up), **told})
    if "transcript" in episode.files:
        captions = up + quote(media_path(episode.files["transcript"].name))
        track = {"kind": "captions", "src": captions, "srclang": episode.language}
        sound.append(E.track({**track, "label": words.pages.captions}))
    bar = E.div({"class": "player"}, sound, _controls(words))
    return [bar, _kept(words), *_small(episode, words)]


def sparing(episode: PublishedEpisode, up: str) -> dict[str, str]:
    """Give what lets a player fetch nothing before it is asked, and the small copy if it must."""
    small = episode.files.get("small")
    if small is None:
        return {"preload": "none"}
    return {
        "preload": "none",
        "data-small": up + quote(media_path(small.name)),
        "data-small-type": small.type,
    }


def _controls(words: ListenerWords) -> Any:
    pages, mark = words.pages, words.figures.decimal_mark
    speeds = [E.option({"value": one}, one.replace(".", mark) + "×") for one in SPEEDS]
    speeds[SPEEDS.index("1")].set("selected", "")
    return E.div(
        {"class": "controls", "hidden": ""},
        *(
            E.button({"type": "button", "data-by": by, "aria-label": label, "title": label}, sign)
            for by, sign, label in (("-15", "−15", pages.back), ("15", "+15", pages.forward))
        ),
        E.label(pages.speed + " ", E.select({"id": "speed"}, *speeds)),
        E.button({"type": "button", "id": "here", "hidden": ""}, pages.here),
    )


def _kept(words: ListenerWords) -> Any:
    return E.p(
        {"class": "kept", "role": "status", "hidden": ""},
        E.span({"data-told": words.pages.kept, "data-after": words.pages.forgotten}),
        " ",
        E.button({"type": "button", "id": "forget", "class": "plain"}, words.pages.forget),
    )


def _small(episode: PublishedEpisode, words: ListenerWords) -> list[Any]:
    small = episode.files.get("small")
    if small is None:
        return []
    light = words.pages.light.format(size=size_in(words, small.length))
    full = words.pages.full.format(size=size_in(words, episode.files["audio"].length))
    button = E.button({"type": "button", "id": "full", "class": "plain"}, full)
    return [E.p({"class": "light", "hidden": ""}, light, " ", button)]
