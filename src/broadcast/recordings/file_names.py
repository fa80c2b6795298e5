"""What a recording's file or a producer calls a turn → the turn: its number, lead, byline, opening.

Names are compared without marks, as they come from phones, USB sticks and other people's machines:
"lời dẫn", "loi_dan" and "LoiDan" are one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from broadcast.model import Turn, TurnKind
from broadcast.recordings.folder import SAID_BEFORE

# "03", "03 retake", "3-official", "turn 3b", "lượt 3"; but not "3rd", nor the dates that recorders
# give: "3-2-2024 09.15".
_NUMBERED = re.compile(rf"(?:{SAID_BEFORE})?(\d{{1,4}})[a-z]?(?![^\W_])", re.IGNORECASE)
_CALLED = re.compile(rf"(?:{SAID_BEFORE})?(\d{{1,9}})", re.IGNORECASE)
_DATED = re.compile(r"\d{1,4}([-._ ])\d{1,2}\1\d{1,4}(?!\d)")
_NUMBER = re.compile(r"(?<![^\W_])\d{1,3}(?![^\W_])")


def _phrases(kinds: Mapping[TurnKind, str]) -> dict[str, TurnKind]:
    return {phrase: kind for kind, listed in kinds.items() for phrase in listed.split(", ")}


_WITH_MORE = _phrases({"lead": "lead, loi dan", "byline": "byline, ky ten, ki ten"})
"""What no other words begin with: whatever follows ("lời dẫn MC Hằng") it is that part."""
_ALONE = _phrases(
    {
        "lead": "intro, introduction, dan, dan nhap, loi gioi thieu, sapo",
        "byline": "credit, credits, sign off, signoff, thuc hien, nguoi thuc hien",
        "opening": "opening, mo dau, loi mo dau, loi chao, chao dau, loi chao dau, chao mo dau, "
        "cau xuong, loi xuong",
        "closing": "closing, outro, ket, loi ket, ket thuc, loi ket thuc, chao ket, loi chao ket, "
        "chao cuoi, loi chao cuoi, chao tam biet, loi tam biet",
        "notice": "notice, disclosure, thong bao, loi thong bao, cau thong bao",
    }
)
"""What other names begin with too ("kết quả", "lời chào mừng"): only by itself, or as a retake."""
_RUN_TOGETHER = {
    phrase.replace(" ", ""): kind for phrase, kind in (_WITH_MORE | _ALONE).items() if " " in phrase
}
_OF_RETAKE = _phrases(
    {"turn": "retake, take, lan, lai, ban, moi, cuoi, final, new, sua, thu, am, ghi, doc, copy"}
)


@dataclass(frozen=True, slots=True)
class SaidByName:
    """What a file's name says: a turn's ``number`` at its begin, or a part that has none.

    ``elsewhere`` is a single number further on, which may be that of a turn or a recorder's count.
    """

    number: int | None = None
    kind: TurnKind | None = None
    elsewhere: int | None = None


def said_by_name(file_name: str) -> SaidByName:
    """Read a file's name."""
    stem = unicodedata.normalize("NFC", PurePath(file_name).stem).strip()
    if _DATED.match(stem):
        return SaidByName()
    numbered = _NUMBERED.match(stem)
    words = _plain(stem[numbered.end() :] if numbered else stem).split()
    kind = _kind(words, after_number=numbered is not None)
    if numbered is not None:
        return SaidByName(int(numbered[1]), kind)
    numbers = _NUMBER.findall(stem)
    return SaidByName(None, kind, int(numbers[0]) if len(numbers) == 1 else None)


def named_turn(file_name: str, turns: Sequence[Turn]) -> Turn | None:
    """The turn that a file's name says: lead, byline and the like before a number."""
    said = said_by_name(file_name)
    if said.kind is not None:
        return next((turn for turn in turns if turn.n is None and turn.kind == said.kind), None)
    if said.number is None:
        return None
    return next((turn for turn in turns if turn.n == said.number), None)


def called_turn(called: str, turns: Sequence[Turn]) -> Turn | None:
    """The turn that a producer calls so, with nothing else beside it: "5", "lượt 5", "lời dẫn"."""
    if numbered := _CALLED.fullmatch(unicodedata.normalize("NFC", called).strip()):
        return next((turn for turn in turns if turn.n == int(numbered[1])), None)
    words = _plain(called)
    kind = (_WITH_MORE | _ALONE).get(words) or _RUN_TOGETHER.get(words)
    return next((turn for turn in turns if turn.n is None and turn.kind == kind), None)


def _kind(words: Sequence[str], *, after_number: bool) -> TurnKind | None:
    for many in range(min(4, len(words)), 0, -1):
        begin, rest = " ".join(words[:many]), words[many:]
        is_alone = all(len(word) == 1 or word.isdecimal() or word in _OF_RETAKE for word in rest)
        if begin in _ALONE and is_alone:
            return _ALONE[begin]
        if begin in _WITH_MORE and (is_alone or not after_number):
            return _WITH_MORE[begin]
    return _RUN_TOGETHER.get(words[0]) if words else None


def _plain(text: str) -> str:
    """Give words without marks, case and signs."""
    apart = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return re.sub(r"[\W_]+", " ", bare).strip()
