"""Running text, turned into the people whom it names: "… đã gặp PGS.TS Lâm Quốc Bình"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from broadcast.script import vocabulary
from broadcast.script.name_runs import (
    follows,
    is_foreign,
    is_full,
    is_highland,
    is_letters,
    length_of_run,
)
from broadcast.script.names import Words, is_place, is_quoted
from broadcast.script.personal_names import person_and_title

_TITLES = vocabulary.TITLES | vocabulary.CALLINGS
_ASKERS = {
    part for part, (_, family) in vocabulary.PARTS.items() if family in {"reporter", "presenter"}
} - {("dẫn",), ("giọng",)}
_SURNAMES = vocabulary.SURNAMES_AFTER_POSTS
_BODIES = (
    vocabulary.BODIES
    | vocabulary.OFFICES
    | vocabulary.UNITS
    | vocabulary.NAMED_BODIES
    | vocabulary.OUTLETS
)
_KNOWN_BY_ONE_NAME = (
    vocabulary.HONORIFICS
    | vocabulary.DEGREES
    | vocabulary.CALLINGS
    | {("hlv",), ("huấn", "luyện", "viên"), ("cầu", "thủ"), ("thủ", "môn"), ("trọng", "tài")}
)
_MOST_TITLES = 6
_MOST_OF_BOTH = 9
_LONGEST_SENTENCE = 800
_OF_ANYBODY = {("bạn",), ("em",), ("chú",), ("cháu",), ("cậu",)}
_MOST_BETWEEN = 12
"""How many words of a post may stand between a title and the name: "Chủ tịch UBND xã … Lê An"."""
_MEET = {"gặp", "hỏi", "nghe", "mời", "phỏng", "cùng", "với", "meet", "meeting"}
_OPEN = vocabulary.HEADINGS | {(verb,) for verb in _MEET} | {("nhân",), ("sau",), ("trước",)}
_END_POSTS = re.compile(
    r"(?:là|đã|đang|sẽ|vừa|có|được|bị|không|khi|từ|để|cho|vẫn|ở|tại|trong|trên|ra|vào|đến|nhằm"
    r"|hỏi|gặp|phỏng|trao|trò|tìm|ghé|gọi|nghe|mời|của|cùng|với|nhân|nếu|thì|mà|nên|này|ấy|đó"
    r"|has|is|was|who|at|in|on|to|from|and|with|about)"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody named in a text: where, under what label ("ông Lâm Quốc Bình"), by what name.

    ``titled`` tells whether more than the name is there, ``asks`` whether it says that the person
    is a reporter, ``alike`` whether only where it stands tells it from other words with capitals.
    """

    start: int
    end: int
    label: str
    name: str
    title: str = ""
    asks: bool = False
    alike: bool = False


def mentions(text: str) -> list[Mention]:
    """Find who is named in ``text``, in its order: "gặp bà Lò Thị Inh" names "Lò Thị Inh"."""
    words = Words.of(text)
    found: list[Mention] = []
    at = 0
    while at < len(words):
        one = _titled(words, at) or _bare(words, at)
        if one is None:
            at += 1
            continue
        mention, at = one
        found.append(mention)
    return found


