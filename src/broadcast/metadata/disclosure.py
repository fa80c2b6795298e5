"""Turns and whether each is synthetic into the words that tell listeners so.

A synthetic voice that speaks a named official's words is announced (Vietnam: Law 134/2025/QH15,
article 11; European Union: AI Act, article 50). Everything here is empty when every official's
turn is a recording. It needs no audio: the notice itself is spoken before any exists.
"""

from __future__ import annotations

from collections.abc import Sequence

from broadcast.messages.listeners import ListenerWords, part_in_full, words_for
from broadcast.model import Timeline, Turn


def turns_of(timeline: Timeline) -> tuple[tuple[Turn, bool], ...]:
    """Give every turn of a timeline with whether its take is synthetic."""
    return tuple((take.turn, take.kind == "synthetic") for _, take in timeline.takes)


def synthetic_officials(turns: Sequence[tuple[Turn, bool]]) -> tuple[Turn, ...]:
    """Give the officials' interview turns that a synthetic voice speaks, in order."""
    return tuple(turn for turn, is_synthetic in turns if is_synthetic and _is_answer(turn))


def notice_words(language: str, turns: Sequence[tuple[Turn, bool]], own: str = "") -> str:
    """Give what the presenter says at the start, or "" when every answer is recorded.

    ``own`` is the station's text in place of the default; {guest} in it becomes the names.
    """
    synthetic = synthetic_officials(turns)
    if not synthetic:
        return ""
    words = words_for(language)
    guests = _guests(synthetic, words)
    if own.strip():
        return own.strip().replace("{guest}", guests)
    answers = [turn for turn, _ in turns if _is_answer(turn)]
    told = words.disclosure
    template = told.notice_all if len(synthetic) == len(answers) else told.notice_some
    return template.format(guests=guests)


def description_line(language: str, turns: Sequence[tuple[Turn, bool]]) -> str:
    """Give the sentence for the episode's description, or "" when every answer is recorded."""
    synthetic = synthetic_officials(turns)
    if not synthetic:
        return ""
    words = words_for(language)
    told = words.disclosure
    line = told.line_of_one if len(synthetic) == 1 else told.line_of_several
    numbers = ", ".join(str(turn.n) for turn in synthetic)
    return line.format(guests=_guests(synthetic, words), turns=numbers)


def _is_answer(turn: Turn) -> bool:
    return turn.role == "official" and turn.kind == "turn"


def _guests(turns: Sequence[Turn], words: ListenerWords) -> str:
    names = list(dict.fromkeys(part_in_full(turn.speaker, words.language) for turn in turns))
    if len(names) == 1:
        return names[0]
    return words.disclosure.and_last.format(others=", ".join(names[:-1]), last=names[-1])
