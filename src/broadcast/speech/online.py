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
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from broadcast.errors import EngineUnavailableError, OutsideError
from broadcast.messages import Message
from broadcast.speech.answers import (
    Answer,
    Refused,
    may_pass,
    refusal,
    retry_after_s,
    trouble_of,
)
from broadcast.speech.engine import quoted

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
_NO_REASON = Refused()


def _no_other_sign(answer: Answer) -> bool:
    return False


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
        refused: Refused = _NO_REASON,
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
            raise self._unavailable(trouble_of(error)) from error

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
                trouble = trouble_of(error)
                if not may_pass(error):
                    raise self._unavailable(trouble) from error
            else:
                if answer.status == 200:
                    return answer.body
                busy = answer.status == 429 or answer.status >= 500
                if not (busy or self._is_busy(answer)):
                    raise refusal(answer, self.name, self._key_variable, key, self._refused_told)
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
