"""Written times of day, durations and scores → words."""

from __future__ import annotations

import re

from broadcast.spoken import uncertain
from broadcast.spoken.grammar import Place, Said, rule
from broadcast.spoken.style import Style
from broadcast.spoken.vi.neighbours import COUNTED, ahead
from broadcast.spoken.vi.numbers import DASH, cardinal, to
from broadcast.spoken.vi.units import MAGNITUDES, TIME_AND_COUNT, UNITS
from broadcast.text import CAPITAL

_HOUR = r"(?:[01]?\d|2[0-4])"
_CLOCK = rf"{_HOUR}[ ]?(?:[hH]|[gG]|giờ|:)[ ]?(?:[0-5]\d(?:(?:['’′]|p|ph|phút)(?!\w))?|\d['’′])"
_HOURS = rf"{_HOUR}[ ]?(?:[hHgG]|giờ)(?!\w)"
_END = r"(?![\w]|[:.,]\d|/\d)"
_NUMBERS = re.compile(r"\d+")
_TIME_WORDS = (
    " lúc", " từ", " đến", " vào", " hồi", " khoảng", " trước", " sau", " đúng", " mới", " tới",
    " giờ", " đầu", " cuối", " sáng", " chiều", " tối", " đêm", " trưa",
)  # fmt: skip
_RATIO_WORDS = (" tỷ lệ", " tỉ lệ", " bản đồ", " tỷ lệ là", " tỉ lệ là")
SCORE_WORDS = (
    " tỷ số", " tỉ số", " thắng", " thua", " hòa", " kết quả", " dẫn", " dẫn trước", " chung cuộc",
    " luân lưu", " đánh bại", " vượt qua", " gỡ hòa", " cầm hòa", " thắng lợi", " bại", " set",
    " chiến thắng", " tỷ số là", " tỉ số là", " hiệp một", " hiệp hai", " ván", " thất bại", " hạ",
    " thắng đậm", " thua đậm", " dẫn lại", " ngược dòng", " thắng ngược", " san bằng",
)  # fmt: skip


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
    if place.match["unit"] in "gG" and (
        not place.follows(*_TIME_WORDS) or int(place.match["number"]) > 24
    ):
        return None
    return place.said(f"{cardinal(int(place.match['number']), place.style)} giờ")


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


# In small letters, for Thắng and Hòa are names; what is won, and over whom, may stand between.
_CONTEST = re.compile(
    r"(?:(?<!\w)(?:thắng|thua|hòa|dẫn trước|dẫn(?! đến| tới| đường| chứng)|kết thúc|khép lại"
    r"|vượt qua|đánh bại|hạ gục|thất bại|thất thủ|cầm chân|cầm hòa|chia điểm|gục ngã|sát nút"
    r"|san bằng|gỡ hòa|quật ngã|đè bẹp|lội ngược dòng|ấn định|nâng tỷ số|tỷ số)"
    r"|^(?:Thắng|Thua|Hòa|Dẫn|Kết thúc))"
    r"(?!\w)[^.;!?]{0,45}$"
)
_GUIDED = re.compile(r"(?:hướng|chỉ|trích|viện) dẫn[^.;!?]*$")
_SCORES = re.compile(r"\s*\(?(?:\s*\d+\s*[-–]\s*\d+\s*[,;(]\s*)*$")


def _score(place: Place) -> Said | None:
    """2-1 after a word of contest, or between two names (Việt Nam 2-1 Thái Lan)."""
    numbers = [int(part) for part in _NUMBERS.findall(place.match[0])]
    if place.follows(" sơ đồ", " đội hình", " chiến thuật") and len(numbers) > 1:
        return place.said(" ".join(cardinal(each, place.style) for each in numbers))
    if len(numbers) != 2:
        return None
    said = " ".join(cardinal(each, place.style) for each in numbers)
    opened = place.text[: place.start].rstrip()
    near = _SCORES.sub("", opened[-90:].casefold())
    clause = f" {near}"
    contest = clause.endswith(SCORE_WORDS) or any(
        f"{word} với" in clause or f"{word} sát nút" in clause or word in clause[-26:]
        for word in (" tỷ số", " tỉ số", " chung cuộc", " luân lưu", " set", " thắng", " hòa")
    )
    contest = contest or (opened.endswith(":") and " trận" in clause)
    contest = contest or _contested(_SCORES.sub("", opened[-90:])[-60:])
    if contest and not _counted(place):
        return place.said(said)
    one = re.search(rf"(?<!\w)[{CAPITAL}][\w]*$", opened)
    other = re.match(rf" [{CAPITAL}]\w+", place.text[place.end :])
    if one and other and not place.follows(" ngày", " số", " điều", " khoản"):
        return place.said(said, doubt=uncertain.TAKEN_FOR_SCORE)
    return None


def _contested(before: str) -> bool:
    return bool(_CONTEST.search(before)) and not _GUIDED.search(before)


_THINGS = (
    *COUNTED,
    *ahead(*TIME_AND_COUNT, *MAGNITUDES, *UNITS, "đồng", "tuổi", "độ", "điểm", "bàn", "trận"),
)


def _counted(place: Place) -> bool:
    return place.after.startswith(_THINGS)


TIME_RULES = (
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

SCORE_RULES = (
    rule("score", r"\d{1,3}[ ]?[-–][ ]?\d{1,3}(?:[-–]\d{1,2})*(?![\d%/.,:]\d|\w|%)", _score),
    rule("score", r"\d{1,2}:\d{1,2}(?!\d|\w)", _score),
)
