"""A programme is approved, published, taken back and copied to its host, in a real browser."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from click.testing import CliRunner
from playwright.sync_api import Page

from broadcast.cli.commands import app
from broadcast.production.desk.read_station import station_of
from broadcast.production.desk.trust import decide
from broadcast.production.public.upload_target import wanted_of_upload
from broadcast.workspace import Workspace
from broadcast.workspace.locks import uploading
from browsing import OpenPage, until
from productions_by_hand import NAME, SCRIPT, SETTINGS
from studios_running import studio_of
from test_accessible import faults, is_too_wide

LAN = "Nguyễn Thị Lan, Phó Trưởng đài"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A station of one draft, spoken by the embedded voice, that wants approval."""
    root = tmp_path_factory.mktemp("built")
    (root / "scripts").mkdir()
    (root / "station.toml").write_text(
        SETTINGS.replace("tones", "espeak") + '[publish]\napproval = "official"\n', "utf-8"
    )
    (root / f"scripts/{NAME}.txt").write_text(SCRIPT, "utf-8")
    build(root)
    return root


def build(station: Path) -> None:
    command = typer.main.get_command(app)
    done = CliRunner().invoke(command, ["build", NAME, "--station", str(station)])
    assert done.exit_code == 0, done.output


@pytest.fixture
def station(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "station"))


@pytest.fixture
def first_address(station: Path) -> Iterator[str]:
    with studio_of(station) as address:
        yield address


def screen_of(open_page: OpenPage, address: str, **how: object) -> Page:
    page = open_page(address, **how)
    page.goto(f"{address.partition('?')[0]}programmes/{NAME}/publish")
    ready(page)
    return page


def ready(page: Page) -> None:
    page.locator(".checks").wait_for()
    page.frame_locator("#preview iframe").locator("h1").wait_for()


def record(station: Path) -> dict[str, object]:
    file = station / f"episodes/{NAME}/published/published.json"
    found: dict[str, object] = json.loads(file.read_text("utf-8"))
    return found


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
        page.locator("#preview summary").click()
        assert faults(page) == []
        assert not is_too_wide(page)


def test_it_is_approved_published_changed_approved_again_and_withdrawn(
    station: Path, first_address: str, open_page: OpenPage
) -> None:
    page = screen_of(open_page, first_address)
    page.locator("#by").fill(LAN)
    page.locator("#approve").click()
    page.locator("#publish.main").wait_for()
    assert LAN in page.locator("main").inner_text()
    assert faults(page) == []
    page.locator("#publish").click()
    page.locator("#page.main").wait_for()
    approved = record(station)["approved"]
    assert isinstance(approved, dict)
    assert approved["by"] == LAN
    assert faults(page) == []
    script = station / f"scripts/{NAME}.txt"
    script.write_text(SCRIPT.replace("sớm hơn", "muộn hơn"), "utf-8")
    build(station)
    page.reload()
    ready(page)
    assert "lượt 2: lời đã đổi" in page.locator("#gone").inner_text()
    assert page.locator("#publish").get_attribute("aria-disabled") == "true"
    assert faults(page) == []
    page.locator("#publish").click(force=True)
    assert page.evaluate("document.activeElement.id") == "by"
    assert page.locator("#by").input_value() == LAN
    page.locator("#approve").click()
    page.locator("#publish.main").click()
    page.locator("#page.main").wait_for()
    page.locator("summary", has_text="Gỡ xuống").click()
    page.locator("#withdraw").click()
    page.locator("#publish.main").wait_for()
    assert record(station)["state"] == "withdrawn"


def test_it_is_approved_and_scheduled_by_keys_alone(
    station: Path, first_address: str, open_page: OpenPage
) -> None:
    page = screen_of(open_page, first_address)
    page.locator("#by").focus()
    page.keyboard.insert_text(LAN)
    page.keyboard.press("Control+Enter")
    page.locator("#publish.main").wait_for()
    page.locator("[name=when]").first.focus()
    page.keyboard.press("ArrowDown")
    page.locator("#later:visible").wait_for()
    page.keyboard.press("Control+Enter")
    page.locator("#wrong:visible").wait_for()
    assert "Chọn ngày và giờ" in page.locator("#wrong").inner_text()
    page.locator("#day").fill("2090-01-01")
    page.locator("#hour").fill("07:00")
    page.keyboard.press("Control+Enter")
    page.locator("#later-on").wait_for()
    assert str(record(station)["published"]).startswith("2090-01-01T07:00")
    assert "07:00 ngày 01/01/2090" in page.locator("main").inner_text()
    assert faults(page) == []


def test_a_command_beside_is_seen_by_who_comes_back_to_the_page(
    station: Path, first_address: str, open_page: OpenPage
) -> None:
    page = screen_of(open_page, first_address)
    page.locator("#by").fill("Trần Văn Nam")
    done = CliRunner().invoke(
        typer.main.get_command(app), ["approve", NAME, "--by", LAN, "--station", str(station)]
    )
    assert done.exit_code == 0, done.output
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.locator("#publish.main").wait_for()
    assert LAN in page.locator("main").inner_text()
    assert page.locator("#by").input_value() == "Trần Văn Nam"


@pytest.fixture
def host(station: Path, tmp_path: Path) -> Path:
    """A folder that the station copies feed/ to, as its user allowed."""
    folder = tmp_path / "host"
    folder.mkdir()
    settings = station / "station.toml"
    upload = f'[upload]\nto = "file:{folder}"\ncheck = false\n'
    settings.write_text(settings.read_text("utf-8") + upload, "utf-8")
    workspace = Workspace(station)
    for one in wanted_of_upload(workspace, station_of(workspace)):
        decide(one, allowed=True)
    return folder


def test_it_is_copied_to_its_host_once_it_is_published(
    station: Path, host: Path, first_address: str, open_page: OpenPage
) -> None:
    page = screen_of(open_page, first_address)
    page.locator("#by").fill(LAN)
    page.locator("#approve").click()
    page.locator("#publish.main").wait_for()
    page.locator("#then-upload").check()
    page.locator("#publish").click()
    page.locator("#uploaded:visible").wait_for()
    assert (host / "feed.xml").read_bytes() == (station / "feed/feed.xml").read_bytes()
    assert str(host) in page.locator("#uploaded").inner_text()
    page.locator("#page.main").wait_for()
    assert page.locator(".main.button").count() == 1
    assert faults(page) == []


def test_copying_outlives_its_page_is_watched_by_another_and_stopped(
    station: Path, host: Path, first_address: str, open_page: OpenPage
) -> None:
    page = screen_of(open_page, first_address)
    with uploading(Workspace(station), lambda: None):  # as a command beside has it
        page.locator("#upload").click()
        page.locator("#job-told", has_text="chờ").wait_for()
        assert faults(page) == []
        page.reload()
        page.locator("#job-told", has_text="chờ").wait_for()
        other = screen_of(open_page, first_address)
        other.locator("#stop:visible").click()
        until(page, "document.querySelector('#job').hidden")
        until(other, "document.querySelector('#job').hidden")
    assert list(host.iterdir()) == []
