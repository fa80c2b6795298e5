"""The abbreviations of Vietnamese copy, and the words that begin its sentences.

English ones are here where they are no Vietnamese word: "làng Sen." and "biến đổi gen." end, and
so does "chị Thu. MC Lan chào." English months and days are not, for mar, jan and thu are words.
"""

from __future__ import annotations

from broadcast.spoken.breaks import Breaks
from broadcast.spoken.vi.initials import ADDRESSED
from broadcast.spoken.vi.letters import is_syllable

_ABBREVIATIONS = frozenset((
    "tp", "tx", "tt", "ts", "ths", "th.s", "pgs", "gs", "bs", "ks", "kts", "ls", "ds", "cn", "p",
    "q", "h", "x", "đ", "ng", "st", "ông.bà", "nxb", "tr", "đ/c", "đc", "v.v", "vv", "sn", "kp",
    "nsnd", "nsưt", "ngnd", "ngưt", "tskh", "bsckii", "bscki", "tel", "đt", "ql", "tl", "uv",
    "t.ư", "gđ", "pgđ", "tgđ", "gv",
    # of English names
    "mr", "mrs", "ms", "dr", "prof", "vs", "lt", "sgt", "capt", "e.g", "i.e", "ft",
))  # fmt: skip
_BEFORE_NUMBER = frozenset(("No", "p", "pp", "vol", "fig"))
_BEGINS = frozenset((
    "Ông", "Bà", "Anh", "Chị", "Họ", "Trong", "Theo", "Khi", "Nhưng", "Tuy", "Rồi", "Sau", "Đây",
    "Đó", "Năm", "Hiện", "Do", "Nay", "Sao", "Tôi", "Con", "Cho", "Hai", "Ba", "Nam",
))  # fmt: skip


def _begins(word: str) -> bool:
    return word in _BEGINS or is_syllable(word)


VIETNAMESE_BREAKS = Breaks(
    abbreviations=_ABBREVIATIONS,
    before_number=_BEFORE_NUMBER,
    begins=_begins,
    people=ADDRESSED,
)
