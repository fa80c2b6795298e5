"""A station's folder → what it may do of what its user alone can allow: programs, keys, addresses.

A folder may come from anybody. What is allowed is kept in the user's own configuration: for each
folder and engine a file whose name is a hash of the folder's real path and of every setting that
needs trust. Another folder, or a setting that was changed, is asked about anew.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from broadcast.errors import EngineUnavailableError, OutsideError
from broadcast.messages import Message
from broadcast.model import Claim, Utterance
from broadcast.production.desk.progress import Reporter
from broadcast.speech import Engine, VoiceInfo, is_this_machine
from broadcast.speech.wrapped import WrappedEngine
from broadcast.workspace.writing import write_atomic

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an engine, as the station in ``folder`` sets it, would do with its user's leave."""

    folder: Path
    engine: str
    claims: tuple[Claim, ...]

    @property
    def pending(self) -> bool:
        """Whether it would do any of it now."""
        return any(claim.pending for claim in self.claims)

    @property
    def key(self) -> str:
        """Name the folder and all that it wants of this engine."""
        wanted = [[one.setting, one.kind, one.value, one.to] for one in self.claims]
        text = json.dumps([_FORMAT, str(self.folder), self.engine, wanted])
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

    def told(self) -> tuple[Message, ...]:
        """Say each thing it would do, in words that complete "it may …"."""
        return tuple(map(_told, self.claims))


def is_allowed(wanted: Wanted) -> bool | None:
    """Whether this user allows it; None: nobody was asked, or nothing can be kept."""
    try:
        kept = json.loads((_place(wanted.folder) / f"{wanted.key}.json").read_bytes())
        return kept["allowed"] is True
    except (OSError, OutsideError, ValueError, TypeError, LookupError):
        return None


def decide(wanted: Wanted, *, allowed: bool) -> None:
    """Keep what the user decided. Raises OutsideError where that cannot be kept out of reach."""
    kept = {
        "format": _FORMAT,
        "folder": str(wanted.folder),
        "engine": wanted.engine,
        "allowed": allowed,
        "what": [str(one) for one in wanted.told()],
    }
    place = _place(wanted.folder)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    data = json.dumps(kept, ensure_ascii=False, indent=1).encode("utf-8", "replace")
    write_atomic(place / f"{wanted.key}.json", data)


def forget(folder: Path) -> int:
    """Take back everything that was decided about a folder; give how much that was."""
    forgotten = 0
    for file in _place(folder).glob("*.json"):
        with suppress(OSError, ValueError, TypeError, LookupError):
            if json.loads(file.read_bytes())["folder"] == str(folder):
                file.unlink()
                forgotten += 1
    return forgotten


def guarded(engine: Engine, wanted: Wanted, command: str) -> Engine:
    """Give the engine so that it does nothing of what is ``wanted`` before its user allows it.

    ``command`` is the one that does so.
    """
    return _Guarded(engine, wanted, command) if wanted.pending else engine


def needs_leave(engine: Engine) -> bool:
    """Whether an engine does nothing before this machine's user allows it."""
    return isinstance(engine, _Guarded)


def ask_leave(engine: Engine, reporter: Reporter) -> None:
    """Ask once what an engine wants to be allowed, if there is anybody to ask."""
    if isinstance(engine, _Guarded):
        leave_of(engine.wanted, reporter)


def leave_of(wanted: Wanted, reporter: Reporter) -> bool | None:
    """Give whether the user allows what is wanted; asked once. None: there was nobody to ask."""
    allowed = is_allowed(wanted)
    if allowed is None:
        allowed = reporter.allows(wanted.engine, wanted.told())
        if allowed is not None:
            decide(wanted, allowed=allowed)
    return allowed


class _Guarded(WrappedEngine):
    """An engine that is not let at anything before its user allows what it wants."""

    def __init__(self, engine: Engine, wanted: Wanted, command: str) -> None:
        super().__init__(engine)
        self._command = command
        self.wanted = wanted

    def check(self, language: str) -> None:
        self._refuse()
        super().check(language)

    def voices(self) -> tuple[VoiceInfo, ...]:
        self._refuse()
        return super().voices()

    def speak(self, utterance: Utterance) -> bytes:
        self._refuse()
        return super().speak(utterance)

    def _refuse(self) -> None:
        if not is_allowed(self.wanted):
            raise EngineUnavailableError(
                Message(
                    "trust.not-allowed",
                    "{engine} is not used: nobody has allowed this station to {what:and}. "
                    "To allow it: {command}.",
                    engine=self.name,
                    what=self.wanted.told(),
                    command=self._command,
                ),
                hint=Message(
                    "trust.not-allowed.hint",
                    "Whoever made the station's folder wrote that. Allow it only if you know why.",
                ),
            )


def _told(claim: Claim) -> Message:
    match claim.kind:
        case "program" | "command":
            return Message("trust.program", "run the program {path}", path=claim.value)
        case "address":
            return Message("trust.address", "send words to {address}", address=claim.value)
        case "key" if claim.to.startswith("http:") and not is_this_machine(claim.to):
            return Message(
                "trust.key-plainly",
                "send the key in your variable {variable} to {address}, where others can read it "
                "on the way",
                variable=claim.value,
                address=claim.to,
            )
        case "key":
            return Message(
                "trust.key",
                "send the key in your variable {variable} to {address}",
                variable=claim.value,
                address=claim.to or Message("trust.its-service", "its service"),
            )
        case "host":
            return Message("trust.host", "copy feed/ to {address}", address=claim.value)
        case "plain host":
            return Message(
                "trust.host-plainly",
                "copy feed/ to {address} unencrypted: others can read the password on the way, and "
                "change what goes",
                address=claim.value,
            )
        case "file":
            return Message(
                "trust.file",
                "log in at {address} with what is in {file}",
                address=claim.to,
                file=claim.value,
            )
    return Message(
        "trust.setting", "set {setting} to {value}", setting=claim.setting, value=claim.value
    )


def _place(folder: Path) -> Path:
    """Give where this user's decisions are kept, out of reach of what is in ``folder``."""
    from platformdirs import user_config_path  # most stations want nothing

    place = user_config_path("broadcast", appauthor=False, roaming=True) / "trusted"
    if not place.is_absolute() or place.resolve().is_relative_to(folder):
        raise OutsideError(
            Message(
                "trust.within-reach",
                "What you allow is kept in {place}, where the station itself could write it.",
                place=place,
            ),
            hint=Message(
                "trust.within-reach.hint",
                "Keep your stations in a folder of their own, apart from your configuration.",
            ),
        )
    return place
