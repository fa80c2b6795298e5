"""A draft's own listening page and its entry in the feed, as listeners would get them today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from html import unescape

from lxml import etree
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from broadcast.feed.addresses import FEED, page_at
from broadcast.feed.served_types import type_of
from broadcast.production.desk.read_station import station_of
from broadcast.production.public.foreseen import Foreseen, foreseen
from broadcast.studio.names import name_asked
from broadcast.studio.safety import IS_PREVIEW, POLICY
from broadcast.studio.screens import Screens
from broadcast.workspace import Workspace

_LENGTH = "{http://www.itunes.com/dtds/podcast-1.0.dtd}duration"


@dataclass(frozen=True, slots=True)
class DraftPreview:
    """What the preview answers."""

    workspace: Workspace
    screens: Screens

    @property
    def routes(self) -> list[Route]:
        """The addresses of the preview: those below feed/, for each programme anew."""
        return [
            Route("/programmes/{name}/preview", self.page),
            Route("/programmes/{name}/entry", self.entry),
            Route("/programmes/{name}/preview/{path:path}", self.file),
        ]

    def page(self, request: Request) -> Response:
        """Lead to the draft's page, which finds all it shows beside it."""
        name = name_asked(request)
        return self._to_page(name)

    def file(self, request: Request) -> Response:
        """Give what would lie at a place below feed/; what leads elsewhere leads to the page."""
        name, path = name_asked(request), request.path_params["path"]
        seen = self._of(name)
        found = seen.file(path)
        if found is None and path in ("", "index.html"):
            return self._to_page(name)
        if found is None:
            raise HTTPException(404)
        headers = {POLICY: IS_PREVIEW}
        if isinstance(found, bytes):
            return Response(found, headers={**headers, "content-type": type_of(path)})
        return FileResponse(found, headers=headers, media_type=type_of(path))

    def entry(self, request: Request) -> Response:
        """Show the entry as a podcast program reads it out of the feed."""
        name = name_asked(request)
        item = etree.fromstring(self._of(name).file(FEED)).find("channel/item")
        told = unescape(item.findtext("description") or "")
        values = {
            "name": name,
            "title": item.findtext("title"),
            "at": parsedate_to_datetime(item.findtext("pubDate")).astimezone().isoformat(),
            "length_ms": int(item.findtext(_LENGTH) or 0) * 1000,
            "lines": [line for line in told.split("\n") if line],
        }
        return self.screens.page("entry.html", values)

    def _to_page(self, name: str) -> Response:
        return RedirectResponse(f"/programmes/{name}/preview/{page_at(name)}", 303)

    def _of(self, name: str) -> Foreseen:
        now = datetime.now().astimezone()
        return foreseen(self.workspace, station_of(self.workspace), name, now)
