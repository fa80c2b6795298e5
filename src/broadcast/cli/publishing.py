"""Commands that bring episodes to listeners: publish, withdraw, status, feed, serve."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from threading import Event
from typing import TYPE_CHECKING, Annotated

import typer

from broadcast.cli.app import StationOption, command, episode_named, station_here
from broadcast.cli.console import (
    Telling,
    aligned,
    make_table,
    out,
    print_error,
    print_json,
    print_problem,
)
from broadcast.cli.help import help_text
from broadcast.cli.interface import text_of
from broadcast.errors import BroadcastError, UsageError
from broadcast.messages import Message, counted
from broadcast.messages.rendering import clock

if TYPE_CHECKING:
    from rich.table import Table

    from broadcast.production.desk.status import EpisodeState

_GIVEN = (
    Message("published.audio", "audio"),
    Message("published.transcript", "transcript"),
    Message("published.page", "page"),
    Message("published.feed", "feed"),
)
NameArgument = Annotated[
    str, typer.Argument(metavar="NAME", help=help_text("option.name", "The episode's name."))
]


@command(
    "publish",
    help_text("command.publish", "Give listeners the draft: freeze it and put it into feed/."),
)
def publish_(
    name: NameArgument,
    at: Annotated[
        str | None,
        typer.Option(
            "--at",
            metavar="TIME",
            help=help_text("option.at", "Publication time, such as 2025-09-06T07:00."),
        ),
    ] = None,
    station: StationOption = None,
) -> None:
    from broadcast.production.public.publish import publish

    workspace = station_here(station)
    name = episode_named(name)
    with Telling() as telling:
        given = publish(workspace, name, _time(at), datetime.now().astimezone(), telling)
    console = out()
    title = given.episode.title
    if given.changed:
        console.say(Message("published", "Published {name}: {title}", name=name, title=title))
    else:
        console.say(
            Message(
                "published.already",
                "Listeners have this draft of {name} already: {title}",
                name=name,
                title=title,
            )
        )
    if given.waits:
        comes = Message(
            "published.waits",
            "It comes into the feed on {at:moment}:\nrun broadcast feed at or after that time.",
            at=given.episode.published.astimezone().isoformat(),
        )
        console.say(comes, indent=2)
        return
    files = (given.audio, given.transcript, given.page, given.feed)
    for label, file in zip(aligned(_GIVEN), files, strict=True):
        console.write(f"  {label}  {workspace.relative(file)}")
    console.say(
        Message(
            "published.listen",
            "To listen: broadcast serve, then open http://127.0.0.1:8000/ in a browser.",
        )
    )


@command(
    "withdraw",
    help_text(
        "command.withdraw", "Take an episode out of the feed; its draft and its identity are kept."
    ),
)
def withdraw_(name: NameArgument, station: StationOption = None) -> None:
    from broadcast.production.public.publish import withdraw

    workspace = station_here(station)
    name = episode_named(name)
    with Telling() as telling:
        changed = withdraw(workspace, name, datetime.now().astimezone(), telling)
    if changed:
        told = Message("withdrawn", "{name} is withdrawn: listeners no longer find it.", name=name)
    else:
        told = Message(
            "withdrawn.before", "{name} was withdrawn before; nothing changed.", name=name
        )
    out().say(told)


@command(
    "status",
    help_text(
        "command.status",
        "Show every episode: drafts, what is published, and what waits to be published again.",
    ),
)
def status_(
    as_json: Annotated[
        bool, typer.Option("--json", help=help_text("option.json", "Print one JSON document."))
    ] = False,
    station: StationOption = None,
) -> None:
    from broadcast.production.desk.status import status

    episodes = status(station_here(station), datetime.now().astimezone())
    if as_json:
        print_json({"episodes": [episode.document() for episode in episodes]})
    elif not episodes:
        out().say(
            Message("status.empty", "Nothing is built yet. Begin with: broadcast build scripts/…")
        )
    else:
        out().show(_table_of(episodes))
    damaged = [episode.damage for episode in episodes if episode.damage]
    for error in damaged:
        print_error(error)
    if damaged:
        raise typer.Exit(BroadcastError.exit_status)


def _table_of(episodes: Sequence[EpisodeState]) -> Table:
    table = make_table(
        Message("column.episode", "episode"),
        Message("column.length", "length"),
        Message("column.draft", "draft"),
        Message("column.listeners-have", "listeners have"),
        right=(1,),
    )
    for episode in episodes:
        length = clock(episode.duration_ms) if episode.duration_ms is not None else "–"
        draft, listeners = text_of(_draft_told(episode)), text_of(_listeners_told(episode))
        table.add_row(episode.name, length, draft, listeners)
    return table


def _draft_told(episode: EpisodeState) -> Message:
    if episode.damage:
        return Message("draft.damaged", "damaged")
    if episode.draft is None:
        return Message("draft.none", "none")
    if episode.published is None:
        return Message("draft.not-published", "not published yet")
    if episode.is_newer_than_published:
        return Message("draft.newer", "newer than published")
    return Message("draft.as-published", "as published")


def _listeners_told(episode: EpisodeState) -> Message:
    published = episode.published
    if published is None:
        return Message("listeners.nothing", "nothing")
    if published.state == "withdrawn":
        return Message("listeners.withdrawn", "nothing: withdrawn")
    at = published.published.astimezone().isoformat()
    if episode.waits:
        return Message("listeners.nothing-before", "nothing before {at:moment}", at=at)
    return Message("listeners.since", "it since {at:moment}", at=at)


@command(
    "feed", help_text("command.feed", "Write feed/ again from what is published, or check it.")
)
def feed_(
    check: Annotated[
        bool, typer.Option("--check", help=help_text("option.check", "Only check what is there."))
    ] = False,
    station: StationOption = None,
) -> None:
    from broadcast.production.public.feed import check_site, write_feed

    workspace = station_here(station)
    console = out()
    if check:
        problems = check_site(workspace)
        for problem in problems:
            print_problem(console, "feed/feed.xml", problem)
        if any(problem.level == "error" for problem in problems):
            raise typer.Exit(1)
        if problems:
            console.say(Message("feed.no-errors", "No errors."))
        else:
            console.say(Message("feed.in-order", "The feed is in order."))
        return
    with Telling() as telling:
        count = write_feed(workspace, datetime.now().astimezone(), telling)
    console.say(
        counted(
            "feed.written",
            "feed/feed.xml has {count} episode.",
            "feed/feed.xml has {count} episodes.",
            count=count,
        )
    )


@command(
    "serve", help_text("command.serve", "Preview feed/ on this machine; nobody else can reach it.")
)
def serve_(
    port: Annotated[
        int,
        typer.Option(
            "--port",
            min=0,
            max=65535,
            metavar="N",
            help=help_text("option.port", "At which port; 0 takes a free one."),
        ),
    ] = 8000,
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
        Event().wait()


def _time(text: str | None) -> datetime | None:
    if text is None:
        return None
    from broadcast.feed.published import YEARS

    try:
        time = datetime.fromisoformat(text).replace(microsecond=0)
        here = time.astimezone()
        if time.year not in YEARS:
            raise ValueError
    except (ValueError, OverflowError):
        raise UsageError(
            Message("publish.no-time", "{text!r} is not a time.", text=text),
            hint=Message("publish.no-time.hint", "Write it as 2025-09-06T07:00."),
        ) from None
    # A zone that was given is kept: the day that listeners read is the day there.
    return time if time.tzinfo else here
