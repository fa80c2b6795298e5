"""A number and what belongs to it (unit, currency, magnitude, per what) → words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from broadcast.messages import Message
from broadcast.spoken import uncertain
from broadcast.spoken.grammar import Place
from broadcast.spoken.style import Style
from broadcast.spoken.vi.neighbours import COUNTED, ahead
from broadcast.spoken.vi.numbers import DASH, NUMBER, cardinal, digits, number
from broadcast.spoken.vi.units import CURRENCIES, MAGNITUDES, TIME_AND_COUNT, UNITS


def any_of(words: Iterable[str]) -> str:
    """Give the pattern of any of these words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_SIGNED = re.compile(rf"(?P<sign>[-−+±]?)(?P<number>{NUMBER})")
MAGNITUDE = re.compile(
    rf"[ \u00a0]?(?P<words>(?:{any_of(MAGNITUDES)})(?: (?:{any_of(MAGNITUDES)}))*)(?!\w)"
)
_UNIT = re.compile(
    rf"[ \u00a0]?(?P<unit>{any_of({*UNITS, *CURRENCIES})})(?![\w²³]|[-–][^\W\d_])|"
    r"[ ]?(?P<half>rưỡi)(?!\w)"
)
PER = re.compile(
    rf"[ ]?/[ ]?(?P<many>\d[\d.]*[ ]?)?(?P<under>{any_of({*UNITS, *TIME_AND_COUNT})})(?![\w²³])"
)
_PER_WORD = re.compile(r"[ ]?/[ ]?(?P<many>)(?P<under>[^\W\d_A-ZĐ]+|USD|EUR|VNĐ|VND)(?!\w)")
_WORDSPER = re.compile(
    rf"[ ](?P<words>[^\W\d_]+(?:[ ][^\W\d_]+){{0,2}})(?=[ ]?/[ ]?"
    rf"(?:{any_of({*UNITS, *TIME_AND_COUNT})})(?![\w²³]))"
    rf"|[ ](?P<counted>{any_of(TIME_AND_COUNT)})(?=/[^\W\d_A-ZĐ])"
)
_WORDS_PAIR = re.compile(r"[ ](?P<words>[^\W\d_]+(?:[ ][^\W\d_]+){0,2})(?=[ ]?/[ ]?\d)")
_POINTS = re.compile(r"[ ]?điểm[ ]?%")
_TO_NUMBER = re.compile(rf"{DASH}\d")
# A letter that is a unit when it touches its number ("5m"), and may be something else when not.
_TOUCHING_ONLY = frozenset({"k", "K", "s", "h", "tr", "Tr", "J", "CV", "HP", "L", "V", "oC"})
_COMMA_OF_THREE = re.compile(r"[1-9]\d{0,2},\d{3}")
_NEXT_OF_RANGE = re.compile(rf"{DASH}[1-9]\d{{0,2}},\d{{3}}(?!\d)")
_NEVER_THOUSANDS = ("phần trăm", "điểm", "độ", "lần ", "giây", "°")
_IN_PARTS = frozenset((
    "giờ", "phút", "giây", "ngày", "tuần", "tháng", "quý", "năm", "lần", "ca", "tấn", "tạ", "yến",
    "lít", "sào", "công", "mẫu", "mét", "lượng", "chỉ", "ki-lô-gam", "kilôgam", "héc ta", "hecta",
    "hécta", "ml", "điểm", "km", "vòng",
))  # fmt: skip
_WHOLE = tuple(
    {*COUNTED, *ahead(*TIME_AND_COUNT, "đồng", "lượt khách", "cổ phần", "mét vuông")}
    - {*ahead(*_IN_PARTS)}
)
_NAMING = (
    " số", " đề án", " chỉ thị", " nghị quyết", " nghị định", " thông tư", " quyết định",
    " kết luận", " kế hoạch", " quy định", " hướng dẫn", " chương trình", " công điện", " dự án",
    " mã", " kênh", " kí hiệu", " ký hiệu", " lô", " mã số", " hiệu", " đường", " dự án số",
    " mẫu", " phụ lục", " biểu", " chuyên đề", " đề tài", " tổ máy", " tàu", " công văn",
    " tờ trình", " pháp lệnh",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class VietnameseAmount:
    """A number and what belongs to it, read."""

    said: str
    number: str
    tail: str
    end: int
    unit: str = ""
    signed: bool = False
    doubt: Message | None = None


def amount_at(
    place: Place, start: int, *, signed: bool = True, priced: bool = False
) -> VietnameseAmount | None:
    """Read a number at ``start`` with its magnitude, unit or currency, and what it is per."""
    text, style = place.text, place.style
    match = _SIGNED.match(text, start)
    if not match or (match["sign"] and not signed):
        return None
    end = match.end()
    tail: list[str] = []
    unit = ""
    if (scale := MAGNITUDE.match(text, end)) and not text.startswith(" năm", scale.end()):
        following = _UNIT.match(text, scale.end())
        per = PER.match(text, following.end() if following else scale.end())
        if (following and following["unit"]) or per:
            tail.append(scaled(scale["words"], style))
            end = scale.end()
    written_unit = _UNIT.match(text, end)
    if written_unit and written_unit["unit"] and _is_unit(written_unit, tail):
        unit = written_unit["unit"]
        tail.append(UNITS.get(unit) or CURRENCIES[unit])
        end = written_unit.end()
        if unit in ("k", "K", "tr", "Tr"):
            tail[-1] = style.thousand if unit in "kK" else "triệu"
            if (coin := _UNIT.match(text, end)) and coin["unit"] in CURRENCIES:
                tail.append(CURRENCIES[coin["unit"]])
                end = coin.end()
    elif points := _POINTS.match(text, end):
        tail.append("điểm phần trăm")
        unit, end = "%", points.end()
    elif (pair := _WORDS_PAIR.match(text, end)) and not tail:
        tail.append(pair["words"])
        end = pair.end()
    elif (words := _WORDSPER.match(text, end)) and not tail:
        tail.append(words["words"] or words["counted"])
        end = words.end()
    money = "đồng" if unit in (*CURRENCIES, "k", "tr") or (scale and tail and not unit) else ""
    while (per := PER.match(text, end) or _PER_WORD.match(text, end)) and tail:
        tail.append(per_of(per, place, money))
        end = per.end()
    measured = priced or bool(tail) or MAGNITUDE.match(text, end) is not None
    written, doubt = match["number"], None
    if _COMMA_OF_THREE.fullmatch(written):
        written, doubt = _thousands(written, place, match.end(), unit)
    figure = _figure(written, place, measured)
    sign = {"-": "âm ", "−": "âm ", "+": "cộng ", "±": "cộng trừ "}.get(match["sign"], "")
    figure = sign + figure
    return VietnameseAmount(
        " ".join([figure, *tail]),
        figure,
        " ".join(tail),
        end,
        unit,
        signed=bool(match["sign"]),
        doubt=doubt,
    )


def _thousands(written: str, place: Place, end: int, unit: str) -> tuple[str, Message | None]:
    """Tell whether a comma parts thousands, as in English: 12,500 người; with it, what is doubtful.

    Nobody counts people or đồng in thousandths, nor writes out noughts that say nothing.
    """
    text = place.text
    while more := _NEXT_OF_RANGE.match(text, end):
        end = more.end()
    after = place.after_from(end)
    if text.startswith("%", end) or unit == "%" or after.startswith(_NEVER_THOUSANDS):
        return written, None
    counted = after.startswith(_WHOLE) or unit in CURRENCIES
    if counted or written.endswith("00"):
        known = counted or written.endswith("000")
        return written.replace(",", "."), None if known else uncertain.TAKEN_FOR_THOUSANDS
    return written, uncertain.TAKEN_FOR_DECIMALS if unit or MAGNITUDE.match(text, end) else None


def scaled(words: str, style: Style) -> str:
    """Give words of magnitude as the station says thousands."""
    return " ".join(
        style.thousand if word in ("nghìn", "ngàn") and style.thousand == "ngàn" else word
        for word in words.split()
    )


def _is_unit(match: re.Match[str], tail: list[str]) -> bool:
    """Whether letters after a number are its unit here, not a name or the beginning of a word."""
    unit = match["unit"]
    if unit == "đồng":
        end = match.end()
        return any(each.match(match.string, end) for each in (PER, _PER_WORD, _TO_NUMBER))
    if unit in _TOUCHING_ONLY:
        return not match[0][0].isspace() or (unit in ("CV", "HP", "V") and not tail)
    return True


def per_of(match: re.Match[str], place: Place, currency: str) -> str:
    """Say what an amount is per: a price by the station's choice, all else "trên"."""
    under = UNITS.get(match["under"]) or CURRENCIES.get(match["under"], match["under"])
    if match["many"]:
        return f"trên {number(match['many'].strip(), place.style)} {under}"
    word = place.style.price_per if currency else "trên"
    return f"{word} {under}"


def _figure(written: str, place: Place, measured: bool) -> str:
    if re.fullmatch(r"0\d{2,3}\.\d{3}", written):
        return digits(written)
    if len(written) > 1 and written[0] == "0" and written.isdecimal():
        if len(written) > 2 and not measured:
            return digits(written)
        named = place.follows(*_NAMING) and not measured
        return digits(written) if named else cardinal(int(written), place.style)
    return number(written, place.style, measured=measured)
