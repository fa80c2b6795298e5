"""A station's settings → what a new station's people still have to make their own."""

from __future__ import annotations

from dataclasses import dataclass

from broadcast.feed.addresses import is_this_machine
from broadcast.messages import Message
from broadcast.production.desk.read_station import station_of
from broadcast.production.desk.sample_values import sample_show
from broadcast.station import Station
from broadcast.workspace import Workspace


@dataclass(frozen=True, slots=True)
class FirstDay:
    """One thing to make one's own, and whether that is done."""

    what: Message
    done: bool


def first_day(workspace: Workspace) -> tuple[FirstDay, ...]:
    """Give what is to be made one's own, in the order of doing it. Raises as ``station_of``."""
    station = station_of(workspace)
    show, sample = station.show, sample_show()
    return (
        FirstDay(Message("first-day.title", "The show's title"), show.title != sample["title"]),
        FirstDay(
            Message("first-day.author", "The station's name"), show.author != sample["author"]
        ),
        FirstDay(Message("first-day.email", "The e-mail address"), show.email != sample["email"]),
        FirstDay(
            Message("first-day.description", "What the show is about"),
            show.description != sample.get("description"),
        ),
        FirstDay(Message("first-day.cover", "A cover of your own"), show.cover is not None),
        FirstDay(
            Message("first-day.address", "The public address (this machine's as yet)"),
            not is_this_machine(show.base_url),
        ),
        FirstDay(Message("first-day.people", "Who often speaks"), _has_people(station)),
    )


def _has_people(station: Station) -> bool:
    return bool(station.people)
