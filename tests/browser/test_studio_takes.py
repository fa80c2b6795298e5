"""Voices and takes in the studio, in a real browser: by mouse, by files and by keys alone."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import soundfile
from playwright.sync_api import Page

from broadcast.align.frames import HZ
from browsing import OpenPage, until
from people_by_hand import Clip, clips, joined
from productions_by_hand import SETTINGS
from studios_running import studio_of
from test_accessible import faults, is_too_wide

NAME = "cau-moi"
TURNS = (clips()[:3], clips()[3:4], clips()[4:7], clips()[7:9], clips()[9:])
PEOPLE = ("Phóng viên", "Ông Đỗ Văn Lâm")
STILL = "document.querySelector('#job').hidden && !document.querySelector('[data-waiting-work]')"


def words_of(turn: tuple[Clip, ...]) -> str:
    return " ".join(one.words if one.words[-1] in ".?" else one.words + "." for one in turn)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A station of one programme of five turns, built by the offline voice; nobody changes it."""
    folder = tmp_path_factory.mktemp("takes") / "station"
    (folder / "scripts").mkdir(parents=True)
    settings = SETTINGS.replace("tones", "espeak").replace(
        "[words]", '[words]\nopening = "Đây là {show}."'
    )
    (folder / "station.toml").write_text(settings, "utf-8")
    said = [f"{PEOPLE[n % 2]}: {words_of(turn)}\n" for n, turn in enumerate(TURNS)]
    text = "\n".join(["Cầu mới qua sông Vân\n", *said])
    (folder / f"scripts/{NAME}.txt").write_text(text, "utf-8")
    command = [sys.executable, "-m", "broadcast", "build", f"scripts/{NAME}.txt", "--offline"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture
def station(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "station"))


@pytest.fixture
def address(station: Path) -> Iterator[str]:
    with studio_of(station) as first:
        yield first


