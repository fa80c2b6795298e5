"""A speech service of one's own on loopback that is asked as OpenAI's is, and fails as it is told.

    with LoopbackSpeech() as service:
        service.faults += ["429", "drop"]       the next two requests fail so, those after are fine
        service.requests                        what was asked, in order

It answers as a proxy too: what is asked of it by a whole address notes that address. The engine
that asks it is the one that docs/engines.md shows.
"""

from __future__ import annotations

import json
import re
import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal, Self

from loopback_google import mp3_tone
from packages_by_hand import installed

KEY = "sk-Chua-Ai-Biet-0123456789"
KEY_VARIABLE = "EXAMPLE_KEY"
PAGE = Path(__file__).parent.parent / "docs" / "engines.md"

Fault = Literal["400", "401", "404", "429", "500", "redirect", "drop", "huge", "page"]


@dataclass(frozen=True)
class Asked:
    """A request: to which address, with what, and how it was signed."""

    address: str
    document: Mapping[str, Any]
    authorization: str | None


def error(message: str) -> bytes:
    """Give the body of a refusal as OpenAI's API words it."""
    return json.dumps({"error": {"message": message, "type": "invalid_request_error"}}).encode()


@dataclass
class LoopbackSpeech:
    """The server."""

    faults: deque[Fault] = field(default_factory=deque)
    requests: list[Asked] = field(default_factory=list)
    checks: list[str | None] = field(default_factory=list)  # how each of them was signed

    def __enter__(self) -> Self:
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_HEAD(self) -> None:
                service.checks.append(self.headers["Authorization"])
                self.send_response(404)
                self.end_headers()

            def do_POST(self) -> None:
                service.answer(self)

            def log_message(self, *_: object) -> None:
                """Keep the test run's output clean."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._server.server_address[1]}"

    @property
    def url(self) -> str:
        """What a station writes for it."""
        return f"http://{self.host}/v1"

    @property
    def words(self) -> list[str]:
        """What was asked for, in order."""
        return [one.document["input"] for one in self.requests]

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer one request, well or with the next fault."""
        assert handler.headers["Content-Type"] == "application/json"
        body = handler.rfile.read(int(handler.headers["Content-Length"])).decode()
        sign = handler.headers["Authorization"]
        asked = Asked(handler.path, json.loads(body), sign)
        self.requests.append(asked)
        fault = self.faults.popleft() if self.faults else None
        status = int(fault) if fault and fault.isdecimal() else 302 if fault == "redirect" else 200
        bodies = {
            # Services do repeat what they were sent.
            "400": error(f"Voice 'x' is unknown.\nYou sent {sign}."),
            "401": error(f"Incorrect API key provided: {(sign or '')[:14]}****6789."),
            "404": b"<html>Not Found</html>",
            "huge": bytes(51_000_000),
            "page": b"<!doctype html><title>Sign in</title>",
        }
        said = bodies.get(fault or "") or mp3_tone(asked.document["input"])
        handler.send_response(status)
        if fault == "redirect":
            handler.send_header("Location", f"http://{self.host}/elsewhere")
        handler.send_header("Content-Type", "audio/mpeg")
        handler.send_header("Content-Length", str(len(said)))
        handler.end_headers()
        handler.wfile.write(said[: len(said) // 2] if fault == "drop" else said)


def example_package(folder: Path) -> Path:
    """Install the package with the engine that the page on engines shows."""
    return installed(
        folder, "example-voices", {"example": "example_voices:Example"}, shown("Example")
    )


def shown(name: str) -> str:
    """Give the source of the engine of that name that the page shows."""
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    (source,) = (block for block in blocks if f"class {name}:" in block)
    return source
