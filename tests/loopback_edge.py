"""Microsoft Edge's reading voice on loopback: a WebSocket over TLS, in the frames of its protocol.

Text frames carry headers, a blank line and a document; binary ones the length of their headers in
two bytes, big end first, then the headers and the sound. It fails as it is told.
"""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections import deque
from dataclasses import dataclass, field
from email.utils import formatdate
from time import time
from typing import Literal, Self
from xml.etree import ElementTree

import numpy as np
import pytest
from aiohttp import web
from edge_tts import communicate, drm

from broadcast.speech import edge
from loopback_google import mp3_of, mp3_tone
from loopback_speech import RETRY_AFTER

Fault = Literal[
    *("404", "429", "500", "503"),
    *("429 in 7 s", "429 in an hour"),  # … and a Retry-After header
    "403",
    "403 and an hour",  # … by a clock that is an hour ahead
    "redirect",  # to another host
    "page",  # a page instead of a WebSocket
    "drop",  # the connection is closed in the middle of the sound
    "unfinished",  # the connection is closed, and properly, before the end of the sound
    "nothing",  # an answer without sound
    "garbage",  # frames that are none
    "noise",  # sound that is none
    "silent",
    "endless",
]

OTHER_SOUND = {"noise": bytes(range(256)) * 20, "silent": mp3_of(np.zeros(24_000))}


@dataclass(frozen=True)
class Asked:
    """A request: the words and the voice of its SSML, and its rate."""

    words: str
    voice: str
    rate: str


@dataclass
class LoopbackEdge:
    """The server, in a loop of its own; ``certificate`` is what it speaks TLS with."""

    certificate: ssl.SSLContext
    faults: deque[Fault] = field(default_factory=deque)
    requests: list[Asked] = field(default_factory=list)
    signed: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        ready = threading.Event()

        async def serve() -> None:
            self._closing = asyncio.Event()
            app = web.Application()
            app.router.add_get("/edge/v1", self._answer)
            app.router.add_get("/elsewhere", self._elsewhere)
            runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
            await runner.setup()
            site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=self.certificate)
            await site.start()
            self.port = runner.addresses[0][1]
            ready.set()
            await self._closing.wait()
            await runner.cleanup()
            # Whoever came no further than the handshake is known to the loop alone.
            for transport in list(getattr(self._loop, "_transports", {}).values()):
                transport.abort()
            for _ in range(3):  # closed in the loop's next rounds
                await asyncio.sleep(0)

        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(serve(),))
        self._thread.start()
        assert ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._closing.set)
        self._thread.join()
        self._loop.close()

    @property
    def url(self) -> str:
        """The address in the place of Microsoft's."""
        return f"wss://127.0.0.1:{self.port}/edge/v1?TrustedClientToken=x"

    async def _elsewhere(self, request: web.Request) -> web.StreamResponse:
        self.elsewhere.append(request.path)
        return web.Response(status=404)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        fault = self.faults.popleft() if self.faults else None
        self.signed.append(request.query["Sec-MS-GEC"])
        if fault and fault.startswith("403"):
            ahead_s = 3_600 if fault.endswith("hour") else 0
            date = formatdate(time() + ahead_s, usegmt=True)
            return web.Response(status=403, headers={"Date": date})
        if fault and fault[:3].isdecimal():
            after = {"Retry-After": RETRY_AFTER[fault]} if fault in RETRY_AFTER else {}
            return web.Response(status=int(fault[:3]), headers=after)
        if fault == "page":
            return web.Response(text="<!doctype html><title>Sign in</title>")
        if fault == "redirect":
            to = f"https://localhost:{self.port}/elsewhere"
            return web.Response(status=302, headers={"Location": to})
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        config = await socket.receive_str()
        assert "Path:speech.config" in config
        ssml = await socket.receive_str()
        asked = _read(ssml)
        self.requests.append(asked)
        await socket.send_str(_text("turn.start", "{}"))
        await socket.send_str(_text("response", "{}"))
        sound = OTHER_SOUND.get(fault or "") or mp3_tone(asked.words)
        if fault == "garbage":
            await socket.send_bytes(b"\xff\xff what")
        pieces = [sound[n : n + 720] for n in range(0, len(sound), 720)]
        if fault == "nothing":
            pieces = []
        for n, piece in enumerate(pieces):
            if fault == "unfinished" and n == len(pieces) // 2:
                await socket.close()
                return socket
            if fault == "drop" and n == len(pieces) // 2:
                assert request.transport is not None
                request.transport.abort()
                return socket
            await socket.send_bytes(_binary("audio", piece))
        while fault == "endless" and not socket.closed and not self._closing.is_set():
            await socket.send_bytes(_binary("audio", pieces[0]))
            await asyncio.sleep(0)
        await socket.send_bytes(_binary("audio", b""))
        await socket.send_str(_text("turn.end", "{}"))
        await socket.close()
        return socket


def _read(message: str) -> Asked:
    head, _, document = message.partition("\r\n\r\n")
    assert "Path:ssml" in head
    (voice,) = ElementTree.fromstring(document)
    (prosody,) = voice
    return Asked("".join(voice.itertext()), voice.attrib["name"], prosody.attrib["rate"])


def _text(path: str, document: str) -> str:
    return f"X-RequestId:0\r\nContent-Type:application/json\r\nPath:{path}\r\n\r\n{document}"


def _binary(path: str, sound: bytes) -> bytes:
    kind = "Content-Type:audio/mpeg\r\n" if sound else ""
    head = f"X-RequestId:0\r\n{kind}X-StreamId:1\r\nPath:{path}\r\n".encode()
    return len(head).to_bytes(2, "big") + head + sound


def instead_of_microsoft(service: LoopbackEdge, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let edge-tts ask this one: Microsoft's address stands in its own code."""
    monkeypatch.setattr(drm.DRM, "clock_skew_seconds", 0.0)
    monkeypatch.setattr(edge, "HOST", "127.0.0.1")
    monkeypatch.setattr(edge, "ADDRESS", f"https://127.0.0.1:{service.port}/")
    monkeypatch.setattr(communicate, "WSS_URL", service.url)
