"""Recordings in use teach a station how its people sound: sums only, of what nobody doubts."""

from __future__ import annotations

from pathlib import Path

import pytest
import soundfile
import typer
from click.testing import CliRunner

from broadcast.align.alignment import align
from broadcast.align.frames import HZ
from broadcast.align.prior import shipped_prior
from broadcast.align.verdicts import heard_script
from broadcast.cli.commands import app
from broadcast.production import booth
from broadcast.production.booth.known_voices import learnt_here, prior_here
from broadcast.production.booth.learn_voices import keep_known_voices, taught_by
from people_by_hand import clips, joined, prior_of, prior_without, spoken
from productions_by_hand import Production, new_production

TURNS = (clips()[:4], clips()[4:7], clips()[7:])
PEOPLE = ("Phóng viên", "Ông Đỗ Văn Lâm")


@pytest.fixture
def recorded_station(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Production:
    """A station with a script whose turns were all recorded, by people."""
    made = new_production(tmp_path / "station", monkeypatch)
    words = [" ".join(one.words.rstrip(".") + "." for one in turn) for turn in TURNS]
    made.write(
        "\n\n".join(["Cầu mới", *(f"{PEOPLE[n % 2]}: {said}" for n, said in enumerate(words))])
    )
    inputs = made.read()
    swaps = []
    for n, turn in enumerate(TURNS, 1):
        file = tmp_path / f"{n}.wav"
        sound = joined(turn, snr_db=25, seed=n, pause_s=(0.2, 0.6)).samples
        soundfile.write(file, sound, HZ)
        swaps.append(booth.Swap(booth.turn_named(inputs, str(n)), (file,), force=True))
    booth.swap(inputs, swaps, made.reporter)
    return made


def test_takes_teach_once_however_often_they_are_asked(recorded_station: Production) -> None:
    workspace = recorded_station.read().workspace
    kept = []
    for _ in range(2):
        learnt = taught_by(recorded_station.read(), recorded_station.reporter)
        assert learnt.prior is not None
        assert learnt.takes == 3
        spoken_ms = sum(clip.end_ms - clip.begin_ms for turn in TURNS for clip in turn)
        assert 0.6 * spoken_ms < learnt.prior.duration_ms < 1.2 * spoken_ms
        keep_known_voices(workspace, learnt.prior)
        kept.append(workspace.known_voices.read_bytes())
    assert kept[0] == kept[1]
    known = prior_here(workspace).coarse.count
    assert known == pytest.approx(shipped_prior().coarse.count + learnt.prior.coarse.count)


def test_a_take_of_other_words_teaches_nothing(recorded_station: Production) -> None:
    file = recorded_station.root / "scripts" / f"{recorded_station.read().name}.txt"
    text = file.read_text("utf-8")
    first = clips()[0].words.rstrip(".")
    assert first in text
    file.write_text(text.replace(first, "Hôm nay trời nắng đẹp"), "utf-8")
    assert taught_by(recorded_station.read(), recorded_station.reporter).takes == 2


def test_a_damaged_file_is_as_if_nothing_was_learnt(recorded_station: Production) -> None:
    workspace = recorded_station.read().workspace
    assert learnt_here(workspace) is None
    workspace.known_voices.write_bytes(b"PK\x03\x04 damaged")
    assert learnt_here(workspace) is None
    assert prior_here(workspace) is shipped_prior()


def test_a_long_recording_is_heard_anew_once_something_was_learnt(
    recorded_station: Production, tmp_path: Path
) -> None:
    file = tmp_path / "ca buoi.wav"
    soundfile.write(file, joined(clips(), snr_db=20, seed=5, pause_s=(0.3, 1.0)).samples, HZ)
    before = booth.hear(recorded_station.read(), [file], recorded_station.reporter).heard
    learnt = taught_by(recorded_station.read(), recorded_station.reporter)
    assert learnt.prior is not None
    keep_known_voices(recorded_station.read().workspace, learnt.prior)
    after = booth.hear(recorded_station.read(), [file], recorded_station.reporter).heard
    assert [one.score for one in after.turns] != [one.score for one in before.turns]
    assert {one.status for one in after.turns} == {"found"}


def test_people_who_are_known_are_found_in_noise() -> None:
    """Judged by what is known besides: sentences that are not said are none the more found."""
    mine, others = clips()[::2], clips()[1::2]
    one = joined(mine, snr_db=12, seed=3, pause_s=(0.3, 2.0)).heard()
    script, wrong = spoken([[clip] for clip in mine]), spoken([[clip] for clip in others])
    prior, learnt = prior_without(mine), prior_of(mine)
    found = {
        known: heard_script(align(one, script, prior, learnt if known else None), script, one)
        for known in (False, True)
    }
    sure = {known: sum(turn.is_sure for turn in heard.turns) for known, heard in found.items()}
    assert sure[True] > sure[False]
    heard = heard_script(align(one, wrong, prior, learnt), wrong, one)
    assert not any(turn.is_sure for turn in heard.turns)


def test_learning_and_forgetting_are_told(recorded_station: Production) -> None:
    def told(*arguments: str, status: int = 0) -> str:
        program = typer.main.get_command(app)
        line = ["learn", *arguments, "--station", str(recorded_station.root)]
        done = CliRunner().invoke(program, line, env={"BROADCAST_LANG": "en"})
        assert done.exit_code == status, done.output
        return " ".join(done.output.split())

    assert "in 3 recordings. Kept in recordings/known-voices.npz" in told()
    assert "give no name" in told("bai", "--forget", status=2)
    assert "What was learnt is forgotten." in told("--forget")
    assert "Nothing was learnt yet." in told("--forget")
    assert not recorded_station.read().workspace.known_voices.exists()
