"""The English grammar: telephone numbers, names and signs, and the table of all its rules."""

from __future__ import annotations

import re
import unicodedata

from broadcast.spoken.english_dates import (
    DATE_RULES,
    DECADE_RULES,
    MONTH,
    MONTH_RULES,
    TIME_RULES,
    YEAR_RULES,
)
from broadcast.spoken.english_numbers import cardinal, digits, ordinal
from broadcast.spoken.english_quantities import MONEY_RULES, PER_RULES, QUANTITY_RULES, SIGN_RULES
from broadcast.spoken.grammar import Grammar, Place, Said, rule
from broadcast.spoken.numbers import roman_value
from broadcast.spoken.symbols import NUMERALS, SYMBOL_START
from broadcast.spoken.web import WEB_START

_FIGURES = re.compile(r"\d+")
_SCORE_BEFORE = (
    " won", " beat", " lost", " win", " victory", " score", " defeat", " draw", " defeated", " led",
    " leading", " by", " drew", " ended", " final score", " score of", " loss", " score was",
)  # fmt: skip
_CALLED = (" call", " dial", " phone", " hotline", " number", " called", " calling", " ring")
_ROMAN_BEFORE = (
    " war", " chapter", " part", " volume", " act", " phase", " title", " type", " class",
    " article", " book", " section", " stage", " level", " schedule", " bowl", " appendix",
    " tier", " region", " grade", " vatican", " congress", " apollo", " rocky", " elizabeth ii",
    " mark", " division",
)  # fmt: skip
_SAID_SIGNS = {
    "&": "and", "+": "plus", "=": "equals", "±": "plus or minus", "×": "times", "÷": "divided by",
    "%": "percent", "½": "one half", "¼": "one quarter", "¾": "three quarters", "≥": "at least",
    "≤": "at most", ">": "more than", "<": "less than", "~": "about", "≈": "about", "@": "at",
    "°": "degrees", "§": "section", "$": "dollars", "£": "pounds", "€": "euros", "#": "number",
    "№": "number", "²": "squared", "³": "cubed",
}  # fmt: skip


def _ordinal(place: Place) -> str:
    return ordinal(int(place.match["number"].replace(",", "")))


def _phone(place: Place) -> Said | None:
    written = place.match[0]
    figures = _FIGURES.findall(written)
    if not 7 <= len("".join(figures)) <= 13:
        return None
    said = ", ".join(digits(group) for group in figures)
    return place.said(f"plus {said}" if written[0] == "+" else said)


def _called(place: Place) -> Said | None:
    if len(place.match[0]) == 3 and not place.follows(" call", " dial", " hotline", " called"):
        return None
    return place.said(digits(place.match[0])) if place.follows(*_CALLED) else None


def _score(place: Place) -> Said | None:
    if not place.follows(*_SCORE_BEFORE):
        return None
    one, other = (cardinal(int(part)) for part in _FIGURES.findall(place.match[0]))
    return place.said(f"{one} {other}")


def _route(place: Place) -> Said | None:
    """Flight 370, Boeing 747: the first figure, then the other two."""
    if not place.follows(" flight", " boeing", " airbus", " route", " highway", " room"):
        return None
    first, rest = place.match[0][0], place.match[0][1:]
    if rest == "00":
        return None
    tail = f"oh {cardinal(int(rest))}" if rest[0] == "0" else cardinal(int(rest))
    return place.said(f"{cardinal(int(first))} {tail}")


def _code(place: Place) -> str:
    """COVID-19, A4, 5G, F-16, U23: figures as a number up to two, else one by one."""
    said = []
    for run in re.findall(r"\d+(?:\.\d+)?|[^\W\d_]+", place.match[0]):
        if run[0].isdecimal():
            whole = run.replace(".", " point ")
            single = len(run) > 2 and "." not in run
            said.append(
                digits(run) if single else " ".join(
                    part if part == "point" else cardinal(int(part)) for part in whole.split()
                )
            )  # fmt: skip
        else:
            said.append(run)
    return " ".join(said)


def _version(place: Place) -> str:
    return " point ".join(cardinal(int(part)) for part in place.match[0].split("."))


def _roman(place: Place) -> Said | None:
    written = place.match[0]
    number = roman_value(written)
    if number is None:
        return None
    if place.follows(*_ROMAN_BEFORE):
        return place.said(cardinal(number))
    name = re.search(r"(?<!\w)[A-Z][a-z]+ $", place.text[: place.start])
    if not name or len(written) < 2 or not set(written) <= set("IVX"):
        return None
    return place.said(f"the {ordinal(number)}", doubt="taken for a Roman numeral")


def _web(place: Place) -> Said:
    written = place.match[0].rstrip("/.,;:!?")
    end = place.start + len(written) + place.text.startswith("/", place.start + len(written))
    bare = re.sub(r"^https?://", "", written)
    bare = re.sub(r"^www\.", "w w w.", bare)
    names = {".": "dot", "@": "at", "/": "slash", "-": "dash", "_": "underscore", "+": "plus"}
    said = [
        digits(part) if part.isdecimal() else names.get(part, part if part.isalpha() else "")
        for part in re.findall(r"\d+|[^\W\d_]+|\S|_", bare)
    ]
    return place.said(" ".join(filter(None, said)), end=end)


