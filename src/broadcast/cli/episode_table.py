"""Every episode of a station → the table of what is drafted and what listeners have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import typer

from broadcast.cli.before_publishing import undisclosed
from broadcast.cli.console import make_table, out, print_error
from broadcast.cli.interface import text_of
from broadcast.messages import Message, counted
from broadcast.messages.rendering import clock

if TYPE_CHECKING:
    from rich.table import Table

    from broadcast.production.desk.status import EpisodeState


_NEWEST = 30


def show_episodes(episodes: Sequence[EpisodeState], *, withdrawn_too: bool) -> None:
    """Show the episodes, and what is due in feed/; withdrawn ones only where asked for."""
    console = out()
    present = [episode for episode in episodes if withdrawn_too or not episode.is_past]
    shown = present if withdrawn_too else _worth_a_look(present)
    if not episodes:
        console.say(
            Message("status.empty", "Nothing is built yet. Begin with: broadcast build scripts/…")
        )
    if shown:
        console.show(_table_of(shown))
    for episode in shown:
        if (since := episode.since) is not None and any(since.document().values()):
            changed = Message(
                "status.changed-turns",
                "{name}, since it was published: new or changed turns {new}, gone {gone}, heard in "
                "another voice {heard}",
                name=episode.name,
                new=since.new,
                gone=since.gone,
                heard=since.heard_otherwise,
            )
            console.say(changed, indent=2)
        for told in _on_record(episode):
            console.say(told, indent=2)
    if older := len(present) - len(shown):
        console.say(
            counted(
                "status.older",
                "{count} older episode is as published: broadcast status --all",
                "{count} older episodes are as published: broadcast status --all",
                count=older,
            )
        )
    if left_out := len(episodes) - len(present):
        console.say(
            counted(
                "status.withdrawn",
                "{count} withdrawn episode is not shown: broadcast status --all",
                "{count} withdrawn episodes are not shown: broadcast status --all",
                count=left_out,
            )
        )
    if any(episode.due for episode in episodes):
        console.say(
            Message(
                "status.due",
                "What listeners have is not what was published last. To mend it: broadcast feed",
            )
        )


def _on_record(episode: EpisodeState) -> Iterator[Message]:
    """Say what of an episode is on record that somebody decided."""
    yield from _approval(episode)
    if episode.undisclosed_at is not None:
        yield Message(
            "status.undisclosed",
            "{name} tells listeners {what}",
            name=episode.name,
            what=undisclosed(episode.undisclosed_at),
        )
    if episode.published and episode.published.forced:
        yield Message(
            "status.forced",
            "{name} was published in spite of errors: {codes}",
            name=episode.name,
            codes=episode.published.forced,
        )


def _approval(episode: EpisodeState) -> Iterator[Message]:
    """Say who approved what listeners do not have yet, or that nobody has any more."""
    if episode.approval is None or not episode.is_newer_than_published:
        return
    by, at = episode.approval.by, episode.approval.at.astimezone().isoformat()
    if episode.is_approved:
        yield Message(
            "status.approved",
            "{name} was approved by {by} on {at:moment}",
            name=episode.name,
            by=by,
            at=at,
        )
    else:
        yield Message(
            "status.approval-gone",
            "{name} was changed since {by} approved it on {at:moment}",
            name=episode.name,
            by=by,
            at=at,
        )


def tell_unreadable(episodes: Sequence[EpisodeState]) -> None:
    """Say which drafts are damaged or cannot be read; that gives the exit status."""
    wrong = [error for each in episodes if (error := each.damage or each.unread)]
    for error in wrong:
        print_error(error)
    if wrong:
        raise typer.Exit(max(error.exit_status for error in wrong))


def _table_of(episodes: Sequence[EpisodeState]) -> Table:
    table = make_table(
        Message("column.episode", "episode"),
        Message("column.length", "length"),
        Message("column.real", "real"),
        Message("column.draft", "draft"),
        Message("column.listeners-have", "listeners have"),
        right=(1, 2),
    )
    for episode in episodes:
        length = clock(episode.duration_ms) if episode.duration_ms is not None else "–"
        draft, listeners = text_of(_draft_told(episode)), text_of(_listeners_told(episode))
        table.add_row(episode.name, length, _real_share(episode), draft, listeners)
    return table


def _worth_a_look(episodes: Sequence[EpisodeState]) -> list[EpisodeState]:
    """Leave out of many episodes the older ones, with which there is nothing to do."""
    newest = sorted((one.published.published for one in episodes if one.published), reverse=True)
    since = newest[_NEWEST - 1] if len(newest) >= _NEWEST else None
    return [
        one
        for one in episodes
        if since is None
        or one.is_newer_than_published
        or one.is_open
        or (one.published is not None and one.published.published >= since)
    ]


def _real_share(episode: EpisodeState) -> str:
    """Give how many of an interview's turns are recordings."""
    draft = episode.draft
    return f"{draft.real}/{draft.turns}" if draft else "–"


def _draft_told(episode: EpisodeState) -> Message:
    told = _draft_state(episode)
    if episode.draft is None:
        return told
    if not episode.draft.passes:
        return Message("draft.loudness", "{state}; not as loud as it should be", state=told)
    if stale := episode.draft.stale:
        return counted(
            "draft.stale",
            "{state}; {count} recording of other words",
            "{state}; {count} recordings of other words",
            count=stale,
            state=told,
        )
    return told


def _draft_state(episode: EpisodeState) -> Message:
    if episode.damage:
        return Message("draft.damaged", "damaged")
    if episode.unread:
        return Message("draft.unread", "cannot be read")
    if episode.draft is None:
        return Message("draft.none", "none")
    if episode.published is None:
        return Message("draft.not-published", "not published yet")
    if episode.is_newer_than_published:
        return Message("draft.newer", "newer than published")
    return Message("draft.as-published", "as published")


def _listeners_told(episode: EpisodeState) -> Message:
    from broadcast.production.desk.listeners import due_told

    published = episode.published
    if published is None:
        return Message("listeners.nothing", "nothing")
    if episode.due:
        return due_told(published.state, episode.due)
    if published.state == "withdrawn":
        return Message("listeners.withdrawn", "nothing: withdrawn")
    if published.state == "expired":
        return Message("listeners.expired", "nothing: expired")
    at = published.published.astimezone().isoformat()
    if episode.waits:
        return Message("listeners.nothing-before", "nothing before {at:moment}", at=at)
    return Message("listeners.since", "it since {at:moment}", at=at)
