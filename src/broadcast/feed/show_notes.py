"""A published episode into its show notes: subject, questions, people, disclosure."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from broadcast.feed.addresses import page_path, url
from broadcast.feed.published import PublishedEpisode
from broadcast.messages.listeners import ListenerWords, words_for
from broadcast.model import Role, Show
from broadcast.model.units import clock_at
from broadcast.text import xml_text

DESCRIPTION_BYTES = 4000
"""The longest description in bytes of UTF-8 (PSP-1, description; Apple)."""


def credit_lines(episode: PublishedEpisode, words: ListenerWords) -> tuple[str, ...]:
    """Give who is heard and who made it: a line for each part, people with their offices.

    "Khách mời: Trần Thị Minh Nguyệt, Chủ tịch UBND phường".
    """
    heard: dict[Role, str] = {
        "presenter": words.people.presenter,
        "reporter": words.people.reporter,
        "official": words.people.official,
    }
    told: dict[str, list[str]] = {}
    for person in episode.people:
        names = told.setdefault(heard[person.role], [])
        names.append(", ".join(filter(None, [person.name, person.job])))
    for credit in episode.credits:
        names = told.setdefault(getattr(words.credits, credit.part), [])
        if credit.name not in {name.split(", ")[0] for name in names}:
            names.append(credit.name)
    return tuple(f"{part}: {xml_text('; '.join(names))}" for part, names in told.items())


def notes_in_html(show: Show, episode: PublishedEpisode) -> str:
    """Give the show notes as HTML; each question leads to the page at the moment it is asked."""
    words = words_for(episode.language, show.language)
    page = url(show, page_path(episode))
    questions = "".join(
        f'<li><a href="{html.escape(page)}#t={start_ms / 1000:g}">{_clock(start_ms)}</a> '
        f"{_escaped(title)}</li>"
        for start_ms, title in _questions(episode)
    )
    blocks = [
        *_paragraphs(_about(episode)),
        *([f"<p>{_escaped(words.pages.chapters)}</p><ul>{questions}</ul>"] if questions else []),
        *_paragraphs("\n".join(credit_lines(episode, words))),
        *_paragraphs(xml_text(episode.disclosure)),
    ]
    return "".join(blocks)


def short_notes(show: Show, episode: PublishedEpisode) -> str:
    """Give the show notes as a description: lines of escaped text, DESCRIPTION_BYTES at most.

    Where there is too much, the questions are left out, then the people, and then what it is about
    is cut; never what is said of synthetic voices, which stands last.
    """
    words = words_for(episode.language, show.language)
    about, disclosure = _about(episode), xml_text(episode.disclosure)
    people = "\n".join(credit_lines(episode, words))
    questions = "\n".join(f"{_clock(start_ms)} {title}" for start_ms, title in _questions(episode))
    for blocks in ([about, questions, people, disclosure], [about, people, disclosure]):
        notes = "\n\n".join(filter(None, blocks))
        if _bytes(notes) <= DESCRIPTION_BYTES:
            return _escaped(notes)
    room = DESCRIPTION_BYTES - (_bytes(f"\n\n{disclosure}") if disclosure else 0)
    return "\n\n".join(filter(None, [description(about, room), _escaped(disclosure)]))


def description(text: str, limit: int = DESCRIPTION_BYTES) -> str:
    """Give a text as RSS has descriptions, escaped as HTML, cut at a word to ``limit`` bytes."""
    clean = xml_text(text).strip()
    if _bytes(clean) <= limit:
        return _escaped(clean)
    room = limit - _bytes("…")
    length = 0
    while (room := room - _bytes(clean[length])) >= 0:
        length += 1
    head = clean[:length]
    if not clean[length].isspace() and re.search(r"\s", head):
        head = re.sub(r"\s+\S*$", "", head)
    return _escaped(head.rstrip()) + "…"


def _about(episode: PublishedEpisode) -> str:
    return xml_text(episode.about or episode.title).strip()


def _questions(episode: PublishedEpisode) -> Iterator[tuple[int, str]]:
    """Give where each chapter begins in ms, and its title; a single one tells nothing new."""
    if len(episode.chapters) > 1:
        yield from ((mark.start_ms, xml_text(mark.title)) for mark in episode.chapters)


def _paragraphs(text: str) -> Sequence[str]:
    """Give a paragraph of HTML for each block between empty lines."""
    blocks = (block.strip() for block in re.split(r"\n\s*\n", text))
    return [f"<p>{_escaped(block).replace(chr(10), '<br>')}</p>" for block in blocks if block]


def _clock(ms: int) -> str:
    """Give a moment as programs find it in notes: 03:36, 1:02:03."""
    return clock_at(ms).zfill(5)


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)


def _bytes(text: str) -> int:
    return len(_escaped(text).encode())
