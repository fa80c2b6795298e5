"""[upload] of a station, and its user's secrets → where feed/ goes, and how somebody logs in there.

A password is taken from the environment, from a file outside the station, or from the system's
keyring; it is held in memory alone.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from broadcast.delivery import faults
from broadcast.delivery.host import Destination, Login, Secret
from broadcast.delivery.kinds import KINDS
from broadcast.errors import BroadcastError, UsageError
from broadcast.feed.addresses import is_this_machine
from broadcast.messages import Message
from broadcast.model import Claim, UploadSettings
from broadcast.production.desk.trust import Wanted
from broadcast.records import unreadable
from broadcast.station import Station
from broadcast.workspace import Workspace

NAME = "upload"
"""What is trusted, as an engine has its name."""
_HINT = Message(
    "upload.nowhere.hint",
    "Write where feed/ is to go, below [upload] in station.toml: {example}",
    example='to = "sftp://dai@example.vn/var/www/podcast"',
)


def target_of(workspace: Workspace, station: Station) -> Destination:
    """Give where feed/ goes. Raises UsageError where the station does not say, or not safely."""
    settings = station.upload
    scheme, _, rest = settings.to.partition(":")
    if not settings.to:
        raise UsageError(
            Message("upload.nowhere", "This station names no host to upload to."),
            file=workspace.station_file,
            hint=_HINT,
        )
    if scheme.lower() == "file":
        return _folder(workspace, rest)
    target = _host(settings, scheme.lower())
    if KINDS[target.kind].needs_user and not target.user:
        raise UsageError(
            Message("upload.no-user", "It is not said who logs in at {where}.", where=target.shown),
            file=workspace.station_file,
            hint=Message(
                "upload.no-user.hint",
                "Write user = below [upload]: for S3 the id of the key, for Azure the name of the "
                "storage account.",
            ),
        )
    if target.is_plain and not settings.unencrypted:
        raise UsageError(
            Message(
                "upload.plainly",
                "{address} is not encrypted: others could read the password on the way, and change "
                "what goes.",
                address=target.endpoint or target.shown,
            ),
            file=workspace.station_file,
            hint=Message(
                "upload.plainly.hint",
                "Write webdavs:// or https:// instead. Only where there is no other way: "
                "unencrypted = true below [upload].",
            ),
        )
    return target


def _folder(workspace: Workspace, written: str) -> Destination:
    folder = written.removeprefix("//") if written.startswith("///") else written
    place = str((workspace.root / unquote(folder)).resolve())
    if Path(place).is_relative_to(workspace.feed.resolve()):
        raise UsageError(
            Message("upload.onto-itself", "[upload] to names feed/ itself."),
            file=workspace.station_file,
            hint=_HINT,
        )
    return Destination("file", "", place, f"file:{place}")


def _host(settings: UploadSettings, kind: str) -> Destination:
    parts = urlsplit(settings.to)
    host, user = parts.hostname or "", settings.user or unquote(parts.username or "")
    path = unquote(parts.path)
    port = f":{parts.port}" if parts.port else ""
    who = f"{user}@" if user and kind not in ("s3", "gs") else ""
    address = settings.endpoint if KINDS[kind].has_endpoint else settings.to
    is_plain = re.match("(http|webdav):", address, re.IGNORECASE) and not is_this_machine(address)
    return Destination(
        kind=kind,
        host=host,
        place=path.removeprefix("/~/").rstrip("/") if kind == "sftp" else path.strip("/"),
        shown=f"{kind}://{who}{f'[{host}]' if ':' in host else host}{port}{parts.path.rstrip('/')}",
        port=parts.port,
        user=user,
        endpoint=settings.endpoint,
        region=settings.region,
        implicit_tls=settings.implicit_tls,
        is_plain=bool(is_plain),
    )


def wanted_of_upload(workspace: Workspace, station: Station) -> tuple[Wanted, ...]:
    """Give what uploading wants of the station's user: nothing where no host is named."""
    settings = station.upload
    if not settings.to:
        return ()
    target = target_of(workspace, station)
    to = f"{target.shown} ({target.endpoint})" if target.endpoint else target.shown
    claims = [Claim("to", "plain host" if target.is_plain else "host", to)]
    if settings.password_env and not to.startswith("file:"):
        claims.append(Claim("password_env", "key", settings.password_env, to))
    files = {"password_file": settings.password_file, "key_file": settings.key_file}
    claims += [Claim(key, "file", file, to) for key, file in files.items() if file]
    return (Wanted(workspace.root.resolve(), NAME, tuple(claims)),)


def login_of(
    workspace: Workspace, station: Station, target: Destination, *, accepts: bool
) -> Login:
    """Give how the user logs in. Raises BroadcastError for a file in the station, or none at all.

    Raises HostError where a host wants a secret and there is none.
    """
    settings = station.upload
    if target.kind == "file":
        return Login()
    from platformdirs import user_config_path

    kept = user_config_path("broadcast", appauthor=False, roaming=True) / "known_hosts"
    secret = _secret(workspace, settings, target)
    if secret is None and KINDS[target.kind].needs_secret:
        raise faults.no_secret(target.shown, settings.password_env)
    key = _outside(workspace, "key_file", settings.key_file) if settings.key_file else None
    return Login(secret=secret, key_file=key, known_hosts=kept, accepts=accepts)


def _secret(workspace: Workspace, settings: UploadSettings, target: Destination) -> Secret | None:
    variable = settings.password_env
    if variable and (value := os.environ.get(variable)):
        return Secret(value)
    if settings.password_file:
        file = _outside(workspace, "password_file", settings.password_file)
        try:
            lines = file.read_text("utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise unreadable(file, error if isinstance(error, OSError) else OSError()) from error
        found = "\n".join(lines) if KINDS[target.kind].whole_file else (lines or [""])[0]
        return Secret(found.strip()) if found.strip() else None
    return _of_keyring(target)


def _of_keyring(target: Destination) -> Secret | None:
    """Give what the system's keyring has for this host, if the extra is there; it may ask."""
    try:
        import keyring
        import keyring.errors
    except ImportError:
        return None
    who = f"{target.user}@{target.host}" if target.user else target.host
    try:
        found = keyring.get_password("broadcast", who)
    except (keyring.errors.KeyringError, RuntimeError):
        return None
    return Secret(found) if found else None


def _outside(workspace: Workspace, key: str, written: str) -> Path:
    """Give a file of the user's; one in the station would be handed on with it."""
    file = (workspace.root / Path(written).expanduser()).resolve()
    if file.is_relative_to(workspace.root.resolve()):
        raise BroadcastError(
            Message(
                "upload.secret-in-station",
                "{key} names a file in the station's own folder, which is passed on with it.",
                key=key,
            ),
            file=workspace.station_file,
            hint=Message(
                "upload.secret-in-station.hint",
                "Keep it in a folder of your own: {example}",
                example=f'{key} = "~/.config/broadcast/upload"',
            ),
        )
    return file
