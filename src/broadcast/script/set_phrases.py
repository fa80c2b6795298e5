"""A line, told to be a set phrase of an interview: a question, the thanks, the closing words."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from broadcast.script.addressing import address_at, words_of
from broadcast.script.names import Words
from broadcast.script.phrase_patterns import PhrasePattern
from broadcast.script.sentences import sentences

Thanked = Literal["guest", "asker", "nobody"]
"""Whom thanks are said to: who was asked, who asks (or the paper, the state), nobody told."""

_LONGEST_THANKS = 400
_MOST_BEFORE_THANKS = 14
"""Words."""
_MOST_AFTER_THANKS = 6
"""Words of a last sentence that neither thanks nor wishes: "Wipe your feet."."""
_LISTENERS = r"(?:quý (?:vị|thính giả|bạn)|thính giả|các bạn|bạn nghe đài)"
_CLOSES = PhrasePattern(
    rf"(?:(?:vâng|kính|và|thưa {_LISTENERS}(?: và các bạn)?)[,.!]?\s+)*(?:"
    rf"(?:vừa rồi|trên đây)\b[^.?!]{{0,80}}(?:{_LISTENERS}|trao đổi|phỏng vấn|trò chuyện|phóng sự"
    r"|chương trình|chuyên mục|bản tin|t(?:ọa|oạ) đàm)"
    rf"|{_LISTENERS}[^.!?]{{0,40}} (?:vừa|đã|đang) (?:nghe|theo dõi|cùng)"
    r"|(?:chương trình|chuyên mục|bản tin|tiết mục|cuộc \w+ \w+|t(?:ọa|oạ) đàm)\b[^.?!:]{0,100}"
    r" (?:đến đây|xin (?:được |phép )*(?:tạm )?(?:dừng|kết thúc|khép)|là hết|kết thúc tại đây)"
    r"|(?:xin )?(?:trân trọng |chân thành )?(?:chào tạm biệt|kính chào|c[ảá]m ơn)"
    r" (?:quý thính giả|(?:quý vị|các bạn)(?: và các bạn)? đã (?:lắng nghe|nghe|quan tâm|theo))"
    r"|that(?: wa|['’])s\b[^.?!]{0,60} (?:talking|speaking|interview)"
    r"|(?:(?:that was|you(?:['’]ve| have) been with)\b[^.?!]{0,60}[.,;] )?(?:and )?"
    r"(?:you(?:['’]ve| have) been listening|this has been (?-i:[A-Z“]))"
    r"|(?:and )?we(?: have to| must|['’]ll| will| shall)(?: have to)? leave it there"
    r"|when we come back\b|(?:still to come|coming up)\b[^.?!]{0,80}(?:on|after|next)\b"
    r")"
)


def ends_asking(text: str) -> bool:
    """Whether ``text`` ends with a question mark."""
    return text.rstrip(" \"”'’)*_!").endswith("?")


def opens_as_question(text: str) -> bool:
    """Whether ``text`` turns to the person interviewed and asks: "Thưa Hòa thượng, …?"."""
    if "?" not in text:
        return False
    words = words_of(text)
    at = words.length_at(0, "before_thanks")
    turning = words.length_at(at, "turning_to")
    return turning > 0 and address_at(words, at + turning) > 0


def is_thanks(text: str, names: Collection[str] = ()) -> bool:
    """Whether ``text`` is nothing but the reporter's closing thanks: "Xin cảm ơn PGS!".

    ``names`` are those by which the guest is known to be called.
    """
    if len(text) > _LONGEST_THANKS or "?" in text or not _may_thank(text):
        return False
    said = sentences(text)
    thanked = [_thanked(one, names) for one in said]
    wishes = [_wishes_guest(one, names) for one in said]
    if "guest" not in thanked and not any(wishes):
        return False
    for at, one in enumerate(said):
        if thanked[at] is not None or wishes[at] or _is_farewell(one) or is_closing(one):
            continue
        first = at == 0 and len(said) > 1
        if not (first and _is_acknowledgement(one)) and not (
            at == len(said) - 1
            and at
            and len(words_of(one)) <= _MOST_AFTER_THANKS
            and not _bids(one)
        ):
            return False
    return True


def ends_in_thanks(text: str, names: Collection[str] = ()) -> bool:
    """Whether the last sentence of ``text`` thanks who was asked, whatever stands before it."""
    end = text[-_LONGEST_THANKS:]
    if not words_of(end).has("thanks"):
        return False
    last = sentences(end)[-1:]
    return bool(last) and _thanked(last[0], names) == "guest"


def is_guests_thanks(text: str) -> bool:
    """Whether a guest thanks: "Cảm ơn nhà báo", "Tôi xin cảm ơn Đài đã quan tâm"."""
    return (
        len(text) <= _LONGEST_THANKS
        and _may_thank(text)
        and any(_thanked(one, ()) == "asker" for one in sentences(text))
    )


_MOST_OF_GREETING = 8
"""Words of a line that only greets."""


def opens_with_greeting(text: str) -> bool:
    """Whether a short line greets somebody: "Good morning, Nan.", "Chào chị."."""
    words = words_of(text)
    return len(words) <= _MOST_OF_GREETING and words.length_at(0, "greetings") > 0


def _may_thank(text: str) -> bool:
    """Few lines thank, and most are told so before their sentences are parted."""
    words = words_of(text)
    return words.has("thanks") or words.has("wishes")


def is_closing(text: str) -> bool:
    """Whether ``text`` closes the programme: "Vừa rồi quý vị đã nghe cuộc trao đổi …"."""
    return _CLOSES.match(text) is not None


def _thanked(sentence: str, names: Collection[str]) -> Thanked | None:
    """Whom a sentence thanks; None if it thanks nobody, or not at its beginning."""
    words = words_of(sentence)
    keys = words.keys
    at, named_before = 0, False
    while at < min(len(keys), _MOST_BEFORE_THANKS):
        if length := words.length_at(at, "thanks"):
            if named_before and not _is_apart(words, at):
                # "Bà con cảm ơn cán bộ" tells who thanks.
                return None
            return _object(words, at + length, names, named_before=named_before)
        if length := words.length_at(at, "turning_to"):
            at += length + address_at(words, at + length, names)
            continue
        if length := words.length_at(at, "before_thanks"):
            at += length
            continue
        if length := address_at(words, at, names):
            named_before = True
            at += length
            continue
        if keys[at : at + 2] in {("thay", "mặt"), ("thời", "gian"), ("trước", "khi")}:
            at = _next_thanks(words, at)
            continue
        if words.first_letter(at).isupper() and not words.text.isupper() and at < 6:
            named_before = True
            at += 1
            continue
        return None
    return None


def _is_apart(words: Words, at: int) -> bool:
    """Whether a comma stands among the few words before ``at``, so that who is named is called."""
    begin = words.spans[max(0, at - 5)][0]
    return "," in words.text[begin : words.spans[at][0]]


def _next_thanks(words: Words, at: int) -> int:
    """Where the thanks begin after "Thay mặt bạn đọc của báo, xin …"."""
    return next((place for place in words.places("thanks") if place >= at), len(words))


_GUESTS_OWN = ("bodies", "offices", "outlets")


def _object(words: Words, at: int, names: Collection[str], *, named_before: bool) -> Thanked | None:
    keys = words.keys
    english = at > 0 and keys[at - 1].isascii() and keys[at - 1] in _ENGLISH_THANKS
    while length := words.length_at(at, "after_thanks"):
        at += length
    if at >= len(keys):
        said_so = english or keys[0] in {"xin", "trân", "chân"}
        return "guest" if named_before or (said_so and not english) else "nobody"
    if keys[at] == "và" and words.length_at(at + 1, "wishes"):
        wished = at + 1 + words.length_at(at + 1, "wishes")
        return "guest" if address_at(words, wished, names) else "nobody"
    if keys[at] in {"for", "and"} and english:
        if words.length_at(at + 1, "thanked_for_by_guests"):
            return "asker"
        after = keys[at + 1 : at + 2]
        for_deed = keys[at] == "for" and (
            after in {("your",), ("all",), ("that",), ("sharing",)}
            or (after[0:1] != () and after[0].endswith("ing"))
        )
        return "guest" if for_deed else None
    length = address_at(words, at, names)
    asker = max(
        words.length_at(at, "thanked_by_guests"),
        words.length_at(at, "listeners"),
    )
    if asker > length or (asker and asker == length) or _thanks_for_asking(words, at):
        return "asker"
    if length and words.length_at(at + length, "thanked_by_guests"):
        # "anh nhà báo"
        return "asker"
    if length:
        public = words.length_at(at, "asking_or_asked") == length
        return "asker" if public and "tôi" in keys[:at] else "guest"
    if any(words.length_at(at, name) for name in _GUESTS_OWN):
        return "asker"
    if words.length_at(at, "thanked_for"):
        later = range(at, min(len(keys), at + 14))
        if any(address_at(words, place, names) for place in later):
            return "guest"
        return "guest" if keys[0] == "xin" else "nobody"
    if words.first_letter(at).isupper() and not words.text.isupper():
        return "guest"
    return None


def _thanks_for_asking(words: Words, at: int) -> bool:
    """ "Cảm ơn chị đã hỏi": who was asked thanks for the question, the visit, the call."""
    return any(at <= place < at + 8 for place in words.places("thanked_for_by_guests"))


_ENGLISH_THANKS = {"you", "thanks", "thank"}


def _wishes_guest(sentence: str, names: Collection[str]) -> bool:
    """Whether a sentence wishes the guest well: "Chúc anh thành công!"; not "Chúc mừng anh"."""
    words = words_of(sentence)
    keys = words.keys
    at = 0
    while length := words.length_at(at, "before_thanks"):
        at += length
    length = words.length_at(at, "wishes")
    if not length or keys[at + length : at + length + 1] == ("mừng",):
        return False
    if keys[at] in {"good", "best", "all", "safe"}:
        return len(words) <= 12
    return keys[at] != "mong" and bool(
        address_at(words, at + length, names) or keys[at + length : at + length + 1] == ("cho",)
    )


def _is_farewell(sentence: str) -> bool:
    words = words_of(sentence)
    at = words.length_at(0, "before_thanks")
    return words.length_at(at, "farewells") > 0


def _is_acknowledgement(sentence: str) -> bool:
    """Whether a first sentence only takes up the answer: "Vâng.", "I did."."""
    return len(words_of(sentence)) <= 5 and not _bids(sentence)


def _bids(sentence: str) -> bool:
    return any(map(words_of(sentence).has, ("request_openings", "request_verbs", "requests")))
