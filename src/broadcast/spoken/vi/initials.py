"""What is told of a name instead of all of it (N.T.H, Th.V.Th, H.Long) → its letters."""

from __future__ import annotations

import re

from broadcast.spoken import uncertain
from broadcast.spoken.grammar import Place, Said, rule
from broadcast.spoken.vi.letters import spelled
from broadcast.text import CAPITAL, SMALL

ADDRESSED = frozenset((
    "ông", "bà", "anh", "chị", "em", "cháu", "cô", "chú", "bác", "bé", "con", "cụ", "thầy", "bạn",
    "cáo", "can", "phạm", "nhân", "tên",
))  # fmt: skip
"""The last words of what stands before a name."""
_PEOPLE = (
    *(f" {word}" for word in ADDRESSED - {"cáo", "can", "phạm", "nhân", "con"}),
    " bị cáo", " bị can", " nạn nhân", " bệnh nhân", " công nhân", " nghệ nhân", " nghi phạm",
    " đối tượng", " ca sĩ", " nhạc sĩ", " nghệ sĩ", " họa sĩ", " bác sĩ", " kỹ sư", " luật sư",
    " tiến sĩ", " giáo sư", " đạo diễn", " diễn viên", " người mẫu", " hoa hậu", " nhà văn",
    " nhà thơ", " nhà báo", " phóng viên", " huấn luyện viên", " cầu thủ", " thủ môn",
    " tiền đạo", " bạn đọc", " sinh viên", " học sinh", " nam sinh", " nữ sinh", " thiếu nữ",
    " sản phụ", " bị hại", " nghi can", " vợ", " chồng", " mẹ", " bố", " cha", " ảnh", " bài",
    " giáo", " phụ huynh", " hlv", " vđv", " ns", " nsưt", " nsnd", " bs", " ls", " pv", " mc",
)  # fmt: skip
_LETTER = rf"(?:Ch|Gi|Kh|Ng|Nh|Ph|Qu|Th|Tr|[{CAPITAL}])"
_NAME = rf"(?!{_LETTER}(?!\w))[{CAPITAL}]\w+"
# Letters that stand for a kind of place as readily: P.Thủy Vân, Q.Sơn Phước, H.Long Hồ.
_PLACES = frozenset(("Phường", "Quận", "Huyện", "Xã", "Đường"))
# Of these a letter is the name, and what follows its full stop a new sentence.
_LETTERED = (
    " vitamin", " loại", " nhóm", " hạng", " điểm", " lớp", " khối", " hình", " chữ", " bảng",
    " hàng", " khu", " tổ", " nhà", " dãy", " lô", " hepatitis", " gan", " phương án", " đáp án",
)  # fmt: skip


def _initials(place: Place) -> Said | None:
    """Nguyễn V. A., Ng. T. H., N.T.H, Th.V.Th: letter by letter."""
    written = place.match[0]
    named = re.search(rf"(?<!\w)[{CAPITAL}][{SMALL}]+ $", place.text[: place.start])
    person = named or place.follows(*_PEOPLE)
    known = place.index.entry_at(place.text, place.start)
    if not person and known and (known.end >= place.end or " " in written):
        return None
    if not person and " " in written:
        return None
    ends = written[-1] == "." and not place.text[place.end :].strip("\"”’')] \n")
    said = spelled(written, place.style) + ("." if ends else "")
    return place.said(said, doubt=None if person else uncertain.TAKEN_FOR_NAME)


def _with_name(place: Place) -> str:
    """Q.H.Long: letters of a name, and what is told of it in full."""
    return f"{spelled(place.match['letters'], place.style)} {place.match['name']}"


def _letter_and_name(place: Place) -> Said | None:
    """H.Long, T.HÀ: a letter is one of a name where no place or title can be meant by it."""
    if place.follows(*_LETTERED):
        return None
    person = place.follows(*_PEOPLE)
    known = place.index.entry_at(place.text, place.start)
    if known and not person:
        of_a_place = known.entry.spoken in _PLACES
        if not of_a_place or place.match["more"] or known.end >= place.match.end("name"):
            return None
    said = f"{spelled(place.match['letter'], place.style)} {place.match['name']}"
    doubt = None if person else uncertain.TAKEN_FOR_NAME
    return place.said(said, end=place.match.end("name"), doubt=doubt)


def _letter_alone(place: Place) -> str | None:
    """Anh H. Long: no district where somebody is spoken of."""
    return place.match[0] if place.follows(*_PEOPLE) else None


INITIAL_START = rf"[A-ZĐ][hgriu]?\. ?[{CAPITAL}]"
INITIAL_RULES = (
    rule("initials", rf"(?P<letters>(?:{_LETTER}\.){{2,4}})(?P<name>{_NAME})", _with_name),
    rule(
        "initials",
        rf"{_LETTER}\.(?: ?{_LETTER}\.){{1,4}}(?!\w)|(?:{_LETTER}\.){{1,4}}{_LETTER}(?!\w|\.\w)",
        _initials,
    ),
    rule(
        "initials",
        rf"(?P<letter>{_LETTER})\.(?P<name>{_NAME})(?P<more> [{CAPITAL}]\w*)?",
        _letter_and_name,
    ),
    rule("initials", rf"[PQHXĐ]\. {_NAME}", _letter_alone),
)
