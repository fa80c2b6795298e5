"""Where a station keeps things, and safe names."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from broadcast.errors import BroadcastError
from broadcast.messages import Message

STATION_FILE = "station.toml"
LEXICON_FILE = "lexicon.tsv"
TAKES_JSON = "takes.json"
# Names that Windows gives to devices: a folder cannot have them there.
_DEVICES = {"con", "prn", "aux", "nul"} | {
    f"{port}{n}" for port in ("com", "lpt") for n in range(10)
}
_IS_NAME = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_NAME = 80
# What Windows has in no file's name, and a name that ends in a blank or a full stop.
_NOT_ON_WINDOWS = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]|[. ]\Z')
_LONGEST_FILE_NAME_BYTES = 255
SETTLED_S = 2.0
"""How long ago a file was last written whose next change shows: FAT rounds times to as much."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """The places of one station."""

    root: Path

    @property
    def station_file(self) -> Path:
        """Who we are."""
        return self.root / STATION_FILE

    @property
    def sent_file(self) -> Path:
        """How many characters went to the engines that are counted."""
        return self.root / "sent.json"

    @property
    def lexicon_file(self) -> Path:
        """How this station says names and abbreviations."""
        return self.root / LEXICON_FILE

    @property
    def scripts(self) -> Path:
        """What people write."""
        return self.root / "scripts"

    @property
    def feed(self) -> Path:
        """The public site."""
        return self.root / "feed"

    @property
    def moved(self) -> Path:
        """What is to lie at the addresses that the public site had before."""
        return self.root / "moved"

    @property
    def delivery_file(self) -> Path:
        """What the program put on which host."""
        return self.root / "delivery.json"

    @property
    def host_files(self) -> Path:
        """What web hosts read of types and other sites, on request."""
        return self.root / "host-files"

    @property
    def outgoing(self) -> Path:
        """The public site as it stood when its upload began; what comes meanwhile is not in it."""
        return self.root / ".broadcast" / "outgoing"

    @property
    def upload_lock(self) -> Path:
        """Held while a command uploads."""
        return self.root / ".broadcast" / "upload.lock"

    @property
    def air(self) -> Path:
        """What playout pulls."""
        return self.root / "air"

    @property
    def adopted_file(self) -> Path:
        """What subscribers know of a feed that was with another host before."""
        return self.root / "adopted.json"

    @property
    def cache(self) -> Path:
        """What can be made again."""
        return self.root / ".broadcast" / "cache"

    @property
    def made_file(self) -> Path:
        """What this station has made in a cache that it shares with others."""
        return self.root / ".broadcast" / "made"

    def seen_file(self, name: str) -> Path:
        """What one episode's draft was made from, as it was seen then."""
        return self.root / ".broadcast" / "seen" / f"{name}.json"

    @property
    def facts_file(self) -> Path:
        """What `status` tells of every episode, as it was read last."""
        return self.root / ".broadcast" / "facts"

    @property
    def samples(self) -> Path:
        """How the voices that work here sound, to be listened to."""
        return self.root / ".broadcast" / "voice-samples"

    def handed_file(self, name: str) -> Path:
        """What was decided about an episode's takes and handed out, or came here, by digests."""
        return self.root / ".broadcast" / "handed" / f"{name}.json"

    def cuts(self, name: str) -> Path:
        """Where the page and the file of an episode's cuts in a long recording are."""
        return self.root / ".broadcast" / "cuts" / name

    def waiting(self, name: str) -> Path:
        """Where recordings lie that were given for an episode, and that nobody has accepted yet."""
        return self.root / ".broadcast" / "waiting" / name

    @property
    def lock_file(self) -> Path:
        """Held while a command commits what it did."""
        return self.root / ".broadcast" / "lock"

    @property
    def watch_lock(self) -> Path:
        """Held while a command watches the station's folder."""
        return self.root / ".broadcast" / "watch.lock"

    @property
    def watch_note(self) -> Path:
        """Who watches the station's folder, and since when."""
        return self.root / ".broadcast" / "watched-by.json"

    @property
    def watch_log(self) -> Path:
        """What the one who watches the folder did, line by line."""
        return self.root / "watch.log"

    @property
    def served_file(self) -> Path:
        """At which port of this machine feed/ is served, while it is."""
        return self.root / ".broadcast" / "served"

    def making_file(self, name: str) -> Path:
        """Held while one episode is made."""
        return self.root / ".broadcast" / "making" / f"{name}.lock"

    def recordings(self, name: str) -> Path:
        """Real voices for one script."""
        return self.root / "recordings" / name

    @property
    def announcer(self) -> Path:
        """What was recorded once for every programme lies here, beside the episodes' folders."""
        return self.root / "recordings"

    @property
    def known_voices(self) -> Path:
        """What was learnt of how the station's people sound; it may be deleted."""
        return self.root / "recordings" / "known-voices.npz"

    def draft(self, name: str) -> Path:
        """One episode as last built."""
        return self.root / "episodes" / name

    def approval_file(self, name: str) -> Path:
        """Who approved an episode as it was built then."""
        return self.draft(name) / "approval.json"

    def published(self, name: str) -> Path:
        """One episode as listeners were given it."""
        return self.draft(name) / "published"

    def published_names(self) -> list[str]:
        """The episodes that were ever published, sorted."""
        return self.names_with("episodes", "published")

    def names_with(self, folder: str, inner: str) -> list[str]:
        """Give the names of those folders in one of the station's in which there is ``inner``."""
        try:
            with os.scandir(self.root / folder) as found:
                # A Path of each of thousands would take longer than all else here.
                return sorted(one.name for one in found if os.path.exists(f"{one.path}/{inner}"))  # noqa: PTH110
        except FileNotFoundError:
            return []

    def relative(self, path: Path) -> str:
        """Give ``path`` as the station names it, with forward slashes."""
        try:
            return path.resolve().relative_to(self.root.resolve()).as_posix()
        except ValueError:
            return path.as_posix()


