"""A station → the studio that a browser shows: its screens behind its guard."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from broadcast.errors import BroadcastError, UsageError
from broadcast.messages.rendering import Renderer
from broadcast.studio.board import Board
from broadcast.studio.hear_screen import HearScreen
from broadcast.studio.hearing import Hearing
from broadcast.studio.inputs_at_hand import InputsAtHand
from broadcast.studio.jobs import Jobs
from broadcast.studio.preview import DraftPreview
from broadcast.studio.publish_screen import PublishScreen
from broadcast.studio.safety import Guard, Keys
from broadcast.studio.screens import FOLDER, Screens
from broadcast.studio.script_screen import ScriptScreen
from broadcast.studio.settings_screen import SettingsScreen
from broadcast.studio.take_changes import TakeChanges
from broadcast.studio.understood import Understanding
from broadcast.studio.uploading import Uploading
from broadcast.studio.waiting_screen import WaitingScreen
from broadcast.studio.words import REFUSED, WORDS
from broadcast.workspace import Workspace


def studio(workspace: Workspace, renderer: Renderer, keys: Keys, jobs: Jobs) -> ASGIApp:
    """Give a station's studio: ``renderer`` says its words, ``jobs`` is its long work."""
    screens = Screens.of(workspace, renderer, keys)
    understanding = Understanding(workspace)
    at_hand = InputsAtHand(workspace)
    waiting = WaitingScreen(workspace, screens, jobs, at_hand)

    def told(request: Request, error: Exception) -> Response:
        assert isinstance(error, BroadcastError)
        if request.method == "POST":
            return screens.told(error)
        status = 404 if isinstance(error, UsageError) else 500
        return screens.page("wrong.html", {"told": error.placed, "hint": error.hint}, status)

    def not_here(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if request.method == "POST":
            return JSONResponse({"told": renderer.text(WORDS["not_here"]), "hint": ""}, 404)
        wrong = {"told": WORDS["not_here"], "hint": None}
        return screens.page("wrong.html", wrong, error.status_code)

    app = Starlette(
        routes=[
            *Board(workspace, screens, understanding, jobs).routes,
            *ScriptScreen(workspace, screens, understanding, jobs).routes,
            *Hearing(workspace, screens, jobs).routes,
            *HearScreen(workspace, screens, jobs, at_hand, waiting).routes,
            *TakeChanges(workspace, screens, jobs, at_hand).routes,
            *waiting.routes,
            *PublishScreen(workspace, screens, understanding, jobs).routes,
            *DraftPreview(workspace, screens).routes,
            *SettingsScreen(workspace, screens).routes,
            *Uploading(workspace, screens, jobs).routes,
            Mount("/files", StaticFiles(directory=FOLDER / "files")),
        ],
        exception_handlers={BroadcastError: told, HTTPException: not_here},
    )
    return Guard(app, keys, renderer.text(REFUSED))
