"""Title and lead of a script, turned into the one guest they name."""

from __future__ import annotations

import re

from broadcast.messages import Message
from broadcast.script import vocabulary
from broadcast.script.label_forms import Form, Sureness, form_of
from broadcast.script.names import Words, is_name, is_place, is_quoted, name_at_end
from broadcast.text import folded

_MET = re.compile(
    r"(?:phỏng vấn|(?:trao đổi|trò chuyện)(?: nhanh)? (?:cùng|với)|gặp(?: gỡ)?|đối thoại với"
    r"|interview(?:s|ed)?(?: with)?|spoke (?:to|with)|talk(?:s|ed)? to)\s+(?P<who>[^.:;?!]{3,120})",
    re.IGNORECASE,
)
_END = re.compile(r"\s[-–—]\s|[–—,(]|\s(?:về|xung quanh|để|nhằm|nhân|about|on)\s")


def named_guest(context: str, sign: Message, otherwise: str) -> tuple[str, Form]:
    """The guest as ``context`` names them, if it names one person; else ``otherwise``.

    Whom the reporter is said to have met comes before others who are named.
    """
    guests = _met(context) or _titled(context)
    if len(guests) == 1:
        name, who = next(iter(guests.items()))
        known_by = Message("label.in-lead", "the lead names the guest; {sign}", sign=sign)
        return who, Form(Sureness.SURE, known_by, "official", "guest", name)
    return otherwise, Form(Sureness.SURE, sign, "official", "guest")


def _met(context: str) -> dict[str, str]:
    guests: dict[str, str] = {}
    for found in _MET.finditer(context):
        who = _END.split(found["who"])[0].strip()
        if name_at_end(Words.of(who)) is None:
            continue
        label = who[:1].upper() + who[1:]
        form = form_of(label)
        if form is not None and form.person:
            guests.setdefault(form.person, label)
    return guests if len({folded(name) for name in guests}) == 1 else {}


def _titled(context: str) -> dict[str, str]:
    """All persons who are named with a form of address, a degree or a job, by their names."""
    words = Words.of(context)
    guests: dict[str, str] = {}
    at = 0
    while at < len(words):
        begin = at
        while length := words[at:].opening(vocabulary.TITLES):
            if at > begin and not _joined(words, at):
                break
            at += length
        if at == begin:
            at += 1
            continue
        name = _name_at(words, at)
        titles = words[begin:at]
        # "Trưởng phòng Giáo dục", "Hạt trưởng Hạt Kiểm lâm": a name after a job is a full one.
        if (
            name is None
            or is_quoted(words[begin : at + len(name)])
            or is_place(words[at - 1 : at + len(name)])
            or not (
                (titles.is_one_of(vocabulary.HONORIFICS) and not titles.text.isupper())
                or (len(name) > 1 and (name.keys[:1] in vocabulary.SURNAMES or _is_foreign(name)))
            )
        ):
            continue
        at += len(name)
        label = str(words[begin:at])
        label = label[:1].upper() + label[1:]
        form = form_of(label)
        if form is None or form.person != str(name):
            continue
        key = folded(str(name))
        longer = next((one for one in guests if _is_end(key, folded(one))), None)
        shorter = next((one for one in guests if _is_end(folded(one), key)), None)
        if shorter is not None and longer is None:
            del guests[shorter]
        if longer is None:
            guests[str(name)] = label
    return guests


def _name_at(words: Words, at: int) -> Words | None:
    """The words with capitals from ``at`` on, with nothing but spaces between them."""
    length = 0
    while length < 5 and at + length < len(words):
        if not is_name(words[at + length : at + length + 1]):
            break
        if not _joined(words, at + length):
            break
        length += 1
    name = words[at : at + length]
    if not length or name.keys[:1] in vocabulary.ORGANISATIONS:
        return None
    # "Giám đốc Trạm Khuyến nông" names an office, not a person.
    return None if name.opening(vocabulary.BODIES) else name


def _joined(words: Words, at: int) -> bool:
    """Whether nothing but spaces stands before word ``at``."""
    (_, end), (start, _) = words.spans[at - 1], words.spans[at]
    return words.text[end:start].strip() in {"", "’", "'"}


def _is_foreign(name: Words) -> bool:
    return all(key.isascii() for key in name.keys)


def _is_end(short: str, long: str) -> bool:
    return f" {long}".endswith(f" {short}") or f"{long} ".startswith(f"{short} ")
