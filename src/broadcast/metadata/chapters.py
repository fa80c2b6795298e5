"""A timeline into chapters: one for the introduction, one for each question."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from broadcast.messages.listeners import words_for
from broadcast.metadata.phrases import cut, without_circumstance
from broadcast.model import ChapterMark, Question, Timeline, Turn, samples_to_ms
from broadcast.text import folded, without_direction

TITLE_CHARACTERS = 45
"""Longer chapter titles are cut by car displays and most podcast programs."""
MOST_CHAPTERS = 255
"""A CTOC counts its children in one byte (ID3v2 Chapter Frame Addendum 1.0, 3.2)."""

_THANKS_WORDS = 12


def chapters(
    timeline: Timeline, title: str, language: str, questions: Sequence[Question] = ()
) -> tuple[ChapterMark, ...]:
    """Give the programme's chapters in time order; each ends where the next one begins.

    What comes before the first question is the introduction; each question opens a chapter that
    holds its answer; byline and closing belong to the last. A reporter's turn that nobody answers,
    or that only says thank you, asks nothing and stays in the chapter it stands in. A programme
    without questions is one chapter called ``title``; what follows the 255th belongs to it.
    ``questions`` say what is at the core of the reporters' turns.
    """
    heard = [(slot.start, take.turn) for slot, take in timeline.takes if slot.samples]
    if not heard:
        return ()
    known = {question.turn: question for question in questions}
    asked = [
        (start, known.get(turn.id) or Question(turn.id, _words(turn), _words(turn)))
        for index, (start, turn) in enumerate(heard)
        if _asks(turn, [later for _, later in heard[index + 1 :]], language)
    ]
    if not asked:
        return (ChapterMark(0, _shortened(title, language)),)
    made = [_chapter(start, question, language) for start, question in asked]
    if any(start < asked[0][0] for start, _ in heard):
        made.insert(0, ChapterMark(0, words_for(language).chapters.introduction))
    else:
        made[0] = _chapter(0, asked[0][1], language)  # music before it belongs to it
    return tuple(made[:MOST_CHAPTERS])


def with_ends(
    chapters: Sequence[ChapterMark], duration_ms: int
) -> Iterator[tuple[ChapterMark, int]]:
    """Give each chapter and where it ends, in ms: at the next one's start, the last with all."""
    ends = [chapter.start_ms for chapter in chapters[1:]] + [duration_ms]
    return zip(chapters, ends, strict=True)


def chapters_json(chapters: Sequence[ChapterMark], duration_ms: int, title: str) -> str:
    """Give the chapters as a podcast:chapters document, times in seconds.

    The format has no place for a subtitle. Source: Podcast Namespace, JSON Chapters Format 1.2.0.
    """
    document = {
        "version": "1.2.0",
        "title": title,
        "chapters": [
            {
                "startTime": chapter.start_ms / 1000,
                "endTime": end_ms / 1000,
                "title": chapter.title,
            }
            for chapter, end_ms in with_ends(chapters, duration_ms)
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


def _words(turn: Turn) -> str:
    return " ".join(turn.text.split())


def _chapter(start: int, question: Question, language: str) -> ChapterMark:
    title, asked = _shortened(question.core, language), without_direction(question.text)
    return ChapterMark(samples_to_ms(start), title, asked if asked != title else "")


def _shortened(title: str, language: str) -> str:
    """Give a title that fits, of its main clause if it is too long, cut where a phrase ends."""
    title = without_direction(title)
    if len(title) > TITLE_CHARACTERS:
        title = without_circumstance(title, language)
    return cut(title, TITLE_CHARACTERS, language)
