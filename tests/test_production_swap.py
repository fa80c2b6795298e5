"""Real voices take the place of synthetic ones, turn by turn: what is decided, refused and kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
import webvtt

from broadcast.errors import BroadcastError, UsageError
from broadcast.production import booth
from broadcast.production.booth import Decision
from broadcast.recordings.choose import without_choice
from broadcast.recordings.sheet import Row
from broadcast.recordings.standing import decided
from productions_by_hand import (
    AGAIN,
    FIRST,
    NAME,
    RATE_HZ,
    SCRIPT,
    SECOND,
    Production,
    Samples,
    production_in,
    record,
    tones,
)

LONGER = SCRIPT.replace("một tháng", "hai tháng")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    """A station whose words were all spoken by the engine; tests take copies."""
    with production_in(tmp_path_factory.mktemp("built")) as made:
        made.settle()
        made.build()
        yield made


@pytest.fixture
def bridge(built: Production, tmp_path: Path) -> Production:
    return built.copied_to(tmp_path / "station")


def swap(station: Production, n: int | str, *files: Path, **more: Any) -> tuple[Path, ...]:
    """Swap recordings in for a turn and build with them; give where they are kept."""
    inputs = station.read()
    turn = booth.turn_named(inputs, str(n))
    inputs, kept = booth.swap(inputs, [booth.Swap(turn, files, **more)], station.reporter)
    station.build(inputs=inputs)
    return kept


def unswap(station: Production, n: int) -> bool:
    inputs = station.read()
    changed = booth.go_back(inputs, booth.turn_named(inputs, str(n)), station.reporter)
    station.build(inputs=changed)
    return changed is not None


def row(station: Production, n: int) -> Row:
    sheet = booth.sheet(station.read(), station.reporter)
    (found,) = [row for row in sheet.rows if row.turn.n == n]
    return found


def captions(station: Production) -> str:
    read = webvtt.read(str(station.workspace.draft(NAME) / f"{NAME}.vtt"))
    return " ".join(cue.text for cue in read.captions)


def test_a_recording_is_copied_in_under_its_turns_number_and_stays_where_it_was(
    bridge: Production, tmp_path: Path
) -> None:
    source = record(tmp_path / "phone" / "Bản ghi 7.wav", FIRST)
    before = source.read_bytes()
    (kept,) = swap(bridge, 2, source)
    assert kept == bridge.workspace.recordings(NAME) / "02 Bản ghi 7.wav"
    assert kept.read_bytes() == source.read_bytes() == before
    take = bridge.turn(2)["take"]
    assert (take["kind"], take["file"], take["stale"]) == ("recorded", kept.name, False)
    assert bridge.turn(4)["take"]["kind"] == "synthetic"


def test_unswap_gives_the_very_same_programme_and_keeps_the_file(
    bridge: Production, tmp_path: Path
) -> None:
    before = bridge.files()
    (kept,) = swap(bridge, 2, record(tmp_path / "a.wav", FIRST))
    assert bridge.files() != before
    assert unswap(bridge, 2)
    assert bridge.files() == before
    assert kept.exists()
    assert not unswap(bridge, 2)


def test_retakes_stand_side_by_side_and_any_can_be_chosen(
    bridge: Production, tmp_path: Path
) -> None:
    swap(bridge, 2, record(tmp_path / "a.wav", FIRST))
    swap(bridge, 2, record(tmp_path / "b.wav", FIRST, "bạn"))
    assert bridge.turn(2)["take"]["file"] == "02 b.wav"
    inputs = bridge.read()
    turn = booth.turn_named(inputs, "2")
    bridge.build(inputs=booth.use(inputs, turn, 1, bridge.reporter))
    assert bridge.turn(2)["take"]["file"] == "02 a.wav"
    assert (row(bridge, 2).takes, row(bridge, 2).number) == (("02 a.wav", "02 b.wav"), 1)
    with pytest.raises(UsageError, match="There is no take 3 of this turn: it has only 2"):
        booth.use(bridge.read(), turn, 3, bridge.reporter)
    swap(bridge, 2, tmp_path / "b.wav")
    assert bridge.turn(2)["take"]["file"] == "02 b.wav"
    assert len(row(bridge, 2).takes) == 2


def test_new_words_make_a_take_stale_and_its_own_are_captioned_until_it_is_confirmed(
    bridge: Production, tmp_path: Path
) -> None:
    swap(bridge, 2, record(tmp_path / "a.wav", FIRST))
    bridge.write(LONGER)
    bridge.build()
    assert bridge.turn(2)["take"]["stale"]
    assert "hai tháng" not in captions(bridge)
    assert "[một → hai]" in (row(bridge, 2).change or "")
    inputs = bridge.read()
    inputs = booth.confirm(inputs, booth.turn_named(inputs, "2"), bridge.reporter)
    bridge.build(inputs=inputs)
    assert not bridge.turn(2)["take"]["stale"]
    assert "hai tháng" in captions(bridge)


def test_where_the_station_says_so_a_stale_take_is_not_heard(
    bridge: Production, tmp_path: Path
) -> None:
    swap(bridge, 2, record(tmp_path / "a.wav", FIRST))
    bridge.set('[recordings]\nstale = "synthetic"\n')
    bridge.write(LONGER)
    bridge.build()
    assert bridge.turn(2)["take"]["kind"] == "synthetic"
    assert "hai tháng" in captions(bridge)


def test_points_take_one_answer_out_of_a_long_recording(bridge: Production, tmp_path: Path) -> None:
    whole = record(tmp_path / "all.wav", f"{FIRST} {SECOND}")
    (kept,) = swap(bridge, 2, whole, in_ms=200, out_ms=1_200)
    swap(bridge, 4, whole, in_ms=1_200)
    assert kept.name == bridge.turn(4)["take"]["file"] == "02 all.wav"
    assert row(bridge, 2).length_ms == 1_000
    heard = bridge.turn(2)
    assert heard["end_ms"] - heard["start_ms"] == pytest.approx(1_000, abs=2)
    with pytest.raises(BroadcastError, match="turn 4 stays as it is"):
        swap(bridge, 4, whole, in_ms=300_000)
    assert "it has no such stretch" in str(bridge.reporter.problems[-1].message)


def test_several_files_are_one_take_in_their_order(bridge: Production, tmp_path: Path) -> None:
    halves = [record(tmp_path / f"{n}.wav", half) for n, half in enumerate(FIRST.split(", "))]
    swap(bridge, 2, *halves)
    assert bridge.turn(2)["take"]["file"] == "02 0.wav + 02 1.wav"
    assert row(bridge, 2).takes == ("02 0.wav + 02 1.wav",)


def test_a_recording_of_quite_another_length_is_refused_unless_it_is_forced(
    bridge: Production, tmp_path: Path
) -> None:
    source = record(tmp_path / "a.wav", " ".join([FIRST] * 12))
    before = bridge.files()
    with pytest.raises(BroadcastError, match="turn 2 stays as it is"):
        swap(bridge, 2, source)
    (told,) = bridge.reporter.problems
    assert str(told.placed).startswith("turn 2: a.wav is 12 s long; these words take about 3 s")
    assert "--force" in (str(told.hint or ""))
    assert not bridge.workspace.recordings(NAME).exists()
    assert bridge.files() == before
    swap(bridge, 2, source, force=True)
    assert bridge.turn(2)["take"]["kind"] == "recorded"


@pytest.mark.parametrize("content", [b"", "không phải âm thanh".encode()])
def test_what_is_no_sound_is_not_copied(bridge: Production, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.wav").write_bytes(content)
    with pytest.raises(BroadcastError, match="turn 2 stays as it is"):
        swap(bridge, 2, tmp_path / "a.wav")
    assert not bridge.workspace.recordings(NAME).exists()


def test_a_take_that_would_no_longer_be_heard_is_shown(bridge: Production, tmp_path: Path) -> None:
    kept = bridge.record("02 lần đầu.wav", FIRST)
    phone = tmp_path / "phone"
    record(phone / "02.wav", FIRST, voice="lần sau")
    (phone / "lượt 2.wav").write_bytes(kept.read_bytes())
    planned = {
        one.file.name: one for one in booth.plan_of_folder(bridge.read(), phone, bridge.reporter)
    }
    instead = "in place of 02 lần đầu.wav, which is heard now"
    assert str(planned["02.wav"].doubts[0]) == instead
    assert instead not in map(str, planned["lượt 2.wav"].doubts)  # it is that very sound


def test_a_folder_or_a_turn_that_is_none_is_a_wrong_command(
    bridge: Production, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="is a folder"):
        swap(bridge, 2, tmp_path)
    with pytest.raises(UsageError, match="There is no turn “9”"):
        swap(bridge, 9, record(tmp_path / "a.wav", FIRST))
    with pytest.raises(UsageError, match="There is no turn “lead”") as error:
        booth.turn_named(bridge.read(), "lead")
    assert "Give a number from 1 to 4 or notice." in str(error.value.hint)


@pytest.mark.parametrize("reference", ["2", "02", "its id"])
def test_a_turn_is_named_by_its_number_or_its_id(bridge: Production, reference: str) -> None:
    inputs = bridge.read()
    turn = inputs.script.turns[1]
    assert booth.turn_named(inputs, turn.id if reference == "its id" else reference) == turn


def test_the_lead_and_the_byline_are_named_by_what_they_are(bridge: Production) -> None:
    lead = "Cầu mới sắp thông xe, phóng viên có cuộc trao đổi với ông Đỗ Văn Lâm. Mời quý vị nghe:"
    bridge.write(SCRIPT.replace("sông Vân\n", f"sông Vân\n\n{lead}\n") + "\nLê Dũng thực hiện.\n")
    inputs = bridge.read()
    for kind in ("lead", "byline"):
        assert booth.turn_named(inputs, kind).kind == kind


def test_a_damaged_recording_stops_the_build_until_the_synthetic_voice_is_asked_for(
    bridge: Production,
) -> None:
    folder = bridge.workspace.recordings(NAME)
    folder.mkdir()
    (folder / "02.wav").write_bytes(b"half a")
    with pytest.raises(BroadcastError, match="a recording cannot be used"):
        bridge.build()
    assert unswap(bridge, 2)
    assert bridge.turn(2)["take"]["kind"] == "synthetic"
    assert (folder / "02.wav").read_bytes() == b"half a"


def test_a_folder_is_laid_over_the_turns_and_its_files_stay(
    bridge: Production, tmp_path: Path
) -> None:
    phone = tmp_path / "phone"
    for name, words in (("02.wav", FIRST), ("tạm biệt.wav", SECOND)):
        record(phone / name, words)
    (phone / "hỏng.wav").write_bytes(b"half a")
    planned = {
        one.file.name: one for one in booth.plan_of_folder(bridge.read(), phone, bridge.reporter)
    }
    turns = {name: one.turn.n for name, one in planned.items() if one.turn}
    assert turns == {"02.wav": 2, "tạm biệt.wav": 4}
    assert planned["02.wav"].doubts == ()
    assert [str(doubt) for doubt in planned["tạm biệt.wav"].doubts] == ["by order and length"]
    assert planned["hỏng.wav"].doubts
    assert not bridge.workspace.recordings(NAME).exists()
    with pytest.raises(BroadcastError, match="There is no such folder"):
        booth.plan_of_folder(bridge.read(), tmp_path / "none", bridge.reporter)
    with pytest.raises(BroadcastError, match="There are no audio files"):
        booth.plan_of_folder(bridge.read(), bridge.root, bridge.reporter)


def test_a_decision_that_fails_changes_nothing(bridge: Production) -> None:
    bridge.record("02.wav", FIRST)
    inputs = booth.remember(bridge.read(), bridge.reporter)
    takes = (inputs.standing.folder / "takes.json").read_bytes()
    turn = booth.turn_named(inputs, "2")

    def fails(decision: Decision) -> Decision:
        def failing(standing: Any) -> Any:
            decision(standing)
            raise ArithmeticError

        return failing

    with pytest.raises(ArithmeticError):
        booth.decide(
            inputs,
            fails(lambda now: decided(now, without_choice(now.takes, turn))),
            bridge.reporter,
        )
    assert (inputs.standing.folder / "takes.json").read_bytes() == takes
    assert row(bridge, 2).number == 1


def test_the_record_sheet_is_written_as_a_page_and_remembers_nothing_by_itself(
    bridge: Production,
) -> None:
    bridge.record("02.wav", FIRST)
    sheet = booth.sheet(bridge.read(), bridge.reporter)
    assert [one.turn.kind for one in sheet.rows] == ["notice", *["turn"] * 4]
    assert [one.number for one in sheet.rows] == [None, None, 1, None, None]
    page = bridge.workspace.draft(NAME) / "record-sheet.html"
    assert AGAIN in page.read_text("utf-8")
    assert not (bridge.workspace.recordings(NAME) / "takes.json").exists()


def takes_json(station: Production) -> bytes | None:
    file = station.workspace.recordings(NAME) / "takes.json"
    return file.read_bytes() if file.exists() else None


@pytest.mark.parametrize(
    "changed",
    [
        lambda sound: sound * np.float32(1e19),
        lambda sound: np.where(np.arange(len(sound)) % 20, sound, np.float32(np.nan)),
        lambda sound: sound * 0,
    ],
)
def test_a_recording_of_which_nothing_can_be_made_is_not_chosen(
    bridge: Production, tmp_path: Path, changed: Callable[[Samples], Samples]
) -> None:
    before = takes_json(bridge)
    soundfile.write(tmp_path / "a.wav", changed(tones(FIRST)), RATE_HZ, "FLOAT")
    with pytest.raises(BroadcastError, match="turn 2 stays as it is"):
        swap(bridge, 2, tmp_path / "a.wav", force=True)
    assert takes_json(bridge) == before
    assert not row(bridge, 2).is_recorded
    bridge.build()


def test_a_stretch_of_silence_is_not_chosen(bridge: Production, tmp_path: Path) -> None:
    spoken = tones(FIRST)
    silent = np.zeros(5 * RATE_HZ, np.float32)
    soundfile.write(tmp_path / "a.wav", np.concatenate([spoken, silent]), RATE_HZ)
    begin_ms = len(spoken) * 1000 // RATE_HZ + 100
    with pytest.raises(BroadcastError, match="turn 2 stays as it is"):
        swap(bridge, 2, tmp_path / "a.wav", in_ms=begin_ms, out_ms=begin_ms + 4_000)
    assert takes_json(bridge) is None
    assert "only silence" in " ".join(str(told.message) for told in bridge.reporter.problems)
    bridge.build()


@pytest.mark.parametrize("factor", [4.0, 100.0, 32_768.0])
def test_floating_point_over_full_scale_is_brought_to_level(
    bridge: Production, tmp_path: Path, factor: float
) -> None:
    soundfile.write(tmp_path / "a.wav", tones(FIRST) * np.float32(factor), RATE_HZ, "FLOAT")
    swap(bridge, 2, tmp_path / "a.wav")
    facts = json.loads((bridge.workspace.draft(NAME) / "episode.json").read_text("utf-8"))
    loudness = facts["loudness"]["podcast"]
    assert loudness["integrated_lufs"] == pytest.approx(-16, abs=0.5)
    assert loudness["true_peak_dbtp"] <= -1
