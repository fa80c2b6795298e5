"""Commands that bring episodes to listeners: publish, withdraw, status, feed, serve."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from broadcast.cli.app import StationOption, command, episode_named, station_here
from broadcast.cli.console import (
    agreed,
    err,
    on_terminal,
    out,
    print_json,
    print_problem,
)
from broadcast.cli.help import WholeNumber, help_text
from broadcast.cli.telling import Telling
from broadcast.errors import OutsideError, UsageError
from broadcast.messages import Message, counted

if TYPE_CHECKING:
    from broadcast.workspace import Workspace

NamesArgument = Annotated[
    list[str],
    typer.Argument(metavar="NAME", help=help_text("option.names", "The episodes' names.")),
]
ClockOption = Annotated[
    bool,
    typer.Option(
        "--yes", help=help_text("option.yes.clock", "This computer's clock is right: do not ask.")
    ),
]


@command(
    "publish",
    help_text("command.publish", "Give listeners the draft: freeze it and put it into feed/."),
)
def publish_(
    names: NamesArgument,
    at: Annotated[
        str | None,
        typer.Option(
            "--at",
            metavar="TIME",
            help=help_text("option.at", "Publication time: 7:00 6/9/2025, or 2025-09-06T07:00."),
        ),
    ] = None,
    yes: Annotated[
        bool,
        typer.Option(
            "--yes",
            help=help_text(
                "option.yes.publish",
                "Do not ask: this computer's clock is right, and what is doubtful is published.",
            ),
        ),
    ] = False,
    force: Annotated[
        bool,
        typer.Option(
            "--force",
            help=help_text("option.force.publish", "Publish in spite of errors; it is recorded."),
        ),
    ] = False,
    upload: Annotated[
        bool,
        typer.Option(
            "--upload",
            help=help_text("option.upload", "Then copy feed/ to the host: broadcast upload."),
        ),
    ] = False,
    station: StationOption = None,
) -> None:
    from broadcast.cli.before_publishing import looked_at
    from broadcast.cli.published import tell_published
    from broadcast.cli.typed_time import moment_typed
    from broadcast.production.public.publish import publish_all

    workspace, now = station_here(station), datetime.now().astimezone()
    wanted = [episode_named(name) for name in names]
    time = None if at is None else moment_typed(at)
    right = yes or _is_said_right(workspace, now)
    looked = looked_at(workspace, wanted, time, now, agrees=yes)
    with Telling() as telling:
        done = publish_all(
            workspace,
            looked.names,
            time,
            now,
            telling,
            clock_is_right=right,
            force=force,
            seen=looked.seen,
        )
    try:
        tell_published(workspace, replace(done, refused={**looked.refused, **done.refused}))
    finally:  # one that was refused keeps no other from its listeners
        if upload and done.outcomes:
            from broadcast.cli.uploading import upload_now

            upload_now(workspace)


@command(
    "withdraw",
    help_text(
        "command.withdraw", "Take an episode out of the feed; its draft and its identity are kept."
    ),
)
def withdraw_(names: NamesArgument, station: StationOption = None) -> None:
    from broadcast.cli.published import tell_withdrawn
    from broadcast.production.public.withdraw import withdraw_all

    workspace = station_here(station)
    wanted = [episode_named(name) for name in names]
    with Telling() as telling:
        done = withdraw_all(workspace, wanted, datetime.now().astimezone(), telling)
    tell_withdrawn(workspace, done)


@command(
    "status",
    help_text(
        "command.status",
        "Show every episode: drafts, what is published, and what waits to be published again.",
    ),
)
def status_(
    withdrawn_too: Annotated[
        bool,
        typer.Option("--all", help=help_text("option.all", "Withdrawn episodes too.")),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help=help_text("option.json", "Print one JSON document."))
    ] = False,
    station: StationOption = None,
) -> None:
    from broadcast.cli.episode_table import show_episodes, tell_unreadable
    from broadcast.production.desk.status import status

    with Telling() as telling:
        episodes = status(station_here(station), datetime.now().astimezone(), telling)
    if as_json:
        print_json({"episodes": [episode.document() for episode in episodes]})
    else:
        show_episodes(episodes, withdrawn_too=withdrawn_too)
    tell_unreadable(episodes)


@command(
    "feed", help_text("command.feed", "Write feed/ again from what is published, or check it.")
)
def feed_(
    check: Annotated[
        bool, typer.Option("--check", help=help_text("option.check", "Only check what is there."))
    ] = False,
    url: Annotated[
        bool,
        typer.Option(
            "--url",
            help=help_text("option.url", "With --check: what listeners get on the web."),
        ),
    ] = False,
    removed: Annotated[
        bool,
        typer.Option(
            "--removed",
            help=help_text("option.removed", "List what went from feed/, a path a line."),
        ),
    ] = False,
    deleted: Annotated[
        bool,
        typer.Option(
            "--done", help=help_text("option.done", "With --removed: it is deleted on the host.")
        ),
    ] = False,
    adopt: Annotated[
        str | None,
        typer.Option(
            "--adopt",
            metavar="FEED.xml",
            help=help_text(
                "option.adopt", "Take over the guids of a feed that was with another host."
            ),
        ),
    ] = None,
    host_files: Annotated[
        bool,
        typer.Option(
            "--host-files",
            help=help_text(
                "option.host-files",
                "Write rules for Apache, nginx, Netlify and Cloudflare beside feed/.",
            ),
        ),
    ] = False,
    yes: ClockOption = False,
    station: StationOption = None,
) -> None:
    from broadcast.cli.web_host import list_left_on_host, note_deleted_on_host, tell_left_on_host
    from broadcast.production.public.check_site import check_site
    from broadcast.production.public.feed import write_feed

    workspace, now = station_here(station), datetime.now().astimezone()
    console = out()
    if deleted and not removed:
        raise UsageError(Message("feed.done-alone", "--done goes with --removed."))
    if url and not check:
        raise UsageError(Message("feed.url-alone", "--url goes with --check."))
    if adopt is not None:
        from broadcast.cli.adopting import adopt_feed

        adopt_feed(workspace, adopt, now, yes=yes)
        return
    if host_files:
        from broadcast.cli.web_host import write_files_for_host

        write_files_for_host(workspace)
        return
    if removed:
        (note_deleted_on_host if deleted else list_left_on_host)(workspace)
        return
    if check:
        with Telling() as telling:
            if url:
                from broadcast.production.public.check_live import check_live, public_address

                where = public_address(workspace)
                problems = check_live(workspace, now, telling)
            else:
                where = "feed/feed.xml"
                problems = check_site(workspace, now, telling)
        for problem in problems:
            print_problem(console, where, problem)
        if any(problem.level == "error" for problem in problems):
            raise typer.Exit(1)
        if problems:
            console.say(Message("feed.no-errors", "No errors."))
        else:
            console.say(Message("feed.in-order", "The feed is in order."))
        return
    right = yes or _is_said_right(workspace, now)
    with Telling() as telling:
        count = write_feed(workspace, now, telling, clock_is_right=right)
    console.say(
        counted(
            "feed.written",
            "feed/feed.xml has {count} episode.",
            "feed/feed.xml has {count} episodes.",
            count=count,
        )
    )
    tell_left_on_host(workspace)


def _is_said_right(workspace: Workspace, now: datetime) -> bool:
    """Ask on a terminal about a clock that leapt; False where there was nothing to ask, or nobody.

    Raises OutsideError when the user says that it is wrong.
    """
    from broadcast.production.public.feed import leap_of_clock

    leap = leap_of_clock(workspace, now) if on_terminal() else None
    if leap is None:
        return False
    err().say(leap)
    if agreed(Message("clock.right", "Is this computer's clock right?")):
        return True
    raise OutsideError(
        Message("clock.wrong", "Nothing was changed: this computer's clock is wrong."),
        hint=Message("clock.wrong.hint", "Set it, then try again."),
    )


@command(
    "serve", help_text("command.serve", "Preview feed/ on this machine; nobody else can reach it.")
)
def serve_(
    port: Annotated[
        int | None,
        typer.Option(
            "--port",
            click_type=WholeNumber(0, 65535),
            metavar="N",
            help=help_text("option.port", "At which port: 8000 if it is free. 0 takes a free one."),
        ),
    ] = None,
    station: StationOption = None,
) -> None:
    from broadcast.production.public.preview import preview

    workspace = station_here(station)
    with preview(workspace, port) as shown, suppress(KeyboardInterrupt):
        console = out()
        console.say(
            Message(
                "serve.at",
                "Listen at {address} (the feed is {feed}).",
                address=shown.address,
                feed=shown.address + "feed.xml",
            )
        )
        if shown.public != shown.address:
            console.say(
                Message(
                    "serve.public",
                    "The feed sends podcast programs to {address} for the audio.",
                    address=shown.public,
                )
            )
        console.say(Message("serve.until", "Only this machine can reach it. Ctrl-C ends it."))
        while True:
            time.sleep(3600)  # woken by Ctrl-C, on every system
