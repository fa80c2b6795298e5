"""The labels of a script, turned into its speakers: who is one person, and what part each plays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from broadcast.model import Person, Speaker
from broadcast.script.asking import is_question
from broadcast.script.label_forms import Form, form_of, label_key, plain_label
from broadcast.script.labelled import LabelledPerson, LabelledTurn
from broadcast.script.names import Words
from broadcast.script.personal_names import after_english_post, person_and_title
from broadcast.script.roles import give_roles, is_mans_or_womans
from broadcast.script.same_person import are_opposed
from broadcast.text import folded

__all__ = ["LabelledPerson", "LabelledTurn", "as_speaker", "speakers_of"]


def speakers_of(
    said: Sequence[LabelledTurn], people: Sequence[Person]
) -> tuple[list[LabelledPerson], list[int]]:
    """Join the labels into people; give them in order of appearance and each turn's index there."""
    voices: list[LabelledPerson] = []
    index = _LabelIndex()
    by_label: dict[str, int] = {}
    first: dict[str, LabelledTurn] = {}
    for one in said:
        first.setdefault(label_key(one.label), one)
    order = sorted(first.values(), key=_fullness, reverse=True)
    for one in order:
        person = _declared(one, people)
        at = _same(one, person, voices, index)
        if at is None:
            at = len(voices)
            named = one.form if person is None else form_of(person.name) or one.form
            key = tuple(folded(_identity_of(named, one.label)).split())
            called = _called_by(named)
            voices.append(
                LabelledPerson(plain_label(one.label), one.form, key, called=called, person=person)
            )
            index.add(at, voices[at])
        by_label[label_key(one.label)] = at
    owners = [by_label[label_key(one.label)] for one in said]
    for one, owner in zip(said, owners, strict=True):
        voice = voices[owner]
        if one.label not in voice.labels:
            voice.labels.append(one.label)
        voice.turns += 1
        voice.questions += is_question(one.words)
    seen = list(dict.fromkeys(owners))
    place = {owner: at for at, owner in enumerate(seen)}
    voices = [voices[owner] for owner in seen]
    for voice in voices:
        if voice.person is not None:
            voice.name = voice.person.name
    give_roles(voices, said, owners)
    return voices, [place[owner] for owner in owners]


def as_speaker(voice: LabelledPerson) -> Speaker:
    """Give a voice as the script keeps it."""
    # Of a guest whom the lead names it is known which words are the name.
    named = voice.form.person if voice.form.family == "guest" else ""
    person, title = person_and_title(voice.name, declared=voice.person is not None, named=named)
    if is_mans_or_womans(voice) and voice.role == "presenter":
        person = ""  # "Nam" beside "Nữ"
    return Speaker(voice.name, voice.role, tuple(voice.labels), voice.why, person, title)


def _identity_of(form: Form, label: str) -> str:
    """The name by which turns are known: of a guest from the lead, only what his label tells too.

    So that his turns are the same when his label is written before them.
    """
    if form.family != "guest":
        return form.person
    told = form_of(label)
    return told.person if told is not None else ""


def _called_by(form: Form) -> tuple[str, ...]:
    """The words of the name: "bright" of "Superintendent Bright", "h", "ngơi" of "H'Ngơi"."""
    return after_english_post(Words.of(form.person)).keys


def _fullness(one: LabelledTurn) -> tuple[int, int, int]:
    """The more of the name, then the more words, then the longer ("Đồng chí", not "Đ/c")."""
    plain = plain_label(one.label)
    return len(Words.of(one.form.person)), len(Words.of(plain)), len(plain)


def _declared(one: LabelledTurn, people: Sequence[Person]) -> Person | None:
    """The person whom the station or the front matter means by a label."""
    label = label_key(one.label)
    for person in people:
        names = {folded(name) for name in (person.name, *person.aliases)}
        if label in names or folded(one.label) in names:
            return person
    key = folded(one.form.person)
    if len(key.split()) < 2:
        return _called(key, one.form.title, people)
    for person in people:
        for name in (person.name, *person.aliases):
            if f" {folded(name)}".endswith(f" {key}"):
                return person
    return None


