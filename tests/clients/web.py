"""A station's feed/ on the web under a name of its own, though all of it stays on this machine.

Podcast programs are told of a proxy, as in many an office: whatever address they ask for, they ask
here. So a station has the address that it will have, and can move to another.
"""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

from broadcast.feed.serve import serve


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: the address asked for, the bytes of it (all: ""), and how it was answered."""

    address: str
    span: str
    status: int


@dataclass
class Web:
    """Where a station is found: ``folder`` is served at each of its ``houses``.

    A house that it ``moved`` out of sends who asks to the same place in another. The ``cut``
    addresses are answered once with so many bytes of the file and then silence.
    """

    folder: Path
    houses: set[str]
    moved: dict[str, str] = field(default_factory=dict)
    cut: dict[str, int] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    proxy: str = ""

    def fetched(self) -> list[str]:
        """The names of the media that were asked for since this was asked last, each as often."""
        names = [each.address for each in self.asked if each.address.endswith(".mp3")]
        self.asked.clear()
        return [name.rpartition("/")[2] for name in names]

    def status_of(self, address: str) -> int:
        """How an address is answered."""
        through = urllib.request.ProxyHandler({"http": self.proxy})
        try:
            with urllib.request.build_opener(through).open(address) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            with error:
                return error.code

    def place_of(self, address: str) -> str | None:
        """The path below feed/ of an address; None where nobody lives."""
        for house in self.houses:
            if address.startswith(house):
                return "/" + address.removeprefix(house)
        return None

    def new_address(self, address: str) -> str | None:
        for house, other in self.moved.items():
            if address.startswith(house):
                return other + address.removeprefix(house)
        return None


@contextmanager
def on_the_web(folder: Path, house: str) -> Iterator[Web]:
    """Serve a folder at an address as long as the test goes on."""
    web = Web(folder, {house})
    server = serve(folder, 0)
    answering: Any = server.RequestHandlerClass

    class Handler(answering):  # type: ignore[misc]
        asked_for = ""

        def do_GET(self) -> None:  # noqa: N802
            self._answer_from_a_house(super().do_GET)

        def do_HEAD(self) -> None:  # noqa: N802
            self._answer_from_a_house(super().do_HEAD)

        def _answer_from_a_house(self, answer: Callable[[], None]) -> None:
            self.asked_for = self.path
            if other := web.new_address(self.path):
                self.send_response(HTTPStatus.MOVED_PERMANENTLY)
                self.send_header("Location", other)
                self.send_header("Content-Length", "0")
                self.end_headers()
            elif place := web.place_of(self.path):
                self.path = place
                self.headers.replace_header("Host", "localhost")
                answer()
            else:
                self.send_error(HTTPStatus.BAD_GATEWAY)

        def send_response(self, code: int, message: str | None = None) -> None:
            span = self.headers.get("Range", "")
            web.asked.append(Asked(self.asked_for, span, int(code)))
            super().send_response(code, message)

        def _copy(self, opened: Any, left: int) -> None:
            some = web.cut.pop(self.asked_for, None)
            if some is None:
                super()._copy(opened, left)
            else:
                super()._copy(opened, some)
                self.close_connection = True

    server.RequestHandlerClass = Handler
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    web.proxy = server.url
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
