"""Media that were put on a host → whether listeners get them there, before any page names them."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from broadcast.delivery.as_seen import Listener, Seen, is_kind
from broadcast.delivery.faults import HostError
from broadcast.delivery.order import Outgoing
from broadcast.errors import OutsideError
from broadcast.feed.addresses import is_this_machine, url
from broadcast.feed.served_types import is_read_from_other_sites
from broadcast.messages import Message
from broadcast.model import Show
from broadcast.production.desk.progress import Reporter

WAITS_S = (1.0, 5.0, 20.0)
"""Waits before a file is looked for once more: some hosts give it a little after they took it."""
_LOOKING = Message("upload.looking", "looking")


def look_at_media(show: Show, media: Iterable[Outgoing], reporter: Reporter) -> None:
    """Look at each file as a listener's program would, and tell what would trouble some.

    Raises OutsideError where a file is not there, has another size, or audio comes as what no
    program plays.
    """
    every, looked, told, listener = tuple(media), set[str](), set[str](), Listener()
    try:
        for count, one in enumerate(every):
            reporter.step(_LOOKING, count, len(every), one.path)
            address, ending = url(show, one.path), PurePosixPath(one.path).suffix
            try:
                seen = _settled(listener, address, one)
            except HostError as error:
                if is_this_machine(show.base_url):
                    reporter.say(_unseen(show))
                    return
                raise OutsideError(error.message, hint=_hint(show)) from error
            if seen.status != 200 or seen.size not in (one.size, -1):
                raise OutsideError(_not_there(address, seen, one), hint=_hint(show))
            if one.kind.startswith("audio/") and not seen.kind.startswith("audio/"):
                raise OutsideError(_other_kind(address, seen, one.kind), hint=_KIND_HINT)
            if ending not in looked:
                looked.add(ending)
                for sentence in doubts(address, one.path, one.kind, seen):
                    if (fault := fault_of(sentence, ending)) not in told:
                        told.add(fault)
                        reporter.say(sentence)
        if every:
            reporter.step(_LOOKING, len(every), len(every))
    finally:
        listener.close()


def _settled(listener: Listener, address: str, one: Outgoing) -> Seen:
    for wait_s in (*WAITS_S, None):
        seen = listener.look(address)
        if wait_s is None or (seen.status == 200 and seen.size in (one.size, -1)):
            return seen
        time.sleep(wait_s)
    raise AssertionError("the last look is given")


def doubts(address: str, path: str, kind: str, seen: Seen) -> Iterator[Message]:
    """Give what would trouble some programs of listeners about a file that is there."""
    if not is_kind(seen.kind, kind):
        yield _other_kind(address, seen, kind)
    if kind.startswith("audio/") and not seen.heads:
        yield Message(
            "upload.no-head",
            "{address}: the host does not answer HEAD, by which Apple and others look at audio.",
            address=address,
        )
    if kind.startswith("audio/") and not seen.parts:
        yield Message(
            "upload.no-parts",
            "{address}: the host gives no parts of a file, so listeners cannot skip within it.",
            address=address,
        )
    if is_read_from_other_sites(path) and not seen.for_others:
        yield Message(
            "upload.not-for-others",
            "{address}: players on other sites may not read it, for the host does not send "
            "Access-Control-Allow-Origin.",
            address=address,
        )


def fault_of(told: Message, ending: str) -> str:
    """Name what is at fault: a type is one ending's, all else the host's, and told once."""
    return f"{told.code} {ending}" if told.code == "upload.other-kind" else told.code


_KIND_HINT = Message(
    "upload.other-kind.hint",
    "Pages and feed were not changed. Teach your host its types: broadcast feed --host-files "
    "writes what Apache, nginx, Netlify and Cloudflare read.",
)


def _hint(show: Show) -> Message:
    return Message(
        "upload.not-there.hint",
        "Pages and feed were not changed. Check that base_url ({base_url}) leads to the folder in "
        "[upload] to. Where the web shows it later only: check = false in [upload].",
        base_url=show.base_url,
    )


def _not_there(address: str, seen: Seen, one: Outgoing) -> Message:
    if seen.status != 200:
        return Message(
            "upload.not-there",
            "It was uploaded, but listeners do not get it: {address} answers {status}.",
            address=address,
            status=seen.status,
        )
    return Message(
        "upload.other-size",
        "It was uploaded, but listeners get {size} bytes of {wanted}: {address}",
        address=address,
        size=seen.size,
        wanted=one.size,
    )


def _other_kind(address: str, seen: Seen, kind: str) -> Message:
    return Message(
        "upload.other-kind",
        "{address} comes as “{kind}”; it should be {wanted}.",
        address=address,
        kind=seen.kind,
        wanted=kind,
    )


def _unseen(show: Show) -> Message:
    return Message(
        "upload.unseen",
        "Not looked at: base_url is this machine ({base_url}), and nothing answers there.",
        base_url=show.base_url,
    )
