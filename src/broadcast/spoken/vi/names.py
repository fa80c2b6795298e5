"""Roads, vehicle plates, models and unknown capitals → words."""

from __future__ import annotations

import re

from broadcast.spoken import uncertain
from broadcast.spoken.grammar import Place, Said, rule
from broadcast.spoken.numerals import roman_value
from broadcast.spoken.style import Style
from broadcast.spoken.vi.letters import (
    code,
    has_marks,
    in_headline,
    is_syllable,
    pronounceable,
    spelled,
)
from broadcast.spoken.vi.numbers import cardinal, digits, number
from broadcast.spoken.vi.units import CURRENCIES, UNITS

_RUNS = re.compile(r"\d+|[^\W\d_]+")


_ROADS = {
    "QL": "Quốc lộ", "ĐT": "đường tỉnh", "DT": "đường tỉnh", "TL": "tỉnh lộ", "HL": "hương lộ",
    "ĐH": "đường huyện", "CT": "cao tốc",
    "AH": "đường xuyên Á", "KP": "khu phố", "TDP": "tổ dân phố", "P": "phường",
    "Q": "quận",
}  # fmt: skip


# P5 and Q1 without a full stop are a ward and a district in an address; elsewhere maybe not.
_ADDRESS_BEFORE = re.compile(
    r"(?:(?:\d[\w/]*|[PQH]\.? ?\d\d?|đường [^,;]+|(?<!\w)(?:ở|tại|trú|ngụ|thuộc|quận|từ|về|và|dân"
    r"|[Tt]rường|UBND|Công an|CA|địa bàn|khu vực|chợ))[,;]?|\d[\w/]* [^,;]{3,30},)\s*$"
)
_ADDRESS_AFTER = re.compile(r",? ?(?:\(?(?:TP|Tp|thành phố)|[QP]\.? ?\d|quận|Quận|Q\.)")


def _road(place: Place) -> Said:
    """QL1A, QL.28B, ĐT.719, TL 10."""
    kind = place.match["kind"]
    name = _ROADS[kind]
    doubt = None
    if kind in "PQ" and place.match[0][1].isdecimal():
        near = place.text[max(0, place.start - 45) : place.start]
        addressed = _ADDRESS_BEFORE.search(near) or _ADDRESS_AFTER.match(place.text, place.end)
        doubt = None if addressed else uncertain.TAKEN_FOR_WARD
    if name == "cao tốc" and place.follows(" cao tốc"):
        name = spelled(place.match["kind"], place.style)
    elif place.follows(" đường"):
        name = name.removeprefix("đường ")
    written = place.match["number"]
    figures = cardinal(int(written), place.style) if written[0] != "0" else digits(written)
    branch = place.match["branch"]
    said = " ".join(filter(None, (name, figures, code(branch, place.style) if branch else "")))
    return place.said(said, doubt=doubt)


def _kilometre(place: Place) -> str:
    """Km1702+500, Km 12; not KM1: at the head of a line, which is somebody."""
    if (
        place.match[0].startswith("KM")
        and not place.before.strip()
        and place.text.startswith(":", place.end)
    ):
        return code(place.match[0], place.style)
    said = f"ki lô mét {cardinal(int(place.match['number'].replace('.', '')), place.style)}"
    if place.match["metres"]:
        metres = place.match["metres"]
        figures = digits(metres) if metres[0] == "0" else cardinal(int(metres), place.style)
        said += f" cộng {figures}"
    return said


def _plate(place: Place) -> Said | None:
    """86A-123.45, 86B1-234.56, 51F 12345: figures one by one."""
    head, tail = place.match["head"], re.sub(r"\D", "", place.match["tail"])
    if (
        place.match[0][len(head)].isspace()
        and "." not in place.match["tail"]
        and not place.follows(
            " biển số",
            " biển kiểm soát",
            " bks",
            " xe",
            " số",
            " biển",
            " biển số xe",
            " ô tô",
            " xe máy",
        )
    ):
        return None
    said = f"{_figures_and_letters(head, place.style)}, {digits(tail)}"
    return place.said(said)


def _figures_and_letters(written: str, style: Style) -> str:
    return " ".join(
        digits(run) if run.isdecimal() else spelled(run, style) for run in _RUNS.findall(written)
    )


def _boat(place: Place) -> str:
    """BTh 97478 TS, KH-96999-TS: fishing boats."""
    return _figures_and_letters(place.match[0], place.style)


