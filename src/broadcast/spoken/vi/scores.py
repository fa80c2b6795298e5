"""Written scores of games (3-1, 0-2, 25-22) → words."""

from __future__ import annotations

import re

from broadcast.spoken import uncertain
from broadcast.spoken.grammar import Place, Said, rule
from broadcast.spoken.vi.neighbours import COUNTED, DOCUMENTS, ahead
from broadcast.spoken.vi.numbers import cardinal
from broadcast.spoken.vi.units import MAGNITUDES, TIME_AND_COUNT, UNITS
from broadcast.text import CAPITAL

_NUMBERS = re.compile(r"\d+")
SCORE_WORDS = (
    " tỷ số", " tỉ số", " thắng", " thua", " hòa", " kết quả", " dẫn", " dẫn trước", " chung cuộc",
    " luân lưu", " đánh bại", " vượt qua", " gỡ hòa", " cầm hòa", " thắng lợi", " bại", " set",
    " chiến thắng", " tỷ số là", " tỉ số là", " hiệp một", " hiệp hai", " ván", " thất bại", " hạ",
    " thắng đậm", " thua đậm", " dẫn lại", " ngược dòng", " thắng ngược", " san bằng",
)  # fmt: skip


# In small letters, for Thắng and Hòa are names; what is won, and over whom, may stand between.
_CONTEST = re.compile(
    r"(?:(?<!\w)(?:thắng|thua|hòa|dẫn trước|dẫn(?! đến| tới| đường| chứng)|kết thúc|khép lại"
    r"|vượt qua|đánh bại|hạ gục|thất bại|thất thủ|cầm chân|cầm hòa|chia điểm|gục ngã|sát nút"
    r"|san bằng|gỡ hòa|quật ngã|đè bẹp|lội ngược dòng|ấn định|nâng tỷ số|tỷ số)"
    r"|(?:^|[\"“‘(:])(?:Thắng|Thua|Hòa|Dẫn|Kết thúc))"
    r"(?!\w)[^.;!?]{0,45}$"
)
_GUIDED = re.compile(r"(?:hướng|chỉ|trích|viện) dẫn[^.;!?]*$")
_MOMENT = re.compile(
    r"(?:(?<!\w)(?:phút|hiệp|h|set|ván|game)(?: thứ)? ?\w{0,4}:|bàn gỡ|gỡ|vẫn là|cân bằng|rút ngắn"
    r"|lượt đi|lượt về)\s*$"
)
_ANOTHER = re.compile(r"(?<![\w/.-])\d{1,2}-\d{1,2}(?![\w/.%-])")
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
    counted = place.after.startswith(THINGS)
    downward = numbers[0] == 0 or numbers[0] >= numbers[1]
    if (contest and (downward or not counted)) or (_MOMENT.search(near) and not counted):
        return place.said(said)
    one = re.search(rf"(?<!\w)[{CAPITAL}][\w]*$", opened)
    other = re.match(rf" [{CAPITAL}]\w+", place.text[place.end :])
    alone = not opened or place.after.startswith("=")
    named = one and other and not place.follows(" ngày", " số", " điều", " khoản")
    if named or (not (counted or alone) and (_no_range(place, *numbers) or _beside_a_score(place))):
        return place.said(said, doubt=uncertain.TAKEN_FOR_SCORE)
    return None


def _contested(before: str) -> bool:
    return bool(_CONTEST.search(before)) and not _GUIDED.search(before)


def _no_range(place: Place, one: int, other: int) -> bool:
    """Whether what could be a score cannot go from one number up to the other."""
    return (one == 0 or one >= other) and max(one, other) <= _MOST and not _is_called(place)


def _beside_a_score(place: Place) -> bool:
    """Whether another score is told in the same sentence: phút 20: 0-2, sau đó 1-2."""
    opened = max(0, place.start - _NEAR)
    near = place.text[opened : place.end + _NEAR]
    return not _is_called(place) and any(
        each.start() + opened != place.start
        and _contested(near[max(0, each.start() - 40) : each.start()])
        for each in _ANOTHER.finditer(near)
    )


def _is_called(place: Place) -> bool:
    return place.follows(*_CALLED, *DOCUMENTS)


_MOST = 30
_NEAR = 120
# What bears a number of two parts, or goes down as well as up.
_CALLED = (
    " số", " điều", " khoản", " mục", " ngày", " tháng", " lớp", " tổ", " lô", " ghế", " phòng",
    " bài", " câu", " trang", " chương", " từ", " trong", " đến", " tầng", " đường", " khoảng",
    " độ", " mức", " dưới", " còn", " giảm", " tiết", " tuần", " khu", " mã", " nhóm", " loại",
)  # fmt: skip
THINGS = (
    *COUNTED,
    *ahead(*TIME_AND_COUNT, *MAGNITUDES, *UNITS, "đồng", "tuổi", "độ", "điểm", "bàn", "trận"),
)
"""What is counted or measured, as it begins what comes after a number."""

SCORE_RULES = (
    rule("score", r"\d{1,3}[ ]?[-–][ ]?\d{1,3}(?:[-–]\d{1,2})*(?![\d%/.,:]\d|\w|%)", _score),
    rule("score", r"\d{1,2}:\d{1,2}(?!\d|\w)", _score),
)
