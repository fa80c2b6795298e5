"""A bucket of Google's storage as a host, by the key of a service account."""

from __future__ import annotations

from obstore.exceptions import BaseError
from obstore.store import GCSStore

from broadcast.delivery import faults
from broadcast.delivery.bucket import BucketHost, how, settings_alone
from broadcast.delivery.host import Destination, Login

_ENDPOINT = "https://storage.googleapis.com"


def connect(target: Destination, login: Login) -> BucketHost:
    """Give the bucket. Raises HostError where what was given is no key of a service account.

    The secret is the JSON file that Google gives for the account: each request is signed by it.
    """
    endpoint = target.endpoint or _ENDPOINT
    with settings_alone():
        try:
            store = GCSStore(
                target.host,
                prefix=target.place or None,
                service_account_key=login.secret.value if login.secret else "",
                base_url=endpoint,
                **how(endpoint),
            )
        except BaseError:  # it may repeat what it could not read
            raise faults.no_key(target.shown) from None
    return BucketHost(store, target.shown)
