"""The station's settings: the show, people and their voices, pauses, music, how words are said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from broadcast.cache import key_of
from broadcast.errors import BroadcastError
from broadcast.messages import Message
from broadcast.model import Role
from broadcast.model.naming import role_name
from broadcast.production.desk.read_station import station_of
from broadcast.production.desk.take_in_file import MOST_BYTES, take_in_cover, take_in_music
from broadcast.production.voicing.lexicon_rows import lexicon_rows
from broadcast.production.voicing.say_line import say_line
from broadcast.production.voicing.voices import engine_named, voices_of
from broadcast.production.voicing.write_settings import ELSEWHERE, settings_seen, write_settings
from broadcast.station import Station
from broadcast.station.voices import ROLES
from broadcast.studio.incoming import fields_of, incoming_folder, received
from broadcast.studio.quiet import Quiet
from broadcast.studio.screens import Screens
from broadcast.studio.settings_fields import (
    APPROVAL,
    FIELDS,
    MUSIC,
    PAUSES,
    SHOW,
    SettingField,
    changes_in,
)
from broadcast.workspace import Workspace

_MOST_SAID = 300
_ENDING = ".mp3"


@dataclass(frozen=True, slots=True)
class VoicesOffered:
    """The voices that an engine of the station's has for its language, by what they are called.

    ``by_role`` are those that the station gives to who has none of their own, and what the engine
    does where it gives none.
    """

    engine: str
    names: tuple[str, ...]
    by_role: tuple[tuple[Role, str, str], ...]


@dataclass(frozen=True, slots=True)
class SettingsScreen:
    """What the screen answers."""

    workspace: Workspace
    screens: Screens

    @property
    def routes(self) -> list[Route]:
        """The screen's addresses."""
        return [
            Route("/station", self.show),
            Route("/station", self.write, methods=["POST"]),
            Route("/station/say", self.say, methods=["POST"]),
            Route("/station/said/{key}", self.said),
            Route("/station/file/{name}", self.bring, methods=["POST"]),
            Route("/station/file/{name}", self.file),
        ]

    def show(self, request: Request) -> Response:
        """Show the settings as they stand."""
        seen = settings_seen(self.workspace)
        station = station_of(self.workspace)
        values = {
            "show": station.show.title,
            "seen": seen,
            "language_of_show": station.show.language,
            "show_fields": self._shown(SHOW, station),
            "pause_fields": self._shown(PAUSES, station),
            "music_fields": self._shown(MUSIC, station),
            "approval": (APPROVAL, station.approval),
            "people": station.people,
            "roles": [(role, role_name(role)) for role in ROLES],
            "role_names": {role: role_name(role) for role in ROLES},
            "voices": list(_voices(self.workspace, station)),
            "rows": lexicon_rows(self.workspace.lexicon_file),
        }
        return self.screens.page("station.html", values)

    async def write(self, request: Request) -> Response:
        """Write what was changed, or tell at each field why it cannot be."""
        given = await fields_of(request)
        seen = given.pop("seen", "")
        changes, unread = changes_in(given)
        try:
            wrong = await run_in_threadpool(
                write_settings, self.workspace, changes, seen, Quiet(), unread
            )
        except BroadcastError as error:
            if error.message.code != ELSEWHERE:
                raise
            return JSONResponse({"elsewhere": self._told(error), "wrong": {}})
        return JSONResponse({"wrong": {name: self._told(error) for name, error in wrong.items()}})

    async def say(self, request: Request) -> Response:
        """Say a line in a voice, and give where it is heard."""
        given = await fields_of(request)
        text = " ".join(given.get("text", "").split())[:_MOST_SAID]
        voice, engine = given.get("voice") or None, given.get("engine") or None
        station = station_of(self.workspace)
        key = key_of("say", text, voice, engine, settings_seen(self.workspace))
        await run_in_threadpool(
            say_line,
            self.workspace,
            station,
            text,
            self._said(key),
            Quiet(),
            voice=voice,
            engine=engine,
            offline=station.offline,
        )
        return JSONResponse({"address": f"/station/said/{key}"})

    def said(self, request: Request) -> Response:
        """Give a line that was said."""
        key: str = request.path_params["key"]
        if not key.isalnum() or not (file := self._said(key)).is_file():
            raise HTTPException(404)
        return FileResponse(file, media_type="audio/mpeg")

    async def bring(self, request: Request) -> Response:
        """Take music or a cover into the station, and give what it is called there."""
        field = _file_asked(request)
        take_in = take_in_cover if field.key == "cover" else take_in_music
        named = Path((request.query_params.get("file") or "").replace("\\", "/").rpartition("/")[2])
        incoming = incoming_folder(self.workspace)
        async with received(request, incoming, named, MOST_BYTES) as file:
            place = await run_in_threadpool(take_in, self.workspace, file, named.name, Quiet())
        return JSONResponse({"file": place}, 201)

    def file(self, request: Request) -> Response:
        """Give a piece of the station's music, or its cover."""
        file = _file_asked(request).file_in(station_of(self.workspace))
        if file is None or not file.is_file():
            raise HTTPException(404)
        return FileResponse(file)

    def _said(self, key: str) -> Path:
        return self.workspace.root / ".broadcast" / "said" / f"{key}{_ENDING}"

    def _shown(
        self, fields: Sequence[SettingField], station: Station
    ) -> list[tuple[SettingField, str]]:
        """Give each field with what stands in it; a file by its place in the station."""
        decimal = self.screens.renderer.text(Message("number.decimal", "."))
        found = []
        for field in fields:
            value = field.shown(station, decimal)
            if field.kind == "file":
                file = field.file_in(station)
                value = self.workspace.relative(file) if file else ""
            found.append((field, value))
        return found

    def _told(self, error: BroadcastError) -> str:
        text = self.screens.renderer.text
        return " ".join([text(error.message), *([text(error.hint)] if error.hint else [])])


def _file_asked(request: Request) -> SettingField:
    field = FIELDS.get(request.path_params["name"])
    if field is None or field.kind != "file":
        raise HTTPException(404)
    return field


def _voices(workspace: Workspace, station: Station) -> Iterator[VoicesOffered]:
    """Give the voices of each engine that the station names and that has several."""
    language = station.show.language
    for name in station.engines:
        try:
            engine = engine_named(name, workspace, station)
            found = engine.voices()
        except (BroadcastError, ImportError):  # it is not here, which the doctor tells
            continue
        names = tuple(
            one.name
            for one in found
            if not one.missing and (one.speaks(language) or not one.language)
        )
        if len(names) > 1:
            given, usual = voices_of(station, engine).by_role, engine.declares.by_role
            by_role = tuple(
                (role, ", ".join(given.get(role, ())), ", ".join(usual.get(role, ())))
                for role in ROLES
            )
            yield VoicesOffered(name, names, by_role)
