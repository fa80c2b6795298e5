"""A Speech service of one's own on loopback, asked as Microsoft's is by REST; it fails as told.

What is asked is read as XML by a parser that knows nothing of the engine: ``words`` are what a
voice would say, ``voice`` and ``rate`` how.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from xml.etree import ElementTree

from loopback_http import LoopbackServer
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
class LoopbackAzure(LoopbackServer):
    """The server."""

    faults: deque[Fault] = field(default_factory=deque)
    requests: list[Asked] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def __exit__(self, *_: object) -> None:
        super().__exit__()
        assert not self.wrong, self.wrong

    @property
    def url(self) -> str:
        return self.root

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
