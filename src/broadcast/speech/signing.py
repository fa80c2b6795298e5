"""A request to a speech service → signed with the user's key, and sent the way it has to go."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from broadcast.errors import EngineUnavailableError
from broadcast.messages import Message
from broadcast.model.engine import host_of
from broadcast.speech.settings import is_this_machine

if TYPE_CHECKING:
    import requests


class Sign:
    """Signs a request with a key ("": with nothing), so that requests looks for no other sign."""

    def __init__(self, key: str, header: str = "Authorization") -> None:
        self._key = key
        self._header = header

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._key:
            bearer = "Bearer " if self._header == "Authorization" else ""
            request.headers[self._header] = f"{bearer}{self._key}"
        return request


def past_proxies(address: str) -> dict[str, str] | None:
    """Let what goes to this machine go past the user's proxies: it does not leave it."""
    host = host_of(address)
    return {"no_proxy": host} if host and is_this_machine(address) else None


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
