"""known_voices.toml → the voices that can be had for the engine sherpa, and where they are kept."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import msgspec

from broadcast.messages import Message

CAUTIONS = {
    "data-unknown": Message(
        "known-voice.data-unknown", "nobody says under which licence its training data was"
    ),
    "restricted-base": Message(
        "known-voice.restricted-base",
        "it was trained on from a voice whose data may not be used commercially",
    ),
    "non-commercial": Message(
        "known-voice.non-commercial", "its training data may not be used commercially"
    ),
    "licence-unread": Message("known-voice.licence-unread", "its licence has not been read"),
    "own": Message("known-voice.own", "nobody has looked at its licence"),
}
"""Why a voice is for a station only when somebody there has looked into it."""


@dataclass(frozen=True, slots=True)
class VoiceFile:
    """A file to download: an archive with a whole model, or one file of it.

    ``bytes`` is its size, or about so much; ``sha256`` its digest where a public page
    (``sha256_read_at``) tells it.
    """

    address: str
    bytes: int
    sha256: str = ""
    sha256_read_at: str = ""

    @property
    def name(self) -> str:
        """The last part of the address."""
        return self.address.rpartition("/")[2]

    @property
    def is_archive(self) -> bool:
        """Whether it is to be unpacked."""
        return self.name.endswith((".tar.bz2", ".tar.gz", ".tar.xz", ".tar"))


@dataclass(frozen=True, slots=True)
class KnownVoice:
    """A voice that can be had, with what its own pages (``sources``) say of its licences."""

    name: str
    languages: tuple[str, ...]
    files: tuple[VoiceFile, ...]
    rate_hz: int
    model_licence: str
    data_licence: str
    sources: tuple[str, ...]
    speakers: int = 1
    gender: Literal["", "female", "male"] = ""
    caution: Literal["", "data-unknown", "restricted-base", "non-commercial", "licence-unread"] = ""

    @property
    def bytes(self) -> int:
        """How much is to be downloaded."""
        return sum(file.bytes for file in self.files)

    @property
    def licence(self) -> str:
        """Both licences in one line; "?" is one that nobody tells."""
        return f"{self.model_licence or '?'} (data: {self.data_licence or '?'})"


class _KnownVoices(msgspec.Struct, forbid_unknown_fields=True):
    voice: tuple[KnownVoice, ...]


@lru_cache(1)
def known_voices() -> dict[str, KnownVoice]:
    """Give the voices by name, as the table has them."""
    text = Path(__file__).with_suffix(".toml").read_text("utf-8")
    table = msgspec.convert(tomllib.loads(text), _KnownVoices)
    return {one.name: one for one in table.voice}


def place_of_voices() -> Path:
    """Give the folder in which this user's stations share voices.

    BROADCAST_VOICES names another one.
    """
    if own := os.environ.get("BROADCAST_VOICES"):
        return Path(own)
    from platformdirs import user_data_path

    return user_data_path("broadcast", appauthor=False) / "voices"
