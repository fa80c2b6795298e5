"""Whether a draft, or anything it was made from, was touched since it was built.

The tables say of every field that is read whether it counts: whoever adds one decides.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from broadcast.production.desk import touched as seeing
from broadcast.production.desk.draft import Draft
from broadcast.production.desk.draft_record import FORMAT
from broadcast.production.desk.touched import (
    note_seen,
    recordings_seen,
    seen,
    unchanged,
)
from broadcast.production.making.orders import Orders
from broadcast.workspace import Workspace
from keys_by_hand import assert_counts


@dataclass(frozen=True)
class Drafted:
    """A station with a draft, and a note of what that was made from."""

    workspace: Workspace
    script: Path
    draft: Draft
    beside: tuple[Path, ...]

    def files(self) -> Iterable[Path]:
        return (path for path in self.workspace.root.rglob("*") if path.is_file())

    def note(self, orders: Orders) -> None:
        stamps = seen(self.workspace, self.script, self.beside)
        stamps = {**stamps, **recordings_seen(self.workspace, self.draft.folder.name)}
        note_seen(self.workspace, self.draft, orders.asked, self.beside, stamps)

    def is_unchanged(self, orders: Orders) -> bool:
        return unchanged(self.workspace, self.script, self.draft, orders.asked)


ORDERS = (
    Orders(datetime(2025, 9, 6, tzinfo=UTC), "g1"),
    Orders(
        datetime(2025, 9, 7, tzinfo=UTC),
        *("g2", True, "espeak", 3, 4, ("wav",), 600_000, True),
        *(date(2025, 9, 8), True, datetime(2025, 9, 5, tzinfo=UTC), "espeak"),
    ),
)
INPUTS = ("station.toml", "lexicon.tsv", "scripts/a.txt", "tune.mp3", "recordings/a/02.wav")
INPUTS += ("recordings/a/takes.json", "episodes/a/episode.json", "episodes/a/a.mp3")


@pytest.fixture
def drafted(tmp_path: Path) -> Drafted:
    for name in (*INPUTS, "scripts/b.txt", "recordings/b/02.wav", "feed/feed.xml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
        os.utime(tmp_path / name, (1_000, 1_000))
    record = SimpleNamespace(format=FORMAT, digests={"a.mp3": "d1"})
    draft = Draft(tmp_path / "episodes" / "a", record)
    made = Drafted(Workspace(tmp_path), tmp_path / "scripts/a.txt", draft, (tmp_path / "tune.mp3",))
    made.note(ORDERS[0])
    return made


def test_a_draft_is_unchanged_while_it_is_asked_for_the_same(drafted: Drafted) -> None:
    assert drafted.is_unchanged(ORDERS[0])
    not_built = dict.fromkeys(
        [
            *("now", "new_guid", "offline", "jobs", "beside"),
            *("is_new", "agrees", "undisclosed_at", "spoken_by"),
        ],
        False,
    )
    built = dict.fromkeys(["engine", "formats", "running_time_ms", "day"], True)
    assert_counts(drafted.is_unchanged, *ORDERS, not_built | built)


def test_a_draft_is_unchanged_until_one_of_its_files_is_touched(drafted: Drafted) -> None:
    root = drafted.workspace.root
    touched = set()
    for file in [file for file in drafted.files() if ".broadcast" not in file.parts]:
        os.utime(file, (1_001, 1_001))
        if not drafted.is_unchanged(ORDERS[0]):
            touched.add(file.relative_to(root).as_posix())
        os.utime(file, (1_000, 1_000))
        assert drafted.is_unchanged(ORDERS[0])
    assert touched == set(INPUTS)


def test_a_draft_is_changed_by_a_file_more_or_less(drafted: Drafted) -> None:
    more = drafted.workspace.recordings("a") / "03.wav"
    more.write_text("more")
    assert not drafted.is_unchanged(ORDERS[0])
    more.unlink()
    assert drafted.is_unchanged(ORDERS[0])
    drafted.workspace.lexicon_file.unlink()
    assert not drafted.is_unchanged(ORDERS[0])


def test_a_draft_of_another_version_is_changed(
    drafted: Drafted, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = SimpleNamespace(format=FORMAT - 1, digests={"a.mp3": "d1"})
    before = replace(drafted, draft=Draft(drafted.draft.folder, older))
    before.note(ORDERS[0])
    assert not before.is_unchanged(ORDERS[0])
    drafted.note(ORDERS[0])
    assert drafted.is_unchanged(ORDERS[0])
    monkeypatch.setattr(seeing, "__version__", "another")
    assert not drafted.is_unchanged(ORDERS[0])
