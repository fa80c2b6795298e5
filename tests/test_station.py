"""station.toml read strictly: every slip is named with its line."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from broadcast.errors import BroadcastError
from broadcast.messages.rendering import ENGLISH
from broadcast.production.desk.read_station import EnginesOffered
from broadcast.production.desk.settings_comments import commented, explained
from broadcast.spoken import style_from
from broadcast.station import Station, read_station

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
    return read_station(file, engines=EnginesOffered())


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


@pytest.mark.parametrize("written", ["VI_vn", "vie-VN", "vi-vn"])
def test_a_language_is_kept_by_its_tag_however_it_is_written(tmp_path: Path, written: str) -> None:
    text = SHORTEST.replace('"vi"', f'"{written}"')
    read = station(tmp_path, text + '[voices.espeak.languages]\n"tiếng Anh" = "en-gb"\n')
    assert read.show.language == "vi-VN"
    assert read.voices["espeak"].by_language == {"en": "en-gb"}


def test_every_commented_default_is_the_default(tmp_path: Path) -> None:
    written = (TEMPLATE / "station.toml").read_text("utf-8")
    as_written = station(tmp_path, written)
    # The name of a setting may be another table's too.
    written = re.sub(r"^# (?=\[voices)", "", written, flags=re.M)
    named = re.sub(r"^# (?=\w+ = (?!\[\"\+|\"vi-vn|\"…|\"cover)(\S))", "", written, flags=re.M)
    named = re.sub(r"^# (?=\[voices\.)", "", named, flags=re.M)
    named = re.sub(
        r"^(name|role|aliases|voices|gender|pitch|tempo|apart|rate|url) = .*\n",
        "",
        named,
        flags=re.M,
    )
    assert named.count("\n# ") < written.count("\n# ")
    with_defaults = station(tmp_path, named)
    assert style_from(with_defaults.spoken) == style_from(as_written.spoken)
    assert dataclasses.replace(with_defaults, spoken={}) == as_written


def test_the_repository_is_a_station_and_init_writes_the_same_one() -> None:
    settings = commented((TEMPLATE / "station.toml").read_text("utf-8"), ENGLISH)
    assert (ROOT / "station.toml").read_text("utf-8") == settings
    lexicon = explained((TEMPLATE / "lexicon.tsv").read_text("utf-8"), ENGLISH)
    assert (ROOT / "lexicon.tsv").read_text("utf-8") == lexicon
    script = "scripts/bien-sach-van-hai.txt"
    assert (ROOT / script).read_bytes() == (TEMPLATE / script).read_bytes()


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        (SHORTEST + "titel = 1\n", 8, "no setting 'titel'", "title"),
        (SHORTEST.replace("title", "Title"), 2, "no setting 'Title'", "title"),
        (SHORTEST + "[soud]\n", 8, "no setting 'soud'", "sound"),
        (SHORTEST.replace("[show]", "[Show]"), 1, "no setting 'Show'", "show"),
        (SHORTEST + '[voices]\nengines = ["espaek"]\n', 9, "no engine 'espaek'", "espeak"),
        (SHORTEST + '[voices]\nengines = [\n "gtts",\n "Espeak",\n]\n', 11, "Espeak", "espeak"),
        (SHORTEST + "[voices.espaek]\nrate = 175\n", 8, "no setting 'espaek'", "espeak"),
        (SHORTEST + '[voices.espeak]\nofficial = ["Alex"]\n', 9, "not a voice", '"+Alex"'),
        (SHORTEST + "[voices.espeak]\nrate = 500\n", 9, "between 80 and 450", "500"),
        (
            SHORTEST + '[voices.espeak]\nlanguages = { vi = "+f2" }\n',
            *(9, "variant", 'vi = "vi+f2"'),
        ),
        (SHORTEST + "[voices.espeak.languages]\nvi = 1\n", 9, "text in quotes", 'vi = "…"'),
        (SHORTEST.replace('"vi"', '"tiếg Việt"'), 3, "'tiếg Việt' is not a language", '"vi"'),
        (SHORTEST.replace('"vi"', '"xx"'), 3, "'xx' is not a language", "tiếng Việt"),
        (SHORTEST + '[voices.espeak.languages]\nxx = "en-gb"\n', 9, "not a language", '"vi"'),
        (SHORTEST + "[voices]\noffline = 1\n", 9, "true or false", "offline = true"),
        (SHORTEST + "[sound]\nmp3_kbps = 97\n", 9, "97", "96"),
        (SHORTEST + "[sound]\n# mp3_kbps = 96\nmp3_kbps = 97\n", 10, "97", "96"),
        (SHORTEST + '[sound]\nmp3_kbps = "96"\n', 9, "number", "96"),
        (SHORTEST + "[sound]\nmp3_kbps = 96.5\n", 9, "whole number", "96.5"),
        (SHORTEST + '[sound]\nrunning_time = "10:75"\n', 9, "10:75", "10:00"),
        (SHORTEST + "[pauses]\nsentence_ms = -5\n", 9, "between", "-5"),
        (SHORTEST + '[words]\nopening = "Đây là {shov}."\n', 9, "{shov}", "{show}"),
        (SHORTEST + '[words]\nclosing = """\nHết {shov}"""\n', 10, "{shov}", "{show}"),
        (SHORTEST + '[[people]]\nname = "An"\nrole = "boss"\n', 10, "boss", "official"),
        (
            SHORTEST
            + '[[people]]\nname = "An"\nrole = "official"\n[[people]]\nrole = "official"\n',
            *(11, "no name", "name ="),
        ),
        (SHORTEST + '[people]\nname = "An"\n', 8, "written as [[people]]", "[[people]]"),
        (SHORTEST.replace("http://127", "127"), 7, "web address", "https://"),
        (SHORTEST.replace("http://127", "http://[127"), 7, "web address", "https://"),
        (SHORTEST.replace(":8000", ":8000/?feed=1"), 7, "holds more", "File names"),
        (SHORTEST.replace(":8000", ":88000"), 7, "web address", "https://"),
        (SHORTEST.replace("127.0", "127. 0"), 7, "web address", "https://"),
        (SHORTEST.replace("Đài Truyền thanh Vân Hải", "\\u0001"), 4, "character", "anew"),
        (SHORTEST.replace("127.0.0.1:8000", "a:b@c.vn/"), 7, "password", "everybody"),
        (SHORTEST.replace("dai@", "Đài dai@"), 5, "e-mail", "a@b.vn"),
        (SHORTEST.replace('title = "Tiếng nói Vân Hải"\n', ""), 1, "no title", "title ="),
        (SHORTEST.replace("Tiếng nói Vân Hải", " "), 2, "title is empty", "title ="),
        (SHORTEST.replace("Tiếng nói", "Tiếng\\u0000nói"), 2, "character", "anew"),
        (SHORTEST + "x = \n", 8, "TOML", "name = value"),
        (SHORTEST + 'title = "B"\n', 8, "stands twice", "Take one"),
        (SHORTEST + "[sound]\n[show]\n", 9, "[show] stands twice", "under one [show]"),
        (SHORTEST.replace('"vi"', "“vi”"), 3, "TOML", "plain quotes"),
        (SHORTEST + "[voices]\noffline = True\n", 9, "TOML", "true or false"),
        (SHORTEST + '[music]\nintro = "C:\\Users\\a.mp3"\n', 9, "TOML", "Write /"),
    ],
)
def test_a_slip_is_named_with_its_line_and_what_to_do(
    tmp_path: Path, text: str, line: int, message: str, hint: str
) -> None:
    error = refusal(tmp_path, text)
    assert error.line == line
    assert message in str(error.message)
    assert hint in (str(error.hint or ""))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("titel = 1\n", "setting.unknown-in-table"),
        ("[soud]\n", "setting.unknown"),
        ('[voices]\nengines = ["espaek"]\n', "engine.unknown-in-table"),
        ("[sound]\nmp3_kbps = true\n", "setting.no-number"),
        ("[sound]\nmp3_stereo = 1\n", "setting.no-flag"),
        ("[words]\nopening = 1\n", "setting.no-text"),
        ("[sound]\nformats = [1]\n", "setting.no-texts"),
        ("[sound.music]\n", "setting.unknown-in-table"),
        ("[voices]\nespeak = 1\n", "setting.no-table"),
        ("[people]\n", "setting.no-tables"),
        ('title = "B"\n', "toml.setting-twice"),
        ("[show]\n", "toml.table-twice"),
    ],
)
def test_each_kind_of_slip_has_a_message_of_its_own(tmp_path: Path, text: str, code: str) -> None:
    assert refusal(tmp_path, SHORTEST + text).message.code == code


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (SHORTEST.encode("utf-16"), 1),
        (SHORTEST.encode() + b'[words]\nopening = "caf\xe9"\n', 9),
    ],
)
def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path, data: bytes, line: int) -> None:
    file = tmp_path / "station.toml"
    file.write_bytes(data)
    with pytest.raises(BroadcastError, match="not UTF-8") as caught:
        read_station(file, engines=EnginesOffered())
    assert caught.value.line == line
    assert "Notepad" in (str(caught.value.hint or ""))


def test_a_file_from_notepad_is_read(tmp_path: Path) -> None:
    file = tmp_path / "station.toml"
    file.write_bytes(SHORTEST.replace("\n", "\r\n").encode("utf-8-sig"))
    assert read_station(file, engines=EnginesOffered()) == station(tmp_path, SHORTEST)


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


@pytest.mark.parametrize("name", ["nhac", "tin", "bai", "reo", "fm"])
@pytest.mark.parametrize(
    ("table", "key"), [("music", "outro"), ("music", "bed"), ("show", "cover")]
)
def test_a_backslash_that_toml_reads_as_a_sign_is_told_with_what_to_write(
    tmp_path: Path, name: str, table: str, key: str
) -> None:
    setting = f'{key} = "am\\{name}.mp3"\n'
    text = SHORTEST + (setting if table == "show" else f"\n[{table}]\n{setting}")
    refused = refusal(tmp_path, text)
    assert refused.line == text.splitlines().index(setting.strip()) + 1
    assert "Write / instead of \\" in str(refused.hint)


def test_a_backslash_that_toml_leaves_alone_parts_folders(tmp_path: Path) -> None:
    read = station(
        tmp_path, SHORTEST + "[music]\nintro = 'am\\nhac.mp3'\nsting = \"am\\\\x.mp3\"\n"
    )
    assert read.sound.music.intro == tmp_path / "am" / "nhac.mp3"
    assert read.sound.music.sting == tmp_path / "am" / "x.mp3"
