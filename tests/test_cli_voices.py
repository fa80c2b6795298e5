"""`voices`: the table, the page with samples, and getting a voice by name or from a file."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import av
import pytest
from click.testing import CliRunner

from broadcast.speech.known_voices import known_voices
from models_by_hand import piper
from station_at_hand import COMMAND

SETTINGS = """
[show]
title = "Tiếng nói Mũi Sò"
language = "vi"
author = "Đài Mũi Sò"
email = "dai@example.vn"
base_url = "http://127.0.0.1:8000/"

[voices]
engines = ["espeak"]
"""
SCRIPT = """Cầu Mũi Sò

PV: Thưa ông, bao giờ cầu thông xe?

Ông Lê Văn Tám: Cầu thông xe đúng ngày lễ, sớm hơn một tháng. Mời bà con đến dự.
"""


@pytest.fixture
def station(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BROADCAST_VOICES", str(tmp_path / "place"))
    monkeypatch.setenv("COLUMNS", "100")
    folder = tmp_path / "station"
    (folder / "scripts").mkdir(parents=True)
    (folder / "station.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "scripts" / "cau.txt").write_text(SCRIPT, encoding="utf-8")
    return folder


def voices(station: Path, *arguments: str, status: int = 0) -> str:
    done = CliRunner().invoke(COMMAND, ["voices", *arguments, "--station", str(station)])
    assert done.exit_code == status, done.output
    return done.output


class Played(HTMLParser):
    """The sounds of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.files: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "audio":
            self.files.append(dict(attrs)["src"] or "")


def test_each_voice_is_told_with_gender_licence_and_whether_it_is_here(station: Path) -> None:
    piper(station.parent / "place" / "vi-vais1000")
    told = voices(station, "--offline")
    row = next(line for line in told.splitlines() if "vi-vais1000 " in line)
    assert [cell in row for cell in ("vi", "female", "MIT", " here")] == [True] * 4
    other = next(line for line in told.splitlines() if "vi-tramvang " in line)
    assert "male" in other
    assert "not here" in other
    assert "espeak (offline): works here" in told
    assert "To get one: broadcast voices get NAME" in told


def test_voices_of_another_language_are_told_of_that(station: Path) -> None:
    told = voices(station, "--offline", "--lang", "en")
    assert "en-ljspeech" in told
    assert "vi-vivos" not in told


def test_a_sample_is_a_page_that_plays_a_sentence_of_the_script_in_each_voice(
    station: Path,
) -> None:
    piper(station.parent / "place" / "vi-vivos", speakers=65)
    told = voices(station, "--sample", str(station / "scripts" / "cau.txt"), "--offline")
    page = station / ".broadcast" / "voice-samples" / "index.html"
    assert str(page) in told
    text = page.read_text("utf-8")
    assert "Cầu thông xe đúng ngày lễ, sớm hơn một tháng." in text
    assert "CC-BY-NC-SA-4.0" in text
    files = Played(text).files
    assert len(files) == 3 + 12  # the three of eSpeak NG, and of 65 speakers not more than twelve
    for name in files:
        with av.open(page.with_name(name)) as sound:
            assert sound.duration / av.time_base > 0.5
    assert {file.name for file in page.parent.iterdir()} == {"index.html", *files}


def test_what_makes_no_sense_is_told_with_what_does(station: Path) -> None:
    for arguments in (["get"], ["cau"], ["get", "a", "b"], ["--from", "x"]):
        told = voices(station, *arguments, status=2)
        assert "broadcast voices get NAME" in told


def test_licence_size_and_source_are_shown_before_anything_is_downloaded(station: Path) -> None:
    told = voices(station, "get", "supertonic-3", status=2)
    assert "129 MB to download" in told
    assert (
        "Licence of the model: BigScience Open RAIL-M; of what it was made from: not told" in told
    )
    assert "https://huggingface.co/Supertone/supertonic-3/blob/main/LICENSE" in told
    assert "Nothing was downloaded: nobody answered." in told
    assert not (station.parent / "place").exists()


def test_a_voice_comes_from_files_and_is_told_to_be_not_verified(station: Path) -> None:
    stick = piper(station.parent / "stick")
    model = stick / known_voices()["vi-tramvang"].files[0].name
    (stick / "hum.onnx").rename(model)
    files = [str(model), str(stick / "tokens.txt")]
    told = voices(
        station, "get", "vi-tramvang", "--yes", *(x for f in files for x in ("--from", f))
    )
    assert "Not verified" in told
    assert str(station.parent / "place" / "vi-tramvang") in told
    assert "It is here already." in voices(station, "get", "vi-tramvang", "--yes")
