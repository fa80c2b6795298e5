"""What is set like a label and is none: headings, reports, credits, ends of sentences.

To refuse one more kind: write a test with its example, and name it in ``REFUSALS``. A single phrase
that opens a heading goes into the ``headings`` of vocabulary.toml instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from broadcast.script import vocabulary
from broadcast.script.label_parts import parted
from broadcast.script.names import Words, first_words

_SIGNS = re.compile(r"[“”\"?!;…<>=@#%]")
_SENTENCE_END = re.compile(r"([^\W\d_]+)\.\s+(?=\w)")
_CREDITS = {"ảnh", "photo", "photos", "video", "clip", "nguồn", "source"}


def is_no_label(bare: str, words: Words, job: str) -> bool:
    """Whether ``words`` and the ``job`` beside them are no label, whatever form they have.

    ``bare`` is all of it as written, without what stands in brackets.
    """
    return any(refuses(bare, words, job) for refuses in REFUSALS)


def asks_and_answers(text: str) -> bool:
    """Whether ``text`` is "PHÓNG VIÊN HỎI - LÃNH ĐẠO TRẢ LỜI": in one column two have parts."""
    head, job = parted(text)
    return _asks_and_answers(text, Words.of(head), job)


def _has_signs(bare: str, words: Words, job: str) -> bool:
    """ "Chị Hoa kể “nước lên”": a label holds no signs of a sentence."""
    return _SIGNS.search(bare) is not None


def _ends_sentence(bare: str, words: Words, job: str) -> bool:
    """ "Đường đã xong. Ông An": a full stop, not after a title or initials."""
    return "." in bare and any(
        found[1][-1].islower()
        and len(found[1]) >= 2
        and not Words.of(found[1]).is_one_of(vocabulary.TITLES)
        for found in _SENTENCE_END.finditer(bare)
    )


def _asks_and_answers(bare: str, words: Words, job: str) -> bool:
    """ "Phóng viên hỏi - lãnh đạo trả lời", "Hỏi - đáp pháp luật": the name of a column."""
    if not job or not any(words[-length:].is_one_of(vocabulary.LABEL_VERBS) for length in (1, 2)):
        return False
    second = Words.of(job)
    if words[-1:].is_one_of(vocabulary.ASKING_VERBS) and second.opening(vocabulary.ANSWERING_VERBS):
        return True
    return any(second[-length:].is_one_of(vocabulary.LABEL_VERBS) for length in (1, 2))


def _is_longer_heading(bare: str, words: Words, job: str) -> bool:
    """ "Khách sạn", "Chú ý", "Hỏi đáp": no guest, no uncle, no question."""
    if words.keys[0] not in _FIRST_OF_LABELS:
        return False
    heading = words.opening(vocabulary.HEADINGS)
    return heading > 1 and any(0 < words.opening(known) < heading for known in _KNOWN)


def _ends_in_credit(bare: str, words: Words, job: str) -> bool:
    """ "Ông An tại buổi họp báo - Ảnh": the caption of a picture."""
    return job.casefold() in _CREDITS


_KNOWN = (vocabulary.PARTS.keys(), vocabulary.TITLES, vocabulary.OUTLETS)
_FIRST_OF_LABELS = first_words(*_KNOWN)
REFUSALS: tuple[Callable[[str, Words, str], bool], ...] = (
    _has_signs,
    _ends_sentence,
    _asks_and_answers,
    _ends_in_credit,
    _is_longer_heading,
)
"""What makes words no label, whatever they name."""
