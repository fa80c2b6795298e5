"""The days of the week as they are written short (T2-T6, T7, CN; thứ 2 - 6) → words."""

from __future__ import annotations

import re

from broadcast.spoken.grammar import Place, Said, rule
from broadcast.spoken.vi.months import END
from broadcast.spoken.vi.numbers import DASH, ordinal, to

_DAY = r"(?:(?:T[2-7]|CN)(?![\w/-]|\.\d)|[Tt]hứ (?:[2-7]|hai|ba|tư|năm|sáu|bảy)(?!\w))"
_BETWEEN = r"(?:(?:,|;|&|-|–|/|và|đến|tới|hoặc|hay)\s*)+"
_DAY_NEXT = re.compile(rf"\s*{_BETWEEN}{_DAY}")
_DAY_LAST = re.compile(rf"{_DAY}\s*{_BETWEEN}$")
# T1, and T8 to T12, are months, and so is what stands with them.
_MONTH_NEAR = re.compile(r"(?<!\w)T(?:1[0-2]?|[89])(?!\w)")
_NO_DAY_BEFORE = (" tháng", " ga", " nhà ga", " nhà", " tòa", " tòa nhà", " khu", " lô", " block")
_PART_BEFORE = (" sáng", " chiều", " tối", " trưa", " đêm", " hôm", " các ngày", " ngày")
_WEEK_AFTER = ("hằng tuần", "hàng tuần", "tuần này", "tuần sau", "tuần tới", "tuần trước")
_NEAR = 25


def _numbered_days(place: Place) -> Said | None:
    """thứ 2 - 6, thứ 2 - CN: the days of the week from one to the other."""
    if not place.follows(" thứ"):
        return None
    other = place.match["other"]
    last = ordinal(int(other), place.style) if other else "Chủ nhật"
    return place.said(to(ordinal(int(place.match["one"]), place.style), last, place.style))


def _days(place: Place) -> str:
    """T2-T6, T3-CN."""
    one, other = (
        f"thứ {ordinal(int(part), place.style)}" if part else "Chủ nhật"
        for part in (place.match["one"], place.match["other"])
    )
    return to(one, other, place.style)


def _day(place: Place) -> str | None:
    """T7 beside another day of the week (T2, T4, CN), or after a part of the day (tối T7)."""
    before = place.text[max(0, place.start - _NEAR) : place.start]
    after = place.text[place.end : place.end + _NEAR]
    if place.follows(*_NO_DAY_BEFORE) or any(map(_MONTH_NEAR.search, (before, after))):
        return None
    listed = _DAY_NEXT.match(after) or _DAY_LAST.search(before)
    told = place.follows(*_PART_BEFORE) or place.after.startswith(_WEEK_AFTER)
    headed = before.rstrip()[-1:] in ("", ";", "\n") and re.match(r": ?[^\W\d]", after)
    if not (listed or told or headed):
        return None
    return f"thứ {ordinal(int(place.match['day']), place.style)}"


NUMBERED_DAY_RULES = (
    rule("weekdays", rf"(?P<one>[2-7]){DASH}(?:(?P<other>[3-7]){END}|CN)(?!\w)", _numbered_days),
)
DAY_NAME_RULES = (
    rule("weekdays", rf"T(?P<one>[2-7]){DASH}(?:T(?P<other>[3-7])|CN)(?![\w/])", _days),
    rule("weekday", r"T(?P<day>[2-7])(?![\w/]|[.,-]\d)", _day),
)
