"""sent.json ↔ how many characters each engine was sent in each month, and what that may come to.

It lies beside the station, not in the cache: a limit for a month holds across builds, and when
.broadcast is deleted. It is kept for the engines of which a station says what they cost or how much
of them it wants.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Annotated

from msgspec import Meta, field

from broadcast.errors import BroadcastError, OutsideError, StoppedError
from broadcast.messages import Message
from broadcast.model import EngineVoices, Utterance
from broadcast.records import Count, Record, read_record, record_bytes
from broadcast.speech import Engine
from broadcast.speech.engine import sayable
from broadcast.speech.wrapped import WrappedEngine
from broadcast.workspace import Workspace
from broadcast.workspace.locks import locked
from broadcast.workspace.writing import write_atomic

Month = Annotated[str, Meta(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])\Z")]
_MONTHS_KEPT = 13
_HINT = Message(
    "sent.damaged.hint",
    "It counts what was sent to paid voices: mend it by hand, or delete it to count from nothing.",
)


class Sent(Record, frozen=True, kw_only=True):
    """How many characters each engine was sent, by month (2026-11)."""

    format: int = 1
    months: dict[Month, dict[str, Count]] = field(default_factory=dict)

    def of(self, engine: str, month: str) -> int:
        """Give how many characters an engine was sent in a month."""
        return self.months.get(month, {}).get(engine, 0)

    def with_more(self, engine: str, month: str, characters: int) -> Sent:
        """Give the same with more of them (or, below 0, less)."""
        now = {**self.months.get(month, {})}
        now[engine] = max(0, now.get(engine, 0) + characters)
        months = {**self.months, month: now}
        return Sent(months={one: months[one] for one in sorted(months)[-_MONTHS_KEPT:]})


def characters_of(words: str) -> int:
    """Give how many characters of words an engine is sent."""
    return len(sayable(words))


def this_month() -> str:
    """Give the month that it is here."""
    return f"{datetime.now():%Y-%m}"


def sent_before(workspace: Workspace) -> Sent:
    """Read what was sent. Raises BroadcastError for a record that is damaged."""
    return read_record(workspace.sent_file, {1: Sent}, _HINT) or Sent()


def is_counted(voices: EngineVoices) -> bool:
    """Whether the station wants to know what goes to an engine."""
    return bool(voices.price_per_million or voices.limit_per_month)


def refuse_beyond(
    voices: EngineVoices, workspace: Workspace, engine: str, characters: int, sent: Sent
) -> None:
    """Raise BroadcastError when so many characters more would pass the station's limit."""
    before, limit = sent.of(engine, this_month()), voices.limit_per_month
    if limit and before + characters > limit:
        raise BroadcastError(
            Message(
                "sent.limit",
                "Nothing is sent to {engine}: {characters:,} characters more would pass "
                "limit_per_month = {limit} ({before:,} were sent this month).",
                engine=engine,
                characters=characters,
                limit=limit,
                before=before,
            ),
            file=workspace.station_file,
            hint=Message(
                "sent.limit.hint",
                "Set a higher limit there, or build with another voice: --engine espeak",
            ),
        )


def metered(engine: Engine, workspace: Workspace, voices: EngineVoices) -> Engine:
    """Give the engine so that what it is sent is counted, and none sent beyond the limit."""
    return _Metered(engine, workspace, voices) if is_counted(voices) else engine


class _Metered(WrappedEngine):
    """An engine whose characters are counted before they are sent: a killed build forgets none."""

    def __init__(self, engine: Engine, workspace: Workspace, voices: EngineVoices) -> None:
        super().__init__(engine)
        self._workspace = workspace
        self._voices = voices
        self._stopped = False

    def speak(self, utterance: Utterance) -> bytes:
        characters = characters_of(utterance.words)
        self._count(characters)
        try:
            return super().speak(utterance)
        except BroadcastError:
            # It gave nothing for them, or they never went: no service takes money for that.
            with suppress(StoppedError, OutsideError):
                self._count(-characters)
            raise

    def stop(self) -> None:
        self._stopped = True
        super().stop()

    def _count(self, characters: int) -> None:
        with locked(self._workspace, self._waiting()):
            sent = sent_before(self._workspace)
            refuse_beyond(self._voices, self._workspace, self.name, characters, sent)
            more = sent.with_more(self.name, this_month(), characters)
            write_atomic(self._workspace.sent_file, record_bytes(more))

    def _waiting(self) -> Callable[[], None]:
        def wait() -> None:
            if self._stopped:
                raise StoppedError

        return wait
