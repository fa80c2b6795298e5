"""The table [upload] → UploadSettings: where feed/ goes. No password is taken from it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from broadcast.messages import Message
from broadcast.model import UploadSettings
from broadcast.station.table import Table

SCHEMES = ("file", "sftp", "ftps", "webdavs", "webdav", "s3", "az", "gs")
_SECRETS = ("password", "secret", "secret_key", "secret_access_key", "account_key", "key", "token")
_NO_SECRET = Message(
    "upload.secret-in-settings.hint",
    "Take the password out of the file, and change it: others may have seen it. Then put it into "
    "the variable that password_env names, or into a file outside the station: password_file.",
)


def read_upload(table: Table) -> UploadSettings:
    """Read and check the table. Raises BroadcastError naming the line of what is wrong."""
    default = UploadSettings()
    for key in table.values:
        if key in _SECRETS:
            table.fail(
                key,
                Message("upload.secret-in-settings", "A password must not stand in station.toml."),
                _NO_SECRET,
            )
    to = table.text("to", default.to).strip()
    if to and not _is_address(to):
        table.fail(
            "to",
            Message(
                "upload.no-address", "{to!r} is no place to upload to.", to=_without_secret(to)
            ),
            Message(
                "upload.no-address.hint",
                "Such as {example}; known are {schemes}.",
                example="sftp://dai@example.vn/var/www/podcast",
                schemes=tuple(f"{one}:" for one in SCHEMES),
            ),
        )
    if re.match(r"\w+://[^/@]*:[^/@]*@", to):
        table.fail(
            "to",
            Message("upload.secret-in-settings", "A password must not stand in station.toml."),
            _NO_SECRET,
        )
    settings = UploadSettings(
        to=to,
        user=table.text("user", default.user).strip(),
        password_env=table.text("password_env", default.password_env).strip(),
        password_file=table.text("password_file", default.password_file).strip(),
        key_file=table.text("key_file", default.key_file).strip(),
        endpoint=table.web_address("endpoint"),
        region=table.text("region", default.region).strip(),
        implicit_tls=table.flag("implicit_tls", default=default.implicit_tls),
        unencrypted=table.flag("unencrypted", default=default.unencrypted),
        check=table.flag("check", default=default.check),
    )
    table.done()
    return settings


def _is_address(to: str) -> bool:
    scheme, colon, rest = to.partition(":")
    if not colon or scheme.lower() not in SCHEMES:
        return False
    if scheme.lower() == "file":
        return bool(rest.strip("/"))
    try:
        parts = urlsplit(to)
        return bool(rest.startswith("//") and parts.hostname and parts.port != 0)
    except ValueError:  # a port that is no number, a bracket that is not closed
        return False


def _without_secret(to: str) -> str:
    return re.sub(r"(//[^/@]*):[^/@]*@", r"\1@", to)
