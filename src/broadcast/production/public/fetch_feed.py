"""A path, or a web address that a user typed → the bytes of a feed, within bounds."""

from __future__ import annotations

import re
import time
import urllib.request
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError

from broadcast.errors import BroadcastError, OutsideError
from broadcast.feed.foreign_feed import MOST_BYTES, too_large
from broadcast.messages import Message, verbatim
from broadcast.messages.system_reasons import system_reason
from broadcast.records import unreadable

_ANSWERS_WITHIN_S = 30
_COMES_WITHIN_S = 180
_PIECE = 1 << 16


def feed_bytes(where: str) -> bytes:
    """Read a feed from a file or from the web.

    Raises BroadcastError where there is no such file or it is larger than any feed, OutsideError
    when it cannot be read or does not come.
    """
    if re.match("https?://", where, re.IGNORECASE):
        return _fetched(where)
    file = Path(where)
    try:
        with file.open("rb") as stream:
            return _bounded(stream.read(MOST_BYTES + 1), where)
    except FileNotFoundError as error:
        raise BroadcastError(
            Message("adopt.no-file", "There is no such file."),
            file=file,
            hint=Message(
                "adopt.no-file.hint",
                "Name the file that the old feed was saved as, or its address: https://…",
            ),
        ) from error
    except OSError as error:
        raise unreadable(file, error) from error


def _fetched(address: str) -> bytes:
    opener = urllib.request.OpenerDirector()
    for handler in (  # those of the web alone: nothing leads to a file of this machine
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPRedirectHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    request = urllib.request.Request(address, headers={"User-Agent": "broadcast"})
    ends, data = time.monotonic() + _COMES_WITHIN_S, bytearray()
    try:
        with opener.open(request, timeout=_ANSWERS_WITHIN_S) as stream:
            while piece := stream.read1(_PIECE):
                data += piece
                if len(data) > MOST_BYTES:
                    raise too_large(address)
                if time.monotonic() > ends:
                    raise TimeoutError
    except HTTPError as error:
        error.close()
        answer = Message("adopt.answers", "the host answers {status}", status=error.code)
        raise _not_fetched(address, answer) from error
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        told = system_reason(reason) if isinstance(reason, OSError) else verbatim(str(reason))
        raise _not_fetched(address, told) from error
    return bytes(data)


def _not_fetched(address: str, reason: Message) -> OutsideError:
    return OutsideError(
        Message(
            "adopt.not-fetched",
            "{address} does not give a feed: {reason}.",
            address=address,
            reason=reason,
        ),
        hint=Message(
            "adopt.not-fetched.hint",
            "Try again later; or save the feed with a browser and name the file.",
        ),
    )


def _bounded(data: bytes, where: str) -> bytes:
    if len(data) > MOST_BYTES:
        raise too_large(where)
    return data
