"""A speech service of one's own on loopback that is asked as OpenAI's is, and fails as it is told.

    with LoopbackSpeech() as service:
        service.faults += ["429", "drop"]       the next two requests fail so, those after are fine
        service.requests                        what was asked, in order

WAV goes in chunks, under a header that does not know its length, as servers do that send while they
speak. ``certificate`` makes it speak TLS. It answers as a proxy too: what is asked of it by a whole
address notes that address. One engine that asks it is the one that docs/engines.md shows.
"""

from __future__ import annotations

import json
import re
import struct
import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any, Literal
from zlib import crc32

import numpy as np

from loopback_google import mp3_tone
from loopback_http import LoopbackServer
from packages_by_hand import installed

KEY = "sk-Chua-Ai-Biet-0123456789"
KEY_VARIABLE = "EXAMPLE_KEY"
PAGE = Path(__file__).parent.parent / "docs" / "engines.md"

Fault = Literal[
    *("400", "401", "404", "429", "500", "503"),
    *("429 in 7 s", "429 in an hour"),  # … and a Retry-After header
    "redirect",  # to a page somewhere else
    "drop",  # the connection is closed in the middle of the body
    "huge",
    "endless",  # an answer that goes on until the server is closed
    "page",  # a page instead of sound
    "refusal",  # a reason instead of sound, with status 200
    "noise",  # bytes that are no sound
    "cut",  # a WAV that ends in the middle of what its header says
    "silent",
]

RETRY_AFTER: dict[str | None, str] = {"429 in 7 s": "7", "429 in an hour": "3600"}


@dataclass(frozen=True)
class Asked:
    """A request: to which address, with what, and how it was signed."""

    address: str
    document: Mapping[str, Any]
    authorization: str | None


def error(message: str) -> bytes:
    """Give the body of a refusal as OpenAI's API words it."""
    return json.dumps({"error": {"message": message, "type": "invalid_request_error"}}).encode()


def wav_tone(words: str, *, length: int | None = None, seconds: float | None = None) -> bytes:
    """Give a WAV of 24 kHz for ``words``, whose header says a ``length`` in bytes of its own."""
    seconds = seconds or 0.25 * max(1, len(words.split()))
    time = np.arange(round(seconds * 24_000)) / 24_000
    pitch_hz = 150 + crc32(words.encode()) % 300
    syllables = 0.5 - 0.45 * np.cos(2 * np.pi * 4 * time)
    pcm = (8_000 * syllables * np.sin(2 * np.pi * pitch_hz * time)).astype("<i2").tobytes()
    return wav_of(pcm, length)


def wav_of(pcm: bytes, length: int | None = None) -> bytes:
    """Put samples of 24 kHz under a header of RIFF."""
    said = len(pcm) if length is None else length
    head = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, 24_000, 48_000, 2, 16)
    riff = struct.pack("<4sI4s", b"RIFF", min(said + 36, 0xFFFFFFFF), b"WAVE")
    return riff + head + struct.pack("<4sI", b"data", said) + pcm


@dataclass
class LoopbackSpeech(LoopbackServer):
    """The server."""

    faults: deque[Fault] = field(default_factory=deque)
    requests: list[Asked] = field(default_factory=list)
    checks: list[str | None] = field(default_factory=list)  # how each of them was signed

    @property
    def url(self) -> str:
        """What a station writes for it."""
        return f"{self.root}/v1"

    @property
    def words(self) -> list[str]:
        """What was asked for, in order."""
        return [one.document["input"] for one in self.requests]

    def check(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer whether somebody is there, and note how it was signed."""
        self.checks.append(handler.headers["Authorization"])
        super().check(handler)

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer one request, well or with the next fault."""
        assert handler.headers["Content-Type"] == "application/json"
        body = handler.rfile.read(int(handler.headers["Content-Length"])).decode()
        sign = handler.headers["Authorization"]
        asked = Asked(handler.path, json.loads(body), sign)
        self.requests.append(asked)
        fault = self.faults.popleft() if self.faults else None
        in_chunks = asked.document["response_format"] == "wav"
        words = asked.document["input"]
        spoken = wav_tone(words, length=0xFFFFFFFF) if in_chunks else mp3_tone(words)
        answer_by_http(handler, fault, words, spoken, self.closing, in_chunks=in_chunks)


def answer_by_http(
    handler: BaseHTTPRequestHandler,
    fault: Fault | None,
    words: str,
    spoken: bytes,
    closing: threading.Event,
    *,
    in_chunks: bool = True,
) -> None:
    """Answer a request for ``words`` by what is ``spoken``, or as the fault says."""
    sign = handler.headers["Authorization"]
    bodies = {
        # Services do repeat what they were sent.
        "400": error(f"Voice 'x' is unknown.\nYou sent {sign}."),
        "401": error(f"Incorrect API key provided: {(sign or '')[:14]}****6789."),
        "404": b"<html>Not Found</html>",
        "huge": bytes(51_000_000),
        "page": b"<!doctype html><title>Sign in</title>",
        "refusal": error("The model is asleep."),
        "noise": bytes(range(256)) * 20,
        "cut": wav_tone(words, length=400_000),
        "silent": wav_of(bytes(48_000)),
    }
    said = bodies.get(fault or "") or spoken
    first, _, _ = (fault or "").partition(" ")
    status = int(first) if first.isdecimal() else 302 if fault == "redirect" else 200
    handler.close_connection = fault == "drop"
    handler.send_response(status)
    if fault in RETRY_AFTER:
        handler.send_header("Retry-After", RETRY_AFTER[fault])
    if fault == "redirect":
        host, port = handler.server.server_address[:2]
        handler.send_header("Location", f"http://{host!s}:{port}/elsewhere")
    handler.send_header("Content-Type", "audio/mpeg")
    if in_chunks and status == 200:
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        _in_chunks(handler, said, fault, closing)
        return
    handler.send_header("Content-Length", str(len(said)))
    handler.end_headers()
    handler.wfile.write(said[: len(said) // 2] if fault == "drop" else said)


def _in_chunks(
    handler: BaseHTTPRequestHandler, said: bytes, fault: Fault | None, closing: threading.Event
) -> None:
    pieces = [said[n : n + 4_000] for n in range(0, len(said), 4_000)]
    for piece in pieces[: len(pieces) // 2] if fault == "drop" else pieces:
        handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
    if fault == "endless":
        while not closing.wait(0.01):
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(pieces[0]), pieces[0]))
    if fault != "drop":
        handler.wfile.write(b"0\r\n\r\n")


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