def here(file: Path | str) -> str:
    """Give a file as it is called from where one is; what lies far off keeps its whole path."""
    try:
        near = os.path.relpath(file)
    except ValueError:  # it is on another disk of Windows
        return str(file)
    far = os.path.join(os.pardir, os.pardir)  # noqa: PTH118
    return str(file) if near.startswith(far) or file == "" else near


def find_station(start: Path) -> Workspace:
    """Find the station that ``start`` lies in by looking upward for station.toml.

    Raises BroadcastError when there is none.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / STATION_FILE).is_file():
            return Workspace(folder)
    raise BroadcastError(
        Message(
            "station.none",
            "There is no station here: no {file} in {folder} or any folder above it.",
            file=STATION_FILE,
            folder=start,
        ),
        hint=Message(
            "station.none.hint",
            "Go into your station's folder, name it with --station, "
            "or make a new one with: broadcast init my-station",
        ),
    )


def episode_name(script: Path) -> str:
    """Give the episode's name for a script: its file name without ending as an ASCII slug.

    Raises BroadcastError when nothing of the file name can be kept.
    """
    name = script.stem
    if len(name) > LONGEST_NAME or not _IS_NAME.fullmatch(name):
        from slugify import slugify  # its tables are slow to load, and few names need them

        name = slugify(name, max_length=LONGEST_NAME, word_boundary=True)
    if not name:
        raise BroadcastError(
            Message(
                "script.no-name", "The file's name has no letters or digits to name an episode by."
            ),
            file=script,
            hint=Message(
                "script.no-name.hint", "Give the script a name such as phong-van-2024.txt."
            ),
        )
    return f"{name}-episode" if name in _DEVICES else name


def is_name_everywhere(name: str) -> bool:
    """Whether every system that a station may be on can have a file of this name."""
    try:
        length = len(name.encode())
    except UnicodeEncodeError:
        return False
    return (
        0 < length <= _LONGEST_FILE_NAME_BYTES
        and name not in {".", ".."}
        and _NOT_ON_WINDOWS.search(name) is None
        and name.split(".")[0].rstrip(" ").casefold() not in _DEVICES
    )


def refuse_name_that_is_no_text(file: Path) -> None:
    """Raise BroadcastError for a name that no file of ours can hold: badly copied letters."""
    readable = os.fsencode(file.name).decode("utf-8", "replace")
    if readable != file.name:
        raise BroadcastError(
            Message(
                "file.unreadable-name",
                "The name of the file “{name}” cannot be read.",
                name=readable,
            ),
            hint=Message("file.unreadable-name.hint", "Give it a name in plain letters."),
        )
