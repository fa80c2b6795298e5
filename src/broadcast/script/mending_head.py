"""What somebody wants otherwise in the head of a script: its title, its people, its readings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from broadcast.model import FrontMatter, Role, Script
from broadcast.script.head_text import HeadText, Person
from broadcast.script.mending import Mending, Word, doubts_of, words_of
from broadcast.script.written_text import WrittenText


@dataclass(frozen=True, slots=True)
class Called(Mending):
    """The programme has this title and this date ("": none is written)."""

    title: str
    date: str

    def ways(self, written: WrittenText) -> Iterator[str]:
        """Write them where they stand, else in the head."""
        text, script = written.text, written.script
        head = HeadText.of(text)
        if not head.inner and script.front.date is None and not self.date and script.title:
            # The title is a line of the text itself, as a rule its first.
            line = rf"(?m)^[ \t*_]*{re.escape(script.title)}[ \t*_]*(?=\r?$)"
            if found := re.search(line, text):
                yield written.replaced(*found.span(), self.title)
        # What stood for the title in the text is no part of what is said.
        dated = HeadText.of(head.with_value("date", self.date)) if self.date or head.inner else head
        yield dated.with_value("title", self.title)

    def is_made(self, before: Script, after: Script, wanted: Sequence[Word]) -> bool:
        """Whether these two alone are otherwise."""
        return (
            after.title == self.title
            and (after.front.date or "") == self.date
            and _others(after) == _others(before)
            and words_of(after) == wanted
        )


@dataclass(frozen=True, slots=True)
class ReadAs(Mending):
    """In this script ``written`` is read as ``spoken`` ("": as it would be by itself)."""

    written: str
    spoken: str

    def ways(self, written: WrittenText) -> Iterator[str]:
        """Write it into the head's lexicon."""
        yield from HeadText.of(written.text).with_pair("lexicon", self.written, self.spoken)

    def is_made(self, before: Script, after: Script, wanted: Sequence[Word]) -> bool:
        """Whether this reading alone is otherwise."""
        every = {**before.front.lexicon, self.written: self.spoken}
        readings = {word: said for word, said in every.items() if said}
        return (
            after.front == replace(before.front, lexicon=readings)
            and after.title == before.title
            and words_of(after) == wanted
        )


@dataclass(frozen=True, slots=True)
class HasRole(Mending):
    """Somebody is presenter, reporter or guest."""

    name: str
    role: Role

    def ways(self, written: WrittenText) -> Iterator[str]:
        """Write it to the people of the head."""
        head = HeadText.of(written.text)
        yield from head.with_person(self.name, lambda one: {**one, "role": self.role})

    def is_made(self, before: Script, after: Script, wanted: Sequence[Word]) -> bool:
        """Whether that one's role alone is otherwise."""
        roles = {one.name: one.role for one in before.speakers}
        return (
            {one.name: one.role for one in after.speakers} == {**roles, self.name: self.role}
            and words_of(after) == wanted
            and after.title == before.title
        )


@dataclass(frozen=True, slots=True)
class OnePerson(Mending):
    """Who is called ``other`` is ``name``."""

    name: str
    other: str

    def ways(self, written: WrittenText) -> Iterator[str]:
        """Write it to the people of the head."""
        yield from HeadText.of(written.text).with_person(self.name, self._with_alias)

    def is_made(self, before: Script, after: Script, wanted: Sequence[Word]) -> bool:
        """Whether what was said by either is said by the one, and nothing else is otherwise."""
        wanted = [(self.name if who == self.other else who, word) for who, word in words_of(before)]
        return words_of(after) == wanted and after.title == before.title

    def _with_alias(self, person: Person) -> Person:
        known = person.get("aliases")
        aliases = known if isinstance(known, list) else [known] if known else []
        return {**person, "aliases": [*aliases, self.other]}


@dataclass(frozen=True, slots=True)
class Named(Mending):
    """What a line begins with, ``label``, is somebody who speaks."""

    label: str

    def ways(self, written: WrittenText) -> Iterator[str]:
        """Write it to the people of the head."""
        yield from HeadText.of(written.text).with_person(self.label, dict)

    def is_made(self, before: Script, after: Script, wanted: Sequence[Word]) -> bool:
        """Whether somebody has the label, which is said no more, and all other words are said."""
        then, now = ([word for _, word in words_of(one)] for one in (before, after))
        less = len(then) - len(now)
        return (
            (less > 0 or doubts_of(after) < doubts_of(before))
            and any(self.label in (one.name, *one.labels) for one in after.speakers)
            and after.title == before.title
            and any(then[:at] + then[at + less :] == now for at in _places(then, now))
        )


@dataclass(frozen=True, slots=True)
class InLanguage(Mending):
    """The script is in this language."""

    tag: str

    def ways(self, written: WrittenText) -> Iterator[str]:
        """Write it into the head."""
        yield HeadText.of(written.text).with_value("language", self.tag)

    def is_made(self, before: Script, after: Script, wanted: Sequence[Word]) -> bool:
        """Whether it is, and the same words are said."""
        then, now = ([word for _, word in words_of(one)] for one in (before, after))
        return after.language == self.tag and now == then and after.title == before.title


def _others(script: Script) -> FrontMatter:
    return replace(script.front, title=None, date=None)


def _places(then: list[str], now: list[str]) -> Iterator[int]:
    """Give where words may be missing: as far as both are equal, and a little before."""
    same = next((at for at, (a, b) in enumerate(zip(then, now, strict=False)) if a != b), len(now))
    yield from range(same, max(-1, same - 20), -1)
