"""What a handed-over programme's file says of itself, and which places its files may have.

programme.json                what is in it, each file with its size and digest
scripts/FILE                  the script, and a transcript beside it
recordings/NAME/FILE          the recordings, and takes.json
episodes/NAME/episode.json    what the draft is known by
any other path                covers, clips and music that the script itself names
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta

from broadcast.errors import BroadcastError
from broadcast.production.desk.draft import DRAFT_FILE
from broadcast.production.desk.find_script import is_no_script, is_script_name
from broadcast.recordings.folder import is_audio_name
from broadcast.records import Count, PlainText, Record, SomeText
from broadcast.workspace import LONGEST_NAME, TAKES_JSON, episode_name, is_name_everywhere

PACK_RECORD = "programme.json"
FORMAT = 1
Place = Annotated[str, Meta(min_length=1, max_length=500)]
Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
Name = Annotated[str, Meta(pattern=rf"^(?=.{{1,{LONGEST_NAME}}}\Z)[a-z0-9]+(-[a-z0-9]+)*\Z")]

# What the program writes, and what decides how a station works: nothing that a script plays.
_KEPT = frozenset({"episodes", "feed", "air", "moved", "host-files", "recordings", "scripts"})
_COVERS = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif"})


class PackedFile(Record, frozen=True, kw_only=True):
    """One file: its path below the station's folder, its size in bytes, its SHA-256."""

    place: Place
    size: Count
    sha256: Sha256


class PackRecord(Record, frozen=True, kw_only=True):
    """The whole of programme.json; ``station`` is the show's title where it was packed.

    ``seen`` names the decisions about takes that the sender knows, as ``handed_takes`` does.
    """

    broadcast: Literal["programme"]
    format: int = FORMAT
    name: Name
    title: SomeText
    station: str
    guid: PlainText | None
    files: tuple[PackedFile, ...]
    seen: tuple[str, ...] = ()


def draft_place(name: str) -> str:
    """Give where a programme's draft record stands."""
    return f"episodes/{name}/{DRAFT_FILE}"


def is_script_place(place: str) -> bool:
    """Whether it is a script's place."""
    return place.startswith("scripts/")


def recording_place(name: str, file: str) -> str:
    """Give where one of a programme's recordings lies."""
    return f"recordings/{name}/{file}"


def may_lie(place: str, name: str) -> bool:
    """Whether a file of the programme ``name`` may lie at a path below a station's folder."""
    parts = place.split("/")
    if not all(map(is_name_everywhere, parts)) or any(part.startswith(".") for part in parts):
        return False
    file = Path(place)
    if parts[0] == "scripts":
        return len(parts) == 2 and is_script_name(file) and _makes(file, name)
    if parts[0] == "recordings":
        is_known = is_audio_name(file) or file.name == TAKES_JSON
        return is_known and parts[:-1] == ["recordings", name]
    if parts[0] == "episodes":
        return place == draft_place(name)
    return is_played(place)


def is_played(place: str) -> bool:
    """Whether it is a path at which a station may have a cover, a clip or music."""
    top, file = place.split("/")[0], Path(place)
    is_of_a_kind = is_audio_name(file) or file.suffix.casefold() in _COVERS
    return top.casefold() not in _KEPT and is_of_a_kind


def _makes(file: Path, name: str) -> bool:
    try:
        return not is_no_script(file) and episode_name(file) == name
    except BroadcastError:
        return False
