"""The hear screen: a programme as it sounds, turn by turn, with the takes of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from broadcast.cache import key_of
from broadcast.errors import BroadcastError, UsageError
from broadcast.messages import Message
from broadcast.model import Turn
from broadcast.production.booth import found_as_known, ready_words, takes_of, turn_named
from broadcast.production.booth.waiting_recordings import WAITING_FILE
from broadcast.production.desk.draft import DRAFT_FILE, Draft, read_draft
from broadcast.production.desk.draft_record import LoudnessFacts
from broadcast.production.desk.heard import HEARD_FILE, heard_of
from broadcast.production.desk.inputs import Inputs
from broadcast.production.desk.programmes import programme
from broadcast.production.making.orders import Orders
from broadcast.studio.hear_map import LANE_PX, LOUD_PX, TOP_PX, programme_map
from broadcast.studio.hear_rows import hear_rows
from broadcast.studio.hear_takes import takes_shown
from broadcast.studio.inputs_at_hand import InputsAtHand
from broadcast.studio.jobs import Jobs
from broadcast.studio.names import name_asked
from broadcast.studio.quiet import Quiet
from broadcast.studio.screens import Screens
from broadcast.studio.waiting_screen import WaitingScreen
from broadcast.studio.wav_pieces import stretches, wav_of
from broadcast.workspace import Workspace


@dataclass(frozen=True, slots=True)
class HearScreen:
    """What the hear screen answers, but for changes."""

    workspace: Workspace
    screens: Screens
    jobs: Jobs
    at_hand: InputsAtHand
    waiting: WaitingScreen
    _readied: dict[str, str] = field(default_factory=dict)

    @property
    def routes(self) -> list[Route]:
        """The screen's addresses."""
        return [
            Route("/programmes/{name}/hear", self.show),
            Route("/programmes/{name}/hear/seen", self.seen),
            Route("/programmes/{name}/turns/{turn}", self.turn),
            Route("/programmes/{name}/turns/{turn}/sound/{number:int}/{sound}", self.sound),
            Route("/programmes/{name}/turns/{turn}/piece/{number:int}", self.piece),
        ]

    def show(self, request: Request) -> Response:
        """Show a programme as it is heard, and what each turn needs next."""
        name = name_asked(request)
        inputs = self.at_hand.of(name)
        self._ready_words(inputs)
        draft = _draft(self.workspace, name)
        found = found_as_known(inputs, Quiet())
        rows = hear_rows(inputs, found, draft, heard_of(self.workspace, name))
        record = draft.record if draft else None
        state = programme(self.workspace, name, datetime.now().astimezone(), Quiet())
        job = self.jobs.of(name)
        asked_ms = record.asked.running_time_ms if record else None
        wanted_ms = inputs.station.sound.running_time_ms if asked_ms is None else asked_ms
        interview = [row for row in rows if row.turn.kind == "turn"]
        real = sum(row.is_real for row in interview)
        values = {
            "show": inputs.station.show.title,
            "name": name,
            "seen": self._seen(inputs),
            "title": inputs.script.title or name,
            "day": inputs.script.front.date or "",
            "stage": state.stage if state else "unbuilt",
            "draft": draft,
            "sound": record.digests[record.files.audio] if record else "",
            "length_ms": record.duration_ms if record else None,
            "over": _over(record.duration_ms, wanted_ms) if record and wanted_ms else None,
            "wanted_ms": wanted_ms or 0,
            "share": 100 * wanted_ms // max(wanted_ms, record.duration_ms)
            if record and wanted_ms
            else 100,
            "map": programme_map(draft, rows) if draft else None,
            "measured": _measured(record.loudness.get("podcast")) if record else None,
            "decimal": self.screens.renderer.text(Message("number.decimal", ".")),
            "lane": {"height": LANE_PX, "top": TOP_PX, "loud": LOUD_PX},
            "rows": rows,
            "turns": len(interview),
            "real": real,
            "heard": sum(row.is_heard and row.is_built for row in rows),
            "follows": draft is not None and all(row.is_built for row in rows),
            "job_told": job is not None and not job.is_over,
            "waiting": self.waiting.values(inputs),
            "problems": [one for one in found.problems if one.whose is None],
        }
        return self.screens.page("hear.html", values)

    def seen(self, request: Request) -> Response:
        """Tell whether anything is as it was, so that a page notices what was done elsewhere."""
        name = name_asked(request)
        job = self.jobs.of(name)
        at_work = job is not None and not job.is_over
        return JSONResponse({"seen": self._seen(self.at_hand.of(name)), "at_work": at_work})

    def _seen(self, inputs: Inputs) -> str:
        draft = self.workspace.draft(inputs.name)
        waiting = self.workspace.waiting(inputs.name)
        files = (draft / DRAFT_FILE, draft / HEARD_FILE, waiting / WAITING_FILE)
        stamps = [one.stat().st_mtime_ns if one.is_file() else 0 for one in files]
        return key_of(sorted(inputs.stamps.items()), stamps)

    def _ready_words(self, inputs: Inputs) -> None:
        """Make ready, once for a script, what the first take that is dropped would wait for."""
        words = key_of([turn.text for turn in inputs.standing.turns])
        if self._readied.get(inputs.name) != words:
            self._readied[inputs.name] = words
            name = f"{inputs.name}/words"
            self.jobs.start(name, lambda job: ready_words(inputs, job), beside=True)

    def turn(self, request: Request) -> Response:
        """Show one turn opened: its takes side by side, its seams and its sentences."""
        name = name_asked(request)
        inputs = self.at_hand.of(name)
        turn = _turn(inputs, request)
        draft = _draft(self.workspace, name)
        found = found_as_known(inputs, Quiet())
        rows = hear_rows(inputs, found, draft, heard_of(self.workspace, name))
        at = next(place for place, row in enumerate(rows) if row.turn.id == turn.id)
        row = rows[at]
        values = {
            "name": name,
            "row": row,
            "takes": takes_shown(inputs, row, draft),
            "before": rows[at - 1] if at else None,
            "after": rows[at + 1] if at + 1 < len(rows) else None,
        }
        return self.screens.page("hear_turn.html", values)

    def sound(self, request: Request) -> Response:
        """Give a take as listeners would hear it; number 0 is the synthetic voice."""
        name = name_asked(request)
        inputs = self.at_hand.of(name)
        turn = _turn(inputs, request)
        number = int(request.path_params["number"]) or None
        orders = Orders(now=datetime.now().astimezone(), new_guid=str(uuid4()))
        from broadcast.production.making.auditions import audition

        file = audition(inputs, turn, number, _draft(self.workspace, name), orders, Quiet())
        return FileResponse(file, media_type="audio/wav")

    def piece(self, request: Request) -> Response:
        """Give a stretch of a take's files as they were recorded, to hear where to cut them."""
        inputs = self.at_hand.of(name_asked(request))
        number = request.path_params["number"]
        take = next(
            (t for t in takes_of(inputs, _turn(inputs, request)) if t.number == number), None
        )
        try:
            places = int(request.query_params["from"]), int(request.query_params["to"])
        except (KeyError, ValueError):
            raise HTTPException(404) from None
        if take is None or take.recording is None:
            raise HTTPException(404)
        return Response(
            wav_of(stretches(take.files, take.lengths_ms, *places)), media_type="audio/wav"
        )


