"""Lines with words in them, turned into paragraphs: lines broken by a mail program are one."""

from __future__ import annotations

from collections.abc import Sequence

from broadcast.model import Paragraph
from broadcast.script.entries import WrittenLine, with_cells_apart
from broadcast.script.labels import LIST_MARK

_SHORTEST_BROKEN = 20


def paragraphs_of(lines: Sequence[tuple[WrittenLine, str]]) -> tuple[Paragraph, ...]:
    """Give the paragraphs; a line goes on with the one above if that plainly was not finished."""
    result: list[Paragraph] = []
    above: WrittenLine | None = None
    for entry, written in lines:
        words = with_cells_apart(written) if "\t" in written else written
        if above is not None and _goes_on(above, entry, words):
            result[-1] = Paragraph(result[-1].line, f"{result[-1].text} {words}")
        else:
            result.append(Paragraph(entry.number, words))
        above = entry
    return tuple(result)


def _goes_on(above: WrittenLine, entry: WrittenLine, words: str) -> bool:
    """Whether a line goes on with the sentence above: no gap, not finished, no new beginning."""
    return (
        not entry.after_gap
        and entry.number - above.number <= 1
        and entry.heading == above.heading == 0
        and not (above.verbatim or entry.verbatim or entry.verse)
        and not above.ends_sentence
        and len(above.text) >= _SHORTEST_BROKEN
        and words[0].islower()
        and LIST_MARK.match(words) is None
    )
