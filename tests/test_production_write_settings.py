"""Settings changed on a screen come into station.toml and lexicon.tsv, every comment kept."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from broadcast.errors import BroadcastError
from broadcast.production.desk.changed_settings import ChangedPerson, ChangedSetting
from broadcast.production.desk.new_station import init
from broadcast.production.desk.read_station import station_of
from broadcast.production.voicing.lexicon_rows import ChangedWord, lexicon_rows
from broadcast.production.voicing.write_settings import Changes, settings_seen, write_settings
from broadcast.workspace import Workspace
from productions_by_hand import Notebook

TITLE = ChangedSetting("title", "show", "title", "Chuyện bến")
NOTED = """\
[show]  # ai
title = "Tiếng nói Vân Hải"       # tên, như người nghe thấy
language = "vi"
author = 'Đài Vân Hải'
email = "dai@vanhai.example.vn"
base_url = "http://127.0.0.1:8000/"

# những người hay nói
[[people]]
name = "Đỗ Văn Lâm"   # ông Lâm
role = "official"
voices = { espeak = "vi+m4" }

[[people]]
name = "Hải Yến"
"""
WORDS = "written\tspoken\tafter\r\n# của đài\r\nĐTT\tĐài Truyền thanh\r\nQL\tquốc lộ\t<number>\r\n"


@pytest.fixture
def here(tmp_path: Path) -> Workspace:
    """A station whose files somebody wrote by hand."""
    (tmp_path / "station.toml").write_bytes(NOTED.encode())
    (tmp_path / "lexicon.tsv").write_bytes(WORDS.encode())
    return Workspace(tmp_path)


def write(here: Workspace, changes: Changes, seen: str = "") -> Mapping[str, BroadcastError]:
    return write_settings(here, changes, seen or settings_seen(here), Notebook())


def text_of(here: Workspace) -> str:
    return here.station_file.read_bytes().decode()


def test_one_line_changes_and_its_comment_stays(here: Workspace) -> None:
    assert write(here, Changes([TITLE])) == {}
    assert text_of(here) == NOTED.replace("Tiếng nói Vân Hải", "Chuyện bến")


def test_what_was_commented_out_comes_into_force_where_it_stood(tmp_path: Path) -> None:
    init(tmp_path, "vi")
    here = Workspace(tmp_path)
    before = text_of(here)
    changes = [
        ChangedSetting("a", "publish", "approval", "official"),
        ChangedSetting("p", "pauses", "sentence_ms", 400),
    ]
    assert write(here, Changes(changes)) == {}
    lines = [
        (old, new)
        for old, new in zip(before.splitlines(), text_of(here).splitlines(), strict=True)
        if old != new
    ]
    assert [(new.split("#")[0].strip(), old.split("#", 2)[2:]) for old, new in lines] == [
        ("sentence_ms = 400", []),
        ('approval = "official"', [lines[1][1].split("#", 1)[1]]),
    ]
    station = station_of(here)
    assert (station.approval, station.sound.pauses.sentence_ms) == ("official", 400)


def test_a_table_that_was_not_there_is_made(here: Workspace) -> None:
    assert write(here, Changes([ChangedSetting("a", "publish", "approval", "all")])) == {}
    assert text_of(here).startswith(NOTED)
    assert tomllib.loads(text_of(here))["publish"] == {"approval": "all"}


def test_voices_of_a_role_are_given_and_taken_away(tmp_path: Path) -> None:
    init(tmp_path, "vi")
    here = Workspace(tmp_path)
    before = text_of(here)
    given = ChangedSetting("v", "voices.espeak", "official", ("+m4", "+f2"))
    assert write(here, Changes([given])) == {}
    assert station_of(here).voices["espeak"].by_role["official"] == ("+m4", "+f2")
    kept = text_of(here).splitlines()
    assert [line for line in before.splitlines() if line not in kept] == []
    assert write(here, Changes([ChangedSetting("v", "voices.espeak", "official", ())])) == {}
    assert "official" not in station_of(here).voices["espeak"].by_role
    wrong = write(here, Changes([ChangedSetting("v", "voices.espeak", "official", ("Alex",))]))
    assert wrong.keys() == {"v"}


def test_people_change_go_and_come(here: Workspace) -> None:
    changes = Changes(
        people=[
            ChangedPerson("one", 0, {"gender": "man", "role": "", "voices.gtts": "vi"}),
            ChangedPerson("two", 1, {}, is_gone=True),
            ChangedPerson("new", None, {"name": "An Nhiên", "role": "reporter"}),
        ]
    )
    assert write(here, changes) == {}
    assert tomllib.loads(text_of(here))["people"] == [
        {"name": "Đỗ Văn Lâm", "gender": "man", "voices": {"espeak": "vi+m4", "gtts": "vi"}},
        {"name": "An Nhiên", "role": "reporter"},
    ]
    assert "# những người hay nói" in text_of(here)
    assert "# ông Lâm" in text_of(here)


def test_the_last_person_and_their_last_voice_may_go(here: Workspace) -> None:
    assert write(here, Changes(people=[ChangedPerson("one", 0, {"voices.espeak": ""})])) == {}
    assert "voices" not in tomllib.loads(text_of(here))["people"][0]
    gone = [ChangedPerson(str(nth), nth, {}, is_gone=True) for nth in (0, 1)]
    assert write(here, Changes(people=gone)) == {}
    assert station_of(here).people == ()


def test_words_change_go_and_come_with_their_columns_and_line_ends(here: Workspace) -> None:
    first, second = lexicon_rows(here.lexicon_file)
    assert (second.written, second.beside) == ("QL", "<number>")
    changes = [
        ChangedWord("a", first.line, "", "", is_gone=True),
        ChangedWord("b", second.line, "QL", "quốc lộ số"),
        ChangedWord("c", None, "OCOP", "ô cốp"),
    ]
    assert write(here, Changes(words=changes)) == {}
    assert here.lexicon_file.read_bytes().decode() == (
        "written\tspoken\tafter\r\n# của đài\r\nQL\tquốc lộ số\t<number>\r\nOCOP\tô cốp\r\n"
    )


def test_what_is_wrong_is_told_at_each_field_and_nothing_is_written(here: Workspace) -> None:
    found = write(
        here,
        Changes(
            [
                TITLE,
                ChangedSetting("url", "show", "base_url", "dai.example.vn"),
                ChangedSetting("pause", "pauses", "at_end_ms", 99_000),
                ChangedSetting("music", "music", "intro", "khong-co.mp3"),
            ],
            [
                ChangedPerson("p0", 0, {"role": "boss", "voices.espeak": "no voice"}),
                ChangedPerson("p-new", None, {"name": "", "role": "boss"}),
            ],
            [ChangedWord("w", None, "VTV", "vtv 1"), ChangedWord("x", None, "#VN", "việt nam")],
        ),
    )
    assert set(found) == {
        *("url", "pause", "music", "p0.role", "p0.voices.espeak", "p-new.name", "w", "x")
    }
    assert all(str(error.message) and error.hint for error in found.values())
    assert text_of(here) == NOTED
    assert here.lexicon_file.read_bytes().decode() == WORDS


@pytest.mark.parametrize("name", ["station.toml", "lexicon.tsv"])
def test_a_change_from_elsewhere_is_noticed_and_kept(here: Workspace, name: str) -> None:
    seen = settings_seen(here)
    file = here.root / name
    file.write_bytes(file.read_bytes() + b"# moi\n")
    kept = file.read_bytes()
    with pytest.raises(BroadcastError, match="just changed elsewhere"):
        write(here, Changes([TITLE]), seen)
    assert file.read_bytes() == kept
    assert "Chuyện bến" not in text_of(here)


def test_a_mark_of_bytes_and_ends_of_lines_stay(here: Workspace) -> None:
    data = b"\xef\xbb\xbf" + NOTED.replace("\n", "\r\n").encode()
    here.station_file.write_bytes(data)
    assert write(here, Changes([TITLE])) == {}
    assert here.station_file.read_bytes() == data.replace(
        "Tiếng nói Vân Hải".encode(), "Chuyện bến".encode()
    )
