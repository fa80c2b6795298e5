"""What somebody wants otherwise of which words of a script are said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from broadcast.model import Script
from broadcast.script.mending import Mending, Word, doubts_of, words_by_turn, words_of
from broadcast.script.part_words import PART_WORDS
from broadcast.script.word_places import (
    as_long_as_equal,
    first_word,
    flat,
    one_stretch_more,
    word_begin,
    word_count,
    word_end,
)
from broadcast.script.written_text import (
    CannotMendError,
    Place,
    ScriptPlace,
    WrittenText,
    place_in,
    spoken_at,
    turn_at,
)


@dataclass(frozen=True, slots=True)
class LeftOut(Mending):
    """``count`` words from a place (0: its paragraph), or a line without words, are left out."""

    place: Place
    count: int = 0

    def ways(self, written: WrittenText) -> Iterator[str]:
        """Strike them out."""
        place = spoken_at(written.script, self.place)
        if place is None:
            assert isinstance(self.place, int)
            yield written.with_line(self.place, written.struck(written.line(self.place)))
            return
        start, end = written.span(place)
        text = written.text
        if self._is_part(written.script, place):
            words = text[start:end]
            first = start + word_begin(words, place.words)
            last = start + word_end(words, place.words + self.count)
            yield written.replaced(first, last, written.struck(text[first:last]))
            return
        begin = written.line_begin(start) if place.paragraph else written.label(start)
        struck = text[:begin] + written.struck(text[begin:end])
        yield struck + text[end:]
        for at, rest in written.whose_after(place):
            yield f"{struck}{text[end:at]}{rest}"

    def words(self, before: Script) -> list[Word]:
        """Give the words without these."""
        place = spoken_at(before, self.place)
        if place is None:
            return words_of(before)
        turns = words_by_turn(before)
        first, count = first_word(before, place), word_count(before, place)
        if self._is_part(before, place):
            first, count = first + place.words, self.count
        del turns[place.turn][first : first + count]
        return flat(turns)

    def is_made(self, before: Script, after: Script, wanted: Sequence[Word]) -> bool:
        """Whether these words alone are left out; what nobody says may have been the title."""
        if spoken_at(before, self.place) is None:
            return words_of(after) == wanted
        return Mending.is_made(self, before, after, wanted)

    def in_clean(self, script: Script) -> Mending:
        """Name the place by its turn."""
        return replace(self, place=place_in(script, self.place))

    def _is_part(self, script: Script, place: ScriptPlace) -> bool:
        most = word_count(script, place)
        if not 0 <= place.words <= place.words + self.count <= most:
            raise CannotMendError
        return 0 < self.count < most


@dataclass(frozen=True, slots=True)
class KeptLine(Mending):
    """A line that was left out is spoken."""

    line: int

    def ways(self, written: WrittenText) -> Iterator[str]:
        """Take away what strikes it out, or mark it as words."""
        plain = written.plain_line(self.line)
        yield written.with_line(self.line, plain)
        yield written.with_line(self.line, "\\" + plain)

    def is_made(self, before: Script, after: Script, wanted: Sequence[Word]) -> bool:
        """Whether its words came in, in one place, and nothing else did."""
        more = one_stretch_more(words_of(before), words_of(after))
        return after.title == before.title and bool(more)

    def in_clean(self, script: Script) -> Mending:
        """Say that the line is not there."""
        raise CannotMendError


@dataclass(frozen=True, slots=True)
class AsWords(Mending):
    """A line whose beginning was taken for a speaker is all words, of the turn above it."""

    line: int

    def ways(self, written: WrittenText) -> Iterator[str]:
        """Mark it as words."""
        yield written.with_line(self.line, "\\" + written.line(self.line).lstrip())

    def is_made(self, before: Script, after: Script, wanted: Sequence[Word]) -> bool:
        """Whether nothing but the label's words came in."""
        more = one_stretch_more(_unsaid(before), _unsaid(after))
        return bool(more) and len(after.turns) < len(before.turns) and after.title == before.title

    def in_clean(self, script: Script) -> Mending:
        """Say that the line is not there."""
        raise CannotMendError


@dataclass(frozen=True, slots=True)
class AsUnderstood(Mending):
    """What is doubtful at ``line`` is as it was understood: it is written so that it is certain."""

    line: int

    def ways(self, written: WrittenText) -> Iterator[str]:
        """Mark it as words, name who speaks or what it is, or strike out what is left out."""
        place = spoken_at(written.script, self.line)
        if place is None:
            line = written.line(self.line)
            if line.split() == (written.script.title or "").split():
                own = PART_WORDS["vi" if written.is_vietnamese else "en"]
                yield written.with_line(self.line, f"{own['title']}: {line.strip()}")
                return
            yield written.with_line(self.line, written.struck(line))
            return
        start, _ = written.span(place)
        begin = written.line_begin(start)
        if not written.text[begin:start].strip():
            yield written.replaced(begin, begin, "\\")
        if not place.paragraph:
            for label in written.labels_of(turn_at(written.script, place).speaker):
                yield written.replaced(written.label(start), start, f"{label}: ")
                yield written.replaced(begin, start, f"{label}:{written.newline}\\")

    def is_made(self, before: Script, after: Script, wanted: Sequence[Word]) -> bool:
        """Whether all is as it was, and less is doubtful."""
        return (
            Mending.is_made(self, before, after, wanted)
            and [turn.id for turn in after.turns] == [turn.id for turn in before.turns]
            and doubts_of(after) < doubts_of(before)
        )

    def in_clean(self, script: Script) -> None:
        """Leave all as it is: nothing is doubtful in a clean text."""
        place_in(script, self.line)


@dataclass(frozen=True, slots=True)
class Worded(Mending):
    """The paragraph at ``place`` has other words."""

    place: ScriptPlace
    text: str

    def ways(self, written: WrittenText) -> Iterator[str]:
        """Write the words that are other ones where those stood."""
        start, end = written.span(self.place)
        old, new = self._old(written, start, end), self.text.split()
        if not new:
            raise CannotMendError
        same = as_long_as_equal(old, new)
        last = as_long_as_equal(old[same:][::-1], new[same:][::-1])
        first = start + word_begin(written.text[start:end], same)
        until = start + word_end(written.text[start:end], len(old) - last)
        between = " ".join(new[same : len(new) - last])
        if first < until and between:
            yield written.replaced(first, until, between)
        yield written.replaced(start, end, " ".join(new))
        yield written.replaced(start, end, "\\" + " ".join(new))

    def _old(self, written: WrittenText, start: int, end: int) -> list[str]:
        """Give the words that stand there, without what sets some of them bold."""
        turn = turn_at(written.script, self.place)
        plain = turn.paragraphs[self.place.paragraph].text.split()
        stand = written.text[start:end].split()
        return plain if len(plain) == len(stand) else stand

    def words(self, before: Script) -> list[Word]:
        """Give the words with these in place of those."""
        turns = words_by_turn(before)
        first, count = first_word(before, self.place), word_count(before, self.place)
        turn = turns[self.place.turn]
        who = turn[first][0]
        turn[first : first + count] = [(who, word) for word in self.text.split()]
        return flat(turns)


def _unsaid(script: Script) -> list[Word]:
    """Give the words, whoever says them."""
    return [("", word) for _, word in words_of(script)]
