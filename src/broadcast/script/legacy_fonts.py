"""Words typed for a font that shows other letters, .VnTime or VNI-Times, turned into Unicode."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from broadcast.messages import Message
from broadcast.script.sign_fonts import is_of_signs, sign_of

Encoding = Literal["tcvn3", "vni"]

NAMES: dict[Encoding, str] = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI"}
"""What people call the encodings."""

# TCVN 5712:1993, the third table; capitals with a tone are small letters of a capitals' font.
_TCVN3 = str.maketrans(
    "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
    "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
)
_VNI_MARKS = {
    "a": ("ùøûõïâáàåãäêéèúüë", "áàảãạâấầẩẫậăắằẳẵặ"),
    "e": ("ùøûõïâáàåãä", "éèẻẽẹêếềểễệ"),
    "o": ("ùøûõïâáàåãä", "óòỏõọôốồổỗộ"),
    "ô": ("ùøûõï", "ớờởỡợ"),
    "u": ("ùøûõï", "úùủũụ"),
    "ö": ("ùøûõï", "ứừửữự"),
    "y": ("ùøûõ", "ýỳỷỹ"),
}
_VNI = {
    vowel + mark: letter
    for vowel, (marks, letters) in _VNI_MARKS.items()
    for mark, letter in zip(marks, letters, strict=True)
} | dict(zip("ôöñæóòî", "ơưđỉĩịỵ", strict=True))
_VNI |= {written.upper(): letter.upper() for written, letter in _VNI.items()} | {
    written[0].upper() + written[1:]: letter.upper() for written, letter in _VNI.items()
}
_VNI_LETTER = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
_VNI_MARK = re.compile("[ùøûõïâáàåãäêéèúüë]", re.IGNORECASE)
_VNI_VOWEL = re.compile("[aeoôuöy]", re.IGNORECASE)
_UNICODE = re.compile("[ăđĩũơưĂĐĨŨƠƯ\u1ea0-\u1ef9]")
_HIGH = re.compile("[\u00a1-\u00ff]")
# How far a text is looked through, and what is enough to tell an old encoding by: of 100 words of
# Vietnamese, some 50 have such letters.
_MOST_LETTERS = 20_000
_FEWEST = 3
_TCVN3_SIGN = re.compile(r"[^\W\d_]([¨©ª¬®¸¶·¹¼½¾])|([¨©ª¬®¸¶·¹¼½¾])[^\W\d_]")
_VNI_PAIR = re.compile("[aeouyôö]([ùøûõïâáàåãäêéèúüë])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Typed:
    """Words of one run: whether they are bold, and the font that says what their letters are.

    ``capitals``: small letters among them are shown as capitals.
    """

    text: str
    bold: bool
    font: str = ""
    capitals: bool = False

    @property
    def encoding(self) -> Encoding | None:
        """The encoding that the font names."""
        return encoding_of(self.font)


def encoding_of(font: str) -> Encoding | None:
    """Give the encoding that the name of a font says: .VnTime, .VnArialH; VNI-Times."""
    name = font.casefold()
    if name.startswith(".vn"):
        return "tcvn3"
    return "vni" if name.startswith(("vni-", "vni ")) else None


def shows_other_letters(font: str) -> bool:
    """Whether a font shows something else than the letters that are written for it."""
    return encoding_of(font) is not None or is_of_signs(font)


def shown_in(font: str, written: str, *, unicode: bool) -> str:
    """Give what a font shows for some words; ``unicode`` says that the words around are Unicode.

    Fonts are often kept for words that were typed anew: then only what no one writes is turned.
    """
    if is_of_signs(font):
        return "".join(sign_of(ord(one), font) or one for one in written)
    old = _TCVN3_SIGN.search(written) or _VNI_PAIR.search(written)
    if encoding_of(font) is None or (unicode and old is None):
        return written
    return in_unicode([Typed(written, False, font)])[0].text


def told_of(encodings: Iterable[Encoding]) -> list[Message]:
    """What to tell of the words that were turned into Unicode."""
    return [
        Message(
            "script.old-letters",
            "words here are in a font of {encoding}: they are read as such",
            encoding=NAMES[encoding],
        )
        for encoding in sorted(encodings)
    ]


def is_unicode(texts: Iterable[str]) -> bool:
    """Whether words in such a font are plainly Unicode all the same: only the font was kept."""
    unicode = old = 0
    for text in texts:
        if _UNICODE.search(text):
            unicode += 1
        elif _HIGH.search(text):
            old += 1
    return unicode > old


def in_unicode(runs: list[Typed]) -> list[Typed]:
    """Turn the letters of runs into Unicode where their fonts say what they are.

    A vowel and its mark are two letters in VNI and can stand in two runs.
    """
    if all(run.encoding is None for run in runs):
        return runs
    result: list[Typed] = []
    texts = [run.text for run in runs]
    for at, run in enumerate(runs):
        text = texts[at]
        if run.encoding is None or _UNICODE.search(text):
            result.append(run)
            continue
        if run.encoding == "vni":
            after = texts[at + 1] if at + 1 < len(runs) and runs[at + 1].encoding == "vni" else ""
            if _VNI_VOWEL.fullmatch(text[-1:]) and _VNI_MARK.match(after):
                text, texts[at + 1] = text + after[0], after[1:]
            text = _VNI_LETTER.sub(lambda found: _VNI[found[0]], text)
        else:
            text = text.translate(_TCVN3)
            # The capitals' fonts show small letters as capitals.
            text = text.upper() if run.font.endswith("H") else text
        result.append(Typed(text, run.bold, capitals=run.capitals))
    return result


def encoding_seen(text: str) -> Encoding | None:
    """Give the old encoding whose letters a text plainly holds, its fonts being lost."""
    text = text[:_MOST_LETTERS]
    head = text[:1_000]
    if len(_UNICODE.findall(head)) * 3 > len(head.split()):
        return None
    words = len(text.split())
    signs = ["".join(found) for found in _TCVN3_SIGN.findall(text)]
    marks = _VNI_PAIR.findall(text)
    seen: Encoding = "tcvn3" if len(signs) > len(marks) else "vni"
    found, share = (signs, 0.2) if seen == "tcvn3" else (marks, 0.3)
    enough = len(found) >= max(_FEWEST, share * words) and len(set(found)) >= _FEWEST
    return seen if enough and 5 * len(_UNICODE.findall(text)) <= len(found) else None
