"""What surrounds an interview, turned into the one guest it names: "gặp bà Lò Thị Inh"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache

from broadcast.messages import Message
from broadcast.script import vocabulary
from broadcast.script.label_forms import Form, Sureness
from broadcast.script.mentions import Mention, mentions, sentences
from broadcast.script.names import Words
from broadcast.script.same_person import are_opposed, is_name_of
from broadcast.script.who_is_asked import (
    Told,
    addressed,
    has_post,
    introduced,
    parts_in,
    speaks_later,
)
from broadcast.text import folded

_MOST_CHARACTERS = 20_000
"""A lead is shorter; what is longer is a text whose turns were not told apart."""
_LONGEST_CAPTION = 300
_MOST_PEOPLE = 40


class Rank(IntEnum):
    """How far what is said of somebody tells that it is the guest, least first."""

    CITED = 0
    NAMED = 1
    ADDRESSED = 2
    WITH_POST = 3
    SPEAKS = 4
    MET = 5


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What may name the guest: ``captions`` stand alone, ``questions`` and ``answers`` are turns'.

    All of it is what is not told by labels; the evidence that comes first weighs more.
    """

    title: str = ""
    lead: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()


@dataclass(slots=True)
class _Candidate:
    """One person while what is said of them is put together."""

    name: str
    label: str
    title: str
    rank: Rank
    place: str
    times: Counter[str] = field(default_factory=Counter)
    spoken: bool = False


def guest_of(around: Surroundings, sign: Message, otherwise: str) -> tuple[str, Form]:
    """The label of the one guest whom the surroundings name, with how it is known.

    Whom the reporter is said to have met comes before whom a post or a caption names, and these
    before whom the questions address; without any of it, the one who is named. ``otherwise`` is
    the label where nobody, or more than one, could be meant.
    """
    guest = _guest_in(around)
    if guest is None:
        return otherwise, Form(Sureness.SURE, sign, "official", "guest")
    label = guest.label
    return label, Form(Sureness.SURE, _known_by(guest, sign), "official", "guest", guest.name)


@lru_cache(maxsize=64)
def _guest_in(around: Surroundings) -> _Candidate | None:
    # Asked again for every turn that has no label.
    return _chosen(_candidates(around))


def _known_by(guest: _Candidate, sign: Message) -> Message:
    if guest.rank is Rank.NAMED:
        return Message("guest.named", "a guess: nobody else is named; {sign}", sign=sign)
    if guest.place == "title":
        return Message("guest.in-title", "the title names the guest; {sign}", sign=sign)
    if guest.place == "caption":
        return Message("guest.in-caption", "a caption names the guest; {sign}", sign=sign)
    if guest.place == "questions":
        return Message("guest.addressed", "the questions name the guest; {sign}", sign=sign)
    if guest.place == "answers":
        return Message("guest.introduced", "the guest says the name; {sign}", sign=sign)
    return Message("label.in-lead", "the lead names the guest; {sign}", sign=sign)


def _candidates(around: Surroundings) -> list[_Candidate]:
    found: list[_Candidate] = []
    if around.title:
        _add(found, _ranked(around.title), "title")
    if around.lead:
        # "She" of one paragraph is named in the one above.
        _add(found, _ranked(". ".join(around.lead)[:_MOST_CHARACTERS]), "lead")
    for caption in around.captions:
        _add(found, _of_caption(caption[:_LONGEST_CAPTION], found), "caption")
    for question in around.questions:
        _add(found, ((one, Rank.ADDRESSED) for one in addressed(question)), "questions")
    for answer in around.answers[:1]:
        _add(found, ((one, Rank.SPEAKS) for one in introduced(answer)), "answers")
    _count_names(found, around)
    return found


def _ranked(text: str) -> list[tuple[Mention, Rank]]:
    """Everybody named in a paragraph, with what it says of them."""
    ranked: list[tuple[Mention, Rank]] = []
    before: list[tuple[Mention, bool]] = []
    for sentence in sentences(text):
        people = mentions(sentence)
        told = parts_in(sentence, people)
        here = [
            (one, rank, told[at] is not Told.CITED)
            for at, one in enumerate(people)
            if (rank := _rank(sentence, one, told[at])) is not None
        ]
        talks = speaks_later(sentence)
        if talks is not None and not any(rank > Rank.SPEAKS for _, rank, _ in here):
            # "… bà Lò Thị Inh. Bà kể với chúng tôi …"
            for at, (one, stands) in enumerate(before):
                if stands and not one.asks and not are_opposed(one.title, talks):
                    ranked[len(ranked) - len(before) + at] = (one, Rank.SPEAKS)
                    break
        ranked += [(one, rank) for one, rank, _ in here]
        if here:
            before = [(one, stands) for one, _, stands in here]
    return ranked


