"""The characters of fonts of signs, Wingdings and Symbol, turned into the signs they show."""

from __future__ import annotations

_SYMBOL = dict(
    zip(
        range(0x41, 0x5B),
        "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ",
        strict=True,
    )
)
_SYMBOL |= dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True))
_SYMBOL |= dict(enumerate("€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…", start=0xA0))
_SYMBOL |= dict(enumerate("ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊", start=0xC0))
_SYMBOL |= {0x40: "≅", 0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2D: "−", 0xE5: "∑", 0xF2: "∫"}
_WINGDINGS = dict(enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿", start=0x80))
_WINGDINGS |= dict(enumerate("←→↑↓↖↗↙↘←→↑↓↖↗↙↘⇦⇨⇧⇩", start=0xDF))
_WINGDINGS |= {
    0x28: "☎",
    0x2A: "✉",
    0x4A: "☺",
    0x6C: "●",
    0x6E: "■",
    0x71: "❑",
    0x76: "❖",
    0x9E: "·",
    0x9F: "•",
    0xA7: "▪",
    0xA8: "◻",
    0xAB: "★",
    0xB7: "•",
    0xD8: "➢",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}
_FONTS = {
    "symbol": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0xA3: "☐"},
    "wingdings 3": {},
    "webdings": {0x61: "✓", 0x72: "✗"},
}
# Words stay apart at them; a letter or a figure can be a part of a word.
_APART = "←→↑↓↖↗↙↘⇦⇨⇧⇩⇔⇐⇑⇒⇓↔"


def is_of_signs(font: str) -> bool:
    """Whether a font holds signs in the place of letters."""
    return font.casefold() in _FONTS


def sign_of(code: int, font: str) -> str | None:
    """Give what a character shows in a font of signs, None where that is not known.

    ``code`` is its place in the font, or that place in Unicode's private use (U+F000 and above).
    Source: Microsoft's charts of Symbol and Wingdings.
    """
    place = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    signs = _FONTS[font.casefold()]
    sign = signs.get(place)
    if (
        sign is None
        and font.casefold() == "symbol"
        and chr(place) in "0123456789%()+,./:;<=>?[]{|} "
    ):
        sign = chr(place)
    return f" {sign} " if sign is not None and sign in _APART else sign
