"""The elements of a Word file in which words stand, found wherever Word puts them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from broadcast.script import reasons
from broadcast.script.word_styles import W

WRITTEN = {
    f"{W}t",
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}t",
    "{http://purl.oclc.org/ooxml/officeDocument/math}t",
}
_WRAPPERS = {f"{W}{tag}" for tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo")}
DELETED = {f"{W}del": reasons.WORD_DELETED, f"{W}moveFrom": reasons.WORD_MOVED}


def inside(node: Any, tag: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, those in content controls and insertions too."""
    for child in node:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from inside(child, tag)


def spoken_texts(cell: Any) -> Iterator[str]:
    """The words of a cell without those that are deleted."""
    for node in cell.iter(*WRITTEN):
        if not any(above.tag in DELETED for above in node.iterancestors()):
            yield node.text or ""
