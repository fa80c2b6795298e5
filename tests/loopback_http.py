"""What servers on loopback have in common that are asked over HTTP: they begin, and they end."""

from __future__ import annotations

import ssl
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar, Self


@dataclass
class LoopbackServer:
    """Serves as long as its context lasts, each request in a thread of its own.

    ``certificate`` makes it speak TLS; ``closing`` is set when it is about to end.
    """

    protocol: ClassVar[str] = "HTTP/1.1"

    certificate: ssl.SSLContext | None = None

    def __enter__(self) -> Self:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = server.protocol
            disable_nagle_algorithm = True

            def do_HEAD(self) -> None:
                server.check(self)

            def do_POST(self) -> None:
                server.answer(self)

            def log_message(self, *_: object) -> None:
                """Keep the test run's output clean."""

        self.closing = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        # A client that gives up, or refuses the certificate, is what some tests are about.
        self._server.handle_error = self.note_error  # type: ignore[method-assign]
        if self.certificate:
            self._server.socket = self.certificate.wrap_socket(
                self._server.socket, server_side=True
            )
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def host(self) -> str:
        """Its address and port."""
        return f"127.0.0.1:{self._server.server_address[1]}"

    @property
    def root(self) -> str:
        """Where it is reached."""
        return f"http{'s' if self.certificate else ''}://{self.host}"

    def check(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer whether somebody is there: nothing is, at that place."""
        handler.send_response(404)
        handler.end_headers()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer a request to speak."""
        raise NotImplementedError

    def note_error(self, *_: object) -> None:
        """Take notice of what went wrong in an answer; nothing does."""
