"""A line of the head of a script → the day on which it says that the programme is broadcast."""

from __future__ import annotations

import re
from datetime import date

_MOST_WORDS = 24
_ON_AIR = re.compile(
    r"[\s(\[*_–•-]*"
    r"(?:(?:chuyên (?:mục|đề)|chương trình|bản tin|tiết mục|bài|kỳ|số)\b[^.?!]{0,80}?[\s,–(-]+)?"
    r"(?:(?:(?:ngày|giờ|thời gian|lịch|dự kiến|sẽ|đã|được)\s+){0,2}"
    r"(?:phát sóng|phát thanh|lên sóng|phát(?=\s*[:\d]|\s+(?:trong|trên|vào|lúc|ngày|hồi|thứ|sáng"
    r"|trưa|chiều|tối)\b))"
    r"|(?:(?:first|to be|for)\s+)?(?:air(?:s|ed|ing)?(?:\s+date)?|broadcast(?:\s+date)?|on\s+air"
    r"|transmission(?:\s+date)?|tx(?:\s+date)?)(?=\s*[:\d]|\s+(?:on\b|at\b|date\b|\d|[A-Z])))"
    r"(?P<rest>[^?!]*)",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"\b(?:phát lại|ghi (?:âm|hình)|thu (?:âm|thanh)|repeat(?:ed)?|recorded)\b", re.I
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_DATES = tuple(
    re.compile(rf"(?<![\d/.-]){pattern}(?![\d/])", re.IGNORECASE)
    for pattern in (
        rf"{_YEAR}-(?P<month>\d{{2}})-(?P<day>\d{{2}})",
        rf"(?P<day>\d{{1,2}})\s?(?P<sign>[/.-])\s?(?P<month>\d{{1,2}})\s?(?P=sign)\s?{_YEAR}",
        rf"(?P<day>\d{{1,2}})\s+tháng\s+(?P<month>\d{{1,2}})\s*(?:,|/|-|năm)\s*{_YEAR}",
        rf"{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}",
        rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",
    )
)


def air_date_of(text: str) -> date | None:
    """Give the day of "Phát sóng: 17h30 ngày 22/11/2026" or "Air date: 22 November 2026".

    None where the line says something else: when it was recorded, when it is repeated, no year.
    """
    if len(text.split()) > _MOST_WORDS or (found := _ON_AIR.match(text)) is None:
        return None
    rest = found["rest"]
    again = _AGAIN.search(rest)
    days = [
        (one.start(), day)
        for pattern in _DATES
        for one in pattern.finditer(rest, 0, again.start() if again else len(rest))
        if (day := _day(one)) is not None
    ]
    return min(days)[1] if days else None


def _day(found: re.Match[str]) -> date | None:
    parts = found.groupdict()
    day, year = int(parts["day"]), int(parts["year"])
    if parts.get("name"):
        month = _MONTHS.index(parts["name"][:3].casefold()) + 1
    else:
        month = int(parts["month"])
        if month > 12 >= day and parts.get("sign") == "/":
            day, month = month, day  # 11/22/2026, as Americans write it
    try:
        return date(year, month, day)
    except ValueError:
        return None