# T5 is a weekday, a month, or a house of an airport.
_T_MONTH = re.compile(r"[Tt](?:[1-9]|1[0-2])")
_T_PLACES = (
    " ga", " nhà ga", " nhà", " tòa", " tòa nhà", " khu", " lô", " block", " đốt sống", " sảnh",
    " cảng", " máy", " xe", " tàu", " tăng", " xe tăng", " đốt", " tháp", " chung cư",
)  # fmt: skip


def _code(place: Place) -> Said | None:
    """A4, U23, 5G, 1A, H5N1, 12A3, VN1234, Su-30, COP28; not 220V, 16GB."""
    written = place.match[0]
    figures, letters = re.fullmatch(r"(\d*)(.*)", written).groups()  # type: ignore[union-attr]
    thousands = letters == "K" and int(figures or 0) >= 20 and not place.follows(" vàng")
    if figures and (thousands or (letters != "K" and letters in {**UNITS, **CURRENCIES})):
        return None
    if octane := re.fullmatch(r"(\d+)-([IVX]+)", written):
        grade = roman_value(octane[2])
        if grade:
            return place.said(f"{code(octane[1], place.style)} {cardinal(grade, place.style)}")
    if wave := re.fullmatch(r"([A-Z]{2,3})(\d+[.,]\d+)", written):
        return place.said(
            f"{code(wave[1], place.style)} {number(wave[2], place.style, measured=True)}"
        )
    if _T_MONTH.fullmatch(written) and not place.follows(*_T_PLACES):
        return place.said(code(written, place.style), doubt=uncertain.MAYBE_DAY_OR_MONTH)
    head = re.match(r"[^\W\d_]{2,}", written)
    known = place.index.entry_at(f"{head[0]} ", 0) if head else None
    if head and known and len(head[0]) > 2 and pronounceable(head[0]):
        return place.said(f"{known.entry.spoken} {code(written[head.end() :], place.style)}")
    return place.said(code(written, place.style))


def _flight(place: Place) -> Said | None:
    """VN 1382: a flight, its figures one by one."""
    if not place.follows(" chuyến bay", " số hiệu", " chuyến", " mang số hiệu"):
        return None
    return place.said(_figures_and_letters(place.match[0], place.style))


def _current(place: Place) -> str | None:
    """10A of an electric current; elsewhere A is a class, a house or a road."""
    if not place.follows(" dòng", " dòng điện", " cầu dao", " aptomat", " áp tô mát", " cường độ"):
        return None
    return f"{cardinal(int(place.match['number']), place.style)} am pe"


def _model(place: Place) -> Said | None:
    """Boeing 737-800, ISO 9001: names of things, figure by figure."""
    if not place.follows(
        " boeing",
        " airbus",
        " iso",
        " chuyến bay",
        " máy bay",
        " apollo",
        " nokia",
        " chuyến bay số",
    ):
        return None
    return place.said(", ".join(digits(part) for part in place.match[0].split("-")))


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


# Syllables that a Vietnamese voice can make, NAF-TA, VA-SEP, and long words; not SCIC, BIDV.
_SAYABLE = re.compile(
    r"(?=.{4}|[^AEIOU][AEIOU][^AEIOU]$)(?:"
    r"(?:(?:[BCDGHKLMNPRSTVX]|CH|GH|KH|NG|NH|PH|QU|TH|TR)?[AEIOU]{1,2}"
    r"(?:CH|NG|NH|[CFGKLMNPRST])?)+|(?=.{6})(?:[^AEIOU]{0,2}[AEIOU]{1,2})+[^AEIOU]{0,2})"
)


def _unknown(place: Place) -> Said | None:
    """Capitals that no table knows: spelled if they cannot be a word, else left to the engine."""
    written = place.match[0]
    if (has_marks(written) and is_syllable(written)) or in_headline(
        place.text, place.start, place.end
    ):
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
    if _SAYABLE.fullmatch(written):
        return place.said(written, doubt=uncertain.LEFT_TO_VOICE)
    one = written.removesuffix("s")  # CEOs
    known = place.index.entry_at(one, 0) if one != written else None
    said = known.entry.spoken if known and known.end == len(one) else spelled(one, place.style)
    return place.said(said, doubt=uncertain.SPELLED)


def _joined(place: Place) -> Said:
    """ĐT&XD, T&T: each as it is said alone, and what both together mean is not known."""
    said = []
    for part in place.match[0].split("&"):
        known = place.index.entry_at(part, 0)
        whole = known and known.end == len(part)
        said.append(known.entry.spoken if known and whole else spelled(part, place.style))
    return place.said(" và ".join(said), doubt=uncertain.OTHER_WORDS)


