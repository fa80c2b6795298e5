"""What came of publishing, withdrawing and writing the feed → what the producer is told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from broadcast.cli.console import Screen, aligned, out, print_error
from broadcast.cli.web_host import tell_left_on_host
from broadcast.messages import Message, counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadcast.errors import BroadcastError
    from broadcast.production.public.publish import Outcome, Published
    from broadcast.production.public.withdraw import Withdrawn
    from broadcast.workspace import Workspace

_GIVEN = (
    Message("published.audio", "audio"),
    Message("published.transcript", "transcript"),
    Message("published.page", "page"),
    Message("published.feed", "feed"),
)


def tell_published(workspace: Workspace, done: Published) -> None:
    """Say what listeners have now; what could not be published gives the exit status."""
    console = out()
    alone = len(done.outcomes) + len(done.refused) == 1
    for given in done.outcomes:
        _tell(console, given)
        if alone and not given.waits:
            files = (given.audio, given.transcript, given.page, given.feed)
            for label, file in zip(aligned(_GIVEN), files, strict=True):
                console.write(f"  {label}  {workspace.relative(file)}")
    if not alone:
        console.say(
            counted(
                "published.several",
                "{count} of {all} episodes is published: feed/feed.xml",
                "{count} of {all} episodes are published: feed/feed.xml",
                count=len(done.outcomes),
                all=len(done.outcomes) + len(done.refused),
            )
        )
    if done.outcomes and done.only_on:
        console.say(
            Message(
                "published.only-here",
                "Nobody else can hear it yet: base_url in station.toml is this machine ({host}).\n"
                "Write the address of your web host there, then: broadcast feed",
                host=done.only_on,
            )
        )
    if done.outcomes and done.samples:
        from broadcast.production.desk.sample_values import OWN_VALUES

        console.say(done.samples)
        console.say(OWN_VALUES, indent=2)
    if any(not given.waits for given in done.outcomes):
        from broadcast.production.public.preview import served_at

        if address := served_at(workspace):
            listen = Message("published.served", "To listen, open {address}", address=address)
        else:
            listen = Message(
                "published.listen",
                "To listen: broadcast serve, then open the address that it gives in a browser.",
            )
        console.say(listen)
    if done.outcomes:
        tell_left_on_host(workspace)
    _tell_refused(done.refused)


def tell_withdrawn(workspace: Workspace, done: Withdrawn) -> None:
    """Say what listeners no longer find; what could not be withdrawn gives the exit status."""
    console = out()
    for name in done.names:
        console.say(
            Message("withdrawn", "{name} is withdrawn: listeners no longer find it.", name=name)
        )
    for name in done.before:
        console.say(
            Message("withdrawn.before", "{name} was withdrawn before; nothing changed.", name=name)
        )
    if done.names:
        tell_left_on_host(workspace)
    _tell_refused(done.refused)


def _tell(console: Screen, given: Outcome) -> None:
    name, title = given.episode.name, given.episode.title
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
    if given.episode.expires:
        goes = Message(
            "published.expires",
            "It leaves the feed on {at:moment}:\nrun broadcast feed at or after that time.",
            at=given.episode.expires.astimezone().isoformat(),
        )
        console.say(goes, indent=2)


def _tell_refused(refused: Mapping[str, BroadcastError]) -> None:
    for error in refused.values():
        print_error(error)
    if refused:
        raise typer.Exit(max(error.exit_status for error in refused.values()))
