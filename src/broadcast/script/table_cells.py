"""The first cells of a table's row, told to be the head of what the last cell says."""

from __future__ import annotations

import re

from broadcast.script import vocabulary
from broadcast.script.label_forms import form_of
from broadcast.script.names import Words

_COUNT = re.compile(r"\W*\d{1,3}\W*|\W*\d{1,2}[:h]\d{2}(?::\d{2})?\W*")
_LONGEST = 160
_MOST_WORDS = 8


def heads_row(cell: str) -> bool:
    """Whether a cell stands for a speaker, a number or a column; not for something said."""
    plain = cell.strip(" \t*_.:：-–—")
    if not plain or len(plain) > _LONGEST or "?" in plain:
        return False
    if _COUNT.fullmatch(plain) is not None:
        return True
    if ":" in plain or "：" in plain:
        # The words stand in the same cell.
        return False
    words = Words.of(plain)
    return (
        words.is_one_of(vocabulary.TABLE_HEADS)
        or form_of(plain) is not None
        # A name that only the station knows.
        or (len(words) <= _MOST_WORDS and cell.strip()[-1:] not in {".", "!", "…", ";", ","})
    )
