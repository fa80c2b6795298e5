"""Addresses of the web, tags, dashes and signs in English copy → words, pauses or nothing."""

from __future__ import annotations

import re
import unicodedata

from broadcast.spoken import uncertain
from broadcast.spoken.en.dates import MONTH
from broadcast.spoken.en.numbers import cardinal, digits, year
from broadcast.spoken.en.quantities import PER_RULES
from broadcast.spoken.grammar import Place, Said, rule
from broadcast.spoken.starts import NUMERALS

_SAID_SIGNS = {
    "&": "and", "+": "plus", "=": "equals", "±": "plus or minus", "×": "times", "÷": "divided by",
    "%": "percent", "≥": "at least", "≤": "at most", ">": "more than", "<": "less than",
    "~": "about", "≈": "about", "@": "at", "°": "degrees", "§": "section", "$": "dollars",
    "£": "pounds", "€": "euros", "¥": "yen", "¢": "cents", "#": "number", "№": "number",
    "²": "squared", "³": "cubed", "√": "the square root of", "≠": "is not equal to",
}  # fmt: skip
_IN_ADDRESS = {
    ".": "dot", "@": "at", "/": "slash", "-": "dash", "_": "underscore", "+": "plus",
    "=": "equals", "?": "question mark", "&": "and", "#": "hash", "~": "tilde", ":": "colon",
    "%": "percent",
}  # fmt: skip


def _web(place: Place) -> Said:
    written = place.match[0].rstrip("/.,;:!?")
    end = place.start + len(written) + place.text.startswith("/", place.start + len(written))
    bare = re.sub(r"^https?://", "", written)
    bare = re.sub(r"^www\.", "w w w.", bare)
    said = [
        digits(part) if part.isdecimal() else _IN_ADDRESS.get(part, part if part.isalpha() else "")
        for part in re.findall(r"\d+|[^\W\d_]+|\S|_", bare)
    ]
    return place.said(" ".join(filter(None, said)), end=end)


def _in_tag(figures: str) -> str:
    return year(int(figures)) if re.fullmatch(r"(?:19|20)\d\d", figures) else cardinal(int(figures))


def _tag(place: Place) -> Said | None:
    words = re.findall(
        r"\d+|[A-Z]{2,}(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^\W\d_]+", place.match["words"]
    )
    if place.match["words"].isdecimal():
        return place.said(f"number {cardinal(int(place.match['words']))}")
    said = " ".join(_in_tag(word) if word.isdecimal() else word for word in words)
    if place.match[0][0] == "@":
        return place.said(f"at {said}")
    return place.said(said if place.follows(" hashtag", " tag") else f"hashtag {said}")


_WEEKDAY = re.compile(r"(?<!\w)(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?$")
_WORD = re.compile(r"['’]?\w")
_MONTH_AFTER = re.compile(MONTH)
_WEEKDAY_AFTER = re.compile(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)")


def _dash(place: Place) -> Said:
    left, right = place.text[: place.start].rstrip(), place.text[place.end :].lstrip()
    if not left or left[-1] in '\n([“"' or not right:
        return place.said("", end=len(place.text) - len(right))
    if (_WEEKDAY.search(left) and _WEEKDAY_AFTER.match(right)) or (
        left[-1].isdecimal() and _MONTH_AFTER.match(right)
    ):
        return place.said(" to ")
    joined = place.text[place.start - 1].isalnum() and _WORD.match(place.text, place.end)
    return place.said(" " if joined and place.match[0] in "-‑" else ",")


def _arrow(place: Place) -> Said:
    """An arrow from one thing to another: a pause; at a line's head or end nothing."""
    left, right = place.text[: place.start].rstrip(" "), place.text[place.end :].lstrip(" ")
    between = left[-1:].strip() and right[:1].strip()
    return place.said("," if between else "", end=len(place.text) - len(right))


def _sign(place: Place) -> Said | None:
    if place.match[0] == "(":
        return None
    words = _SAID_SIGNS.get(place.match[0])
    if words is None and place.match[0].isnumeric():
        words = cardinal(int(unicodedata.numeric(place.match[0])))
    return place.said(
        words or "",
        doubt=None if words or place.match[0] in "*_•|·" else uncertain.SIGN_NOT_SAID,
    )


WEB_RULES = (
    rule(
        "web",
        r"(?:https?://)?(?:[\w.+-]+@)?[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:/[\w%&=?#.+~@:-]*)*",
        _web,
    ),
)
SIGN_RULES = (
    rule("arrow", r"[-=]{1,3}>|[→⇒➔➜➡]\ufe0f?", _arrow),
    rule("tag", r"[#@](?P<words>\w+)", _tag),
    rule("dash", r"--+|[-–—−‑]", _dash),
    *PER_RULES,
    rule("stroke", r"(?<=(?<!\w)[A-Z])/(?=[A-Z](?!\w))", lambda place: " "),
    rule("stroke", r"/", lambda place: ","),
    rule("sign", rf"(?:[^\w\s]|[_{NUMERALS}])\ufe0f?", _sign),
)
