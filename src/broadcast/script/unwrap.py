"""Lines broken at a fixed width, by a mail program or a typewriter, joined to paragraphs again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from broadcast.model import Line
from broadcast.script.entries import WrittenLine
from broadcast.script.label_forms import Sureness
from broadcast.script.labels import LIST_MARK, label_of
from broadcast.script.verses import verses_in

_WIDEST = 110
"""Letters; mail breaks at 72 or 78, a typed page at 60 to 100."""
_NARROWEST = 34
_LEEWAY = 4
"""Letters by which a line may be longer than those that tell the width."""
_FEWEST_LINES = 6
_FEWEST_BREAKS = 3
"""Fewer lines that plainly go on tell no width."""
_SENTENCE_ENDS = (".", "?", "!", "…", ":", ";")
_AROUND = " \"”'’)]*_"
_QUOTED = re.compile(r"(?:>\s?)+")


@dataclass(frozen=True, slots=True)
class _Wrapping:
    """How a document is broken: at ``width`` letters, indents counted.

    ``even``: always where the next word found no room; else here and there. ``spaced``: paragraphs
    have empty lines between. ``margin`` is the indent of most lines.
    """

    width: int
    even: bool
    spaced: bool
    margin: int


def unwrapped(entries: Sequence[WrittenLine]) -> tuple[WrittenLine, ...]:
    """Join the lines of a document that was broken at a width; those of poems are marked so."""
    verses = verses_in([(entry.after_gap, _said(entry)) for entry in entries])
    marked = [
        replace(entry, verse=True) if at in verses else entry for at, entry in enumerate(entries)
    ]
    page = _page(marked)
    return tuple(marked) if page is None else tuple(_joined(marked, page))


def _said(entry: WrittenLine) -> str:
    label = label_of(entry.line) if ":" in entry.text[:_WIDEST] else None
    return entry.text if label is None else entry.text[label.rest :]


def _page(entries: Sequence[WrittenLine]) -> _Wrapping | None:
    """See how lines are broken, None if they are paragraphs.

    Where a line stops in the midst of a sentence and the next goes on with a small letter, there
    was a break. A width is that of a page if these breaks stand where no word found room: those of
    a poem do not. Where they stand anywhere, all lines have to be short, and many broken.
    """
    lines = [entry for entry in entries if entry.text]
    if not lines:
        return None
    breaks = [pair for pair in _breaks(lines) if _length(pair[0]) <= _WIDEST]
    if not breaks:
        return None
    margin = Counter(entry.indent for entry in lines).most_common(1)[0][0]
    joints = sum(not entry.after_gap for entry in lines)
    if len(breaks) >= _FEWEST_BREAKS or len(breaks) * 2 >= joints:
        width = max(_length(above) for above, _ in breaks)
        full = sum(not _has_room(above, below, width) for above, below in breaks)
        if width >= _NARROWEST and full * 20 >= len(breaks) * 17:
            return _Wrapping(width, True, _is_spaced(lines, width), margin)
    if len(lines) < _FEWEST_LINES or any(len(one.text) > _WIDEST for one in lines):
        return None
    if len(breaks) * 4 < len(lines):
        return None
    return _Wrapping(max(_length(one) for one in lines), False, False, margin)


def _breaks(lines: Sequence[WrittenLine]) -> list[tuple[WrittenLine, WrittenLine]]:
    """Lines that stop in the midst of a sentence, with the next that goes on in small letters."""
    return [
        (above, below)
        for above, below in pairwise(lines)
        if not below.after_gap
        and not (above.verbatim or below.verbatim or below.verse)
        and not _ends(above.text)
        and _body(below.text)[:1].islower()
    ]


def _is_spaced(lines: Sequence[WrittenLine], width: int) -> bool:
    """Whether paragraphs have empty lines between them, not only room at the end of the last."""
    apart = sum(entry.after_gap for entry in lines)
    ended = sum(
        not below.after_gap and _ends(above.text) and _has_room(above, below, width)
        for above, below in pairwise(lines)
    )
    return apart > ended


def _length(entry: WrittenLine) -> int:
    return entry.indent + len(entry.written)


def _body(text: str) -> str:
    """A line without the signs of a mail that is quoted."""
    return _QUOTED.sub("", text, count=1) if text.startswith(">") else text


def _has_room(above: WrittenLine, below: WrittenLine, width: int) -> bool:
    """Whether the first word of the line below would have stood in the line above."""
    words = _body(below.text).split(maxsplit=1)
    return bool(words) and _length(above) + 1 + len(words[0]) <= width


def _ends(text: str) -> bool:
    return text.rstrip(_AROUND).endswith(_SENTENCE_ENDS)


def _joined(entries: Sequence[WrittenLine], page: _Wrapping) -> Iterator[WrittenLine]:
    pieces: list[WrittenLine] = []
    for entry in entries:
        if pieces and _is_rest(pieces[0], pieces[-1], entry, page):
            pieces.append(entry)
            continue
        if pieces:
            yield _whole(pieces)
        pieces = [entry]
    if pieces:
        yield _whole(pieces)


def _is_rest(first: WrittenLine, above: WrittenLine, entry: WrittenLine, page: _Wrapping) -> bool:
    """Whether a line goes on with the paragraph that begins with ``first``, from that above it."""
    if not above.text or not entry.text or entry.after_gap or above.verbatim or entry.verbatim:
        return False
    if above.heading or entry.heading or entry.verse:
        return False
    quotes, body = first.text.startswith(">"), _body(entry.text)
    if quotes != entry.text.startswith(">") or not body or not _body(above.text):
        return False
    goes_on = page.even and not _ends(above.text) and not _has_room(above, entry, page.width)
    if goes_on and _length(above) <= page.width + _LEEWAY:
        return not _begins_within(entry, body, page)
    if entry.furniture is not None or entry.is_byline or LIST_MARK.match(body) is not None:
        return False
    if label_of(replace(entry.line, text=body)) is not None:
        return False
    return (
        _is_rest_of_even(above, entry, body, page)
        if page.even
        else _is_rest_of_uneven(above, entry, body, page)
    )


def _begins_within(entry: WrittenLine, body: str, page: _Wrapping) -> bool:
    """Whether a line begins a point or a turn below a full line whose sentence is open."""
    mark = LIST_MARK.match(body)
    if mark is not None and not (page.spaced or body[mark.end()].islower() or body[0].isdigit()):
        return True
    label = label_of(replace(entry.line, text=body))
    return label is not None and label.form.sureness is not Sureness.MAYBE


def _is_rest_of_even(above: WrittenLine, entry: WrittenLine, body: str, page: _Wrapping) -> bool:
    if _length(above) > page.width + _LEEWAY or (
        entry.indent > page.margin and entry.indent > above.indent
    ):
        return False
    if not _has_room(above, entry, page.width):
        # A question that just fills its line is a paragraph, as far as one can tell.
        asked = above.text.rstrip(_AROUND).endswith("?") and not page.spaced
        return not (asked and body[:1].isupper())
    return body[:1].islower() and not _ends(above.text) and above.text[-1:].isalnum()


def _is_rest_of_uneven(above: WrittenLine, entry: WrittenLine, body: str, page: _Wrapping) -> bool:
    if body[:1].islower():
        return True
    if _ends(above.text):
        return False
    length = _length(above)
    return len(body.split()[0]) >= page.width - length or length * 2 > page.width


def _whole(pieces: Sequence[WrittenLine]) -> WrittenLine:
    """One line of all pieces, with the number of the first and its cues in their order."""
    if len(pieces) == 1:
        return pieces[0]
    texts = [pieces[0].text, *(_body(one.text) for one in pieces[1:])]
    bold: list[tuple[int, int]] = []
    at = 0
    for one, text in zip(pieces, texts, strict=True):
        shift = at - (len(one.text) - len(text))
        bold += ((max(at, first + shift), last + shift) for first, last in one.line.bold)
        at += len(text) + 1
    return replace(
        pieces[0],
        line=Line(pieces[0].number, " ".join(texts), tuple(bold)),
        written=" ".join(one.written for one in pieces),
        found=tuple(found for one in pieces for found in one.found),
        last=pieces[-1].number,
    )
