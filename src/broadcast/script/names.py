"""Words of a label with their folded forms, and what they are: a personal name, a place, a verb."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain

from broadcast.language import same_language
from broadcast.script import vocabulary
from broadcast.text import folded

_VIETNAMESE = re.compile(r"[ăâđêôơưàáãèéìíòóõùúý\u0103-\u01b0\u1ea0-\u1ef9]", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_PARTICLES = {"van", "der", "den", "de", "von", "bin", "binti", "ibn", "el", "ter", "da", "dos"}
"""Small words within names of other languages: "Anna van der Berg"."""
_NO_VERBS = {("bảo", rest) for rest in ("vệ", "mẫu", "hiểm", "tàng", "trì")}
"""Words that begin like a verb of saying."""


@dataclass(frozen=True)
class Words:
    """Some words as written, with their places in ``text`` and their folded forms."""

    text: str
    spans: tuple[tuple[int, int], ...]
    keys: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Words:
        """Part ``text`` into its words."""
        found = list(_WORD.finditer(text))
        keys = [_key(one[0]) for one in found]
        return cls(text, tuple([one.span() for one in found]), tuple(keys))

    def __len__(self) -> int:
        return len(self.keys)

    def __getitem__(self, part: slice) -> Words:
        return Words(self.text, self.spans[part], self.keys[part])

    def __str__(self) -> str:
        """The words as written, with what stands between them."""
        return self.text[self.spans[0][0] : self.spans[-1][1]] if self.spans else ""

    def first_letter(self, at: int) -> str:
        """The first letter of word ``at`` as written."""
        return self.text[self.spans[at][0]]

    def opening(self, phrases: Collection[tuple[str, ...]]) -> int:
        """How many of the first words make the longest of ``phrases`` they begin with."""
        keys = self.keys
        for length in range(min(6, len(keys)), 0, -1):
            if keys[:length] in phrases:
                return length
        return 0

    def ending(self, phrases: Collection[tuple[str, ...]]) -> int:
        """How many of the last words, three or fewer, make one of ``phrases``."""
        keys = self.keys
        for length in range(min(3, len(keys)), 0, -1):
            if keys[-length:] in phrases:
                return length
        return 0

    def places(self, name: str) -> Sequence[int]:
        """Where a phrase of the list ``name`` begins: most lists have none in most lines."""
        if name not in self._lists:
            return ()
        return [at for at, begun in enumerate(self.begun) if name in begun]

    def has(self, name: str) -> bool:
        """Whether a phrase of the list ``name`` stands anywhere among the words."""
        return name in self._lists

    def length_at(self, at: int, name: str) -> int:
        """How many words from ``at`` on make the longest phrase of the list ``name``."""
        return self.begun[at].get(name, 0) if at < len(self.keys) else 0

    @cached_property
    def begun(self) -> list[vocabulary.Beginning]:
        """For each word, the lists of which a phrase begins at it."""
        return vocabulary.beginnings(self.keys)

    @cached_property
    def _lists(self) -> set[str]:
        return set().union(*self.begun)

    def is_one_of(self, phrases: Collection[tuple[str, ...]]) -> bool:
        """Whether these words are one of ``phrases``."""
        return self.keys in phrases


def first_words(*lists: Iterable[tuple[str, ...]]) -> frozenset[str]:
    """Give the words with which the phrases of ``lists`` begin, to tell soon that none can."""
    return frozenset(phrase[0] for phrases in lists for phrase in phrases)


@lru_cache(maxsize=8_192)
def _key(word: str) -> str:
    # The same few thousand words come again and again in a script.
    return folded(word)


def has_words(text: str) -> bool:
    """Whether there is a letter or digit in ``text``."""
    return _WORD.search(text) is not None


def is_vietnamese(language: str, *texts: Iterable[str]) -> bool:
    """Whether nameless people get Vietnamese names: not where no Vietnamese letter is said."""
    return same_language(language, "vi") and any(
        not text.isascii() and _VIETNAMESE.search(text) for text in chain(*texts)
    )


def is_name(words: Words) -> bool:
    """Whether ``words`` could all be parts of one personal name: letters, each with a capital."""
    last = len(words) - 1
    return 0 <= last < 6 and all(
        key.isalpha()
        and (words.first_letter(at).isupper() or (0 < at < last and key in _PARTICLES))
        for at, key in enumerate(words.keys)
    )


def is_place(words: Words) -> bool:
    """Whether ``words`` name a town, province or island."""
    return words.is_one_of(vocabulary.PLACES)


def is_quoted(words: Words) -> bool:
    """Whether ``words`` end in somebody who is quoted and never interviewed."""
    return any(words[at:].is_one_of(vocabulary.QUOTED) for at in range(len(words)))


def has_full_name(words: Words) -> bool:
    """Whether ``words`` look like surname and given name; headings are in capitals too."""
    if len(words) >= 3 and words.keys[1] in {"văn", "thị", "hữu", "đình"}:
        return True
    return len(words) >= 2 and words.keys[:1] in vocabulary.SURNAMES and not words.text.isupper()


def name_at_end(words: Words) -> Words | None:
    """Find the personal name that ends ``words``: a surname and one to four further names."""
    for length in (4, 3, 2, 5):
        tail = words[-length:]
        if (
            len(tail) == length
            and is_name(tail)
            and tail.keys[:1] in vocabulary.SURNAMES
            and not is_place(tail)
            and not is_place(tail[-2:])
        ):
            return tail
    return None


def reports(words: Words) -> bool:
    """Whether a verb of saying (or any plain verb) stands among ``words`` in small letters."""
    return any(
        words.first_letter(at).islower()
        and words.keys[at : at + length] in vocabulary.REPORTING_VERBS
        and words.keys[at : at + 2] not in _NO_VERBS
        for at in range(len(words))
        for length in (1, 2, 3)
    )
