"""The words of a byline, parted into who made the piece and what each of them did."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import cast

from broadcast.model import Credit, CreditPart
from broadcast.script import vocabulary
from broadcast.script.addressing import words_of
from broadcast.script.credits import byline_words
from broadcast.script.names import Words, is_name
from broadcast.script.personal_names import person_and_title
from broadcast.text import folded

_AROUND = " \t([*_–-)].,;|"
_BETWEEN = re.compile(r"\s*(?:[,;&/|·•–—]|\s-|\b(?:và|and)\b)\s*")
# "By Martin Sleath for the Fellside Herald", "Hà Phương Theo Miền Ngược"
_AFTER_NAME = re.compile(r"\s+(?:for|from|of|[Tt]heo|của)\s.*|\s*[(\[].*")
_BEFORE = ("credits_before", "pictures", "staff")
_MOST_OF_PHRASE = 6
_UNHEARD = "unheard"


def credited(byline: str) -> tuple[Credit, ...]:
    """Give everybody whom a byline names: "Bài: Thu Hà. Kỹ thuật: An" names an author first.

    Who only took the pictures is left out, and who is told by initials alone ("M.T").
    """
    found = [credit for line in byline.splitlines() for credit in _in_line(line)]
    return tuple(dict.fromkeys(found))


def job_of(title: str) -> str:
    """Give the office in what stands with a name: "Ông, Chủ tịch UBND xã" is "Chủ tịch UBND xã".

    A form of address says no office, and a part in the programme is told by the role.
    """
    told = []
    for part in title.split(", "):
        words = Words.of(part)
        if words.is_one_of(vocabulary.PARTS.keys()):
            continue
        length = words.opening(vocabulary.HONORIFICS)
        if words.opening(vocabulary.TITLES) > length:
            length = 0  # "Bác sĩ" is no uncle
        if length < len(words):
            told.append(part[words.spans[length][0] :] if length else part)
    return ", ".join(told)


def _in_line(line: str) -> Iterator[Credit]:
    words = words_of(byline_words(line.strip()).strip(_AROUND))
    marks = list(_marks(words))
    begins = [begin for begin, _ in marks] + [len(words)]
    yield from _named(words[: begins[0]], [])
    told: list[str] = []
    for (begin, length), end in zip(marks, begins[1:], strict=True):
        told += _told(words[begin : begin + length])
        found = list(_named(words[begin + length : end], told))
        yield from found
        if found or end - begin - length > 1:
            told = []  # else more words of the same credit follow: "Thực hiện và biên tập: …"


def _marks(words: Words) -> Iterator[tuple[int, int]]:
    """Give where the words of a credit stand before names, and how many they are."""
    at = 0
    while at < len(words):
        length = max(words.length_at(at, name) for name in _BEFORE)
        end = at + length
        if length and end < len(words):
            between = words.text[words.spans[end - 1][1] : words.spans[end][0]].strip()
            if at == 0 or between in {":", "："} or words.keys[end - 1] == "by":
                yield at, length
                at = end
                continue
        at += 1


def _named(words: Words, told: Sequence[str]) -> Iterator[Credit]:
    """Give who is named, with what is told before them, and behind them: "An Bình (lược ghi)"."""
    after = vocabulary.words_for("credits_after")
    longest = min(_MOST_OF_PHRASE, len(words) - 1)
    length = next((n for n in range(longest, 0, -1) if words.keys[-n:] in after), 0)
    names = words[: len(words) - length]
    parts = _parts([*told, *_told(words[len(names) :])])
    for chunk in _BETWEEN.split(str(names)):
        person, title = person_and_title(_AFTER_NAME.sub("", chunk).strip(_AROUND))
        if not person or ":" in person or not is_name(Words.of(person)):
            continue
        own = vocabulary.CREDITED.get(tuple(folded(title).split()))
        for part in (cast("CreditPart", own),) if own else parts:
            yield Credit(person, part)


def _told(phrase: Words) -> list[str]:
    """Give what the words of a credit say that somebody did, as far as the vocabulary tells."""
    found = []
    at = 0
    while at < len(phrase):
        length = phrase[at:].opening(vocabulary.CREDITED.keys())
        if length:
            found.append(vocabulary.CREDITED[phrase.keys[at : at + length]])
        at += length or 1
    return found


def _parts(told: Sequence[str]) -> tuple[CreditPart, ...]:
    """Give what somebody did ("By Tom Reilly" tells nothing else than an author)."""
    parts = dict.fromkeys(told or ("author",))
    if "reporter" in parts:
        parts.pop("producer", None)  # "Phóng viên thực hiện" is one thing
    return cast("tuple[CreditPart, ...]", tuple(part for part in parts if part != _UNHEARD))
