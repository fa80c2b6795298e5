"""A draft that somebody worked on: no file of theirs is overwritten or removed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from productions_by_hand import (
    NAME,
    SCRIPT,
    SETTINGS,
    Notebook,
    Production,
    production_in,
    reasons_of,
)

MINE = b"what the studio made of it"
TRANSCRIPTS = tuple(
    f"{NAME}{end}"
    for end in (".vtt", ".srt", ".transcript.json", ".transcript.html", ".transcript.txt")
)
PAPERS = ("cue-sheet.html", "cue-sheet.csv", "timeline.svg", "report.html")
COVERS = ("cover.jpg", "cover-small.jpg")
WRITTEN = (f"{NAME}.mp3", *TRANSCRIPTS, "chapters.json", "loudness.txt", *PAPERS, *COVERS)
FURTHER = {"wav": f"{NAME}.wav", "flac": f"{NAME}.flac", "air-mp3": f"{NAME}-air.mp3"}


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    """A station whose words were all spoken once; tests take copies."""
    with production_in(tmp_path_factory.mktemp("spoken")) as made:
        for words in ("một tháng", "hai tháng"):
            reword(made, words)
            made.build()
        made.write(SCRIPT)
        shutil.rmtree(made.workspace.draft(NAME))
        yield made


@pytest.fixture
def bridge(spoken: Production, tmp_path: Path) -> Production:
    return spoken.copied_to(tmp_path / "station")


@pytest.fixture
def folder(bridge: Production) -> Path:
    return bridge.workspace.draft(NAME)


def reword(station: Production, words: str) -> None:
    station.write(SCRIPT.replace("một tháng", words))


def aside(file: str, number: int = 1) -> str:
    name = Path(file)
    return f"{name.stem} (changed {number}){name.suffix}"


@pytest.mark.parametrize("file", [*WRITTEN, *FURTHER.values()])
def test_a_file_that_somebody_changed_is_kept_under_another_name(
    bridge: Production, folder: Path, file: str
) -> None:
    formats = tuple(kind for kind, name in FURTHER.items() if name == file)
    bridge.build(formats=formats)
    (folder / file).write_bytes(MINE)
    reword(bridge, "hai tháng")
    bridge.build(formats=formats)
    assert (folder / aside(file)).read_bytes() == MINE
    assert bridge.draft().record.digests.keys() == {*WRITTEN, file}
    (told,) = bridge.reporter.said
    assert told == f"{file} was not as broadcast wrote it; it is kept as {aside(file)}."
    assert {f.name for f in folder.iterdir()} == {*WRITTEN, file, aside(file), "episode.json"}


def test_it_is_kept_though_its_size_is_the_same(bridge: Production, folder: Path) -> None:
    bridge.build()
    audio = folder / f"{NAME}.mp3"
    mine = audio.read_bytes()[:-1] + b"!"
    audio.write_bytes(mine)
    reword(bridge, "hai tháng")
    bridge.build()
    assert (folder / aside(audio.name)).read_bytes() == mine


def test_each_change_is_kept_beside_the_earlier_ones(bridge: Production, folder: Path) -> None:
    bridge.build()
    for number, words in enumerate(["hai tháng", "ba tháng"], 1):
        (folder / f"{NAME}.mp3").write_bytes(MINE + bytes([number]))
        reword(bridge, words)
        bridge.build()
    kept = [(folder / aside(f"{NAME}.mp3", number)).read_bytes() for number in (1, 2)]
    assert kept == [MINE + b"\1", MINE + b"\2"]


def test_a_changed_file_is_made_again_though_nothing_else_changed(
    bridge: Production, folder: Path
) -> None:
    bridge.build()
    before = bridge.files()
    (folder / f"{NAME}.vtt").write_bytes(MINE)
    built = bridge.build()
    assert reasons_of(built) == ("the draft's files were changed or removed",)
    assert bridge.files() == {**before, aside(f"{NAME}.vtt"): MINE}


@pytest.mark.parametrize(("kind", "file"), FURTHER.items())
def test_a_changed_file_that_is_written_no_more_stays_as_it_is(
    bridge: Production, folder: Path, kind: str, file: str
) -> None:
    bridge.build(formats=(kind,))
    (folder / file).write_bytes(MINE)
    bridge.build(formats=("mp3",))
    assert {f.name for f in folder.iterdir()} == {*WRITTEN, file, "episode.json"}
    assert (folder / file).read_bytes() == MINE


def test_a_file_that_is_written_no_more_and_nobody_changed_goes(
    bridge: Production, folder: Path
) -> None:
    bridge.build(formats=("flac", "air-mp3"))
    bridge.build(formats=("mp3",))
    assert {f.name for f in folder.iterdir()} == {*WRITTEN, "episode.json"}


def test_a_file_that_was_there_before_the_first_build_is_kept(
    bridge: Production, folder: Path
) -> None:
    folder.mkdir(parents=True)
    (folder / f"{NAME}.mp3").write_bytes(MINE)
    bridge.build()
    assert (folder / aside(f"{NAME}.mp3")).read_bytes() == MINE
    assert bridge.draft().record.digests.keys() == {*WRITTEN}


def test_other_files_in_the_folder_are_left_alone(bridge: Production, folder: Path) -> None:
    bridge.build()
    (folder / "ghi chú.txt").write_bytes(MINE)
    reword(bridge, "hai tháng")
    bridge.build()
    assert (folder / "ghi chú.txt").read_bytes() == MINE


def test_a_file_that_was_only_touched_is_replaced(bridge: Production, folder: Path) -> None:
    bridge.build()
    os.utime(folder / f"{NAME}.mp3", (1, 1))
    reword(bridge, "hai tháng")
    bridge.build()
    assert {f.name for f in folder.iterdir()} == {*WRITTEN, "episode.json"}
    assert bridge.reporter.said == []


def test_a_file_that_was_removed_is_made_again(bridge: Production, folder: Path) -> None:
    bridge.build()
    before = bridge.files()
    (folder / f"{NAME}.mp3").unlink()
    assert reasons_of(bridge.build()) == ("the draft's files were changed or removed",)
    assert bridge.files() == before


@pytest.mark.parametrize(("category", "nearest"), [("Newz", "News"), ("Thời sự", "News")])
def test_a_category_that_directories_do_not_have_is_told_by_the_build(
    bridge: Production, category: str, nearest: str
) -> None:
    bridge.set("", SETTINGS.replace("[voices]", f'category = "{category}"\n[voices]'))
    told = Notebook()
    bridge.build(reporter=told)
    (problem,) = told.problems
    assert (problem.level, str(problem.message)) == (
        "warning",
        f'Podcast directories have no category "{category}".',
    )
    assert nearest in str(problem.hint)
    bridge.set("", SETTINGS.replace("[voices]", 'category = "News > Politics"\n[voices]'))
    bridge.build(reporter=(told := Notebook()))
    assert told.problems == []
