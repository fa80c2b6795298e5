"""The bytes of a text file, turned into clean numbered lines in NFC."""

from __future__ import annotations

import codecs
import re
import unicodedata
from pathlib import Path

from broadcast.errors import BroadcastError
from broadcast.messages import Message
from broadcast.model import Line
from broadcast.script.sign_fonts import sign_of
from broadcast.text import with_vietnamese_d

SAVE_AS_UTF8 = Message(
    "script.save-as-utf8",
    "Open it in the program it was written with and save it again as UTF-8 text "
    "(in Word: Save as → Plain text → Other encoding → Unicode UTF-8), or give the .docx itself.",
)
GIVE_AS = Message("script.give-as", "Give the script as .docx, .html, .md or .txt (UTF-8).")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NEWLINE = re.compile(r"\r\n|\r|\n")
# Line ends that an editor does not count as lines of the file.
_SOFT_NEWLINE = re.compile(r"[\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Never heard: controls, bidirectional marks, zero-width characters, soft hyphens.
# Joiners stay where a script needs them (Arabic, Indic).
_UNHEARD = re.compile(
    r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    r"\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]|(?<![\u0600-\u0dff])[\u200c\u200d]"
)
_COLONS = str.maketrans(dict.fromkeys("：﹕︓∶꞉", ":"))
"""Colons of other scripts, and what looks like one."""
_PRIVATE = re.compile("[\ue000-\uf8ff]")
# Surrogates have no place in UTF-8 (Unicode 15, D92).
_HALF_PAIR = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
# UTF-8 that some program took for windows-1252 and saved again: "PhÃ³ng viÃªn", "má»›i".
_DOUBLY_ENCODED = re.compile(r"[ÃÂ][\x80-\xbf€-™]|á[º»][\x80-\xbf€-™Œ-ž]|Ä[‘]|Æ[°¡]|â€[œ\x9d™“”]")


def text_of_bytes(content: bytes, file: Path, *, declared: str | None = None) -> str:
    """Decode a text file: UTF-8, UTF-16 or UTF-32 with or without their mark, or windows-1258.

    ``declared`` is an encoding the file claims for itself (an HTML page), tried after UTF-8.
    Raises BroadcastError for a binary file and for text in no encoding that gives words.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _decoded(content[len(mark) :], encoding, file)
    head = content[:4096]
    if (zeros := head.count(0)) > 0:
        even, odd = head[0::2].count(0), head[1::2].count(0)
        if zeros > len(head) // 5 and min(even, odd) * 10 <= max(even, odd):
            return _decoded(content, "utf-16-le" if odd > even else "utf-16-be", file)
        raise _binary(file)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        if _HALF_PAIR.match(content, wrong.start):
            raise BroadcastError(
                Message(
                    "script.half-character",
                    "half of a character stands here (it was saved in a wrong encoding)",
                ),
                file=file,
                line=line,
                hint=SAVE_AS_UTF8,
            ) from wrong
        return _text_of_old_encoding(content, file, declared, line)
    if len(re.findall(r"[\x01-\x08\x0e-\x1b]", text[:4096])) > 16:
        raise _binary(file)
    return refused_if_garbled(text, file)


def refused_if_garbled(text: str, file: Path) -> str:
    """Give ``text`` back, or raise BroadcastError if it is the ruin of another encoding."""
    hits = list(_DOUBLY_ENCODED.finditer(text[:1_000_000]))
    if len(hits) >= 3 or "\ufffd" in text:
        at = hits[0].start() if len(hits) >= 3 else text.index("\ufffd")
        raise BroadcastError(
            Message(
                "script.garbled",
                "the letters of this file are garbled (it was saved in a wrong encoding)",
            ),
            file=file,
            line=len(_NEWLINE.findall(text[:at])) + 1,
            hint=SAVE_AS_UTF8,
        )
    return text


def numbered_lines(text: str) -> tuple[Line, ...]:
    """Split ``text`` into lines as an editor numbers them, in NFC, without what cannot be heard."""
    lines: list[Line] = []
    for number, raw in enumerate(_NEWLINE.split(text), start=1):
        lines.extend(Line(number, clean(part)) for part in _SOFT_NEWLINE.split(raw))
    return tuple(lines)


def clean(text: str) -> str:
    """Give one line in NFC with plain spaces and nothing inaudible in it."""
    return audible(text).rstrip()


def audible(text: str) -> str:
    """Give a piece of a line in NFC: plain spaces, one đ, one colon, nothing inaudible in it."""
    if not text.isprintable():
        text = _UNHEARD.sub("", _SPACES.sub(" ", _PRIVATE.sub(_sign, text)))
    if text.isascii():
        return text
    return with_vietnamese_d(unicodedata.normalize("NFC", text)).translate(_COLONS)


def _sign(private: re.Match[str]) -> str:
    """What a character of no meaning shows: those of sign fonts lie at U+F000 and above."""
    return sign_of(ord(private[0]), "Wingdings") or " "


def _decoded(content: bytes, encoding: str, file: Path) -> str:
    try:
        return refused_if_garbled(content.decode(encoding), file)
    except UnicodeDecodeError as wrong:
        raise BroadcastError(
            Message(
                "script.damaged-text",
                "the file says it is {encoding} text but is damaged",
                encoding=encoding.upper(),
            ),
            file=file,
            hint=SAVE_AS_UTF8,
        ) from wrong


def _text_of_old_encoding(content: bytes, file: Path, declared: str | None, line: int) -> str:
    if len(re.findall(rb"[\x00-\x08\x0e-\x1b]", content[:4096])) > 8:
        raise _binary(file)
    for encoding in (declared, "cp1258"):
        text = _tried(content, encoding)
        if text is not None:
            return text
    raise BroadcastError(
        Message(
            "script.old-encoding",
            "the file is not UTF-8 text, and its old encoding cannot be told for certain",
        ),
        file=file,
        line=line,
        hint=SAVE_AS_UTF8,
    )


def _tried(content: bytes, encoding: str | None) -> str | None:
    """Decode ``content``, if that gives text in which every letter and tone belongs to a word."""
    if encoding is None:
        return None
    try:
        text = unicodedata.normalize("NFC", content.decode(encoding))
    except (UnicodeDecodeError, LookupError):
        return None
    return text if _is_words(text) else None


# Bytes of TCVN3, VNI or VISCII read as windows-1258 leave signs and capitals inside words and tones
# that sit on no vowel.
_NO_WORD = re.compile(
    r"\w[\u0300-\u036f]|[^\W\d_][¡-©«-¹»-¿×÷]+[^\W\d_]|[a-zà-ýăđơư][À-ÝĐƠƯĂ]|[\x80-\x9f]"
)
_LETTERS = re.compile(r"[^\W\d_]+")
_NOT_VIETNAMESE = re.compile(r"[äåæçëïñöøþÿœ]", re.IGNORECASE)


def _is_words(text: str) -> bool:
    sample = text[:200_000]
    words = [word for word in _LETTERS.findall(sample) if not word.isascii()]
    wrong = len(_NO_WORD.findall(sample)) + sum(
        1 for word in words if _NOT_VIETNAMESE.search(word) is not None
    )
    return wrong * 50 <= len(words)


def _binary(file: Path) -> BroadcastError:
    return BroadcastError(
        Message("script.binary", "this is not a text file"),
        file=file,
        hint=GIVE_AS,
    )
