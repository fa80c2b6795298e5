"""A script is met under a new name: whose words it has is told before anything is made of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from broadcast.errors import BroadcastError
from broadcast.production.desk.check_script import check
from broadcast.production.desk.same_words import Namesake, namesakes
from broadcast.production.public import publish
from broadcast.production.public.rename import rename
from productions_by_hand import (
    FIRST,
    LAM,
    MORNING,
    NAME,
    SCRIPT,
    SECOND,
    Production,
    production_in,
    write,
)

RENAMED = "Cầu mới (sửa 2)"
OTHER = f"""\
Nước sạch về thôn Đồng

Phóng viên: Thưa bà, nước về từ bao giờ?

Bà Trần Thị Mận: Nước về từ tháng ba, ai cũng mừng.

Phóng viên: Bà muốn nói gì với bà con?

Bà Trần Thị Mận: Mong bà con dùng nước cho tiết kiệm.

{LAM}: Xin cảm ơn bà con.
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    """A station with one draft that has a recording; tests take copies."""
    with production_in(tmp_path_factory.mktemp("built")) as made:
        made.record("02.wav", FIRST)
        made.build()
        yield made


@pytest.fixture
def bridge(built: Production, tmp_path: Path) -> Production:
    return built.copied_to(tmp_path / "station")


def rename_by_hand(station: Production, text: str = SCRIPT, new: str = RENAMED) -> Path:
    """Do as an office does: call the file otherwise, and perhaps change some words."""
    station.script().rename(station.script(new))
    return station.write(text, new)


def found(station: Production, name: str = RENAMED) -> tuple[Namesake, ...]:
    file = station.script(name)
    script = check(station.workspace, file, readings=False).script
    return namesakes(station.workspace, file, script.turns)


NEARLY = {
    "the same": SCRIPT,
    "one answer is another": SCRIPT.replace(SECOND, "Tôi chỉ mong trời đừng mưa."),
    "each turn is touched": SCRIPT.replace("Thưa ông", "Thưa anh")
    .replace("sớm hơn một tháng", "sớm hơn hai tháng")
    .replace("với bà con", "với người dân")
    .replace("dự lễ khánh thành", "dự lễ khánh thành cầu"),
    "a turn more": f"{SCRIPT}\nPhóng viên: Xin cảm ơn ông.\n",
    "he is called otherwise": SCRIPT.replace(LAM, "Ông Lâm, chủ tịch xã"),
    "another title": SCRIPT.replace("Cầu mới qua sông Vân", "Thông xe cầu Vân"),
}


@pytest.mark.parametrize("edited", NEARLY)
def test_the_words_are_found_again_though_edited(bridge: Production, edited: str) -> None:
    rename_by_hand(bridge, NEARLY[edited])
    (one,) = found(bridge)
    assert (one.name, one.is_gone) == (NAME, True)


NOT = {
    "another interview": OTHER,
    "thanks alone": f"Phóng viên: {FIRST.split(',')[0]}?\n\n{LAM}: Xin cảm ơn.\n",
    "half of it, and as much again of another": f"{SCRIPT[:110]}\n\n{OTHER}\n{OTHER}",
}


@pytest.mark.parametrize("text", NOT)
def test_other_words_are_another_programme(bridge: Production, text: str) -> None:
    rename_by_hand(bridge, NOT[text])
    assert found(bridge) == ()
    assert bridge.build(RENAMED).draft.record.guid != bridge.episode()["guid"]


def test_a_build_without_a_terminal_stops_and_names_the_commands(bridge: Production) -> None:
    file = rename_by_hand(bridge)
    before = bridge.files()
    with pytest.raises(BroadcastError, match=f"has the words of {NAME}") as raised:
        bridge.build(RENAMED)
    assert raised.value.exit_status == 1
    hint = str(raised.value.hint)
    assert f'broadcast rename {NAME} "' in hint
    assert "--new" in hint
    assert bridge.files() == before
    assert not (bridge.workspace.draft("cau-moi-sua-2") / "episode.json").exists()
    rename(bridge.workspace, NAME, str(file), MORNING, bridge.reporter)
    assert bridge.build(RENAMED).draft.record.guid == f"guid-of-{NAME}"
    assert bridge.turn(2, "cau-moi-sua-2")["take"]["kind"] == "recorded"


