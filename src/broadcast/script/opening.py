"""What stands before the first turn, parted into title, lead, byline and page furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence

from broadcast.script import reasons
from broadcast.script.credits import byline_words, is_signature, names_staff
from broadcast.script.entries import WrittenLine
from broadcast.script.furniture import is_headline, is_portrait_caption
from broadcast.script.mail import drop_head
from broadcast.script.names import Words, is_place
from broadcast.text import folded

_NAMED = re.compile(
    r"\s*(?P<what>tiêu đề|tít|tựa đề|tên (?:bài|chương trình)|title|headline|sa ?p[oô]|lời dẫn|dẫn"
    r"|(?:lời )?(?:mở đầu|giới thiệu)|tóm tắt|lead|intro|standfirst)\s*[:：]\s*",
    re.IGNORECASE,
)
_COLUMN = re.compile(
    r"(?:phỏng vấn|trò chuyện|đối thoại|tọa đàm|gặp gỡ|gương sáng|câu chuyện|chuyện|góc|talk"
    r"|interview)\b"
)
SITE = re.compile(
    r"(?:cổng|trang)(?: thông tin| tin)? điện tử|báo điện tử|đài (?:phát|truyền) thanh|đài pt th"
    r"|(?:ủy|uỷ) ban nhân dân|ubnd|cộng (?:hòa|hoà) xã hội chủ nghĩa|độc lập tự do hạnh phúc"
    r"|(?:chào mừng|welcome)\b.*(?:trang|cổng|website|site)\b"
)
"""What a site, not an article, is called, folded."""
_CARD = re.compile(
    r"(?:(?:tên )?chuyên (?:mục|đề)|thời lượng(?: \w+){0,3}|thời gian|địa điểm"
    r"|ngày (?:phỏng vấn|thực hiện|ghi âm|ghi hình|thu(?: âm| thanh)?)|đối tượng(?: phỏng vấn)?"
    r"|thời gian phát(?: sóng)?|ngày phát(?: sóng)?|giờ phát(?: sóng)?|phát sóng"
    r"|ghi chú|khách mời|nhân vật|người (?:được phỏng vấn|trả lời|phỏng vấn)"
    r"|thành phần(?: tham gia)?|guests?|chương trình số|số phát sóng"
    r"|thể loại|duration|air date|slug|running time)\s*[:：]",
    re.IGNORECASE,
)
_AIRED = re.compile(
    r"(?:(?:chuyên (?:mục|đề)|chương trình|bản tin|tiết mục|số)\b.{0,80}?\W\s*)?"
    r"(?:phát(?: sóng| thanh)?|lên sóng|ghi âm|thu (?:âm|thanh)|airs|aired|broadcast|recorded)"
    r"\s*(?::|(?:vào |on |at )?(?:lúc|ngày|sáng|trưa|chiều|tối|thứ|số|kỳ|\w{3,6}day)\b"
    r"|(?=\d{1,2}\s*(?:giờ|h|:|/)))[^.?!]{0,40}\d[^.?!]{0,30}",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"kịch bản (?:phỏng vấn|(?:chương trình|phóng sự|t(?:ọa|oạ) đàm|bản tin)(?: phát thanh)?"
    r"|phát thanh|truyền thanh)|(?:phần )?nội dung(?: (?:cuộc |bài )?(?:phỏng vấn|trao đổi))?"
    r"|phần (?:phỏng vấn|trao đổi)",
    re.IGNORECASE,
)
_COLUMN_IN_BRACKETS = re.compile(
    r"\((?:chuyên (?:mục|đề)|chương trình|bản tin|tiết mục|phát(?: sóng| thanh)|số \d|ghi chú)\b"
    r"[^()]*\)",
    re.IGNORECASE,
)
_NAMES_COLUMN = re.compile(r"(?:tên )?chuyên (?:mục|đề)\s*[:：]", re.IGNORECASE)
_TITLES = {"tiêu đề", "tít", "tựa đề", "tên bài", "tên chương trình", "title", "headline"}


class Opening:
    """The parts found before the first turn; ``lead`` holds entries with their words."""

    def __init__(self) -> None:
        self.title: WrittenLine | None = None
        self.title_words = ""
        self.lead: list[tuple[WrittenLine, str]] = []
        self.bylines: list[tuple[WrittenLine, str]] = []
        self.menu: list[WrittenLine] = []


def opening_of(entries: Sequence[WrittenLine], given_title: str | None) -> Opening:
    """Part the entries; those that are not used get ``why_dropped``."""
    opening = Opening()
    rest = [entry for entry in entries if entry.text]
    drop_head(rest)
    rest = _named([entry for entry in rest if entry.why_dropped is None], opening)
    rest = _without_furniture(rest, opening)
    if opening.title is None:
        _find_title(rest, opening, given_title)
    if opening.title is None and given_title is None:
        _find_column(entries, opening)
    # The title of a page stands above its menu as often as below it.
    place = {id(entry): at for at, entry in enumerate(entries)}
    title_at = -1 if opening.title is None else place[id(opening.title)]
    after = sum(place[id(entry)] <= title_at for entry in rest)
    for entry in rest[:after]:
        if entry is opening.title:
            continue
        if given_title is None and entry.ends_sentence and len(entry.text.split()) >= 12:
            opening.lead.append((entry, entry.text))
        else:
            entry.why_dropped = reasons.BEFORE_TITLE
    below = rest[after:]
    if opening.title is not None and _is_author(below):
        opening.bylines.insert(0, (below[0], below[0].text))
        del below[0]
    whole = [*below, *(entry for entry, _ in opening.lead)]
    finished = any(_is_prose(entry) and entry.ends_sentence for entry in whole)
    for at, entry in enumerate(below):
        if entry.heading > 1 and not entry.ends_sentence and len(entry.text.split()) < 12:
            entry.why_dropped = reasons.HEADING_BEFORE
        elif is_portrait_caption(entry.text) and not entry.verbatim:
            entry.why_dropped = reasons.CAPTION
        elif opening.title is not None and _names_station(entry):
            entry.why_dropped = reasons.STATION
        elif finished and _is_fragment(entry, below[at + 1 : at + 2]):
            entry.why_dropped = reasons.FRAGMENT
        else:
            opening.lead.append((entry, entry.text))
    opening.lead.sort(key=lambda found: place[id(found[0])])
    return opening


def _names_station(entry: WrittenLine) -> bool:
    """Whether a line below the title says no more than whose page or which column it is."""
    if entry.verbatim or entry.ends_sentence or len(entry.text.split()) > 10:
        return False
    key = folded(entry.text)
    return key.startswith(("chuyên mục ", "tiết mục ")) or SITE.match(key) is not None


def _is_fragment(entry: WrittenLine, below: Sequence[WrittenLine]) -> bool:
    """Whether a short line is no sentence, nor a part of one that goes on below it."""
    text = entry.text
    if entry.verbatim or len(text.split()) > 15 or not text[:1].isupper() | (text[:1] == "("):
        return False
    if below and not below[0].after_gap and below[0].text[:1].islower():
        return False
    return (text[0] == "(" and text[-1] == ")") or not entry.ends_sentence


def _is_author(entries: Sequence[WrittenLine]) -> bool:
    """Whether the line below the title is the author's name: the lead comes after it."""
    if len(entries) < 2 or entries[0].verbatim or entries[0].heading:
        return False
    if _names_station(entries[0]):
        return False
    return (
        len(entries[0].text.split("(")[0].split()) <= 4
        and is_signature(entries[0].text)
        and not is_place(Words.of(entries[0].text))
        and _is_prose(entries[1])
    )


