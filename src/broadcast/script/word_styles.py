"""The styles and lists of a Word file, turned into what they say about a paragraph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from broadcast.messages import Message
from broadcast.script import reasons

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Lists = dict[tuple[str, int], str]
"""How each level of each list is marked: bullet, decimal, …"""

_MOST_ABOVE = 20
"""How far a style can inherit; Word allows eleven."""
HIDDEN = reasons.WORD_HIDDEN
_KINDS = {
    "caption": reasons.CAPTION,
    "toc ": reasons.CONTENTS,
    "toc heading": reasons.CONTENTS,
    "table of figures": reasons.CONTENTS,
}


@dataclass(slots=True)
class Style:
    """What a style says: heading level, boldness, list, and why its words are not spoken."""

    heading: int = 0
    bold: bool = False
    why: Message | None = None
    number: tuple[str, int] | None = None
    based_on: str = ""


def styles_of(root: Any) -> dict[str, Style]:
    """Give the styles of word/styles.xml by their ids, with what they inherit."""
    styles: dict[str, Style] = {}
    for node in root.iter(f"{W}style"):
        name = value_of(node.find(f"{W}name")).casefold()
        style = Style(based_on=value_of(node.find(f"{W}basedOn")))
        if name == "title":
            style.heading = 1
        elif name.startswith("heading ") and name[8:].isdigit():
            style.heading = min(6, int(name[8:]))
        if is_on(node.find(f"{W}rPr/{W}vanish")):
            style.why = HIDDEN
        else:
            style.why = next((why for kind, why in _KINDS.items() if name.startswith(kind)), None)
        style.bold = is_on(node.find(f"{W}rPr/{W}b"))
        style.number = number_of(node.find(f"{W}pPr/{W}numPr"))
        styles[node.get(f"{W}styleId") or ""] = style
    for style in styles.values():
        seen: set[str] = set()
        above = style.based_on
        while above in styles and above not in seen and len(seen) < _MOST_ABOVE:
            seen.add(above)
            style.heading = style.heading or styles[above].heading
            style.why = style.why or styles[above].why
            style.bold = style.bold or styles[above].bold
            style.number = style.number or styles[above].number
            above = styles[above].based_on
    return styles


def lists_of(root: Any) -> Lists:
    """Give the marks of word/numbering.xml by list and level."""
    lists: Lists = {}
    levels = {
        node.get(f"{W}abstractNumId"): [
            (int(level.get(f"{W}ilvl") or 0), value_of(level.find(f"{W}numFmt")))
            for level in node.iterchildren(f"{W}lvl")
        ]
        for node in root.iterchildren(f"{W}abstractNum")
    }
    for node in root.iterchildren(f"{W}num"):
        for level, mark in levels.get(value_of(node.find(f"{W}abstractNumId")), []):
            lists[node.get(f"{W}numId") or "", level] = mark
    return lists


def value_of(node: Any) -> str:
    """The w:val of an element, "" if it has none."""
    return "" if node is None else str(node.get(f"{W}val") or "")


def is_on(node: Any) -> bool:
    """Whether a switch such as w:b is there and not turned off."""
    return node is not None and value_of(node) not in {"0", "false", "none", "off"}


def number_of(node: Any) -> tuple[str, int] | None:
    """The list and level a w:numPr names."""
    if node is None:
        return None
    level, name = value_of(node.find(f"{W}ilvl")), value_of(node.find(f"{W}numId"))
    if not name:
        # Word's own Subtitle names a level of no list.
        return None
    return name, int(level) if level.isdigit() else 0
