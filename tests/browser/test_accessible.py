"""Every kind of page, narrow and wide, light and dark: no fault that axe knows, nothing cut off."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from browsing import OpenPage, served, until
from sites_at_hand import Site, english_site

AXE = Path(__file__).parents[2] / ".browser/node_modules/axe-core/axe.min.js"
"""Deque's axe-core, from the npm registry: `make browser` brings it."""
KINDS = ("index", "year", "episode", "gone")
WIDTHS = (320, 360, 1280)
VIETNAMESE = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)


def faults(page: Page) -> list[str]:
    """What axe finds, each with the first place where it does."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run().then((all) => all.violations)")
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found]


def is_too_wide(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_has_no_fault(
    listened: Site, open_page: OpenPage, kind: str, width: int, scheme: str
) -> None:
    page = open_page(
        listened.pages[kind], viewport={"width": width, "height": 740}, color_scheme=scheme
    )
    assert faults(page) == []
    assert not is_too_wide(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_in_use_has_no_fault(listened: Site, open_page: OpenPage, scheme: str) -> None:
    page = open_page(
        listened.page("lop-boi"), viewport={"width": 360, "height": 740}, color_scheme=scheme
    )
    page.evaluate("player.currentTime = 42; player.play()")
    until(page, "document.querySelector('[data-timing][aria-current]')")
    page.evaluate("player.pause()")
    page.locator("#search").fill("thôn Đoài")
    page.locator("#here").wait_for()
    page.locator("details.code summary").click()
    assert faults(page) == []
    assert not is_too_wide(page)


def test_pages_in_english_have_no_fault_and_no_other_words(
    tmp_path: Path, open_page: OpenPage
) -> None:
    site = english_site(tmp_path)
    with served(site.folder) as address:
        for kind, place in site.at(address).pages.items():
            page = open_page(place, viewport={"width": 360, "height": 740})
            assert page.evaluate("document.documentElement.lang") == "en"
            assert faults(page) == [], kind
            assert not is_too_wide(page), kind
            # What the site says by itself; titles and words are the station's.
            ours = page.locator("h2, button, summary, label, .jump, .hint, .badge, .facts")
            told = " ".join(ours.all_inner_texts())
            assert not VIETNAMESE.search(told), told


def test_axe_finds_what_is_wrong(listened: Site, open_page: OpenPage) -> None:
    page = open_page(listened.pages["episode"])
    page.evaluate("document.getElementById('speed').parentNode.firstChild.remove()")
    assert [one.split(":")[0] for one in faults(page)] == ["select-name"]


@pytest.mark.parametrize("kind", KINDS)
def test_at_twice_the_size_nothing_is_cut_off_or_hidden(
    listened: Site, open_page: OpenPage, kind: str
) -> None:
    # A window of 1280 × 800 at 200 % is one of 640 × 400 of pixels twice as large.
    page = open_page(
        listened.pages[kind], viewport={"width": 640, "height": 400}, device_scale_factor=2
    )
    assert not is_too_wide(page)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    covered = page.evaluate(
        "document.querySelector('.player')?.getBoundingClientRect().bottom ?? 0"
    )
    assert covered < 400 / 2


def test_the_letters_grow_with_the_reader_s_own_size(listened: Site, open_page: OpenPage) -> None:
    page = open_page(listened.pages["episode"], viewport={"width": 360, "height": 740})
    page.evaluate("document.documentElement.style.setProperty('font-size', '32px')")
    assert not is_too_wide(page)


def test_the_year_has_its_pictures(listened: Site, open_page: OpenPage) -> None:
    page = open_page(listened.pages["year"])
    entries = page.locator(".listed li")
    assert entries.count() == page.locator(".listed li img").count() == 33
    until(page, "document.querySelector('.listed img').naturalWidth > 0")
