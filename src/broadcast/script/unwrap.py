"""Lines broken at a fixed width, by a mail program or a typewriter, joined to paragraphs again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from broadcast.model import Line
from broadcast.script.entries import WrittenLine
from broadcast.script.labels import LIST_MARK, label_of

_WIDEST = 110
"""Letters; mail breaks at 72 or 78, a typed page at 60 to 100."""
_FEWEST_LINES = 6
_SENTENCE_ENDS = (".", "?", "!", "…", ":", ";")
_AROUND = " \"”'’)]*_"


def unwrapped(entries: Sequence[WrittenLine]) -> tuple[WrittenLine, ...]:
    """Join the lines of a document that was broken at a width; others come back as they are."""
    width = _width(entries)
    if not width:
        return tuple(entries)
    return tuple(_joined(entries, width))


def _width(entries: Sequence[WrittenLine]) -> int:
    """The width at which most lines are broken, 0 if they are paragraphs.

    Lines are broken where none is wider than a page, most follow the one above directly, and many
    stop in the midst of a sentence that the next goes on with in small letters.
    """
    lines = [entry for entry in entries if entry.text]
    if len(lines) < _FEWEST_LINES or any(len(one.text) > _WIDEST for one in lines):
        return 0
    goes_on = sum(
        not _ends(above.text) and not below.after_gap and below.text[:1].islower()
        for above, below in zip(lines, lines[1:], strict=False)
    )
    if goes_on * 4 < len(lines):
        return 0
    return max(len(one.text) for one in lines)


def _ends(text: str) -> bool:
    return text.rstrip(_AROUND).endswith(_SENTENCE_ENDS)


def _joined(entries: Sequence[WrittenLine], width: int) -> Iterator[WrittenLine]:
    above: WrittenLine | None = None
    length = 0
    for entry in entries:
        if above is not None and _is_rest(above, entry, length, width):
            above = _with(above, entry)
        else:
            if above is not None:
                yield above
            above = entry
        length = len(entry.text)
    if above is not None:
        yield above


def _is_rest(above: WrittenLine, entry: WrittenLine, length: int, width: int) -> bool:
    """Whether a line goes on with the paragraph above; ``length`` is that of the line above it."""
    if not above.text or not entry.text or entry.after_gap or above.verbatim or entry.verbatim:
        return False
    if above.heading or entry.heading or entry.furniture is not None or entry.is_byline:
        return False
    if LIST_MARK.match(entry.text) is not None or label_of(entry.line) is not None:
        return False
    if entry.text[:1].islower():
        return True
    if _ends(above.text):
        # A sentence may end where the line does; the paragraph goes on if the next word had not
        # found room.
        return False
    room = width - length
    return len(entry.text.split()[0]) >= room or length * 2 > width


def _with(above: WrittenLine, entry: WrittenLine) -> WrittenLine:
    start = len(above.text) + 1
    bold = (*above.line.bold, *((first + start, last + start) for first, last in entry.line.bold))
    return replace(
        above,
        line=Line(above.number, f"{above.text} {entry.text}", bold),
        written=f"{above.written} {entry.written}",
        found=(*above.found, *entry.found),
        last=entry.number,
    )
