"""Written times of day and durations → words."""

from __future__ import annotations

import re

from broadcast.spoken.grammar import Place, Said, rule
from broadcast.spoken.style import Style
from broadcast.spoken.vi.numbers import DASH, cardinal, to

_HOUR = r"(?:[01]?\d|2[0-4])"
_CLOCK = rf"{_HOUR}[ ]?(?:[hH]|[gG]|giờ|:)[ ]?(?:[0-5]\d(?:(?:['’′]|p|ph|phút)(?!\w))?|\d['’′])"
_HOURS = rf"{_HOUR}[ ]?(?:[hHgG]|giờ)(?!\w)"
_END = r"(?![\w]|[:.,]\d|/\d)"
_NUMBERS = re.compile(r"\d+")
_TIME_WORDS = (
    " lúc", " từ", " đến", " vào", " hồi", " khoảng", " trước", " sau", " đúng", " mới", " tới",
    " giờ", " đầu", " cuối", " sáng", " chiều", " tối", " đêm", " trưa",
)  # fmt: skip
_PARTS_AFTER = (
    "sáng ", "trưa ", "chiều ", "tối ", "đêm ", "khuya ", "rạng ", "ngày ", "hằng ", "hàng ",
    "hôm ", "cùng ngày",
)  # fmt: skip
_RATIO_WORDS = (" tỷ lệ", " tỉ lệ", " bản đồ", " tỷ lệ là", " tỉ lệ là")


def _clock(written: str, style: Style) -> str:
    """Say hours and minutes: 7h30, 7h05, 5h00, 1h30'."""
    hours, minutes = (int(part) for part in _NUMBERS.findall(written)[:2])
    said = f"{cardinal(hours, style)} giờ"
    if not minutes:
        return said
    named = style.minutes or minutes < 10 or not written[-1].isdecimal()
    return f"{said} {cardinal(minutes, style)}" + (" phút" if named else "")


def _one_time(written: str, style: Style) -> str:
    if len(_NUMBERS.findall(written)) > 1:
        return _clock(written, style)
    return f"{cardinal(int(_NUMBERS.findall(written)[0]), style)} giờ"


def _time(place: Place) -> Said | None:
    written = place.match[0]
    if ":" in written:
        return _colon_time(place)
    if place.after.startswith("phút "):
        return place.said(_clock(written, place.style).removesuffix(" phút"))
    return place.said(_clock(written, place.style))


def _colon_time(place: Place) -> Said | None:
    one, other = (int(part) for part in place.match[0].replace(".", "").split(":"))
    if place.follows(*_RATIO_WORDS):
        return place.said(f"{cardinal(one, place.style)} trên {cardinal(other, place.style)}")
    if not re.search(r"^\d\d?:[0-5]\d$", place.match[0]):
        return None
    half = re.compile(r"\s?([AaPp])\.?[Mm]\b\.?").match(place.text, place.end)
    said = _clock(place.match[0], place.style)
    if not half:
        return place.said(said)
    return place.said(f"{said} {_part_of_day(one, half[1])}", end=half.end())


def _part_of_day(hour: int, letter: str) -> str:
    if letter in "Aa":
        return "sáng"
    return "trưa" if hour == 12 else "chiều" if hour < 6 else "tối"


def _seconds(place: Place) -> str:
    """2:15:30: hours, minutes and seconds; what is nought is not said."""
    parts = zip(map(int, _NUMBERS.findall(place.match[0])), ("giờ", "phút", "giây"), strict=True)
    return " ".join(
        f"{cardinal(size, place.style)} {name}" for size, name in parts if size or name == "giờ"
    )


def _times(place: Place) -> str:
    return to(
        _one_time(place.match["one"], place.style), _one_time(place.match["other"], place.style),
        place.style,
    )  # fmt: skip


def _hours_to(place: Place) -> Said | None:
    """8-11h, 8 - 11h30: the hours of both."""
    one = int(place.match["one"])
    return place.said(
        to(cardinal(one, place.style), _one_time(place.match["other"], place.style), place.style)
    )


def _hours(place: Place) -> Said | None:
    """10h, 24h; and the southern 20g, where a word of time stands before."""
    if place.match["unit"] in "gG":
        told = place.follows(*_TIME_WORDS) or place.after.startswith(_PARTS_AFTER)
        if not told or int(place.match["number"]) > 24:
            return None
    return place.said(f"{cardinal(int(place.match['number']), place.style)} giờ")


def _run(place: Place) -> str:
    """2h15'30", 1'58"32: what somebody took, to the hundredth of a second."""
    parts = ((place.match[name], said) for name, said in zip("hmsc", _LENGTHS, strict=True))
    return " ".join(
        f"{cardinal(int(part), place.style)} {name}".rstrip() for part, name in parts if part
    )


_LENGTHS = ("giờ", "phút", "giây", "")


def _minutes(place: Place) -> Said | None:
    """45', 10'30\", 90'+3."""
    opened = re.sub(r"\d['’]", "", place.text[: place.start])
    if opened.count("'") % 2 or opened.count("‘") > opened.count("’"):
        return None
    said = f"{cardinal(int(place.match['minutes']), place.style)} phút"
    if place.follows(" phút", " phút thứ"):
        said = said.removesuffix(" phút")
    if place.match["seconds"]:
        said += f" {cardinal(int(place.match['seconds']), place.style)} giây"
    return place.said(said)


_SECONDS = r"(?P<s>[0-5]?\d)(?:[\"”″]|''|’’)"
TIME_RULES = (
    rule(
        "time",
        rf"(?P<h>\d{{1,2}})[hH](?P<m>[0-5]?\d)['’′]{_SECONDS}(?P<c>\d\d?)?(?!\w)",
        _run,
    ),
    rule("minutes", rf"(?P<h>)(?P<m>\d{{1,3}})['’′]{_SECONDS}(?P<c>\d\d?)(?!\w)", _run),
    rule("time", rf"{_HOUR}:[0-5]\d:[0-5]\d{_END}", _seconds),
    rule(
        "time range", rf"(?P<one>{_CLOCK}|{_HOURS}){DASH}(?P<other>{_CLOCK}|{_HOURS}){_END}", _times
    ),
    rule(
        "time range", rf"(?P<one>{_HOUR}){DASH}(?P<other>{_HOUR}[hH](?:[0-5]\d)?){_END}", _hours_to
    ),
    rule("time", rf"{_CLOCK}{_END}", _time),
    rule("proportion", rf"\d{{1,3}}:(?:\d{{1,3}}(?:\.\d{{3}})+|\d{{1,6}}){_END}", _colon_time),
    rule("time", rf"(?P<number>\d{{1,3}})[ ]?(?P<unit>[hHgG]){_END}(?!/)", _hours),
    rule(
        "seconds",
        r"(?P<seconds>\d{1,2})[\"″](?P<rest>\d{1,2})(?!\w)",
        lambda place: " giây ".join(
            cardinal(int(place.match[part]), place.style) for part in ("seconds", "rest")
        ),
    ),
    rule(
        "minutes",
        r"(?P<minutes>\d{1,3})['′’](?:(?P<seconds>[0-5]?\d)(?:[\"”″]|''|’’))?(?!\w)",
        _minutes,
    ),
)
