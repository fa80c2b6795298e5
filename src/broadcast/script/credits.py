"""A line of a script, told to be a credit: it says who made the piece."""

from __future__ import annotations

from broadcast.script import vocabulary
from broadcast.script.addressing import words_of
from broadcast.script.names import Words, is_name
from broadcast.script.phrase_patterns import PhrasePattern
from broadcast.text import CAPITAL, remembering_texts

_CAPITAL = f"[{CAPITAL}ÄÅÆÇËÎÏÑÖØÛÜŒŠŽ]"
_NAME = rf"{_CAPITAL}(?:[’']{_CAPITAL})?[^\W\d_]*\.?"
_PERSON = rf"{_NAME}(?:(?:\s+|(?<=\.)){_NAME}){{0,4}}"
_PEOPLE = rf"{_PERSON}(?:\s*(?:[-–,&/]|và|and)\s*{_PERSON}){{0,4}}"
_LONGEST = 160
_LEADING = " \t([*_–-"
_TRAILING = " \t.)]*_"
_BETWEEN = " \t.)]*_,;|/·•–-"
_NAMES = PhrasePattern(_PEOPLE, flags=0)
_NAME_ALONE = PhrasePattern(_PERSON, flags=0)
_INITIALS = PhrasePattern(rf"{_CAPITAL}{{2,4}}|(?:{_CAPITAL}\.){{1,3}}{_CAPITAL}?", flags=0)
_OF_OUTLET = PhrasePattern(
    rf"(?P<people>{_PEOPLE})\s*[(\[](?:theo\s+)?(?P<outlet>[^()]{{2,60}})[)\]]", flags=0
)
_SAYS_SO = PhrasePattern(r"(?:byline|ký tên)\s*[:：]\s*(?=[\W_]*[^\W_])")


def byline_words(text: str) -> str:
    """What is read of a byline: all of it but the word that marks it as one."""
    return _SAYS_SO.compiled.sub("", text, count=1)


def names_byline(text: str) -> bool:
    """Whether ``text`` says itself that it is a byline: "Ký tên: Hồng Tú"."""
    return _SAYS_SO.match(text.strip()) is not None


@remembering_texts
def is_byline(text: str) -> bool:
    """Whether ``text`` says who made the piece: "Hồng Tú thực hiện.", "Bài, ảnh: Thu Hà"."""
    plain = text.strip()
    if names_byline(plain):
        return True
    if len(plain) > _LONGEST or len(plain.split()) > _MOST_WORDS:
        return False
    words = words_of(plain.strip(_LEADING))
    return (
        _is_name_then_credit(words)
        or _is_credit_then_name(words)
        or _is_staff_then_credit(words)
        or _is_name_then_staff(words)
    )


_MOST_WORDS = 30


def _is_name_then_credit(words: Words) -> bool:
    """ "Hồng Tú thực hiện", "AN BÌNH (LƯỢC GHI)"; not "KẾ HOẠCH THỰC HIỆN"."""
    if not words.has("credits_after"):
        return False
    verbs = vocabulary.words_for("credits_after")
    length = next((n for n in range(6, 0, -1) if n < len(words) and words.keys[-n:] in verbs), 0)
    if not length or words.text[words.spans[-1][1] :].strip(_TRAILING):
        return False
    before = words.text[: words.spans[-length][0]].rstrip()
    apart = before.endswith(("(", "["))
    named = _without_staff(Words.of(before.rstrip(" \t([:–-")))
    if not named or not _NAMES.fullmatch(named):
        return False
    if apart or not words.text.isupper():
        return True
    name, verb = Words.of(named), words[-length:]
    other = vocabulary.HEADINGS | vocabulary.words_for("carried_out") | vocabulary.PLACES
    # "NỘI DUNG PHỎNG VẤN" is a heading.
    return len(name) >= 2 and not name.opening(other) and verb.keys != ("phỏng", "vấn")


def _without_staff(words: Words) -> str:
    length = words.opening(vocabulary.words_for("staff"))
    left = words[length:]
    return words.text[left.spans[0][0] :] if left.spans else ""


def _is_credit_then_name(words: Words) -> bool:
    """ "Bài, ảnh: Thu Hà", "By Ann Lee, Gazette staff", "Words: Ann Lee. Pictures: Tom Ray"."""
    length = words.length_at(0, "credits_before")
    if not length or length == len(words):
        return False
    between = words.text[words.spans[length - 1][1] : words.spans[length][0]].strip()
    if between not in {"", ":", "："}:
        return False
    if not between and (words.text.isupper() or not words.first_letter(length).isupper()):
        # "PHỎNG VẤN CUỐI TUẦN" is the name of a column.
        return False
    if words[length:].is_one_of(vocabulary.words_for("staff")):
        return True
    named = _parts_of_credit(words, length)
    if not all(_NAMES.fullmatch(one) for one in named[:-1]):
        return False
    if _NAMES.fullmatch(named[-1]):
        return True
    # A post or a paper stands beside the name: "Ann Lee, Gazette staff" begins like two names.
    name = _NAME_ALONE.match(named[-1])
    if name is None:
        return False
    after = named[-1][name.end() :].strip()
    beside = after[1:].strip()
    opens = after[:1] in {"-", "–", ",", "("} and 0 < len(beside.split()) <= 8
    if after.startswith("for ") and len(after.split()) <= 6:
        # "By Martin Sleath for the Fellside Herald"
        return words.keys[length - 1] == "by" and after.split()[-1][:1].isupper()
    told = between or (words.keys[length - 1] == "by" and beside[:1].isupper())
    return opens and bool(told) and not set(beside) & set(".?!:")


