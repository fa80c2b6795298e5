"""What somebody changed on a screen → station.toml and lexicon.tsv, valid or as they were."""

from __future__ import annotations

import codecs
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType

from broadcast.cache import data_digest
from broadcast.errors import BroadcastError, UsageError
from broadcast.messages import Message
from broadcast.production.desk.changed_settings import (
    ChangedPerson,
    ChangedSetting,
    with_people,
    with_settings,
)
from broadcast.production.desk.progress import Reporter, waiting
from broadcast.production.desk.read_station import station_of
from broadcast.production.voicing.lexicon_rows import ChangedWord, with_words
from broadcast.spoken import read_lexicon
from broadcast.station import Station
from broadcast.workspace import LEXICON_FILE, Workspace
from broadcast.workspace.locks import locked
from broadcast.workspace.writing import write_atomic

_ELSEWHERE = Message("settings.changed-elsewhere", "The settings were just changed elsewhere.")
ELSEWHERE = _ELSEWHERE.code
"""The code of what is said where the files are not those that were shown."""
_LOOK = Message(
    "settings.changed-elsewhere.hint", "Look at them as they are now; what you entered is kept."
)


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be otherwise, each with the name of the field in which it was changed."""

    settings: Sequence[ChangedSetting] = ()
    people: Sequence[ChangedPerson] = ()
    words: Sequence[ChangedWord] = ()


def settings_seen(workspace: Workspace) -> str:
    """Name what station.toml and lexicon.tsv hold."""
    return "-".join(data_digest(data)[:16] for data in _files(workspace))


def write_settings(
    workspace: Workspace,
    changes: Changes,
    seen: str,
    reporter: Reporter,
    unread: Mapping[str, BroadcastError] = MappingProxyType({}),
) -> Mapping[str, BroadcastError]:
    """Write the changes, and give by its field why one cannot be; then nothing is written at all.

    ``seen`` names what the files held when they were shown; ``unread`` is what of the changes could
    not even be read. Raises BroadcastError when they hold
    something else by now, or cannot be read back as a whole: then nothing is written either.
    """
    with locked(workspace, waiting(reporter)):
        if settings_seen(workspace) != seen:
            raise BroadcastError(_ELSEWHERE, hint=_LOOK)
        station, lexicon = _files(workspace)
        mark = codecs.BOM_UTF8 if station.startswith(codecs.BOM_UTF8) else b""
        text = station.removeprefix(mark).decode("utf-8")
        wrong = {**unread, **dict(_wrong(workspace, text, lexicon, changes))}
        if wrong:
            return wrong
        text = with_people(with_settings(text, changes.settings), changes.people)
        words = with_words(lexicon, changes.words) if changes.words else lexicon
        _check(text)
        _check_words(words)
        if (new := mark + text.encode("utf-8")) != station:
            write_atomic(workspace.station_file, new)
        if words != lexicon:
            write_atomic(workspace.lexicon_file, words)
    return {}


def _files(workspace: Workspace) -> tuple[bytes, bytes]:
    lexicon = workspace.lexicon_file
    return workspace.station_file.read_bytes(), lexicon.read_bytes() if lexicon.is_file() else b""


def _wrong(
    workspace: Workspace, text: str, lexicon: bytes, changes: Changes
) -> Iterator[tuple[str, BroadcastError]]:
    """Try each change by itself, so that it is told where it was made."""
    for setting in changes.settings:
        yield from _tried(setting.field, partial(_check_setting, workspace, text, setting))
    for person in changes.people:
        if not person.is_gone:
            yield from _wrong_of_person(text, person)
    for word in changes.words:
        if not word.is_gone:
            yield from _tried(word.field, partial(_check_word, lexicon, word))


def _wrong_of_person(text: str, person: ChangedPerson) -> Iterator[tuple[str, BroadcastError]]:
    """Try what is said of a person one thing after the other; without a name, nothing more."""
    name = {"name": person.values.get("name", "")} if person.nth is None else {}
    for key, value in {**name, **person.values}.items():
        tried = ChangedPerson(person.field, person.nth, {**name, key: value})
        found = dict(_tried(f"{person.field}.{key}", partial(_check_person, text, tried)))
        yield from found.items()
        if found and key == "name":
            return


def _tried(field: str, check: Callable[[], object]) -> Iterator[tuple[str, BroadcastError]]:
    try:
        check()
    except BroadcastError as error:
        yield field, error


def _check_setting(workspace: Workspace, text: str, setting: ChangedSetting) -> None:
    _check(with_settings(text, [setting]))
    named = str(setting.value).replace("\\", "/")
    is_file = setting.table == "music" or setting.key == "cover"
    if is_file and named and not (workspace.root / named).is_file():
        raise UsageError(
            Message("settings.no-file", "There is no file {file} in the station.", file=named),
            hint=Message("settings.no-file.hint", "Choose one from this computer."),
        )


def _check_person(text: str, person: ChangedPerson) -> None:
    _check(with_people(text, [person]))


def _check(text: str) -> Station:
    with tempfile.TemporaryDirectory() as folder:
        judged = Workspace(Path(folder))
        judged.station_file.write_bytes(text.encode("utf-8"))
        return station_of(judged)


def _check_word(lexicon: bytes, word: ChangedWord) -> None:
    if word.written.startswith("#"):
        raise UsageError(
            Message("settings.no-word", "A word of the lexicon does not begin with #."),
            hint=Message("settings.no-word.hint", "Write it as it stands in scripts."),
        )
    _check_words(with_words(lexicon, [word]))


def _check_words(lexicon: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / LEXICON_FILE
        file.write_bytes(lexicon)
        if lexicon:
            read_lexicon(file)