def _tag(place: Place) -> Said | None:
    words = re.findall(r"\d+|[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^\W\d_]+", place.match["words"])
    said = " ".join(cardinal(int(word)) if word.isdecimal() else word for word in words)
    sign = "number" if place.match["words"].isdecimal() else "hashtag"
    return place.said(f"{'at' if place.match[0][0] == '@' else sign} {said}")


_WEEKDAY = re.compile(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?$")
_WEEKDAY_AFTER = re.compile(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)")


def _dash(place: Place) -> Said:
    left, right = place.text[: place.start].rstrip(), place.text[place.end :].lstrip()
    if not left or left[-1] in '\n([“"' or not right:
        return place.said("", end=len(place.text) - len(right))
    if _WEEKDAY.search(left) and _WEEKDAY_AFTER.match(right):
        return place.said(" to ")
    joined = place.text[place.start - 1].isalnum() and place.text[place.end].isalnum()
    return place.said(" " if joined and place.match[0] in "-‑" else ",")


def _sign(place: Place) -> Said:
    words = _SAID_SIGNS.get(place.match[0])
    if words is None and place.match[0].isnumeric():
        words = cardinal(int(unicodedata.numeric(place.match[0])))
    return place.said(
        words or "",
        doubt="" if words or place.match[0] in "*_•|·" else "dropped: a sign that is not said",
    )


_WEB_RULES = (
    rule(
        "web",
        r"(?:https?://)?(?:[\w.+-]+@)?[\w-]+(?:\.[\w-]+)+(?:/[\w%&=?#.+~@:-]*)*",
        _web,
    ),
)
_LONG_PHONE_RULES = (
    rule(
        "phone",
        r"\(\d{2,4}\)[ -]?\d{3,4}[ -]\d{3,4}(?!\d)"
        r"|\+\d{1,3}(?:[ .-]?\(?\d{1,4}\)?){2,5}(?!\d)",
        _phone,
    ),
)
_PHONE_RULES = (
    rule(
        "phone",
        r"1[- ]8\d\d[- ]\d{3}[- ]\d{4}(?!\d)|\d{3}[-. ]\d{3}[-. ]\d{4}(?!\d)"
        r"|\d{3}-\d{4}(?![\d-])|0\d{1,4}(?:[ .-]\d{3,4}){2,3}(?!\d)|0\d{8,10}(?!\d)"
        r"|1[89]00 \d{4}(?!\d)",
        _phone,
    ),
    rule("phone", r"\d{3}(?!\d|[.,-]\d|%)|\d{7,11}(?!\d|[.,]\d)", _called),
)
_NAME_RULES = (
    rule("ordinal", r"(?P<number>\d{1,3}(?:,\d{3})+|\d+)(?:st|nd|rd|th)(?!\w)", _ordinal),
    rule("score", r"\d{1,3}[-–]\d{1,3}(?![\d%-]|[.,]\d|\w)", _score),
    rule("version", r"\d{1,3}(?:\.\d{1,3}){2,}(?!\d)", _version),
    rule("flight", r"\d{3}(?!\d|[.,-]\d)", _route),
    rule("code", r"\d+(?!(?:[KMGT]B|[MG]?W|V|K)(?!\w))[A-Z]{1,2}(?!\w)", _code),
    rule("code", r"\dK(?!\w)", _code),
)
_SIGN_RULES = (
    rule("tag", r"[#@](?P<words>\w+)", _tag),
    rule("dash", r"--+|[-–—−‑]", _dash),
    *PER_RULES,
    rule("stroke", r"/", lambda place: ","),
    rule("sign", rf"(?:[^\w\s]|[_{NUMERALS}])\ufe0f?", _sign),
)
_CODE_RULES = (
    rule("roman", r"[IVXLC]+(?![\w&'’.]|-[A-Z])|[IVXLC]+(?=['’.])", _roman),
    rule("code", r"[^\W\d_]{1,12}-?\d+(?:\.\d+)?[A-Z]?\d*(?!\w)|[^\W\d_]{1,12}\d\w*", _code),
)
ENGLISH = Grammar(
    language="en",
    starts={
        "web": WEB_START,
        "digit": r"\d",
        "symbol": SYMBOL_START + r"|\((?=\d{2,4}\)[ -]?\d)|'(?=\d0s(?!\w))",
        "letter": (
            r"(?<!\w)(?=[^\W\d_]{0,12}-?\d|[IVXLC]+(?!\w)|(?:US|A|S|C|HK)\$"
            rf"|(?:VND|USD|EUR|GBP|JPY|AUD|SGD|CNY|THB)[ ]?\d|{MONTH})"
        ),
    },
    rules={
        "web": _WEB_RULES,
        "digit": (
            *_PHONE_RULES,
            *DATE_RULES,
            *TIME_RULES,
            *DECADE_RULES,
            *_NAME_RULES,
            *YEAR_RULES,
            *QUANTITY_RULES,
        ),
        "symbol": (*_LONG_PHONE_RULES, *DECADE_RULES, *SIGN_RULES, *_SIGN_RULES),
        "letter": (*MONEY_RULES, *MONTH_RULES, *_CODE_RULES),
    },
)
