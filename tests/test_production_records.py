"""Whatever a hand or a disk does to the program's records, a sentence tells it and nothing is lost.

Every field of each record is damaged in turn. What may pass is listed; all else is refused with
file and field, by every command that reads it, and the file stays as it was.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import count, product
from pathlib import Path

import pytest

from broadcast.errors import BroadcastError
from broadcast.feed.published import FILE_TYPES, read_published, read_sentences
from broadcast.production.desk.approval import read_approval
from broadcast.production.desk.draft import read_draft
from broadcast.recordings.takes_file import read_takes
from damaged_records import Damage, damages, first_and_last
from station_at_hand import (
    APPROVAL,
    DRAFT,
    NAME,
    PUBLISHED,
    SENTENCES,
    TAKES,
    Ask,
    Station,
    ask_build,
    ask_feed,
    ask_publish,
    ask_status,
    ask_swap,
    ask_takes,
    ask_withdraw,
    copy_of,
    hold_to_what_can_be_read,
    made_station,
    older_station,
    put,
)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Station:
    return made_station(tmp_path_factory)


@pytest.fixture(scope="session")
def older(tmp_path_factory: pytest.TempPathFactory) -> Station:
    return older_station(tmp_path_factory.mktemp("older") / "station")


def read_draft_of(station: Station) -> None:
    read_draft(station.workspace.draft(NAME))


def read_published_of(station: Station) -> None:
    read_published(station.workspace.published(NAME))


def read_sentences_of(station: Station) -> None:
    folder = station.workspace.published(NAME)
    episode = read_published(folder)
    assert episode
    read_sentences(folder, episode)


def read_approval_of(station: Station) -> None:
    read_approval(station.workspace, NAME)


def read_takes_of(station: Station) -> None:
    read_takes(station.workspace.recordings(NAME))


ANY_TEXT = ("text", "outside", "empty")
SOME_TEXT = ("text", "outside")
ANY_NUMBER = ("negative", "fraction", "huge")


def of_files(field: str = "") -> str:
    return " ".join(f"files.{kind}{field}" for kind in FILE_TYPES)


@dataclass(frozen=True)
class Kept:
    """A record: where it is, what reads it, and which damage passes, by kind of damage."""

    path: str
    read: Ask
    commands: tuple[Ask, ...]
    lines: tuple[tuple[str, ...], ...]
    passes: dict[tuple[str, ...], str]
    is_newest: bool = True

    def may_pass(self) -> set[tuple[str, str]]:
        return {
            each for kinds, fields in self.passes.items() for each in product(kinds, fields.split())
        }


EPISODE = Kept(
    DRAFT,
    read_draft_of,
    (ask_status, ask_publish, ask_build),
    (("status",), ("publish", NAME), ("build", NAME)),
    {
        ANY_TEXT: """engine description disclosure script turns[].id turns[].speaker turns[].text
            turns[].spoken turns[].take.engine turns[].take.voice turns[].take.file
            turns[].take.licence turns[].take.version people[].name
            made_from.program made_from.engine made_from.sound made_from.music
            made_from.episode made_from.told made_from.parts[].place made_from.parts[].id
            made_from.parts[].words made_from.parts[].voice made_from.parts[].recording
            sentences[].turn sentences[].speaker sentences[].text
            chapters[].title chapters[].subtitle""",
        SOME_TEXT: "title guid language engines[] people[].person people[].title",
        ("empty",): "people[].person",
        (
            "null",
        ): """engine engines season episode turns[].n turns[].line turns[].lufs turns[].take.engine
            turns[].take.voice turns[].take.file turns[].take.licence turns[].take.version
            made_from.engine made_from.parts[].voice
            made_from.parts[].recording""",
        ANY_NUMBER: """turns[].lufs loudness.podcast.integrated_lufs
            loudness.podcast.true_peak_dbtp loudness.podcast.range_lu
            loudness.podcast.target_lufs loudness.podcast.ceiling_dbtp""",
        ("true",): "turns[].take.stale sentences[].synthetic",
        ("deleted",): """format engines engines[] disclosure asked expires turns[].take.licence
            turns[].take.version people[].person people[].title
            made_from.told loudness.podcast turns[] people[] made_from.parts[] sentences[]
            chapters[] chapters[].subtitle""",
        ("list",): "engines turns people made_from.parts sentences chapters",
        ("object",): "loudness",
    },
)
OLDER_EPISODE = Kept(
    DRAFT,
    read_draft_of,
    (ask_status, ask_publish, ask_build),
    (("status",), ("publish", NAME)),
    {
        **EPISODE.passes,
        ("deleted",): "disclosure loudness.podcast turns[] people[] made_from.parts[]",
    },
    is_newest=False,
)
EPISODE_OUT = Kept(
    PUBLISHED,
    read_published_of,
    (ask_status, ask_feed, ask_publish, ask_withdraw),
    (("status",), ("feed",), ("publish", NAME), ("withdraw", NAME)),
    {
        ANY_TEXT: "description disclosure chapters[].title chapters[].subtitle",
        SOME_TEXT: """title guid feed_guid language people[].name people[].job approved.by
            files.small.sha256""",
        ("text",): f"name {of_files('.file')} superseded[].file.file",
        ("null",): f"approved season episode {of_files('.digest')} superseded[].file.digest",
        ("true",): "numbered",
        ("deleted",): f"""format earlier_names disclosure undisclosed_at forced expires numbered
            credits approved superseded superseded[] superseded[].file.digest people[] people[].job
            chapters[] chapters[].subtitle {of_files().replace("files.audio", "")}
            {of_files(".digest")} files.small.sha256""",
        ("list",): "people chapters superseded",
    },
)
OLDER_EPISODE_OUT = replace(EPISODE_OUT, is_newest=False)
SENTENCES_OUT = Kept(
    SENTENCES,
    read_sentences_of,
    (ask_feed, ask_publish),
    (("feed",), ("publish", NAME)),
    {
        ANY_TEXT: "sentences[].turn sentences[].speaker sentences[].text",
        ("true",): "sentences[].synthetic",
        ("deleted",): "format sentences[]",
        ("list",): "sentences",
    },
)
APPROVED = Kept(
    APPROVAL,
    read_approval_of,
    (ask_status, ask_publish),
    (("status",), ("publish", NAME)),
    {
        ANY_TEXT: """made_from.program made_from.engine made_from.sound made_from.music
            made_from.episode made_from.told made_from.parts[].place made_from.parts[].id
            made_from.parts[].words made_from.parts[].voice made_from.parts[].recording""",
        SOME_TEXT: "by",
        ("null",): "made_from.engine made_from.parts[].voice made_from.parts[].recording",
        ("deleted",): "format made_from.told made_from.parts[]",
        ("list",): "made_from.parts",
    },
)
TAKES_KNOWN = Kept(
    TAKES,
    read_takes_of,
    (ask_takes, ask_swap, ask_build),
    (("takes", NAME), ("build", NAME)),
    {
        ANY_TEXT: "takes[].files[].digest takes[].speaker takes[].turn turns[]",
        SOME_TEXT: "takes[].words",
        ("text",): "takes[].files[].file",
        ("null",): "takes[].files[].in_ms takes[].files[].out_ms",
        ("true",): "takes[].use",
        ("deleted",): """format takes[] takes[].files[].digest takes[].files[].in_ms
            takes[].files[].out_ms takes[].turn takes[].use takes[].forced turns turns[]""",
        ("list",): "takes turns",
    },
)


@dataclass(frozen=True)
class Tried:
    """What came of every damage to a record in a ``file``: the error, or none."""

    file: Path
    refused: tuple[tuple[Damage, BroadcastError], ...]
    passed: tuple[Damage, ...]


TRIED: dict[tuple[str, bool], Tried] = {}


def tried(station: Station, record: Kept) -> Tried:
    """Read a record with every damage in turn, once for all tests; it ends as it was."""
    if (record.path, record.is_newest) not in TRIED:
        TRIED[record.path, record.is_newest] = _tried(station, record)
    return TRIED[record.path, record.is_newest]


def _tried(station: Station, record: Kept) -> Tried:
    file = station.root / record.path
    whole = file.read_bytes()
    refused, passed = [], []
    for damage in damages(first_and_last(json.loads(whole))):
        put(file, damage.data)
        try:
            record.read(station)
            passed.append(damage)
        except BroadcastError as error:
            refused.append((damage, error))
    put(file, whole)
    return Tried(file, tuple(refused), tuple(passed))


def one_of_each_field(damaged: Iterable[Damage]) -> list[Damage]:
    """Give one damage of each field, all kinds of damage among them."""
    by_field: dict[str, dict[str, Damage]] = {}
    for each in damaged:
        by_field.setdefault(each.field, {}).setdefault(each.what, each)
    turns = count()
    return [[*kinds.values()][next(turns) % len(kinds)] for kinds in by_field.values()]


@pytest.fixture
def lasting(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Station, Kept]:
    """A station of this version or of 0.1.0, and one of its records."""
    age, record = request.param
    return copy_of(request.getfixturevalue(age), tmp_path), record


EVERY_RECORD = pytest.mark.parametrize(
    "lasting",
    [
        ("made", EPISODE),
        ("older", OLDER_EPISODE),
        ("made", EPISODE_OUT),
        ("older", OLDER_EPISODE_OUT),
        ("made", SENTENCES_OUT),
        ("made", APPROVED),
        ("made", TAKES_KNOWN),
        ("older", replace(TAKES_KNOWN, lines=(("takes", NAME),), is_newest=False)),
    ],
    indirect=True,
    ids=lambda each: f"{each[0]}-{each[1].path.rpartition('/')[2]}",
)


@EVERY_RECORD
def test_every_damage_is_told_with_file_and_field(lasting: tuple[Station, Kept]) -> None:
    station, record = lasting
    found = tried(station, record)
    for damage, error in found.refused:
        told = (damage.what, damage.field, str(error.message))
        assert error.file == found.file, told
        assert error.hint, told
        assert not re.search(r"[`$\n]|regex|Expected|Object|as it should be", str(error.message)), (
            told
        )
        if damage.field == "format" and "newer version of broadcast" in str(error.message):
            assert damage.what in {"newer", "huge"}
        elif damage.path:
            assert any(name in str(error.message) for name in damage.names), told
    passed = {(each.what, each.field) for each in found.passed}
    assert passed - record.may_pass() == set()
    if record.is_newest:  # one of 0.1.0 has not all of the fields
        assert record.may_pass() - passed == set()


@EVERY_RECORD
def test_commands_tell_a_damage_and_touch_nothing(lasting: tuple[Station, Kept]) -> None:
    station, record = lasting
    file = station.root / record.path
    refused = tried(station, record).refused
    told = {(damage.what, damage.path): str(error.message) for damage, error in refused}
    for damage in one_of_each_field(damage for damage, _ in refused):
        put(file, damage.data)
        before = station.stamps()
        for ask in record.commands:
            with pytest.raises(BroadcastError) as raised:
                ask(station)
            assert str(raised.value.message) == told[damage.what, damage.path], damage.field
            assert raised.value.file == file
        assert station.stamps() == before, (damage.what, damage.field)


@EVERY_RECORD
def test_what_passes_breaks_no_command_and_reaches_no_listener_unread(
    lasting: tuple[Station, Kept],
) -> None:
    station, record = lasting
    file = station.root / record.path
    files = station.files()
    passed = one_of_each_field(tried(station, record).passed)
    for damage in passed[:: 1 + len(passed) // 20]:
        for line in record.lines:
            put(file, damage.data)
            done = station.run(*line)
            if isinstance(done.exception, BroadcastError):
                assert file.read_bytes() == damage.data, (damage.what, damage.field, line)
            if record.path in (DRAFT, TAKES):
                hold_to_what_can_be_read(station)
        station.put_back(files)
