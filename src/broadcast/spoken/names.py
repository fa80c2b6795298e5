"""Document numbers, roads, vehicle plates and other names of letters and figures → words."""

from __future__ import annotations

import re

from broadcast.spoken.grammar import Place, Rule, Said
from broadcast.spoken.letters import CAPITAL, SMALL, code, has_marks, letter, pronounceable, spelled
from broadcast.spoken.numbers import cardinal, digits, ordinal, roman_value, year
from broadcast.spoken.style import Style

_CAPITAL = "A-ZĐƯ"
_CODE = rf"[{_CAPITAL}][{_CAPITAL}a-zđ]*(?:&[{_CAPITAL}]+)?\d*"
_DOCUMENT = re.compile(
    rf"(?P<number>\d+)(?P<letter>[a-zđ]?)(?P<mid>(?:/\d{{1,4}})*)[ ]?[-–/][ ]?"
    rf"(?P<codes>{_CODE}(?:[ ]?[-–/.&][ ]?{_CODE})*(?:[-/.]\d+)*)(?![\w])"
)
_BARE_CODES = re.compile(
    rf"[{_CAPITAL}]{{1,}}[a-zđ]{{0,2}}(?:[-/][{_CAPITAL}]{{1,}}[{_CAPITAL}a-z]*\d*)+(?!\w)"
)
_RUNS = re.compile(r"\d+|[^\W\d_]+")
_EXPANSIONS = {
    "KL": "kết luận", "TU": "tỉnh ủy", "NQ": "nghị quyết", "TW": "trung ương", "QĐ": "quyết định",
    "UBND": "ủy ban nhân dân", "HĐND": "hội đồng nhân dân", "NĐ": "nghị định", "CP": "chính phủ",
    "CT": "chỉ thị", "TT": "thông tư", "TTg": "thủ tướng", "BTC": "bộ tài chính", "KH": "kế hoạch",
    "BC": "báo cáo", "CV": "công văn", "TB": "thông báo", "HD": "hướng dẫn", "TTr": "tờ trình",
    "VPCP": "văn phòng chính phủ", "CĐ": "công điện", "QH": "quốc hội", "BYT": "bộ y tế",
    "BNV": "bộ nội vụ", "BCA": "bộ công an", "QyĐ": "quy định", "QĐi": "quy định", "HU": "huyện ủy",
    "ThU": "thành ủy", "ĐU": "đảng ủy", "BTGTW": "ban tuyên giáo trung ương", "PL": "pháp lệnh",
    "UBTVQH": "ủy ban thường vụ quốc hội", "BTTTT": "bộ thông tin và truyền thông",
    "BGDĐT": "bộ giáo dục và đào tạo", "BXD": "bộ xây dựng", "BCT": "bộ công thương",
    "BVHTTDL": "bộ văn hóa thể thao và du lịch", "TTLT": "thông tư liên tịch", "CTr": "chương trình",
    "ĐA": "đề án", "SGDĐT": "sở giáo dục và đào tạo", "SYT": "sở y tế", "VP": "văn phòng",
}  # fmt: skip


def _document(place: Place) -> Said | None:
    """703-KL/TU, 30/2020/NĐ-CP, 45/2019/QH14."""
    codes = place.match["codes"]
    letters = sum(each.isupper() for each in codes)
    if letters < 2 or (roman_value(codes) and "/" not in codes and "-" not in codes):
        return None
    if re.fullmatch(rf"[A-ZĐ][{SMALL}]+", codes):
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
        if run.isdigit():
            said.append(cardinal(int(run), style))
        elif style.document_letters == "expanded" and run in _EXPANSIONS:
            said.append(
                _EXPANSIONS[run] + (" khóa" if run in ("QH", "UBTVQH") and part != run else "")
            )
        else:
            said.append(spelled(run, style))
    return " ".join(said)


def _road(place: Place) -> str:
    """QL1A, QL.28B, ĐT.719, TL 10."""
    name = {
        "QL": "Quốc lộ", "ĐT": "đường tỉnh", "TL": "tỉnh lộ", "HL": "hương lộ", "ĐH": "đường huyện",
        "CT": "cao tốc", "AH": "đường xuyên Á",
    }[place.match["kind"]]  # fmt: skip
    written = place.match["number"]
    figures = cardinal(int(written), place.style) if written[0] != "0" else digits(written)
    branch = place.match["branch"]
    return " ".join(filter(None, (name, figures, code(branch, place.style) if branch else "")))


