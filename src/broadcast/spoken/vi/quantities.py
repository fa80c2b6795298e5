"""Numbers with units, money and percentages, alone or in ranges and pairs → words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from broadcast.messages import Message
from broadcast.spoken import uncertain
from broadcast.spoken.grammar import Place, Said, rule
from broadcast.spoken.style import Style
from broadcast.spoken.vi.neighbours import COUNTED, ahead
from broadcast.spoken.vi.numbers import DASH, NUMBER, cardinal, digits, number, to
from broadcast.spoken.vi.units import CURRENCIES, DOLLAR, MAGNITUDES, TIME_AND_COUNT, UNITS


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_UNDER = rf"(?:{_any_of({*UNITS, *TIME_AND_COUNT})})(?![\w²³])"


_SIGNED = re.compile(rf"(?P<sign>[-−+±]?)(?P<number>{NUMBER})")
_MAGNITUDES = re.compile(
    rf"[ \u00a0]?(?P<words>(?:{_any_of(MAGNITUDES)})(?: (?:{_any_of(MAGNITUDES)}))*)(?!\w)"
)
_UNIT = re.compile(
    rf"[ \u00a0]?(?P<unit>{_any_of({*UNITS, *CURRENCIES})})(?![\w²³]|[-–][^\W\d_])|"
    r"[ ]?(?P<half>rưỡi)(?!\w)"
)
PER = re.compile(
    rf"[ ]?/[ ]?(?P<many>\d[\d.]*[ ]?)?(?P<under>{_any_of({*UNITS, *TIME_AND_COUNT})})(?![\w²³])"
)
_PER_WORD = re.compile(r"[ ]?/[ ]?(?P<many>)(?P<under>[^\W\d_A-ZĐ]+|USD|EUR|VNĐ|VND)(?!\w)")
_WORDSPER = re.compile(
    rf"[ ](?P<words>[^\W\d_]+(?:[ ][^\W\d_]+){{0,2}})(?=[ ]?/[ ]?"
    rf"(?:{_any_of({*UNITS, *TIME_AND_COUNT})})(?![\w²³]))"
    rf"|[ ](?P<counted>{_any_of(TIME_AND_COUNT)})(?=/[^\W\d_A-ZĐ])"
)
_WORDS_PAIR = re.compile(r"[ ](?P<words>[^\W\d_]+(?:[ ][^\W\d_]+){0,2})(?=[ ]?/[ ]?\d)")
_SAME_WORDS = re.compile(rf"(?P<words>(?:[ ][^\W\d_]+){{1,3}}){DASH}(?={NUMBER}(?P=words)(?!\w))")
_POINTS = re.compile(r"[ ]?điểm[ ]?%")
_DASH = re.compile(DASH)
_TO_NUMBER = re.compile(rf"{DASH}\d")
_PAIR = re.compile(r"[ ]?/[ ]?")
_TIMES = re.compile(r"[ ]?[x×X*][ ]?(?=\d)")
# A letter that is a unit when it touches its number ("5m"), and may be something else when not.
_TOUCHING_ONLY = frozenset({"k", "K", "s", "h", "tr", "Tr", "J", "CV", "HP", "L", "V", "oC"})
_BELOW_ZERO = frozenset({"°C", "ºC", "℃", "oC", "°F", "ºF", "°", "º", "%"})
_COUNTED = re.compile(
    rf" ({_any_of({*TIME_AND_COUNT, 'tuổi', 'điểm', 'độ', 'đồng', 'bậc'})})(?!\w)"
)
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
class _VietnameseAmount:
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
) -> _VietnameseAmount | None:
    """Read a number at ``start`` with its magnitude, unit or currency, and what it is per."""
    text, style = place.text, place.style
    match = _SIGNED.match(text, start)
    if not match or (match["sign"] and not signed):
        return None
    end = match.end()
    tail: list[str] = []
    unit = ""
    if (scale := _MAGNITUDES.match(text, end)) and not text.startswith(" năm", scale.end()):
        following = _UNIT.match(text, scale.end())
        per = PER.match(text, following.end() if following else scale.end())
        if (following and following["unit"]) or per:
            tail.append(_scale(scale["words"], style))
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
    measured = priced or bool(tail) or _MAGNITUDES.match(text, end) is not None
    written, doubt = match["number"], None
    if _COMMA_OF_THREE.fullmatch(written):
        written, doubt = _thousands(written, place, match.end(), unit)
    figure = _figure(written, place, measured)
    sign = {"-": "âm ", "−": "âm ", "+": "cộng ", "±": "cộng trừ "}.get(match["sign"], "")
    figure = sign + figure
    return _VietnameseAmount(
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
    return written, uncertain.TAKEN_FOR_DECIMALS if unit or _MAGNITUDES.match(text, end) else None


def _scale(words: str, style: Style) -> str:
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


def _quantity(place: Place) -> Said | None:
    """An amount; two of them in a range (5-7%), a pair (98,7%/97,4%) or a product (3 x 4 m)."""
    first = amount_at(place, place.start)
    if first is None:
        return None
    text, style = place.text, place.style
    if dash := _DASH.match(text, first.end):
        other = amount_at(place, dash.end(), signed=False)
        if other and not re.match(r"[/-][A-ZĐ\d]|[^\W\d_]", text[other.end :]):
            if re.match(r" ?=", text[other.end :]):
                return place.said(f"{first.said} trừ {other.said}", end=other.end)
            said = to(first.said, other.said, style)
            return place.said(said, end=other.end, doubt=first.doubt or other.doubt)
    if (same := _SAME_WORDS.match(text, first.end)) and not first.tail:
        other = amount_at(place, same.end(), signed=False)
        if other:
            words = _scale(same["words"].strip(), style)
            return place.said(to(f"{first.said} {words}", other.said, style), end=other.end)
    if (pair := _PAIR.match(text, first.end)) and first.tail:
        other = amount_at(place, pair.end(), signed=False)
        if other and (other.unit == first.unit or not first.unit):
            said = f"{first.said} trên {other.said}"
            return place.said(said, end=other.end, doubt=first.doubt or other.doubt)
    said, end = first.said, first.end
    while times := _TIMES.match(text, end):
        other = amount_at(place, times.end(), signed=False)
        if other is None:
            break
        said, end = f"{said} nhân {other.said}", other.end
    return place.said(said, end=end, doubt=first.doubt)


def _money_first(place: Place) -> Said | None:
    """$20 triệu, €50: the sign is said after the number."""
    first = amount_at(place, place.end, signed=False, priced=True)
    if first is None or first.unit in CURRENCIES:
        return None
    sign = place.match["sign"]
    name = DOLLAR if "$" in sign else CURRENCIES[sign]
    said, end = first.said, first.end
    if dash := _DASH.match(place.text, end):
        again = re.compile(r"(?:US)?[$€£¥₩₫]?").match(place.text, dash.end())
        other = amount_at(place, again.end() if again else dash.end(), signed=False)
        if other:
            said, end = to(said, other.said, place.style), other.end
    if scale := _MAGNITUDES.match(place.text, end):
        said, end = f"{said} {_scale(scale['words'], place.style)}", scale.end()
    said = f"{said} {name}"
    while per := PER.match(place.text, end):
        said, end = f"{said} {per_of(per, place, sign)}", per.end()
    return place.said(said, end=end)


def _listed(place: Place) -> Said | None:
    """Numbers in a row with commas and no spaces: 1,2,3."""
    parts = place.match[0].split(",")
    if any(len(part) == 3 for part in parts[1:]):
        return None
    return place.said(", ".join(cardinal(int(part), place.style) for part in parts))


def _signed(place: Place) -> Said | None:
    """A sign before a number is said where no number or word touches it from the left."""
    if place.text[place.start - 1 : place.start].isalnum():
        return None
    return _quantity(place)


def _below_zero(place: Place) -> Said | None:
    """–1,5°C: a long dash that touches degrees or a percentage, and not what is before it."""
    amount = amount_at(place, place.end, signed=False)
    if amount is None or place.text[place.start - 1 : place.start] not in (" ", "(", ""):
        return None
    if amount.unit not in _BELOW_ZERO and not place.text.startswith(" độ", amount.end):
        return None
    return place.said(f"âm {amount.said}", end=amount.end)


def _at_least(place: Place) -> Said | None:
    """≥ 80%, ≥ 18 tuổi: from there up."""
    amount = amount_at(place, place.end, signed=False)
    if amount is None:
        return None
    counted = None if amount.tail else _COUNTED.match(place.text, amount.end)
    said, end = (
        (f"{amount.said} {counted[1]}", counted.end()) if counted else (amount.said, amount.end)
    )
    return place.said(f"từ {said} trở lên", end=end)


def _only_per(place: Place) -> Said | None:
    """đồng/kg after a number in words, người/km2 after a plain one."""
    said = place.match["word"]
    end = place.match.end("word")
    currency = said if said in CURRENCIES else ""
    while per := PER.match(place.text, end):
        said, end = f"{said} {per_of(per, place, currency)}", per.end()
    return place.said(said, end=end) if end > place.match.end("word") else None


def _chain(place: Place) -> str:
    """84-60-92: numbers in a row, with a pause between."""
    return ", ".join(cardinal(int(part), place.style) for part in re.split(r"[-–]", place.match[0]))


QUANTITY_RULES = (
    rule("number", r"\d{1,3}+(?:[-–]\d{1,3}+){2,}+(?![\w/-]|[.,]\d)", _chain),
    rule("list", r"\d{1,3}(?:,\d{1,3}){2,}(?!\d|[.%])", _listed),
    # A lorry of 3,5T; after a whole number T may be any name (lớp 12T).
    rule(
        "number",
        r"(\d+,\d+)T(?!\w)",
        lambda place: f"{number(place.match[1], place.style)} tấn",
    ),
    # Nobody counts beyond a billion billions: figures without end are said one by one.
    rule("number", r"\d{19,}", lambda place: digits(place.match[0])),
    rule("number", NUMBER, _quantity),
    rule("number", r"\d+", lambda place: digits(place.match[0])),
)
SIGN_RULES = (
    rule("money", r"(?P<sign>(?:US)?\$|[€£¥₩₫])[ ]?(?=\d)", _money_first),
    rule("sign", r"[-−+±](?=\d)", _signed),
    rule("sign", r"\+/[-−–](?=[ ]?\d)", lambda place: "cộng trừ"),
    rule("sign", r"–(?=\d)", _below_zero),
    rule("sign", r"(?:≥|>=)[ ]?(?=\d)", _at_least),
)
US_DOLLAR_RULES = (SIGN_RULES[0],)
PER_RULES = (
    rule(
        "per",
        rf"(?P<word>[^\W\d_]+)(?=[ ]?/[ ]?{_UNDER})",
        _only_per,
    ),
)