def _called(key: str, title: str, people: Sequence[Person]) -> Person | None:
    """The one person named with a title and ending in ``key``: "Bà Xuân" is "Bà Đổng Thị Xuân"."""
    found = []
    for person in people:
        form = form_of(person.name)
        if form is not None and form.title and not are_opposed(form.title, title):
            name = folded(form.person).split()
            if key and len(name) > 1 and name[-1] == key:
                found.append(person)
    return found[0] if len(found) == 1 else None


@dataclass(slots=True)
class _LabelIndex:
    """Which voices a label could be another label of, without trying them all."""

    by_name: dict[str, list[int]] = field(default_factory=dict)
    by_family: dict[str, list[int]] = field(default_factory=dict)
    by_person: dict[str, int] = field(default_factory=dict)

    def add(self, at: int, voice: LabelledPerson) -> None:
        """Make voice ``at`` findable by its names, initials, family and person."""
        if voice.called:
            initials = "".join(word[0] for word in voice.called)
            for name in {*voice.called[:2], voice.called[-1], voice.called[-1][0], initials}:
                self.by_name.setdefault(name, []).append(at)
        if voice.form.family:
            self.by_family.setdefault(voice.form.family, []).append(at)
        if voice.person is not None:
            self.by_person.setdefault(voice.person.name, at)

    def fitting(self, form: Form, count: int) -> Iterable[int]:
        """The voices that may fit, of ``count``."""
        if called := _called_by(form):
            return {*self.by_name.get(called[-1], ()), *self.by_name.get("".join(called), ())}
        return self.by_family.get(form.family, ()) if form.family else range(count)


def _same(
    one: LabelledTurn, person: Person | None, voices: Sequence[LabelledPerson], index: _LabelIndex
) -> int | None:
    """Which of the voices so far ``one`` is another label of: only if it can be no other."""
    if person is not None:
        return index.by_person.get(person.name)
    fits = [at for at in index.fitting(one.form, len(voices)) if _fits(one, voices[at])]
    return fits[0] if len(fits) == 1 else None


def _fits(one: LabelledTurn, voice: LabelledPerson) -> bool:
    form, other = one.form, voice.form
    key, full = _called_by(form), voice.called
    if key and full:
        if are_opposed(form.title, other.title):
            return False
        if form.role is not None and other.role is not None and form.role != other.role:
            return False
        if full[-len(key) :] == key or (len(key) == 1 and full[:1] == key):
            return True
        if len(full[0]) == 1 and len(key) > 1 and full[: len(key)] == key:
            return True  # "H'Ngơi" is H'Ngơi Niê
        return _is_initials_of(key, full, form)
    if form.family and form.family == other.family and not key:
        return not form.job or not other.job or _within(form.job, other.job)
    if not key and form.title and not form.family:
        # "Chủ tịch UBND phường" is the one who was "… - Chủ tịch UBND phường Phú Tài" before.
        mine = folded(f"{form.title} {form.job}" if form.job else form.title)
        theirs = folded(f"{other.title} {other.job}")
        return f" {theirs} ".find(f" {mine} ") >= 0
    return False


def _is_initials_of(key: tuple[str, ...], full: tuple[str, ...], form: Form) -> bool:
    """Whether letters stand for a name: "Đ.Q.T", "JP"; "Ông T." where the title is one's."""
    initials = "".join(word[0] for word in full)
    if all(len(word) == 1 for word in key):
        single = len(key) == 1 and bool(form.title) and len(full) > 1 and full[-1][0] == key[0]
        return single or (len(key) > 1 and "".join(key) == initials)
    return len(key) == 1 and key[0] == initials and form.person.isupper()


def _within(one: str, other: str) -> bool:
    return f" {folded(one)} " in f" {folded(other)} " or f" {folded(other)} " in f" {folded(one)} "
