"""Document numbers and the letters of who issued them → words."""

from __future__ import annotations

import re

from broadcast.spoken.grammar import Place, Said, rule
from broadcast.spoken.numerals import roman_value
from broadcast.spoken.style import Style
from broadcast.spoken.vi.letters import letter, spelled
from broadcast.spoken.vi.numbers import cardinal, digits, year
from broadcast.text import SMALL

_CAPITAL = "A-ZĐƯ"
_CODE = rf"[{_CAPITAL}][{_CAPITAL}a-zđ]*(?:&[{_CAPITAL}]+)?\d*"
_DOCUMENT = (
    rf"(?P<number>\d+)(?P<letter>[a-zđ]?)(?P<mid>(?:/\d{{1,4}})*)[ ]?[-–/][ ]?"
    rf"(?P<codes>{_CODE}(?:[ ]?[-–/.&][ ]?{_CODE})*(?:[-/.]\d+)*)(?![\w])"
)
_BARE_CODES = (
    rf"[{_CAPITAL}]{{1,}}[a-zđ]{{0,2}}(?:[-/][{_CAPITAL}]{{1,}}[{_CAPITAL}a-z]*\d*)+(?!\w)"
)
_RUNS = re.compile(r"\d+|[^\W\d_]+")
_EXPANSIONS = {
    "KL": "kết luận", "TU": "tỉnh ủy", "NQ": "nghị quyết", "TW": "trung ương", "QĐ": "quyết định",
    "UBND": "ủy ban nhân dân", "HĐND": "hội đồng nhân dân", "NĐ": "nghị định", "CP": "chính phủ",
    "CT": "chỉ thị", "TT": "thông tư", "TTg": "thủ tướng", "BTC": "bộ tài chính", "KH": "kế hoạch",
    "BC": "báo cáo", "CV": "công văn", "TB": "thông báo", "HD": "hướng dẫn", "TTr": "tờ trình",
    "VPCP": "văn phòng chính phủ", "CĐ": "công điện", "QH": "quốc hội", "BYT": "bộ y tế",
    "BNV": "bộ nội vụ", "BCA": "bộ công an", "QyĐ": "quy định", "QĐi": "quy định",
    "HU": "huyện ủy", "ThU": "thành ủy", "ĐU": "đảng ủy", "BTGTW": "ban tuyên giáo trung ương",
    "PL": "pháp lệnh", "UBTVQH": "ủy ban thường vụ quốc hội",
    "BTTTT": "bộ thông tin và truyền thông", "BGDĐT": "bộ giáo dục và đào tạo",
    "BXD": "bộ xây dựng", "BCT": "bộ công thương", "BVHTTDL": "bộ văn hóa thể thao và du lịch",
    "TTLT": "thông tư liên tịch", "CTr": "chương trình", "ĐA": "đề án",
    "SGDĐT": "sở giáo dục và đào tạo", "SYT": "sở y tế", "VP": "văn phòng",
}  # fmt: skip


# What a document is, not who issued it: NQ/TW is a code, HĐND-UBND are two councils.
_KINDS = frozenset((
    "KL", "NQ", "QĐ", "NĐ", "CT", "TT", "KH", "BC", "CV", "TB", "HD", "TTr", "CĐ", "QyĐ", "QĐi",
    "PL", "TTLT", "CTr", "ĐA",
))  # fmt: skip


def _document(place: Place) -> Said | None:
    """703-KL/TU, 30/2020/NĐ-CP, 45/2019/QH14."""
    codes = place.match["codes"]
    letters = sum(each.isupper() for each in codes)
    if letters < 2 or (roman_value(codes) and "/" not in codes and "-" not in codes):
        return None
    if re.fullmatch(rf"[A-ZĐ][{SMALL}]+", codes) or (codes == "CN" and place.follows(" thứ")):
        return None
    written = place.match["number"]
    leading = written[0] == "0" and len(written) > 1
    said = [digits(written) if leading else cardinal(int(written), place.style)]
    if place.match["letter"]:
        said[0] += f" {letter(place.match['letter'], place.style)}"
    for part in re.findall(r"\d+", place.match["mid"]):
        is_year = len(part) == 4 and part[0] in "12"
        said.append(
            f"năm {year(int(part), place.style)}" if is_year else cardinal(int(part), place.style)
        )
    said += _codes(codes, place.style)
    return place.said(", ".join(said))


def _codes(written: str, style: Style) -> list[str]:
    return [_one_code(part, style) for part in re.split(r"[ ]?[-–/.][ ]?", written) if part]


def _one_code(part: str, style: Style) -> str:
    said = []
    for run in _RUNS.findall(part):
        if run.isdecimal():
            said.append(cardinal(int(run), style))
        elif style.document_letters == "expanded" and run in _EXPANSIONS:
            said.append(
                _EXPANSIONS[run] + (" khóa" if run in ("QH", "UBTVQH") and part != run else "")
            )
        else:
            said.append(spelled(run, style))
    return " ".join(said)


def _bare_codes(place: Place) -> Said | None:
    """QĐ-TTg, NQ/TW without a number; parts that the lexicon knows are left to it."""
    parts = re.split(r"[-/]", place.match[0])
    if not any(part in _EXPANSIONS for part in parts) or len(parts) < 2 or parts[0] not in _KINDS:
        return None
    return place.said(", ".join(_codes(place.match[0], place.style)))


_STANDARDS = (
    " tcvn", " qcvn", " tcxd", " tcxdvn", " tccs", " tcn", " iso", " iec", " haccp", " tiêu chuẩn",
    " quy chuẩn",
)  # fmt: skip


def _standard(place: Place) -> Said | None:
    """TCVN 5687:2010, ISO 9001-2015: the standard's figures, and its year."""
    if not place.follows(*_STANDARDS):
        return None
    said = f"{digits(place.match['number'])}, năm {year(int(place.match['year']), place.style)}"
    return place.said(said)


DOCUMENT_RULES = (
    rule("document", r"(?P<number>\d+(?:-\d\d?)?)[ ]?[:-](?P<year>(?:19|20)\d\d)(?!\d)", _standard),
    rule("document", _DOCUMENT, _document),
)
ISSUER_RULES = (rule("document", _BARE_CODES, _bare_codes),)