def _turn(inputs: Inputs, request: Request) -> Turn:
    try:
        return turn_named(inputs, str(request.path_params["turn"]))
    except UsageError as error:
        raise HTTPException(404) from error


def _draft(workspace: Workspace, name: str) -> Draft | None:
    """Give a draft; one that is damaged is heard nowhere: the board says so."""
    try:
        return read_draft(workspace.draft(name))
    except BroadcastError:
        return None


def _measured(loudness: LoudnessFacts | None) -> Message | None:
    """Say how loud the programme is, and whether that is as it shall be."""
    if loudness is None:
        return None
    lufs, peak = loudness.integrated_lufs, loudness.true_peak_dbtp
    if loudness.passes:
        return Message(
            "studio.hear.passes",
            "loudness {lufs:.1f} LUFS, peak {peak:.1f} dBTP: passes",
            lufs=lufs,
            peak=peak,
        )
    return Message(
        "studio.hear.fails",
        "loudness {lufs:.1f} LUFS, peak {peak:.1f} dBTP: does not pass",
        lufs=lufs,
        peak=peak,
    )


def _over(length_ms: int, wanted_ms: int) -> Message | None:
    """Say by how much a programme misses its running time."""
    missed_ms = length_ms - wanted_ms
    if abs(missed_ms) < 500:
        return None
    if missed_ms > 0:
        return Message("studio.hear.over", "{length:clock} over", length=missed_ms)
    return Message("studio.hear.under", "{length:clock} under", length=-missed_ms)
