"""What stands in a page beside its words, turned into what it says of them: sheets, pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import Any

from broadcast.messages import Message
from broadcast.script import reasons
from broadcast.script.legacy_fonts import shows_other_letters
from broadcast.script.page_names import STRUCK_OUT
from broadcast.script.text_file import audible

_CLASS = re.compile(r"(?:[a-z]+)?\.([\w-]+)")
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_FONT = re.compile(r"font-family\s*:\s*([^;,{}]{1,60})", re.IGNORECASE)
_MOST_SHEET = 500_000
_CENTRED = re.compile(
    r"text-align\s*:\s*center|(?:^|[\s_-])(?:text-?)?center(?:ed)?\b", re.IGNORECASE
)
_PICTURE = re.compile(
    r"(?:^|[\s_-])(?:image|img|photo|picture|pic|media|video|gallery|thumb|anh|hinh)", re.IGNORECASE
)
_MOST_CAPTION_WORDS = 45
_MOST_PARTS = 200
_MOST_BESIDE = 20


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """What a page's own style sheets say of classes, as word processors write them."""

    bold: frozenset[str]
    struck: frozenset[str]
    fonts: dict[str, str]

    def is_bold(self, tag: str, attributes: dict[str, str]) -> bool:
        """Whether an element's words are bold."""
        if tag in {"b", "strong"} or _BOLD.search(attributes.get("style") or ""):
            return True
        return not self.bold.isdisjoint((attributes.get("class") or "").split())

    def strikes_out(self, attributes: dict[str, str]) -> bool:
        """Whether a class of an element strikes its words out."""
        return not self.struck.isdisjoint((attributes.get("class") or "").split())

    def font_of(self, attributes: dict[str, str], otherwise: str) -> str:
        """The font of an element's letters, where it says what they show; else ``otherwise``."""
        said = _FONT.search(attributes.get("style") or "")
        names = [said[1] if said is not None else attributes.get("face") or ""]
        names += [self.fonts.get(one, "") for one in (attributes.get("class") or "").split()]
        name = next((one.strip(" '\"") for one in names if one.strip(" '\"")), "")
        return (name if shows_other_letters(name) else "") if name else otherwise


def sheet_of(root: Any) -> StyleSheet:
    """Read the style sheets of a page."""
    sheet = " ".join("".join(node.itertext()) for node in root.iter("style"))[:_MOST_SHEET]
    bold, struck = set[str](), set[str]()
    fonts: dict[str, str] = {}
    for rule in sheet.split("}"):
        selectors, _, says = rule.rpartition("{")
        font = _FONT.search(says)
        for pattern, names in ((_BOLD, bold), (STRUCK_OUT, struck)):
            if pattern.search(says):
                found = (_CLASS.fullmatch(one.strip()) for one in selectors.split(","))
                names |= {one[1] for one in found if one is not None}
        if font is not None and shows_other_letters(font[1].strip(" '\"")):
            found = (_CLASS.fullmatch(one.strip()) for one in selectors.split(","))
            fonts |= {one[1]: font[1] for one in found if one is not None}
    return StyleSheet(frozenset(bold), frozenset(struck), fonts)


def titles_of(root: Any) -> list[str]:
    """What a page says its title is: for those who share it, then for the browser window."""
    titles = [
        node.get("content") or ""
        for node in root.iter("meta")
        if (node.get("property") or node.get("name")) in {"og:title", "twitter:title"}
    ]
    titles += ["".join(node.itertext()) for node in root.iter("title")][:1]
    return [title for one in titles if (title := " ".join(audible(one).split()))]


def caption_reason(node: Any) -> Message | None:
    """Why an element around a picture is no part of the article: its words are few and beside it.

    A table of nothing but a picture and a line, a box that is called a picture and holds one, a
    centred paragraph with a picture in it, and a centred paragraph right below one.
    """
    if node.tag == "table":
        return reasons.CAPTION if _is_of_picture(node) else None
    if node.tag not in {"p", "div", "center", "td"}:
        return None
    if _PICTURE.search(node.get("class") or "") and _is_of_picture(node):
        return reasons.CAPTION
    if not _is_centred(node):
        return None
    if _is_of_picture(node):
        return reasons.CAPTION
    above = node.getprevious()
    beside = above is not None and _has_picture(above) and not _words(above)
    return reasons.CAPTION if beside and _is_short(node) else None


def stands_among_elements(node: Any) -> bool:
    """Whether an element has only elements beside it: no word of a sentence it could be part of."""
    parent = node.getparent()
    if parent is None or (parent.text or "").strip():
        return False
    beside = list(islice(parent, _MOST_BESIDE))
    return len(beside) < _MOST_BESIDE and not any((one.tail or "").strip() for one in beside)


def _is_of_picture(node: Any) -> bool:
    return _is_short(node) and _has_picture(node)


def _has_picture(node: Any) -> bool:
    return any(one.tag in {"img", "picture", "video"} for one in islice(node.iter(), _MOST_PARTS))


def _is_short(node: Any) -> bool:
    words = _words(node)
    return len(words) <= _MOST_CAPTION_WORDS and not any("?" in word for word in words)


def _words(node: Any) -> list[str]:
    """The first words in an element, enough to see whether they are many."""
    words: list[str] = []
    parts = list(islice(node.iter(), _MOST_PARTS))
    for one in parts:
        if one.tag not in {"script", "style"} and isinstance(one.tag, str):
            words += (one.text or "").split()
        if one is not node:
            words += (one.tail or "").split()
        if len(words) > _MOST_CAPTION_WORDS:
            break
    return words if len(parts) < _MOST_PARTS else [""] * (_MOST_CAPTION_WORDS + 1)


def _is_centred(node: Any) -> bool:
    return (
        node.tag == "center"
        or (node.get("align") or "").lower() == "center"
        or _CENTRED.search(node.get("style") or "") is not None
        or _CENTRED.search(node.get("class") or "") is not None
    )
