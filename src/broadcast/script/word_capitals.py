"""Small letters that Word shows as capitals, turned into capitals where they are a label.

Elsewhere they stay as they were typed: a title in capitals reads better in its own letters.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile

from broadcast.script.label_forms import form_of
from broadcast.script.legacy_fonts import Typed

_LONGEST = 80


def label_as_shown(line: list[Typed]) -> list[Typed]:
    """Give a line with the speaker's label it begins with as the reader of the page sees it."""
    if not line or not line[0].capitals:
        return line
    shown = "".join(piece.text for piece in takewhile(lambda piece: piece.capitals, line))
    label, colon, _ = shown.partition(":")
    typed = label.strip()
    follows = "".join(piece.text for piece in line)[len(shown) :].lstrip()
    if not (colon or follows.startswith(":")) or not 0 < len(typed) <= _LONGEST:
        return line
    if typed[0].isupper() or form_of(typed.upper()) is None:
        return line
    result, left = [], len(label)
    for piece in line:
        result.append(replace(piece, text=piece.text[:left].upper() + piece.text[left:]))
        left = max(0, left - len(piece.text))
    return result