def _room(place: Place) -> str:
    """P.205: there are no wards of three figures."""
    said = digits(place.match["number"])
    return said if place.follows(" phòng", " phòng số") else f"phòng {said}"


def _lane(place: Place) -> str:
    """K41/15, H.12/4, A5/12: houses in lanes; what the letter stands for differs by town."""
    word = f" {place.style.house_slash} "
    parts = place.match["parts"].split("/")
    return f"{spelled(place.match['letter'], place.style)} " + word.join(
        code(part, place.style) if not part.isdecimal() else cardinal(int(part), place.style)
        for part in parts
    )


NUMBER_NAME_RULES = (
    rule("model", r"\d{3,4}(?:-\d{1,4})?(?![\w%]|[.,/]\d)", _model),
    rule(
        "plate",
        r"(?P<head>\d{2}[A-ZĐ]{1,2}\d?)(?:[ ]?[-–][ ]?|[ ])(?P<tail>\d{3}\.\d{2}|\d{4,5})(?!\d)",
        _plate,
    ),
    rule(
        "plate",
        r"(?P<head>\d{2}-[A-ZĐ]{1,2}\d?)[ -](?P<tail>\d{3}\.\d{2}|\d{4,5})(?!\d)",
        _plate,
    ),
    rule("plate", r"(?P<head>\d{2}[A-ZĐ]{1,2}\d?)(?P<tail>\d{5}|\d{3}\.\d{2})(?!\d)", _plate),
    rule("version", r"\d{1,2}(?:\.\d{1,2}){2,}(?![\d]|\.\d|,\d)", _dotted),
    rule("current", r"(?P<number>\d+)A(?!\w)", _current),
    rule(
        "code",
        r"\d+(?!m[23](?!\d)|H[0-5]\d(?!\w))(?:[-]?[A-ZĐ]+\d*|[a-e](?![\w]))(?:-\d+)?(?!\w|/\d+(?![\w/]))",
        _code,
    ),
)
LETTER_RULES = (
    rule("room", r"P\. ?(?P<number>\d{3,4})(?![\w]|[.,/-]\d)", _room),
    rule(
        "house number",
        r"(?P<letter>[A-SU-Z])\.?(?P<parts>\d{1,4}[A-Z]?(?:/\d{1,4}[A-Z]?)+)(?![\w/-])",
        _lane,
    ),
    rule(
        "kilometre",
        r"[Kk][Mm][ ]?(?P<number>\d[\d.]*\d|\d)(?:[ ]?\+[ ]?(?P<metres>\d+))?(?!\w)",
        _kilometre,
    ),
    rule("flight", r"[A-Z]{2}[ -]?\d{2,4}(?![\w.,-]\d|\w)", _flight),
    rule("boat", r"[A-ZĐ]{1,2}[a-z]{0,2}[ -]?\d{4,5}[ -]?TS(?!\w)", _boat),
    rule(
        "road",
        r"(?P<kind>(?:QL|ĐT|DT(?=\d{3})|TL|HL|ĐH|AH)(?=[. ]{0,2}[1-9])|CT(?=[.]?\d)"
        r"|KP(?=\d)|TDP(?=\d)|[PQ](?=\d\d?(?!\d)))"
        r"[. ]{0,2}(?P<number>\d{1,3})(?P<branch>[A-ZĐ]{1,2})?"
        r"(?![\w/]|[.-]\d|-[A-ZĐ](?![LTH][.]?\d))",
        _road,
    ),
    rule("code", r"(?:U\.(?=\d\d(?!\d))|[^\W\d_]{1,12}-?)\d[\w]*(?:[.,-]\d+)*(?!\w)", _code),
    rule("unknown", r"[A-ZĐ]{1,6}(?:&[A-ZĐ]{1,6})+(?!\w)", _joined),
    rule(
        "unknown",
        r"[A-ZĐ]{2,}(?!s(?!\w))[a-zđ]{1,3}(?!\w)",
        lambda place: place.said(place.match[0], doubt=uncertain.WORD_OR_LETTERS),
    ),
    rule("unknown", r"(?:[A-Z]{2,}(?=s(?!\w))s|[A-ZĐ]{2,}|[A-ZĐĂÂÊÔƠƯ]{3,})(?!\w)", _unknown),
)
