"""A recorded take is held against the words of its turn, and against those of others."""

from __future__ import annotations

from pathlib import Path

import pytest
import soundfile

from broadcast.align.frames import HZ
from broadcast.production import booth
from people_by_hand import Clip, clips, joined
from productions_by_hand import Production, new_production

TURNS = (clips()[:2], clips()[3:5], clips()[7:])
PEOPLE = ("Phóng viên", "Ông Đỗ Văn Lâm")


@pytest.fixture
def bridge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Production:
    made = new_production(tmp_path / "station", monkeypatch)
    said = [
        f"{PEOPLE[n % 2]}: {' '.join(one.words.rstrip('.') + '.' for one in turn)}\n"
        for n, turn in enumerate(TURNS)
    ]
    made.write("\n".join(["Cầu mới qua sông Vân\n", *said]))
    return made


def doubts_of(station: Production, *which: Clip) -> list[str]:
    file = station.workspace.recordings("cau-moi") / "02.wav"
    file.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(file, joined(which, snr_db=22, seed=3, pause_s=(0.2, 0.6)).samples, HZ)
    problems = booth.doubts(station.read(), station.reporter)
    return [one.code for one in problems if one.code.startswith("said.")]


def test_the_right_words_are_not_doubted(bridge: Production) -> None:
    assert doubts_of(bridge, *TURNS[1]) == []


def test_words_of_another_turn_are_told(bridge: Production) -> None:
    assert doubts_of(bridge, *TURNS[2]) == ["said.anothers"]


def test_a_sentence_that_is_not_said_is_named(bridge: Production) -> None:
    assert doubts_of(bridge, TURNS[1][0]) == ["said.not-heard"]


def test_what_is_said_besides_is_told(bridge: Production) -> None:
    other = clips()[5:7]
    assert doubts_of(bridge, TURNS[1][0], *other, TURNS[1][1]) == ["said.added"]


def test_what_the_producer_confirmed_is_not_doubted(bridge: Production) -> None:
    doubts_of(bridge, *TURNS[2])
    inputs = bridge.read()
    inputs = booth.confirm(inputs, booth.turn_named(inputs, "2"), bridge.reporter)
    assert not [one for one in booth.doubts(inputs, bridge.reporter) if "said." in one.code]


def test_files_whose_names_say_nothing_are_paired_by_what_is_heard_in_them(
    bridge: Production, tmp_path: Path
) -> None:
    folder = tmp_path / "recorder"
    folder.mkdir()
    for name, which in (("a.wav", TURNS[2]), ("b.wav", TURNS[0]), ("02.wav", TURNS[1])):
        samples = joined(which, snr_db=22, seed=3, pause_s=(0.2, 0.6)).samples
        soundfile.write(folder / name, samples, HZ)
    planned = {
        one.file.name: one for one in booth.plan_of_folder(bridge.read(), folder, bridge.reporter)
    }
    assert {name: one.turn and one.turn.n for name, one in planned.items()} == {
        "a.wav": 3,
        "b.wav": 1,
        "02.wav": 2,
    }
    assert "plan.by-words" in [doubt.code for doubt in planned["a.wav"].doubts]


def test_a_name_that_says_another_turn_than_its_words_is_told(
    bridge: Production, tmp_path: Path
) -> None:
    folder = tmp_path / "recorder"
    folder.mkdir()
    samples = joined(TURNS[2], snr_db=22, seed=3, pause_s=(0.2, 0.6)).samples
    soundfile.write(folder / "02.wav", samples, HZ)
    (planned,) = booth.plan_of_folder(bridge.read(), folder, bridge.reporter)
    assert "plan.says-other" in [doubt.code for doubt in planned.doubts]
