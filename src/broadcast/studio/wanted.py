"""What a page of the studio sends → the change that is wanted in a script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from broadcast.errors import UsageError
from broadcast.messages import Message
from broadcast.script.mending import Mending
from broadcast.script.mending_head import Called, HasRole, InLanguage, Named, OnePerson, ReadAs
from broadcast.script.mending_lines import AsUnderstood, AsWords, KeptLine, LeftOut, Worded
from broadcast.script.mending_turns import Joined, SaidBy, TakenFor
from broadcast.script.written_text import Place, ScriptPlace

_MOST_NAME = 200
_MOST_READING = 300
_MOST_WORDS = 20_000


@dataclass(frozen=True, slots=True)
class StationReading:
    """How the station reads a word in all its scripts."""

    written: str
    spoken: str


def wanted_of(given: Mapping[str, str]) -> Mending | StationReading:
    """Read what a page wants. Raises UsageError for what none of ours sends."""
    try:
        return _wanted(given)
    except (KeyError, ValueError):
        raise not_ours() from None


def not_ours() -> UsageError:
    """Give the refusal of what no page of ours sends."""
    return UsageError(Message("studio.no-fields", "This is not what the studio's pages send."))


def _wanted(given: Mapping[str, str]) -> Mending | StationReading:
    match given["act"]:
        case "said-by":
            return SaidBy(_place(given), _name(given))
        case "join":
            return Joined(_turn_place(given))
        case "leave-out":
            return LeftOut(_place(given), int(given.get("count", "0")))
        case "keep":
            return KeptLine(int(given["line"]))
        case "as-words":
            return AsWords(int(given["line"]))
        case "as-it-is":
            return AsUnderstood(int(given["line"]))
        case "lead" | "byline" | "title" as part:
            return TakenFor(_place(given), part)
        case "presenter" | "reporter" | "official" as role:
            return HasRole(_name(given), role)
        case "one-person":
            return OnePerson(_name(given), _text(given, "other", _MOST_NAME))
        case "speaker":
            return Named(_name(given))
        case "language":
            return InLanguage(_name(given))
        case "word":
            return Worded(_turn_place(given), _text(given, "text", _MOST_WORDS))
        case "read":
            return _reading(given)
        case "call":
            return _called(given)
    raise not_ours()


def _place(given: Mapping[str, str]) -> Place:
    return int(given["line"]) if "line" in given else _turn_place(given)


def _turn_place(given: Mapping[str, str]) -> ScriptPlace:
    return ScriptPlace(int(given["turn"]), int(given["paragraph"]), int(given["words"]))


def _text(given: Mapping[str, str], key: str, most: int) -> str:
    text = " ".join(given[key].split())
    if not text or len(text) > most:
        raise ValueError(key)
    return text


def _name(given: Mapping[str, str]) -> str:
    name = _text(given, "name", _MOST_NAME)
    if ":" in name:
        raise ValueError(name)
    return name


def _reading(given: Mapping[str, str]) -> Mending | StationReading:
    written = _text(given, "name", _MOST_READING)
    spoken = " ".join(given["other"].split())
    if len(spoken) > _MOST_READING:
        raise ValueError(spoken)
    if given["where"] == "station":
        return StationReading(written, spoken)
    return ReadAs(written, spoken)


def _called(given: Mapping[str, str]) -> Mending:
    title = " ".join(given["title"].split())
    if not title or len(title) > _MOST_NAME:
        raise UsageError(
            Message(
                "studio.no-title",
                "A programme has a title, of {most} letters at the most.",
                most=_MOST_NAME,
            )
        )
    return Called(title, " ".join(given["date"].split()))
