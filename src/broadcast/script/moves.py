"""Facts of a line → what it can be after what stands above it: which passages there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from broadcast.script.facts import Facts
from broadcast.script.tags import TAGS, State, Tag, Who

Moves = Mapping[Who, Sequence[tuple[int, State]]]
"""By who has spoken last: the places in TAGS of what can follow, each with the state then."""
_WHOS: tuple[Who, ...] = ("start", "titled", "asker", "answerer", "thanked", "over")


def moves(facts: Facts) -> Moves:
    """Say what a line of these facts can be after each who has spoken last."""
    return _moves_of(
        facts.apart.before is not None,
        facts.apart.among is not None,
        facts.apart.after is not None,
        facts.label is not None,
        facts.asks,
        facts.thanks,
        "closing" in facts.signs,
        _like_byline(facts),
        not facts.signs.isdisjoint(_LAST_WORDS),
        _asks_nothing(facts.signs),
    )


def _asks_nothing(signs: frozenset[str]) -> bool:
    """Whether nothing on a line asks, and its text is none in which statements ask too."""
    if "tells only" not in signs or "text:english" in signs:
        return False
    return "text:labels-few" in signs or signs.isdisjoint(_MAY_STATE)


_MAY_STATE = frozenset(("words:1-3", "words:4-6", "words:7-10", "words:11-18"))
"""How long a statement is that may be what is asked."""
_LAST_WORDS = frozenset((
    "of-self", "guests-thanks", "quote-first", "mark:-", "mark:–", "words:1-3", "words:4-6",
    "words:7-10", "addressed",
))  # fmt: skip
"""What a guest says without a label after the closing thanks; a background says none of it."""
_BYLINES = frozenset(("byline", "signature", "staff", "credit"))
_NO_BYLINE = frozenset(("asks", "cells", "verbatim"))
_SHORT = frozenset(("words:1-3", "words:4-6", "words:7-10"))


def _like_byline(facts: Facts) -> bool:
    """Whether a line says who made the piece, or is short enough to and no label of words."""
    signs = facts.signs
    if not signs.isdisjoint(_BYLINES):
        return True
    if facts.label is not None or any(sign.startswith("mark:") for sign in signs):
        return False
    if facts.line.text.islower():
        return False
    return signs.isdisjoint(_NO_BYLINE) and not signs.isdisjoint(_SHORT)


@lru_cache(maxsize=1024)
def _moves_of(
    before: bool,
    among: bool,
    later: bool,
    label: bool,
    asks: bool,
    thanks: bool,
    closing: bool,
    like_byline: bool,
    last_words: bool,
    tells_only: bool,
) -> Moves:
    """For who has spoken last, which tags can follow (their place in TAGS), and the state then."""
    found: dict[Who, Sequence[tuple[int, State]]] = {}
    asked: Who = "thanked" if thanks else "asker"
    for who in _WHOS:
        head = who in ("start", "titled")
        then: dict[Tag, Who] = {}
        if who == "start":
            then["title"] = "titled"
        if head:
            then["lead"] = who
        if like_byline:
            then["byline"] = who if head else "over"
        if before if head else later if who in ("thanked", "over") else among:
            then["left out"] = who
        if who != "over":
            if label:
                then["label"] = asked if asks or thanks else "answerer"
            if who != "asker" and not tells_only:
                then["asks"] = asked
            if who != "answerer" and (who != "thanked" or last_words):
                then["answers"] = "answerer"
            if closing:
                then["presents"] = "thanked"
            if who in ("asker", "thanked"):
                then["asks on"] = who
            elif who == "answerer":
                then["answers on"] = who
        found[who] = [(TAGS.index(tag), (tag, new)) for tag, new in then.items()]
    return found
