"""The player: steps, speed, where one was, the system's keys, the small copy, passing it on."""

from __future__ import annotations

import io
from pathlib import Path
from urllib.parse import urljoin

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page

from browsing import OpenPage, until
from sites_at_hand import SECONDS, Site

SPARES = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } });"
SESSION = """
  window.handlers = {};
  window.positions = [];
  MediaSession.prototype.setActionHandler = (action, handler) => { handlers[action] = handler; };
  MediaSession.prototype.setPositionState = (state) => { positions.push(state); };
"""


def ready(page: Page) -> None:
    until(page, "player.readyState > 0")


def at(page: Page) -> float:
    until(page, "!player.seeking")
    return float(page.evaluate("player.currentTime"))


def test_fifteen_seconds_back_and_on(listened: Site, open_page: OpenPage) -> None:
    page = open_page(listened.page("cau-moi"))
    ready(page)
    page.get_by_role("button", name="Tới 15 giây").click()
    page.get_by_role("button", name="Tới 15 giây").click()
    assert at(page) == pytest.approx(30, abs=0.1)
    page.get_by_role("button", name="Lùi 15 giây").click()
    assert at(page) == pytest.approx(15, abs=0.1)
    for _ in range(2):
        page.get_by_role("button", name="Lùi 15 giây").click()
    assert at(page) < 0.1
    page.evaluate(f"player.currentTime = {SECONDS - 5}")
    page.get_by_role("button", name="Tới 15 giây").click()
    assert SECONDS - 1 < at(page) <= SECONDS


def test_the_speed_is_kept_for_the_next_page(listened: Site, open_page: OpenPage) -> None:
    page = open_page(listened.page("cau-moi"))
    page.get_by_label("Tốc độ").select_option("1.25")
    assert page.evaluate("player.playbackRate") == 1.25
    page.goto(listened.page("cho-que"))
    ready(page)
    assert page.get_by_label("Tốc độ").input_value() == "1.25"
    assert page.evaluate("player.playbackRate") == 1.25


def test_where_one_was_is_kept_told_and_can_be_forgotten(
    listened: Site, open_page: OpenPage
) -> None:
    page = open_page(listened.page("cau-moi"))
    ready(page)
    assert page.locator(".kept").is_hidden()
    page.evaluate("player.currentTime = 83; player.play()")
    until(page, "player.currentTime > 83.2")
    page.reload()
    ready(page)
    assert at(page) == pytest.approx(83.3, abs=1)
    told = page.locator(".kept")
    assert "Trình duyệt này còn nhớ chỗ quý vị nghe đến: 1:23." in told.inner_text()
    page.get_by_role("button", name="Xóa ghi nhớ").click()
    assert "Đã xóa." in told.inner_text()
    assert page.evaluate("localStorage.length") == 0
    page.reload()
    ready(page)
    assert at(page) == 0
    assert told.is_hidden()


def test_what_was_heard_to_its_end_begins_anew(listened: Site, open_page: OpenPage) -> None:
    page = open_page(listened.page("cau-moi"))
    ready(page)
    page.evaluate(f"player.currentTime = {SECONDS - 0.5}; player.play()")
    until(page, "player.ended")
    page.reload()
    ready(page)
    assert at(page) == 0


def test_a_browser_that_keeps_nothing_plays_all_the_same(
    listened: Site, open_page: OpenPage
) -> None:
    closed = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } });"
    page = open_page(listened.page("cau-moi"), closed)
    page.evaluate("player.play()")
    until(page, "player.currentTime > 0.5")


def test_the_system_shows_title_picture_and_chapter_and_its_keys_work(
    listened: Site, open_page: OpenPage
) -> None:
    page = open_page(listened.page("cau-moi"), SESSION)
    page.evaluate("handlers.play()")
    until(page, "player.currentTime > 0.2")
    page.evaluate("handlers.seekto({ seekTime: 50 })")
    assert at(page) == pytest.approx(50, abs=0.5)
    shown = page.evaluate(
        "(({ title, artist, album, artwork }) => [title, artist, album, artwork[0].src])"
        "(navigator.mediaSession.metadata)"
    )
    assert shown[:3] == ["Cầu mới qua sông Vân, kỳ 1", "Tiếng nói Mũi Sò", "Câu hỏi 2"]
    assert page.request.get(shown[3]).headers["content-type"].startswith("image/")
    page.evaluate("handlers.pause()")
    assert page.evaluate("player.paused")
    before = at(page)
    page.evaluate("handlers.seekforward({})")
    assert at(page) == pytest.approx(before + 15, abs=0.1)
    page.evaluate("handlers.seekbackward({ seekOffset: 10 })")
    assert at(page) == pytest.approx(before + 5, abs=0.1)
    page.evaluate("handlers.nexttrack()")
    assert at(page) == pytest.approx(96, abs=0.5)
    page.evaluate("handlers.previoustrack()")
    assert at(page) == pytest.approx(48, abs=0.5)
    assert page.evaluate("positions.at(-1).duration") == pytest.approx(SECONDS, abs=0.5)


