"""What somebody wants otherwise in a script → its text with the touched lines alone changed.

A form of words that is meant to change one thing may change how the lines around it are taken. So
each change is tried, the text is understood anew, and it stands only if what came of it is what was
wanted and nothing else. What can be wanted stands in ``mending_turns``, ``mending_lines`` and
``mending_head``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from broadcast.model import Script
from broadcast.script.head_text import HeadText
from broadcast.script.written_text import CannotMendError, ScriptPlace, WrittenText

_MOST_MARKED = 8
Word = tuple[str, str]
"""Who says a word (of a lead or a byline: that it is one), and the word."""


class Mending:
    """A change that somebody wants."""

    __slots__ = ()

    def ways(self, written: WrittenText) -> Iterator[str]:
        """Give the text changed, in each way that could do it, the plainest first.

        Raises CannotMendError where there is no place for it.
        """
        raise NotImplementedError

    def words(self, before: Script) -> list[Word]:
        """Give what is said when it is made, and by whom. Raises as ``ways`` does."""
        return words_of(before)

    def is_made(self, before: Script, after: Script, wanted: Sequence[Word]) -> bool:
        """Whether a script is as it was but for this change; ``wanted`` is what ``words`` gives."""
        return after.title == before.title and words_of(after) == wanted

    def in_clean(self, script: Script) -> Mending | None:
        """Give the same change for the clean text of ``script``, whose lines have other numbers.

        None: that text is all that is wanted. Raises CannotMendError for a line that is not in it.
        """
        return self


@dataclass(frozen=True, slots=True)
class Mended:
    """A text with a change, and what is understood of it."""

    text: str
    script: Script


def mended(written: WrittenText, change: Mending, understand: Callable[[str], Script]) -> Mended:
    """Give the text with the change, whose lines but the touched ones are as they were.

    Raises CannotMendError where no way of writing it changes that alone.
    """
    wanted = change.words(written.script)
    for way in change.ways(written):
        tried: str | None = way
        for _ in range(_MOST_MARKED):
            if tried is None or tried == written.text:
                break
            after = understand(tried)
            if change.is_made(written.script, after, wanted):
                return Mended(tried, after)
            own = WrittenText(tried, after, written.markdown)
            tried = _with_title(own, written.script) or _with_mark(own, wanted, written)
    raise CannotMendError


def words_of(script: Script) -> list[Word]:
    """Give all words of a script with who says them."""
    return [word for turn in words_by_turn(script) for word in turn]


def words_by_turn(script: Script) -> list[list[Word]]:
    """Give each turn's words with who says them."""
    return [
        [(turn.speaker if turn.kind == "turn" else turn.kind, word) for word in turn.text.split()]
        for turn in script.turns
    ]


def doubts_of(script: Script) -> int:
    """Give how much of a script is wrong or doubtful."""
    return sum(problem.level != "note" for problem in script.problems)


def _with_title(tried: WrittenText, before: Script) -> str | None:
    """Write the title into the head, where a line is taken for it no more. None: it is the same."""
    if not before.title or tried.script.title == before.title:
        return None
    return HeadText.of(tried.text).with_value("title", before.title)


def _with_mark(tried: WrittenText, wanted: Sequence[Word], named: WrittenText) -> str | None:
    """Say of the first paragraph that is taken for another's whose it is.

    A backslash makes words of a line that go on where the line before it ended; else its speaker's
    label stands before it, as ``named`` has it. None: there is none, or it is said already.
    """
    said, at = words_by_turn(tried.script), 0
    for place, turn in enumerate(tried.script.turns):
        within = 0
        for number, paragraph in enumerate(turn.paragraphs):
            count = len(paragraph.text.split())
            own = list(wanted[at : at + count])
            if own and said[place][within : within + count] != own:
                start, _ = tried.span(ScriptPlace(place, number))
                who = own[0][0]
                if tried.text[tried.line_begin(start) : tried.mark(start)].strip():
                    return None
                if at and wanted[at - 1][0] == who:
                    is_marked = tried.mark(start) < start
                    return None if is_marked else tried.replaced(start, start, "\\")
                label = named.labels_of(who)[0]
                return tried.replaced(tried.mark(start), start, f"{label}: ")
            within, at = within + count, at + count
    return None
