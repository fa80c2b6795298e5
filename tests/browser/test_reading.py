"""The transcript: read, heard and searched by mouse, by keys, without script; on paper."""

from __future__ import annotations

import io
import re

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from browsing import OpenPage, until
from sites_at_hand import IN_A_TURN, LONG, TURNS, Site


def pressed(page: Page, wanted: str, most: int = 60) -> int:
    """Press Tab until what has the focus answers to a selector; how often it took."""
    for n in range(1, most + 1):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", wanted):
            return n
    raise AssertionError(f"no way to {wanted} within {most} presses")


def test_a_press_on_a_sentence_plays_it(listened: Site, open_page: OpenPage) -> None:
    page = open_page(listened.page("cau-moi"))
    page.get_by_text("Câu thứ 15 nói").click()
    until(page, "!player.paused && player.currentTime > 60 && player.currentTime < 62")
    assert page.locator(".turn [aria-current]").inner_text().startswith("Câu thứ 15 ")


def test_a_sentence_can_be_picked_up_to_copy_without_being_played(
    listened: Site, open_page: OpenPage
) -> None:
    page = open_page(listened.page("cau-moi"))
    box = page.get_by_text("Câu thứ 3 nói").bounding_box()
    assert box
    page.mouse.move(box["x"] + 4, box["y"] + box["height"] - 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 90, box["y"] + box["height"] - 10, steps=5)
    page.mouse.up()
    assert page.evaluate("String(getSelection()).trim().length") > 0
    assert page.evaluate("player.paused && player.currentTime === 0")


def test_each_turn_has_one_way_to_be_heard(listened: Site, open_page: OpenPage) -> None:
    page = open_page(listened.page("cau-moi"))
    controls = page.locator(".turn a, .turn button")
    assert controls.count() == TURNS
    page.get_by_role("link", name="Nghe Ông Đỗ Văn Lâm từ 0:24").click()
    until(page, "!player.paused && Math.abs(player.currentTime - 24) < 2")
    assert page.url == listened.page("cau-moi")


def test_names_are_as_people_say_them(listened: Site, open_page: OpenPage) -> None:
    page = open_page(listened.page("cau-moi"))
    assert set(page.locator(".turn h3").all_inner_texts()) == {
        "Phóng viên Hồng Tú",
        "Ông Đỗ Văn Lâm",
    }


def test_all_can_be_done_by_keys_alone(listened: Site, open_page: OpenPage) -> None:
    page = open_page(listened.page("cau-moi"))
    until(page, "player.readyState > 0")
    assert pressed(page, ".skip") == 1
    assert pressed(page, ".jump a[href='#transcript']") <= 3
    page.keyboard.press("Enter")
    pressed(page, "#search", 3)
    page.keyboard.type("phần số 21")
    assert page.locator("#found").inner_text() == "1 trên 1"
    pressed(page, ".turn .play", 8)
    page.keyboard.press("Enter")
    until(page, "!player.paused")
    assert pressed(page, ".line", 2) <= 2  # where it plays
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    text = page.evaluate("document.activeElement.textContent")
    assert text.startswith("Câu thứ 1 ")
    page.keyboard.press("Enter")
    until(page, "player.currentTime > 4 && player.currentTime < 7")
    # One stop for all sentences: from there it goes on to the next turn's control.
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "play"
    page.keyboard.press("Home")


def test_the_row_of_links_leads_past_everything(listened: Site, open_page: OpenPage) -> None:
    page = open_page(listened.page("cau-moi"))
    for name, place in {
        "Nội dung": "transcript",
        "Các phần": "chapters",
        "Tải về": "downloads",
    }.items():
        page.locator(".jump").get_by_role("link", name=name).click()
        until(page, f"document.getElementById('{place}').getBoundingClientRect().top < innerHeight")
        bar = page.evaluate("document.querySelector('.player').getBoundingClientRect().bottom")
        top = page.evaluate(f"document.getElementById('{place}').getBoundingClientRect().top")
        assert top >= bar - 1
        page.evaluate("scrollTo(0, 0)")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("thôn Đoài", TURNS * IN_A_TURN),
        ("THON DOAI", TURNS * IN_A_TURN),
        ("phần số 7", 1),
        ("phấn số 7", 0),
        ("số 5.", 1),
        ("<mark>", 0),
    ],
)
def test_words_are_found_with_signs_or_without(
    listened: Site, open_page: OpenPage, asked: str, found: int
) -> None:
    page = open_page(listened.page("cau-moi"))
    before = page.locator(".transcript").inner_text()
    page.get_by_role("searchbox", name="Tìm trong nội dung").fill(asked)
    assert page.locator("mark").count() == found
    told = page.locator("#found").inner_text()
    assert told == (f"1 trên {found}" if found else "Không thấy")
    page.locator("#search").fill("")
    assert page.locator("mark").count() == 0
    assert page.locator(".transcript").inner_text() == before