def _kilometre(place: Place) -> str:
    """Km1702+500, Km 12."""
    said = f"ki lô mét {cardinal(int(place.match['number'].replace('.', '')), place.style)}"
    if place.match["metres"]:
        metres = place.match["metres"]
        figures = digits(metres) if metres[0] == "0" else cardinal(int(metres), place.style)
        said += f" cộng {figures}"
    return said


def _plate(place: Place) -> Said | None:
    """86A-123.45, 86B1-234.56, 51F 12345: figures one by one."""
    head, tail = place.match["head"], re.sub(r"\D", "", place.match["tail"])
    if place.match[0][len(head)].isspace() and not place.follows(
        " biển số",
        " biển kiểm soát",
        " bks",
        " xe",
        " số",
        " biển",
        " biển số xe",
        " ô tô",
        " xe máy",
    ):
        return None
    said = f"{_figures_and_letters(head, place.style)}, {digits(tail)}"
    return place.said(said)


def _figures_and_letters(written: str, style: Style) -> str:
    return " ".join(
        digits(run) if run.isdigit() else spelled(run, style) for run in _RUNS.findall(written)
    )


def _boat(place: Place) -> str:
    """BTh 97478 TS, KH-96999-TS: fishing boats."""
    return _figures_and_letters(place.match[0], place.style)


def _code(place: Place) -> Said | None:
    """A4, U23, 5G, 1A, H5N1, 12A3, VN1234, Su-30."""
    written = place.match[0]
    return place.said(code(written, place.style))


def _dotted(place: Place) -> Said | None:
    """4.0, 2.0, 3.2.1: versions and sections, point by point."""
    parts = place.match[0].split(".")
    if len(parts) == 2 and len(parts[1]) > 2:
        return None
    if all(len(part) == 3 for part in parts[1:]):
        return None
    return place.said(" chấm ".join(_part(part, place.style) for part in parts))


def _part(written: str, style: Style) -> str:
    leading = len(written) > 1 and written[0] == "0"
    return digits(written) if leading else cardinal(int(written), style)


_ROMAN_WORDS = (
    " thứ", " quý", " khóa", " thế kỷ", " đại hội", " kỳ họp", " kỳ", " học kỳ", " chương", " phần",
    " mục", " tập", " quyển", " hạng", " loại", " cấp", " bậc", " vùng", " khu vực", " lần", " kv",
    " giai đoạn", " thế chiến", " chiến tranh thế giới", " hội nghị trung ương", " nhóm", " bảng",
    " trung ương", " đoàn", " khối", " điều", " phụ lục", " bài", " đợt", " phó hạng", " mẫu", " lớp",
    " trường cấp", " quân khu", " quân đoàn", " hải quân vùng", " đảng bộ", " festival", " độ",
    " giải", " hiệp", " phân khu", " cụm", " khu", " tầng", " đảng cộng sản việt nam", " gen", " type",
    " tuýp", " týp", " giai", " thời kỳ", " chi cục", " niên khóa", " phòng", " tổ", " đội", " ban",
    " phân đội", " trạm", " tk", " triều đại", " đời", " hội nghị", " công ước", " nghị viện", " chủ đề",
)  # fmt: skip
_KINGS = (
    " vua ",
    " nữ hoàng ",
    " giáo hoàng ",
    " hoàng đế ",
    " nữ vương ",
    " quốc vương ",
    " sa hoàng ",
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
    before = f" {opened.casefold()}".rstrip(' ("“')
    ordered = before.endswith((" thứ", " lần"))
    if before.endswith(_ROMAN_WORDS) and not _is_shouted(raw, text[place.end :]):
        if before.endswith(" lần"):
            return place.said(f"thứ {ordinal(number, style)}")
        if ordered:
            return place.said(ordinal(number, style))
        if before.endswith(" quý"):
            return place.said("tư" if number == 4 else cardinal(number, style))
        return place.said(cardinal(number, style))
    if not raw.strip(" -•*") and re.match(r"[.)/]\s", text[place.end :]):
        return place.said(cardinal(number, style))
    capital = re.search(rf"(?<!\w)[{CAPITAL}]\w*[{SMALL}]\s$", raw)
    if not capital or len(written) < 2 or not set(written) <= set("IVX"):
        if capital and any(king in f"{before} " for king in _KINGS):
            return place.said(f"đệ {_royal(number, style)}")
        return None
    if any(king in f"{before} " for king in _KINGS):
        return place.said(f"đệ {_royal(number, style)}")
    return place.said(cardinal(number, style), doubt="taken for a Roman numeral")


def _royal(number: int, style: Style) -> str:
    if number <= 10:
        return _ROYAL[number]
    return f"thập {_ROYAL[number - 10]}" if number < 20 else cardinal(number, style)


def _is_shouted(before: str, after: str) -> bool:
    """Whether capitals all around make this a word of a headline: VI PHẠM, XI MĂNG."""
    following = re.match(rf"\s+([{CAPITAL}]{{2,}})(?!\w)", after)
    return bool(following) and has_marks(following[1])  # type: ignore[index]


def _unknown(place: Place) -> Said | None:
    """Capitals that no table knows: spelled if they cannot be a word, else left to the engine."""
    written = place.match[0]
    if len(written) < 2 or has_marks(written):
        return None
    around = (
        place.text[max(0, place.start - 30) : place.start].split()[-1:]
        + place.text[place.end : place.end + 30].split()[:1]
    )
    if any(
        has_marks(word) and word.isupper()
        for word in (each.strip('.,:;!?"“”()') for each in around)
    ):
        return None
    if pronounceable(written) and len(written) > 2 and any(each in "AEIOUY" for each in written):
        return place.said(written, doubt="not in the lexicon; left to the voice as it stands")
    return place.said(spelled(written, place.style), doubt="not in the lexicon; spelled")


def _bare_codes(place: Place) -> Said | None:
    """QĐ-TTg, NQ/TW without a number; parts that the lexicon knows are left to it."""
    parts = re.split(r"[-/]", place.match[0])
    if (
        not any(part in _EXPANSIONS for part in parts)
        or len(parts) < 2
        or parts[0] not in _EXPANSIONS
    ):
        return None
    return place.said(", ".join(_codes(place.match[0], place.style)))


DOCUMENT_RULES = (Rule("document", _DOCUMENT, _document),)
NUMBER_NAME_RULES = (
    Rule("plate", re.compile(
        r"(?P<head>\d{2}[A-ZĐ]{1,2}\d?)(?:[ ]?[-–][ ]?|[ ])(?P<tail>\d{3}\.\d{2}|\d{4,5})(?!\d)"), _plate),
    Rule("plate", re.compile(r"(?P<head>\d{2}[A-ZĐ]{1,2}\d?)(?P<tail>\d{5}|\d{3}\.\d{2})(?!\d)"), _plate),
    Rule("version", re.compile(r"\d{1,2}(?:\.\d{1,2}){2,}(?![\d]|\.\d|,\d)"), _dotted),
    Rule("code", re.compile(r"\d+(?:[-]?[A-ZĐ]+\d*|[a-eđ](?![\w]))(?:-\d+)?(?!\w)"), _code),
)  # fmt: skip
LETTER_RULES = (
    Rule("kilometre", re.compile(r"[Kk][Mm][ ]?(?P<number>\d[\d.]*\d|\d)(?:[ ]?\+[ ]?(?P<metres>\d+))?(?!\w)"), _kilometre),
    Rule("boat", re.compile(r"[A-ZĐ]{1,2}[a-z]{0,2}[ -]?\d{4,5}[ -]?TS(?!\w)"), _boat),
    Rule("road", re.compile(
        r"(?P<kind>QL|ĐT|TL|HL|ĐH|CT|AH)[. ]{0,2}(?P<number>\d{1,3})(?P<branch>[A-ZĐ]{1,2})?(?![\w/]|[.-]\d|-[A-ZĐ])"), _road),
    Rule("roman", re.compile(r"[IVXLCDM]+(?![\w&]|-[A-ZĐ]|[/][A-ZĐ])"), _roman),
    Rule("code", re.compile(r"[^\W\d_]{1,12}-?\d[\w]*(?:[.-]\d+)*(?!\w)"), _code),
    Rule("code", _BARE_CODES, _bare_codes),
    Rule("unknown", re.compile(r"[A-ZĐ]{2,}(?!\w)"), _unknown),
)  # fmt: skip
