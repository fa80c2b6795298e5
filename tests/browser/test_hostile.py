"""Whatever somebody writes into any field comes out as text: nothing of it runs, nothing turns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec.structs import replace as changed
from playwright.sync_api import Browser

from broadcast.feed.published import PublishedPerson
from broadcast.model import ChapterMark, Credit, Show, TranscriptSentence
from browsing import OpenPage, served
from feeds_by_hand import Shelf, withdrawn
from timelines_by_hand import SHOW

RAN = "window.ran = true"
TRICKS = (
    f"<script>{RAN}</script>",
    f"</title></script><script>{RAN}</script>",
    f'"><img src=x onerror="{RAN}">',
    f"' onmouseover='{RAN}' autofocus onfocus='{RAN}",
    f"]]><svg onload={RAN}>",
    f"javascript:{RAN}",
    "{clock} {speaker} %s ${ran}",
    "ph\u202eường\u202c \u2066trái\u2069",
)
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def shown(trick: str) -> str:
    """A trick as listeners read it: whole, in the order in which it was written."""
    return trick.translate(dict.fromkeys(map(ord, TURNING)))


@pytest.fixture(params=range(len(TRICKS)))
def trick(request: pytest.FixtureRequest) -> str:
    return TRICKS[request.param]


@pytest.fixture
def address(trick: str, tmp_path: Path) -> Iterator[str]:
    """A site that says the trick in every field that somebody fills in."""
    shelf, site = Shelf(tmp_path / "shelf"), tmp_path / "feed"
    said = tuple(
        TranscriptSentence(
            f"turn-{n}", f"{trick} {n}", f"{trick} lời {n}", n * 100, n * 100 + 90, timing, False
        )
        for n, timing in enumerate(("exact", "estimated"))
    )
    episode = changed(
        shelf.episode(sentences=said),
        title=f"Tên {trick}",
        description=f"Bài {trick}\n\nBáo {trick}",
        disclosure=f"Báo {trick}",
        people=(PublishedPerson(f"Ông {trick}", "official", f"chức {trick}"),),
        credits=(Credit(name=f"Người làm {trick}", part="producer"),),
        chapters=(ChapterMark(0, f"Đầu {trick}"), ChapterMark(100, f"Sau {trick}")),
    )
    others = [
        changed(shelf.episode("truoc", day=-1), title=f"Trước {trick}"),
        changed(withdrawn(shelf.episode("gỡ".replace("ỡ", "o"), day=-2)), title=trick),
    ]
    show: Show = replace(
        SHOW, title=f"Kênh {trick}", author=f"Đài {trick}", description=f"Về {trick}"
    )
    shelf.write(site, episode, *others, show=show)
    with served(site) as at:
        yield at


def test_what_is_written_is_shown_and_never_run(
    trick: str, address: str, open_page: OpenPage
) -> None:
    page = open_page(address + "episodes/nam-moi.html")
    page.locator("#search").fill(shown(trick)[:9])
    page.mouse.move(100, 300)
    text = " ".join(page.locator("main").inner_text().split())
    for field in ("Kênh", "Tên", "Bài", "Báo", "Ông", "chức", "Người làm", "Đầu", "Sau", "Trước"):
        assert f"{field} {' '.join(shown(trick).split())}" in text, field
    for n in range(2):
        assert page.locator(".line").nth(n).inner_text() == f"{shown(trick)} lời {n}"
    assert page.title() == f"Tên {shown(trick)} · Kênh {shown(trick)}"
    page.evaluate("player.play()")
    page.evaluate("new Promise((done) => { player.onended = done; player.onpause = done; })")
    assert page.evaluate("navigator.mediaSession.metadata.title") == f"Tên {shown(trick)}"
    for place in ("episodes/nam-moi.html", "index.html", "episodes/go.html"):
        page.goto(address + place)
        assert page.evaluate("window.ran") is None
        assert page.evaluate(f"/[{TURNING}]/.test(document.documentElement.outerHTML)") is False
        own = {"SCRIPT": 2 if "nam-moi" in place else 1, "IFRAME": 0, "OBJECT": 0}
        for kind, count in own.items():
            assert page.evaluate(f"document.getElementsByTagName('{kind}').length") == count
        assert page.evaluate(
            "[...document.querySelectorAll('*')].some((one) => [...one.attributes].some("
            "(each) => each.name.startsWith('on') || each.name === 'style' || "
            "(each.name === 'href' && each.value.trim().startsWith('javascript'))))"
        ) is False  # fmt: skip


def test_a_script_that_got_in_would_not_run(browser: Browser, tmp_path: Path) -> None:
    shelf, site = Shelf(tmp_path / "shelf"), tmp_path / "feed"
    shelf.write(site, shelf.episode())
    file = site / "episodes" / "nam-moi.html"
    whole = file.read_text("utf-8")
    file.write_text(whole.replace("</main>", f"<script>{RAN}</script></main>"), "utf-8")
    page = browser.new_page()
    page.goto(f"file://{file}")
    assert page.evaluate("window.ran") is None
    assert page.evaluate("document.documentElement.className") == "live"  # our own does
    page.close()
