"""A script's text as it was written, and where in it stands what was understood of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from broadcast.language import same_language
from broadcast.model import Script, Turn
from broadcast.script.struck import STROKE

_MARKS = r"[\s*_]"
_LABEL = re.compile(r"[*_\s]*[^\n]{1,120}:[*_\s]*")
_ENDS = re.compile(r"\r\n|\r|\n")


class CannotMendError(Exception):
    """The change cannot be made in this text: its place is not found, or more would change."""


@dataclass(frozen=True, slots=True)
class ScriptPlace:
    """A place in a script: which turn, which paragraph of it, after how many of its words."""

    turn: int
    paragraph: int = 0
    words: int = 0


Place = ScriptPlace | int
"""A place in a script, or the number of a line: what a problem is told at."""


def turn_at(script: Script, place: ScriptPlace) -> Turn:
    """Give the turn at a place. Raises CannotMendError if there is none."""
    if not 0 <= place.turn < len(script.turns):
        raise CannotMendError
    turn = script.turns[place.turn]
    if not 0 <= place.paragraph < len(turn.paragraphs):
        raise CannotMendError
    return turn


def spoken_at(script: Script, place: Place) -> ScriptPlace | None:
    """Give the place whose words begin in a line; None: nothing that is spoken does."""
    if isinstance(place, ScriptPlace):
        turn_at(script, place)
        return place
    for at, turn in enumerate(script.turns):
        for number, paragraph in enumerate(turn.paragraphs):
            if paragraph.line == place:
                return ScriptPlace(at, number)
    return None


def place_in(script: Script, place: Place) -> ScriptPlace:
    """Give the place whose words begin in a line. Raises CannotMendError if none do."""
    found = spoken_at(script, place)
    if found is None:
        raise CannotMendError
    return found


@dataclass(frozen=True, slots=True)
class WrittenText:
    """A script's text, what is understood of it, and whether it is Markdown."""

    text: str
    script: Script
    markdown: bool

    @property
    def newline(self) -> str:
        """What ends its lines."""
        return "\r\n" if "\r\n" in self.text else "\n"

    def line(self, number: int) -> str:
        """Give a line. Raises CannotMendError if there is none."""
        start, end = self._line(number)
        return self.text[start:end]

    def with_line(self, number: int, words: str) -> str:
        """Give the text with other words in a line. Raises CannotMendError if there is none."""
        start, end = self._line(number)
        return self.replaced(start, end, words)

    def plain_line(self, number: int) -> str:
        """Give a line without what strikes it out. Raises CannotMendError if there is none."""
        return self.line(number).replace(STROKE, "").replace("~~", "")

    def replaced(self, start: int, end: int, words: str) -> str:
        """Give the text with other words between two places."""
        return self.text[:start] + words + self.text[end:]

    def span(self, place: ScriptPlace) -> tuple[int, int]:
        """Give where a paragraph's words stand. Raises CannotMendError if they do not."""
        one = turn_at(self.script, place).paragraphs[place.paragraph]
        begin, end = self._line(one.line)
        words = rf"{_MARKS}+".join(map(re.escape, one.text.split()))
        found = re.compile(words).search(self.text, begin)
        if found is None or found.start() > end:
            raise CannotMendError
        return found.span()

    def label(self, start: int) -> int:
        """Give where the label before words begins: on their line, or alone on one above."""
        line = self.line_begin(start)
        if self.text[line:start].strip():
            return line
        above = self.text[:line].rstrip()
        begin = above.rfind("\n") + 1
        is_label = above.endswith((":", ":**")) and _LABEL.fullmatch(above[begin:])
        return begin if is_label else line

    def line_begin(self, start: int) -> int:
        """Give where the line begins in which a place is."""
        return self.text.rfind("\n", 0, start) + 1

    def struck(self, words: str) -> str:
        """Write words as struck out, which a reader of the file sees too."""
        if self.markdown:
            return "\n".join(f"~~{one}~~" if one.strip() else one for one in words.split("\n"))
        return "".join(sign if sign in "\r\n" else sign + STROKE for sign in words)

    def labels_of(self, who: str) -> list[str]:
        """Give what may stand before somebody's words: first what the text has there most often."""
        known = next((one.labels for one in self.script.speakers if one.name == who), ())
        times = {one: len(re.findall(rf"(?m)^{re.escape(one)}\s*:", self.text)) for one in known}
        used = [label for label in sorted(known, key=lambda one: -times[one]) if times[label]]
        return list(dict.fromkeys([*used, who]))

    def with_label(self, line: Place, label: str) -> str:
        """Give the text with something before a line that was left out."""
        assert isinstance(line, int), "who has no place in the script has a line"
        return self.with_line(line, label + self.plain_line(line).strip().removeprefix("\\"))

    def whose_after(self, place: ScriptPlace) -> Iterator[tuple[int, str]]:
        """Give where the next paragraph of a turn begins, and the text from there.

        Each label of its speaker that may be before it stands there.
        """
        turn, after = turn_at(self.script, place), ScriptPlace(place.turn, place.paragraph + 1)
        if turn.kind == "turn" and after.paragraph < len(turn.paragraphs):
            at, _ = self.span(after)
            for label in self.labels_of(turn.speaker):
                yield self.mark(at), f"{label}: {self.text[at:]}"

    def mark(self, start: int) -> int:
        """Give where the backslash before words is, or the words where there is none."""
        return start - 1 if self.text[start - 1 : start] == "\\" else start

    @property
    def is_vietnamese(self) -> bool:
        """Whether its parts are named in Vietnamese."""
        return same_language(self.script.language, "vi")

    def _line(self, number: int) -> tuple[int, int]:
        begins = [0, *(found.end() for found in _ENDS.finditer(self.text))]
        if not 1 <= number <= len(begins):
            raise CannotMendError
        begin = begins[number - 1]
        end = _ENDS.search(self.text, begin)
        return begin, end.start() if end else len(self.text)
