"""A paragraph of a Word file, turned into the words that are seen in it, and what is not spoken."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from broadcast.messages import Message
from broadcast.script import reasons
from broadcast.script.equations import equation_of, raised, raised_doubt
from broadcast.script.legacy_fonts import (
    Encoding,
    Typed,
    encoding_of,
    in_unicode,
    is_unicode,
)
from broadcast.script.sign_fonts import is_of_signs, sign_of
from broadcast.script.word_capitals import label_as_shown
from broadcast.script.word_elements import DELETED, WRITTEN
from broadcast.script.word_styles import (
    HIDDEN,
    STRUCK,
    W,
    WordStyle,
    font_of,
    in_capitals,
    is_on,
    value_of,
)

_MATH = re.compile(
    r"\{(?:http://schemas.openxmlformats.org/officeDocument/2006|"
    r"http://purl.oclc.org/ooxml/officeDocument)/math\}oMath"
)
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DRAWN = "{urn:schemas-microsoft-com:vml}textpath"
_RUBY = f"{W}rt"
UNSPOKEN = {f"{W}{tag}" for tag in ("instrText", "fldData", "pPr", "rPr", "tblPr")}
_PRIVATE = re.compile("[\uf020-\uf0ff]")


@dataclass(slots=True)
class Text:
    """A paragraph's text: lines of runs, what is not spoken of it and why, its boxes, doubts."""

    lines: list[list[Typed]] = field(default_factory=lambda: [[]])
    dropped: list[tuple[str, Message]] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    doubts: list[Message] = field(default_factory=list)
    cut: tuple[int, int] | None = None
    equation: tuple[int, int] | None = None

    @property
    def place(self) -> tuple[int, int]:
        """How far it is read: to know later what was cut out, or was an equation, right before."""
        return len(self.lines), len(self.lines[-1])

    @property
    def words(self) -> str:
        """All that is spoken, lines parted by spaces."""
        return " ".join("".join(piece.text for piece in line) for line in self.lines).strip()


@dataclass(frozen=True, slots=True)
class _RunLook:
    """How a run looks: bold, raised above the line, in which font, in capitals."""

    bold: bool = False
    raised: bool = False
    font: str = ""
    capitals: bool = False


