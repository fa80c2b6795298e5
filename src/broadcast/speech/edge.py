"""Words → speech by the voice that Microsoft Edge reads pages with, through edge-tts (extra: edge).

Microsoft does not offer it to other programs: it is turned off for weeks at a time, and answers
many servers with 403. What is sent goes over edge-tts's own connection, at the pace and within the
bounds of every other service.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from broadcast.errors import EngineUnavailableError, OutsideError
from broadcast.messages import Message
from broadcast.model import Declaration, Utterance
from broadcast.speech import online
from broadcast.speech.answers import Answer, Refused, refusal
from broadcast.speech.engine import VoiceInfo, sayable, silence
from broadcast.speech.neural import BY_GENDER, BY_ROLE, KNOWN, NeuralNames, checked
from broadcast.speech.online import OFFLINE_HINT, Service
from broadcast.speech.parts import in_parts, is_sound, joined
from broadcast.speech.settings import sounding, whole

if TYPE_CHECKING:
    import ssl
    from collections.abc import Mapping

HOST = "speech.platform.bing.com"
ADDRESS = f"https://{HOST}/"
_LONGEST_BYTES = 4_000
"""edge-tts cuts what has more than 4,096 bytes by itself, and joins it as it is."""
_ANSWER_S = 60.0
_CLOCK_MAY_DIFFER_S = 300
"""Its requests are signed with the time, in steps of five minutes (edge-tts, drm.py)."""
_WHY = Message(
    "edge.why",
    "Microsoft offers it to its own browser alone, and may turn it off at any time",
)
_UNOFFICIAL = Message("edge.unofficial", "edge is unofficial: {why}.", why=_WHY)


@dataclass(frozen=True, slots=True)
class EdgeSettings:
    """``percent`` is how much faster than usual the voices speak (below 0: slower)."""

    percent: int = whole(0, -50, 100)


class Edge:
    """Microsoft's neural voices as its browser has them, without a key."""

    name = "edge"
    online = True
    jobs = 2
    declares = Declaration(
        names=NeuralNames(),
        settings=EdgeSettings,
        by_role=BY_ROLE,
        by_gender=BY_GENDER,
        caution=_UNOFFICIAL,
    )

    def __init__(
        self,
        settings: EdgeSettings = EdgeSettings(),
        wait: Callable[[float], object] | None = None,
    ) -> None:
        self._settings = settings
        self.service: str | None = f"Microsoft Edge ({HOST})"
        self._online = Service(self.service, answer_s=_ANSWER_S, wait=wait)

    def version(self) -> str:
        """Name the settings; raise EngineUnavailableError where edge-tts is not installed."""
        try:
            version("edge-tts")
        except PackageNotFoundError as error:
            raise EngineUnavailableError(
                Message("edge.not-installed", "The voice of Microsoft Edge is not installed."),
                hint=Message(
                    "edge.not-installed.hint",
                    "Install it, knowing that it is unofficial: "
                    'python -m pip install "broadcast[edge]"',
                ),
            ) from error
        return f"1, {sounding(self._settings)}"

    def check(self, language: str) -> None:
        """Raise EngineUnavailableError, in at most 3 seconds, unless somebody answers there."""
        self._online.check(ADDRESS, self.version)

    def voices(self) -> tuple[VoiceInfo, ...]:
        """List voices that are known without asking."""
        return tuple(replace(one, caution=_WHY) for one in KNOWN)

    def speak(self, utterance: Utterance) -> bytes:
        """Give the words as MP3, or as WAV where they are too long for one request."""
        from xml.sax.saxutils import escape

        voice = checked(utterance.voice.name, utterance.voice.language)
        words = sayable(utterance.words)
        if not words:
            return silence()
        self.version()
        parts = in_parts(words, _LONGEST_BYTES, lambda some: len(escape(some).encode()))
        return joined(parts, [self._spoken(one.words, voice) for one in parts])

    def stop(self) -> None:
        """Wait for no answer any more."""
        self._online.stop()

    def _spoken(self, words: str, voice: str) -> bytes:
        def send() -> Answer:
            return self._answer(words, voice)

        return self._online.patiently(send, heard=is_sound)

    def _answer(self, words: str, voice: str) -> Answer:
        """Ask once; what fails is told as requests would, so that it is judged as others are."""
        import asyncio

        import aiohttp
        import requests
        from edge_tts.exceptions import EdgeTTSException

        try:
            asking = self._streamed(words, voice)
            speech = asyncio.run(asyncio.wait_for(asking, _ANSWER_S))
        except aiohttp.ClientSSLError as error:
            raise requests.exceptions.SSLError(f"CERTIFICATE_VERIFY_FAILED: {error}") from error
        except (aiohttp.ClientProxyConnectionError, aiohttp.ClientHttpProxyError) as error:
            raise requests.exceptions.ProxyError(str(error)) from error
        except aiohttp.ClientResponseError as error:
            headers = {key.lower(): value for key, value in (error.headers or {}).items()}
            if error.status == 403:
                raise self._turned_away(headers) from error
            return Answer(error.status, headers, b"")
        except EdgeTTSException as error:
            if isinstance(error.__cause__, aiohttp.ClientResponseError):  # it gave no time
                raise self._turned_away({}) from error
            return Answer(200, {}, b"")  # not what was asked for
        except aiohttp.ClientError as error:
            raise requests.exceptions.ConnectionError(str(error)) from error
        except (ValueError, TypeError, LookupError):  # edge-tts cannot read it
            return Answer(200, {}, b"")
        return Answer(200, {}, speech)

    @cached_property
    def _network(self) -> tuple[str | None, ssl.SSLContext]:
        return _users_network()

    async def _streamed(self, words: str, voice: str) -> bytes:
        """Give what edge-tts is sent for words, within bounds, and by nobody but the one asked."""
        import requests
        from edge_tts import Communicate, communicate

        proxy, trusting = self._network
        # It trusts certifi's list alone, and has no other place for a network's own authority.
        communicate._SSL_CTX = trusting
        connector = _only_there(self._online)
        speech = bytearray()
        asking = Communicate(
            words, voice, rate=f"{self._settings.percent:+d}%", connector=connector, proxy=proxy
        )
        try:
            async for chunk in asking.stream():
                if chunk["type"] == "audio":
                    speech += chunk["data"]
                if len(speech) > online.LARGEST_MB * 1_000_000:
                    raise self._online.too_much()
        finally:
            await connector.really_close()
        # It adds up what came once it is told that this was all; a connection that breaks is to it
        # like an end.
        if asking.state["cumulative_audio_bytes"] != len(speech):
            raise requests.exceptions.ConnectionError("cut off")
        return bytes(speech)

    def _turned_away(self, headers: Mapping[str, str]) -> OutsideError:
        off_s = _clock_off_s(headers.get("date", ""))
        if abs(off_s) > _CLOCK_MAY_DIFFER_S:
            return EngineUnavailableError(
                Message(
                    "edge.clock",
                    "{name} turns this computer away (status 403): its clock is {minutes:.0f} "
                    "minutes off.",
                    name=self._online.name,
                    minutes=abs(off_s) / 60,
                ),
                hint=Message("edge.clock.hint", "Set the clock, then build again."),
            )
        return EngineUnavailableError(
            Message(
                "edge.turned-away",
                "{name} turns this computer away (status 403), as it does with other programs now "
                "and then, for weeks, and with servers.",
                name=self._online.name,
            ),
            hint=OFFLINE_HINT,
        )


