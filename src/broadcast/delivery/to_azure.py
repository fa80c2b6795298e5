"""A container of Azure's blob storage as a host."""

from __future__ import annotations

import base64
import binascii

from obstore.store import AzureStore

from broadcast.delivery import faults
from broadcast.delivery.bucket import BucketHost, how, settings_alone, told
from broadcast.delivery.host import Destination, Login


def connect(target: Destination, login: Login) -> BucketHost:
    """Give the container. Raises HostError where what was given is no key of such storage.

    The secret is an account's access key, or a shared access signature (SAS) for this container.
    """
    secret = login.secret.value.strip() if login.secret else ""
    if "sig=" in secret:
        key = {"sas_key": secret.removeprefix("?"), "credential_type": "sas_token"}
    elif _is_key(secret):
        key = {"account_key": secret, "credential_type": "access_key"}
    else:
        raise faults.no_key(target.shown)
    endpoint = target.endpoint or f"https://{target.user}.blob.core.windows.net"
    with settings_alone(), told(target.shown, ""):
        store = AzureStore(
            target.host,
            prefix=target.place or None,
            account_name=target.user,
            endpoint=endpoint,
            **key,
            **how(endpoint),
        )
    return BucketHost(store, target.shown)


def _is_key(secret: str) -> bool:
    try:
        return bool(base64.b64decode(secret, validate=True))
    except (binascii.Error, ValueError):
        return False
