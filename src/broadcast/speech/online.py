"""Requests to a speech service → its answers: verified, patient, bounded, and nowhere else.

An engine makes one ``Service`` and lets it ``check`` and ``post``. Proxies and authorities are
those of the user's environment, as requests reads it; a ``.netrc`` is not read, for its passwords
are not meant for an address that a station names.
"""

from __future__ import annotations

import json
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, InvalidStateError, wait
from contextlib import suppress
from dataclasses import dataclass, field
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
from broadcast.speech.signing import Sign, key_of_user, past_proxies

if TYPE_CHECKING:
    import requests

T = TypeVar("T")

CHECK_S = 2.5
CONNECT_S = 5.0
ANSWER_S = 15.0
"""How long a check (3 s with its imports), a connection, and a whole answer may take."""
WAITS_S = (1.0, 2.0, 4.0)
"""Waits before the further attempts when the service is busy or the connection breaks."""
LATER_WAITS_S = (8.0,) * 6
"""Further ones for a service that has spoken before: one in three requests may fail, and of ninety
all come through (0.3 to the power of 10, ninety times, is one in two thousand)."""
LONGEST_WAIT_S = 60.0
"""A service that asks for more patience (Retry-After, RFC 9110 section 10.2.3) is given up; what
counts by the minute asks for no more."""
MINUTE_S = 60.0
LARGEST_MB = 50
"""An answer that is larger is no sentence; an hour of MP3 is 29 MB."""

OFFLINE_HINT = Message(
    "engine.offline.hint", "Try again later, or build with the offline voice: --offline"
)
_NO_REASON = Refused()
_NO_SOUND = Message("service.no-sound", "it answers with something that is no speech")


def _no_other_sign(answer: Answer) -> bool:
    return False


def _whatever(body: bytes) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class _Pace:
    """When the last requests were sent: by whichever episode of this process, it is one service."""

    sent_s: deque[float]
    lock: threading.Lock = field(default_factory=threading.Lock)


_PACES: dict[tuple[str, str, int], _Pace] = {}


def _pace_of(name: str, key_variable: str, a_minute: int) -> _Pace:
    pace = _Pace(deque(maxlen=a_minute or 1))
    return _PACES.setdefault((name, key_variable, a_minute), pace)