@pytest.fixture(scope="session")
def phone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Recordings as they come from a phone: of each turn, and of all of them in one."""
    folder = tmp_path_factory.mktemp("phone")
    for n, turn in enumerate(TURNS, 1):
        part = joined(turn, snr_db=30, seed=n, pause_s=(0.3, 0.6))
        soundfile.write(folder / f"{n:02} ghi âm.wav", part.samples, HZ)
    again = joined(TURNS[1], snr_db=26, seed=77, pause_s=(0.5, 0.9))
    soundfile.write(folder / "lần hai.wav", again.samples, HZ)
    whole = joined(clips(), snr_db=22, seed=9, pause_s=(0.3, 1.5))
    (folder / "dai").mkdir()
    soundfile.write(folder / "dai/cả buổi.wav", whole.samples, HZ)
    return folder


def hear(open_page: OpenPage, address: str, **how: object) -> Page:
    page = open_page(address, **how)
    page.goto(f"{address.partition('?')[0]}programmes/{NAME}/hear")
    return page


def turn_of(station: Path, n: int) -> dict[str, Any]:
    text = (station / "episodes" / NAME / "episode.json").read_text("utf-8")
    (turn,) = [turn for turn in json.loads(text)["turns"] if turn["n"] == n]
    found: dict[str, Any] = turn
    return found


def built_anew(page: Page, then: str) -> None:
    until(page, f"({then}) && {STILL}")


def opened(page: Page, n: int) -> None:
    page.locator(f"#turn-{n} [data-open]").click()
    until(page, f"document.querySelector('#turn-{n} .take')")


def test_a_take_is_dropped_on_a_turn_and_heard_where_it_stands(
    station: Path, address: str, phone: Path, open_page: OpenPage
) -> None:
    page = hear(open_page, address)
    page.locator("#turn-2 [data-drop]").set_input_files(phone / "02 ghi âm.wav")
    built_anew(page, "document.querySelector('#turn-2 .badge.real')")
    assert turn_of(station, 2)["take"]["file"] == "02 ghi âm.wav"
    page.locator("#turn-2 .one [data-hear]").click()
    start_s, end_s = (turn_of(station, 2)[key] / 1000 for key in ("start_ms", "end_ms"))
    until(page, f"document.querySelector('#sound').currentTime > {start_s + 0.2}")
    assert "lượt 2" in (page.locator("#place").get_attribute("aria-valuetext") or "")
    until(page, "document.querySelector('#sound').paused")
    assert page.evaluate("document.querySelector('#sound').currentTime") < end_s + 0.6
    until(page, "document.querySelector('#turn-2').dataset.heard === ''")
    assert page.locator("#turn-2 .ear").inner_text().strip() == "Đã nghe"
    assert (station / "episodes" / NAME / "heard.json").is_file()


def test_takes_are_chosen_cut_and_put_aside(
    station: Path, address: str, phone: Path, open_page: OpenPage
) -> None:
    page = hear(open_page, address)
    for file, told in (("02 ghi âm.wav", "bản 1"), ("lần hai.wav", "bản 2/2")):
        page.locator("#turn-2 [data-drop]").set_input_files(phone / file)
        built_anew(page, f"document.querySelector('#turn-2 .voice').innerText.includes('{told}')")
    opened(page, 2)
    page.locator("#turn-2 [data-use='1']").click()
    built_anew(page, "document.querySelector('#turn-2-take-1.used')")
    assert "02 ghi âm" in turn_of(station, 2)["take"]["file"]
    assert page.evaluate("document.activeElement.closest('.turn')?.id") == "turn-2"
    page.locator("#turn-2-take-1 [data-listen]").click()
    until(page, "document.querySelector('#take-sound').currentTime > 0.1")
    before = turn_of(station, 2)
    page.locator("#turn-2-take-1 [data-point=in]").focus()
    for _ in range(30):
        page.keyboard.press("ArrowRight")
    told = page.locator("#turn-2-take-1 [data-point=in]").get_attribute("aria-valuetext")
    assert told is not None
    assert told.endswith(" giây")
    page.locator("#turn-2-take-1 [data-trim]").click()
    built_anew(page, "document.querySelector('#turn-2-take-1 [data-untrim]')")
    after = turn_of(station, 2)
    shorter_ms = (before["end_ms"] - before["start_ms"]) - (after["end_ms"] - after["start_ms"])
    assert shorter_ms == pytest.approx(300, abs=40)
    page.locator("#turn-2-take-2 [data-point=out]").focus()
    page.keyboard.press("ArrowLeft")
    moved = page.locator("#turn-2-take-2 [data-point=out]").input_value()
    page.locator("#turn-2 [data-use='0']").click()
    built_anew(page, "document.querySelector('#turn-2-take-0.used')")
    assert turn_of(station, 2)["take"]["kind"] == "synthetic"
    until(page, "!document.querySelector('#turn-2-take-2 [data-trim]').hidden")
    assert page.locator("#turn-2-take-2 [data-point=out]").input_value() == moved
    assert (station / "recordings" / NAME / "02 ghi âm.wav").is_file()


def test_words_that_changed_are_said_to_be_right_still_by_a_key(
    station: Path, address: str, phone: Path, open_page: OpenPage
) -> None:
    page = hear(open_page, address)
    page.locator("#turn-2 [data-drop]").set_input_files(phone / "02 ghi âm.wav")
    built_anew(page, "document.querySelector('#turn-2 .badge.real')")
    script = station / f"scripts/{NAME}.txt"
    word = words_of(TURNS[1]).split()[-1]
    text = script.read_text("utf-8").replace(words_of(TURNS[1]), f"{words_of(TURNS[1])} {word}")
    script.write_text(text, "utf-8")
    page.reload()
    assert "Lời đổi sau khi thu" in page.locator("#turn-2").inner_text()
    page.locator("#turn-2").focus()
    page.keyboard.press("x")
    built_anew(page, "!document.querySelector('#turn-2 [data-confirm]')")
    takes = (station / "recordings" / NAME / "takes.json").read_text("utf-8")
    assert json.loads(takes)["takes"][0]["confirmed"].endswith(word)


def test_a_bad_file_is_told_where_it_was_dropped(
    station: Path, address: str, tmp_path: Path, open_page: OpenPage
) -> None:
    (tmp_path / "hỏng.wav").write_bytes(b"RIFF no sound")
    page = hear(open_page, address, refused=True)
    page.locator("#turn-3 [data-drop]").set_input_files(tmp_path / "hỏng.wav")
    page.locator("#turn-3 [data-wrong]:visible").wait_for()
    assert "hỏng.wav" in page.locator("#turn-3 [data-wrong]").inner_text()
    assert page.locator("[data-wrong]:visible").count() == 1
    assert not (station / "recordings" / NAME).exists()


def test_a_file_is_dropped_by_mouse_on_the_turn_under_it(
    station: Path, address: str, phone: Path, open_page: OpenPage
) -> None:
    page = hear(open_page, address)
    sound = list((phone / "02 ghi âm.wav").read_bytes())
    transfer = page.evaluate_handle(
        """(bytes) => {
          const carried = new DataTransfer();
          carried.items.add(new File([new Uint8Array(bytes)], "của tôi.wav"));
          return carried;
        }""",
        sound,
    )
    page.dispatch_event("#turn-2 .words", "dragover", {"dataTransfer": transfer})
    assert page.locator("#turn-2.over").count() == 1
    page.dispatch_event("#turn-2 .words", "drop", {"dataTransfer": transfer})
    built_anew(page, "document.querySelector('#turn-2 .badge.real')")
    assert turn_of(station, 2)["take"]["file"] == "02 của tôi.wav"


def test_a_folder_is_shown_with_its_turns_set_right_and_used(
    station: Path, address: str, phone: Path, open_page: OpenPage
) -> None:
    page = hear(open_page, address)
    files = [phone / f"{n:02} ghi âm.wav" for n in (1, 2, 4)]
    page.locator("#bring-files").set_input_files(files)
    until(page, "document.querySelectorAll('#waits [data-pair]').length === 3")
    assert faults(page) == []
    chosen = page.locator("[data-pair-turn]").evaluate_all("(all) => all.map((one) => one.value)")
    assert chosen == ["1", "2", "4"]
    page.locator("[data-pair-turn]").nth(2).select_option("")
    page.locator("[data-accept]").click()
    built_anew(page, "document.querySelectorAll('.turn:not(.synthetic)').length === 2")
    kinds = [turn_of(station, n)["take"]["kind"] for n in (1, 2, 4)]
    assert kinds == ["recorded", "recorded", "synthetic"]
    assert not page.locator("#waits").count()


def test_a_long_recording_is_heard_moved_and_used_and_a_reload_loses_nothing(
    station: Path, address: str, phone: Path, open_page: OpenPage
) -> None:
    page = hear(open_page, address)
    page.locator("#bring-files").set_input_files(phone / "dai/cả buổi.wav")
    until(page, "document.querySelectorAll('#waits [data-cut]').length === 5")
    assert faults(page) == []
    assert not (station / "recordings" / NAME).exists()
    row = page.locator("[data-cut]").nth(2)
    row.locator("[data-cut-hear=begin]").click()
    until(page, "document.querySelector('#take-sound').currentTime > 0.2")
    begin = row.locator("[data-cut-point=begin]")
    found_ms = int(begin.input_value())
    begin.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    moved_ms = int(begin.input_value())
    assert moved_ms == found_ms + 100
    assert row.locator("[data-cut-use]").is_checked()
    until(page, "!document.querySelector('#waits[data-sending]')")
    page.reload()
    row = page.locator("[data-cut]").nth(2)
    assert int(row.locator("[data-cut-point=begin]").input_value()) == moved_ms
    for other in (0, 1, 3, 4):
        page.locator("[data-cut]").nth(other).locator("[data-cut-use]").uncheck()
    page.locator("[data-accept]").click()
    built_anew(page, "document.querySelectorAll('.turn:not(.synthetic)').length === 1")
    assert turn_of(station, 3)["take"]["kind"] == "recorded"
    takes = json.loads((station / "recordings" / NAME / "takes.json").read_text("utf-8"))
    assert takes["takes"][0]["files"][0]["in_ms"] == moved_ms


def test_all_of_it_is_done_by_keys_alone(
    station: Path, address: str, phone: Path, open_page: OpenPage
) -> None:
    page = hear(open_page, address)
    page.locator("#turn-2 [data-drop]").set_input_files(phone / "02 ghi âm.wav")
    built_anew(page, "document.querySelector('#turn-2 .badge.real')")
    page.locator("#place").focus()
    before = page.locator(".turn").evaluate_all("(all) => all.map((one) => one.id)")
    for _ in range(before.index("turn-2")):
        page.keyboard.press("PageDown")
    start_s = turn_of(station, 2)["start_ms"] / 1000
    at = "document.querySelector('#sound').currentTime"
    assert page.evaluate(at) == pytest.approx(start_s, abs=0.1)
    page.keyboard.press("ArrowRight")
    assert page.evaluate(at) == pytest.approx(start_s + 5, abs=0.1)
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    until(page, f"{at} > 0.1")
    page.keyboard.press("Space")
    assert page.evaluate("document.querySelector('#sound').paused")
    page.locator("#turn-1").focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.id") == "turn-2"
    page.keyboard.press(",")
    until(page, f"{at} > {max(0, start_s - 5)} && !document.querySelector('#sound').paused")
    page.keyboard.press("h")
    until(page, "document.querySelector('#turn-2').dataset.heard === ''")
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("'open' in document.activeElement.dataset"):
            break
    page.keyboard.press("Enter")
    until(page, "document.querySelector('#turn-2 [data-use=\"0\"]')")
    page.keyboard.press("0")
    built_anew(page, "document.querySelector('#turn-2-take-0.used')")
    assert turn_of(station, 2)["take"]["kind"] == "synthetic"
    page.keyboard.press("1")
    built_anew(page, "document.querySelector('#turn-2-take-1.used')")
    page.keyboard.press("Control+Enter")
    until(page, "!document.querySelector('#sound').paused")


def test_a_second_tab_shows_what_the_first_and_the_command_line_did(
    station: Path, address: str, phone: Path, open_page: OpenPage
) -> None:
    one, other = (hear(open_page, address) for _ in range(2))
    one.locator("#turn-2 [data-drop]").set_input_files(phone / "02 ghi âm.wav")
    built_anew(other, "document.querySelector('#turn-2 .badge.real')")
    command = [sys.executable, "-m", "broadcast", "unswap", NAME, "2", "--offline"]
    subprocess.run(command, cwd=station, check=True, capture_output=True)
    for page in (one, other):
        built_anew(page, "document.querySelector('#turn-2 .badge.synthetic')")


def test_a_take_has_an_address_of_its_own(address: str, phone: Path, open_page: OpenPage) -> None:
    page = hear(open_page, address)
    page.locator("#turn-2 [data-drop]").set_input_files(phone / "02 ghi âm.wav")
    built_anew(page, "document.querySelector('#turn-2 .badge.real')")
    page.goto(f"{address.partition('?')[0]}programmes/{NAME}/hear#turn-2-take-1")
    page.reload()
    page.locator("#turn-2-take-1").wait_for()
    assert page.evaluate("document.activeElement.id") == "turn-2"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_hear_screen_has_no_fault_and_is_never_too_wide(
    address: str, phone: Path, open_page: OpenPage, scheme: str
) -> None:
    page = hear(open_page, address, color_scheme=scheme)
    page.locator("#turn-2 [data-drop]").set_input_files(phone / "02 ghi âm.wav")
    built_anew(page, "document.querySelector('#turn-2 .badge.real')")
    opened(page, 2)
    for width in (390, 1024, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert faults(page) == []
        assert not is_too_wide(page)


def test_the_focus_is_never_under_the_player(address: str, open_page: OpenPage) -> None:
    page = hear(open_page, address, viewport={"width": 1280, "height": 600})
    hidden = """() => {
      const focused = document.activeElement, deck = document.querySelector(".deck");
      if (focused === document.body || deck.contains(focused)) return "";
      const box = (focused.closest("label") ?? focused).getBoundingClientRect();
      const top = deck.getBoundingClientRect().top, covered = box.bottom > top + 1;
      return covered && box.top < innerHeight && top < innerHeight - 10 ? focused.outerHTML : "";
    }"""
    for _ in range(34):
        page.keyboard.press("Tab")
        assert page.evaluate(hidden) == ""
