"""Formats and running time hold from build to build until something else is asked for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from broadcast.cli.batch import OneOfMany
from broadcast.errors import StoppedError, UsageError
from broadcast.production import booth
from productions_by_hand import FIRST, Notebook, Production, new_production, record
from station_at_hand import COMMAND


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Production:
    return new_production(tmp_path / "station", monkeypatch)


def endings(here: Production) -> set[str]:
    return {Path(name).suffix for name in here.files()} & {".wav", ".flac", ".mp3"}


def run(here: Production, *arguments: str) -> Result:
    return CliRunner().invoke(COMMAND, [*arguments, "--station", str(here.root)])


def test_a_swap_and_an_unswap_keep_the_files_and_the_length_of_the_build_before(
    here: Production, tmp_path: Path
) -> None:
    here.build(formats=("wav", "flac"), running_time_ms=9_000)
    length_ms = here.episode()["duration_ms"]
    inputs = here.read()
    turn = booth.turn_named(inputs, "2")
    one = booth.Swap(turn, (record(tmp_path / "phone" / "a.wav", FIRST),))
    inputs, _ = booth.swap(inputs, [one], here.reporter)
    reporter = Notebook()
    here.build(inputs=inputs, reporter=reporter)
    assert endings(here) == {".mp3", ".wav", ".flac"}
    assert here.episode()["duration_ms"] == length_ms
    assert reporter.said == [
        "As it was last asked for: --format wav, --format flac, --running-time 0:09."
    ]
    here.build(inputs=booth.go_back(here.read(), turn, here.reporter))
    assert endings(here) == {".mp3", ".wav", ".flac"}


def test_the_day_that_is_asked_for_is_said_and_holds_until_another_is(here: Production) -> None:
    here.set('opening = "Chương trình ngày {date}."\n')
    here.write("---\ndate: 2025-09-05\n---\n" + here.script().read_text("utf-8"))
    here.build()
    assert here.words()[0] == "Chương trình ngày 5/9/2025."
    here.build(day=date(2025, 9, 13))
    assert here.words()[0] == "Chương trình ngày 13/9/2025."
    reporter = Notebook()
    assert here.build(reporter=reporter).reasons == ()
    assert reporter.said == ["As it was last asked for: --on 2025-09-13."]
    assert {turn.text for turn in here.read().standing.turns} >= {"Chương trình ngày 13/9/2025."}
    assert here.build(day=date(2025, 9, 14)).draft.record.date == date(2025, 9, 14)


@pytest.mark.parametrize("typed", ["13/9/2025", "2025-09-13", "ngày 13/9/2025"])
def test_the_day_is_typed_as_people_write_it(here: Production, typed: str) -> None:
    assert run(here, "build", here.script().stem, "--on", typed).exit_code == 0
    assert here.episode()["date"] == "2025-09-13"


@pytest.mark.parametrize("typed", ["31/9/2025", "mai", "0001-01-01", "7:00 6/9/2025"])
def test_what_is_no_day_is_refused(here: Production, typed: str) -> None:
    done = run(here, "build", here.script().stem, "--on", typed)
    assert done.exit_code == UsageError.exit_status
    assert "is not a day" in done.output
    assert not here.workspace.draft("cau-moi").exists()


def test_what_is_asked_anew_holds_from_then_on(here: Production) -> None:
    here.build(formats=("wav",), running_time_ms=12_000)
    stretched_ms = here.episode()["duration_ms"]
    here.build(formats=("mp3",))
    assert endings(here) == {".mp3"}
    assert here.episode()["duration_ms"] == stretched_ms
    here.build(running_time_ms=0)
    assert here.episode()["duration_ms"] < stretched_ms
    assert endings(here) == {".mp3"}
    assert here.build().reasons == ()


def test_what_was_asked_goes_before_the_settings_also_where_they_were_the_same(
    here: Production,
) -> None:
    here.set('[sound]\nformats = ["wav"]\n')
    here.build()
    here.build(formats=("wav",))
    here.set("")
    here.build()
    assert endings(here) == {".mp3", ".wav"}


def test_a_draft_that_nothing_was_asked_of_follows_the_settings(here: Production) -> None:
    here.set('[sound]\nformats = ["wav"]\n')
    here.build()
    here.set("")
    reporter = Notebook()
    here.build(reporter=reporter)
    assert endings(here) == {".mp3"}
    assert reporter.said == []


def test_an_unchanged_episode_is_up_to_date_with_what_it_was_asked_for(here: Production) -> None:
    here.settle()
    here.build(formats=("wav",))
    reporter = Notebook()
    assert here.build(reporter=reporter).reasons == ()
    assert reporter.stages == []
    assert endings(here) == {".mp3", ".wav"}


def test_several_scripts_end_with_one_sentence_about_those_that_failed(here: Production) -> None:
    for name in ("mot", "hai"):
        here.write(here.script().read_text("utf-8"), name)
    here.write("Không ai nói gì ở đây", "hong")
    here.write("PV: Chào ông?\n\n[clip: bang/an.wav]\n\nÔng An: Chào.\n", "mat")
    done = run(here, "build", "mot", "hong", "hai", "mat")
    assert done.exit_code == 1
    last = " ".join(done.output.split()).rpartition("2 built, 2 failed: ")[2]
    assert "hong: Not built: the script has" in last
    assert "mat: There is no music file" in last


def test_one_script_that_fails_needs_no_sum(here: Production) -> None:
    here.write("Không ai nói gì ở đây", "hong")
    done = run(here, "build", "hong")
    assert done.exit_code == 1
    assert "built, " not in done.output


def test_work_that_was_stopped_goes_on_with_no_further_script(
    here: Production, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.write(here.script().read_text("utf-8").replace("Cầu", "Đò"), "hai")

    def stop(*_: object) -> None:
        raise StoppedError

    monkeypatch.setattr(OneOfMany, "step", stop)
    done = run(here, "build", here.script().stem, "hai", "--jobs", "1")
    assert done.exit_code == StoppedError.exit_status, done.output
    assert not here.workspace.draft("hai").exists()
    assert "failed" not in done.output