def _parts_of_credit(words: Words, at: int) -> list[str]:
    """Who is named after each word of a credit: "Words: Ann Lee. Pictures: Tom Ray"."""
    parts: list[str] = []
    begin = at
    for place in range(at, len(words)):
        length = max(words.length_at(place, name) for name in _FURTHER)
        end = place + length
        if not length or end >= len(words) or place == at:
            continue
        colon = words.text[words.spans[end - 1][1] :].lstrip()[:1] in {":", "："}
        if colon or words.keys[end - 1] == "by":
            parts.append(_named_in(words, begin, place))
            begin = end
    return [*parts, _named_in(words, begin, len(words))]


def _named_in(words: Words, begin: int, end: int) -> str:
    if begin >= end:
        return ""
    begin += words[begin:end].opening(vocabulary.words_for("staff"))
    until = words.spans[end][0] if end < len(words) else len(words.text)
    return words.text[words.spans[begin][0] : until].strip(_BETWEEN) if begin < end else ""


_FURTHER = ("credits_before", "pictures")


def _is_staff_then_credit(words: Words) -> bool:
    """ "Nhóm PV thực hiện"."""
    length = words.length_at(0, "staff")
    return length > 0 and words[length:].is_one_of(vocabulary.words_for("credits_after"))


def _is_name_then_staff(words: Words) -> bool:
    """ "Mỹ Hạnh - ctv ấp Rạch Dừa", "Hà Phương Theo Miền Ngược"."""
    if not words.has("staff") and not words.has("taken_from"):
        return False
    for at in range(1, min(len(words), 7)):
        paper = words.length_at(at, "taken_from")
        if not (length := max(words.length_at(at, "staff"), paper)):
            continue
        before = words.text[: words.spans[at][0]].rstrip()
        named = before.rstrip(" \t-–,(")
        after = words[at + length :]
        named_after = len(after) > 0 and after.first_letter(0).isupper()
        fits = named_after if paper == length else named != before
        ends = words.text.rstrip(" )]*_")[-1:] not in {".", "?", "!", ":"}
        return fits and ends and len(after) <= 8 and _NAMES.fullmatch(named) is not None
    return False


def names_staff(text: str) -> bool:
    """Whether ``text`` is a reporter's name and nothing else: "PV: Hồng Tú"."""
    if len(text) > 80:
        return False
    words = words_of(text.strip().lstrip(_LEADING))
    on_air = words.length_at(0, "on_air")
    length = (
        words.length_at(0, "staff")
        or on_air
        or (1 if words.keys[:1] in {("tin",), ("bài",)} else 0)
    )
    if not 0 < length < len(words):
        return False
    between = words.text[words.spans[length - 1][1] : words.spans[length][0]]
    marks = between.replace(" ", "")
    if not between[-1:].isspace() or (
        marks != ":" if length == on_air else marks.lstrip(".") not in _MARKS
    ):
        return False
    rest = words[length:]
    named = words.text[rest.spans[0][0] :].rstrip(_TRAILING)
    if _NAMES.fullmatch(named) is None and _NAMES.fullmatch(f"{named}.") is None:
        return False
    # "PHÓNG VIÊN HỎI - LÃNH ĐẠO TRẢ LỜI" is a title, "PV: Vâng." is said.
    if text.rstrip().endswith(".") and len(named.split()) < 2:
        return False
    return not any(rest[at:].opening(vocabulary.LABEL_VERBS) for at in range(len(rest)))


_MARKS = {"", ":", "–", "-"}


def is_signature(text: str) -> bool:
    """Whether ``text`` is nothing but names, as under an article: to be trusted only at its end."""
    plain = text.strip()
    if len(plain) > 80:
        return False
    if names_staff(plain) or _is_staff(plain):
        return True
    of_outlet = _OF_OUTLET.fullmatch(plain)
    if of_outlet is not None and Words.of(of_outlet["outlet"]).opening(vocabulary.OUTLETS):
        plain = of_outlet["people"]
    names = plain.strip("()[]*_ .–-")
    if _INITIALS.fullmatch(names):
        return True
    words = words_of(names)
    # "NỘI DUNG PHỎNG VẤN" is a heading; a single word may be both ("Nam Phương").
    if words.opening(vocabulary.HEADINGS) > 1 or words.opening(vocabulary.PAGE_WORDS):
        return False
    if words.length_at(0, "greetings"):
        return False
    return (
        2 <= len(words) <= 8
        and _NAMES.fullmatch(names) is not None
        and all(
            is_name(words[at : at + 1]) or key in {"và", "and"} for at, key in enumerate(words.keys)
        )
    )


def _is_staff(text: str) -> bool:
    words = words_of(text)
    return words.is_one_of(vocabulary.words_for("staff")) or words.keys == ("ban", "biên", "tập")


def is_credit_word(text: str) -> bool:
    """Whether ``text`` is the word of a credit alone, the names below it: "THỰC HIỆN"."""
    return len(text) <= 60 and words_of(text).is_one_of(
        vocabulary.words_for("credits_before") | vocabulary.words_for("credits_after")
    )


def is_outlet_credit(text: str) -> bool:
    """Whether ``text`` says which paper it is taken from: "(Theo Báo Nước Lặng)"."""
    words = words_of(text)
    return (
        2 <= len(words) <= 9
        and words.length_at(0, "taken_from") > 0
        and words.first_letter(1).isupper()
        and not words.text.strip("()[] *_").endswith(("?", "!", ":"))
    )
