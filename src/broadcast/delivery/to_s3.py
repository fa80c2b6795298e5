"""A bucket of S3, or of a service that speaks its protocol (R2, MinIO, B2), as a host."""

from __future__ import annotations

from obstore.store import S3Store

from broadcast.delivery.bucket import BucketHost, how, settings_alone, told
from broadcast.delivery.host import Destination, Login


def connect(target: Destination, login: Login) -> BucketHost:
    """Give the bucket. Raises HostError where it is not there, or does not let this key in."""
    further = {"endpoint": target.endpoint} if target.endpoint else {}
    with settings_alone(), told(target.shown, ""):
        store = S3Store(
            target.host,
            prefix=target.place or None,
            access_key_id=target.user,
            secret_access_key=login.secret.value if login.secret else "",
            region=target.region,
            virtual_hosted_style_request=False,
            disable_bulk_delete=True,  # others have none, or want an MD5 with it
            **further,
            **how(target.endpoint),
        )
    return BucketHost(store, target.shown)