def _titled(words: Words, at: int) -> tuple[Mention, int] | None:
    begin, single, asks = at, False, False
    titles: set[tuple[str, ...]] = set()
    while at < len(words) and len(titles) < _MOST_TITLES and at < begin + _MOST_BETWEEN:
        length = words[at : at + 6].opening(_TITLES) or _called(words, at)
        part = words[at : at + 6].opening(_ASKERS)
        if not length and not part:
            break
        if at > begin and not follows(words, at, _after_title(words, at) + "/"):
            break
        if at > begin and words.keys[at : at + 1] in _SURNAMES and length_of_run(words, at) > 2:
            break  # "ông Cao Văn Bé"
        key = words.keys[at : at + (length or part)]
        asks = asks or not length
        single = key in _KNOWN_BY_ONE_NAME or not length
        titles.add(key)
        at += length or part
    if at == begin:
        return None
    title_end = at
    honorific = titles <= vocabulary.HONORIFICS
    between = 0
    while at < len(words) and between <= (3 if honorific else _MOST_BETWEEN):
        if not follows(words, at, _after_title(words, at) if at == title_end else ""):
            return None
        if words.first_letter(at).isupper():
            # "xã Tân Hưng Lợi Lê Văn Chừng": a unit's name and a person's.
            end = at + (
                length_of_run(words, at, _MOST_OF_BOTH) if between else length_of_run(words, at)
            )
            name = _name(words, begin, at, end, alone=single and at == title_end)
            if name and not (honorific and between and len(name) < 2):
                pet = titles <= _OF_ANYBODY and len(name) > 1 and not is_full(name)
                return _mention(words, begin, name, end, asks=asks, alike=pet), end
            if honorific:
                return None
            between += end - at
            at = end
            continue
        ends = _END_POSTS.fullmatch(words.keys[at]) or _reports(words, at)
        if ends or (between and words[at : at + 1].is_one_of(vocabulary.HONORIFICS)):
            return None
        between += 1
        at += 1
    return None


def _after_title(words: Words, at: int) -> str:
    """What may stand before a name: the full stop of "TS." and "Ô.", not that of "các bạn."."""
    return ".-" if _is_shortened(words[at - 1 : at]) else "-"


def _is_shortened(word: Words) -> bool:
    """Whether a word is written in letters: "TS", "ThS", "Ô", "Dr"."""
    written = str(word)
    capitals = sum(letter.isupper() for letter in written)
    return bool(capitals) and (capitals > 1 or len(written) <= 3)


def _called(words: Words, at: int) -> int:
    """How many words "nhà thiết kế", "nhà thám hiểm" have: callings that no list holds."""
    if words.keys[at] != "nhà" or at + 3 >= len(words):
        return 0
    small = all(words.first_letter(place).islower() for place in (at + 1, at + 2))
    return 3 if small and words.first_letter(at + 3).isupper() else 0


def _mention(
    words: Words, begin: int, name: Words, end: int, *, asks: bool, alike: bool
) -> Mention:
    label = words.text[words.spans[begin][0] : words.spans[end - 1][1]]
    start, stop = words.spans[begin][0], words.spans[end - 1][1]
    title = label[: max(0, name.spans[0][0] - start)].strip(" .-")
    return Mention(start, stop, label[:1].upper() + label[1:], str(name), title, asks, alike)


def _name(words: Words, begin: int, at: int, end: int, *, alone: bool) -> Words | None:
    """The personal name that ends the words with capitals from ``at`` on, if one does."""
    run = words[at:end]
    if run.opening(vocabulary.SAINTS) and len(run) > 2:
        run = run[run.opening(vocabulary.SAINTS) :]
    nation = run.opening(vocabulary.NATIONS)
    if nation and len(run) > nation and not alone:
        return run[nation:]
    direct = alone and len(run) == end - at
    known = direct or is_full(run) or is_foreign(run)
    if words[at : at + 6].opening(_BODIES) or not known:
        return _at_end(words, begin, end)
    if is_quoted(words[begin:end]) or is_place(run) or run.is_one_of(vocabulary.PLACES):
        return None
    if is_letters(run) and not direct:
        return None
    if not direct and run.is_one_of(vocabulary.CALLED_LIKE_PEOPLE):
        return None
    if not direct and at > 0 and _names_place(words, at):
        return _at_end(words, begin, end)
    return run


def _at_end(words: Words, begin: int, end: int) -> Words | None:
    """The name at the end of a post with names of bodies and places in it."""
    label = str(words[begin:end])
    person, _ = person_and_title(label[:1].upper() + label[1:])
    keys = Words.of(person).keys
    start = end - len(keys)
    if len(keys) > 1 and words.keys[start:end] == keys:
        name = words[start:end]
        known = is_full(name) or is_foreign(name) or is_highland(name)
        return name if known and not words[start : start + 6].opening(_BODIES) else None
    return None


