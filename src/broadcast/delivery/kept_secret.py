"""What a host or a library says of an upload, with its secret taken out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy

from broadcast.delivery.faults import HostError
from broadcast.delivery.host import Secret
from broadcast.messages import Message, Value


@contextmanager
def kept_secret(secret: Secret | None) -> Iterator[None]:
    """Take the secret out of what a host or a library says, whoever put it there."""
    try:
        yield
    except HostError as error:
        if secret is not None and secret.value:
            error.message = _without(error.message, secret.value)
        raise


def _without(message: Message, secret: str) -> Message:
    def cleaned(value: Value) -> Value:
        if isinstance(value, Message):
            return _without(value, secret)
        return value.replace(secret, "…") if isinstance(value, str) else value

    values = {name: cleaned(value) for name, value in message.values.items()}
    other = copy(message)
    object.__setattr__(other, "values", values)
    return other
