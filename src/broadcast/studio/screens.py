"""A screen's values → its page, with every word of a script kept words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, JSONResponse

from broadcast.errors import BroadcastError
from broadcast.messages.rendering import Renderer, clock
from broadcast.studio.hear_words import HEAR_WORDS
from broadcast.studio.safety import Keys
from broadcast.studio.words import STAGES, WORDS
from broadcast.workspace import Workspace

FOLDER = Path(__file__).parent
_WRONG = 422


@dataclass(frozen=True, slots=True)
class Screens:
    """Makes the pages of one station's studio, in one language."""

    workspace: Workspace
    renderer: Renderer
    keys: Keys
    environment: Environment

    @classmethod
    def of(cls, workspace: Workspace, renderer: Renderer, keys: Keys) -> Screens:
        """Give what makes the pages."""
        environment = Environment(
            loader=FileSystemLoader(FOLDER / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.globals.update(
            say=renderer.text,
            words={
                name: renderer.text(message) for name, message in {**WORDS, **HEAR_WORDS}.items()
            },
            stages=STAGES,
            clock=clock,
            moment=renderer.moment,
            language=renderer.tag,
            change=keys.change,
        )
        return cls(workspace, renderer, keys, environment)

    def page(self, template: str, values: Mapping[str, object], status: int = 200) -> HTMLResponse:
        """Give a page, or a part of one."""
        return HTMLResponse(self.environment.get_template(template).render(values), status)

    def text(self, template: str, values: Mapping[str, object]) -> str:
        """Give a part of a page as text."""
        return self.environment.get_template(template).render(values)

    def told(self, error: BroadcastError, status: int = _WRONG) -> JSONResponse:
        """Give what went wrong to the page that asked for it."""
        hint = self.renderer.text(error.hint) if error.hint else ""
        told = self.renderer.text(error.message)
        return JSONResponse({"told": told, "hint": hint, "code": error.message.code}, status)
