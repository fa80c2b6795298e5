"""What somebody wants otherwise in a script → its text with the touched lines alone changed.

A form of words that is meant to change one thing may change how the lines around it are taken. So
each change is tried, the text is understood anew, and it stands only if what came of it is what was
wanted and nothing else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from broadcast.model import FrontMatter, Script, Turn
from broadcast.script.struck import STROKE

_MARKS = r"[\s*_]"
_LABEL = re.compile(r"[*_\s]*[^\n]{1,120}:[*_\s]*")
_MOST_MARKED = 5
_HEAD = re.compile(
    r"(\s*---[ \t]*(?:\r\n|\n))(.*?)^(?:---|\.\.\.)[ \t]*\r?$", re.DOTALL | re.MULTILINE
)
_Word = tuple[str, str]
"""Who says a word, and the word."""
Understand = Callable[[str], Script]


@dataclass(frozen=True, slots=True)
class ScriptPlace:
    """A place in a script: which turn, which paragraph of it, after how many of its words."""

    turn: int
    paragraph: int = 0
    words: int = 0


@dataclass(frozen=True, slots=True)
class SaidBy:
    """The words from ``place`` to the end of its turn are said by ``who``."""

    place: ScriptPlace
    who: str


@dataclass(frozen=True, slots=True)
class Joined:
    """The turn at ``place`` belongs to the one before it."""

    place: ScriptPlace


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The paragraph at ``place`` is not spoken."""

    place: ScriptPlace


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A line that was left out is spoken."""

    line: int


@dataclass(frozen=True, slots=True)
class Called:
    """The programme has this title and this date ("": none is written)."""

    title: str
    date: str


Mending = SaidBy | Joined | LeftOut | KeptLine | Called


class CannotMendError(Exception):
    """The change cannot be made in this text: its place is not found, or more would change."""


def mended(
    text: str, script: Script, change: Mending, understand: Understand, *, markdown: bool
) -> str:
    """Give the text with the change, whose lines but the touched ones are as they were.

    ``script`` is what is understood of the text. Raises CannotMendError where no way of writing it
    changes that alone.
    """
    is_wanted, wanted = _judge(script, change)
    for candidate in _candidates(text, script, change, markdown=markdown):
        tried: str | None = candidate
        for _ in range(_MOST_MARKED):
            if tried is None or tried == text:
                break
            after = understand(tried)
            if is_wanted(after):
                return tried
            tried = _with_mark(tried, after, wanted)
    raise CannotMendError


def _candidates(text: str, script: Script, change: Mending, *, markdown: bool) -> Iterator[str]:
    if isinstance(change, KeptLine):
        yield from _kept(text, change.line)
        return
    if isinstance(change, Called):
        yield from _called(text, script, change)
        return
    turn = _turn(script, change.place)
    if isinstance(change, LeftOut):
        start, end = _span(text, turn, change.place.paragraph)
        start = text.rfind("\n", 0, start) + 1 if change.place.paragraph else _label(text, start)
        yield text[:start] + _struck(text[start:end], markdown=markdown) + text[end:]
        return
    who = change.who if isinstance(change, SaidBy) else _turn(script, _before(change.place)).speaker
    start, end = _span(text, turn, change.place.paragraph)
    if isinstance(change, Joined):
        # Without its label it goes on where the one before ended.
        yield text[: _label(text, start)] + text[start:]
    for label in _labels_of(text, script, who):
        if change.place.words:
            at = start + _after_words(text[start:end], change.place.words)
            head, newline = text[:at].rstrip(), "\r\n" if "\r\n" in text else "\n"
            yield f"{head}{newline}{newline}{label}: {text[at:]}"
            # Of a paragraph over several lines each part may look like another kind of text.
            parts = " ".join(text[start:at].split()), " ".join(text[at:end].split())
            yield (f"{text[:start]}{parts[0]}{newline}{newline}{label}: {parts[1]}{text[end:]}")
        elif change.place.paragraph:
            yield f"{text[:start]}{label}: {text[start:]}"
        else:
            yield f"{text[: _label(text, start)]}{label}: {text[start:]}"


def _kept(text: str, line: int) -> Iterator[str]:
    lines = re.split(r"(\r\n|\r|\n)", text)
    at = 2 * (line - 1)
    if not 0 <= at < len(lines):
        raise CannotMendError
    plain = lines[at].replace(STROKE, "").replace("~~", "")
    for written in (plain, "\\" + plain):
        yield "".join([*lines[:at], written, *lines[at + 1 :]])


def _called(text: str, script: Script, change: Called) -> Iterator[str]:
    """Write title and date where they stand, else in the head of the script."""
    newline = "\r\n" if "\r\n" in text else "\n"
    head = _HEAD.match(text)
    if head is None and script.front.date is None and not change.date:
        # The title is a line of the text itself, as a rule its first.
        line = rf"(?m)^[ \t*_]*{re.escape(script.title or '')}[ \t*_]*(?=\r?$)"
        if script.title and (found := re.search(line, text)):
            yield text[: found.start()] + change.title + text[found.end() :]
    values = {"title": change.title, "date": change.date}
    if head is None:
        # What stood for the title in the text is no part of what is said.
        told = [f"{key}: {_quoted(value)}" for key, value in values.items() if value]
        yield newline.join(["---", *told, "---", "", text])
        return
    inner = head[2]
    for key, value in values.items():
        own = re.compile(rf"(?m)^{key}[ \t]*:[^\r\n]*(\r\n|\n|\Z)")
        entry = f"{key}: {_quoted(value)}{newline}" if value else ""
        there = own.search(inner)
        at, end = there.span() if there else (0, 0)
        inner = inner[:at] + entry + inner[end:]
    yield head[1] + inner + text[head.end(2) :]


def _quoted(value: str) -> str:
    """Write a value so that YAML reads it as this text."""
    return json.dumps(value, ensure_ascii=False)


def _struck(words: str, *, markdown: bool) -> str:
    """Write words as struck out, which a reader of the file sees too."""
    if markdown:
        return "\n".join(f"~~{line}~~" if line.strip() else line for line in words.split("\n"))
    return "".join(sign if sign in "\r\n" else sign + STROKE for sign in words)


def _labels_of(text: str, script: Script, who: str) -> list[str]:
    """Give what may stand before somebody's words: first what the text has there most often."""
    known = next((one.labels for one in script.speakers if one.name == who), ())
    found = {label: len(re.findall(rf"(?m)^{re.escape(label)}\s*:", text)) for label in known}
    used = [label for label in sorted(known, key=lambda one: -found[one]) if found[label]]
    return list(dict.fromkeys([*used, who]))


