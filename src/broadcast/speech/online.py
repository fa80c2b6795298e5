"""Requests to a speech service → its answers: verified, patient, bounded, and nowhere else.

An engine makes one ``Service`` and lets it ``check`` and ``post``. Proxies and authorities are
those of the user's environment, as requests reads it; a ``.netrc`` is not read, for its passwords
are not meant for an address that a station names.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, InvalidStateError, wait
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from broadcast.errors import EngineUnavailableError, OutsideError
from broadcast.messages import Message, verbatim
from broadcast.speech.engine import quoted, sayable

if TYPE_CHECKING:
    import requests

T = TypeVar("T")

CHECK_S = 2.5
CONNECT_S = 5.0
ANSWER_S = 15.0
"""How long a check (3 s with its imports), a connection, and a whole answer may take."""
WAITS_S = (1.0, 2.0, 4.0)
"""Waits before the further attempts when the service is busy or the connection breaks."""
LONGEST_WAIT_S = 30.0
"""A service that asks for more patience (Retry-After, RFC 9110 section 10.2.3) is given up."""
LARGEST_MB = 50
"""An answer that is larger is no sentence; an hour of MP3 is 29 MB."""

OFFLINE_HINT = Message(
    "engine.offline.hint", "Try again later, or build with the offline voice: --offline"
)
_LOOK_AT_SETTINGS = Message(
    "service.refused.hint",
    "Look at its settings in station.toml, or build with the offline voice: --offline",
)
_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service answered; the names of ``headers`` are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def sent_to(self) -> str | None:
        """Where it sends us instead of answering; nobody goes there."""
        return self.headers.get("location") if self.status in _REDIRECTS else None


def _no_other_sign(answer: Answer) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Refused:
    """What to say when a service refuses a request for no reason that it gives."""

    because: Message | None = None
    hint: Message = _LOOK_AT_SETTINGS


class Service:
    """A speech service on the network, which is called ``name`` in messages.

    ``key_variable`` is the environment variable that holds the key to send (RFC 6750: Bearer); it
    is read when a request is sent and kept nowhere. ``is_busy`` tells further signs of a service
    that wants to be left alone for a while; ``answer_s`` is how long a whole answer may take, and
    ``wait`` is called with the seconds before a new attempt.
    """

    def __init__(
        self,
        name: str,
        *,
        key_variable: str = "",
        is_busy: Callable[[Answer], bool] = _no_other_sign,
        refused: Refused = Refused(),
        answer_s: float | None = None,
        wait: Callable[[float], object] | None = None,
    ) -> None:
        self.name = name
        self._key_variable = key_variable
        self._is_busy = is_busy
        self._refused_told = refused
        self._answer_s = answer_s
        self._wait = wait or self._sleep
        self._stopped: Future[None] = Future()

    def check(self, address: str, first: Callable[[], object] = lambda: None) -> None:
        """Raise EngineUnavailableError, in at most 3 seconds, unless somebody answers there.

        No words and no key are sent. ``first`` is what the engine itself looks at, which may take
        its time too.
        """

        def ask() -> None:
            first()
            self._session.head(
                address, timeout=CHECK_S, allow_redirects=False, auth=_Sign(""), stream=True
            ).close()

        try:
            self._within(CHECK_S, ask)
        except OSError as error:
            raise self._unavailable(_trouble(error)) from error

    def post(
        self,
        address: str,
        *,
        data: str | bytes | None = None,
        document: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> bytes:
        """Send ``data``, or a ``document`` as JSON, until it is answered; give the answer's body.

        It is sent again and again within bounds while that may help. Raises EngineUnavailableError
        when the service cannot be reached, refuses, or sends us elsewhere.
        """
        key = key_of_user(self._key_variable) if self._key_variable else ""
        if document is not None:
            data = json.dumps(document, ensure_ascii=False).encode()
            headers = {"Content-Type": "application/json", **(headers or {})}

        def send() -> Answer:
            return self._answer(address, data, headers, key)

        for wait_s in (*WAITS_S, None):
            asked_s = 0.0
            try:
                answer = self._within(self._answer_s or ANSWER_S, send)
            except OSError as error:
                trouble = _trouble(error)
                if not _may_pass(error):
                    raise self._unavailable(trouble) from error
            else:
                if answer.status == 200:
                    return answer.body
                busy = answer.status == 429 or answer.status >= 500
                if not (busy or self._is_busy(answer)):
                    raise self._refused(answer, key)
                trouble = Message(
                    "service.busy", "it is busy (status {status})", status=answer.status
                )
                asked_s = retry_after_s(answer.headers.get("retry-after", "0"))
            if wait_s is None or asked_s > LONGEST_WAIT_S:
                break
            self._wait(max(wait_s, asked_s))
        if asked_s > LONGEST_WAIT_S:
            trouble = Message(
                "service.pause",
                "it asks for a pause of {minutes:.0f} minutes",
                minutes=asked_s / 60,
            )
        raise self._unavailable(trouble)

    def stop(self) -> None:
        """Wait for no answer any more: every ``check`` and ``post`` under way ends by an error."""
        with suppress(InvalidStateError):
            self._stopped.set_exception(
                OutsideError(
                    Message("service.stopped", "{name} is not waited for any more.", name=self.name)
                )
            )

    @cached_property
    def _session(self) -> requests.Session:
        import requests

        return requests.Session()

    def _answer(
        self,
        address: str,
        data: str | bytes | None,
        headers: Mapping[str, str] | None,
        key: str,
    ) -> Answer:
        with self._session.post(
            address,
            data=data,
            headers=headers,
            auth=_Sign(key),
            timeout=(CONNECT_S, self._answer_s or ANSWER_S),
            # The words go to the service that was named, and nowhere else.
            allow_redirects=False,
            stream=True,
        ) as answer:
            body = bytearray()
            for piece in answer.iter_content(1 << 16):
                body += piece
                if len(body) > LARGEST_MB * 1_000_000:
                    raise self._unavailable(
                        Message(
                            "service.too-much", "its answer is larger than {mb} MB", mb=LARGEST_MB
                        )
                    )
            named = {name.lower(): value for name, value in answer.headers.items()}
            return Answer(answer.status_code, named, bytes(body))

    def _refused(self, answer: Answer, key: str) -> EngineUnavailableError:
        if answer.sent_to is not None:
            return EngineUnavailableError(
                Message(
                    "service.elsewhere",
                    "{name} sends us elsewhere instead of speaking.",
                    name=self.name,
                ),
                hint=Message(
                    "service.elsewhere.hint",
                    "The network may want a sign-in first: open a web page, then build again.",
                ),
            )
        if answer.status in (401, 403):
            # What it says of the key is not repeated: it may hold a part of it.
            hint = Message(
                "service.key-name.hint",
                "Name the environment variable that holds its key in station.toml.",
            )
            if self._key_variable:
                hint = Message(
                    "service.key.hint",
                    "Look at the key in the environment variable {variable}.",
                    variable=self._key_variable,
                )
            if key:
                refused = Message(
                    "service.key",
                    "{name} does not accept the key in {variable} (status {status}).",
                    name=self.name,
                    variable=self._key_variable,
                    status=answer.status,
                )
            else:
                refused = Message(
                    "service.no-key",
                    "{name} does not accept a request without a key (status {status}).",
                    name=self.name,
                    status=answer.status,
                )
            return EngineUnavailableError(refused, hint=hint)
        reason = _reason(answer.body, key)
        because = verbatim(reason) if reason else self._refused_told.because
        if because is None:
            told = Message(
                "service.refused",
                "{name} refused the request (status {status}).",
                name=self.name,
                status=answer.status,
            )
        else:
            told = Message(
                "service.refused-because",
                "{name} refused the request (status {status}): {why}.",
                name=self.name,
                status=answer.status,
                why=because,
            )
        return EngineUnavailableError(told, hint=self._refused_told.hint)

    def _unavailable(self, trouble: Message) -> EngineUnavailableError:
        return EngineUnavailableError(
            Message(
                "service.unusable", "{name} cannot be used: {why}.", name=self.name, why=trouble
            ),
            hint=OFFLINE_HINT,
        )

    def without_speech(self, words: str, hint: Message = OFFLINE_HINT) -> EngineUnavailableError:
        """Give the error for an answer in which there is no speech for ``words``."""
        return EngineUnavailableError(
            Message(
                "service.no-speech",
                "{name} answered without speech for {words}.",
                name=self.name,
                words=quoted(words),
            ),
            hint=hint,
        )

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


class _Sign:
    """Signs a request with a key ("": with nothing), so that requests looks for no other sign."""

    def __init__(self, key: str) -> None:
        self._key = key

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._key:
            request.headers["Authorization"] = f"Bearer {self._key}"
        return request


def key_of_user(variable: str) -> str:
    """Give the key that an environment variable holds; "" where it is not set.

    Raises EngineUnavailableError for what no header can carry: whoever refuses it later would say
    it aloud.
    """
    key = os.environ.get(variable, "").strip()
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise EngineUnavailableError(
            Message(
                "key.unreadable",
                "What the environment variable {variable} holds is not a key.",
                variable=variable,
            ),
            hint=Message(
                "key.unreadable.hint", "Copy the key again, without line ends or blanks in it."
            ),
        )
    return key


def retry_after_s(header: str) -> float:
    """Give the seconds a busy service asks us to wait; 0 if it does not say, or not clearly."""
    from urllib3.exceptions import InvalidHeader
    from urllib3.util import Retry

    try:
        return float(Retry().parse_retry_after(header))
    except InvalidHeader:
        return 0.0


def _reason(body: bytes, key: str) -> str:
    """Give the reason in an answer, as services like OpenAI's put it, without the key."""
    try:
        error = json.loads(body)["error"]
        reason = str(error["message"] if isinstance(error, dict) else error)
    except (ValueError, TypeError, LookupError):
        return ""
    reason = sayable(reason.replace(key, "…") if key else reason)
    return reason[:200].rstrip(".")


def _may_pass(error: OSError) -> bool:
    """Say whether a new attempt may do better: the connection broke or there was no answer."""
    from requests import exceptions as failed

    passing = (TimeoutError, failed.ConnectionError, failed.Timeout, failed.ChunkedEncodingError)
    return isinstance(error, passing) and not isinstance(error, failed.SSLError)


def _trouble(error: OSError) -> Message:
    """Say in a few words why there was no answer. (What requests raises is an OSError.)"""
    from requests import exceptions as failed

    if isinstance(error, failed.SSLError):
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            return Message(
                "service.certificate",
                "its certificate is not valid, so somebody may be listening in",
            )
        return Message(
            "service.in-between",
            "something in between answers in its place, as the sign-in page of a network does",
        )
    if isinstance(error, failed.ProxyError):
        return Message("service.proxy", "the network's proxy does not let us through")
    if isinstance(error, (TimeoutError, failed.Timeout)):
        return Message("service.late", "it does not answer in time")
    if isinstance(error, (failed.ConnectionError, failed.ChunkedEncodingError)):
        return Message("service.connection", "the connection fails, as it does without internet")
    return verbatim(str(error).rstrip("."))
