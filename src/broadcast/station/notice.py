"""A station's own notice → whether it tells listeners that the voice is synthetic."""

from __future__ import annotations

import re
from collections.abc import Iterable

from broadcast.language import same_language
from broadcast.messages import Message
from broadcast.messages.listeners import words_for
from broadcast.station.table import Table
from broadcast.text import same_tone_placement, with_vietnamese_d

_CLAUSES = re.compile(r"[.,;:!?…–—()\[\]\"“”\n]+|\s-+\s")


def is_told(notice: str, language: str) -> bool | None:
    """Whether a notice says so in this language; None: nobody has listed that language's words.

    What denies it in the same clause takes it back ("this is no computer voice"), unless that is
    what is denied of a real voice ("a computer voice, not his own").
    """
    words = words_for(language)
    if not same_language(words.language, language):
        return None
    told = words.disclosure
    says_so, denies, real = map(_any_of, (told.says_so, told.denies, told.real))
    turns = _any_of(told.turns)
    text = same_tone_placement(with_vietnamese_d(notice)).replace("’", "'")
    found = False
    for clause in (part for piece in _CLAUSES.split(text) for part in turns.split(piece)):
        for said in says_so.finditer(clause):
            found = True
            after = denies.search(clause, said.end())
            if denies.search(clause, 0, said.start()):
                return False
            if after and not real.search(clause, after.end()):
                return False
    return found


def read_notice(table: Table, language: str) -> str:
    """Give the station's own notice; one that says nothing of the synthetic voice is refused."""
    notice = table.template("notice", frozenset({"guest"}))
    if notice.strip() and is_told(notice, language) is False:
        table.fail(
            "notice",
            Message(
                "setting.notice-silent",
                "This notice does not say that a synthetic voice is heard.",
            ),
            Message(
                "setting.notice-silent.hint",
                'Say so, such as: notice = "{example}"',
                example=words_for(language).disclosure.notice_all.format(guests="{guest}"),
            ),
        )
    return notice


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """Give what finds any of the phrases as whole words; one in capitals only in capitals."""

    def word(one: str) -> str:
        return re.escape(one) if one.isupper() else f"(?i:{re.escape(one)})"

    forms = (
        r"[\s-]+".join(map(word, re.split(r"[\s-]+", same_tone_placement(phrase))))
        for phrase in sorted(phrases, key=len, reverse=True)
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)")
