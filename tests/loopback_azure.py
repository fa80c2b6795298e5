"""A Speech service of one's own on loopback, asked as Microsoft's is by REST; it fails as told.

What is asked is read as XML by a parser that knows nothing of the engine: ``words`` are what a
voice would say, ``voice`` and ``rate`` how.
"""

from __future__ import annotations

import ssl
import threading
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from xml.etree import ElementTree

from loopback_speech import Fault, answer_by_http, wav_tone

KEY = "0123456789abcdef0123456789abcdef"
SSML = "{http://www.w3.org/2001/10/synthesis}"
PATH = "/cognitiveservices/v1"
FORMAT = "riff-24khz-16bit-mono-pcm"


@dataclass(frozen=True)
class Asked:
    """A request as the service understands it."""

    words: str
    voice: str
    language: str
    rate: str | None
    tags: tuple[str, ...]


@dataclass
class LoopbackAzure:
    """The server; ``certificate`` makes it speak TLS."""

    certificate: ssl.SSLContext | None = None
    faults: deque[Fault] = field(default_factory=deque)
    requests: list[Asked] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_HEAD(self) -> None:
                self.send_response(404)
                self.end_headers()

            def do_POST(self) -> None:
                service.answer(self)

            def log_message(self, *_: object) -> None:
                """Keep the test run's output clean."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]
        self.closing = threading.Event()
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
        assert not self.wrong, self.wrong

    @property
    def url(self) -> str:
        return f"http{'s' if self.certificate else ''}://127.0.0.1:{self._server.server_address[1]}"

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer as the service does: by status for what is asked wrongly."""
        body = handler.rfile.read(int(handler.headers["Content-Length"]))
        if handler.headers["Ocp-Apim-Subscription-Key"] != KEY:
            answer_by_http(handler, "401", "", b"", self.closing)
            return
        known = {
            "path": handler.path == PATH,
            "type": handler.headers["Content-Type"] == "application/ssml+xml",
            "format": handler.headers["X-Microsoft-OutputFormat"] == FORMAT,
            "agent": bool(handler.headers["User-Agent"]),
            "no other sign": handler.headers["Authorization"] is None,
        }
        self.wrong += [name for name, so in known.items() if not so]
        asked = self._read(body)
        self.requests.append(asked)
        fault = self.faults.popleft() if self.faults else None
        answer_by_http(handler, fault, asked.words, wav_tone(asked.words), self.closing)

    def _read(self, body: bytes) -> Asked:
        speak = ElementTree.fromstring(body)
        (voice,) = speak
        rates = [one.attrib["rate"] for one in voice.iter(f"{SSML}prosody")]
        return Asked(
            words="".join(voice.itertext()),
            voice=voice.attrib["name"],
            language=speak.attrib["{http://www.w3.org/XML/1998/namespace}lang"],
            rate=rates[0] if rates else None,
            tags=tuple(one.tag.removeprefix(SSML) for one in speak.iter()),
        )
