"""Words → speech by Google Translate through gTTS: certificates verified, every wait bounded."""

from __future__ import annotations

import base64
import io
import json
import os
import threading
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, InvalidStateError, wait
from contextlib import suppress
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, TypeVar

from broadcast.errors import BroadcastError, EngineUnavailableError, OutsideError
from broadcast.model import Utterance
from broadcast.speech.engine import VoiceInfo, parent_languages, quoted, sayable, silence

if TYPE_CHECKING:
    import requests

T = TypeVar("T")

ADDRESS_VARIABLE = "BROADCAST_GTTS_URL"
"""Environment variable: the service's address (http://127.0.0.1:8080) instead of Google's."""

ACCENTS = {
    "en": ("com.au", "co.uk", "us", "ca", "co.in", "ie", "co.za", "com.ng"),
    "es": ("com.mx", "es", "us"),
    "fr": ("ca", "fr"),
    "pt": ("com.br", "pt"),
}
"""Google domains that give a language another accent (gTTS documentation, "Localized accents")."""

CHECK_S = 2.5
CONNECT_S = 5.0
ANSWER_S = 15.0
"""How long a check (3 s with its imports), a connection, and a whole answer may take."""
WAITS_S = (1.0, 2.0, 4.0)
"""Waits before the further attempts when the service is busy or the connection breaks."""
LONGEST_WAIT_S = 30.0
"""A service that asks for more patience (Retry-After, RFC 9110 section 10.2.3) is given up."""

_PATH = "/_/TranslateWebserverUi/data/batchexecute"
_OFFLINE = "Try again later, or build with the offline voice: --offline"
_UPDATE = "Update it (python -m pip install --upgrade gTTS), or build with the offline voice."
# Codes of ISO 639 for which Google keeps an older one.
_OLDER_CODES = {"he": "iw", "jv": "jw", "nb": "no", "fil": "tl"}


