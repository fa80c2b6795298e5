"""What somebody wants otherwise of whose words are whose: a speaker's, the lead's, the byline's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from broadcast.model import Script
from broadcast.script.mending import Mending, Word, words_by_turn, words_of
from broadcast.script.part_words import PART_WORDS
from broadcast.script.word_places import (
    first_word,
    flat,
    one_stretch_more,
    word_count,
    words_after,
)
from broadcast.script.written_text import (
    Place,
    ScriptPlace,
    WrittenText,
    place_in,
    spoken_at,
    turn_at,
)


@dataclass(frozen=True, slots=True)
class SaidBy(Mending):
    """The words from a place to the end of its turn are said by ``who``.

    Of a place that is a line its paragraph alone is, or what was left out of it.
    """

    place: Place
    who: str

    def ways(self, written: WrittenText) -> Iterator[str]:
        """Write a label before the words, in place of the one that is there."""
        place = spoken_at(written.script, self.place)
        labels = written.labels_of(self.who)
        if place is None:
            for label in labels:
                yield written.with_label(self.place, f"{label}: ")
            return
        start, end = written.span(place)
        text, newline = written.text, written.newline
        for label in labels:
            if place.words:
                words = text[start:end]
                at = start + words_after(words, place.words)
                yield f"{text[:at].rstrip()}{newline}{newline}{label}: {text[at:]}"
                # Of a paragraph over several lines each part may look like another kind of text.
                parts = " ".join(text[start:at].split()), " ".join(text[at:end].split())
                yield written.replaced(start, end, f"{parts[0]}{newline * 2}{label}: {parts[1]}")
            else:
                first = written.mark(start) if place.paragraph else written.label(start)
                if self._is_line:
                    for at, rest in written.whose_after(place):
                        yield f"{text[:first]}{label}: {text[start:at]}{rest}"
                yield written.replaced(first, start, f"{label}: ")

    def words(self, before: Script) -> list[Word]:
        """Give the words with another speaker for these."""
        place = spoken_at(before, self.place)
        if place is None:
            return words_of(before)
        turns = words_by_turn(before)
        turn, first = turns[place.turn], first_word(before, place) + place.words
        last = first + word_count(before, place) if self._is_line else len(turn)
        turn[first:last] = [(self.who, word) for _, word in turn[first:last]]
        return flat(turns)

    def is_made(self, before: Script, after: Script, wanted: Sequence[Word]) -> bool:
        """Whether these words alone have another speaker."""
        if after.title != before.title:
            return False
        if spoken_at(before, self.place) is None:
            more = one_stretch_more(words_of(before), words_of(after))
            return bool(more) and all(who == self.who for who, _ in more)
        most = len(before.turns) + (2 if self._is_line else 1)
        return words_of(after) == wanted and len(after.turns) <= most

    @property
    def _is_line(self) -> bool:
        return isinstance(self.place, int)

    def in_clean(self, script: Script) -> Mending:
        """Name the place by its turn."""
        return replace(self, place=place_in(script, self.place))


@dataclass(frozen=True, slots=True)
class Joined(Mending):
    """The turn at ``place`` belongs to the one before it."""

    place: ScriptPlace

    def ways(self, written: WrittenText) -> Iterator[str]:
        """Take its label away: it goes on where the one before ended."""
        who = turn_at(written.script, self._above).speaker
        start, _ = written.span(self.place)
        label = written.label(start)
        yield written.replaced(label, start, "")
        for name in written.labels_of(who):
            yield written.replaced(label, start, f"{name}: ")

    def words(self, before: Script) -> list[Word]:
        """Give the words with the speaker of the turn before for these."""
        who = turn_at(before, self._above).speaker
        turns = words_by_turn(before)
        turns[self.place.turn] = [(who, word) for _, word in turns[self.place.turn]]
        return flat(turns)

    def is_made(self, before: Script, after: Script, wanted: Sequence[Word]) -> bool:
        """Whether there is one turn less."""
        return len(after.turns) < len(before.turns) and Mending.is_made(self, before, after, wanted)

    @property
    def _above(self) -> ScriptPlace:
        return ScriptPlace(self.place.turn - 1)


@dataclass(frozen=True, slots=True)
class TakenFor(Mending):
    """The paragraph at ``place``, or a line that was left out, is the lead, byline or title."""

    place: Place
    part: Literal["lead", "byline", "title"]

    def ways(self, written: WrittenText) -> Iterator[str]:
        """Write what it is before it."""
        place = spoken_at(written.script, self.place)
        own, other = ("vi", "en") if written.is_vietnamese else ("en", "vi")
        for word in (PART_WORDS[own][self.part], PART_WORDS[other][self.part]):
            if place is None:
                yield written.with_label(self.place, f"{word}: ")
                continue
            start, _ = written.span(place)
            begin = written.line_begin(start) if place.paragraph else written.label(start)
            yield written.replaced(begin, start, f"{word}: ")
            # What follows is still said by the one who said all of it.
            for at, rest in written.whose_after(place):
                yield f"{written.text[:begin]}{word}: {written.text[start:at]}{rest}"

    def is_made(self, before: Script, after: Script, wanted: Sequence[Word]) -> bool:
        """Whether these words are that part, and all others are said as they were."""
        place = spoken_at(before, self.place)
        if place is None:
            left = (one.text for one in before.dropped if one.line == self.place)
            words = next(left, before.title or "")
            others = words_by_turn(before)
        else:
            words = turn_at(before, place).paragraphs[place.paragraph].text
            others = words_by_turn(before)
            del others[place.turn][
                (first := first_word(before, place)) : first + word_count(before, place)
            ]
        if self.part == "title":
            return (after.title or "").split() == words.split() and words_of(after) == flat(others)
        now = [word for word in words_of(after) if word[0] == self.part]
        then = [word for word in flat(others) if word[0] == self.part]
        came = one_stretch_more(then, now)
        return (
            (after.title == before.title or words == before.title)
            and bool(words)
            and [word for _, word in came] == words.split()
            and _without(words_of(after), self.part) == _without(flat(others), self.part)
        )

    def in_clean(self, script: Script) -> Mending:
        """Name the place by its turn."""
        return replace(self, place=place_in(script, self.place))


def _without(words: list[Word], part: str) -> list[Word]:
    return [word for word in words if word[0] != part]
