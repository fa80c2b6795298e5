"""A folder on the loopback, and how tests wait in its pages for what must come."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page

from broadcast.feed.serve import serve

MOST_WAIT_S = 15
OpenPage = Callable[..., Page]


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder and give its address, for as long as the context lasts."""
    server = serve(folder, 0)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.url
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def until(page: Page, condition: str, most_s: float = MOST_WAIT_S) -> None:
    """Wait until a condition, written as script, holds in the page; fail where it never does.

    Playwright's own way evaluates text in the page, which its policy forbids.
    """
    came = page.evaluate(f"""async () => {{
      const last = performance.now() + {most_s * 1000};
      while (!({condition})) {{
        if (performance.now() > last) return false;
        await new Promise((done) => setTimeout(done, 20));
      }}
      return true;
    }}""")
    assert came, f"never so: {condition}"
