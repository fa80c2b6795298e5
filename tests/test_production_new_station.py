"""A folder made a station: what stands there is kept, and it is a station whole or not at all."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from broadcast.errors import BroadcastError, UsageError
from broadcast.messages.rendering import ENGLISH
from broadcast.production.desk import new_station
from broadcast.production.desk.new_station import init
from broadcast.production.desk.settings_comments import COMMENTS, commented

PLACES = ["episodes", "feed", "recordings", "scripts"]


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_a_new_station_has_its_folders_and_tells_its_files(tmp_path: Path) -> None:
    written = init(tmp_path / "new")
    assert written
    assert written[-1] == tmp_path / "new" / "station.toml"
    assert all(file.is_file() for file in written)
    assert sorted(path.name for path in (tmp_path / "new").iterdir() if path.is_dir()) == PLACES
    assert init(tmp_path / "new") is None


@pytest.mark.parametrize(
    "title", ['Đài "Sông Vân"', r"C:\new \1 \g<0>", "''' # [x] = 1", "Tiếng nói\u00a0Vân Hải 2"]
)
def test_its_own_words_stand_in_it_whatever_signs_they_have(tmp_path: Path, title: str) -> None:
    own = {"title": title, "author": "Đài xã Vân", "email": " a@b.vn "}
    init(tmp_path, "en", own)
    settings = tomllib.loads((tmp_path / "station.toml").read_text("utf-8"))
    assert {key: settings["show"][key] for key in own} == {**own, "email": "a@b.vn"}
    assert settings["station"]["interface"] == "en"


@pytest.mark.parametrize(
    "own", [{"title": " "}, {"author": "\x01"}, {"email": "a b"}, {"title": "\udc80"}]
)
def test_what_no_station_may_be_called_makes_none(tmp_path: Path, own: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        init(tmp_path, "", own)
    assert names(tmp_path) == []


def test_settings_are_explained_in_the_stations_language_and_are_the_same_in_each(
    tmp_path: Path,
) -> None:
    for language in ("vi", "en", "fr"):
        init(tmp_path / language, language)
    lines = {one: settings_lines(tmp_path / one) for one in ("vi", "en", "fr")}
    assert lines["fr"] == lines["en"]  # there is no French catalogue
    assert "the offline voice" in lines["en"][1]
    assert lines["vi"][0] == lines["en"][0]
    assert len(lines["vi"][1]) == len(lines["en"][1]) > 50
    assert not set(lines["vi"][1]) & {text for text in lines["en"][1] if " the " in text}


def settings_lines(folder: Path) -> tuple[list[str], list[str]]:
    """Give the settings of a station.toml, in force or not, and what is said beside them."""
    text = (folder / "station.toml").read_text("utf-8")
    parts = [re.fullmatch(r"((?:# )?(?:\[|\w+ = ).*?)(?: +# (.*))?|# (.*)", line)
             for line in text.splitlines() if line]  # fmt: skip
    settings = [part[1] for part in parts if part and part[1]]
    assert settings.pop().startswith("interface = ")
    return settings, [part[2] or part[3] for part in parts if part and (part[2] or part[3])]


def test_every_comment_is_on_a_setting_that_is_there() -> None:
    text = (files("broadcast") / "new_station" / "station.toml").read_text("utf-8")
    assert "  #" not in text
    written = commented(text, ENGLISH)
    for comment in COMMENTS:
        assert ENGLISH.text(comment).replace("\n", "\n# ") in written, comment.code
    assert written.count("# ") - text.count("# ") == sum(
        1 + comment.template.count("\n") + ENGLISH.text(comment).count("# ") for comment in COMMENTS
    )


def test_files_that_are_there_are_kept_and_not_told(tmp_path: Path) -> None:
    everything = init(tmp_path / "new")
    assert everything
    mine = tmp_path / "old" / everything[0].relative_to(tmp_path / "new")
    mine.parent.mkdir(parents=True)
    mine.write_text("của tôi")
    written = init(tmp_path / "old")
    assert written
    assert mine.read_text() == "của tôi"
    assert mine not in written
    assert len(written) == len(everything) - 1
    assert names(tmp_path / "old") == names(tmp_path / "new")


def test_a_folder_where_the_settings_belong_is_an_error_that_names_it(tmp_path: Path) -> None:
    in_the_way = tmp_path / "station.toml"
    in_the_way.mkdir()
    with pytest.raises(BroadcastError, match="This is a folder") as error:
        init(tmp_path)
    assert error.value.file == in_the_way
    assert names(tmp_path) == ["station.toml"]


@pytest.mark.parametrize("place", ["new", "new/feed"])
def test_a_link_to_nothing_is_in_the_way_as_a_file_is(tmp_path: Path, place: str) -> None:
    link = tmp_path / place
    link.parent.mkdir(exist_ok=True)
    try:
        link.symlink_to(tmp_path / "nowhere")
    except OSError:
        pytest.skip("links are not allowed here")
    with pytest.raises(BroadcastError, match="This is a file") as error:
        init(tmp_path / "new")
    assert error.value.file == link
    assert not list(tmp_path.rglob("station.toml"))


def test_what_is_not_written_to_its_end_is_no_station(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = init(tmp_path / "new")
    assert everything
    write_atomic, left = new_station.write_atomic, len(everything) - 1

    def full(file: Path, data: bytes) -> None:
        nonlocal left
        if not left:
            raise OSError("no room")
        left -= 1
        write_atomic(file, data)

    monkeypatch.setattr(new_station, "write_atomic", full)
    with pytest.raises(OSError, match="no room"):
        init(tmp_path / "half")
    assert not (tmp_path / "half" / "station.toml").exists()
    monkeypatch.undo()
    assert init(tmp_path / "half") == (tmp_path / "half" / "station.toml",)
