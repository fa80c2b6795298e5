"""A station's studio asked in this process, as its own pages ask it."""

from __future__ import annotations

from pathlib import Path

from starlette.testclient import TestClient

from broadcast.messages.rendering import ENGLISH, Renderer
from broadcast.studio.app import studio
from broadcast.studio.jobs import Jobs
from broadcast.studio.safety import CHANGE_HEADER, Keys
from broadcast.workspace import Workspace
from productions_by_hand import NAME, SCRIPT, SETTINGS

KEYS = Keys(8010)
ORIGIN = "http://127.0.0.1:8010"
OWN_PAGE = {"origin": ORIGIN, CHANGE_HEADER: KEYS.change}


def small_station(folder: Path) -> Workspace:
    """Write a station of one script."""
    (folder / "scripts").mkdir(parents=True)
    (folder / "station.toml").write_text(SETTINGS.replace("tones", "espeak"), "utf-8")
    (folder / f"scripts/{NAME}.txt").write_text(SCRIPT, "utf-8")
    return Workspace(folder)


def stranger(
    workspace: Workspace, renderer: Renderer = ENGLISH, jobs: Jobs | None = None
) -> TestClient:
    """Give a browser that was not let in; ``jobs`` is the studio's long work."""
    app = studio(workspace, renderer, KEYS, jobs or Jobs())
    return TestClient(app, base_url=ORIGIN, follow_redirects=False)


def browser_in(
    workspace: Workspace, renderer: Renderer = ENGLISH, jobs: Jobs | None = None
) -> TestClient:
    """Give a browser that opened the first address."""
    client = stranger(workspace, renderer, jobs)
    assert client.get(f"/?token={KEYS.token}").status_code == 303
    return client
