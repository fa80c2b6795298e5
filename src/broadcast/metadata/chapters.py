"""A timeline into chapters: one for the introduction, one for each question."""

from __future__ import annotations

import json
from collections.abc import Sequence

from broadcast.messages.listeners import words_for
from broadcast.model import Chapter, ChapterMark, Timeline, Turn, samples_to_ms
from broadcast.text import folded

TITLE_CHARACTERS = 60
"""Longer chapter titles are cut by car displays and most podcast programs."""

_THANKS_WORDS = 12


def chapters(timeline: Timeline, title: str, language: str) -> tuple[Chapter, ...]:
    """Give the programme's chapters in time order, without gaps, from its start to its end.

    What comes before the first question is the introduction; each question opens a chapter that
    holds its answer; byline and closing belong to the last. A reporter's turn that nobody answers,
    or that only says thank you, asks nothing and stays in the chapter it stands in. A programme
    without questions is one chapter called ``title``.
    """
    heard = [(slot.start, take.turn) for slot, take in timeline.takes if slot.samples]
    if not heard:
        return ()
    starts = [
        (start, _shortened(turn.text))
        for index, (start, turn) in enumerate(heard)
        if _asks(turn, [later for _, later in heard[index + 1 :]], language)
    ]
    if not starts:
        starts = [(0, title)]
    elif any(start < starts[0][0] for start, _ in heard):
        starts.insert(0, (0, words_for(language).chapters.introduction))
    else:
        starts[0] = (0, starts[0][1])  # music before the first question belongs to it
    ends = [start for start, _ in starts[1:]] + [timeline.samples]
    return tuple(
        Chapter(chapter_title, start, end)
        for (start, chapter_title), end in zip(starts, ends, strict=True)
    )


def chapter_marks(chapters: Sequence[Chapter]) -> tuple[ChapterMark, ...]:
    """Give where chapters begin, in milliseconds."""
    return tuple(ChapterMark(samples_to_ms(one.start), one.title) for one in chapters)


def chapters_json(chapters: Sequence[Chapter], title: str) -> str:
    """Give the chapters as a podcast:chapters document, times in seconds.

    Source: Podcast Namespace, JSON Chapters Format 1.2.0.
    """
    document = {
        "version": "1.2.0",
        "title": title,
        "chapters": [
            {
                "startTime": samples_to_ms(chapter.start) / 1000,
                "endTime": samples_to_ms(chapter.end) / 1000,
                "title": chapter.title,
            }
            for chapter in chapters
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _asks(turn: Turn, following: Sequence[Turn], language: str) -> bool:
    if turn.role != "reporter" or turn.n is None:
        return False
    if "?" in turn.text:
        return True
    if not any(later.role == "official" for later in following):
        return False
    words = folded(turn.text)
    thanks = words_for(language).chapters.thanks
    only_thanks = any(thank in words for thank in thanks) and len(words.split()) <= _THANKS_WORDS
    return not only_thanks


def _shortened(text: str) -> str:
    """Give the first words of ``text``, ended with an ellipsis where words are left out."""
    words = " ".join(text.split())
    if len(words) <= TITLE_CHARACTERS:
        return words
    head = words[:TITLE_CHARACTERS]
    if words[TITLE_CHARACTERS - 1] != " " and " " in head:
        head = head.rsplit(" ", 1)[0]
    return head.rstrip(" ,;:.-–—") + "…"
