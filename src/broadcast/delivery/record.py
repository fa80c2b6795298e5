"""delivery.json ↔ what the program put on each host, so that it deletes nothing else there."""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec import field

from broadcast.messages import Message
from broadcast.records import Record, read_record
from broadcast.workspace.writing import write_atomic

FORMAT = 1
_HINT = Message(
    "upload.record.hint",
    "Take it back from a backup; or remove it: then you are asked about every file that is on the "
    "host already.",
)


class HostRecord(Record, frozen=True):
    """The paths on one host that the program put there, each with the digest of its bytes.

    A digest of "" is of a file that was being put: it may be there, whole or in part. ``unseen``
    are media that were put, and that nobody has looked at since as a listener would.
    """

    files: dict[str, str] = field(default_factory=dict)
    unseen: tuple[str, ...] = ()


class DeliveryRecord(Record, frozen=True, kw_only=True):
    """What is known of each host, by the address that people see, which holds no secret."""

    format: int = FORMAT
    hosts: dict[str, HostRecord] = field(default_factory=dict)


def read_delivery(file: Path) -> DeliveryRecord:
    """Read what was put where. Raises BroadcastError where the file is damaged."""
    return read_record(file, {FORMAT: DeliveryRecord}, _HINT) or DeliveryRecord()


def write_delivery(file: Path, record: DeliveryRecord) -> None:
    """Write it with a line for each file: equal records, equal bytes."""
    data = msgspec.json.format(msgspec.json.encode(record, order="sorted"), indent=1)
    write_atomic(file, data + b"\n")
