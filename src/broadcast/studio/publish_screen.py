"""The screen on which a programme is looked through, approved by name, published and withdrawn."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from broadcast.errors import BroadcastError, UsageError
from broadcast.feed.addresses import page_at, this_machine, url
from broadcast.messages import Message
from broadcast.model import Problem
from broadcast.production.desk.approval import Approval, holds, read_approval
from broadcast.production.desk.draft import Draft, read_draft
from broadcast.production.desk.draft_record import DraftRecord
from broadcast.production.desk.episode_facts import contents_of
from broadcast.production.desk.programmes import Programme, programme
from broadcast.production.desk.read_station import station_of
from broadcast.production.desk.status import EpisodeState
from broadcast.production.public.approve import MOST_NAME, approve, changed_since, is_needed
from broadcast.production.public.feed import write_feed
from broadcast.production.public.publish import publish_all
from broadcast.production.public.withdraw import withdraw
from broadcast.station import Station
from broadcast.studio.checklist import checks_of
from broadcast.studio.incoming import fields_of
from broadcast.studio.jobs import Jobs
from broadcast.studio.names import name_asked
from broadcast.studio.quiet import Quiet
from broadcast.studio.safety import POLICY, SHOWS_PREVIEW
from broadcast.studio.screens import Screens
from broadcast.studio.understood import Understanding
from broadcast.studio.uploading import UPLOAD
from broadcast.workspace import Workspace

_REFUSED = 422


@dataclass(slots=True)
class _Noting(Quiet):
    """A reporter that keeps what keeps a programme from its listeners."""

    problems: list[Problem] = field(default_factory=list)

    def problem(self, file: Path, problem: Problem) -> None:
        self.problems.append(problem)


@dataclass(frozen=True, slots=True)
class PublishScreen:
    """What the screen answers."""

    workspace: Workspace
    screens: Screens
    understanding: Understanding
    jobs: Jobs

    @property
    def routes(self) -> list[Route]:
        """The screen's addresses."""
        return [
            Route("/programmes/{name}/publish", self.show),
            Route("/programmes/{name}/checks", self.checks),
            Route("/programmes/{name}/approve", self.approve, methods=["POST"]),
            Route("/programmes/{name}/publish", self.publish, methods=["POST"]),
            Route("/programmes/{name}/withdraw", self.withdraw, methods=["POST"]),
            Route("/feed", self.feed, methods=["POST"]),
        ]

    def show(self, request: Request) -> Response:
        """Show what stands between a draft and its listeners."""
        name, now = name_asked(request), _now()
        station, draft = station_of(self.workspace), read_draft(self.workspace.draft(name))
        found = programme(self.workspace, name, now, Quiet())
        if found is None:
            raise HTTPException(404)
        if draft is None:
            values = {"show": station.show.title, "name": name, "title": self._title(found)}
            return self.screens.page("not_built.html", values)
        assert found.state is not None
        approval = read_approval(self.workspace, name)
        shown: dict[str, object] = {
            "show": station.show.title,
            "name": name,
            "stage": found.stage,
            "draft": contents_of(draft),
            "record": draft.record,
            **_approval_told(station, draft, approval),
            **_published_told(station, found.state),
            **self._upload_told(station),
        }
        answer = self.screens.page("publish.html", shown)
        answer.headers[POLICY] = SHOWS_PREVIEW
        return answer

    def checks(self, request: Request) -> Response:
        """Show what is to be looked at; recordings are listened to for it, which takes a moment."""
        name = name_asked(request)
        station = station_of(self.workspace)
        found = checks_of(self.workspace, station, name, self.understanding, _now())
        return self.screens.page("checks.html", {"name": name, "checks": found})

    async def approve(self, request: Request) -> Response:
        """Keep on record who approves the draft that the page shows."""
        given, name = await fields_of(request), name_asked(request)
        record = self._seen(name, given)
        done = await run_in_threadpool(
            approve, self.workspace, name, given.get("by", ""), _now(), Quiet(), seen=record
        )
        return JSONResponse({"by": done.approval.by})

    async def publish(self, request: Request) -> Response:
        """Publish the draft that the page shows, at once or at a set time."""
        given, name = await fields_of(request), name_asked(request)
        record, at, noted = self._seen(name, given), _at(given), _Noting()
        done = await run_in_threadpool(
            publish_all,
            self.workspace,
            (name,),
            at,
            _now(),
            noted,
            clock_is_right=given.get("clock") == "right",
            seen={name: record},
        )
        if name in done.refused:
            return self._refused(done.refused[name], noted)
        return JSONResponse({"waits": done.outcomes[0].waits})

    async def withdraw(self, request: Request) -> Response:
        """Take the programme out of the feed."""
        name = name_asked(request)
        await run_in_threadpool(withdraw, self.workspace, name, _now(), Quiet())
        return JSONResponse({})

    async def feed(self, request: Request) -> Response:
        """Bring feed/ up to date: what was due comes, or goes."""
        right = (await fields_of(request)).get("clock") == "right"
        await run_in_threadpool(write_feed, self.workspace, _now(), Quiet(), clock_is_right=right)
        return JSONResponse({})

    def _title(self, found: Programme) -> str:
        """Give the title of a programme without a draft: as it was published, else as written."""
        if found.state is not None:
            return found.state.title or found.name
        if found.script is not None:
            with suppress(BroadcastError):
                return self.understanding.of(found.script).script.title or found.name
        return found.name

    def _seen(self, name: str, given: dict[str, str]) -> DraftRecord:
        """Give the draft's record if it is the one that the page shows; else raise."""
        draft = read_draft(self.workspace.draft(name))
        if draft is None or contents_of(draft) != given.get("draft"):
            raise BroadcastError(
                Message("publish.built-meanwhile", "{name} was built again meanwhile.", name=name),
                hint=Message("studio.publish.look-again", "Look through it as it is now."),
            )
        return draft.record

    def _refused(self, error: BroadcastError, noted: _Noting) -> Response:
        text = self.screens.renderer.text
        given = {
            "told": text(error.placed),
            "hint": text(error.hint) if error.hint else "",
            "code": error.message.code,
            "problems": [text(problem.placed) for problem in noted.problems],
        }
        return JSONResponse(given, _REFUSED)

    def _upload_told(self, station: Station) -> dict[str, object]:
        job = self.jobs.of(UPLOAD)
        return {
            "upload_to": station.upload.to,
            "uploads": job is not None and not job.is_over,
        }