class ParagraphReader:
    """Reads the paragraphs of a document whose styles are known."""

    def __init__(self, styles: Mapping[str, WordStyle], otherwise: WordStyle) -> None:
        self._styles, self._otherwise = styles, otherwise
        self._unicode: set[Encoding] = set()
        self.encodings: set[Encoding] = set()
        """The encodings that were turned into Unicode."""

    def believe_fonts(self, body: Any) -> None:
        """Find out which fonts of old encodings were kept for words that are Unicode."""
        texts: dict[Encoding, list[str]] = {}
        fonts = {encoding_of(style.font) for style in (*self._styles.values(), self._otherwise)}
        if fonts == {None} and not any(
            encoding_of(font_of(node.getparent()) or "") for node in body.iter(f"{W}rFonts")
        ):
            return
        for paragraph in body.iter(f"{W}p"):
            own = self.style_of(paragraph).font
            for run in paragraph.iter(f"{W}r"):
                encoding = encoding_of(self._look(run, _RunLook(font=own))[0].font)
                if encoding is not None:
                    texts.setdefault(encoding, []).append("".join(run.itertext(f"{W}t")))
        self._unicode = {encoding for encoding, some in texts.items() if is_unicode(some)}

    def style_of(self, paragraph: Any) -> WordStyle:
        """Give the style of a paragraph."""
        node = paragraph.find(f"{W}pPr/{W}pStyle")
        return self._otherwise if node is None else self._named(node)

    def text_of(self, paragraph: Any) -> Text:
        """Read a paragraph: its boxes are given as they are."""
        text = Text()
        style = self.style_of(paragraph)
        for child in paragraph:
            look = _RunLook(style.bold, font=style.font, capitals=style.capitals)
            self._runs(child, text, look, struck=style.struck)
        for line in text.lines:
            self.encodings |= {one.encoding for one in line if one.encoding is not None}
        text.lines = [label_as_shown(in_unicode(line)) for line in text.lines]
        return text

    def _named(self, node: Any) -> WordStyle:
        return self._styles.get(value_of(node), self._otherwise)

    def _runs(self, node: Any, text: Text, look: _RunLook, *, struck: bool) -> None:
        tag = node.tag
        line = text.lines[-1]
        if tag in DELETED:
            _drop(text, "".join(node.itertext()), DELETED[tag])
        elif tag == f"{W}txbxContent":
            text.boxes.append(node)
        elif tag in WRITTEN:
            written = node.text or ""
            if text.equation == text.place and _touch(line, written):
                line.append(Typed(" ", look.bold))
            line.append(self._typed(written, line, look, text))
        elif tag == f"{W}sym":
            line.append(self._sign(node, text, look))
        elif tag == f"{W}softHyphen":
            # Word parts a word here; in .VnTime the letter ư has this place.
            line.append(self._typed("\u00ad", line, look, text))
        elif _MATH.fullmatch(tag):
            _equation(node, text, look.bold)
        elif tag in {f"{W}tab", f"{W}ptab"}:
            line.append(Typed("\t", look.bold))
        elif tag == f"{W}br" and node.get(f"{W}type") in {"page", "column"}:
            if line and not line[-1].text.endswith(" "):
                line.append(Typed(" ", look.bold))
        elif tag in {f"{W}br", f"{W}cr"}:
            text.lines.append([])
        elif tag == f"{W}noBreakHyphen":
            line.append(Typed("-", look.bold))
        elif tag == _DRAWN:
            _drop(text, node.get("string") or "", reasons.WORD_ART)
        elif tag == _RUBY:
            _drop(text, "".join(node.itertext()), reasons.RUBY)
        elif tag in UNSPOKEN or (tag == _FALLBACK and node.getprevious() is not None):
            return
        elif tag == f"{W}r":
            self._run(node, text, look, struck=struck)
        else:
            for child in node:
                self._runs(child, text, look, struck=struck)

    def _run(self, run: Any, text: Text, look: _RunLook, *, struck: bool) -> None:
        look, why, struck = self._look_and_reason(run, look, struck=struck)
        if why is not None:
            self._drop_run(run, text, look, why)
            return
        for child in run:
            self._runs(child, text, look, struck=struck)

    def _look_and_reason(
        self, run: Any, look: _RunLook, *, struck: bool
    ) -> tuple[_RunLook, Message | None, bool]:
        """How a run looks, and why its words are not spoken."""
        properties = run.find(f"{W}rPr")
        if properties is None:
            return look, STRUCK if struck else None, struck
        look, style = self._look(run, look)
        own = properties.find(f"{W}vanish")
        hidden = is_on(own) if own is not None else style.why is HIDDEN
        marks = [properties.find(f"{W}{tag}") for tag in ("strike", "dstrike")]
        if any(mark is not None for mark in marks):
            struck = any(is_on(mark) for mark in marks)
        else:
            struck = struck or style.struck
        return look, HIDDEN if hidden else STRUCK if struck else None, struck

    def _look(self, run: Any, look: _RunLook) -> tuple[_RunLook, WordStyle]:
        """How a run looks, and its own style."""
        properties = run.find(f"{W}rPr")
        if properties is None:
            return look, WordStyle()
        node = properties.find(f"{W}rStyle")
        style = WordStyle() if node is None else self._styles.get(value_of(node), WordStyle())
        own = properties.find(f"{W}b")
        bold = look.bold or style.bold if own is None else is_on(own)
        is_raised = value_of(properties.find(f"{W}vertAlign")) == "superscript"
        font = font_of(properties)
        capitals = in_capitals(properties)
        if capitals is None:
            capitals = look.capitals or style.capitals
        font = style.font or look.font if font is None else font
        return _RunLook(bold, is_raised, font, capitals), style

    def _drop_run(self, run: Any, text: Text, look: _RunLook, why: Message) -> None:
        """Set a run apart that is not spoken; its boxes and line ends are no part of it."""
        inner = Text()
        for child in run:
            self._runs(child, inner, look, struck=False)
        words = Text([in_unicode(line) for line in inner.lines]).words
        if text.cut == text.place and text.dropped and text.dropped[-1][1] is why:
            text.dropped[-1] = (text.dropped[-1][0] + words, why)
        else:
            _drop(text, words, why)
        text.dropped += inner.dropped
        text.boxes += inner.boxes
        text.cut = text.place

    def _typed(self, written: str, line: list[Typed], look: _RunLook, text: Text) -> Typed:
        encoding = encoding_of(look.font)
        if encoding is not None:
            written = _PRIVATE.sub(lambda found: chr(ord(found[0]) - 0xF000), written)
            known = encoding not in self._unicode
            return Typed(written, look.bold, look.font if known else "", look.capitals)
        if is_of_signs(look.font):
            written = "".join(sign_of(ord(one), look.font) or one for one in written)
        elif look.raised and written.isdigit() and line and line[-1].text[-1:].isdigit():
            # 10 with a small 6 above it is no 106.
            written = raised(written)
            whole = line[-1].text.split()[-1] + written
            text.doubts.append(raised_doubt(whole))
        return Typed(written, look.bold, capitals=look.capitals)

    def _sign(self, node: Any, text: Text, look: _RunLook) -> Typed:
        """Read a w:sym: a character by its place in a font."""
        font, place = node.get(f"{W}font") or "", node.get(f"{W}char") or ""
        try:
            code = int(place, 16) & 0xFFFF
        except ValueError:
            code = 0
        if is_of_signs(font):
            sign = sign_of(code, font)
        elif 0xF000 <= code <= 0xF0FF:
            sign = chr(code - 0xF000)
        else:
            sign = chr(code) if code > 0x20 and not 0xD800 <= code <= 0xF8FF else None
        if encoding_of(font) is not None and sign is not None:
            return self._typed(sign, [], _RunLook(look.bold, font=font), text)
        if sign is None:
            text.doubts.append(
                Message(
                    "script.sign-unknown",
                    "a sign of the font {font} stands here, and what it shows is not known",
                    font=font or "?",
                )
            )
        return Typed(sign or " ", look.bold)


def _equation(node: Any, text: Text, bold: bool) -> None:
    """Add an equation, apart from a figure or a letter right before it."""
    equation = equation_of(node)
    line = text.lines[-1]
    if _touch(line, equation.text):
        line.append(Typed(" ", bold))
    line.append(Typed(equation.text, bold))
    text.equation = text.place
    if not equation.is_plain:
        text.doubts.append(equation.doubt)


def _touch(line: list[Typed], written: str) -> bool:
    return bool(line) and line[-1].text[-1:].isalnum() and written[:1].isalnum()


def _drop(text: Text, words: str, why: Message) -> None:
    if words.strip():
        text.dropped.append((words.strip(), why))
