"""The word lists of vocabulary.toml, as sets of folded phrases."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from broadcast.model import Role
from broadcast.text import folded

Phrases = frozenset[tuple[str, ...]]

_LISTS = tomllib.loads(files(__package__).joinpath("vocabulary.toml").read_text("utf-8"))


def _phrases(text: str) -> Phrases:
    return frozenset(tuple(words.split()) for part in text.split(",") if (words := folded(part)))


@cache
def words_for(name: str) -> Phrases:
    """Give the list ``name`` of the table; it is folded when it is first asked for."""
    return _DERIVED[name]() if name in _DERIVED else _phrases(_LISTS[name])


Beginning = Mapping[str, int]
"""Of which lists a phrase begins at a word, and how many words the longest has."""
_NOTHING: Beginning = {}


class _Node(NamedTuple):
    """What has begun with the words so far, and where the next word leads."""

    begun: dict[str, int]
    further: dict[str, _Node]


def beginnings(keys: Sequence[str]) -> list[Beginning]:
    """Give for each of the folded words which phrases begin at it: all lists, asked at once."""
    tree, count = _tree(), len(keys)
    found = [_NOTHING] * count
    for at, key in enumerate(keys):
        node = tree.get(key)
        end = at
        while node is not None:
            found[at], further = node
            end += 1
            node = further.get(keys[end]) if end < count else None
    return found


@cache
def _tree() -> dict[str, _Node]:
    """The phrases of all lists by their words, the shorter ones in what the longer ones begin."""
    names = [name for name, words in _LISTS.items() if isinstance(words, str)]
    phrases = [(phrase, name) for name in (*names, *_DERIVED) for phrase in words_for(name)]
    root = _Node({}, {})
    for phrase, name in sorted(phrases, key=lambda one: len(one[0])):
        node = root
        for word in phrase:
            if word not in node.further:
                node.further[word] = _Node(dict(node.begun), {})
            node = node.further[word]
        node.begun[name] = len(phrase)
    return root.further


@cache
def alternatives(phrases: Phrases) -> str:
    """Give ``phrases`` as the choices of a pattern for written text, the longest first."""
    written = sorted(phrases, key=lambda words: (-len(" ".join(words)), words))
    return "|".join(r"[\W_]{1,3}".join(map(_as_written, words)) for words in written)


_TWO_PLACES = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa", "oè": "òe", "oé": "óe",
    "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe", "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
"""Endings with the tone where folded words have it, and where older writing has it."""


def _as_written(word: str) -> str:
    older = _TWO_PLACES.get(word[-2:])
    if older is None or word[-3:-2] == "q":
        return re.escape(word)
    return f"{re.escape(word[:-2])}(?:{word[-2:]}|{older})"


_ROLES: tuple[Role, ...] = ("reporter", "presenter", "official")
PARTS: dict[tuple[str, ...], tuple[Role, str]] = {
    phrase: (role, family)
    for role in _ROLES
    for family, names in _LISTS["parts"][role].items()
    for phrase in _phrases(names)
}
"""Labels that say what somebody does in the programme: the role, and the family of the label."""

ASKING_OR_ASKED = _phrases(_LISTS["asking_or_asked"])
BEFORE_TITLES = _phrases(_LISTS["before_titles"])
HONORIFICS = _phrases(_LISTS["honorifics"])
DEGREES = _phrases(_LISTS["degrees"])
JOBS = _phrases(_LISTS["jobs"])
POSTS_BEFORE_NAMES = _phrases(_LISTS["posts_before_names"])
TITLES = HONORIFICS | DEGREES | JOBS | ASKING_OR_ASKED
CALLINGS = _phrases(_LISTS["callings"])
RULERS = _phrases(_LISTS["rulers"])
SAINTS = _phrases(_LISTS["saints"])
NATIONS = _phrases(_LISTS["nations"])
NOT_IN_ENGLISH_NAMES = _phrases(_LISTS["not_in_english_names"])
SURNAMES = _phrases(_LISTS["surnames"])
COMMON_SURNAMES = _phrases(_LISTS["common_surnames"])
SURNAMES_AFTER_POSTS = SURNAMES | _phrases(_LISTS["surnames_after_posts"])
ORGANISATIONS = _phrases(_LISTS["organisations"])
PLACES = _phrases(_LISTS["places"])
QUOTED = _phrases(_LISTS["quoted"])
UNITS = _phrases(_LISTS["units"])
NAMED_BODIES = _phrases(_LISTS["named_bodies"])
OFFICES = _phrases(_LISTS["offices"])
CALLED_LIKE_PEOPLE = _phrases(_LISTS["called_like_people"])
HEADINGS = _phrases(_LISTS["headings"]) | UNITS
REPORTING_VERBS = _phrases(_LISTS["reporting_verbs"])
BODIES = _phrases(_LISTS["bodies"])
ASKING_VERBS = _phrases(_LISTS["asking_verbs"])
ANSWERING_VERBS = _phrases(_LISTS["answering_verbs"])
LABEL_VERBS = ASKING_VERBS | ANSWERING_VERBS
NOBODY = _phrases(_LISTS["nobody"])
OUTLETS = _phrases(_LISTS["outlets"])
STAGE_DIRECTIONS = _phrases(_LISTS["stage_directions"])
TABLE_HEADS = _phrases(_LISTS["table_heads"])
ASIDES = _phrases(_LISTS["asides"])
KIN = _phrases(_LISTS["kin"])
PAGE_WORDS = _phrases(_LISTS["page_words"])
CREDITED: dict[tuple[str, ...], str] = {
    phrase: part for part, names in _LISTS["credited"].items() for phrase in _phrases(names)
}
"""Words of credits, and what they say that somebody did ("unheard": nothing that is heard)."""
IN_FULL: dict[tuple[str, ...], str] = {
    tuple(folded(letters).split()): words for letters, words in _LISTS["in_full"].items()
}
"""The parts that labels have in letters, in words."""

_DERIVED: dict[str, Callable[[], Phrases]] = {
    "staff": lambda: _of_family("reporter") | words_for("editors"),
    "on_air": lambda: _of_family("presenter") - words_for("editors"),
    "called": lambda: words_for("addresses") | POSTS_BEFORE_NAMES,
    "addresses": lambda: TITLES | words_for("addressed_alone") | _of_family("guest"),
    "titles": lambda: TITLES,
    "picture_credits": lambda: words_for("pictures") | words_for("illustrating"),
    "telling_verbs": lambda: REPORTING_VERBS | words_for("english_question_verbs"),
}
"""Lists made of others: staff who sign, staff on air, who is called, who is turned to …"""


def _of_family(name: str) -> Phrases:
    return frozenset(words for words, (_, family) in PARTS.items() if family == name)
