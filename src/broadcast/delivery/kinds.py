"""The scheme of an address → the kind of host that it names, and what connects to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module

from broadcast.delivery import faults
from broadcast.delivery.host import Destination, Host, Login


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of host: where it is written, the package it needs ("": none), and what of a login.

    ``whole_file``: its secret is all of a file, not a line. ``needs_user``: the key or account
    that the secret belongs to has to be named. ``has_endpoint``: its address is a service's.
    """

    module: str
    package: str = ""
    needs_secret: bool = True
    whole_file: bool = False
    needs_user: bool = False
    has_endpoint: bool = False


KINDS: Mapping[str, Kind] = {
    "file": Kind("to_folder", needs_secret=False),
    "sftp": Kind("to_sftp", "paramiko", needs_secret=False),  # a key or an agent may do
    "ftps": Kind("to_ftps"),
    "webdavs": Kind("to_webdav", "webdav4"),
    "webdav": Kind("to_webdav", "webdav4"),
    "s3": Kind("to_s3", "obstore", needs_user=True, has_endpoint=True),
    "az": Kind("to_azure", "obstore", needs_user=True, has_endpoint=True),
    "gs": Kind("to_google", "obstore", whole_file=True, has_endpoint=True),
}


def connect(target: Destination, login: Login) -> Host:
    """Connect to a host. Raises HostError, also when what speaks its protocol is not installed."""
    kind = KINDS[target.kind]
    try:
        module = import_module(f"broadcast.delivery.{kind.module}")
    except ImportError as error:
        if not kind.package:
            raise
        raise faults.missing_extra(target.kind, kind.package) from error
    made: Callable[[Destination, Login], Host] = module.connect
    return made(target, login)
