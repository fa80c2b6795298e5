"""The shorthand of messages (ko, dc, ntn, 1ty4) → words where they are sure, and always a doubt."""

from __future__ import annotations

import re

from broadcast.spoken import uncertain
from broadcast.spoken.grammar import UNKNOWN, Place, Said, rule
from broadcast.spoken.vi.units import UNITS
from broadcast.text import CAPITAL

# Consonants alone, or letters of a message that are no Vietnamese word.
_CONSONANTS = "bcdđghjklmnpqrstvwxz"
SHORTHAND_START = (
    rf"(?:[{_CONSONANTS}{_CONSONANTS.upper()}][{_CONSONANTS}]{{1,5}}|[Kk][oô]|hok|[kKjJ]|ny|iu|wá)"
    r"(?![\w.@/&’'-]\w|\w)"
)
_SURE = {
    "ko": "không", "kô": "không", "hok": "không", "hk": "không", "k": "không", "kh": "không",
    "dc": "được", "đc": "được", "dk": "được", "vs": "với", "ntn": "như thế nào", "j": "gì",
    "mng": "mọi người", "cx": "cũng", "trc": "trước", "nhg": "nhưng", "nx": "nữa", "lm": "làm",
}  # fmt: skip
_NO_WORDS = frozenset((
    "hm", "hmm", "hmmm", "brr", "brrr", "psst", "pst", "shh", "suỵt", "tsk", "zzz", "mr", "mrs",
    "ms", "dr", "jr", "sr", "st",
))  # fmt: skip
# Points of a law and unknown quantities are letters.
_LETTER_BEFORE = re.compile(r"(?:điểm|khoản|mục|chữ|hệ số|biến|trục|hạng|lớp|khối)(?: \w[,;])* ?$")
_NAME_AFTER = re.compile(rf"\.? [{CAPITAL}]")


def _shorthand(place: Place) -> Said | None:
    """ko, dc, vs, ntn, j: no word of this language."""
    written = place.match[0]
    small = written.casefold()
    text, start, end = place.text, place.start, place.end
    if (
        small in _NO_WORDS
        or (len(written) > 1 and written in UNITS)
        or (start and text[start - 1] in "’'.@/&-_0123456789")
    ):
        return None
    if written[0].isupper() and _NAME_AFTER.match(text, end):  # Ko Jin-young, Ng. T. H.
        return None
    if len(written) == 1 and (
        text[end : end + 1] in (")", ".", ":")
        or _LETTER_BEFORE.search(place.before)
        or not re.search(r"[^\W\d_] $", text[:start])
        or not re.match(r"[?!]| ?[^\W\d_]", text[end:])
    ):
        return None
    said = _SURE.get(small)
    if said:
        said = said.capitalize() if written[0].isupper() else said
        return place.said(said, doubt=uncertain.TAKEN_FOR_SHORTHAND)
    return place.said(written, doubt=uncertain.LEFT_TO_VOICE)


SHORTHAND_RULES = (rule(UNKNOWN, SHORTHAND_START, _shorthand),)