def test_one_goes_from_what_was_found_to_the_next(listened: Site, open_page: OpenPage) -> None:
    page = open_page(listened.page("cau-moi"))
    page.locator("#search").fill("Câu thứ 1")  # 1, 10 to 19
    told, now = page.locator("#found"), page.locator("mark.now")
    assert told.inner_text() == "1 trên 11"
    page.get_by_role("button", name="Tiếp").click()
    assert told.inner_text() == "2 trên 11"
    page.locator("#search").press("Enter")
    page.locator("#search").press("Shift+Enter")
    page.get_by_role("button", name="Trước").click()
    page.get_by_role("button", name="Trước").click()
    assert told.inner_text() == "11 trên 11"
    assert now.count() == 1
    assert now.evaluate("(one) => one.parentNode.textContent").startswith("Câu thứ 19 ")
    box = now.bounding_box()
    assert box and 0 < box["y"] < page.evaluate("innerHeight")


@pytest.mark.parametrize("name", LONG)
def test_guessed_times_are_marked_in_the_page(
    listened: Site, open_page: OpenPage, name: str
) -> None:
    page = open_page(listened.page(name))
    guessed = page.locator("[data-timing=estimated] .line").all_inner_texts()
    assert guessed == [one.text for one in listened.said[name] if one.timing == "estimated"]


def test_without_script_everything_is_there_and_nothing_is_dead(
    listened: Site, open_page: OpenPage
) -> None:
    page = open_page(listened.page("cau-moi"), java_script_enabled=False)
    assert [
        one for one in page.locator("button, select, [role=search]").all() if one.is_visible()
    ] == []
    assert page.locator("audio[controls]").is_visible()
    assert page.locator(".line").count() == TURNS * IN_A_TURN
    assert page.locator(".hint, .kept, .light").filter(visible=True).count() == 0
    play = page.get_by_role("link", name="Nghe Ông Đỗ Văn Lâm từ 0:24")
    address = play.get_attribute("href") or ""
    assert re.search(r"\.mp3#t=24$", address)
    assert page.request.get(listened.page("x").rsplit("/", 1)[0] + "/" + address).ok
    assert page.get_by_label("Địa chỉ trang này").input_value().endswith("/episodes/cau-moi.html")
    page.locator("details.code summary").click()
    assert page.locator("svg.qr").is_visible()
    with page.expect_download() as taken:
        page.locator(".downloads a").first.click()
    assert taken.value.suggested_filename.endswith(".mp3")


def test_the_words_alone_are_one_press_away(listened: Site, open_page: OpenPage) -> None:
    page = open_page(listened.page("cau-moi"))
    address = page.get_by_role("link", name="Dạng chữ").evaluate("(one) => one.href")
    assert address.endswith(".txt")
    assert "Câu thứ 59 nói" in page.request.get(address).text()


def test_on_paper_there_are_the_words_who_speaks_and_which_voice_is_synthetic(
    listened: Site, open_page: OpenPage
) -> None:
    page = open_page(listened.page("lop-boi"), color_scheme="dark")
    page.evaluate("window.print = () => { window.printed = true; }")
    page.get_by_role("button", name="In", exact=True).click()
    assert page.evaluate("printed")
    paper = PdfReader(io.BytesIO(page.pdf(format="A4", print_background=True)))
    assert 2 <= len(paper.pages) <= 5
    text = " ".join(" ".join(sheet.extract_text() for sheet in paper.pages).split())
    for n in range(TURNS * IN_A_TURN):
        assert f"Câu thứ {n} nói" in text
    assert text.count("Giọng tổng hợp") == 1 + TURNS // 2
    assert "http://127.0.0.1:8000/episodes/lop-boi.html" in text
    for left_out in ("Tải về", "Chia sẻ", "Tốc độ", "Sao chép"):
        assert left_out not in text
    page.emulate_media(media="print", color_scheme="dark")
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.line')).color") == "rgb(0, 0, 0)"
    )


def test_the_timeline_is_fetched_when_somebody_opens_it_and_told_in_words(
    listened: Site, open_page: OpenPage
) -> None:
    page = open_page(listened.page("lop-boi"), viewport={"width": 360, "height": 740})
    picture = page.locator(".timeline img")
    assert not picture.evaluate("one => one.complete && one.naturalWidth > 0")
    page.locator(".timeline summary").focus()
    page.keyboard.press("Enter")
    until(page, "document.querySelector('.timeline img').naturalWidth === 1000")
    assert picture.get_attribute("alt") == (
        "Ai nói lúc nào: Phóng viên Hồng Tú 1:51 (giọng đọc tổng hợp); Ông Đỗ Văn Lâm 1:51"
    )
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    until(page, "document.querySelector('.timeline div').scrollLeft > 0")


@pytest.mark.parametrize("name", LONG)
def test_a_page_is_light(listened: Site, open_page: OpenPage, name: str) -> None:
    page = open_page(listened.page(name))
    sizes = [len(page.request.get(listened.page(name)).body())]
    addresses = page.evaluate(
        "[...document.querySelectorAll('script[src], link[rel=stylesheet]')]"
        ".map((one) => one.src || one.href)"
    )
    sizes += [len(page.request.get(address).body()) for address in addresses]
    assert len(sizes) == 3
    assert sum(sizes) < 60_000
