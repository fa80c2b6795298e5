"""``doctor --report`` tells a helper what there is, and nothing that is anybody's."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from broadcast.production.desk.last_errors import last_errors, note_error
from broadcast.workspace import Workspace
from conftest import StationFolder

KEY = "sk-live-0123456789abcdef"
WORDS = "Ông Tám Kèo kể chuyện con trâu Bò Lúa"
PRIVATE = [
    *(KEY, "Tám Kèo", "Bò Lúa", "Đài xã Kín", "kin@dai.example.vn", "lan@tram.example.vn"),
    *("Kênh Riêng", "bí mật", "kin.example.org", "chuyen-kin"),
]


@pytest.fixture
def report(station: StationFolder, tmp_path: Path) -> str:
    """What is written of a station in which several commands failed."""
    home = {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path), "KIN_KEY": KEY}
    settings = station.root / "station.toml"
    text = settings.read_text("utf-8")
    for old, new in (
        ("Tiếng nói Vân Hải", "Kênh Riêng"),
        ("Đài Truyền thanh Vân Hải", "Đài xã Kín"),
        ("dai@vanhai.example.vn", "kin@dai.example.vn"),
        ("http://127.0.0.1:8000/", "https://kin.example.org/"),
        ("Đây là {show}.", "Đây là bí mật {show}, thư về lan@tram.example.vn."),
        ("# high_pass_hz = 0", "high_pass_hz = 80"),
    ):
        assert old in text
        text = text.replace(old, new)
    settings.write_text(text, "utf-8")
    script = station.root / "scripts" / "chuyen-kin.txt"
    script.write_text(f"---\n{WORDS}\n---\nPV: {WORDS}?\n\n{WORDS}: {WORDS}.\n", "utf-8")
    station.run("build", "chuyen-kin", status=1, environment=home)
    station.run("swap", "bien-sach-van-hai", WORDS, "x.wav", status=2, environment=home)
    file = station.root / "bao-cao.txt"
    told = station.run("doctor", "--offline", "--report", "bao-cao.txt", environment=home)
    assert "Look at it before you send it" in told.stdout
    station.run("doctor", "--offline", "--report", "bao-cao.txt", status=2, environment=home)
    return file.read_text("utf-8")


def test_a_report_has_versions_settings_what_works_and_the_last_errors(report: str) -> None:
    assert re.search(r"^  broadcast \d.*, Python 3\.", report, re.MULTILINE)
    assert re.search(r"^  msgspec \d", report, re.MULTILINE)
    assert "sound.high_pass_hz = 80" in report
    assert "voices.engines = ['espeak']" in report
    assert "show.title = …" in report
    assert "+ doctor.engine: voice engine espeak" in report
    assert re.search(r"broadcast build: front\.[\w-]+|broadcast build: \w+", report)
    assert "broadcast swap: turn.unknown" in report
    assert re.search(r"scripts: 2 \(\.txt\)", report)


def test_a_report_has_nothing_that_is_anybodys(report: str, tmp_path: Path) -> None:
    assert [private for private in PRIVATE if private in report] == []
    assert str(tmp_path) not in report
    assert not re.search(r"[\w.]+@[\w.]+", report.replace("…@…", ""))


def test_a_mistake_of_the_program_is_noted_by_its_places(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    try:
        Workspace(tmp_path).published_names()
        int(WORDS)
    except ValueError as error:
        note_error(workspace, datetime(2026, 1, 2, tzinfo=UTC), "broadcast check", error)
    (noted,) = last_errors(workspace)
    assert noted.codes == ("ValueError",)
    assert noted.places[-1].startswith("test_doctor_report.py:")
    assert "Kèo" not in (tmp_path / ".broadcast" / "last-errors.json").read_text("utf-8")


def test_a_damaged_note_of_errors_is_no_error_and_only_the_last_are_kept(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    (tmp_path / ".broadcast").mkdir()
    (tmp_path / ".broadcast" / "last-errors.json").write_text("[{")
    assert last_errors(workspace) == ()
    for minute in range(30):
        at = datetime(2026, 1, 2, 3, minute, tzinfo=UTC)
        note_error(workspace, at, "broadcast build", OSError(28, WORDS))
    assert len(last_errors(workspace)) == 20
    assert last_errors(workspace)[-1].at.startswith("2026-01-02T03:29")
    assert last_errors(workspace)[-1].codes == ("OSError", "errno 28")
