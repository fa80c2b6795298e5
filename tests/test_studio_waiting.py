"""A long recording in the studio: what is shown of its cuts, and what of them is used."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcast.align.heard_script import HeardScript, HeardTurn
from broadcast.errors import BroadcastError, UsageError
from broadcast.production import booth
from broadcast.production.booth.waiting_recordings import (
    WaitingCut,
    bring_recording,
    cut_otherwise,
    forget_waiting,
    kept_name,
    let_wait,
    waiting_recordings,
)
from broadcast.studio.waiting_rows import cut_rows, cuts_wanted
from broadcast.studio.wav_pieces import stretches
from broadcast.workspace import Workspace
from productions_by_hand import NAME, Production, new_production


@pytest.fixture
def station(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Production:
    return new_production(tmp_path / "station", monkeypatch)


def recording_of(station: Production, *turns: HeardTurn, sure: bool = True) -> booth.LongRecording:
    script = HeardScript("right" if sure else "ask", turns, duration_ms=60_000)
    return booth.LongRecording(
        (Path("a.wav"), Path("b.wav")), (40_000, 20_000), station.read().script.turns, script
    )


FOUND = (
    HeardTurn("found", 1_000, 5_000),
    HeardTurn("twice", 20_000, 25_000, earlier=((10_000, 15_000),)),
    HeardTurn("check", 30_000, 35_000),
    HeardTurn("missing"),
)


def test_sure_turns_are_ticked_and_doubtful_ones_are_not(station: Production) -> None:
    rows = cut_rows(station.read(), recording_of(station, *FOUND), {})
    assert [row.cut.use if row.cut else None for row in rows] == [True, True, False, None]
    assert [row.is_sure for row in rows] == [True, True, False, False]


def test_nothing_is_ticked_where_much_is_unsure(station: Production) -> None:
    rows = cut_rows(station.read(), recording_of(station, *FOUND, sure=False), {})
    assert not any(row.cut.use for row in rows if row.cut)


def test_cuts_are_moved_around_where_they_were_found_and_never_past_each_other(
    station: Production,
) -> None:
    for row in cut_rows(station.read(), recording_of(station, *FOUND), {}):
        if row.cut is None:
            continue
        assert 0 <= row.begins[0] <= row.cut.begin_ms <= row.begins[1] < row.ends[0]
        assert row.ends[0] <= row.cut.end_ms <= row.ends[1] <= 60_000


def test_what_is_ticked_is_used_and_of_two_readings_the_last_is_moved(station: Production) -> None:
    recording = recording_of(station, *FOUND)
    ids = [turn.id for turn in recording.turns]
    changed = {
        ids[0]: WaitingCut(begin_ms=1_000, end_ms=5_000, use=False),
        ids[1]: WaitingCut(begin_ms=20_300, end_ms=90_000),
        ids[2]: WaitingCut(begin_ms=30_500, end_ms=34_000),
        ids[3]: WaitingCut(begin_ms=1, end_ms=2),
        "gone": WaitingCut(begin_ms=1, end_ms=2),
    }
    cuts = cuts_wanted(recording, changed)
    assert [(cut.turn.id, cut.begin_ms, cut.end_ms) for cut in cuts[1:]] == [
        (ids[1], 20_300, 60_000),
        (ids[2], 30_500, 34_000),
    ]
    assert cuts[0].turn.id == ids[1]
    assert cuts[0].end_ms < 20_000
    assert {swap.turn.id for swap in booth.accepted(recording, None, cuts)} == {ids[1], ids[2]}


def test_a_stretch_of_two_files_is_heard_out_of_both() -> None:
    files, lengths = [Path("a"), Path("b")], [1_000, 1_000]
    assert stretches(files, lengths, 800, 1_300) == [
        (Path("a"), 800, 1_000),
        (Path("b"), 0, 300),
    ]
    assert stretches(files, lengths, 2_000, 2_500) == []
    ((_, begin, end),) = stretches([Path("c")], [10_000_000], 0, 9_000_000)
    assert end - begin == 300_000


def test_moved_cuts_are_kept_until_it_is_listened_to_anew(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    with pytest.raises(UsageError):
        cut_otherwise(workspace, NAME, "turn", WaitingCut(begin_ms=1, end_ms=2))
    (tmp_path / "in.wav").write_bytes(b"x")
    bring_recording(workspace, NAME, tmp_path / "in.wav", "cả buổi.wav")
    let_wait(workspace, NAME, "long")
    cut_otherwise(workspace, NAME, "turn", WaitingCut(begin_ms=1, end_ms=2))
    waiting = waiting_recordings(workspace, NAME)
    assert waiting is not None
    assert waiting.cuts == {"turn": WaitingCut(begin_ms=1, end_ms=2)}
    assert let_wait(workspace, NAME, "long").cuts == {}
    forget_waiting(workspace, NAME)
    assert waiting_recordings(workspace, NAME) is None


def test_a_damaged_note_of_what_waits_is_told_with_what_to_do(tmp_path: Path) -> None:
    folder = Workspace(tmp_path).waiting(NAME)
    folder.mkdir(parents=True)
    (folder / "waiting.json").write_text('{"format": 1, "kind": "other"}', "utf-8")
    with pytest.raises(BroadcastError) as raised:
        waiting_recordings(Workspace(tmp_path), NAME)
    assert raised.value.hint is not None


@pytest.mark.parametrize(
    ("called", "kept"),
    [
        ("Ghi âm 7.m4a", "Ghi âm 7.m4a"),
        ("../../etc/passwd.wav", "passwd.wav"),
        ("C:\\thu\\a?b*.wav", "a b.wav"),
        (".hidden.wav", "hidden.wav"),
        ("", "recording"),
        ("a" * 300 + ".wav", "a" * 80 + ".wav"),
        ("x.w\x00av", "x.wav"),
    ],
)
def test_a_name_is_kept_as_far_as_any_disk_has_it(called: str, kept: str) -> None:
    assert kept_name(called) == kept
