"""station.toml read strictly: every slip is named with its line."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from broadcast.errors import BroadcastError
from broadcast.spoken import style_from
from broadcast.station import Station, read_station

ENGINES = {"gtts": None, "espeak": None}
ROOT = Path(__file__).parent.parent
TEMPLATE = ROOT / "src" / "broadcast" / "new_station"

SHORTEST = """\
[show]
title = "Tiếng nói Vân Hải"
language = "vi"
author = "Đài Truyền thanh Vân Hải"
email = "dai@vanhai.example.vn"
category = "News"
base_url = "http://127.0.0.1:8000"
"""


def station(tmp_path: Path, text: str) -> Station:
    file = tmp_path / "station.toml"
    file.write_text(text, encoding="utf-8")
    return read_station(file, engines=ENGINES)


def refusal(tmp_path: Path, text: str) -> BroadcastError:
    with pytest.raises(BroadcastError) as caught:
        station(tmp_path, text)
    return caught.value


def test_the_shortest_form_is_enough(tmp_path: Path) -> None:
    read = station(tmp_path, SHORTEST)
    assert read.show.title == "Tiếng nói Vân Hải"
    assert read.show.base_url == "http://127.0.0.1:8000/"
    assert read.engines == ("gtts", "espeak")
    assert read.sound.podcast_lufs == -16


def test_every_commented_default_is_the_default(tmp_path: Path) -> None:
    written = (TEMPLATE / "station.toml").read_text("utf-8")
    as_written = station(tmp_path, written)
    named = re.sub(r"^# (?=\w+ = (?!\[\"\+|\"vi-vn|\"…|\"cover)(\S))", "", written, flags=re.M)
    named = re.sub(r"^(name|role|aliases|voices|rate) = .*\n", "", named, flags=re.M)
    assert named.count("\n# ") < written.count("\n# ")
    with_defaults = station(tmp_path, named)
    assert style_from(with_defaults.spoken) == style_from(as_written.spoken)
    assert dataclasses.replace(with_defaults, spoken={}) == as_written


def test_the_repository_is_a_station_and_init_writes_the_same_one() -> None:
    for name in ["station.toml", "lexicon.tsv", "scripts/bien-sach-van-hai.txt"]:
        assert (ROOT / name).read_bytes() == (TEMPLATE / name).read_bytes()


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        (SHORTEST + "titel = 1\n", 8, "no setting 'titel'", "title"),
        (SHORTEST + "[soud]\n", 8, "no setting 'soud'", "sound"),
        (SHORTEST + '[voices]\nengines = ["espaek"]\n', 9, "no engine 'espaek'", "espeak"),
        (SHORTEST + "[sound]\nmp3_kbps = 97\n", 9, "97", "96"),
        (SHORTEST + '[sound]\nmp3_kbps = "96"\n', 9, "number", "96"),
        (SHORTEST + "[pauses]\nsentence_ms = -5\n", 9, "between", "-5"),
        (SHORTEST + '[words]\nopening = "Đây là {shov}."\n', 9, "{shov}", "{show}"),
        (SHORTEST + '[[people]]\nname = "An"\nrole = "boss"\n', 10, "boss", "official"),
        (SHORTEST.replace("http://127", "127"), 7, "web address", "https://"),
        (SHORTEST.replace("http://127", "http://[127"), 7, "web address", "https://"),
        (SHORTEST.replace(":8000", ":8000/?feed=1"), 7, "web address", "https://"),
        (SHORTEST.replace(":8000", ":88000"), 7, "web address", "https://"),
        (SHORTEST.replace("127.0", "127. 0"), 7, "web address", "https://"),
        (SHORTEST.replace('title = "Tiếng nói Vân Hải"\n', ""), 1, "no title", "title ="),
        (SHORTEST.replace("Tiếng nói Vân Hải", " "), 2, "title is empty", "every episode"),
        (SHORTEST.replace("Đài Truyền thanh Vân Hải", "\\u0001"), 4, "author is empty", "every"),
        (SHORTEST + "x = \n", 8, "TOML", "name = value"),
    ],
)
def test_a_slip_is_named_with_its_line_and_what_to_do(
    tmp_path: Path, text: str, line: int, message: str, hint: str
) -> None:
    error = refusal(tmp_path, text)
    assert error.line == line
    assert message in error.message
    assert hint in (error.hint or "")


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    file = tmp_path / "station.toml"
    file.write_bytes(SHORTEST.encode("utf-16"))
    with pytest.raises(BroadcastError, match="not UTF-8"):
        read_station(file, engines=ENGINES)


def test_own_people_and_voices_are_read(tmp_path: Path) -> None:
    read = station(
        tmp_path,
        SHORTEST
        + '[voices.espeak]\nofficial = ["+m1", "+f4"]\nlanguages = { vi = "vi-vn-x-south" }\n'
        + '[[people]]\nname = "Trần Thị Minh Nguyệt"\nrole = "official"\n'
        + 'voices = { espeak = "vi+f4" }\n',
    )
    assert read.voices["espeak"].by_role["official"] == ("+m1", "+f4")
    assert read.voices["espeak"].by_language == {"vi": "vi-vn-x-south"}
    assert read.people[0].voices == {"espeak": "vi+f4"}
