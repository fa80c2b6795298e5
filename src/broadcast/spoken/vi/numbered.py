"""What bears a number of two parts, as a class, a team or a lot does (lớp 9/2) → its name."""

from __future__ import annotations

import re

from broadcast.spoken import uncertain
from broadcast.spoken.grammar import Place, Said, rule
from broadcast.spoken.style import Style
from broadcast.spoken.vi.months import END
from broadcast.spoken.vi.neighbours import COUNTED, HOLIDAYS, LIST_TAIL, PART_AFTER
from broadcast.spoken.vi.numbers import cardinal, digits

# Groups of people, and places in a house, a plan or a document: few are called after a day.
_NUMBERED = (
    "lớp", "tổ", "đội", "nhóm", "khối", "tiểu đội", "trung đội", "đại đội", "liên đội", "chi đội",
    "phân đội", "tổ dân phố", "chi hội", "phân hội", "chi bộ", "lô", "thửa", "ô", "căn", "căn hộ",
    "phòng", "block", "dãy", "kiốt", "ki ốt", "kios", "sạp", "quầy", "ghế", "giường", "điều",
    "khoản", "mục", "câu", "bài", "bài tập", "mẫu", "biểu mẫu", "phụ lục", "tờ bản đồ", "tuyến",
    "quốc lộ", "tỉnh lộ", "hương lộ", "liên tỉnh lộ", "khu", "phân khu", "tiểu khu", "khoảnh",
    "cụm", "chốt", "trạm", "cổng", "bến", "cột", "trụ", "cọc", "mốc", "kệ", "tủ",
)  # fmt: skip
# These are as readily called after a day: ấp 3/2, chi đoàn 26/3.
_OFTEN_AFTER_DAYS = ("ấp", "chi đoàn", "khu phố", "phường", "thôn", "buôn", "hợp tác xã", "htx")
# The word is the end of another one, or a day is told after what is done on it.
_OTHERWISE = re.compile(
    r"(?:quân đội|bộ đội|giỗ tổ|quốc tổ|quốc phòng|hải phòng|dự phòng|văn phòng|biên phòng"
    r"|(?:họp|khai giảng|bế giảng|ra quân|sinh hoạt|thành lập) \w+(?: \w+)?)$"
)
# Of these 5-7 is one; of others it is as well all from the fifth to the seventh.
_SINGLE = frozenset((
    "lô", "quốc lộ", "tỉnh lộ", "liên tỉnh lộ", "hương lộ", "tuyến", "phòng", "căn", "căn hộ",
    "ô", "thửa", "block", "kiốt", "ki ốt", "kios", "sạp", "quầy",
))  # fmt: skip
_SEVERAL = re.compile(r"(?<!\w)(?:các|những|từ|mấy|mỗi|hai|ba|bốn|nhiều|gồm)$")
_WORDS = "|".join(sorted((*_NUMBERED, *_OFTEN_AFTER_DAYS), key=len, reverse=True))
_NAMED = re.compile(rf"(?<!\w)(?P<word>{_WORDS})(?: số)?$")
_PLACES = frozenset((
    "xã", "phường", "thị trấn", "huyện", "tỉnh", "thôn", "trường", "ấp", "bản", "quận", "khu phố",
    "khu dân cư", "thành phố", "cơ quan", "đơn vị", "nhà", "ca", "đội", "tổ", "lớp",
    "chi bộ", "đảng bộ", "địa phương",
))  # fmt: skip
_MEMBERS = tuple(word for word in COUNTED if word[:-1] not in _PLACES)
_SIGNS = str.maketrans(dict.fromkeys('"“”‘’:', " "))


def _numbered(place: Place) -> Said | None:
    """lớp 9/2; các lớp 6/1, 6/2; điều 5/2; lô 12-14."""
    near = place.text[max(0, place.start - 70) : place.start].translate(_SIGNS).casefold()
    listed = LIST_TAIL.search(near)
    near = near[: listed.start() if listed else None].rstrip()
    named = _NAMED.search(near)
    if not named or _OTHERWISE.search(near):
        return None
    parts, word = (place.match["one"], place.match["other"]), named["word"]
    one, other = map(int, parts)
    if (one, other) in HOLIDAYS and (one > 12 or word in _OFTEN_AFTER_DAYS):
        return None
    if word == "mốc" and "0" in (parts[0][0], parts[1][0]):  # mốc 01/7 is a day
        return None
    if one <= other and place.after.startswith(_MEMBERS):
        return None
    said = [_said(part, place.style) for part in parts]
    if place.match["sign"] == "/":
        if listed and place.after.startswith(PART_AFTER):
            return None
        return place.said(f" {'trên' if word == 'lớp' else place.style.house_slash} ".join(said))
    if one > other:
        return place.said(", ".join(said))
    if word not in _SINGLE or listed or _SEVERAL.search(near[: named.start()].rstrip()):
        return None
    return place.said(", ".join(said), doubt=uncertain.TAKEN_FOR_ONE)


def _said(part: str, style: Style) -> str:
    return digits(part) if part[0] == "0" else cardinal(int(part), style)


NAMED_RULES = (
    rule(
        "numbered",
        rf"(?P<one>\d{{1,3}})(?P<sign>[/-])(?P<other>\d{{1,3}})(?![\w%]|[-–]\d){END}",
        _numbered,
    ),
)
