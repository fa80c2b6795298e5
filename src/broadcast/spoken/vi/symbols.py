"""Dashes, signs and pictures between words → pauses, words, or nothing."""

from __future__ import annotations

import re
import unicodedata

from broadcast.spoken import uncertain
from broadcast.spoken.grammar import Place, Said, rule
from broadcast.spoken.starts import NUMERALS
from broadcast.spoken.vi.numbers import cardinal
from broadcast.text import CAPITAL

_COMPOUND = re.compile(rf"[^\W\d_{CAPITAL}][^\W\d_]*$")
_SAID = {
    "&": "và", "+": "cộng", "=": "bằng", "±": "cộng trừ", "×": "nhân", "÷": "chia",
    "%": "phần trăm", "‰": "phần nghìn", "½": "một phần hai", "¼": "một phần tư",
    "¾": "ba phần tư", "⅓": "một phần ba", "⅔": "hai phần ba", "⅛": "một phần tám", "≥": "từ",
    "≤": "không quá", ">": "trên", "<": "dưới", "≈": "khoảng", "~": "khoảng", "@": "a còng",
    "°": "độ", "№": "số", "§": "mục", "→": ",", "⇒": ",", "€": "ơ rô", "$": "đô la", "£": "bảng",
    "₫": "đồng", "#": "số", "²": "bình phương", "³": "lập phương", "℃": "độ xê", "µ": "mi crô",
    "∞": "vô cùng", "√": "căn", "≠": "khác", ">=": "từ", "<=": "không quá", "¥": "yên",
}  # fmt: skip


_IN_ROW = re.compile(r"([^\W\d_]+) (?:\d[\d/.,]*|[IVX]+)$")


_KILOMETRE = re.compile(r"[Kk][Mm] ?\d[\d.]*(?: ?\+ ?\d+)?$")
_WEEKDAY = re.compile(r"(?i:thứ (?:hai|ba|tư|năm|sáu|bảy|chủ nhật)|chủ nhật)(?!\w)|CN(?!\w)")
_WEEKDAY_BEFORE = re.compile(r"(?<!\w)[Tt]hứ (?i:hai|ba|tư|năm|sáu|bảy)$")


def _dash(place: Place) -> Said | None:
    """A dash: a pause, nothing (at a line's head, in a compound), or "đến" between like words."""
    text, end = place.text, place.end
    left, right = text[: place.start].rstrip(), text[end:].lstrip()
    if not left or left[-1] in '\n([“"':
        return place.said("", end=len(text) - len(right))
    if not right:
        return place.said("")
    if (row := _IN_ROW.search(left)) and right.casefold().startswith(f"{row[1].casefold()} "):
        return place.said("" if place.style.ranges == "pause" else place.style.ranges)
    if _KILOMETRE.search(left) and re.match(r"[Kk][Mm] ?\d", right):
        return place.said("" if place.style.ranges == "pause" else place.style.ranges)
    if _WEEKDAY_BEFORE.search(left) and _WEEKDAY.match(right):
        return place.said("" if place.style.ranges == "pause" else place.style.ranges)
    spaced = text[place.start - 1].isspace() or text[end : end + 1].isspace()
    if not spaced and left[-1].isalnum() and right[0].isalnum():
        return place.said(" " if place.match[0] in "-‑" else ",")
    small = _COMPOUND.search(left[-12:]) and right[0].islower()
    single = re.search(r"(?:^|\W)\w+\s\w+$", left[-24:]) and re.match(r"\w+\s\w+|\w+$", right)
    if small and single and place.match[0] == "-" and _is_compound(left, right):
        return place.said("", end=end)
    return place.said(",", end=end)


def _is_compound(left: str, right: str) -> bool:
    one, other = left.split()[-2:], right.split()[:2]
    said = " ".join([*one, "-", *(word.strip(".,;:!?") for word in other)]).casefold()
    return said in _COMPOUNDS


_COMPOUNDS = frozenset((
    "kinh tế - xã hội", "chính trị - xã hội", "quốc phòng - an ninh", "văn hóa - xã hội",
    "thể dục - thể thao", "văn hóa - thông tin", "khoa học - kỹ thuật", "khoa học - công nghệ",
    "văn hóa - nghệ thuật", "xã hội - nghề nghiệp", "văn hóa - thể thao", "y tế - giáo dục",
    "tài chính - kế hoạch", "lao động - thương binh", "kinh tế - kỹ thuật", "an ninh - quốc phòng",
    "kinh tế - chính trị", "chính trị - hành chính", "kế hoạch - tài chính", "kế hoạch - đầu tư",
    "thương mại - dịch vụ", "văn nghệ - thể thao", "giáo dục - đào tạo", "thương binh - liệt sĩ",
))  # fmt: skip


def _arrow(place: Place) -> Said:
    """An arrow from one thing to another: a pause; at a line's head or end nothing."""
    left, right = place.text[: place.start].rstrip(" "), place.text[place.end :].lstrip(" ")
    row = _IN_ROW.search(left[-40:])
    if row and right.casefold().startswith(f"{row[1].casefold()} "):
        return place.said("" if place.style.ranges == "pause" else place.style.ranges)
    between = left[-1:].strip() and right[:1].strip()
    return place.said("," if between else "", end=len(place.text) - len(right))


def _slash(place: Place) -> Said | None:
    """A stroke between words: "và hoặc", else a pause."""
    left = place.text[: place.start].rstrip().casefold()
    return place.said("" if left.endswith(" và") else ",")


def _sign(place: Place) -> Said | None:
    sign = place.match[0]
    if sign == "(":
        return None
    head = place.text[: place.start].rstrip(" ")[-1:] in ("", "\n")
    if sign == "+" and head and place.text[place.end : place.end + 1].isspace():
        return place.said("")
    words = _SAID.get(sign)
    if words is None and sign.isnumeric():
        return place.said(cardinal(int(unicodedata.numeric(sign)), place.style))
    if sign in "*_" or words is None:
        return place.said("", doubt=None if sign in "*_•|" else uncertain.SIGN_NOT_SAID)
    if sign[0] in "<>≥≤~≈#" and not place.text[place.end :].lstrip()[:1].isdecimal():
        return place.said("", doubt=uncertain.SIGN_NOT_SAID)
    return place.said(words)


SYMBOL_RULES = (
    rule("arrow", r"[-=]{1,3}>|[→⇒➔➜➡]\ufe0f?", _arrow),
    rule("dash", r"--+|[-–—−‑]", _dash),
    rule("stroke", r"/", _slash),
    rule("x", r"×", lambda place: "nhân"),
    rule("dots", r"[•▪●■◦·*|_]+", lambda place: place.said("")),
    rule("sign", rf"[<>]=|(?:[^\w\s]|[{NUMERALS}])\ufe0f?", _sign),
)