def _turn(script: Script, place: ScriptPlace) -> Turn:
    if not 0 <= place.turn < len(script.turns):
        raise CannotMendError
    turn = script.turns[place.turn]
    if not 0 <= place.paragraph < len(turn.paragraphs):
        raise CannotMendError
    return turn


def _before(place: ScriptPlace) -> ScriptPlace:
    return ScriptPlace(place.turn - 1)


def _span(text: str, turn: Turn, paragraph: int) -> tuple[int, int]:
    """Give where a paragraph's words stand in the text. Raises CannotMendError if they do not."""
    one = turn.paragraphs[paragraph]
    begins = [0, *(found.end() for found in re.finditer(r"\r\n|\r|\n", text))]
    if not 1 <= one.line <= len(begins):
        raise CannotMendError
    words = rf"{_MARKS}+".join(map(re.escape, one.text.split()))
    found = re.compile(words).search(text, begins[one.line - 1])
    if found is None or (one.line < len(begins) and found.start() >= begins[one.line]):
        raise CannotMendError
    return found.span()


def _label(text: str, start: int) -> int:
    """Give where the label before a turn's words begins: on their line, or alone on one above."""
    line = text.rfind("\n", 0, start) + 1
    if text[line:start].strip():
        return line
    above = text[:line].rstrip()
    begin = above.rfind("\n") + 1
    is_label = above.endswith((":", ":**")) and _LABEL.fullmatch(above[begin:])
    return begin if is_label else line


def _after_words(text: str, count: int) -> int:
    """Give where the words after the first ``count`` begin."""
    found = list(re.finditer(r"\S+", text))
    if not 0 < count < len(found):
        raise CannotMendError
    return found[count].start()


def _with_mark(text: str, after: Script, wanted: Sequence[_Word]) -> str | None:
    """Put a backslash before the first paragraph that somebody else is taken to say.

    It makes words of a line that go on where the line before it ended. None: there is none, or it
    is marked already.
    """
    place = 0
    for turn in after.turns:
        for number, paragraph in enumerate(turn.paragraphs):
            words = paragraph.text.split()
            said = [(turn.speaker, word) for word in words]
            if said != list(wanted[place : place + len(words)]):
                start, _ = _span(text, turn, number)
                line = text.rfind("\n", 0, start) + 1
                return None if text[line:start].strip() else f"{text[:start]}\\{text[start:]}"
            place += len(words)
    return None


def _words(script: Script) -> list[list[_Word]]:
    """Give each turn's words with who says them."""
    return [[(turn.speaker, word) for word in turn.text.split()] for turn in script.turns]


def _judge(script: Script, change: Mending) -> tuple[Callable[[Script], bool], list[_Word]]:
    """Give what tells whether a change came out as it was wanted, and the words that it wants."""
    turns = _words(script)
    before = _flat(turns)
    if isinstance(change, KeptLine):
        return (
            lambda after: (
                after.title == script.title and _is_one_stretch_more(before, _flat(_words(after)))
            ),
            before,
        )
    if isinstance(change, Called):
        return (
            lambda after: (
                after.title == change.title
                and (after.front.date or "") == change.date
                and _other_facts(after) == _other_facts(script)
                and _flat(_words(after)) == before
            ),
            before,
        )
    turn = turns[_place_of(script, change.place)]
    lengths = [len(one.text.split()) for one in script.turns[change.place.turn].paragraphs]
    first = sum(lengths[: change.place.paragraph])
    most = len(script.turns) + 1
    if isinstance(change, LeftOut):
        del turn[first : first + lengths[change.place.paragraph]]
    elif isinstance(change, SaidBy):
        first += change.place.words
        turn[first:] = [(change.who, word) for _, word in turn[first:]]
    else:
        who = script.turns[_place_of(script, _before(change.place))].speaker
        turn[:] = [(who, word) for _, word in turn]
        most = len(script.turns) - 1
    wanted = _flat(turns)
    return (
        lambda after: (
            after.title == script.title
            and len(after.turns) <= most
            and _flat(_words(after)) == wanted
        ),
        wanted,
    )


def _other_facts(script: Script) -> FrontMatter:
    return replace(script.front, title=None, date=None)


def _place_of(script: Script, place: ScriptPlace) -> int:
    _turn(script, place)
    return place.turn


def _flat(turns: list[list[_Word]]) -> list[_Word]:
    return [word for turn in turns for word in turn]


def _is_one_stretch_more(before: list[_Word], after: list[_Word]) -> bool:
    more = len(after) - len(before)
    pairs = enumerate(zip(before, after, strict=False))
    same = next((n for n, (one, other) in pairs if one != other), len(before))
    return more > 0 and before[same:] == after[same + more :]
