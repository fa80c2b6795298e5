"""A feed that was with another host → what of it can be taken over, shown, asked about and done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from broadcast.cli.console import agreed, make_table, out, shortened
from broadcast.cli.interface import text_of
from broadcast.cli.telling import Telling
from broadcast.errors import UsageError
from broadcast.messages import Message, counted

if TYPE_CHECKING:
    from broadcast.feed.adopted import AdoptedItem
    from broadcast.production.public.adopt import Adoption, Pair
    from broadcast.workspace import Workspace

_MOST_LINES = 10
_TITLE = 32  # cells, so that a row fits a terminal of 80


def adopt_feed(workspace: Workspace, where: str, now: datetime, *, yes: bool) -> None:
    """Show what a feed has for this station, ask, and take it over."""
    from broadcast.feed.foreign_feed import foreign_feed
    from broadcast.production.public.adopt import adopt, adoption_of
    from broadcast.production.public.fetch_feed import feed_bytes

    found = foreign_feed(feed_bytes(where), where)
    adoption = adoption_of(workspace, found)
    _show(adoption)
    if adoption.is_known:
        out().say(Message("adopt.nothing", "There is nothing new in it to take over."))
        return
    if not (yes or _agreed()):
        out().say(Message("adopt.nothing-changed", "Nothing was changed."))
        return
    wanted = [pair for pair in adoption.pairs if not pair.is_public]
    wanted += _public_ones([pair for pair in adoption.pairs if pair.is_public], yes=yes)
    with Telling() as telling:
        adopt(workspace, found, wanted, now, telling)
    _tell_done(adoption, wanted)


def _show(adoption: Adoption) -> None:
    console, found = out(), adoption.found
    console.say(
        counted(
            "adopt.found",
            "{title}: {count} entry.",
            "{title}: {count} entries.",
            count=len(found.feed.items),
            title=found.feed.title or "RSS",
        )
    )
    if adoption.here:
        console.say(
            counted(
                "adopt.here",
                "{count} of them has its episode here already.",
                "{count} of them have their episodes here already.",
                count=adoption.here,
            )
        )
    if adoption.pairs:
        _show_pairs(adoption.pairs)
    if found.without_guid:
        console.say(
            counted(
                "adopt.without-guid",
                "{count} more has no guid: there is nothing to know it by.",
                "{count} more have no guid: there is nothing to know them by.",
                count=found.without_guid,
            )
        )
    for title in found.twice[:_MOST_LINES]:
        console.say(
            Message(
                "adopt.twice",
                "Several entries are called “{title}”, so no episode is known by that title.",
                title=shortened(title, 60),
            )
        )
    if adoption.unpaired:
        _show_unpaired(adoption.unpaired)


def _show_pairs(pairs: Sequence[Pair]) -> None:
    table = make_table(
        Message("column.date", "date"),
        Message("column.entry", "entry there"),
        Message("column.episode", "episode"),
        Message("column.known-by", "known by"),
    )
    by = {
        "title": text_of(Message("adopt.by-title", "title")),
        "day": text_of(Message("adopt.by-day", "day and length")),
    }
    for pair in pairs:
        table.add_row(_day(pair.item), shortened(pair.item.title, _TITLE), pair.name, by[pair.why])
    out().show(table)


def _show_unpaired(items: Sequence[AdoptedItem]) -> None:
    console = out()
    console.say(
        counted(
            "adopt.unpaired",
            "{count} is no episode here yet. An episode that is published under its title later "
            "takes its place:",
            "{count} are no episodes here yet. An episode that is published under such a title "
            "later takes its place:",
            count=len(items),
        )
    )
    for item in items[:_MOST_LINES]:
        console.write(f"  {_day(item)}  {shortened(item.title, 60)}")
    if len(items) > _MOST_LINES:
        more = Message("adopt.more", "and {count} more", count=len(items) - _MOST_LINES)
        console.say(more, indent=2)


def _day(item: AdoptedItem) -> str:
    if item.published is None:
        return "–"
    at = item.published
    shown = Message(
        "adopt.day", "{year}-{month:02}-{day:02}", year=at.year, month=at.month, day=at.day
    )
    return text_of(shown)


def _agreed() -> bool:
    answer = agreed(Message("adopt.so", "Take it over so? Guids and dates are those of the feed."))
    if answer is None:
        raise UsageError(
            Message("adopt.nobody-answered", "Nothing was changed: nobody answered."),
            hint=Message("adopt.nobody-answered.hint", "To take it over unasked, add --yes."),
        )
    return answer


def _public_ones(pairs: Sequence[Pair], *, yes: bool) -> Sequence[Pair]:
    """Ask about episodes that listeners of this station have under another guid."""
    if not pairs:
        return ()
    console = out()
    console.say(
        Message(
            "adopt.public",
            "Listeners of this station have {names} under another guid. With that of the old feed, "
            "programs that had it from here show it a second time; without it, those that had it "
            "from there do.",
            names=tuple(pair.name for pair in pairs),
        )
    )
    if not yes and agreed(
        Message("adopt.public.ask", "Use the guid of the old feed all the same?")
    ):
        return pairs
    console.say(Message("adopt.public.left", "That was left as it is."))
    return ()


def _tell_done(adoption: Adoption, taken: Sequence[Pair]) -> None:
    console = out()
    if taken:
        console.say(
            counted(
                "adopt.done",
                "Taken over: {count} episode has the guid and the date that subscribers know.",
                "Taken over: {count} episodes have the guids and the dates that subscribers know.",
                count=len(taken),
            )
        )
    else:
        console.say(Message("adopt.noted", "What subscribers know is kept in adopted.json."))
    if adoption.own_guid:
        console.say(
            Message(
                "adopt.own-guid",
                "station.toml names another identity of the feed. If it is to be that of the old "
                'feed, write under [show]:\n  guid = "{guid}"',
                guid=adoption.feed_guid,
            )
        )
    if adoption.address:
        console.say(
            Message(
                "adopt.send-on",
                "When the episodes are published here, let the old host send its feed on to "
                "{address} (301).",
                address=adoption.address,
            )
        )