def test_so_do_takes_and_swap(bridge: Production) -> None:
    rename_by_hand(bridge)
    with pytest.raises(BroadcastError, match="whose own script is gone"):
        bridge.read(RENAMED)


def test_said_to_be_new_it_is_one_and_nothing_is_asked_again(bridge: Production) -> None:
    rename_by_hand(bridge)
    bridge.build(RENAMED, is_new=True)
    assert bridge.episode("cau-moi-sua-2")["guid"] == f"guid-of-{RENAMED}"
    assert found(bridge) == ()
    bridge.build(RENAMED)
    bridge.read(RENAMED)


def test_check_warns_and_goes_on(bridge: Production) -> None:
    rename_by_hand(bridge)
    (problem,) = check(bridge.workspace, bridge.script(RENAMED), readings=False).problems
    assert (problem.level, problem.message.code) == ("warning", "renamed.perhaps")
    assert f"broadcast rename {NAME}" in str(problem.hint)


def test_a_copy_is_no_renaming_but_is_told(bridge: Production) -> None:
    bridge.write(SCRIPT, RENAMED)
    assert [(one.name, one.is_gone) for one in found(bridge)] == [(NAME, False)]
    built = bridge.build(RENAMED)
    assert built.draft.record.guid == f"guid-of-{RENAMED}"
    assert "renamed.copy" in {problem.message.code for problem in bridge.reporter.problems}
    assert found(bridge) == ()


def test_a_script_that_was_built_from_elsewhere_is_not_gone(
    bridge: Production, tmp_path: Path
) -> None:
    elsewhere = write(tmp_path / f"{NAME}.txt", SCRIPT.replace("bao giờ", "lúc nào"))
    bridge.script().unlink()
    bridge.write(SCRIPT, RENAMED)
    record = bridge.workspace.draft(NAME) / "episode.json"
    text = record.read_text("utf-8").replace(f"scripts/{NAME}.txt", elsewhere.as_posix())
    record.write_text(text, "utf-8")
    assert [one.is_gone for one in found(bridge)] == [False]
    elsewhere.unlink()
    assert [one.is_gone for one in found(bridge)] == [True]


def test_of_several_the_most_alike_is_named_first(bridge: Production) -> None:
    bridge.write(SCRIPT.replace(SECOND, "Tôi chỉ mong trời đừng mưa."), "cau-cu")
    bridge.build("cau-cu")
    bridge.script("cau-cu").unlink()
    rename_by_hand(bridge)
    assert [one.name for one in found(bridge)] == [NAME, "cau-cu"]
    with pytest.raises(BroadcastError, match=f"{NAME} or cau-cu"):
        bridge.build(RENAMED)


def test_recordings_alone_tell_whose_they_are(bridge: Production) -> None:
    shutil.rmtree(bridge.workspace.draft(NAME))
    rename_by_hand(bridge)
    assert [(one.name, one.is_gone) for one in found(bridge)] == [(NAME, True)]


def test_what_was_published_tells_when_no_draft_is_left(bridge: Production) -> None:
    publish.publish(bridge.workspace, NAME, None, MORNING, bridge.reporter)
    for file in bridge.workspace.draft(NAME).iterdir():
        if file.is_file():
            file.unlink()
    shutil.rmtree(bridge.workspace.recordings(NAME))
    rename_by_hand(bridge)
    assert [(one.name, one.is_gone) for one in found(bridge)] == [(NAME, True)]


def test_a_damaged_record_is_in_nobodys_way(bridge: Production) -> None:
    for place in ("episodes/hong/episode.json", "recordings/hong-2/takes.json"):
        (bridge.root / place).parent.mkdir()
        (bridge.root / place).write_text("{", "utf-8")
    rename_by_hand(bridge)
    assert [one.name for one in found(bridge)] == [NAME]


@pytest.mark.parametrize("name", ["Bài đã duyệt 2026-11-29", "final FINAL (3)", "12"])
def test_what_stands_in_the_new_name_is_no_sign(bridge: Production, name: str) -> None:
    rename_by_hand(bridge, new=name)
    assert [one.name for one in found(bridge, name)] == [NAME]