def _rank(sentence: str, one: Mention, told: Told) -> Rank | None:
    """How far a sentence tells that somebody is the guest; None for what may be no person."""
    rank = _RANKS[told]
    if rank < Rank.WITH_POST and rank and has_post(sentence, one) and _is_likely(one):
        return Rank.WITH_POST
    if one.alike and rank < Rank.WITH_POST:
        # "Sheila Drummond", until the questions say "Sheila"
        return Rank.CITED if one.name.isascii() else None
    # In English somebody who is merely named is the news.
    return Rank.CITED if rank is Rank.NAMED and sentence.isascii() else rank


def _is_likely(one: Mention) -> bool:
    """Whether a name is a person's where nothing but a post beside it tells: no "Giọt Xanh"."""
    return not one.alike or one.name.isascii() or Words.of(one.name).keys[:1] in vocabulary.SURNAMES


_RANKS = {
    Told.CITED: Rank.CITED,
    Told.NAMED: Rank.NAMED,
    Told.SAYS: Rank.WITH_POST,
    Told.SPEAKS: Rank.SPEAKS,
    Told.MET: Rank.MET,
}


def _of_caption(caption: str, known: Sequence[_Candidate]) -> Iterable[tuple[Mention, Rank]]:
    """Who stands in a picture: a line that is a name, or begins with one that is known already."""
    people = mentions(caption)
    if not people or people[0].start > 2:
        return
    first = people[0]
    alone = not caption[first.end :].strip(" .,:()") or has_post(caption, first)
    again = any(is_name_of(first.name, one.name) for one in known)
    if (alone and not first.alike) or again:
        yield first, Rank.WITH_POST
    elif not first.alike and not first.asks:
        yield first, Rank.CITED


def _add(found: list[_Candidate], ranked: Iterable[tuple[Mention, Rank]], place: str) -> None:
    for one, rank in ranked:
        if one.asks:
            continue
        if rank < Rank.MET and _rules(one):
            rank = Rank.CITED
        same = next((old for old in found if _is_same(old, one)), None)
        if same is None and len(found) >= _MOST_PEOPLE:
            continue
        if same is None:
            found.append(_Candidate(one.name, one.label, one.title, rank, place))
            continue
        _make_fuller(same, one)
        if rank > same.rank:
            same.rank, same.place = rank, place
        same.times[place] += 1


def _is_same(old: _Candidate, one: Mention) -> bool:
    if are_opposed(old.title, one.title):
        return False
    return is_name_of(one.name, old.name) or is_name_of(old.name, one.name)


def _make_fuller(old: _Candidate, one: Mention) -> None:
    """Keep the longest name, with the longest title that stands before it or a shorter one."""
    fuller = len(Words.of(one.name)) > len(Words.of(old.name))
    same = len(Words.of(one.name)) == len(Words.of(old.name))
    if fuller:
        label = one.label if one.title else f"{old.title} {one.name}".strip()
        old.name, old.label = one.name, label
        old.title = one.title or old.title
    elif one.title and (not old.title or (same and _weight(one.title) > _weight(old.title))):
        old.title = one.title
        old.label = one.label if same else f"{one.title} {old.name}"
    old.label = old.label[:1].upper() + old.label[1:]


def _weight(title: str) -> tuple[bool, int]:
    """A degree or a post says more than a form of address."""
    words = Words.of(title)
    return not words.is_one_of(vocabulary.HONORIFICS), len(words)


def _rules(one: Mention) -> bool:
    return Words.of(one.title).opening(vocabulary.RULERS) > 0


def _count_names(found: Sequence[_Candidate], around: Surroundings) -> None:
    """How often the questions and the lead say each name, in full or as one is called."""
    text = f" {folded(' '.join([*around.questions, *around.lead, around.title]))} "
    for one in found:
        given = folded(one.name)
        one.times["all"] = text.count(f" {given} ")
        last = given.split()[-1]
        if last != given:
            title = folded(one.title).split()
            one.times["all"] += sum(
                text.count(f" {before} {last} ")
                for before in {*title[-1:], "ông", "bà", "anh", "chị", "cô", "thầy"}
            )


def _is_passing(one: _Candidate) -> bool:
    """Whether somebody is named once and nothing is said of them: a hero of a tale, a street."""
    return one.rank is Rank.NAMED and not one.title and one.times["all"] < 2


def _chosen(found: Sequence[_Candidate]) -> _Candidate | None:
    """The one who stands out, if one does: two who were met are two guests."""
    ranked = [one for one in found if one.rank and not _is_passing(one)]
    if not ranked:
        return None
    best = max(one.rank for one in ranked)
    first = [one for one in ranked if one.rank is best]
    if len(first) == 1:
        return first[0]
    if best is Rank.MET:
        return None
    addressed_too = [one for one in first if one.times["questions"]]
    if len(addressed_too) == 1:
        return addressed_too[0]
    if len(first) > 2:
        return None  # a report with the words of many
    often = sorted(first, key=lambda one: one.times["all"], reverse=True)
    if often[0].times["all"] >= 2 * max(1, often[1].times["all"]):
        return often[0]
    return None
