"""Turns without labels, told by how they are set: questions bold or dashed, answers below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from broadcast.messages import Message
from broadcast.model import Role
from broadcast.script.entries import WrittenLine
from broadcast.script.labels import LIST_MARK, Label
from broadcast.script.set_phrases import ends_asking, is_closing, is_thanks, opens_as_question
from broadcast.text import folded


@dataclass(slots=True)
class InferredTurn:
    """The entries of one turn; ``label`` is None where the speaker is inferred from ``sign``."""

    entries: list[WrittenLine]
    label: Label | None = None
    role: Role | None = None
    sign: Message | None = None
    strip_mark: bool = field(default=False)


QuestionLook = Literal["bold", "marked", "numbered", "heading", "plain"]
_SIGNS: dict[QuestionLook, Message] = {
    "bold": Message("sign.bold", "questions in bold, answers in plain letters"),
    "marked": Message("sign.marked", "questions and answers set off by dashes or stars"),
    "numbered": Message("sign.numbered", "numbered questions"),
    "heading": Message("sign.heading", "questions as headings"),
    "plain": Message("sign.plain", "paragraphs that ask, and what follows them"),
}
_BEFORE_ANSWER = Message("sign.before-answer", "a question before an answer")
_AFTER_QUESTIONS = Message("sign.after-questions", "what follows the questions")
_AFTER_QUESTION = Message("sign.after-question", "what follows a question")
_TO_GUEST = Message("sign.to-guest", "a question to the guest")
_THANKS = Message("sign.thanks", "the closing thanks")
_CLOSING = Message("sign.closing", "the closing words to the listeners")
_MARKED = re.compile(r"\s*(?:[-–—*•+]\s*|\.\s+)(?=\S)")
_MOST_LINES_BELOW = 300
"""How far above the end of a page the closing thanks may stand."""
_OF_LISTS = {"", "-", "–", "—", "•", "+"}
"""Marks that begin the points of a list as often as a turn."""
_NUMBERED = re.compile(r"\s*(?:câu(?: hỏi)?\s*)?\d{1,2}\s?[.)/]\s*(?=\S)", re.IGNORECASE)


def unlabelled_blocks(entries: Sequence[WrittenLine]) -> list[InferredTurn]:
    """Split a script that has no labels; an empty list if nothing tells the turns."""
    kept = [entry for entry in entries if entry.text and entry.furniture is None]
    style = _style(kept)
    if style is None:
        return []
    blocks: list[InferredTurn] = []
    for entry in entries:
        if entry.text and _asks_in(style, entry, started=bool(blocks)):
            blocks.append(InferredTurn([entry], None, "reporter", _SIGNS[style], strip_mark=True))
        elif not blocks:
            continue
        elif blocks[-1].role == "reporter" and _answers(style, entry, blocks[-1]):
            blocks.append(InferredTurn([entry], None, "official", _SIGNS[style], strip_mark=True))
        else:
            blocks[-1].entries.append(entry)
    return _with_closing(blocks) if any(block.role == "official" for block in blocks) else []


def _style(entries: Sequence[WrittenLine]) -> QuestionLook | None:
    """The way the questions are set: the first that at least one question and answer bear out."""
    styles: tuple[QuestionLook, ...] = ("bold", "heading", "marked", "numbered", "plain")
    for style in styles:
        asking = [
            at
            for at, entry in enumerate(entries)
            if _asks_in(style, entry, started=True) and entry.asks
        ]
        if not asking or (asking[-1] + 1 >= len(entries) and len(asking) == 1):
            continue
        answered = sum(
            at + 1 < len(entries) and not _asks_in(style, entries[at + 1], started=True)
            for at in asking
        )
        if answered and answered * 3 >= len(asking):
            return style
    return None


def _asks_in(style: QuestionLook, entry: WrittenLine, *, started: bool) -> bool:
    """Whether ``entry`` is a question in the given style (once begun, also the closing thanks)."""
    if entry.verbatim:
        return False
    text = entry.text
    bare = LIST_MARK.sub("", text, count=1)
    closes = started and is_thanks(bare)
    if style == "bold":
        if not entry.is_bold or entry.heading == 1:
            return False
        return entry.asks or (started and entry.ends_sentence and len(text.split()) >= 3)
    if style == "heading":
        return closes or (entry.heading >= 2 and entry.asks)
    if style == "marked":
        return closes or (
            _MARKED.match(text) is not None and (ends_asking(text) or opens_as_question(bare))
        )
    if style == "numbered":
        return closes or (_NUMBERED.match(text) is not None and ends_asking(text))
    return (
        closes
        or opens_as_question(text)
        or (ends_asking(text) and len(text.split()) >= 4 and entry.heading == 0)
    )


def _answers(style: QuestionLook, entry: WrittenLine, question: InferredTurn) -> bool:
    """Whether ``entry`` begins the answer rather than going on with the question."""
    if not entry.text or entry.furniture is not None or entry.begins_section:
        return False
    if _is_over(question):
        return False
    if style == "bold" and entry.is_bold:
        return False
    if style == "marked" and not entry.after_gap and _MARKED.match(entry.text) is None:
        return any(one.asks and ends_asking(one.text) for one in question.entries)
    return True


def _is_over(question: InferredTurn) -> bool:
    """Whether the reporter has thanked, so that nobody answers."""
    return any(is_thanks(LIST_MARK.sub("", one.words, count=1)) for one in question.entries)


def with_inferred(blocks: list[InferredTurn], head: list[WrittenLine]) -> list[InferredTurn]:
    """Add the turns that a labelled script leaves without a label.

    ``head`` is what stands before the first label; a question taken from it is removed there.
    """
    roles = {_role(block) for block in blocks}
    result: list[InferredTurn] = []
    if roles == {"asks"}:
        for block in blocks:
            result.extend(_question_and_answer(block))
    elif roles == {"answers"} and not any(block.entries[0].asks for block in blocks):
        marks = set()
        if len(head) > 1 and ends_asking(head[-1].text) and not head[-1].verbatim:
            marks = {_mark(head[-1])}
            asked = InferredTurn([head.pop()], None, "reporter", _BEFORE_ANSWER, strip_mark=True)
            result.append(asked)
        for place, block in enumerate(blocks):
            *earlier, final = _split_at_questions(block, marks)
            result += [*earlier, *_answer_and_question(final, blocks[place + 1 :])]
    else:
        marks = _asking_marks(blocks)
        for block in blocks:
            result.extend(_split_at_questions(block, marks))
    return _with_closing(_with_thanks(result))


def _asking_marks(blocks: Sequence[InferredTurn]) -> set[str]:
    """The mark before those who ask, "*" or ".", where those who answer have another or none."""
    marks: dict[str, set[str]] = {"asks": set(), "answers": set()}
    for block in blocks:
        marks[_role(block)].add(_mark(block.entries[0]))
    asking = marks["asks"]
    return asking if len(asking) == 1 and not asking & marks["answers"] else set()


def _mark(entry: WrittenLine) -> str:
    found = _MARKED.match(entry.text)
    return "" if found is None else found[0].strip()


def _role(block: InferredTurn) -> str:
    if block.label is None:
        return "asks" if block.role == "reporter" else "answers"
    if block.label.form.role is not None:
        return "answers" if block.label.form.role == "official" else "asks"
    return "answers"


def _question_and_answer(block: InferredTurn) -> list[InferredTurn]:
    """Part a labelled question from the unlabelled answer below it."""
    with_words = [at for at, entry in enumerate(block.entries) if entry.words.strip()]
    asked = next((at for at in with_words if ends_asking(block.entries[at].words)), None)
    if asked is None:
        return [block]
    answer = [entry for entry in block.entries[asked + 1 :] if entry.text and not entry.verbatim]
    if all(
        entry.furniture is not None or is_thanks(entry.text) or entry.is_byline for entry in answer
    ):
        return [block]
    first = InferredTurn(block.entries[: asked + 1], block.label)
    return [
        first,
        InferredTurn(
            block.entries[asked + 1 :], None, "official", _AFTER_QUESTIONS, strip_mark=True
        ),
    ]


def _answer_and_question(block: InferredTurn, below: Sequence[InferredTurn]) -> list[InferredTurn]:
    """Part a labelled answer from the unlabelled question below it."""
    if not below or len(block.entries) < 2:
        return [block]
    final = block.entries[-1]
    # Who is named again did not ask what stands before.
    again = _same_label(block, below[0])
    if (
        final.verbatim
        or not ends_asking(final.text)
        or not (
            again
            or final.is_bold
            or opens_as_question(LIST_MARK.sub("", final.text))
            or final.after_gap
        )
    ):
        return [block]
    return [
        InferredTurn(block.entries[:-1], block.label, block.role, block.sign),
        InferredTurn([final], None, "reporter", _BEFORE_ANSWER, strip_mark=True),
    ]


def _same_label(one: InferredTurn, other: InferredTurn) -> bool:
    return (
        one.label is not None
        and other.label is not None
        and folded(one.label.text) == folded(other.label.text)
    )


def _split_at_questions(block: InferredTurn, marks: set[str]) -> list[InferredTurn]:
    """Find unlabelled questions inside an answer: bold as the others, or put to the guest."""
    if _role(block) == "asks":
        return [block]
    parts = [InferredTurn([block.entries[0]], block.label, block.role, block.sign)]
    for entry in block.entries[1:]:
        bare = LIST_MARK.sub("", entry.text, count=1)
        asks = not entry.verbatim and (
            (entry.is_bold and entry.asks)
            or (ends_asking(entry.text) and opens_as_question(bare))
            or (_mark(entry) in marks - _OF_LISTS and len(bare.split()) >= 2)
        )
        if asks:
            sign = _THANKS if is_thanks(bare) else _TO_GUEST
            parts.append(InferredTurn([entry], None, "reporter", sign, strip_mark=True))
        elif (
            parts[-1].role == "reporter"
            and parts[-1].label is None
            and entry.text
            and entry.furniture is None
            and not _is_over(parts[-1])
        ):
            parts.append(
                InferredTurn([entry], block.label, block.role, _AFTER_QUESTION, strip_mark=True)
            )
        else:
            parts[-1].entries.append(entry)
    return parts


def _with_closing(blocks: list[InferredTurn]) -> list[InferredTurn]:
    """Words to the listeners below the last turn are the presenter's."""
    label = blocks[-1].label if blocks else None
    if not blocks or (label is not None and label.form.role == "presenter"):
        return blocks
    entries = blocks[-1].entries
    for at, entry in enumerate(entries[1:], start=1):
        if not entry.verbatim and entry.ends_sentence and is_closing(entry.text):
            last = InferredTurn(entries[at:], None, "presenter", _CLOSING)
            blocks[-1].entries = entries[:at]
            return [*blocks, last]
    return blocks


def _with_thanks(blocks: list[InferredTurn]) -> list[InferredTurn]:
    """The last words "Xin cảm ơn ông!" under an answer are the reporter's."""
    if not blocks or _role(blocks[-1]) != "answers":
        return blocks
    entries = blocks[-1].entries
    for at in range(len(entries) - 1, max(0, len(entries) - _MOST_LINES_BELOW), -1):
        if is_thanks(entries[at].text) and not entries[at].verbatim:
            thanks = InferredTurn(entries[at:], None, "reporter", _THANKS, strip_mark=True)
            blocks[-1].entries = entries[:at]
            return [*blocks, thanks]
        if (
            entries[at].text
            and entries[at].furniture is None
            and len(folded(entries[at].text).split()) > 8
        ):
            break
    return blocks
