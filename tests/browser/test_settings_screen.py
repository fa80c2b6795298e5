"""The station's settings in a real browser: changed, written, told where they are wrong."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from broadcast.production.desk.new_station import init
from browsing import OpenPage, until
from studios_running import studio_of
from test_accessible import faults, is_too_wide

PERSON = '\n[[people]]\nname = "Đỗ Văn Lâm"  # ông Lâm\nvoices = { espeak = "vi+m4" }\n'


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A station as ``init`` makes it, spoken by the embedded voice, with one person."""
    root = tmp_path_factory.mktemp("made")
    init(root, "vi")
    file = root / "station.toml"
    text = file.read_text("utf-8").replace('["gtts", "espeak"]', '["espeak"]')
    file.write_text(text + PERSON, "utf-8")
    return root


@pytest.fixture
def station(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "station"))


@pytest.fixture
def first_address(station: Path) -> Iterator[str]:
    with studio_of(station) as address:
        yield address


def screen_of(open_page: OpenPage, address: str, **how: object) -> Page:
    page = open_page(address, **how)
    page.goto(f"{address.partition('?')[0]}station")
    return page


def text_of(station: Path) -> str:
    return (station / "station.toml").read_text("utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_screen_has_no_fault_and_is_never_too_wide(
    first_address: str, open_page: OpenPage, scheme: str
) -> None:
    for width in (390, 1024, 1280):
        page = screen_of(
            open_page,
            first_address,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
        )
        page.locator("[data-add=people]").click()
        page.locator("[data-add=words]").click()
        assert faults(page) == []
        assert not is_too_wide(page)


def test_what_is_changed_is_counted_and_written_with_every_comment_kept(
    station: Path, first_address: str, open_page: OpenPage
) -> None:
    before = text_of(station)
    page = screen_of(open_page, first_address)
    assert page.locator("#count").inner_text() == "Chưa đổi gì."
    page.locator('[name="show.title"]').fill("Chuyện bến")
    page.locator('[name="pauses.sentence_ms"]').fill("0,4")
    page.locator('[name="publish.approval"][value=official]').check()
    assert page.locator("#count").inner_text() == "Đã đổi: 3"
    page.locator("#write").click()
    until(page, "document.querySelector('#count').textContent === 'Đã ghi.'")
    now = text_of(station)
    assert [line.split("#", 1)[1:] for line in now.splitlines() if "Chuyện bến" in line] == [
        line.split("#", 1)[1:] for line in before.splitlines() if line.startswith("title = ")
    ]
    assert "# ông Lâm" in now
    assert len(now.splitlines()) == len(before.splitlines())
    written = tomllib.loads(now)
    assert written["show"]["title"] == "Chuyện bến"
    assert written["pauses"] == {"sentence_ms": 400}
    assert written["publish"] == {"approval": "official"}


def test_a_wrong_one_is_told_at_its_field_and_mended_by_keys_alone(
    station: Path, first_address: str, open_page: OpenPage
) -> None:
    before = text_of(station)
    page = screen_of(open_page, first_address)
    page.locator('[name="show.base_url"]').focus()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("dai.example.vn")
    page.keyboard.press("Control+Enter")
    page.locator('[data-wrong="show.base_url"]:visible').wait_for()
    assert "https://" in page.locator('[data-wrong="show.base_url"]').inner_text()
    assert page.evaluate("document.activeElement.name") == "show.base_url"
    assert page.evaluate("document.activeElement.getAttribute('aria-invalid')") == "true"
    assert text_of(station) == before
    assert faults(page) == []
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("https://dai.example.vn/")
    page.keyboard.press("Control+Enter")
    until(page, "document.querySelector('#count').textContent === 'Đã ghi.'")
    assert tomllib.loads(text_of(station))["show"]["base_url"] == "https://dai.example.vn/"


def test_people_and_words_come_and_go(
    station: Path, first_address: str, open_page: OpenPage
) -> None:
    page = screen_of(open_page, first_address)
    page.locator("[data-add=people]").click()
    assert page.evaluate("document.activeElement.name") == "people.new-1.name"
    page.keyboard.insert_text("An Nhiên")
    page.locator('[name="people.new-1.role"]').select_option("reporter")
    page.locator('[data-row="people.0"] [data-take]').click()
    page.locator("[data-add=words]").click()
    page.keyboard.insert_text("OCOP")
    page.keyboard.press("Tab")
    page.keyboard.insert_text("ô cốp")
    page.keyboard.press("Control+Enter")
    until(page, "document.querySelector('#count').textContent === 'Đã ghi.'")
    assert tomllib.loads(text_of(station))["people"] == [{"name": "An Nhiên", "role": "reporter"}]
    assert (station / "lexicon.tsv").read_text("utf-8").endswith("OCOP\tô cốp\n")
    page.locator('[data-row="people.0"][data-key="An Nhiên"]').wait_for()


def test_a_change_from_elsewhere_is_shown_and_what_was_entered_is_kept(
    station: Path, first_address: str, open_page: OpenPage
) -> None:
    page = screen_of(open_page, first_address)
    page.locator('[name="show.title"]').fill("Chuyện bến")
    page.locator('[name="people.0.gender"]').select_option("man")
    other = '\n[[people]]\nname = "Hải Yến"\n'
    elsewhere = text_of(station).replace(PERSON, other + PERSON)
    (station / "station.toml").write_text(elsewhere, "utf-8")
    page.locator("#write").click()
    page.locator("#told:visible").wait_for()
    assert text_of(station) == elsewhere
    assert page.locator('[name="people.0.name"]').input_value() == "Hải Yến"
    assert page.locator('[name="people.1.gender"]').input_value() == "man"
    assert page.locator('[name="show.title"]').input_value() == "Chuyện bến"
    page.locator("#write").click()
    until(page, "document.querySelector('#count').textContent === 'Đã ghi.'")
    written = tomllib.loads(text_of(station))
    assert written["show"]["title"] == "Chuyện bến"
    assert [one.get("gender") for one in written["people"]] == [None, "man"]


def test_a_voice_is_heard_before_it_is_written(first_address: str, open_page: OpenPage) -> None:
    page = screen_of(open_page, first_address)
    page.locator("#sample").fill("Xin chào quý vị và các bạn.")
    page.locator('[name="people.0.voices.espeak"]').fill("vi+f2")
    page.locator("[data-say-voice]").first.click()
    until(page, "document.querySelector('#sound').currentTime > 0.2")
