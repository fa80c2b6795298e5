"""The name of a known voice → its files in the place that a user's stations share."""

from __future__ import annotations

import hashlib
import json
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from broadcast.errors import BroadcastError, OutsideError, UsageError
from broadcast.messages import Message
from broadcast.production.desk.progress import Reporter
from broadcast.speech.fetch import fetch
from broadcast.speech.known_voices import KnownVoice, VoiceFile, known_voices, place_of_voices
from broadcast.speech.sherpa_models import ABOUT_FILE, model_in
from broadcast.speech.unpack import unpack
from broadcast.workspace.writing import write_atomic

_PINS = "first-downloads.json"
_FETCHING = Message("stage.fetching", "downloading")
_MARGIN = 1.25
"""So much larger than told may a file be: where the size is told roughly."""


@dataclass(frozen=True, slots=True)
class Gotten:
    """Where a voice lies now; ``verified`` says whether every file was held against a hash."""

    folder: Path
    verified: bool
    sha256: str


def voice_to_get(name: str) -> KnownVoice:
    """Give the known voice of that name. Raises UsageError when there is none."""
    found = known_voices().get(name)
    if found is None:
        raise UsageError(
            Message("get.unknown", "No voice {name!r} is known.", name=name),
            hint=Message("engine.known", "Known: {names}.", names=tuple(known_voices())),
        )
    return found


def is_here(voice: KnownVoice) -> bool:
    """Whether the voice lies in the place already, whole."""
    return model_in(place_of_voices() / voice.name) is not None


def get_voice(voice: KnownVoice, reporter: Reporter, given: tuple[Path, ...] = ()) -> Gotten:
    """Load a voice's files, hold them against their hashes, and put them into the place.

    ``given`` are the files where somebody has loaded them elsewhere. It is made ready beside its
    place and then renamed, so that no half of it is ever there. Raises OutsideError.
    """
    place = place_of_voices()
    place.mkdir(parents=True, exist_ok=True)
    with FileLock(place / f".{voice.name}.lock"):
        loaded = place / f".{voice.name}.loaded"
        loaded.mkdir(exist_ok=True)
        ready = place / f".{voice.name}.ready"
        shutil.rmtree(ready, ignore_errors=True)
        ready.mkdir()
        digests = {}
        for file in voice.files:
            path = _given(file, given) if given else loaded / file.name
            digests[file.address] = _loaded(file, path, reporter, fetched=not given)
            if file.is_archive:
                unpack(path, ready)
            else:
                shutil.copyfile(path, ready / file.name)
        if model_in(ready) is None:
            raise OutsideError(
                Message("get.no-model", "What was loaded for {name} is no voice.", name=voice.name),
                hint=Message("unpack.refused.hint", "Get it again, or take another voice."),
            )
        whole = hashlib.sha256("".join(sorted(digests.values())).encode()).hexdigest()
        about = {"name": voice.name, "sha256": whole, "files": digests, "licence": voice.licence}
        write_atomic(ready / ABOUT_FILE, json.dumps(about, indent=1).encode())
        _put(ready, place / voice.name)
        _remember(place, {one: digests[one] for one in digests if not _hash_of(voice, one)})
        shutil.rmtree(loaded, ignore_errors=True)
        verified = all(file.sha256 for file in voice.files)
        return Gotten(place / voice.name, verified, ", ".join(digests.values()))


def _loaded(file: VoiceFile, path: Path, reporter: Reporter, *, fetched: bool) -> str:
    """Load one file, and give its digest, which is the one that it shall have."""
    if fetched:
        largest = round(file.bytes * _MARGIN) + 1_000_000
        megabytes = max(1, round(file.bytes / 1_000_000))
        digest = fetch(
            file.address,
            path,
            largest,
            lambda there: reporter.step(
                _FETCHING, min(there // 1_000_000, megabytes), megabytes, file.name
            ),
        )
    else:
        with path.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
    pinned = _pins(place_of_voices()).get(file.address, "")
    if (wanted := file.sha256 or pinned) and digest != wanted:
        if fetched:
            path.unlink()
        raise OutsideError(
            Message(
                "get.other-file",
                "{file} is not the file that it should be: its SHA-256 is {digest}, not {wanted}.",
                file=file.name,
                digest=digest,
                wanted=wanted,
            ),
            hint=Message(
                "get.other-file.hint",
                "Nothing was installed. Get it again; if it stays so, somebody has changed it.",
            )
            if file.sha256
            else Message(
                "get.other-than-first.hint",
                "It is another one than at the first download. If that is right, delete its line "
                "in {pins}.",
                pins=place_of_voices() / _PINS,
            ),
        )
    return digest


def _given(file: VoiceFile, given: tuple[Path, ...]) -> Path:
    found = [path for path in given if path.name == file.name]
    if not found and len(given) == 1 and given[0].is_dir():
        found = [given[0] / file.name]
    if not found or not found[0].is_file():
        raise BroadcastError(
            Message("get.not-given", "The file {file} is not there.", file=file.name),
            hint=Message("get.not-given.hint", "It is at {address}", address=file.address),
        )
    return found[0]


def _put(ready: Path, folder: Path) -> None:
    """Rename what is ready; what was there before goes when the new one is in its place."""
    old = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    with suppress(FileNotFoundError):
        folder.rename(old)
    ready.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _hash_of(voice: KnownVoice, address: str) -> str:
    return next(file.sha256 for file in voice.files if file.address == address)


def _pins(place: Path) -> dict[str, str]:
    try:
        pins = json.loads((place / _PINS).read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError:
        pins = None
    if not isinstance(pins, dict):
        raise OutsideError(
            Message("get.no-pins", "{file} cannot be read.", file=place / _PINS),
            hint=Message(
                "get.no-pins.hint", "It holds the hashes of first downloads: mend it or delete it."
            ),
        )
    return pins


def _remember(place: Path, digests: dict[str, str]) -> None:
    if digests:
        pins = {**digests, **_pins(place)}
        write_atomic(place / _PINS, json.dumps(pins, indent=1).encode())
