"""A Google Translate of one's own on loopback: speaks its protocol, and fails as it is told.

    with LoopbackGoogle() as google:
        google.faults += ["429", "drop"]        the next two requests fail so, those after are fine
        Gtts(google.url) …                      or environ.update(google.environment) for a build
        google.requests                         what was asked, in order

Speech is MP3 as Google sends it (24 kHz, mono, 32 kb/s): a tone of a pitch and length of its own
for each text, in syllables, so that loudness can be measured and other words give other sound.
``python tests/loopback_google.py`` serves until it is interrupted.
"""

from __future__ import annotations

import base64
import json
import sys
import threading
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any, ClassVar, Literal
from urllib.parse import parse_qs
from zlib import crc32

import lameenc
import numpy as np

from loopback_http import LoopbackServer

RATE_HZ = 24_000
PATH = "/_/TranslateWebserverUi/data/batchexecute"

Fault = Literal[
    "429",  # too many requests
    "429 in 7 s",  # … and a Retry-After header
    "429 in 25 s",
    "429 in an hour",
    "sorry",  # Google's redirect to its page for robots
    "500",
    "503",
    "404",
    "redirect",  # to a page somewhere else
    "drop",  # the connection is closed in the middle of the body
    "hang",  # no answer until the server is closed
    "trickle",  # the beginning of an answer, then nothing until the server is closed
    "html",  # a page instead of an answer
    "no jQ1olc",
    "null",  # an answer whose speech is null
    "empty",  # an answer whose speech is ""
    "noise",  # an answer whose speech is no MP3
    "silent",
    "endless",  # an answer that goes on until the server is closed
]


@dataclass(frozen=True)
class Asked:
    """A request as gTTS packed it."""

    words: str
    language: str
    slow: bool | None
    user_agent: str


def mp3_tone(words: str, seconds: float | None = None) -> bytes:
    """Give the MP3 for ``words``: 0.25 s for each of them unless ``seconds`` says otherwise.

    Every twentieth of a second has a pitch and a colour of its own: no stretch comes twice.
    """
    seconds = seconds or 0.25 * max(1, len(words.split()))
    time = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    pieces = len(time) * 20 // RATE_HZ + 1
    chance = np.random.default_rng(crc32(words.encode()))
    pitches = chance.uniform(150, 450, pieces)
    parts = chance.uniform(0.02, 1, (8, pieces))  # of each harmonic, as vowels differ
    piece = (time * 20).astype(int)
    turns = np.cumsum(pitches[piece]) / RATE_HZ
    syllables = 0.5 - 0.45 * np.cos(2 * np.pi * 4 * time)
    tones = sum(part[piece] * np.sin(2 * np.pi * n * turns) / n for n, part in enumerate(parts, 1))
    return mp3_of(6_000 * syllables * tones)


def mp3_of(samples: np.ndarray[Any, Any]) -> bytes:
    """Give samples as the MP3 that Google sends."""
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(32)
    encoder.set_in_sample_rate(RATE_HZ)
    encoder.set_out_sample_rate(RATE_HZ)
    encoder.set_channels(1)
    encoder.silence()
    return bytes(encoder.encode(samples.astype("<i2").tobytes()) + encoder.flush())


def answer_with(payload: str | None) -> bytes:
    """Give the lines of batchexecute in which ``payload`` is the answer of the speech service."""
    rows = [
        ["wrb.fr", "jQ1olc", payload, None, None, None, "generic"],
        ["di", 25],
        ["af.httprm", 25, "-4829372610", 12],
    ]
    lines = "\n,".join(json.dumps(row, separators=(",", ":")) for row in rows)
    return f")]}}'\n\n[{lines}\n]".encode()


def speech_answer(speech: bytes) -> bytes:
    """Give the answer that carries ``speech``."""
    payload = json.dumps([base64.b64encode(speech).decode()], separators=(",", ":"))
    return answer_with(payload)


STATUS_OF: dict[str, tuple[int, dict[str, str]]] = {
    "429": (429, {}),
    "429 in 7 s": (429, {"Retry-After": "7"}),
    "429 in 25 s": (429, {"Retry-After": "25"}),
    "429 in an hour": (429, {"Retry-After": "3600"}),
    "sorry": (302, {"Location": "/sorry/index?continue=elsewhere"}),
    "500": (500, {}),
    "503": (503, {}),
    "404": (404, {}),
    "redirect": (302, {"Location": "/sign-in"}),
}
BODY_OF: dict[str, bytes] = {
    "html": b"<!doctype html><title>Before you continue</title>" + b"<p>[[cookies]]</p>" * 50,
    "no jQ1olc": b')]}\'\n\n[["di",25]\n,["af.httprm",25,"1",12]\n]',
    "null": answer_with(None),
    "empty": speech_answer(b""),
    "noise": speech_answer(bytes(range(256)) * 20),
    "silent": speech_answer(mp3_of(np.zeros(RATE_HZ))),
}


@dataclass
class LoopbackGoogle(LoopbackServer):
    """The server."""

    protocol: ClassVar[str] = "HTTP/1.0"

    faults: deque[Fault] = field(default_factory=deque)
    requests: list[Asked] = field(default_factory=list)
    asked: threading.Event = field(default_factory=threading.Event)  # set by the first request
    checks: int = 0
    wrong: list[AssertionError] = field(default_factory=list)

    def __exit__(self, *_: object) -> None:
        super().__exit__()
        assert not self.wrong, self.wrong

    @property
    def url(self) -> str:
        """The address to give to Gtts."""
        return self.root

    @property
    def environment(self) -> dict[str, str]:
        """The environment in which a build speaks with this server (and past any proxy)."""
        return {"BROADCAST_GTTS_URL": self.url, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}

    def check(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer whether somebody is there."""
        self.checks += 1
        if self.faults and self.faults[0] == "hang":
            self.closing.wait()
            return
        handler.send_response(200)
        handler.end_headers()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer one request, well or with the next fault."""
        asked = self._asked(handler)
        self.requests.append(asked)
        self.asked.set()
        fault = self.faults.popleft() if self.faults else None
        if fault == "hang":
            self.closing.wait()
            return
        status, headers = STATUS_OF.get(fault or "", (200, {}))
        body = BODY_OF.get(fault or "") or speech_answer(mp3_tone(asked.words))
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        if fault != "endless":
            handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        while fault == "endless" and not self.closing.wait(0.01):
            handler.wfile.write(body)
        if fault in ("drop", "trickle"):
            handler.wfile.write(body[: len(body) // 2])
            if fault == "trickle":
                self.closing.wait()
            return
        handler.wfile.write(body)

    def note_error(self, *_: object) -> None:
        error = sys.exception()
        if isinstance(error, AssertionError):
            self.wrong.append(error)

    def _asked(self, handler: BaseHTTPRequestHandler) -> Asked:
        body = handler.rfile.read(int(handler.headers["Content-Length"])).decode()
        assert handler.path == PATH, handler.path
        (request,) = parse_qs(body)["f.req"]
        (((rpc, parameter, _, kind),),) = json.loads(request)
        assert (rpc, kind) == ("jQ1olc", "generic")
        words, language, slow, _ = json.loads(parameter)
        assert 0 < len(words) <= 100, "Google takes 100 characters at a time"
        return Asked(words, language, slow, handler.headers["User-Agent"])


if __name__ == "__main__":
    with LoopbackGoogle() as google:
        print(google.url, flush=True)  # noqa: T201
        threading.Event().wait()