def _named(entries: list[WrittenLine], opening: Opening) -> list[WrittenLine]:
    """Take what says itself what it is: "Tiêu đề: …", "Lời dẫn: …"."""
    rest = []
    for place, entry in enumerate(entries):
        found = None if entry.verbatim else _NAMED.match(entry.text)
        if found is None:
            rest.append(entry)
            continue
        words = entry.text[found.end() :]
        if found["what"].casefold() in _TITLES:
            if opening.title is None:
                opening.title, opening.title_words = entry, words
            else:
                rest.append(entry)
        elif words:
            opening.lead.append((entry, words))
        else:
            entry.why_dropped = (
                reasons.LEAD_WORD if place + 1 < len(entries) else reasons.EMPTY_LEAD
            )
    return rest


def _without_furniture(entries: list[WrittenLine], opening: Opening) -> list[WrittenLine]:
    rest: list[WrittenLine] = []
    listing = False
    above: WrittenLine | None = None
    for entry in entries:
        why = entry.furniture if entry.heading != 1 else None
        if why is None and not entry.verbatim and _is_card(entry.text):
            why = reasons.CARD
        if why is not None:
            entry.why_dropped = why
            listing = entry.begins_section
        elif (
            (entry.is_byline or names_staff(entry.text))
            and entry.heading == 0
            and not entry.verbatim
        ):
            opening.bylines.append((entry, byline_words(entry.text)))
        elif (
            listing
            and not entry.verbatim
            and is_headline(entry.text)
            and len(entry.text.split()) < 8
            and not entry.after_gap
        ):
            entry.why_dropped = reasons.LIST_ENTRY
        else:
            listing = False
            if above is not None and above.furniture is reasons.MENU and not entry.after_gap:
                opening.menu.append(entry)
            rest.append(entry)
        above = entry
    return rest