class Gtts:
    """Google Translate's voices, through gTTS, which splits the words and packs the requests.

    gTTS sends them without verifying certificates, so they are sent from here. A voice is a
    language, and after it a Google domain for its accent if wanted: ``vi``, ``en@co.uk``.

    ``url`` (or the variable BROADCAST_GTTS_URL) is the address of a service that speaks Google's
    protocol in Google's place; ``wait`` is called with the seconds to wait before a new attempt.
    """

    name = "gtts"
    online = True
    # One waits for the network while the other is spoken; Google turns away those who ask much.
    jobs = 2

    def __init__(
        self, url: str | None = None, wait: Callable[[float], object] | None = None
    ) -> None:
        self._url = (url or os.environ.get(ADDRESS_VARIABLE, "")).rstrip("/")
        self._stopped: Future[None] = Future()
        self._wait = wait or self._sleep
        self.service: str | None = self._url or "Google Translate (translate.google.com)"

    def version(self) -> str:
        """Name gTTS's release, and the service if it is not Google's."""
        try:
            release = version("gTTS")
        except PackageNotFoundError as error:
            raise EngineUnavailableError(
                "The online voice (gTTS) is not installed.",
                hint="Install it (python -m pip install gTTS), or use the offline voice.",
            ) from error
        return f"gTTS {release} at {self._url}" if self._url else f"gTTS {release}"

    def check(self, language: str) -> None:
        """Raise EngineUnavailableError, in at most 3 seconds, unless the service answers."""
        try:
            self._within(CHECK_S, lambda: self._ask(language))
        except OSError as error:
            raise self._unavailable(_trouble(error)) from error

    def voices(self) -> tuple[VoiceInfo, ...]:
        """List a voice for each of gTTS's languages and for each accent of it."""
        found = []
        for language, description in sorted(self._languages.items()):
            found.append(VoiceInfo(language, language, description))
            for domain in ACCENTS.get(language, ()):
                accent = f"{description}, accent of translate.google.{domain}"
                found.append(VoiceInfo(f"{language}@{domain}", language, accent))
        return tuple(found)

    def speak(self, utterance: Utterance) -> bytes:
        """Give the words as MP3; Google Translate knows no rate, so the voice's is not used."""
        from gtts import gTTS

        name, words = utterance.voice.name, sayable(utterance.words)
        tag, at, domain = name.partition("@")
        language = self._language(tag)
        if language is None or (at and domain not in _domains()):
            raise BroadcastError(
                f"The online voice (gTTS) has no voice “{name}”.",
                hint="`broadcast voices` lists the voices that work here.",
            )
        if not words:
            return silence()
        parts = gTTS(words, lang=language, lang_check=False).get_bodies()
        address = self._address(domain or "com") + _PATH
        return b"".join(self._speech(address, part, words) for part in parts)

    def stop(self) -> None:
        """Wait for no answer any more."""
        with suppress(InvalidStateError):
            self._stopped.set_exception(OutsideError("The online voice (gTTS) was stopped."))

    def _ask(self, language: str) -> None:
        """See that gTTS is installed and knows ``language``, and that the service answers."""
        self.version()
        if self._language(language) is None:
            raise EngineUnavailableError(
                f"The online voice (gTTS) does not speak the language “{language}”.",
                hint="`broadcast voices` lists the languages it speaks.",
            )
        self._session.head(self._address("com"), timeout=CHECK_S, allow_redirects=False)

    @cached_property
    def _session(self) -> requests.Session:
        import requests

        return requests.Session()

    @cached_property
    def _languages(self) -> dict[str, str]:
        from gtts.lang import tts_langs

        return dict(tts_langs())

    def _language(self, tag: str) -> str | None:
        """Give gTTS's own code for the language of ``tag``, or None if it has none."""
        codes = {code.lower(): code for code in self._languages}
        for parent in parent_languages(tag):
            if found := codes.get(_OLDER_CODES.get(parent, parent)):
                return found
        return None

    def _address(self, domain: str) -> str:
        return self._url or f"https://translate.google.{domain}"

    def _speech(self, address: str, body: str, words: str) -> bytes:
        """Send one request, again and again within bounds, until it is answered with speech."""
        for wait_s in (*WAITS_S, None):
            asked_s = 0.0
            try:
                answer = self._within(ANSWER_S, lambda: self._answer(address, body))
            except OSError as error:
                trouble = _trouble(error)
                if not _may_pass(error):
                    raise self._unavailable(trouble) from error
            else:
                if answer.status_code == 200:
                    return self._speech_in(answer.content, words)
                if not _is_busy(answer):
                    raise self._refused(answer)
                trouble = f"it is busy (status {answer.status_code})"
                asked_s = _retry_after_s(answer)
            if wait_s is None or asked_s > LONGEST_WAIT_S:
                break
            self._wait(max(wait_s, asked_s))
        if asked_s > LONGEST_WAIT_S:
            trouble = f"it asks for a pause of {asked_s / 60:.0f} minutes"
        raise self._unavailable(trouble)

    def _answer(self, address: str, body: str) -> requests.Response:
        from gtts import gTTS

        return self._session.post(
            address,
            data=body,
            headers=gTTS.GOOGLE_TTS_HEADERS,
            timeout=(CONNECT_S, ANSWER_S),
            # The words go to the service that was named, and nowhere else.
            allow_redirects=False,
        )

    def _speech_in(self, answer: bytes, words: str) -> bytes:
        """Take the MP3 out of an answer, and see that it is one."""
        import mutagen
        from gtts import gTTS
        from mutagen.mp3 import MP3

        text = answer.decode("utf-8", "replace")
        try:
            start = text.index('[["wrb.fr"')
            rows, _ = json.JSONDecoder().raw_decode(text, start)
            (said,) = (row[2] for row in rows if row[:2] == ["wrb.fr", gTTS.GOOGLE_TTS_RPC])
            speech = base64.b64decode(json.loads(said)[0], validate=True)
            MP3(io.BytesIO(speech))
        except (ValueError, TypeError, LookupError, mutagen.MutagenError) as error:
            raise EngineUnavailableError(
                f"{self.service} answered without speech for {quoted(words)}.",
                hint="A sign-in page of the network may be in the way, or gTTS too old. "
                "Open a web page to see, update gTTS, or build with the offline voice: --offline",
            ) from error
        return speech

    def _refused(self, answer: requests.Response) -> EngineUnavailableError:
        if answer.is_redirect:
            return EngineUnavailableError(
                f"{self.service} sends us elsewhere instead of speaking.",
                hint="The network may want a sign-in first: open a web page, then build again.",
            )
        return EngineUnavailableError(
            f"{self.service} refused the request (status {answer.status_code}): "
            "it may have changed, and gTTS be too old for it.",
            hint=_UPDATE,
        )

    def _unavailable(self, trouble: str) -> EngineUnavailableError:
        return EngineUnavailableError(f"{self.service} cannot be used: {trouble}.", hint=_OFFLINE)

    def _within(self, seconds: float, call: Callable[[], T]) -> T:
        """Give what ``call`` returns; raise TimeoutError after ``seconds``, whatever it is doing.

        No socket time-out covers a name server that does not answer or a body that trickles in.
        The thread left behind then ends with the process at the latest.
        """
        future: Future[T] = Future()

        def run() -> None:
            try:
                future.set_result(call())
            except BaseException as error:  # noqa: BLE001  raised again in the thread that waits
                future.set_exception(error)

        threading.Thread(target=run, daemon=True).start()
        either: list[Future[Any]] = [future, self._stopped]
        wait(either, seconds, FIRST_COMPLETED)
        if self._stopped.done():
            self._stopped.result()
        return future.result(0)

    def _sleep(self, seconds: float) -> None:
        """Wait, unless the engine is stopped."""
        wait((self._stopped,), seconds)


