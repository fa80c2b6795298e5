"""Two names or titles, judged: whether they can be one person's ("Đỗ Quý Toàn" and "Toàn")."""

from __future__ import annotations

import re
from functools import lru_cache

from broadcast.model import Gender
from broadcast.script.names import Words
from broadcast.text import folded

_MEN = {"ông", "anh", "chú", "cậu", "mr", "sir", "lord", "he", "him"}
_WOMEN = {
    "bà",
    "chị",
    "cô",
    "dì",
    "mợ",
    "thím",
    "mrs",
    "ms",
    "miss",
    "madam",
    "dame",
    "she",
    "her",
    "ni",
}


# These tell it wherever they stand in a title; the others, which may be a name, a place or another
# word ("Ngọc Anh", "Cô Tô"), as its first word alone.
_MAN_ANYWHERE = {"ông", "mr", "sir", "lord"}
_WOMAN_ANYWHERE = {"bà", "mrs", "ms", "miss", "madam", "dame"}
_MAN_FIRST = _MAN_ANYWHERE | {"anh", "chú", "cậu"}
_WOMAN_FIRST = _WOMAN_ANYWHERE | {"chị", "cô", "dì", "mợ", "thím"}
_NAMES_AFTER_ANH = {"thư", "đào", "thơ"}  # Anh Thư is a woman's whole name as well


def are_opposed(title: str, other: str) -> bool:
    """Whether one is a man's and one a woman's: "Ông" and "Bà"; "cô giáo" and "anh"."""
    first, second = set(folded(title).split()), set(folded(other).split())
    return bool(
        (first & _MEN and second & _WOMEN and not first & _WOMEN and not second & _MEN)
        or (first & _WOMEN and second & _MEN and not first & _MEN and not second & _WOMEN)
    )


def gender_of(title: str, person: str = "") -> Gender | None:
    """Give whose voice a form of address tells: "Bà" Én, "Mr" Hale; None: nobody's."""
    said = re.findall(r"\w+", title.casefold())  # "cô" is no "Cổ": with its marks
    man = bool(_MAN_FIRST.intersection(said[:1]) or _MAN_ANYWHERE.intersection(said))
    woman = bool(_WOMAN_FIRST.intersection(said[:1]) or _WOMAN_ANYWHERE.intersection(said))
    if man == woman or (said == ["anh"] and person.casefold() in _NAMES_AFTER_ANH):
        return None
    return "man" if man else "woman"


@lru_cache(maxsize=4_096)
def is_name_of(short: str, full: str) -> bool:
    """Whether ``short`` can stand for ``full``: its end, its beginning or its first letters."""
    some, all_of = Words.of(folded(short)).keys, Words.of(folded(full)).keys
    if not some or not all_of or len(some) > len(all_of):
        return False
    if all_of[-len(some) :] == some or (len(some) > 1 and all_of[: len(some)] == some):
        return True
    if len(some) == 1 and full.isascii() and all_of[0] == some[0]:
        return len(some[0]) > 1  # "Sheila" is Sheila Drummond, "Nguyễn" nobody
    return (
        len(some) > 1
        and all(len(key) == 1 for key in some)
        and "".join(some) == "".join(key[0] for key in all_of)
    )
