"""A sentence and who is named in it, turned into what each is there: "hỏi bà Lò Thị Inh" is met."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto

from broadcast.script import vocabulary
from broadcast.script.mentions import Mention, mentions
from broadcast.script.names import Words
from broadcast.text import folded


class Told(Enum):
    """What a sentence says of somebody in it, from nothing to that the reporter met them."""

    CITED = auto()
    NAMED = auto()
    SAYS = auto()
    SPEAKS = auto()
    MET = auto()


_MEETS = re.compile(
    r"\b(?:phỏng vấn|(?:trao đổi|trò chuyện|chuyện trò|nói chuyện|đối thoại|tiếp xúc|làm việc"
    r"|tọa đàm|giao lưu|buổi gặp(?: mặt)?)\b(?: nhanh| ngắn| thêm| riêng)?"
    r"|ngồi (?:lại )?(?:với|cùng)|hỏi (?:chuyện|nhanh|thăm|ý kiến)"
    r"|(?:phóng viên|pv|báo|đài|chúng tôi|tôi|này|tuần \w+) (?:đã )?hỏi"
    r"|(?:đã|tìm|được|có dịp|dịp|từng) gặp(?: gỡ| lại| nhanh)?|gặp(?: gỡ| lại)?"
    r"|tìm (?:đến|về)(?: nhà)?|(?:ghé|đến|về|lên) thăm|gọi điện (?:cho|tới)"
    r"|liên (?:hệ|lạc) (?:với|tới)|kết nối với"
    r"|chuyển (?:tới|đến)|khách mời\b[^.,:;]{0,40}?\b(?:là|hôm nay|:)|khách mời|lắng nghe|cùng nghe"
    r"|sự tham gia của|nghe(?: những)? (?:chia sẻ|ý kiến|lời|câu chuyện)|giới thiệu"
    r"|(?:chia sẻ|tâm sự|ý kiến|giải đáp|lời kể|câu trả lời|phát biểu) của|xin mời|mời"
    r"|interview(?:s|ed|ing)?(?: with)?|(?:spoke|speaks?|sat down|caught up|talk(?:s|ed)?|met up"
    r"|in conversation|conversation) (?:to|with)|met|meets?|asked|joined by|joining us|guest(?:s)?"
    r"(?: today| this morning)? (?:is|are)|with us (?:now|today)(?: is)?"
    r"|here (?:is|with us)|welcome|câu hỏi (?:cho|với|dành cho)|hỏi đáp (?:với|cùng)|q ?& ?a with"
    r"|questions (?:for|to)|chat(?:s|ted)? (?:to|with))\b",
    re.IGNORECASE,
)
_ANSWERS = re.compile(
    r"\b(?:trả lời(?! chất vấn)|(?:đã )?dành(?: ít| chút| thời gian| cho| riêng)|giải đáp"
    r"|tiếp (?:chúng tôi|pv|phóng viên|tôi)|nói chuyện với"
    r"|trò chuyện với|chia sẻ với|tâm sự với|nói với|kể với|kể cho"
    r"|kể lại|lần đầu nói|mở đầu câu chuyện|bắt đầu câu chuyện|trao đổi với|cởi mở|nói thẳng"
    r"|(?:talked|spoke|speaks|talks|explains?|told|tells|answers|joins|joined)(?: to| with)?)\b",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\b(?:chia sẻ|tâm sự|kể|cho biết|cho hay|cho rằng|nói|nhận định|khẳng định|thừa nhận|lý giải"
    r"|giải thích|bộc bạch|nhớ(?: lại| từng)?|bày tỏ|trao đổi|trò chuyện|chỉ cách|hướng dẫn"
    r"|tư vấn|phân tích|gửi lời)\b",
    re.IGNORECASE,
)
_ONCE = re.compile(r"\b(?:từng|lúc sinh thời|xưa|last (?:week|year|month))\s*$", re.IGNORECASE)
_US = re.compile(
    r"\b(?:chúng tôi|phóng viên|pv|báo(?: chí)?|tạp chí|tòa soạn|bạn đọc|bạn nghe đài|thính giả"
    r"|quý vị|đài|tôi|truyền hình|truyền thông|the (?:herald|gazette|times|post|station|show)|us|me"
    r"|our \w+)\b",
    re.IGNORECASE,
)
_TO_US = re.compile(
    r"\s*(?:nhanh\s+)?(?:(?:với|cùng|cho|của|to|with|từ)\s+)?(?:(?:các|nhóm|riêng)\s+)?(?:"
    + _US.pattern
    + r")|\s*(?:với|cùng|cho)\s+[A-ZĐ]",
)
_NOT_OWN = re.compile(
    r"(?:của|cố|vua|danh họa|liệt sĩ|đại thi hào|con trai|con gái|con của|cháu|học trò|mang tên"
    r"|ngày (?:sinh|mất)|đường|phố|tượng|lăng|giải|cúp|công ty|hợp tác xã|htx|the late|of"
    r"|(?:our|by)(?: \w+){0,2})\s+$",
    re.IGNORECASE,
)
_OWN_WORDS = re.compile(
    r"(?:trò chuyện|trao đổi|chia sẻ|lời|lời kể|câu chuyện|ý kiến|tâm sự|giải đáp|phát biểu"
    r"|tham gia|trả lời|nhà|interview|words)(?: \w+){0,2} (?:của|of)\s+$",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:\([^)]*\))?\s*(?:và|cùng|với|and|&)(?: với| của| chồng| vợ)?\s*")
_MOST_BETWEEN = 150
_LONGEST_QUESTION = 1_500
_AGE = re.compile(
    r"\s*[,(]\s*(?:sn|sinh năm)?\s*\d{2}(?:\d\d)?(?: tuổi)?\b|\s*[,–—-]\s*(?:một )?(?:người|who\b)"
)
_POST = re.compile(r"\s*(?:\([^)]{3,}\)|\s[-–—]\s?|,|[–—])\s*(?:hiện (?:là|làm) |nguyên |the )?")
_PRONOUN = r"(?P<who>ông|bà|anh|chị|cô|em|cha|thầy|cụ|chú|bác|he|she)"
_SPEAKS = re.compile(
    rf"\A[“\"]?{_PRONOUN}\b[^.?!]{{0,60}}?\b(?:{_ANSWERS.pattern}|tiếp|gặp|ngồi|nói|kể"
    r"|có (?:cuộc|buổi)|cho biết|cho hay|chia sẻ)",
    re.IGNORECASE,
)
_IS_MET = re.compile(
    r"\b(?:gặp|hỏi(?: chuyện)?|phỏng vấn|nghe|(?:trò chuyện|trao đổi|ngồi|cùng|nói chuyện|tôi)"
    rf"(?: \w+)? (?:với|cùng)) {_PRONOUN}\b"
    r"|\b(?:met|interviewed|asked|visited|(?:spoke|talked) (?:to|with)) (?P<whom>her|him)\b",
    re.IGNORECASE,
)
_ADDRESSES = re.compile(
    r"\b(?:thưa|kính thưa|xin chào|chào mừng|chào|cảm ơn|cám ơn|hỏi|hello|hi|welcome"
    r"|thank you|thanks)"
    r"\s*,?\s*$",
    re.IGNORECASE,
)
_INTRODUCES = re.compile(
    r"\b(?:tôi (?:tên )?là|tôi tên|tên tôi là|mình là|em là|em tên(?: là)?|my name is|my name’s"
    r"|my name's|i am|i’m|i'm)\s+$",
    re.IGNORECASE,
)


def parts_in(sentence: str, people: Sequence[Mention]) -> list[Told]:
    """Say of each of ``people`` what the sentence tells of them."""
    parts = [Told.CITED if _is_cited(sentence, one) else Told.NAMED for one in people]
    at: int | None
    for place, one in enumerate(people):
        colon = sentence[one.end : one.end + 2]
        if (
            not one.alike
            and one.start <= 8
            and colon.lstrip()[:1] == ":"
            and parts[place] is Told.NAMED
        ):
            parts[place] = Told.SPEAKS  # "GS Hoài: Không thể …"
    # "Chị ngồi với Young Craft": whom she meets is the paper.
    spoken = _pronoun(_SPEAKS, sentence) is not None
    spans = [one.span() for one in _MEETS.finditer(sentence)]
    for found in _ANSWERS.finditer(sentence):
        at = _before(found.start(), people, parts)
        if at is None and _TO_US.match(sentence, found.end()) is not None:
            at = _after(found.end(), sentence, people, parts)
        if at is not None and not _ONCE.search(sentence[: found.start()]):
            _raise(parts, at, Told.MET, sentence, people)
    for start, end in spans:
        if _is_within_name(start, end, people):
            continue
        to_us = spoken or _TO_US.match(sentence, end)
        at = None if to_us else _after(end, sentence, people, parts)
        if at is None:
            at = _before(start, people, parts)
        if at is None and not spoken:
            at = _after(end, sentence, people, parts)
        if at is not None and not (at and _ONCE.search(sentence[:start])):
            _raise(parts, at, Told.MET, sentence, people)
    for found in _SAYS.finditer(sentence):
        at = _before(found.start(), people, parts)
        if at is None or _ONCE.search(sentence[: found.start()]):
            continue
        us = _US.search(sentence, found.end()) is not None or sentence.rstrip().endswith(":")
        _raise(parts, at, Told.SPEAKS if us else Told.SAYS, sentence, people, alone=True)
    return parts


def _raise(
    parts: list[Told],
    at: int,
    part: Told,
    sentence: str,
    people: Sequence[Mention],
    *,
    alone: bool = False,
) -> None:
    """Let person ``at`` have at least ``part``, and those with whom they are named together."""
    if parts[at].value < part.value:
        parts[at] = part
    if alone:
        return
    for step in (1, -1):
        place = at
        while 0 <= place + step < len(people):
            one, other = sorted((people[place], people[place + step]), key=lambda who: who.start)
            between = sentence[one.end : other.start]
            if people[place + step].alike or not _AND.fullmatch(between):
                break
            place += step
            if parts[place] is not Told.CITED:
                parts[place] = part


def _is_within_name(start: int, end: int, people: Sequence[Mention]) -> bool:
    return any(one.start < end and start < one.end for one in people)


def _is_cited(sentence: str, one: Mention) -> bool:
    before = sentence[: one.start]
    return _NOT_OWN.search(before) is not None and _OWN_WORDS.search(before) is None


def _before(start: int, people: Sequence[Mention], parts: Sequence[Told]) -> int | None:
    """The last who is named before a verb and could be the one who speaks."""
    fits = [
        at
        for at, one in enumerate(people)
        if one.end <= start and parts[at] is not Told.CITED and not one.asks and not one.alike
    ]
    whole = [
        at
        for at, one in enumerate(people)
        if one.end <= start and parts[at] is not Told.CITED and not one.asks and _stands_first(one)
    ]
    fits = fits or whole
    return fits[-1] if fits else None


def _stands_first(one: Mention) -> bool:
    return one.start == 0


def _after(end: int, sentence: str, people: Sequence[Mention], parts: Sequence[Told]) -> int | None:
    """The first who is named after a verb, near it, and does not ask."""
    near = [
        at
        for at, one in enumerate(people)
        if end <= one.start <= end + _MOST_BETWEEN and parts[at] is not Told.CITED and not one.asks
    ]
    sure = [at for at in near if not people[at].alike]
    close = [at for at in near if not sentence[end : people[at].start].strip(' ,:“"')]
    return next(iter(close or sure or near), None)


def has_post(sentence: str, one: Mention) -> bool:
    """Whether a post, a trade or an age stands beside the name: "Lê An, Giám đốc …"."""
    if _AGE.match(sentence, one.end):
        return True
    found = _POST.match(sentence, one.end)
    if found is None:
        return False
    bracket = sentence[one.end : found.end()].strip()
    beside = bracket.strip("() ") if bracket.startswith("(") else sentence[found.end() :]
    words = Words.of(beside)
    return bool(
        words.opening(vocabulary.TITLES | vocabulary.CALLINGS | vocabulary.BEFORE_TITLES)
        or (bracket.startswith("(") and len(words) > 1 and words.keys[:1] != ("ảnh",))
        or (sentence[found.start() : found.end()].rstrip().endswith(" the") and len(words) > 1)
        or (len(words) and words.keys[0] in {"trưởng", "phó", "chủ", "nguyên", "giám", "tổng"})
    )


def speaks_later(sentence: str) -> str | None:
    """The pronoun of whom a sentence lets speak or be met: "Bà" of "Bà kể với chúng tôi …"."""
    return _pronoun(_SPEAKS, sentence) or _pronoun(_IS_MET, sentence)


def _pronoun(pattern: re.Pattern[str], sentence: str) -> str | None:
    for found in pattern.finditer(sentence):
        who = found.lastgroup or ""
        if not sentence[found.end(who) :].lstrip()[:1].isupper():
            return found[who]
    return None


def addressed(question: str) -> Iterator[Mention]:
    """Who is addressed in a question: "Thưa ông Tám, …", "…, thưa GS Toàn?"."""
    for one in mentions(question[:_LONGEST_QUESTION]):
        before, after = question[: one.start], folded(question[one.end : one.end + 6]).split()
        called = after[:1] in (["ơi"], ["ạ"], ["à"])
        if _ADDRESSES.search(before) or (called and not one.alike):
            yield one
    first = re.match(r"([A-Z][a-z]+)(?=, (?:[a-z]|I\b))", question)
    if first is not None and folded(first[1]) not in _NO_NAMES:
        yield Mention(0, first.end(), first[1], first[1], alike=True)


_NO_NAMES = {"so", "well", "now", "and", "but", "yes", "no", "yeah", "look", "okay", "finally"}


def introduced(answer: str) -> Iterator[Mention]:
    """Who says the own name at the beginning of an answer: "Tôi là Lò Thị Inh"."""
    for one in mentions(answer[:300]):
        if _INTRODUCES.search(answer[: one.start]):
            yield one
