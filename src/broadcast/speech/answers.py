"""What a speech service answered, or why it did not → what that means and how it is said."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from broadcast.errors import EngineUnavailableError
from broadcast.messages import Message
from broadcast.messages.system_reasons import others_words
from broadcast.speech.engine import sayable

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


@dataclass(frozen=True, slots=True)
class Refused:
    """What to say when a service refuses a request for no reason that it gives."""

    because: Message | None = None
    hint: Message = _LOOK_AT_SETTINGS


def refusal(
    answer: Answer, service: str, key_variable: str, key: str, otherwise: Refused
) -> EngineUnavailableError:
    """Give the error for an answer that is a refusal; ``key`` is never told.

    ``key_variable`` is the environment variable that the key is in, ``otherwise`` what is said
    where the service gives no reason.
    """
    if answer.sent_to is not None:
        return EngineUnavailableError(
            Message(
                "service.elsewhere",
                "{name} sends us elsewhere instead of speaking.",
                name=service,
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
        if key_variable:
            hint = Message(
                "service.key.hint",
                "Look at the key in the environment variable {variable}.",
                variable=key_variable,
            )
        if key:
            refused = Message(
                "service.key",
                "{name} does not accept the key in {variable} (status {status}).",
                name=service,
                variable=key_variable,
                status=answer.status,
            )
        else:
            refused = Message(
                "service.no-key",
                "{name} does not accept a request without a key (status {status}).",
                name=service,
                status=answer.status,
            )
        return EngineUnavailableError(refused, hint=hint)
    reason = _reason(answer.body, key)
    because = others_words(reason) if reason else otherwise.because
    if because is None:
        told = Message(
            "service.refused",
            "{name} refused the request (status {status}).",
            name=service,
            status=answer.status,
        )
    else:
        told = Message(
            "service.refused-because",
            "{name} refused the request (status {status}): {why}.",
            name=service,
            status=answer.status,
            why=because,
        )
    return EngineUnavailableError(told, hint=otherwise.hint)


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


def may_pass(error: OSError) -> bool:
    """Say whether a new attempt may do better: the connection broke or there was no answer."""
    from requests import exceptions as failed

    passing = (TimeoutError, failed.ConnectionError, failed.Timeout, failed.ChunkedEncodingError)
    return isinstance(error, passing) and not isinstance(error, failed.SSLError)


def trouble_of(error: OSError) -> Message:
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
    return others_words(str(error))
