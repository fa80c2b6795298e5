"""What is told of an English name (V. A.), and the shorthand of messages (pls) → words, doubts."""

from __future__ import annotations

import re

from broadcast.spoken import uncertain
from broadcast.spoken.en.units import UNITS
from broadcast.spoken.grammar import UNKNOWN, Place, Said, rule

SHORTHAND_START = r"[bcdfghjklmnpqrstvwxz]{2,6}(?![\w'’@/&-]|\.\w)"
_NO_NAMES = frozenset(
    ("The", "In", "On", "And", "But", "For", "With", "At", "From", "To", "By", "As")
)
_INITIALS_AFTER = re.compile(r"(?<!\w)(?P<name>[A-ZĐ][^\W\d_]+) $")


def _initials(place: Place) -> Said | None:
    """Nguyen V. A.: what is told of a name, letter by letter."""
    name = _INITIALS_AFTER.search(place.text[: place.start])
    if not name or name["name"] in _NO_NAMES:
        return None
    stop = "." if not place.text[place.end :].strip("\"”’')] \n") else ""
    return place.said(place.match[0].replace(".", "") + stop)


_NO_SHORTHAND = frozenset((
    "hm", "hmm", "hmmm", "brr", "shh", "psst", "pfft", "tsk", "nth", "vs", "mr", "mrs", "ms", "dr",
    "st", "nd", "rd", "th", "zzz", "grr", "phd", "tv", "pc", "cd", "dvd",
))  # fmt: skip


def _shorthand(place: Place) -> Said | None:
    """pls, thx, btw: no words."""
    if place.match[0] in _NO_SHORTHAND or place.match[0] in UNITS:
        return None
    return place.said(place.match[0], doubt=uncertain.LEFT_TO_VOICE)


SHORTHAND_RULES = (
    rule("initials", r"(?:[A-ZĐ]\. ){1,3}[A-ZĐ]\.(?! ?[A-Z]\.)(?!\w)", _initials),
    rule(UNKNOWN, SHORTHAND_START, _shorthand),
)
