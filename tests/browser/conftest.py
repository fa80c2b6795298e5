"""A site as listeners have it, served on this machine, and Debian's Chromium to listen with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from browsing import OpenPage, served
from sites_at_hand import Site, made_site

CHROMIUM = "/usr/bin/chromium"
"""Debian's: apt-get install --no-install-recommends chromium. Where it is missing, tests fail."""
MOST_WAIT_MS = 15_000


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--autoplay-policy=no-user-gesture-required", "--mute-audio"],
        )


@pytest.fixture(scope="session")
def listened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site, which no test changes."""
    folder = tmp_path_factory.mktemp("site")
    site = made_site(folder)
    with served(site.folder) as address:
        yield site.at(address)


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Open an address in a browser of its own; whatever it complains of fails the test.

    ``refused``: what the page asks may be refused, which a browser complains of.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(address: str, before: str = "", refused: bool = False, **how: object) -> Page:
        contexts.append(browser.new_context(**how))  # type: ignore[arg-type]
        page = contexts[-1].new_page()
        page.set_default_timeout(MOST_WAIT_MS)
        house = "/".join(address.split("/")[:3]) + "/"
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda told: (
                told.type == "error"
                and not (refused and "422" in told.text)
                and complaints.append(told.text)
            ),
        )
        page.on(
            "request",
            lambda asked: (
                asked.url.startswith((house, "data:")) or complaints.append(f"asks for {asked.url}")
            ),
        )
        if before:
            page.add_init_script(before)
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []
