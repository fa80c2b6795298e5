"""A programme gets another name: all of it goes along, and listeners notice nothing."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest

from broadcast.errors import BroadcastError, OutsideError, UsageError
from broadcast.production.desk.listeners import listeners_of
from broadcast.production.desk.published import published_episode
from broadcast.production.desk.status import status
from broadcast.production.public import publish
from broadcast.production.public import rename as rename_
from broadcast.production.public.feed import write_feed
from broadcast.production.public.rename import Renamed, rename
from broadcast.workspace.locks import locked
from broadcast.workspace.moving import is_half_moved, move_all
from killed_within import Killed
from productions_by_hand import (
    FIRST,
    MORNING,
    NAME,
    SCRIPT,
    Notebook,
    Production,
    production_in,
    record,
)

NEW, TITLE = "cau-moi-ban-cuoi", "Cầu mới (bản cuối)"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    """A station whose one programme has a recording and is public; tests take copies."""
    with production_in(tmp_path_factory.mktemp("published")) as made:
        made.record("02.wav", FIRST)
        made.build(formats=("wav", "air-mp3"))
        publish.publish(made.workspace, NAME, None, MORNING, made.reporter)
        yield made


@pytest.fixture
def bridge(published: Production, tmp_path: Path) -> Production:
    return published.copied_to(tmp_path / "station")


def renamed(station: Production, old: str = NAME, new: str = TITLE) -> Renamed:
    return rename(station.workspace, old, new, MORNING, station.reporter)


def everything(station: Production) -> dict[str, bytes]:
    return {
        path.relative_to(station.root).as_posix(): path.read_bytes()
        for path in sorted(station.root.rglob("*"))
        if path.is_file() and ".broadcast" not in path.relative_to(station.root).parts
    }


def visible(station: Production) -> dict[str, bytes]:
    """All but what is hidden, and but when the files of feed/ were last seen to change."""
    files = {name: data for name, data in everything(station).items() if "/." not in f"/{name}"}
    record = json.loads(files["feed.json"])
    record["files"] = {path: facts[:3] for path, facts in record["files"].items()}
    return {**files, "feed.json": json.dumps(record).encode()}


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def entry(station: Production) -> feedparser.FeedParserDict:
    parsed = feedparser.parse((station.workspace.feed / "feed.xml").read_bytes())
    (one,) = parsed.entries
    return one


def test_script_draft_and_recordings_go_along(bridge: Production) -> None:
    before = bridge.episode()
    renamed(bridge)
    assert names_in(bridge.root / "scripts") == [f"{TITLE}.txt"]
    assert names_in(bridge.root / "recordings") == [NEW]
    assert names_in(bridge.root / "episodes") == [NEW]
    assert {file for file in bridge.files(NEW) if "/" not in file} >= {
        "episode.json", f"{NEW}.mp3", f"{NEW}.vtt", f"{NEW}.wav", f"{NEW}-air.mp3", "chapters.json",
    }  # fmt: skip
    assert not [file for file in bridge.files(NEW) if file.startswith((".", f"{NAME}."))]
    after = bridge.episode(NEW)
    assert after["script"] == f"scripts/{TITLE}.txt"
    assert bridge.draft(NEW).is_whole()
    for same in ("guid", "date", "engine", "turns", "asked", "made_from"):
        assert after[same] == before[same]


def test_a_renamed_programme_is_up_to_date_with_its_recording(bridge: Production) -> None:
    renamed(bridge)
    assert not bridge.build(TITLE).reasons
    assert bridge.turn(2, NEW)["take"]["file"] == "02.wav"


def test_listeners_keep_the_entry_and_the_sound_they_have(bridge: Production) -> None:
    before = entry(bridge)
    media = {name for name in everything(bridge) if name.startswith("feed/media/")}
    page = renamed(bridge).page
    after = entry(bridge)
    assert after.id == before.id
    assert after.enclosures == before.enclosures
    assert after.published == before.published
    assert page == bridge.workspace.feed / "episodes" / f"{NEW}.html"
    assert after.link.endswith(f"/episodes/{NEW}.html")
    assert page.is_file()
    left = (bridge.workspace.feed / "episodes" / f"{NAME}.html").read_text("utf-8")
    assert f"{NEW}.html" in left  # whoever kept the old address is led on
    assert {name for name in everything(bridge) if name.startswith("feed/media/")} == media


def test_the_names_it_had_are_on_record_and_not_the_one_it_has(bridge: Production) -> None:
    def names() -> list[str]:
        (file,) = bridge.root.glob("episodes/*/published/published.json")
        earlier: list[str] = json.loads(file.read_bytes())["earlier_names"]
        return earlier

    renamed(bridge)
    assert names() == [NAME]
    renamed(bridge, NEW, "cau-van")
    assert names() == [NAME, NEW]
    renamed(bridge, "cau-van", NAME)
    assert names() == [NEW, "cau-van"]


def test_published_again_unchanged_sound_keeps_its_address(bridge: Production) -> None:
    before = entry(bridge)
    renamed(bridge)
    assert not bridge.build(TITLE).reasons
    done = publish.publish(bridge.workspace, NEW, None, MORNING, bridge.reporter)
    assert not done.changed
    assert entry(bridge).enclosures == before.enclosures
    (state,) = status(bridge.workspace, MORNING)
    assert not state.is_newer_than_published


def test_changed_sound_gets_the_new_name_and_the_guid_stays(bridge: Production) -> None:
    before = entry(bridge)
    renamed(bridge)
    bridge.write(SCRIPT.replace("bao giờ", "lúc nào"), TITLE)
    bridge.build(TITLE)
    publish.publish(bridge.workspace, NEW, None, MORNING, bridge.reporter)
    after = entry(bridge)
    assert after.id == before.id
    assert f"/media/{NEW}-" in after.enclosures[0].href
    replaced = [*bridge.workspace.published(NEW).glob(f"{NAME}-????????????.mp3")]
    assert len(replaced) == 2  # the small copy too
    media = [bridge.workspace.feed / "media" / file.name for file in replaced]
    assert all(file.is_file() for file in media)  # yesterday's feed leads to it
    write_feed(bridge.workspace, MORNING + timedelta(days=15), bridge.reporter)
    assert not any(file.exists() for file in (*replaced, *media))
    episode = published_episode(bridge.workspace, NEW)
    assert episode is not None
    assert episode.earlier_names == (NAME,)


def test_a_script_renamed_by_hand_is_given_by_its_path(bridge: Production) -> None:
    file = bridge.script().rename(bridge.script(TITLE))
    done = renamed(bridge, str(bridge.script()), str(file))
    assert (done.name.old, done.name.new, done.name.script) == (NAME, NEW, file)
    assert bridge.episode(NEW)["script"] == f"scripts/{TITLE}.txt"


def test_a_script_of_both_names_stays_where_it_is(bridge: Production) -> None:
    file = bridge.write(SCRIPT, TITLE)
    done = renamed(bridge, new=str(file))
    assert done.name.left == bridge.script()
    assert bridge.script().is_file()
    assert bridge.episode(NEW)["script"] == f"scripts/{TITLE}.txt"


def test_captions_beside_a_script_go_along(bridge: Production) -> None:
    bridge.script().with_suffix(".srt").write_text("1\n", "utf-8")
    renamed(bridge)
    assert names_in(bridge.root / "scripts") == [f"{TITLE}.srt", f"{TITLE}.txt"]


def test_recordings_alone_are_renamed(bridge: Production) -> None:
    folder = bridge.workspace.recordings("cu")
    record(folder / "02.wav", FIRST)
    done = renamed(bridge, "cu", "mới")
    assert (done.draft, done.recordings, done.name.script) == (False, True, None)
    assert (bridge.workspace.recordings("moi") / "02.wav").is_file()


def test_what_a_page_or_a_system_left_under_the_name_is_not_in_the_way(bridge: Production) -> None:
    for file in (f"episodes/{NEW}/record-sheet.html", f"recordings/{NEW}/Thumbs.db"):
        (bridge.root / file).parent.mkdir()
        (bridge.root / file).write_bytes(b"")
    renamed(bridge)
    assert bridge.turn(2, NEW)["take"]["kind"] == "recorded"


REFUSED = {
    "khong-co": (NEW, "There is no programme 'khong-co'"),
    NAME: ("Cầu Mới", "cau-moi is its name already"),
    f"scripts/{NAME}.txt": (f"scripts/{NAME}.txt", "cau-moi is its name already"),
    f"{NAME}.txt": ("khác/cầu.txt", "There is no script"),
    f"{NAME}.docx": ("duong-moi", "There is a programme called duong-moi already"),
    f"scripts/../{NAME}.txt": ("duong-cu", "has its script"),
    f"./{NAME}": ('a"b', "cannot be called"),
    f"scripts/{NAME}": ("~$bai.docx", "cannot be called"),
    f"{NAME}.md": ("???", "cannot be called"),
    f"{NAME}.html": ("---", "no letters or digits"),
}


@pytest.mark.parametrize("old", REFUSED)
def test_what_cannot_be_is_refused_and_nothing_is_changed(
    bridge: Production, old: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(bridge.root)
    bridge.record("02.wav", FIRST, name="duong-moi")
    bridge.write(SCRIPT, "duong-cu")
    before = everything(bridge)
    new, told = REFUSED[old]
    with pytest.raises(BroadcastError, match=told):
        renamed(bridge, old, new)
    assert everything(bridge) == before


@pytest.mark.parametrize("taken", ["draft", "published", "recordings"])
def test_a_name_that_anything_is_known_of_is_taken(bridge: Production, taken: str) -> None:
    place = {"draft": f"episodes/{NEW}/episode.json", "recordings": f"recordings/{NEW}/2.wav"}
    file = bridge.root / place.get(taken, f"episodes/{NEW}/published/published.json")
    file.parent.mkdir(parents=True)
    file.write_bytes(b"{}")
    before = everything(bridge)
    with pytest.raises(UsageError, match="already"):
        renamed(bridge)
    assert everything(bridge) == before


def test_a_file_that_a_program_has_open_leaves_all_as_it_was(
    bridge: Production, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, rename_file = everything(bridge), Path.rename

    def held(path: Path, target: Path) -> Path:
        if path == bridge.workspace.draft(NAME):
            raise PermissionError(13, "in use", str(path))
        return rename_file(path, target)

    monkeypatch.setattr(Path, "rename", held)
    with pytest.raises(OutsideError, match="was not renamed"):
        renamed(bridge)
    assert everything(bridge) == before
    monkeypatch.undo()
    renamed(bridge)
    assert bridge.draft(NEW).is_whole()


def test_killed_at_any_move_the_next_command_finishes_it(
    bridge: Production, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = bridge.copied_to(tmp_path / "whole")
    made: list[str] = []
    kill_at = -1

    def ending(change: Callable[..., None]) -> Callable[..., None]:
        def reached(*places: Any, **further: Any) -> None:
            if kill_at == len(made):
                raise Killed
            made.append(str(places[0]))
            change(*places, **further)

        return reached

    def moved(*arguments: Any) -> None:
        with monkeypatch.context() as meanwhile:
            for name in ("rename", "replace", "unlink", "rmdir"):
                meanwhile.setattr(os, name, ending(getattr(os, name)))
            move_all(*arguments)

    monkeypatch.setattr(rename_, "move_all", moved)
    renamed(whole)
    count = len(made)
    assert count > 15
    for point in range(count):
        station = bridge.copied_to(tmp_path / f"killed at {point}")
        made.clear()
        kill_at = point
        with pytest.raises(Killed):
            renamed(station)
        with locked(station.workspace, lambda: None):
            pass  # any command that commits something
        assert not is_half_moved(station.root)
        if point == 0:  # it was not decided yet
            assert visible(station) == visible(bridge)
            continue
        (episode,) = listeners_of(station.workspace, MORNING).episodes
        assert listeners_of(station.workspace, MORNING).due(episode) == "change"
        write_feed(station.workspace, MORNING, Notebook())
        assert visible(station) == visible(whole), point


def test_what_cannot_be_finished_goes_back(
    bridge: Production, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, rename_file = everything(bridge), Path.rename

    def killed(path: Path, target: Path) -> Path:
        if path == bridge.workspace.draft(NAME):
            raise failure
        return rename_file(path, target)

    failure: BaseException = Killed()
    monkeypatch.setattr(Path, "rename", killed)
    with pytest.raises(Killed):
        renamed(bridge)
    assert not bridge.script().exists()
    failure = PermissionError(13, "in use")
    with locked(bridge.workspace, lambda: None):
        pass
    assert everything(bridge) == before
