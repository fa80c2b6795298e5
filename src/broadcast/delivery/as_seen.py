"""An address of the public site → how a listener's program gets it: size, type, parts, headers."""

from __future__ import annotations

import re
import socket
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from broadcast.delivery.faults import HostError, disturbed

if TYPE_CHECKING:
    import requests

_WITHIN_S = 20
_NO_HEAD = (403, 405, 501)
"""Answers to HEAD of a host that may give the file all the same."""
_OTHER_SITE = "https://player.example"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a host answers to HEAD: ``size`` is -1 where it does not tell.

    ``address`` is where it was found in the end, ``hops`` the status of each answer that led on.
    ``parts``: it gives a part when asked for one. ``for_others``: pages of other sites may read it.
    ``heads``: it answers HEAD at all.
    """

    status: int
    size: int
    kind: str
    parts: bool
    for_others: bool
    address: str
    hops: tuple[int, ...] = ()
    heads: bool = True


def is_kind(told: str, wanted: str) -> bool:
    """Whether a content type is the one that is wanted, or one that programs take for it."""
    told, wanted = (one.partition(";")[0].strip().lower() for one in (told, wanted))
    families = ("xml", "json", "javascript")
    return told == wanted or any(one in told and one in wanted for one in families)


class Listener:
    """Asks for addresses as a listener's program does, over one connection.

    It takes no password from a ``.netrc``: listeners have none.
    """

    def __init__(self) -> None:
        import requests  # a station that uploads nothing needs it not

        self._session: requests.Session = requests.Session()
        self._session.auth = _nobody
        self._session.headers["User-Agent"] = "broadcast (feed check)"
        self._session.headers["Accept-Encoding"] = "identity"

    def look(self, address: str, *, part: bool = True) -> Seen:
        """Ask for the head of an address, and for a part of it. Raises HostError if nobody answers.

        A host that refuses HEAD is asked for the part alone.
        """
        origin = {"Origin": _OTHER_SITE}
        head = self._asked("HEAD", address, origin)
        if part or head.status_code in _NO_HEAD:
            return self._seen(head, self._asked("GET", address, {**origin, "Range": "bytes=0-0"}))
        return self._seen(head, head)

    def _seen(self, asked: requests.Response, part: requests.Response) -> Seen:
        refuses = asked.status_code in _NO_HEAD
        head = part if refuses else asked
        length = head.headers.get("Content-Length", "")
        whole = re.fullmatch(r"bytes 0-0/(\d+)", part.headers.get("Content-Range", ""))
        told = whole[1] if whole else length
        return Seen(
            status=head.status_code if head.status_code != 206 else 200,
            size=int(told) if told.isdigit() else -1,
            kind=head.headers.get("Content-Type", ""),
            parts=part.status_code == 206 and whole is not None,
            for_others=head.headers.get("Access-Control-Allow-Origin", "") in ("*", _OTHER_SITE),
            address=head.url,
            hops=tuple(hop.status_code for hop in head.history),
            heads=not (refuses and part.status_code in (200, 206)),
        )

    def fetch(self, address: str, most: int) -> tuple[Seen, bytes]:
        """Fetch a file of at most so many bytes, and how it was given. Raises HostError."""
        seen = self.look(address, part=False)
        answer = self._asked("GET", address, {}, body=most)
        return seen, answer.content[:most]

    def close(self) -> None:
        """Leave."""
        self._session.close()

    def _asked(
        self, method: str, address: str, headers: dict[str, str], body: int = 0
    ) -> requests.Response:
        import requests

        try:
            answer = self._session.request(
                method,
                address,
                headers=headers,
                timeout=_WITHIN_S,
                allow_redirects=True,
                stream=True,
            )
            if body:
                answer._content = answer.raw.read(body)
            else:
                answer.close()
        except (requests.RequestException, OSError) as error:
            raise _told(address, error) from error
        return answer


def _nobody(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _told(address: str, error: Exception) -> HostError:
    if re.search("CERTIFICATE_VERIFY_FAILED", str(error)):
        from broadcast.delivery.faults import certificate

        words = re.search(r"CERTIFICATE_VERIFY_FAILED\] (.*?)(?: \(_ssl|$)", str(error))
        return certificate(address, words[1] if words else str(error))
    cause: BaseException = error
    while cause.__cause__ or cause.__context__:
        cause = cause.__cause__ or cause.__context__ or cause
        if isinstance(cause, OSError) and cause.errno:
            break
    return disturbed(address, cause if isinstance(cause, OSError) else error)


def certificate_ends(host: str, port: int) -> datetime:
    """Give when a host's certificate ends. Raises HostError where it is not accepted."""
    try:
        with socket.create_connection((host, port), _WITHIN_S) as plain:
            context = ssl.create_default_context()
            with context.wrap_socket(plain, server_hostname=host) as wrapped:
                told = wrapped.getpeercert() or {}
    except (OSError, ssl.SSLError) as error:
        raise disturbed(host, error) from error
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(told["notAfter"])), UTC)
