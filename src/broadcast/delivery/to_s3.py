"""A bucket of S3, or of a service that speaks its protocol (R2, MinIO, B2, GCS), as a host."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import S3Store

from broadcast.delivery import faults
from broadcast.delivery.host import ANSWERS_WITHIN_S, Destination, Login, Sent

_LARGE = 8 << 20
"""From this size on a file goes in parts, which are joined when the last has come."""
_LOST = re.compile("error sending request|timed out|timeout|connection|dns|5\\d\\d", re.IGNORECASE)


class S3Host:
    """A bucket, or what is below a prefix there; nobody sees an object before it is whole.

    No checksums are sent beside the signature: some services refuse them (boto3#4392).
    """

    puts_whole = True

    def __init__(self, store: Any, where: str) -> None:
        self._store = store
        self._where = where

    def list(self, folder: str) -> Mapping[str, int]:
        """Give the objects of a folder, all of its pages."""
        with self._told(folder):
            found = obstore.list_with_delimiter(self._store, prefix=folder or None)
            return {one["path"].rpartition("/")[2]: int(one["size"]) for one in found["objects"]}

    def put(self, path: str, file: Path, kind: str, cache: str, sent: Sent) -> None:
        """Send an object with its type and how long it may be kept."""
        size = file.stat().st_size
        with self._told(path):
            obstore.put(
                self._store,
                path,
                file,
                attributes={"Content-Type": kind, "Cache-Control": cache},
                use_multipart=size > _LARGE,
                chunk_size=_LARGE,
            )
            there = int(obstore.head(self._store, path)["size"])
        if there != size:
            raise faults.half(self._where, path, there, size)
        sent(size)

    def move(self, old: str, new: str) -> None:
        """Copy, then delete: a bucket knows no other way."""
        with self._told(new):
            obstore.rename(self._store, old, new)

    def remove(self, path: str) -> None:
        """Delete an object."""
        with self._told(path), suppress(FileNotFoundError, NotFoundError):
            obstore.delete(self._store, path)

    def close(self) -> None:
        """Do nothing: each order is a request of its own."""

    @contextmanager
    def _told(self, path: str) -> Iterator[None]:
        try:
            yield
        except (BaseError, FileNotFoundError, PermissionError) as error:
            raise _fault(self._where, path, error) from error


def connect(target: Destination, login: Login) -> S3Host:
    """Give the bucket. Raises HostError where it is not there, or does not let this key in."""
    within = timedelta(seconds=ANSWERS_WITHIN_S)
    further = {"endpoint": target.endpoint} if target.endpoint else {}
    store = S3Store(
        target.host,
        prefix=target.place or None,
        access_key_id=target.user,
        secret_access_key=login.secret.value if login.secret else "",
        region=target.region,
        virtual_hosted_style_request=False,
        disable_bulk_delete=True,  # GCS has none, others want an MD5 with it
        client_options={
            "allow_http": target.endpoint.startswith("http://"),
            "connect_timeout": within,
            "timeout": timedelta(minutes=10),
        },
        retry_config={"max_retries": 1, "retry_timeout": within},
        **further,
    )
    return S3Host(store, target.shown)


def _fault(where: str, path: str, error: Exception) -> faults.HostError:
    words = str(error)
    if "RequestTimeTooSkewed" in words:
        return faults.wrong_clock(where)
    if re.search("InvalidAccessKeyId|SignatureDoesNotMatch|InvalidToken|401", words):
        return faults.wrong_login(where)
    if "NoSuchBucket" in words:
        return faults.no_place(where)
    if re.search("QuotaExceeded|EntityTooLarge|InsufficientStorage|507", words):
        return faults.no_room(where)
    if re.search("AccessDenied|Forbidden|403", words) or isinstance(error, PermissionError):
        return faults.forbidden(where, path or "/")
    if found := re.search("invalid peer certificate: ([^\\n]*)", words):
        return faults.certificate(where, found[1])
    if _LOST.search(words):
        return faults.disturbed(where, error)
    return faults.refused(where, path, words.splitlines()[0][:200])