def _is_card(text: str) -> bool:
    """Whether a line gives the particulars of the programme: its column, its length, its day."""
    if len(text.split()) > 20:
        return False
    return (
        _CARD.match(text) is not None
        or _HEADING.fullmatch(text.strip(" *_:.–-")) is not None
        or _AIRED.fullmatch(text.strip(" ()[]*_.–-")) is not None
        or _COLUMN_IN_BRACKETS.fullmatch(text.strip(" *_")) is not None
    )


def _find_title(entries: list[WrittenLine], opening: Opening, given: str | None) -> None:
    """The title: the heading, or the line before the lead that could be one."""
    for entry in entries:
        if entry.verbatim:
            continue
        if entry.heading == 1 or (given is not None and folded(entry.text) == folded(given)):
            opening.title, opening.title_words = entry, entry.text
            if given is not None and folded(entry.text) != folded(given):
                entry.why_dropped = reasons.OTHER_TITLE
            return
    if given is not None:
        return
    prose = next((at for at, entry in enumerate(entries) if _is_prose(entry)), len(entries))
    lines = [
        entry
        for entry in entries[:prose]
        if not entry.verbatim and not entry.text.rstrip().endswith((".", ":", ";"))
    ]
    if not lines:
        return
    lines = [entry for entry in lines if not SITE.match(folded(entry.text))] or lines
    lines = [entry for entry in lines if entry not in opening.menu] or lines
    menu = sum(len(entry.text.split()) <= 4 for entry in lines) >= 3
    long = [entry for entry in lines if len(entry.text.split()) >= 5]
    if menu and long:
        chosen = long[-1]
    else:
        chosen = next((entry for entry in lines if not _is_kicker(entry, lines)), lines[0])
    opening.title, opening.title_words = chosen, chosen.text


def _find_column(entries: Sequence[WrittenLine], opening: Opening) -> None:
    """The name of the column is the title of a programme that has no other."""
    for entry in entries:
        if entry.why_dropped is reasons.CARD and _NAMES_COLUMN.match(entry.text):
            opening.title, opening.title_words, entry.why_dropped = entry, entry.text, None
            return


def _is_kicker(entry: WrittenLine, lines: Sequence[WrittenLine]) -> bool:
    """Whether a line above the title names only the column: "PHỎNG VẤN", "Chuyên mục: …"."""
    words = len(entry.text.split())
    longer = any(len(other.text.split()) >= 2 * words for other in lines if other is not entry)
    if words <= 6 and _COLUMN.match(folded(entry.text)) and ":" not in entry.text:
        return any(len(other.text.split()) >= 5 for other in lines if other is not entry)
    return longer and (words <= 3 or folded(entry.text).startswith(("chuyên mục", "chương trình")))


def _is_prose(entry: WrittenLine) -> bool:
    return len(entry.text.split()) >= 18 or (
        entry.ends_sentence and len(entry.text.split()) >= 8 and not entry.text.endswith("?")
    )
