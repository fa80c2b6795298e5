"""An episode's sentences into the transcript on its page: to read, to search, to listen from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from lxml.builder import E

from broadcast.feed.page_frame import badge
from broadcast.messages.listeners import ListenerWords, part_in_full
from broadcast.model import TranscriptSentence
from broadcast.model.units import clock_at
from broadcast.text import xml_text


def transcript_section(
    sentences: Sequence[TranscriptSentence],
    language: str,
    words: ListenerWords,
    audio: str,
    as_text: str | None,
) -> list[Any]:
    """Give the transcript: for each speech who speaks, one way to hear it, and the sentences.

    ``audio`` and ``as_text`` are the addresses of the sound and of the words alone.
    """
    if not sentences:
        return []
    section = E.section(
        {"class": "transcript", "aria-labelledby": "transcript"},
        E.h2({"id": "transcript"}, words.pages.transcript),
        _tools(words, as_text),
        E.p({"class": "hint", "id": "hint", "hidden": ""}, words.pages.seek_hint),
    )
    for (speaker, synthetic), said in groupby(sentences, lambda one: (one.speaker, one.synthetic)):
        name = xml_text(part_in_full(speaker, language))
        section.append(_speech(name, synthetic, list(said), language, words, audio))
    return [section]


def _tools(words: ListenerWords, as_text: str | None) -> Any:
    pages = words.pages
    told = {"data-found": pages.found, "data-none": pages.not_found}
    search = E.div(
        {"class": "search", "role": "search", "hidden": ""},
        E.input({"type": "search", "id": "search", "aria-label": pages.search,
                 "placeholder": pages.search, "autocomplete": "off"}),
        E.output({"id": "found", "for": "search", **told}),
        _button("previous-found", "↑", pages.previous_found),
        _button("next-found", "↓", pages.next_found),
    )  # fmt: skip
    links = [E.a({"href": as_text}, pages.as_text)] if as_text else []
    button = {"type": "button", "id": "print", "class": "plain", "hidden": ""}
    return E.div({"class": "tools"}, search, *links, E.button(button, pages.print))


def _button(name: str, sign: str, label: str) -> Any:
    told = {"type": "button", "id": name, "class": "plain", "aria-label": label, "title": label}
    return E.button({**told, "disabled": ""}, sign)


def _speech(
    speaker: str,
    synthetic: bool,
    said: Sequence[TranscriptSentence],
    language: str,
    words: ListenerWords,
    audio: str,
) -> Any:
    clock = clock_at(said[0].start_ms)
    begins = start_of(said[0].start_ms)
    label = words.pages.from_here.format(speaker=speaker, clock=clock)
    play = E.a(
        {"class": "play", "href": f"{audio}#t={begins}", "data-start": begins, "aria-label": label},
        clock,
    )
    turns = groupby(said, lambda one: one.turn)
    return E.div(
        {"class": "turn synthetic" if synthetic else "turn"},
        E.div(
            {"class": "who"}, E.h3(speaker), *([badge(words)] if synthetic else []), play
        ),
        *(_paragraph(turn, language) for _, turn in turns),
    )  # fmt: skip


def _paragraph(said: Iterable[TranscriptSentence], language: str) -> Any:
    """Give a turn's sentences; those whose times are guessed are followed as one stretch."""
    paragraph = E.p({"lang": language})
    for guessed, stretch in groupby(said, lambda one: one.timing == "estimated"):
        lines = [_line(one) for one in stretch]
        if guessed:
            begins = lines[0].get("data-start")
            whole = E.span({"data-timing": "estimated", "data-start": begins}, *lines)
            whole.tail = " "
            lines = [whole]
        paragraph.extend(lines)
    return paragraph


def _line(one: TranscriptSentence) -> Any:
    line = E.span({"class": "line", "data-start": start_of(one.start_ms)}, xml_text(one.text))
    line.tail = " "
    return line


def start_of(ms: int) -> str:
    """Give a moment in seconds, as addresses of media have it (Media Fragments URI, 4.2.1)."""
    return f"{ms / 1000:.3f}".rstrip("0").rstrip(".")