def _names_place(words: Words, at: int) -> bool:
    """Whether the word before is what streets, wards, schools or companies are called by."""
    places = _BODIES | _STREETS
    return any(words[max(0, at - n) : at].is_one_of(places) for n in (1, 2, 3))


_STREETS = {("phố",), ("giải",), ("cúp",), ("tên",), ("tượng",), ("đài",), ("báo",), ("số",)}


def _bare(words: Words, at: int, *, opened: bool = False) -> tuple[Mention, int] | None:
    """A whole name that nothing stands before: "Lê Hoàng Bảo Vy", "Sheila Drummond"."""
    if not words.first_letter(at).isupper():
        return None
    if not opened and at and words.first_letter(at - 1).isupper() and follows(words, at, "'’-"):
        return None
    length = length_of_run(words, at)
    run = words[at : at + length]
    if (
        not at
        and not opened
        and length > 1
        and run.keys[:1] in _OPEN
        and not (length > 2 and is_full(run))
    ):
        return _bare(words, at + 1, opened=True) or _single(words, at + 1)
    if length < 2 or _names_place(words, at) or is_place(run) or is_quoted(run):
        return None
    if run.is_one_of(vocabulary.CALLED_LIKE_PEOPLE) or is_letters(run):
        return None
    if words[at : at + 6].opening(_BODIES) or run.opening(_ASKERS):
        return None
    alike = not (is_full(run) and length > 2)
    if not is_full(run) and (str(run).isupper() or run.opening(vocabulary.HEADINGS)):
        return None
    if length > 3 and not (is_full(run) or is_foreign(run) or is_highland(run)):
        return None
    if str(run).isascii() and run.keys[:1] in vocabulary.NOT_IN_ENGLISH_NAMES:
        return _bare(words, at + 1, opened=True) if length > 2 and not opened else None
    if not is_full(run) and any(
        run[at : at + 1].is_one_of(vocabulary.NOT_IN_ENGLISH_NAMES) for at in range(len(run))
    ):
        return None
    start, end = run.spans[0][0], run.spans[-1][1]
    return Mention(start, end, str(run), str(run), alike=alike), at + length


def _single(words: Words, at: int) -> tuple[Mention, int] | None:
    """What is named by one word after a verb with a capital: "Gặp Inrasara", "Hỏi Samart"."""
    run = words[at : at + 1]
    if words.keys[at - 1] not in _MEET or run.opening(_BODIES) or is_place(run):
        return None
    return Mention(*run.spans[0], str(run), str(run), alike=True), at + 1


def _reports(words: Words, at: int) -> bool:
    return any(words.keys[at : at + n] in vocabulary.REPORTING_VERBS for n in (1, 2, 3))


def sentences(text: str) -> Iterator[str]:
    """Part a text into its sentences; "TS. Toàn" and "TP. Huế" end none."""
    begin = 0
    for found in _END.finditer(text):
        before = Words.of(text[max(begin, found.start() - 40) : found.start()])[-1:]
        if (
            text[found.start()] == "."
            and before
            and (
                before.is_one_of(_TITLES)
                or (len(before.keys[0]) <= 3 and str(before)[:1].isupper())
            )
        ):
            continue
        yield from _cut(text[begin : found.end()])
        begin = found.end()
    yield from _cut(text[begin:])


def _cut(sentence: str) -> Iterator[str]:
    """A sentence in parts that can be searched through and through; nearly every one is whole."""
    while len(sentence) > _LONGEST_SENTENCE:
        at = sentence.rfind(" ", 0, _LONGEST_SENTENCE) + 1 or _LONGEST_SENTENCE
        yield sentence[:at].strip()
        sentence = sentence[at:]
    if sentence.strip():
        yield sentence.strip()


_END = re.compile(r"[.?!…]+[”\"’)]*\s+(?=[“\"‘(]?[^\W\d_a-zà-ỹđ])")
