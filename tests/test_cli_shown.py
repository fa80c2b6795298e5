"""Names, files and sizes as they are shown: what tells most stays, no letter is cut."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from unicodedata import normalize

import pytest

from broadcast.cli.console import named, shortened
from broadcast.language import Language
from broadcast.messages import Message
from broadcast.messages.rendering import renderer_for
from broadcast.speech.voice_names import described
from broadcast.workspace import here
from conftest import StationFolder


@pytest.mark.parametrize(
    ("name", "person", "width", "shown"),
    [
        ("Nguyễn Văn An – Phó Chủ tịch UBND xã Tân Lộc", "Nguyễn Văn An", 24, "Nguyễn Văn An…"),
        ("Phó Chủ tịch UBND xã Tân Lộc Nguyễn Văn An", "Nguyễn Văn An", 24, "…Nguyễn Văn An"),
        ("Bà Trần Thị Minh Nguyệt, Chủ tịch phường", "Trần Thị Minh Nguyệt", 15, "…Minh Nguyệt"),
        ("Chủ tịch UBND xã Tân Lộc", "", 15, "Chủ tịch UBND…"),
        ("Phóng viên", "", 15, "Phóng viên"),
        ("Người dẫn chương trình", "", 15, "Người dẫn…"),
        ("Mgr. Wolfeschlegelsteinhausenberg", "Wolfeschlegelsteinhausenberg", 12, "…"),
    ],
)
def test_of_an_office_and_a_name_the_name_stays(
    name: str, person: str, width: int, shown: str
) -> None:
    for written in (name, normalize("NFD", name)):
        assert named(written, normalize("NFD", person), width) == shown
        assert len(shown) <= width


def test_words_that_are_cut_end_with_a_whole_letter() -> None:
    assert shortened(normalize("NFD", "Nước sạch về thôn Đồng Mới"), 12) == "Nước sạch…"
    assert shortened("Nghiêngngảxiêuvẹo", 8) == "Nghiêng…"


def test_a_file_is_called_as_from_where_one_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "a")
    near = [here(tmp_path / one) for one in ("a/b/c.txt", "a", "d.txt")]
    assert [one.replace("\\", "/") for one in near] == ["b/c.txt", ".", "../d.txt"]
    far = tmp_path.parent / "elsewhere" / "x.txt"
    assert here(far) == str(far)
    assert here("-") == "-"


def test_a_script_that_was_imported_is_named_as_from_there(
    station: StationFolder, tmp_path: Path
) -> None:
    copy = tmp_path / "mot-bai.txt"
    copy.write_bytes(next((station.root / "scripts").glob("*.txt")).read_bytes())
    told = station.run("import", str(copy)).stdout
    assert str(Path("scripts") / "mot-bai.txt") in told
    assert str(station.root) not in told
    again = station.run("import", str(copy), status=2).stderr
    assert str(station.root) not in again


@pytest.mark.parametrize(
    ("count", "vietnamese", "english"),
    [
        (70_161_000_000, "70,2 GB", "70.2 GB"),
        (1_234_500_000_000, "1.234,5 GB", "1,234.5 GB"),
        (412_600_000, "413 MB", "413 MB"),
    ],
)
def test_a_size_has_the_unit_and_the_comma_that_people_read(
    count: int, vietnamese: str, english: str
) -> None:
    told = Message("test", "{room:bytes}", room=count)
    assert renderer_for(Language("vi")).text(told) == vietnamese
    assert renderer_for(Language("en")).text(told) == english


def test_voices_are_described_by_the_languages_own_name() -> None:
    north = described("vi", "Vietnamese (Northern)")
    assert isinstance(north, Message)
    assert renderer_for(Language("vi")).text(north) == "tiếng Việt (miền Bắc)"
    assert str(north) == "Vietnamese (Northern)"
    assert described("xx", "Klingon (Northern)") == "Klingon (Northern)"


@pytest.mark.parametrize("encoding", ["cp1258", "ascii", "cp1252", "utf-8"])
def test_a_terminal_of_any_encoding_shows_tables_and_errors(
    station: StationFolder, encoding: str
) -> None:
    def shown(*arguments: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-m", "broadcast", *arguments],
            cwd=station.root,
            env={
                **os.environ,
                "PYTHONIOENCODING": encoding,
                "BROADCAST_LANG": "vi",
                "COLUMNS": "80",
            },
            capture_output=True,
            check=False,
        )
        return done.returncode, normalize("NFC", (done.stdout + done.stderr).decode(encoding))

    status, told = shown("check", "bien-sach-van-hai")
    assert status == 0
    rows = [line for line in told.splitlines() if re.search(r"\d:\d\d *\|?$", line)]
    assert len(rows) == 9
    assert len({len(line.rstrip()) for line in rows}) == 1  # columns stay below each other
    status, told = shown("check", "khong-co")
    assert status == 2
    wanted = {"ascii": "loi: Khong tim thay kich ban", "cp1252": "ki.ch b|kich b"}
    assert re.search(wanted.get(encoding, "lỗi: Không tìm thấy kịch bản"), told), told
