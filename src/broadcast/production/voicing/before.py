"""What an engine is about to say → what is told before anything of it is sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from broadcast.cache import Cache, key_of
from broadcast.messages import Message, counted
from broadcast.model import EngineVoices, Utterance
from broadcast.production.desk.work import Work
from broadcast.production.voicing import spending
from broadcast.production.voicing.spending import (
    characters_of,
    is_counted,
    refuse_beyond,
    sent_before,
)
from broadcast.speech import Engine
from broadcast.workspace import Workspace

_WORTH_TELLING_S = 10


def tell_before(
    engine: Engine,
    wanted: Sequence[Utterance],
    voices: EngineVoices,
    workspace: Workspace,
    work: Work,
) -> None:
    """Say how many characters go where, about how long that takes and about what it costs.

    Raises BroadcastError when that would pass the station's limit for a month.
    """
    characters = sum(characters_of(one.words) for one in wanted)
    if is_counted(voices):
        refuse_beyond(voices, workspace, engine.name, characters, sent_before(workspace))
    if engine.service is None:
        return
    for told in _told(engine, engine.service, characters, voices, workspace, work.cache):
        work.reporter.say(told)


def keep_pace(engine: Engine, characters: int, seconds: float, cache: Cache) -> None:
    """Keep how fast an engine spoke, for the next time that somebody asks how long it takes."""
    if engine.service is not None and characters:
        cache.put_value(_pace(engine), seconds / characters)


def _pace(engine: Engine) -> str:
    return key_of("seconds for a character", engine.name, engine.service)


def _told(
    engine: Engine,
    service: str,
    characters: int,
    voices: EngineVoices,
    workspace: Workspace,
    cache: Cache,
) -> Iterator[Message]:
    yield counted(
        "speak.characters-go",
        "{count:,} character goes to {service} to be spoken.",
        "{count:,} characters go to {service} to be spoken.",
        count=characters,
        service=service,
    )
    if engine.declares.caution is not None:
        yield engine.declares.caution
    pace = cache.value(_pace(engine), float)
    if pace is not None and pace * characters >= _WORTH_TELLING_S:
        yield Message(
            "speak.takes", "As it spoke last, it takes {long:clock}.", long=pace * characters * 1000
        )
    if voices.price_per_million:
        yield Message(
            "speak.costs",
            "They cost about {cost:,.2f} {currency}.",
            cost=characters * voices.price_per_million / 1e6,
            currency=voices.currency,
        )
    if voices.limit_per_month:
        yield Message(
            "speak.month",
            "{before:,} of {limit:,} characters were sent this month before.",
            before=sent_before(workspace).of(engine.name, spending.this_month()),
            limit=voices.limit_per_month,
        )
