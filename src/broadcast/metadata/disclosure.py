"""Turns and whether each is synthetic into the words that tell listeners so.

A synthetic voice that speaks a named official's words is announced (Vietnam: Law 134/2025/QH15,
article 11; European Union: AI Act, article 50). Everything here is empty when every official's
turn is a recording. It needs no audio: the notice itself is spoken before any exists.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from broadcast.language import for_language
from broadcast.model import Timeline, Turn


@dataclass(frozen=True, slots=True)
class _Words:
    """One language's sentences; {guests} are names, {turns} such as "turns 2, 4"."""

    notice_all: str
    notice_some: str
    line: str
    turn: str
    turns: str
    conjunction: str


_WORDS = {
    "vi": _Words(
        notice_all=(
            "Thưa quý vị và các bạn, phần trả lời của {guests} trong chương trình này "
            "được thể hiện bằng giọng đọc tổng hợp của máy tính, "
            "không phải giọng thật của người trả lời phỏng vấn."
        ),
        notice_some=(
            "Thưa quý vị và các bạn, một số câu trả lời của {guests} trong chương trình này "
            "được thể hiện bằng giọng đọc tổng hợp của máy tính, "
            "không phải giọng thật của người trả lời phỏng vấn."
        ),
        line=(
            "Giọng đọc tổng hợp: lời của {guests} ({turns}) được thể hiện bằng giọng đọc "
            "của máy tính, không phải giọng thật."
        ),
        turn="lượt",
        turns="lượt",
        conjunction=" và ",
    ),
    "en": _Words(
        notice_all=(
            "In this programme the answers of {guests} are spoken by a computer-generated voice. "
            "It is not the real voice of the person interviewed."
        ),
        notice_some=(
            "In this programme some of the answers of {guests} are spoken by a computer-generated "
            "voice. It is not the real voice of the person interviewed."
        ),
        line=(
            "Synthetic voice: the words of {guests} ({turns}) are spoken by a "
            "computer-generated voice, not the real one."
        ),
        turn="turn",
        turns="turns",
        conjunction=" and ",
    ),
}


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
    words = _words(language)
    guests = _guests(synthetic, words)
    if own.strip():
        return own.strip().replace("{guest}", guests)
    answers = [turn for turn, _ in turns if _is_answer(turn)]
    template = words.notice_all if len(synthetic) == len(answers) else words.notice_some
    return template.format(guests=guests)


def description_line(language: str, turns: Sequence[tuple[Turn, bool]]) -> str:
    """Give the sentence for the episode's description, or "" when every answer is recorded."""
    synthetic = synthetic_officials(turns)
    if not synthetic:
        return ""
    words = _words(language)
    return words.line.format(guests=_guests(synthetic, words), turns=_turns(synthetic, words))


def _is_answer(turn: Turn) -> bool:
    return turn.role == "official" and turn.kind == "turn"


def _words(language: str) -> _Words:
    return for_language(_WORDS, language, _WORDS["en"])


def _guests(turns: Sequence[Turn], words: _Words) -> str:
    names = list(dict.fromkeys(turn.speaker for turn in turns))
    if len(names) == 1:
        return names[0]
    return ", ".join(names[:-1]) + words.conjunction + names[-1]


def _turns(turns: Sequence[Turn], words: _Words) -> str:
    numbers = ", ".join(str(turn.n) for turn in turns)
    return f"{words.turn if len(turns) == 1 else words.turns} {numbers}"
