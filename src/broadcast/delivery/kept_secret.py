"""What a host or a library says of an upload, with its secret taken out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy

from broadcast.delivery.faults import HostError
from broadcast.delivery.host import Secret
from broadcast.messages import Message, One


@contextmanager
def kept_secret(secret: Secret | None) -> Iterator[None]:
    """Take the secret out of what a host or a library says, whoever put it there."""
    try:
        yield
    except HostError as error:
        error.message = without_secret(error.message, secret)
        raise


def without_secret(message: Message, secret: Secret | None) -> Message:
    """Give a message in whose values nothing of the secret is."""
    parts = secret.parts if secret is not None else ()

    def cleaned(value: One) -> One:
        if isinstance(value, Message):
            return without_secret(value, secret)
        if isinstance(value, str):
            for part in parts:
                value = value.replace(part, "…")
        return value

    values = {
        name: tuple(map(cleaned, value)) if isinstance(value, tuple) else cleaned(value)
        for name, value in message.values.items()
    }
    other = copy(message)
    object.__setattr__(other, "values", values)
    return other
