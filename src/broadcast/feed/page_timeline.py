"""An episode's timeline on its page: a drawing of who speaks when, and the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from lxml.builder import E

from broadcast.feed.addresses import media_path
from broadcast.feed.published import PublishedEpisode
from broadcast.messages.listeners import ListenerWords, part_in_full
from broadcast.model import TranscriptSentence
from broadcast.model.units import clock_at
from broadcast.text import xml_text


def timeline_section(
    episode: PublishedEpisode,
    sentences: Sequence[TranscriptSentence],
    words: ListenerWords,
    up: str,
) -> list[Any]:
    """Give the timeline, closed until somebody wants it: a small screen moves along it.

    Episodes from before there were timelines have none.
    """
    drawing = episode.files.get("timeline")
    if drawing is None:
        return []
    name = words.pages.timeline
    told = "; ".join(_spoken(sentences, words, episode.language))
    picture = E.img(
        {
            "src": up + quote(media_path(drawing.name)),
            "alt": f"{name}: {told}" if told else name,
            "width": "1000",
            "loading": "lazy",
        }
    )
    # Who has no mouse moves along it by arrow keys, so it is to be reached by Tab.
    along = E.div({"tabindex": "0", "role": "group", "aria-label": name}, picture)
    return [E.details({"class": "timeline"}, E.summary(name), along)]


def _spoken(
    sentences: Sequence[TranscriptSentence], words: ListenerWords, language: str
) -> list[str]:
    """Say of each voice how long it is heard, in the order in which they come."""
    heard_ms: dict[tuple[str, bool], int] = {}
    for one in sentences:
        voice = (one.speaker, one.synthetic)
        heard_ms[voice] = heard_ms.get(voice, 0) + one.end_ms - one.start_ms
    return [
        f"{xml_text(part_in_full(speaker, language))} {clock_at(ms)}"
        + (f" ({words.transcript.synthetic_voice})" if synthetic else "")
        for (speaker, synthetic), ms in heard_ms.items()
    ]
