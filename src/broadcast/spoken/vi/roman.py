"""Roman numerals where a neighbour calls for them → words."""

from __future__ import annotations

import re

from broadcast.spoken import uncertain
from broadcast.spoken.grammar import Place, Said, rule
from broadcast.spoken.numerals import roman_value
from broadcast.spoken.style import Style
from broadcast.spoken.vi.letters import has_marks
from broadcast.spoken.vi.numbers import DASH, cardinal, ordinal, to
from broadcast.text import CAPITAL, SMALL

_ROMAN_WORDS = (
    " thứ", " quý", " khóa", " thế kỷ", " đại hội", " kỳ họp", " kỳ", " học kỳ", " chương",
    " phần", " mục", " tập", " quyển", " hạng", " loại", " cấp", " bậc", " vùng", " khu vực",
    " lần", " kv", " giai đoạn", " thế chiến", " chiến tranh thế giới", " hội nghị trung ương",
    " nhóm", " bảng", " trung ương", " đoàn", " khối", " điều", " phụ lục", " bài", " đợt",
    " phó hạng", " mẫu", " lớp", " trường cấp", " quân khu", " quân đoàn", " hải quân vùng",
    " đảng bộ", " festival", " độ", " giải", " hiệp", " phân khu", " cụm", " khu", " tầng",
    " đảng cộng sản việt nam", " gen", " type", " tuýp", " týp", " giai", " thời kỳ", " chi cục",
    " niên khóa", " phòng", " tổ", " đội", " ban", " phân đội", " trạm", " tk", " triều đại",
    " vành đai", " vòng", " cơ sở", " bước", " đời", " hội nghị", " công ước", " nghị viện",
    " chủ đề", " chuyên khoa", " bs", " ck",
)  # fmt: skip
_OPENED = str.maketrans('("“', "   ")
# Places that are built one after the other: KCN Hàm Kiệm I.
_BUILT = re.compile(
    r"(?i:khu công nghiệp|khu đô thị|khu tái định cư|nhà máy|thủy điện|nhiệt điện|kcn|ccn|cụm công"
    r" nghiệp|trường tiểu học|trường mầm non|hồ)(?: [^\W\d_]+){1,4} $"
)
_KING = re.compile(
    r"(?i:vua|nữ hoàng|giáo hoàng|hoàng đế|nữ vương|quốc vương|sa hoàng)(?: [^\W\d_]+){1,4} $"
)
_ROYAL = ("", "nhất", "nhị", "tam", "tứ", "ngũ", "lục", "thất", "bát", "cửu", "thập")
_ROMAN_LIST = re.compile(r"(?:[IVXLCDM]+\s*(?:,|và|hoặc|đến|-|–|/)\s*)+$")


def _roman(place: Place) -> Said | None:
    """A Roman numeral where a neighbour calls for one; between capitals it is a word."""
    written = place.match[0]
    number = roman_value(written)
    if number is None:
        return None
    text, style = place.text, place.style
    raw = text[max(0, place.start - 70) : place.start]
    listed = _ROMAN_LIST.search(raw)
    opened = raw[: listed.start()] if listed else raw
    before = f" {opened.translate(_OPENED).casefold()}".rstrip()
    ordered = before.endswith(" thứ")
    if before.endswith(_ROMAN_WORDS) and not _is_shouted(raw, text[place.end :]):
        if ordered:
            return place.said(ordinal(number, style))
        if before.endswith(" quý"):
            return place.said("tư" if number == 4 else cardinal(number, style))
        return place.said(cardinal(number, style))
    if not raw.strip(" -•*") and re.match(r"[.)/]\s", text[place.end :]):
        return place.said(cardinal(number, style))
    if written == "I" and _BUILT.search(raw) and not re.match(r"[.]? [A-ZĐ]", text[place.end :]):
        return place.said("một")
    if len(written) < 2 or not set(written) <= set("IVX"):
        return None
    if _KING.search(raw):
        return place.said(f"đệ {_royal(number, style)}")
    # Nothing else is written II; other numerals could be letters unless a name stands before.
    if "II" not in written and not re.search(rf"(?<!\w)[{CAPITAL}]\w*[{SMALL}]\s$", raw):
        return None
    return place.said(cardinal(number, style), doubt=uncertain.TAKEN_FOR_ROMAN)


def _romans(place: Place) -> Said | None:
    """XI-XIII after a word that calls for Roman numerals."""
    one, other = roman_value(place.match["one"]), roman_value(place.match["other"])
    if one is None or other is None or not place.before.endswith(_ROMAN_WORDS):
        return None
    return place.said(to(cardinal(one, place.style), cardinal(other, place.style), place.style))


def _royal(number: int, style: Style) -> str:
    if number <= 10:
        return _ROYAL[number]
    return f"thập {_ROYAL[number - 10]}" if number < 20 else cardinal(number, style)


def _is_shouted(before: str, after: str) -> bool:
    """Whether capitals all around make this a word of a headline: VI PHẠM, XI MĂNG."""
    following = re.match(rf"\s+([{CAPITAL}]{{2,}})(?!\w)", after)
    return bool(following) and has_marks(following[1])  # type: ignore[index]


ROMAN_RULES = (
    rule("roman", rf"(?P<one>[IVXLC]+){DASH}(?P<other>[IVXLC]+)(?!\w)", _romans),
    rule("roman", r"[IVXLCDM]+(?![\w&]|[-/][A-ZĐ])", _roman),
)
