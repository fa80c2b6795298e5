"""Telephone numbers in English copy → figures one by one, in their groups."""

from __future__ import annotations

import re

from broadcast.spoken.en.numbers import digits
from broadcast.spoken.grammar import Place, Said, rule

_FIGURES = re.compile(r"\d+")
# "Call 999 or 112", "text us on …", "the number is …".
_CALLED = re.compile(
    r" (?:call|dial|phone|ring|text|telephone|tel|whatsapp|sms|fax|hotline|helpline|number|mobile"
    r"|emergency|emergencies)"
    r"(?:s|ed|ing)?(?: \w+ to$)?"
    r"(?: (?:us|me|them|him|her|now|free|police|the police|toll-free|is|was|on|at"
    r"|to|for|or|and|[\d+.-]+))*$"
)
_LISTED = re.compile(r"(?:\d{3}(?:, (?:or |and )?| or | and ))+$")
_SHORT = frozenset((
    "911", "999", "112", "111", "113", "114", "115", "101", "102", "105", "110", "116", "118",
    "119", "120", "211", "311", "411", "511", "611", "811", "988", "000",
))  # fmt: skip
_EXTENSION = re.compile(r"(?i:(?<!\w)ext(?:\.|ension)?) $")
_CALLS = re.compile(r"(?:emergency|call|calls|callers?|dispatchers?|operators?|line|hotline)\b")


def _phone(place: Place) -> Said | None:
    written = place.match[0]
    figures = _FIGURES.findall(written)
    if not 7 <= len("".join(figures)) <= 13:
        return None
    said = ", ".join(digits(group) for group in figures)
    return place.said(f"plus {said}" if written[0] == "+" else said)


def _national(place: Place) -> Said | None:
    """07700 900123, 020 7946 0958, 0252 3 822 113: nine to twelve figures after a zero."""
    return _phone(place) if 9 <= len(re.sub(r"\D", "", place.match[0])) <= 12 else None


def _spaced(place: Place) -> Said | None:
    """555 0123, where somebody is called."""
    return _phone(place) if _CALLED.search(place.before) else None


def _called(place: Place) -> Said | None:
    """911 and the like where somebody calls, and long numbers after "call" or "number"."""
    written = place.match[0]
    if _EXTENSION.search(place.text[max(0, place.start - 12) : place.start]):
        return place.said(digits(written))
    earlier = _LISTED.sub("", place.text[: place.start]) or place.text[: place.start]
    called = _CALLED.search(f" {re.split(r'[.;!?()]', earlier[-70:])[-1].casefold().rstrip(' :,')}")
    if len(written) == 3:
        calls = written in ("911", "999", "112") and _CALLS.match(place.after)
        if not calls and not (called and (written in _SHORT or not place.after.strip())):
            return None
    elif not called:
        return None
    return place.said(digits(written))


LONG_PHONE_RULES = (
    rule(
        "phone",
        r"\(\d{2,5}\)[ -]?\d{3,4}[ -]\d{3,4}(?!\d)"
        r"|\+\d{1,3}(?:[ .-]?\(?\d{1,4}\)?){2,5}(?!\d)"
        r"|\(\+?84[ .-]\d{1,3}\)(?:[ .-]{0,2}\d{1,8}){1,4}(?!\d)",
        _phone,
    ),
)
PHONE_RULES = (
    rule(
        "phone",
        r"1[- ]8\d\d[- ]\d{3}[- ]\d{4}(?!\d)|\d{3}[-. ]\d{3}[-. ]\d{4}(?!\d)"
        r"|\d{3}-\d{4}(?![\d-])|1[89]00[ -]\d{4,6}(?!\d)"
        r"|1[89]00[ -]\d\d[ -]\d\d(?:[ -]\d\d)?(?!\d)",
        _phone,
    ),
    rule("phone", r"1-800-(?=[A-Z]{4})", lambda place: "one, eight hundred, "),
    rule("phone", r"0\d{1,4}(?:[ .-]\d{1,8}){1,4}(?!\d)|0\d{8,10}(?!\d)", _national),
    rule("phone", r"\d{3} \d{4}(?!\d|[.,]\d)", _spaced),
    rule("phone", r"\d{3}(?!\d|[.,-]\d|%)|\d{4,11}(?!\d|[.,]\d)", _called),
)
