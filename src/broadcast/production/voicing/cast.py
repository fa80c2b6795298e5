"""Who is heard in a script, and the engine's voices → the voice of each, so that they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from broadcast.messages import Message
from broadcast.model import (
    AS_IT_IS,
    EngineVoices,
    Gender,
    Person,
    Problem,
    Role,
    Shift,
    Speaker,
    Turn,
    Voice,
)
from broadcast.script.same_person import gender_of
from broadcast.speech import Engine, about, voice_named
from broadcast.station.voices import ROLES
from broadcast.text import folded

# In semitones and in times the voice's own tempo. Two voices 1.8 semitones apart differ by 11 % in
# pitch and formants, which are natural up to 12 % (docs/sound.md).
_HIGHER = (Shift(1.8, 1.03), Shift(0.9, 0.96))
_LOWER = (Shift(-1.8, 0.97), Shift(-0.9, 1.04))
_TOLD_AS: Mapping[Gender, str] = {"woman": "female", "man": "male"}


@dataclass(frozen=True, slots=True)
class Assigned:
    """What somebody speaks with: the voice, how it is shifted, and what of the name decided it."""

    voice: Voice
    shift: Shift = AS_IT_IS
    gender: Gender | None = None


Cast = Mapping[tuple[str, Role], Assigned]


def cast_of(
    turns: Sequence[Turn],
    speakers: Sequence[Speaker],
    people: Sequence[Person],
    engine: Engine,
    voices: EngineVoices,
    language: str,
) -> Cast:
    """Give everybody a voice, by name and role: the person's own, else one of the role's.

    Of the role's voices it is one of the person's gender, where the form of address tells that, and
    one that nobody has yet. Whoever has to share a voice has it shifted, so that no two sound the
    same; but for the first of the first role that it is meant for.
    """
    own = {folded(name): one for one in reversed(people) for name in (one.name, *one.aliases)}
    known = {(one.name, one.role): _told_by_address(one) for one in speakers}
    heard = dict.fromkeys([*known, *((turn.speaker, turn.role) for turn in turns)])
    casting = _Casting(engine, voices, language)
    given = {}
    for name, role in sorted(heard, key=lambda one: ROLES.index(one[1])):  # in order within a role
        person = own.get(folded(name))
        given[name, role] = casting.give(role, known.get((name, role)), person)
    return given


def _told_by_address(speaker: Speaker) -> Gender | None:
    return gender_of(speaker.title or speaker.name, speaker.person)


def cast_told(cast: Cast) -> Problem | None:
    """Say which voices were chosen by a form of address."""
    chosen = [
        Message("cast.woman", "{name}: a woman's ({voice})", name=name, voice=part.voice.name)
        if part.gender == "woman"
        else Message("cast.man", "{name}: a man's ({voice})", name=name, voice=part.voice.name)
        for (name, _), part in cast.items()
        if part.gender is not None
    ]
    if not chosen:
        return None
    return Problem(
        None,
        "note",
        Message(
            "cast.by-address",
            "voices chosen by the form of address: {voices}",
            voices=tuple(chosen),
        ),
        Message("cast.by-address.hint", "Name another voice under [[people]] in station.toml."),
    )


class _Casting:
    """Voices as they are given away."""

    def __init__(self, engine: Engine, voices: EngineVoices, language: str) -> None:
        self._engine, self._voices, self._language = engine, voices, language
        self._of_role = {role: self._meant(self._names(role)) for role in ROLES}
        self._given: dict[str, list[Shift]] = {}
        self._counts: dict[Role, int] = {}

    def give(self, role: Role, gender: Gender | None, person: Person | None) -> Assigned:
        """Give the next person of a role a voice."""
        named = person.voices.get(self._engine.name) if person else None
        written = person.gender if person else None
        gender = written or gender
        of_gender: tuple[Voice, ...] = ()
        if named is not None:
            voice = voice_named(named, self._engine, self._voices, self._language)
        else:
            of_gender = self._of_gender(role, gender)
            voice = self._next(of_gender or self._of_role[role], role)
        shift = self._shift(voice, role, gender)
        if person is not None and Shift(person.pitch_st, person.tempo) != AS_IT_IS:
            shift = Shift(person.pitch_st, person.tempo)
        self._given.setdefault(voice.name, []).append(shift)
        return Assigned(voice, shift, gender if of_gender and not written else None)

    def _next(self, choice: Sequence[Voice], role: Role) -> Voice:
        count = self._counts.get(role, 0)
        self._counts[role] = count + 1
        free = (voice for voice in choice if voice.name not in self._given)
        return next(free, choice[count % len(choice)])

    def _shift(self, voice: Voice, role: Role, gender: Gender | None) -> Shift:
        """Give how a voice is shifted for somebody, who may be the one that has it as it is."""
        given = self._given.get(voice.name, [])
        first = next((one for one in ROLES if voice in self._of_role[one]), role)
        if not self._voices.apart or (role == first and AS_IT_IS not in given):
            return AS_IT_IS
        if gender == "woman" or (gender is None and role == "reporter"):
            wanted = [*chain(*zip(_HIGHER, _LOWER, strict=True))]
        else:
            wanted = [*chain(*zip(_LOWER, _HIGHER, strict=True))]
        return next((one for one in wanted if one not in given), wanted[len(given) % len(wanted)])

    def _names(self, role: Role) -> Sequence[str]:
        return self._voices.by_role.get(role) or self._engine.declares.by_role.get(role) or ("",)

    def _of_gender(self, role: Role, gender: Gender | None) -> tuple[Voice, ...]:
        """Give the role's voices of a gender; if it has none, any that are known to be of it.

        What a station writes for a role is not looked beyond.
        """
        if gender is None:
            return ()
        known = self._engine.declares.by_gender.get(gender, ())
        among = tuple(
            name
            for name in self._names(role)
            if name in known or about(self._engine, name).gender == _TOLD_AS[gender]
        )
        if among or role in self._voices.by_role:
            return self._meant(among)
        return self._meant(known)

    def _meant(self, names: Sequence[str]) -> tuple[Voice, ...]:
        return tuple(
            dict.fromkeys(
                voice_named(name, self._engine, self._voices, self._language) for name in names
            )
        )
