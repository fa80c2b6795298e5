"""The abbreviations of English copy, and the words that begin its sentences."""

from __future__ import annotations

from broadcast.spoken.breaks import Breaks

_ABBREVIATIONS = frozenset((
    "mr", "mrs", "ms", "dr", "prof", "vs", "fig", "gen", "col", "lt", "sgt", "capt", "hon", "rev",
    "e.g", "i.e", "approx", "dept", "est", "gov", "sen", "rep", "maj", "cpl", "cmdr", "adm", "pres",
    "supt", "insp", "det", "amb", "tel", "mt", "ft", "st",
    # of Vietnamese names, as English copy takes them over
    "tp", "tx", "ts", "ths", "pgs", "gs", "bs",
))  # fmt: skip
_BEFORE_NUMBER = frozenset((
    "no", "nos", "p", "pp", "vol", "ch", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep",
    "sept", "oct", "nov", "dec",
))  # fmt: skip
_BEGINS = frozenset((
    "The", "He", "She", "It", "They", "We", "I", "You", "In", "On", "At", "A", "An", "But", "And",
    "This", "That", "These", "His", "Her", "Their", "There", "However", "Then", "When", "So",
    "For",
))  # fmt: skip

ENGLISH_BREAKS = Breaks(
    abbreviations=_ABBREVIATIONS,
    before_number=_BEFORE_NUMBER,
    begins=_BEGINS.__contains__,
    days=frozenset(("Mon", "Tue", "Tues", "Wed", "Thu", "Thurs", "Fri")),
)
