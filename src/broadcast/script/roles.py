"""People and their turns, turned into the part each plays: "PV" asks, who asks most asks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from broadcast.messages import Message
from broadcast.model import Role
from broadcast.script import vocabulary
from broadcast.script.addressing import opens_vocative, words_of
from broadcast.script.asking import asks_at_end, speaks_of_self
from broadcast.script.label_parts import BRACKETS
from broadcast.script.labelled import LabelledPerson, LabelledTurn
from broadcast.script.names import Words
from broadcast.script.set_phrases import is_closing
from broadcast.script.turn_words import greets, thanks
from broadcast.text import folded

_ASKS_AT_LEAST = 2.0
"""How much must tell that somebody asks, where several could: by the made-up dialogues' figures."""
_FIRST_AHEAD = 0.5
"""By how much one of two must ask more than the other."""
_GREETS_AND_OPENS = 1.0
_BRIEF = 0.6
_FIRST_TURNS = 3
_TELLING_TURNS = 3
"""So many turns beside the first show whether somebody speaks of himself."""


def give_roles(
    voices: Sequence[LabelledPerson], said: Sequence[LabelledTurn], owners: Sequence[int]
) -> None:
    """Set role and reason of each of ``voices``; ``owners`` are their places among all voices."""
    place = {owner: at for at, owner in enumerate(dict.fromkeys(owners))}
    turns: list[list[int]] = [[] for _ in voices]
    for at, owner in enumerate(owners):
        turns[place[owner]].append(at)
    for voice in voices:
        _give_labelled(voice)
    _tell_journalists(voices)
    if {"nam", "nữ"} <= {folded(voice.name) for voice in voices}:
        for voice in voices:
            if is_mans_or_womans(voice):
                voice.role = "presenter"
                voice.why = Message(
                    "speaker.man-and-woman", "a man's and a woman's voice that read in turn"
                )
    if len(voices) == 1:
        _tell_alone(voices[0], said)
    elif all(voice.role == "official" for voice in voices):
        _tell_who_asks(voices, turns, said)


def _tell_alone(voice: LabelledPerson, said: Sequence[LabelledTurn]) -> None:
    """Where one label alone comes again and again with questions, the answers have none."""
    given = voice.person is not None and voice.person.role is not None
    asking = sum(asks_at_end(one.words) for one in said)
    told = given or voice.form.role is not None or bool(voice.form.title)
    if not told and len(said) > 2 and asking * 2 >= len(said):
        _tell_asking(voice)


def is_mans_or_womans(voice: LabelledPerson) -> bool:
    """Whether a label says no more than a man's or a woman's voice: "Nam", "Nữ"."""
    return folded(voice.name) in {"nam", "nữ"} and voice.person is None


def _give_labelled(voice: LabelledPerson) -> None:
    """What the label, the station or the front matter says of the part."""
    sign, labels = voice.form.known_by, _quoted(voice.labels)
    beside = _said_beside(voice)
    if voice.person is not None and voice.person.role is not None:
        voice.role = voice.person.role
        voice.why = Message("speaker.given", "named in the station or the front matter")
    elif voice.form.role is not None or beside is not None:
        voice.role = voice.form.role or beside or "official"
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


def _said_beside(voice: LabelledPerson) -> Role | None:
    """The part that stands beside a name: "OWEN PIKE [HOST]", "Jane Pike, host", "Lê An (PV)"."""
    for label in voice.labels:
        for piece in _beside(label):
            words = Words.of(piece)
            part = vocabulary.PARTS.get(words.keys[: words.opening(vocabulary.PARTS)])
            if part is not None and part[1] in {"presenter", "reporter"}:
                return part[0]
    return None


def _beside(label: str) -> list[str]:
    return [*BRACKETS.findall(label), *_BESIDE.split(label)[1:]]


_BESIDE = re.compile(r"\s+[-–—]\s+|,\s+")


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


@dataclass(frozen=True, slots=True)
class _Weighed:
    """What tells that somebody asks: ``points``; ``share`` is how many of the turns ask.

    ``frames``: it opens the programme or closes it, or the talk begins and ends with it.
    """

    voice: LabelledPerson
    points: float
    share: float
    frames: bool


