"""What several papers say of a programme: who is heard, in which voice, how long, how loud."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from broadcast.messages import Message
from broadcast.messages.lengths import said_length
from broadcast.messages.listeners import words_for
from broadcast.model.naming import short_name
from broadcast.papers.facts import PlayedPart, SpokenPart, StudioFacts, Target

Say: TypeAlias = Callable[[Message], str]
"""Gives a message's text in the language of the papers."""
NEAR_MS = 20
"""How near to its running time a programme has it: a frame is 24 ms."""

PASS = Message("loudness.pass", "pass")
FAIL = Message("loudness.fail", "FAIL")
SYNTHETIC = Message("paper.synthetic", "synthetic voice")
RECORDED = Message("paper.recorded", "real voice")
MUSIC = Message("paper.music", "music")
CLIP = Message("paper.clip", "clip")
UNDER = Message("paper.bed", "music under words")
START = Message("paper.start", "Start")
LENGTH = Message("paper.length", "Length")
WHO = Message("paper.who", "Who")
VOICE = Message("paper.voice", "Voice")
PART = Message("paper.part", "Part")
LOUDNESS = Message("paper.loudness", "Loudness")
CHAPTERS = Message("paper.chapters", "Chapters")


def part_name(part: SpokenPart | PlayedPart) -> Message:
    """Give what a part is called where only parts are: "3", "lead", "music"."""
    if isinstance(part, SpokenPart):
        return short_name(part.name)
    if part.kind == "clip":
        return CLIP
    return UNDER if part.is_bed else MUSIC


def who(part: SpokenPart | PlayedPart) -> str:
    """Give who is heard: a speaker, or what is played and by whom."""
    if isinstance(part, SpokenPart):
        return part.speaker
    return " – ".join(filter(None, [part.artist, part.title]))


def voice_kind(part: SpokenPart) -> Message:
    """Say whether a turn is heard in a real voice."""
    return SYNTHETIC if part.is_synthetic else RECORDED


def beside_running_time(facts: StudioFacts) -> Message | None:
    """Say how the programme stands to its running time; None where it has none."""
    wanted_ms = facts.running_time_ms
    if wanted_ms is None:
        return None
    over_ms = facts.duration_ms - wanted_ms
    if abs(over_ms) <= NEAR_MS:
        return Message(
            "paper.on-time", "{length:clock} long, as it shall be", length=facts.duration_ms
        )
    away = said_length(max(1000, abs(over_ms)))
    if over_ms > 0:
        return Message(
            "paper.over",
            "{length:clock} long: {away} over its running time of {wanted:clock}",
            length=facts.duration_ms,
            away=away,
            wanted=wanted_ms,
        )
    return Message(
        "paper.under",
        "{length:clock} long: {away} under its running time of {wanted:clock}",
        length=facts.duration_ms,
        away=away,
        wanted=wanted_ms,
    )


def length_told(facts: StudioFacts) -> Message:
    """Say how long the programme is, and whether that is what it shall be."""
    return beside_running_time(facts) or Message(
        "paper.long", "{length:clock} long", length=facts.duration_ms
    )


def level(target: Target) -> Message:
    """Say how loud a file is, what was wanted, and whether that is met."""
    right = target.is_as_loud and target.holds_the_ceiling
    return Message(
        "paper.level",
        "{lufs:.1f} LUFS (wanted {target:.0f}), peak {peak:.1f} dBTP (at most {ceiling:.1f}): "
        "{verdict}",
        lufs=target.measured.integrated_lufs,
        target=target.lufs,
        peak=target.measured.true_peak_dbtp,
        ceiling=target.ceiling_dbtp,
        verdict=PASS if right else FAIL,
    )


def day_read(date: str, language: str) -> str:
    """Give a day (YYYY-MM-DD) as it is read in a language."""
    dates = words_for(language).dates
    year, month, day = map(int, date.split("-"))
    return dates.read.format(day=day, month=dates.months[month - 1], year=year)


def credit_lines(facts: StudioFacts) -> Iterator[tuple[str, str]]:
    """Give what each person whom the byline names did, and the name."""
    parts = words_for(facts.language).credits
    for credit in facts.credits:
        yield getattr(parts, credit.part), credit.name
