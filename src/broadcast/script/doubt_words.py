"""A line that could be two things, in words: what it was taken for, and what to write if not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from broadcast.messages import Message
from broadcast.model import Remedy
from broadcast.script.part_words import PART_WORDS


@dataclass(frozen=True, slots=True)
class Voices:
    """Who asks and who answers about a line, each with the label to write before their words."""

    asker: str
    asker_label: str
    guest: str
    guest_label: str


def taken_for(taken: str, rival: str, voices: Voices, why: Message | None) -> Message:
    """Say what a line was taken for, and what it could be; ``why`` it was left out, if it was.

    ``taken`` and ``rival`` are parts of the programme, as ``decoder.part_of`` gives them.
    """
    if why is not None:
        return _left_out(voices, why)[rival]
    return _taken(voices)[taken, rival]


def _taken(voices: Voices) -> Mapping[tuple[str, str], Message]:
    guest, asker = voices.guest, voices.asker
    return {
        ("answers", "asks"): Message(
            "script.answer-or-question",
            "taken for words of {guest}, who answers; it could be a question of {asker}",
            guest=guest,
            asker=asker,
        ),
        ("answers", "left out"): Message(
            "script.answer-or-left-out",
            "taken for words of {guest}; it may not be for reading out",
            guest=guest,
        ),
        ("answers", "title"): Message(
            "script.answer-or-title",
            "taken for words of {guest}; it could be the title",
            guest=guest,
        ),
        ("answers", "lead"): Message(
            "script.answer-or-lead",
            "taken for words of {guest}; it could be the lead",
            guest=guest,
        ),
        ("answers", "byline"): Message(
            "script.answer-or-byline",
            "taken for words of {guest}; it could be the byline",
            guest=guest,
        ),
        ("asks", "answers"): Message(
            "script.question-or-answer",
            "taken for words of {asker}, who asks; it could be an answer of {guest}",
            asker=asker,
            guest=guest,
        ),
        ("asks", "left out"): Message(
            "script.question-or-left-out",
            "taken for words of {asker}; it may not be for reading out",
            asker=asker,
        ),
        ("asks", "title"): Message(
            "script.question-or-title",
            "taken for words of {asker}; it could be the title",
            asker=asker,
        ),
        ("asks", "lead"): Message(
            "script.question-or-lead",
            "taken for words of {asker}; it could be the lead",
            asker=asker,
        ),
        ("asks", "byline"): Message(
            "script.question-or-byline",
            "taken for words of {asker}; it could be the byline",
            asker=asker,
        ),
        ("title", "asks"): Message(
            "script.title-or-question",
            "taken for the title; it could be a question of {asker}",
            asker=asker,
        ),
        ("title", "answers"): Message(
            "script.title-or-answer",
            "taken for the title; it could be words of {guest}",
            guest=guest,
        ),
        ("title", "left out"): Message(
            "script.title-or-left-out", "taken for the title; it may not be for reading out"
        ),
        ("title", "lead"): Message(
            "script.title-or-lead", "taken for the title; it could be the lead"
        ),
        ("title", "byline"): Message(
            "script.title-or-byline", "taken for the title; it could be the byline"
        ),
        ("lead", "asks"): Message(
            "script.lead-or-question",
            "taken for the lead; it could be a question of {asker}",
            asker=asker,
        ),
        ("lead", "answers"): Message(
            "script.lead-or-answer",
            "taken for the lead; it could be words of {guest}",
            guest=guest,
        ),
        ("lead", "left out"): Message(
            "script.lead-or-left-out", "taken for the lead; it may not be for reading out"
        ),
        ("lead", "title"): Message(
            "script.lead-or-title", "taken for the lead; it could be the title"
        ),
        ("lead", "byline"): Message(
            "script.lead-or-byline", "taken for the lead; it could be the byline"
        ),
        ("byline", "asks"): Message(
            "script.byline-or-question",
            "taken for the byline; it could be a question of {asker}",
            asker=asker,
        ),
        ("byline", "answers"): Message(
            "script.byline-or-answer",
            "taken for the byline; it could be words of {guest}",
            guest=guest,
        ),
        ("byline", "left out"): Message(
            "script.byline-or-left-out", "taken for the byline; it may not be for reading out"
        ),
        ("byline", "title"): Message(
            "script.byline-or-title", "taken for the byline; it could be the title"
        ),
        ("byline", "lead"): Message(
            "script.byline-or-lead", "taken for the byline; it could be the lead"
        ),
    }


def _left_out(voices: Voices, why: Message) -> Mapping[str, Message]:
    guest, asker = voices.guest, voices.asker
    return {
        "asks": Message(
            "script.left-out-or-question",
            "left out ({why}); it could be a question of {asker}",
            why=why,
            asker=asker,
        ),
        "answers": Message(
            "script.left-out-or-answer",
            "left out ({why}); it could be words of {guest}",
            why=why,
            guest=guest,
        ),
        "title": Message(
            "script.left-out-or-title", "left out ({why}); it could be the title", why=why
        ),
        "lead": Message(
            "script.left-out-or-lead", "left out ({why}); it could be the lead", why=why
        ),
        "byline": Message(
            "script.left-out-or-byline", "left out ({why}); it could be the byline", why=why
        ),
    }


def to_write(taken: str, rival: str, voices: Voices, *, vietnamese: bool) -> Message:
    """Say what to write if a line is its ``rival``: a part is named in the script's language."""
    if rival == "asks":
        return Message(
            "script.doubt.asks",
            "If {asker} asks it, write “{label}:” before it.",
            asker=voices.asker,
            label=voices.asker_label,
        )
    if rival == "answers" and taken in ("left out", "title", "byline"):
        return Message(
            "script.doubt.keep",
            "If it is to be read, put a backslash (\\) before it; if it begins an answer, "
            "“{label}:”.",
            label=voices.guest_label,
        )
    if rival == "answers":
        return Message(
            "script.doubt.answers",
            "If {guest} says it, write “{label}:” before it.",
            guest=voices.guest,
            label=voices.guest_label,
        )
    if rival == "left out":
        return Message("script.doubt.left-out", "If it is not to be read, take it out.")
    word = PART_WORDS["vi" if vietnamese else "en"][rival]
    if rival == "title":
        return Message(
            "script.doubt.title", "If it is the title, write “{word}:” before it.", word=word
        )
    if rival == "lead":
        return Message(
            "script.doubt.lead", "If it belongs to the lead, write “{word}:” before it.", word=word
        )
    return Message(
        "script.doubt.byline",
        "If it says who made the piece, write “{word}:” before it.",
        word=word,
    )


def remedies(taken: str, rival: str, voices: Voices) -> tuple[Remedy, ...]:
    """Give what mends a line that is its ``rival``, and what keeps it as it was taken."""
    others: tuple[Remedy, ...] = ()
    if rival == "asks":
        others = (Remedy("said-by", voices.asker),)
    elif rival == "answers":
        others = (Remedy("said-by", voices.guest),)
        if taken in ("left out", "title", "byline"):
            others = (Remedy("keep"), *others)
    elif rival == "left out":
        others = (Remedy("leave-out"),)
    elif rival in _PARTS:
        others = (_PARTS[rival],)
    return (*others, Remedy("as-it-is"))


_PARTS: Mapping[str, Remedy] = {
    "title": Remedy("title"),
    "lead": Remedy("lead"),
    "byline": Remedy("byline"),
}