def _now() -> datetime:
    return datetime.now().astimezone()


def _at(given: dict[str, str]) -> datetime | None:
    """Read the time that a page gives, on this machine's clock; none: at once."""
    if not (written := given.get("at", "")):
        return None
    try:
        return datetime.fromisoformat(written).astimezone()
    except (ValueError, OverflowError):
        raise UsageError(
            Message("studio.publish.no-such-time", "There is no such time: {at}", at=written)
        ) from None


def _approval_told(station: Station, draft: Draft, approval: Approval | None) -> dict[str, object]:
    """Give who approved the draft, whether somebody has to, and what changed since."""
    needed = is_needed(station.approval, draft.record)
    standing = approval is not None and holds(approval, draft)
    changed = changed_since(approval, draft.record) if approval and not standing else ()
    return {
        "needed": needed,
        "why": _WHY[station.approval] if needed else _WHY["off"],
        "approval": approval,
        "approved_at": approval.at.astimezone().isoformat() if approval else "",
        "is_approved": standing,
        "changed": changed,
        "may_publish": standing or not needed,
        "most_name": MOST_NAME,
    }


_WHY = {
    "off": Message(
        "studio.approve.free",
        "This station lets this programme be published without approval; it can be approved all "
        "the same.",
    ),
    "official": Message(
        "studio.approve.official",
        "A synthetic voice says a guest's words: this station publishes that only with approval.",
    ),
    "all": Message("studio.approve.all", "This station publishes nothing without approval."),
}


def _published_told(station: Station, state: EpisodeState) -> dict[str, object]:
    """Give what listeners have of the programme, and when they have it."""
    published = state.published
    is_out = published is not None and published.state == "published"
    return {
        "is_out": is_out,
        "is_newer": state.is_newer_than_published or not is_out,
        "waits": state.waits,
        "due": state.due,
        "published_at": published.published.astimezone().isoformat() if published else "",
        "was_out": published is not None,
        "page": url(station.show, page_at(state.name)) if is_out else "",
        "only_here": this_machine(station.show),
        "told_only_here": Message(
            "studio.publish.only-here",
            "Nobody else can hear it yet: the show's public address is this machine.",
        ),
    }