def _tell_who_asks(
    voices: Sequence[LabelledPerson], turns: Sequence[Sequence[int]], said: Sequence[LabelledTurn]
) -> None:
    """Where no label says it, who asks, opens, is brief and thanks is the reporter."""
    told = [
        _SaidInTurn(one.words, len(one.words.split()), speaks_of_self(one.words)) for one in said
    ]
    together = _Sum.of(told)
    names = Counter(key for voice in voices for key in set(voice.key) if len(key) > 1)
    weighed = [
        _weigh(voice, turns[at], told, together, names)
        for at, voice in enumerate(voices)
        if voice.person is None or voice.person.role is None
    ]
    weighed.sort(key=lambda one: one.points, reverse=True)
    free = len(weighed) < len(voices)
    if not weighed or (len(weighed) < 2 and not free):
        return
    first = weighed[0]
    if not first.share and first.points < _GREETS_AND_OPENS:
        return
    rest = weighed[1:]
    # Who speaks once in passing makes no round table of a talk of two.
    several = sum(len(mine) > 1 for mine in turns) > 2
    if rest and first.points < rest[0].points + _FIRST_AHEAD and not several:
        return
    if first.points < _ASKS_AT_LEAST and several:
        return
    asking = [first]
    # Two hosts and one guest: whoever asks as much is one of them.
    asking += [
        one for one in rest if one.points >= _ASKS_AT_LEAST and (one.share > 0.75 or one.frames)
    ]
    if len(asking) == len(voices):
        asking.pop()
    for one in asking:
        _tell_asking(one.voice)


@dataclass(frozen=True, slots=True)
class _SaidInTurn:
    """What somebody says in a turn, how many words it has, and whether he speaks of himself."""

    text: str
    length: int
    of_self: bool


@dataclass(frozen=True, slots=True)
class _Sum:
    """How many turns there are, how many words they have, and in how many one speaks of himself."""

    turns: int
    words: int
    of_self: int

    @classmethod
    def of(cls, said: Sequence[_SaidInTurn]) -> _Sum:
        return cls(len(said), sum(one.length for one in said), sum(one.of_self for one in said))

    def without(self, other: _Sum) -> _Sum:
        return _Sum(
            self.turns - other.turns, self.words - other.words, self.of_self - other.of_self
        )

    @property
    def mean_length(self) -> float:
        return self.words / self.turns if self.turns else 0.0

    @property
    def share_of_self(self) -> float:
        return self.of_self / self.turns if self.turns else 0.0


def _weigh(
    voice: LabelledPerson,
    mine: Sequence[int],
    said: Sequence[_SaidInTurn],
    together: _Sum,
    names: Counter[str],
) -> _Weighed:
    """Weigh one of the voices; ``names`` says how many of them have each word in their name."""
    own = [said[at].text for at in mine]
    me = _Sum.of([said[at] for at in mine])
    others = together.without(me)
    share = sum(map(asks_at_end, own)) / len(own)
    points = 3 * share
    length, theirs = me.mean_length, others.mean_length
    if length < _BRIEF * theirs and share:
        points += 1
        points += length < _BRIEF**2 * theirs
    elif theirs < _BRIEF * length:
        points -= 1
    if mine[0] == 0:
        points += 0.5
    opens = mine[0] < _FIRST_TURNS and greets(own[0])
    if opens:
        points += 1.5
    last = mine[-1] == len(said) - 1 and len(own) > 1
    closes = last and is_closing(own[-1])
    if last and (closes or any(map(thanks, own[-1].split("\n")))):
        points += 1.5
    if voice.form.family == "journalist":
        points += 1
    elif _chairs(voice):
        points += 1.5
    elif voice.form.title or voice.form.job:
        points -= 0.5
    points += sum(_addresses(text, voice, names) for text in own) / len(own)
    certain = min(1.0, *((many.turns - 1) / _TELLING_TURNS for many in (me, others)))
    points += certain * (others.share_of_self - me.share_of_self)
    return _Weighed(voice, points, share, closes or ((opens or last) and mine[0] == 0))


def _is_greeting(words: str) -> bool:
    """ "Hello Andrea": who is asked greets back."""
    return words_of(words).length_at(0, "greetings") > 0


def _chairs(voice: LabelledPerson) -> bool:
    """Whether it stands beside a name that who has it leads the talk: "Anneke Frost (chair)"."""
    return any(
        Words.of(piece).is_one_of(vocabulary.words_for("leading_a_talk"))
        for label in voice.labels
        for piece in _beside(label)
    )


def _addresses(text: str, voice: LabelledPerson, names: Counter[str]) -> bool:
    """Whether a turn calls another by name or title as one who asks does: "Thưa ông Tám, …"."""
    words = folded(text[:60])
    if words.startswith(("thưa ", "kính thưa ")):
        return True
    others = [key for key in words_of(text[:60]).keys if names[key] > (key in voice.key)]
    if opens_vocative(text[:60], others) and not _is_greeting(words):
        return True
    if not asks_at_end(text):
        return False
    return any(names[key] > (key in voice.key) for key in words.split())