def _domains() -> frozenset[str]:
    """Google's domains by country: nothing else may complete the address words are sent to."""
    from gtts.accents import accents

    return frozenset(accents).union(*ACCENTS.values())


def _is_busy(answer: requests.Response) -> bool:
    # Google turns away who asks too often by a redirect to google.com/sorry/ (pndurette/gTTS#259).
    sorry = answer.is_redirect and "/sorry/" in answer.headers["location"]
    return sorry or answer.status_code == 429 or answer.status_code >= 500


def _retry_after_s(answer: requests.Response) -> float:
    """Give the seconds a busy service asks us to wait; 0 if it does not say, or not clearly."""
    from urllib3.exceptions import InvalidHeader
    from urllib3.util import Retry

    try:
        return float(Retry().parse_retry_after(answer.headers.get("Retry-After", "0")))
    except InvalidHeader:
        return 0.0


def _may_pass(error: OSError) -> bool:
    """Say whether a new attempt may do better: the connection broke or there was no answer."""
    from requests import exceptions as failed

    passing = (TimeoutError, failed.ConnectionError, failed.Timeout, failed.ChunkedEncodingError)
    return isinstance(error, passing) and not isinstance(error, failed.SSLError)


def _trouble(error: OSError) -> str:
    """Say in a few words why there was no answer. (What requests raises is an OSError.)"""
    from requests import exceptions as failed

    if isinstance(error, failed.SSLError):
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            return "its certificate is not valid, so somebody may be listening in"
        return "something in between answers in its place, as the sign-in page of a network does"
    if isinstance(error, failed.ProxyError):
        return "the network's proxy does not let us through"
    if isinstance(error, (TimeoutError, failed.Timeout)):
        return "it does not answer in time"
    if isinstance(error, (failed.ConnectionError, failed.ChunkedEncodingError)):
        return "the connection fails, as it does without internet"
    return str(error).rstrip(".")
