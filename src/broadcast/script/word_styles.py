"""The styles and lists of a Word file, turned into what they say about a paragraph."""

from __future__ import annotations

import re
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
STRUCK = reasons.WORD_STRUCK_OUT
_CAPITALS = ("caps", "smallCaps")
_LEVEL = re.compile("[0-9]{1,3}")
_KINDS = {
    "caption": reasons.CAPTION,
    "toc ": reasons.CONTENTS,
    "toc heading": reasons.CONTENTS,
    "table of figures": reasons.CONTENTS,
}


@dataclass(slots=True)
class WordStyle:
    """What a style says: heading level, look, list, and why its words are not spoken.

    ``font`` is the one of its letters, "" where it is none that says how they are encoded;
    ``capitals`` says that small letters are shown as capitals.
    """

    heading: int = 0
    bold: bool = False
    why: Message | None = None
    number: tuple[str, int] | None = None
    based_on: str = ""
    struck: bool = False
    font: str = ""
    capitals: bool = False


def styles_of(root: Any) -> dict[str, WordStyle]:
    """Give the styles of word/styles.xml by their ids, with what they inherit."""
    styles: dict[str, WordStyle] = {}
    for node in root.iter(f"{W}style"):
        name = value_of(node.find(f"{W}name")).casefold()
        style = WordStyle(based_on=value_of(node.find(f"{W}basedOn")))
        if name == "title":
            style.heading = 1
        elif name.startswith("heading ") and _LEVEL.fullmatch(name[8:]):
            style.heading = min(6, int(name[8:]))
        if is_on(node.find(f"{W}rPr/{W}vanish")):
            style.why = HIDDEN
        else:
            style.why = next((why for kind, why in _KINDS.items() if name.startswith(kind)), None)
        style.bold = is_on(node.find(f"{W}rPr/{W}b"))
        style.struck = any(is_on(node.find(f"{W}rPr/{W}{tag}")) for tag in ("strike", "dstrike"))
        style.capitals = in_capitals(node.find(f"{W}rPr")) or False
        style.font = font_of(node.find(f"{W}rPr")) or ""
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
            style.struck = style.struck or styles[above].struck
            style.font = style.font or styles[above].font
            style.capitals = style.capitals or styles[above].capitals
            above = styles[above].based_on
    return styles


def without_style(root: Any, styles: dict[str, WordStyle]) -> WordStyle:
    """Give what holds for a paragraph that names no style: the font of the default one."""
    default = next(
        (
            styles[node.get(f"{W}styleId") or ""]
            for node in root.iter(f"{W}style")
            if node.get(f"{W}default") in {"1", "true", "on"}
            and node.get(f"{W}type") == "paragraph"
        ),
        WordStyle(),
    )
    font = font_of(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")) or ""
    for style in styles.values():
        style.font = style.font or font
    return WordStyle(font=default.font or font)


def in_capitals(properties: Any) -> bool | None:
    """Whether w:rPr shows small letters as capitals, large or small ones; None if it is silent."""
    marks = [] if properties is None else [properties.find(f"{W}{tag}") for tag in _CAPITALS]
    said = [is_on(mark) for mark in marks if mark is not None]
    return any(said) if said else None


def font_of(properties: Any) -> str | None:
    """The font that w:rPr names for letters with marks, None if it names none."""
    fonts = None if properties is None else properties.find(f"{W}rFonts")
    if fonts is None:
        return None
    names = (fonts.get(f"{W}{kind}") for kind in ("hAnsi", "ascii"))
    themes = (fonts.get(f"{W}{kind}Theme") for kind in ("hAnsi", "ascii"))
    return next(filter(None, names), "" if any(themes) else None)


def lists_of(root: Any) -> Lists:
    """Give the marks of word/numbering.xml by list and level."""
    lists: Lists = {}
    levels = {
        node.get(f"{W}abstractNumId"): [
            (_level(level.get(f"{W}ilvl") or ""), value_of(level.find(f"{W}numFmt")))
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
    return name, _level(level)


def _level(written: str) -> int:
    return int(written) if _LEVEL.fullmatch(written) else 0
