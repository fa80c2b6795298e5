"""A line of a script, parted into its sentences; a title with a full stop ends none."""

from __future__ import annotations

import re

from broadcast.script import vocabulary
from broadcast.text import folded

_END = re.compile(r"([^\W_]+)?[.!?…]+[\"”’')\]]*\s+(?=[\W_]{0,4}[^\W_])")

_WITH_STOP = vocabulary.DEGREES | {("mr",), ("mrs",), ("ms",), ("st",), ("tp",)}


def sentences(text: str) -> list[str]:
    """Give the sentences of ``text``: "Cảm ơn PGS. TS. Lan. Chúc bà khỏe!" has two."""
    found: list[str] = []
    begin = 0
    for end in _END.finditer(text):
        word = end[1] or ""
        if end[0].rstrip()[-1:] == "." and (
            (len(word) == 1 and word.isupper()) or (folded(word),) in _WITH_STOP
        ):
            continue
        found.append(text[begin : end.end()].strip())
        begin = end.end()
    if text[begin:].strip():
        found.append(text[begin:].strip())
    return found
