"""The words of a possible label, judged by themselves: whose label they are and how surely.

To add a form of label: write one function in part_labels.py or person_labels.py (or below, where a
label holds another), with an example first in its docstring, and name it in ``RULES`` at its place:
the first that fits says. The example is tested from there. A single word of an old kind is an entry
of vocabulary.toml; what is no label at all is refused in no_labels.py; where in a line a label
stands is told by labels.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from broadcast.messages import Message
from broadcast.model import Role
from broadcast.script import part_labels, person_labels, vocabulary
from broadcast.script.form import Form, Sureness
from broadcast.script.label_parts import (
    BRACKETS,
    SEPARATORS,
    beside,
    label_key,
    parted,
    plain_label,
    whose,
    without_verb,
)
from broadcast.script.names import Words, reports
from broadcast.script.no_labels import is_no_label
from broadcast.text import folded

__all__ = ["RULES", "SEPARATORS", "Form", "Sureness", "form_of", "label_key", "plain_label"]

_TOGETHER = re.compile(r"([^\W\d_]{2,})(\d{1,2})$")
_MOST_WORDS = 18
_MOST_WORDS_BESIDE = 24


@lru_cache(maxsize=2_048)
def form_of(written: str) -> Form | None:
    """Judge the words ``written`` before a colon: None if they are no label."""
    bare = BRACKETS.sub(" ", written)
    head, job = parted(bare)
    words = _without_article(Words.of(_TOGETHER.sub(r"\1 \2", head)))
    if not 0 < len(words) <= _MOST_WORDS or is_no_label(bare, words, job):
        return None
    if "của" in words.keys and (of_whom := whose(written)) is not None:
        return _of_somebody(*of_whom)
    aside = job or bare != written
    job = beside(written, job)
    if job and len(Words.of(job)) > _MOST_WORDS_BESIDE:
        return None
    form = next(
        (
            form
            for begins, rules in RULES
            if begins(words)
            for rule in rules
            if (form := rule(words, job)) is not None
        ),
        None,
    )
    if form is None:
        return None
    if aside and form.person and _is_introduced(form, written):
        form = replace(form, sureness=Sureness.SURE)
    if form.role is not None:
        return form
    if aside and (part := _part_beside(written)) is not None:
        return replace(form, sureness=max(form.sureness, Sureness.LIKELY), role=part)
    return replace(form, role=_role_by_verb(Words.of(bare)))


def _without_article(words: Words) -> Words:
    """ "Moderator" of "THE MODERATOR": a part or a title, not the name of a paper."""
    rest = words[1:]
    if words.keys[:1] != ("the",) or not rest.opening(_AFTER_ARTICLE):
        return words
    return rest


_AFTER_ARTICLE = vocabulary.JOBS | {
    part for part, (_, family) in vocabulary.PARTS.items() if family not in {"question", "answer"}
}


def kin(words: Words, job: str) -> Form | None:
    """ "Mẹ của Hân, chị Phạm Thị Nhài": the person is named beside."""
    if not words.opening(vocabulary.KIN) or not words.first_letter(0).isupper() or len(words) > 6:
        return None
    named = form_of(job[:1].upper() + job[1:]) if job and not reports(words) else None
    if named is None or not named.person or not named.title or named.job:
        return None
    known_by = Message("label.kin-and-name", "“{kin}” and a name", kin=str(words))
    return replace(named, known_by=known_by)


_Rule = Callable[[Words, str], Form | None]
RULES: tuple[tuple[Callable[[Words], bool], tuple[_Rule, ...]], ...] = (
    (
        part_labels.may_be_numbered,
        (part_labels.numbered, part_labels.opinion, part_labels.guest_in_letters),
    ),
    (
        part_labels.begins_with_part,
        (
            part_labels.part_alone,
            part_labels.part_with_number,
            part_labels.part_with_name,
            part_labels.part_with_words,
        ),
    ),
    (part_labels.may_be_outlet, (part_labels.outlet, part_labels.outlet_at_end)),
    (
        person_labels.begins_with_title,
        (
            person_labels.title_alone,
            person_labels.title_and_name,
            person_labels.title_and_small_name,
            person_labels.post_and_name,
            person_labels.post,
        ),
    ),
    (
        person_labels.may_be_name,
        (
            person_labels.short_title_and_name,
            person_labels.initials,
            person_labels.name,
            person_labels.small_name,
        ),
    ),
    (person_labels.may_end_in_name, (person_labels.other_post_and_name,)),
    (part_labels.begins_with_body_or_kin, (part_labels.office, kin)),
)
"""The forms of labels in the order they are tried, under what the words must be for them."""


def _of_somebody(name: str, asks: bool) -> Form | None:
    """ "Câu hỏi của ông Trịnh Văn Ngoạn, thôn Khe Gầm", "Trả lời của Sở Y tế"."""
    form = form_of(name)
    if form is None or (not form.title and form.sureness is Sureness.MAYBE and form.person):
        return None
    known_by = Message("label.of-somebody", "a question or an answer of “{name}”", name=name)
    sureness = Sureness.SURE if form.person else Sureness.LIKELY
    return replace(
        form, sureness=sureness, known_by=known_by, role="reporter" if asks else "official"
    )


def _is_introduced(form: Form, written: str) -> bool:
    """ "Nhạc trưởng Đàm Vĩnh Kha (ĐVK)": the letters under which somebody goes on to speak."""
    letters = "".join(key[0] for key in Words.of(form.person).keys)
    return len(letters) > 1 and any(
        found.replace(".", "").isupper() and folded(found).replace(" ", "") == letters
        for found in BRACKETS.findall(written)
    )


def _part_beside(written: str) -> Role | None:
    """ "OWEN PIKE [HOST]", "Jane Pike, host": the part is said beside the name."""
    beside_name = [*BRACKETS.findall(written), parted(BRACKETS.sub(" ", written))[1]]
    parts = (vocabulary.PARTS.get(Words.of(one).keys) for one in beside_name if one)
    return next((part[0] for part in parts if part is not None), None)


def _role_by_verb(words: Words) -> Role | None:
    """ "Anh Tài hỏi" asks."""
    verb = words[len(without_verb(words)) :]
    return "reporter" if verb.opening(vocabulary.ASKING_VERBS) else None
