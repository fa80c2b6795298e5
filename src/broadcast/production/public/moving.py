"""A base_url that was changed → which addresses the feed had before, and what is to lie there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from broadcast.feed.addresses import (
    FEED,
    is_this_machine,
    same_address,
    same_place,
    url,
)
from broadcast.feed.listed import address_of
from broadcast.feed.moved import left_behind, old_places
from broadcast.feed.page_frame import look_of
from broadcast.feed.parts import Made, Site
from broadcast.feed.site import SiteState, write_site
from broadcast.feed.site_record import SiteRecord, read_site_record, site_record_file
from broadcast.messages import Message
from broadcast.model import Show
from broadcast.model.web import is_web_address
from broadcast.production.desk.progress import Reporter
from broadcast.production.desk.station_time import StationTime
from broadcast.workspace import Workspace

LEADS_ON = timedelta(days=365)
"""How long an old address leads on: Apple asks for four weeks at least, Google for a year."""


def addresses_left(
    workspace: Workspace, record: SiteRecord, show: Show, time: StationTime
) -> Mapping[str, datetime]:
    """Give the addresses that the feed had before, with the time when each was left.

    One on this machine was nobody else's, and the present one leads nowhere else. Where no record
    tells the last one, that of moved/ does, or the feed itself, as it stands there.
    """
    beside = read_site_record(workspace.moved)
    told = (record.address, beside.address)
    last = next(filter(is_web_address, told), "") or address_of(workspace.feed / FEED)
    now = time.latest.replace(microsecond=0)
    known = {**beside.moved_from, **record.moved_from}
    if last and last not in known:
        known[last] = now
    here = url(show, FEED)
    return {
        address: left
        for address, left in sorted(known.items())
        if is_web_address(address)
        and not (same_address(address, here) or is_this_machine(address))
        and now - left <= LEADS_ON
    }


def write_moved(
    workspace: Workspace,
    site: Site,
    state: SiteState,
    parts: Iterable[tuple[str, str]],
    reporter: Reporter,
) -> None:
    """Write moved/, what is to lie at the feed's old addresses; it goes when there are none.

    ``state`` is what was recorded of the site, ``parts`` its paths, with what each was made from.
    The site itself is written already.
    """
    folder, record_file = workspace.moved, site_record_file(workspace.moved)
    before = read_site_record(folder)
    places = old_places(state.moved_from, state.address)
    made_from = dict(parts)
    if places or before.files:
        made: Iterable[Made] = ()
        if places:
            made = left_behind(
                site, look_of(site.cover.path), places, made_from, workspace.feed / FEED
            )
        if write_site(folder, (), made, (), state).removed:
            _remove_what_is_empty(folder)
    if not places and record_file.is_file():
        record_file.unlink()
    is_told = {place.below for place in places if place.below + FEED in before.files}
    for place in places:
        if place.below not in is_told:
            reporter.say(
                Message(
                    "feed.moved",
                    "The feed has moved to {now}. Whoever has the old address is led on by what is "
                    "in {folder}: copy it onto the old host, over what is there, and delete "
                    "nothing there. broadcast keeps it for a year.",
                    now=state.address,
                    folder=workspace.relative(folder / place.host),
                )
            )


def tell_same_place(state: SiteState, before: SiteRecord, reporter: Reporter) -> None:
    """Tell that the feed moved to where it was, by http or https: the host itself leads on."""
    for address in state.moved_from:
        if same_place(address, state.address) and address not in before.moved_from:
            reporter.say(
                Message(
                    "feed.moved.same-place",
                    "The feed has moved from {before} to {now}, in the same place: let the host "
                    "answer whatever is asked of the old address with 301 and the new one.",
                    before=address,
                    now=state.address,
                )
            )


def _remove_what_is_empty(folder: Path) -> None:
    for inner in (*sorted(folder.rglob("*"), reverse=True), folder):
        with suppress(OSError):  # what holds something stays
            inner.rmdir()