def _only_there(service: Service) -> Any:
    """Give what connects to Microsoft alone, whatever redirects say, and again after each request.

    Raises EngineUnavailableError where it sends us elsewhere.

    edge-tts asks twice where the clock differs, and closes what it connected by after the first.
    """
    import asyncio

    import aiohttp

    class OnlyThere(aiohttp.TCPConnector):
        def __init__(self) -> None:
            super().__init__()
            self._opened: list[Any] = []

        async def connect(self, req: Any, *rest: Any, **more: Any) -> Any:
            if req.url.host != HOST or req.url.scheme not in ("https", "wss"):
                elsewhere = Answer(302, {"location": str(req.url)}, b"")
                raise refusal(elsewhere, service.name, "", "", Refused())
            connection = await super().connect(req, *rest, **more)
            self._opened.append(connection.transport)
            return connection

        def close(self, **_: Any) -> Any:
            return _nothing()

        async def really_close(self) -> None:
            await super().close()
            # Nobody waits for the service's own farewell: the loop ends now.
            for transport in self._opened:
                transport.abort()
            await asyncio.sleep(0)

    return OnlyThere()


async def _nothing() -> None:
    """Do nothing."""


def _users_network() -> tuple[str | None, ssl.SSLContext]:
    """Give the user's proxy to Microsoft and whom he trusts, as requests reads his environment."""
    import ssl
    from pathlib import Path

    import certifi
    import requests

    found = requests.Session().merge_environment_settings(ADDRESS, {}, None, None, None)
    proxy = requests.utils.select_proxy(ADDRESS, found["proxies"])
    authorities = certifi.where() if found["verify"] is True else str(found["verify"])
    if Path(authorities).is_dir():
        return proxy, ssl.create_default_context(capath=authorities)
    return proxy, ssl.create_default_context(cafile=authorities)


def _clock_off_s(date: str) -> float:
    """Give by how many seconds the clock here differs from a service's; 0 if it tells no time."""
    from email.utils import parsedate_to_datetime

    try:
        there = parsedate_to_datetime(date)
    except (TypeError, ValueError):
        return 0.0
    return (datetime.now(UTC) - there).total_seconds()
