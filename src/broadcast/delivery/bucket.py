"""A bucket of a cloud's storage as a host, whichever protocol it speaks, and what it says."""

from __future__ import annotations

import errno
import os
import re
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import IO, Any, cast

import obstore
from obstore.exceptions import BaseError, NotFoundError

from broadcast.delivery import faults
from broadcast.delivery.host import ANSWERS_WITHIN_S, Sent
from broadcast.delivery.reading import Counted

_LARGE = 8 << 20
"""From this size on a file goes in parts, which are joined when the last has come."""
_AT_ONCE = 2
"""Parts on their way at the same time: more are counted before they went."""
_OTHERS_SETTINGS = ("AWS_", "AZURE_", "GOOGLE_")
_STATUS = re.compile(r"(?:status code: |\(code: )(\d{3})")
# What S3 and its kin, Azure and Google say, in that order.
_CLOCK = re.compile("RequestTimeTooSkewed|date header|reasonable timeframe", re.IGNORECASE)
_LOGIN = re.compile(
    "InvalidAccessKeyId|SignatureDoesNotMatch|InvalidToken|"
    "AuthenticationFailed|failed to authenticate|InvalidAuthenticationInfo|"
    "AuthenticationRequired|Invalid JWT|invalid_grant"
)
_NO_PLACE = re.compile("NoSuchBucket|ContainerNotFound|<Code>ResourceNotFound|InvalidBucketName")
_FULL = re.compile("QuotaExceeded|EntityTooLarge|InsufficientStorage|RequestBodyTooLarge")
_FORBIDDEN = re.compile("AccessDenied|Forbidden|Authorization(Failure|PermissionMismatch)")
_LOST = re.compile("error sending request|timed out|connection|error decoding", re.IGNORECASE)
_BY_WORDS = (
    ("dns error|lookup address|name resolution", socket.gaierror()),
    ("Connection refused", OSError(errno.ECONNREFUSED, "")),
    ("unreachable", OSError(errno.ENETUNREACH, "")),
    ("timed out|TimedOut", TimeoutError()),
)


class BucketHost:
    """A bucket, or what is below a prefix there; nobody sees an object before it is whole.

    No checksums are sent beside the signature: some services refuse them (boto3#4392).
    """

    puts_whole = True

    def __init__(self, store: Any, where: str) -> None:
        self._store = store
        self._where = where

    def list(self, folder: str) -> Mapping[str, int]:
        """Give the objects of a folder, all of its pages."""
        with told(self._where, folder):
            found = obstore.list_with_delimiter(self._store, prefix=folder or None)
            return {one["path"].rpartition("/")[2]: int(one["size"]) for one in found["objects"]}

    def put(self, path: str, file: Path, kind: str, cache: str, sent: Sent) -> None:
        """Send an object with its type and how long it may be kept."""
        size = file.stat().st_size
        with told(self._where, path), file.open("rb") as stream:
            obstore.put(
                self._store,
                path,
                cast(IO[bytes], Counted(stream, sent)),
                attributes={"Content-Type": kind, "Cache-Control": cache},
                use_multipart=size > _LARGE,
                chunk_size=_LARGE,
                max_concurrency=_AT_ONCE,
            )
            there = int(obstore.head(self._store, path)["size"])
        if there != size:
            raise faults.half(self._where, path, there, size)

    def move(self, old: str, new: str) -> None:
        """Copy, then delete: a bucket knows no other way."""
        with told(self._where, new):
            obstore.rename(self._store, old, new)

    def remove(self, path: str) -> None:
        """Delete an object."""
        with told(self._where, path), suppress(FileNotFoundError, NotFoundError):
            obstore.delete(self._store, path)

    def close(self) -> None:
        """Do nothing: each order is a request of its own."""


def how(endpoint: str) -> dict[str, Any]:
    """Give how a store is to ask: how long it waits, and whether without TLS at all."""
    within = timedelta(seconds=ANSWERS_WITHIN_S)
    return {
        "client_options": {
            "allow_http": endpoint.startswith("http://"),
            "connect_timeout": within,
            "timeout": timedelta(minutes=10),
        },
        "retry_config": {"max_retries": 1, "retry_timeout": within},
    }


@contextmanager
def settings_alone() -> Iterator[None]:
    """Hide variables that are meant for other programs: a store would mix them with ours."""
    hidden = {name: os.environ[name] for name in os.environ if name.startswith(_OTHERS_SETTINGS)}
    for name in hidden:
        del os.environ[name]
    try:
        yield
    finally:
        os.environ.update(hidden)


@contextmanager
def told(where: str, path: str) -> Iterator[None]:
    """Raise what a bucket says of a path as a HostError."""
    try:
        yield
    except (BaseError, FileNotFoundError, PermissionError) as error:
        raise _fault(where, path, error) from error


def _fault(where: str, path: str, error: Exception) -> faults.HostError:
    words = str(error)
    answered = _STATUS.search(words)
    status = int(answered[1]) if answered else 0
    if _CLOCK.search(words):
        return faults.wrong_clock(where)
    if status == 401 or _LOGIN.search(words):
        return faults.wrong_login(where)
    if _NO_PLACE.search(words):
        return faults.no_place(where)
    if status == 507 or _FULL.search(words):
        return faults.no_room(where)
    if status == 403 or _FORBIDDEN.search(words) or isinstance(error, PermissionError):
        return faults.forbidden(where, path or "/")
    if found := re.search(r"InvalidCertificate\(\s*(\w+)", words):
        return faults.certificate(where, found[1])
    if status >= 500 or status in (408, 429) or (not status and _LOST.search(words)):
        return faults.disturbed(where, _cause(words))
    return faults.refused(where, path, words.splitlines()[0][:200])


def _cause(words: str) -> Exception:
    known = (cause for pattern, cause in _BY_WORDS if re.search(pattern, words))
    return next(known, ConnectionError())
