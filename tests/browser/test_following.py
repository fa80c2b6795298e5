"""What is heard is marked and in sight, unless its reader scrolled away."""

from __future__ import annotations

import random
from typing import Any

import pytest
from playwright.sync_api import Page

from broadcast.model import TranscriptSentence
from browsing import OpenPage, until
from sites_at_hand import LONG, SECONDS, Site

NOW = """() => {
  const now = document.querySelector(".turn [aria-current]");
  const box = now.getBoundingClientRect();
  return { at: player.currentTime, text: now.textContent.trim(), top: box.top, bottom: box.bottom,
           bar: document.querySelector(".player").getBoundingClientRect().bottom,
           height: innerHeight, marked: document.querySelectorAll(".turn [aria-current]").length };
}"""
# It is marked for what is heard now, and the page has come to rest.
SETTLED = """async (at) => {
  const wait = () => new Promise((done) => requestAnimationFrame(done));
  for (let last = NaN, still = 0; still < 20; last = scrollY) {
    await wait();
    still = scrollY === last && !player.seeking && player.currentTime >= at + 0.3 ? still + 1 : 0;
  }
}"""


def heard_at(said: tuple[TranscriptSentence, ...], seconds: float) -> str:
    """What is to be marked: a sentence, or the stretch whose times are no more than guessed."""
    n = max(n for n, one in enumerate(said) if one.start_ms <= seconds * 1000)
    first = last = n
    if said[n].timing == "estimated":
        while first and said[first - 1].timing == "estimated" and same(said, first - 1, n):
            first -= 1
        while (
            last + 1 < len(said)
            and said[last + 1].timing == "estimated"
            and same(said, last + 1, n)
        ):
            last += 1
    return " ".join(one.text for one in said[first : last + 1])


def same(said: tuple[TranscriptSentence, ...], one: int, other: int) -> bool:
    return said[one].turn == said[other].turn


def now(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(NOW)
    return found


@pytest.mark.parametrize("name", LONG)
def test_what_is_heard_is_marked_and_in_sight_at_any_time(
    listened: Site, open_page: OpenPage, name: str
) -> None:
    page = open_page(listened.page(name), viewport={"width": 390, "height": 740})
    page.evaluate("player.play()")
    said, chance = listened.said[name], random.Random(name)
    for _ in range(20):
        at = chance.uniform(1, SECONDS - 3)
        page.evaluate("(at) => { player.currentTime = at }", at)
        page.evaluate(SETTLED, at)
        found = now(page)
        # The browser tells the time four times a second.
        wanted = {heard_at(said, found["at"]), heard_at(said, found["at"] - 0.3)}
        assert found["text"] in wanted, at
        assert found["marked"] == 1
        assert found["top"] >= found["bar"] - 1, at
        assert found["top"] < found["height"] * 0.9, at
    assert len(said) == page.locator(".line").count()


def test_a_reader_who_scrolled_away_is_left_there_and_brought_back_on_asking(
    listened: Site, open_page: OpenPage
) -> None:
    page = open_page(listened.page("cau-moi"), viewport={"width": 390, "height": 740})
    page.evaluate("player.currentTime = 121; player.play()")
    page.evaluate(SETTLED, 121)
    back = page.get_by_role("button", name="Về chỗ đang phát")
    assert back.is_hidden()
    page.mouse.move(200, 600)
    page.mouse.wheel(0, -5000)
    back.wait_for()
    page.evaluate("player.currentTime = 135")
    page.evaluate(SETTLED, 135)
    assert now(page)["top"] > 740
    assert page.evaluate("scrollY") < 1000
    back.click()
    page.evaluate(SETTLED, 135)
    found = now(page)
    assert found["bar"] - 1 <= found["top"] < 740
    assert back.is_hidden()
    page.evaluate("player.currentTime = 181")
    page.evaluate(SETTLED, 181)
    assert now(page)["top"] < 740  # it goes along again


def test_a_reader_who_scrolls_back_to_it_by_hand_is_followed_again(
    listened: Site, open_page: OpenPage
) -> None:
    page = open_page(listened.page("cau-moi"), viewport={"width": 390, "height": 740})
    page.evaluate("player.currentTime = 61; player.play()")
    page.evaluate(SETTLED, 61)
    page.mouse.move(200, 600)
    page.mouse.wheel(0, -3000)
    page.locator("#here").wait_for()
    page.evaluate(
        "document.querySelector('.turn [aria-current]').scrollIntoView({block: 'center'})"
    )
    page.locator("#here").wait_for(state="hidden")


def test_nothing_moves_the_page_while_nothing_is_played(
    listened: Site, open_page: OpenPage
) -> None:
    page = open_page(listened.page("cau-moi"))
    until(page, "player.readyState > 0")
    page.evaluate("player.currentTime = 150")
    until(page, "document.querySelector('.turn [aria-current]')")
    assert page.evaluate("scrollY") == 0


def test_who_wants_no_motion_is_brought_there_at_once(listened: Site, open_page: OpenPage) -> None:
    page = open_page(listened.page("cau-moi"), reduced_motion="reduce")
    page.evaluate("""() => {
      window.asked = [];
      const by = window.scrollBy.bind(window);
      window.scrollBy = (how) => { asked.push(how.behavior); by(how); };
      player.currentTime = 150; player.play();
    }""")
    page.evaluate(SETTLED, 150)
    assert set(page.evaluate("asked")) == {"instant"}
