"""Amounts written without a space, the unit in the middle or a star behind (3km5, 4*) → words."""

from __future__ import annotations

import re

from broadcast.spoken import uncertain
from broadcast.spoken.grammar import Place, Said, rule
from broadcast.spoken.vi.amounts import PER, per_of
from broadcast.spoken.vi.numbers import DASH, cardinal, digits, to
from broadcast.spoken.vi.units import UNITS

_WITH_REST = {"tr": "triệu", "tỷ": "tỷ", "tỉ": "tỷ", "ty": "tỷ", "tấn": "tấn", "tạ": "tạ"}
# 1m2 of one's height and 2km3 of a road are lengths; elsewhere squares and cubes.
_LENGTHS = (" cao", " dài", " sâu", " cách", " chiều cao", " chiều dài", " xa", " đường kính")


def _with_rest(place: Place) -> Said | None:
    """1m75, 2tr5/tháng, 1kg2, 3ty5: a unit, what is over it, and what it is per."""
    written = place.match["unit"].casefold()
    unit = _WITH_REST.get(written) or UNITS[written]
    square = written.endswith("m") and place.match["rest"] in ("2", "3")
    if square and not place.follows(*_LENGTHS):
        return None
    one, rest = cardinal(int(place.match["one"]), place.style), place.match["rest"]
    over = digits(rest) if rest[0] == "0" else cardinal(int(rest), place.style)
    said, end = f"{one} {unit} {over}", place.end
    while per := PER.match(place.text, end):
        said, end = f"{said} {per_of(per, place, unit if unit == 'triệu' else '')}", per.end()
    return place.said(said, end=end)


_STARRED = (
    "sao", "khách sạn", "ocop", "resort", "hạng", "khu nghỉ", "nhà nghỉ", "homestay", "chất lượng",
    "đạt", "villa", "du thuyền", "tiêu chuẩn", "dịch vụ", "cơ sở lưu trú",
)  # fmt: skip
_OPENS = re.compile(r"(?<!\S)[(\"“]?\*+(?=\S)")
_CLOSES = re.compile(r"(?<=[^\s\d*(\"“])\*+")


def _stars(place: Place) -> Said | None:
    """OCOP 4*, khách sạn 3* - 5*; not the end of *words made to stand out*."""
    before = place.text[: place.start]
    if len(_OPENS.findall(before)) > len(_CLOSES.findall(before)):
        return None
    one, other = place.match["one"], place.match["other"]
    said = f"{cardinal(int(one), place.style)} sao"
    if other:
        said = to(cardinal(int(one), place.style), cardinal(int(other), place.style), place.style)
        said = f"{said} sao"
    known = any(word in place.before for word in _STARRED)
    listed = re.search(r"[1-7]\*(?:\s*(?:,|và|đến|hoặc|hay))?\s*$", before[-12:])
    return place.said(said, doubt=None if known or listed else uncertain.TAKEN_FOR_STARS)


COMPACT_RULES = (
    rule(
        "stars",
        rf"(?P<one>[1-7])(?:\*?{DASH}(?P<other>[1-7]))?(?<!\*)\*(?![\w*]| ?\d)",
        _stars,
    ),
    rule(
        "number",
        r"(?P<one>\d{1,3})(?P<unit>[mMkK][mMgG]|m|tr|ha|tỷ|tỉ|ty|tấn|tạ)(?P<rest>\d{1,3})(?!\w)",
        _with_rest,
    ),
)