class Service:
    """A speech service on the network, which is called ``name`` in messages.

    ``key_variable`` is the environment variable that holds the key to send, in ``key_header``
    (Authorization: Bearer, RFC 6750, where that is not another one); it is read when a request is
    sent and kept nowhere. ``is_busy`` tells further signs of a service that wants to be left alone
    for a while, ``no_speech`` what to do when nothing that it answers is speech; ``answer_s`` is
    how long a whole answer may take, ``a_minute`` how many requests it takes within a minute (0: it
    says nothing of that), and ``wait`` is called with the seconds before a new attempt.
    """

    def __init__(
        self,
        name: str,
        *,
        key_variable: str = "",
        key_header: str = "Authorization",
        is_busy: Callable[[Answer], bool] = _no_other_sign,
        refused: Refused = _NO_REASON,
        no_speech: Message = OFFLINE_HINT,
        answer_s: float | None = None,
        a_minute: int = 0,
        wait: Callable[[float], object] | None = None,
    ) -> None:
        self.name = name
        self._key_variable = key_variable
        self._key_header = key_header
        self._is_busy = is_busy
        self._refused_told = refused
        self._no_speech = no_speech
        self._answer_s = answer_s
        self._wait = wait or self._sleep
        self._stopped: Future[None] = Future()
        self._has_spoken = False
        self._a_minute = a_minute
        self._pace = _pace_of(name, key_variable, a_minute)

    def check(self, address: str, first: Callable[[], object] = lambda: None) -> None:
        """Raise EngineUnavailableError, in at most 3 seconds, unless somebody answers there.

        No words and no key are sent. ``first`` is what the engine itself looks at, which may take
        its time too.
        """

        def ask() -> None:
            first()
            self._session.head(
                address,
                timeout=CHECK_S,
                allow_redirects=False,
                auth=Sign(""),
                proxies=past_proxies(address),
                stream=True,
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
        heard: Callable[[bytes], bool] = _whatever,
    ) -> bytes:
        """Send ``data``, or a ``document`` as JSON, until it is answered; give the answer's body.

        ``heard`` says whether a body is what was asked for. Raises as ``patiently`` does.
        """
        key = key_of_user(self._key_variable) if self._key_variable else ""
        if document is not None:
            data = json.dumps(document, ensure_ascii=False).encode()
            headers = {"Content-Type": "application/json", **(headers or {})}
        return self.patiently(lambda: self._answer(address, data, headers, key), key, heard)

    def patiently(
        self,
        send: Callable[[], Answer],
        key: str = "",
        heard: Callable[[bytes], bool] = _whatever,
    ) -> bytes:
        """Let ``send`` ask again and again within bounds while that may help; give the body.

        What it raises as an OSError is told as a failed connection. Raises EngineUnavailableError
        when the service cannot be reached, refuses, sends us elsewhere, or answers again and again
        with what is not ``heard`` as speech.
        """
        attempts, asked_s = 0, 0.0
        while True:
            self._keep_the_pace()
            trouble = _NO_SOUND
            try:
                answer = self._within(self._answer_s or ANSWER_S, send)
            except OSError as error:
                trouble, asked_s = trouble_of(error), 0.0
                if not may_pass(error):
                    raise self._unavailable(trouble) from error
            else:
                asked_s = retry_after_s(answer.headers.get("retry-after", "0"))
                busy = answer.status == 429 or answer.status >= 500 or self._is_busy(answer)
                if busy:
                    trouble = Message(
                        "service.busy", "it is busy (status {status})", status=answer.status
                    )
                elif answer.status != 200:
                    raise refusal(answer, self.name, self._key_variable, key, self._refused_told)
                elif heard(answer.body):
                    self._has_spoken = True
                    return answer.body
            waits_s = (*WAITS_S, *LATER_WAITS_S) if self._has_spoken else WAITS_S
            if attempts == len(waits_s) or asked_s > LONGEST_WAIT_S:
                break
            self._wait(max(waits_s[attempts], asked_s))
            attempts += 1
        if asked_s > LONGEST_WAIT_S:
            trouble = Message(
                "service.pause",
                "it asks for a pause of {minutes:.0f} minutes",
                minutes=asked_s / 60,
            )
        raise self._unavailable(trouble, self._no_speech if trouble is _NO_SOUND else OFFLINE_HINT)

    def stop(self) -> None:
        """Wait for no answer any more: every ``check`` and ``post`` under way ends by an error."""
        with suppress(InvalidStateError):
            self._stopped.set_exception(
                OutsideError(
                    Message("service.stopped", "{name} is not waited for any more.", name=self.name)
                )
            )

    def too_much(self) -> EngineUnavailableError:
        """Give the error for an answer that is larger than ``LARGEST_MB``, or does not end."""
        return self._unavailable(
            Message("service.too-much", "its answer is larger than {mb} MB", mb=LARGEST_MB)
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
            auth=Sign(key, self._key_header),
            proxies=past_proxies(address),
            timeout=(CONNECT_S, self._answer_s or ANSWER_S),
            # The words go to the service that was named, and nowhere else.
            allow_redirects=False,
            stream=True,
        ) as answer:
            body = bytearray()
            for piece in answer.iter_content(1 << 16):
                body += piece
                if len(body) > LARGEST_MB * 1_000_000:
                    raise self.too_much()
            named = {name.lower(): value for name, value in answer.headers.items()}
            return Answer(answer.status_code, named, bytes(body))

    def _unavailable(
        self, trouble: Message, hint: Message = OFFLINE_HINT
    ) -> EngineUnavailableError:
        return EngineUnavailableError(
            Message(
                "service.unusable", "{name} cannot be used: {why}.", name=self.name, why=trouble
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

    def _keep_the_pace(self) -> None:
        """Wait until the service takes another request within its minute."""
        while self._a_minute:
            with self._pace.lock:
                now = time.monotonic()
                wait_s = 0.0
                if len(self._pace.sent_s) == self._a_minute:
                    wait_s = self._pace.sent_s[0] + MINUTE_S - now
                if wait_s <= 0:
                    self._pace.sent_s.append(now)
                    return
            self._sleep(wait_s)
            if self._stopped.done():
                return

    def _sleep(self, seconds: float) -> None:
        """Wait, unless the engine is stopped."""
        wait((self._stopped,), seconds)