@pytest.mark.parametrize(("fragment", "seconds"), [("#t=83.5", 83.5), ("#t=7", 7), ("#t=x", 0)])
def test_a_link_to_a_moment_leads_there(
    listened: Site, open_page: OpenPage, fragment: str, seconds: float
) -> None:
    page = open_page(listened.page("cau-moi") + fragment)
    ready(page)
    until(page, f"Math.abs(player.currentTime - {seconds}) < 0.2")
    if seconds:
        marked = page.locator(".turn [aria-current]")
        assert marked.inner_text().startswith(f"Câu thứ {int(seconds // 4)} ")
        until(
            page,
            "(() => { const box = document.querySelector('.turn [aria-current]')"
            ".getBoundingClientRect(); return box.top > 0 && box.bottom < innerHeight; })()",
        )


def test_a_link_to_a_moment_goes_before_where_one_was(listened: Site, open_page: OpenPage) -> None:
    page = open_page(listened.page("cau-moi"))
    page.evaluate("localStorage.setItem(`listened:${location.pathname}`, '200')")
    page.goto(listened.page("cau-moi") + "#t=30")
    page.reload()
    ready(page)
    until(page, "Math.abs(player.currentTime - 30) < 0.2")


def test_this_moment_can_be_copied_and_sent(listened: Site, open_page: OpenPage) -> None:
    spy = "navigator.share = async (what) => { window.sent = what; };"
    page = open_page(
        listened.page("cau-moi"), spy, permissions=["clipboard-read", "clipboard-write"]
    )
    ready(page)
    page.evaluate("player.currentTime = 65")
    page.get_by_role("button", name="Sao chép liên kết tới chỗ đang nghe").click()
    page.get_by_role("button", name="Đã sao chép").wait_for()
    wanted = listened.page("cau-moi") + "#t=65"
    assert page.evaluate("navigator.clipboard.readText()") == wanted
    page.get_by_role("button", name="Chia sẻ…").click()
    assert page.evaluate("sent") == {"title": "Cầu mới qua sông Vân, kỳ 1", "url": wanted}


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("index", ["http://127.0.0.1:8000/feed.xml", "http://127.0.0.1:8000/"]),
        ("episode", ["http://127.0.0.1:8000/episodes/cau-moi.html"]),
    ],
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_reads_the_codes(
    listened: Site, open_page: OpenPage, kind: str, codes: list[str], scheme: str
) -> None:
    page = open_page(listened.pages[kind], color_scheme=scheme, device_scale_factor=2)
    read = []
    for code in page.locator("details.code").all():
        code.locator("summary").click()
        picture = Image.open(io.BytesIO(code.screenshot()))
        read += [found.text for found in zxingcpp.read_barcodes(picture)]
    assert read == codes


def test_the_small_copy_is_played_where_data_is_dear_and_its_size_is_told(
    listened: Site, open_page: OpenPage
) -> None:
    page = open_page(listened.page("cau-moi"), SPARES)
    assert page.evaluate("player.preload") == "none"
    assert (
        page.locator(".light")
        .inner_text()
        .startswith("Để tiết kiệm dữ liệu, trang phát bản nhẹ (1,0 MB).")
    )
    page.evaluate("player.play()")
    until(page, "player.currentTime > 0.5")
    assert page.evaluate("player.currentSrc").endswith("cau-moi-nhe.mp3")
    page.get_by_role("button", name="Phát bản đầy đủ (2,9 MB)").click()
    until(page, "!player.currentSrc.endsWith('nhe.mp3') && player.currentTime > 0.5")
    assert page.locator(".light").is_hidden()


def test_who_does_not_spare_hears_the_full_copy(listened: Site, open_page: OpenPage) -> None:
    page = open_page(listened.page("cau-moi"))
    ready(page)
    assert not page.evaluate("player.currentSrc").endswith("nhe.mp3")
    assert page.locator(".light").is_hidden()


def test_one_goes_on_to_the_episode_before_and_the_one_after(
    listened: Site, open_page: OpenPage
) -> None:
    page = open_page(listened.page("cho-que"))
    page.locator("a[rel=prev]").click()
    assert page.url == listened.page("cau-moi")
    page.locator("a[rel=next]").click()
    assert page.url == listened.page("cho-que")


def test_only_one_is_heard_at_a_time(listened: Site, open_page: OpenPage) -> None:
    page = open_page(listened.pages["index"])
    page.evaluate("(async () => { for (const one of [...document.querySelectorAll('audio')]"
                  ".slice(0, 2)) await one.play(); })()")  # fmt: skip
    assert page.evaluate(
        "[...document.querySelectorAll('audio')].slice(0, 2).map((one) => one.paused)"
    ) == [True, False]


def test_a_page_opened_from_the_folder_works_too(listened: Site, open_page: OpenPage) -> None:
    place: Path = listened.folder / "episodes" / "cau-moi.html"
    page = open_page(urljoin("file:", place.as_posix()))
    assert page.locator(".controls").is_visible()
    page.evaluate("player.play()")
    until(page, "player.currentTime > 0.5")
