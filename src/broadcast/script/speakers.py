"""The labels of a script, turned into its speakers: who is one person, and what part each plays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from broadcast.messages import Message
from broadcast.model import Person, Role, Speaker
from broadcast.script import vocabulary
from broadcast.script.label_forms import Form, form_of, label_key, plain_label
from broadcast.script.names import Words
from broadcast.script.personal_names import person_and_title
from broadcast.text import folded


@dataclass(slots=True)
class LabelledPerson:
    """One person being put together from labels: ``form`` is that of the fullest label.

    ``key`` is the personal name, folded, without a form of address or a job.
    """

    name: str
    form: Form
    key: tuple[str, ...]
    labels: list[str] = field(default_factory=list)
    person: Person | None = None
    questions: int = 0
    turns: int = 0
    addresses: int = 0
    role: Role = "official"
    why: Message = field(init=False)


@dataclass(frozen=True, slots=True)
class LabelledTurn:
    """A turn as its label and words were met, before it is known whose they are."""

    label: str
    form: Form
    words: str


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
            key = tuple(folded(named.person).split())
            voices.append(LabelledPerson(plain_label(one.label), one.form, key, person=person))
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
    _give_roles(voices)
    return voices, [place[owner] for owner in owners]


def as_speaker(voice: LabelledPerson) -> Speaker:
    """Give a voice as the script keeps it."""
    # Of a guest whom the lead names it is known which words are the name.
    named = voice.form.person if voice.form.family == "guest" else ""
    person, title = person_and_title(voice.name, declared=voice.person is not None, named=named)
    if _is_mans_or_womans(voice) and voice.role == "presenter":
        person = ""  # "Nam" beside "Nữ"
    return Speaker(voice.name, voice.role, tuple(voice.labels), voice.why, person, title)


def is_question(text: str) -> bool:
    """Whether the words ask: a question mark, or a request to the person interviewed."""
    return "?" in text or _asks_without_mark(text)


_REQUEST = re.compile(
    r"(?:(?:xin |kính )?thưa|xin (?:hỏi|cho hỏi|cho biết|ông|bà|anh|chị|đồng chí|bác s[ĩỹ])"
    r"|(?:đề nghị|mời) (?:ông|bà|anh|chị|đồng chí|cho biết)|(?:cho tôi|tôi (?:muốn|xin)) hỏi"
    r"|(?:ông|bà|anh|chị|đồng chí) có thể)\b"
)


def _asks_without_mark(text: str) -> bool:
    return _REQUEST.match(folded(text[:80])) is not None


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
        if form is not None and form.title and not _opposed(form.title, title):
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
        """Make voice ``at`` findable by its last name, initials, family and person."""
        if voice.key:
            initials = "".join(word[0] for word in voice.key)
            for name in {voice.key[0], voice.key[-1], initials}:
                self.by_name.setdefault(name, []).append(at)
        if voice.form.family:
            self.by_family.setdefault(voice.form.family, []).append(at)
        if voice.person is not None:
            self.by_person.setdefault(voice.person.name, at)

    def fitting(self, form: Form, count: int) -> Iterable[int]:
        """The voices that may fit, of ``count``."""
        key = folded(form.person).split()
        if key:
            return {*self.by_name.get(key[-1], ()), *self.by_name.get("".join(key), ())}
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
    key = tuple(folded(form.person).split())
    if key and voice.key:
        if _opposed(form.title, other.title):
            return False
        if form.role is not None and other.role is not None and form.role != other.role:
            return False
        if voice.key[-len(key) :] == key or (len(key) == 1 and voice.key[:1] == key):
            return True
        initials = "".join(word[0] for word in voice.key)
        return (
            len(key) > 1 and all(len(word) == 1 for word in key) and "".join(key) == initials
        ) or (len(key) == 1 and len(key[0]) > 1 and key[0] == initials and form.person.isupper())
    if form.family and form.family == other.family and not key:
        return not form.job or not other.job or _within(form.job, other.job)
    if not key and form.title and not form.family:
        # "Chủ tịch UBND phường" is the one who was "… - Chủ tịch UBND phường Phú Tài" before.
        mine = folded(f"{form.title} {form.job}" if form.job else form.title)
        theirs = folded(f"{other.title} {other.job}")
        return f" {theirs} ".find(f" {mine} ") >= 0
    return False


def _within(one: str, other: str) -> bool:
    return f" {folded(one)} " in f" {folded(other)} " or f" {folded(other)} " in f" {folded(one)} "


_MEN = {"ông", "anh", "chú", "mr"}
_WOMEN = {"bà", "chị", "cô", "dì", "mrs", "ms", "miss"}


def _opposed(title: str, other: str) -> bool:
    first, second = set(folded(title).split()), set(folded(other).split())
    return bool((first & _MEN and second & _WOMEN) or (first & _WOMEN and second & _MEN))


def _give_roles(voices: Sequence[LabelledPerson]) -> None:
    for voice in voices:
        sign, labels = voice.form.known_by, _quoted(voice.labels)
        if voice.person is not None and voice.person.role is not None:
            voice.role = voice.person.role
            voice.why = Message("speaker.given", "named in the station or the front matter")
        elif voice.form.role is not None:
            voice.role = voice.form.role
            voice.why = Message("speaker.labelled", "{sign} ({labels})", sign=sign, labels=labels)
        else:
            voice.role = "official"
            voice.why = Message(
                "speaker.labelled-and-answers",
                "{sign} ({labels}) and the answers",
                sign=sign,
                labels=labels,
            )
        if _asks_or_answers(voice) and voice.questions * 2 > voice.turns:
            _tell_asking(voice)
    _tell_journalists(voices)
    if {"nam", "nữ"} <= {folded(voice.name) for voice in voices}:
        for voice in voices:
            if _is_mans_or_womans(voice):
                voice.role = "presenter"
                voice.why = Message(
                    "speaker.man-and-woman", "a man's and a woman's voice that read in turn"
                )
    if any(voice.role != "official" for voice in voices):
        return
    asking = [
        voice for voice in voices if voice.person is None and voice.questions * 2 >= voice.turns
    ]
    if asking and len(asking) < len(voices):
        for voice in asking:
            _tell_asking(voice)


def _tell_asking(voice: LabelledPerson) -> None:
    voice.role = "reporter"
    voice.why = Message(
        "speaker.labelled-and-questions",
        "{sign} ({labels}) and the questions",
        sign=voice.form.known_by,
        labels=_quoted(voice.labels),
    )


def _quoted(labels: Sequence[str]) -> tuple[Message, ...]:
    return tuple(Message("label.quoted", "“{label}”", label=label) for label in labels)


def _is_mans_or_womans(voice: LabelledPerson) -> bool:
    return folded(voice.name) in {"nam", "nữ"} and voice.person is None


def _tell_journalists(voices: Sequence[LabelledPerson]) -> None:
    """A journalist whom a reporter asks, and who asks nothing, is the guest."""
    asked = any(voice.form.family == "reporter" for voice in voices)
    for voice in voices:
        given = voice.person is not None and voice.person.role is not None
        if asked and voice.form.family == "journalist" and not voice.questions and not given:
            voice.role = "official"
            voice.why = Message(
                "speaker.answers", "{sign}, and the answers", sign=voice.form.known_by
            )


def _asks_or_answers(voice: LabelledPerson) -> bool:
    if voice.form.role is not None or (voice.person is not None and voice.person.role is not None):
        return False
    title = tuple(folded(voice.form.title).split())
    return title in vocabulary.ASKING_OR_ASKED
