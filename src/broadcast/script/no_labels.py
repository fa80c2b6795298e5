"""What is set like a label and is none: headings, reports, credits, ends of sentences.

To refuse one more kind: write a test with its example, and name it in ``REFUSALS``. A single phrase
that opens a heading goes into the ``headings`` of vocabulary.toml instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from broadcast.script import vocabulary
from broadcast.script.label_parts import parted
from broadcast.script.names import Words

_SIGNS = re.compile(r"[“”\"?!;…<>=@#%]")
_SENTENCE_END = re.compile(r"([^\W\d_]+)\.\s+(?=\w)")
_CREDITS = {"ảnh", "photo", "photos", "video", "clip", "nguồn", "source"}
_MOST_WORDS = 24


def is_no_label(bare: str) -> bool:
    """Whether words, those in brackets left out, are no label whatever form they have."""
    return any(refuses(bare) for refuses in REFUSALS)


def asks_and_answers(text: str) -> bool:
    """ "Phóng viên hỏi - lãnh đạo trả lời": one column, in which two have their parts."""
    head, job = parted(text)
    asks, answers = Words.of(head), Words.of(job)
    if not job or len(answers) > _MOST_WORDS:
        return False
    return (
        asks[-1:].is_one_of(vocabulary.ASKING_VERBS)
        and answers.opening(vocabulary.ANSWERING_VERBS) > 0
    ) or (
        any(asks[-length:].is_one_of(vocabulary.LABEL_VERBS) for length in (1, 2))
        and any(answers[-length:].is_one_of(vocabulary.LABEL_VERBS) for length in (1, 2))
    )


def _has_signs(bare: str) -> bool:
    """ "Chị Hoa kể “nước lên”": a label holds no signs of a sentence."""
    return _SIGNS.search(bare) is not None


def _ends_sentence(bare: str) -> bool:
    """ "Đường đã xong. Ông An": a full stop, not after a title or initials."""
    return any(
        found[1][-1].islower()
        and len(found[1]) >= 2
        and not Words.of(found[1]).is_one_of(vocabulary.TITLES)
        for found in _SENTENCE_END.finditer(bare)
    )


def _is_longer_heading(bare: str) -> bool:
    """ "Khách sạn", "Chú ý", "Hỏi đáp": no guest, no uncle, no question."""
    words = Words.of(bare[:80])
    heading = words.opening(vocabulary.HEADINGS)
    return heading > 1 and any(
        0 < words.opening(phrases) < heading
        for phrases in (vocabulary.PARTS, vocabulary.TITLES, vocabulary.OUTLETS)
    )


def _ends_in_credit(bare: str) -> bool:
    """ "Ông An tại buổi họp báo - Ảnh": the caption of a picture."""
    last = bare.rsplit(maxsplit=1)[-1:]
    return last != [bare.strip()] and bool(last) and last[0].casefold() in _CREDITS


REFUSALS: tuple[Callable[[str], bool], ...] = (
    _has_signs,
    _ends_sentence,
    asks_and_answers,
    _is_longer_heading,
    _ends_in_credit,
)
"""What makes words no label, whatever they name."""
