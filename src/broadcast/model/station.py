"""Who we are, as station.toml says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from broadcast.model.engine import NoSettings
from broadcast.model.units import RATE_HZ, Gender, Role, SmallKind, TurnKind


@dataclass(frozen=True, slots=True)
class Person:
    """Someone the station or a script's front matter names; what is given here always wins.

    ``voices`` maps an engine's name to the voice it shall use for this person, which is moved by
    ``pitch_st`` semitones and said at ``tempo`` times its own (neither: as the program chooses).
    ``gender`` is that of the voice, in place of what a form of address tells.
    """

    name: str
    role: Role | None = None
    aliases: tuple[str, ...] = ()
    voices: Mapping[str, str] = field(default_factory=dict)
    pitch_st: float = 0.0
    tempo: float = 1.0
    gender: Gender | None = None


UpdateFrequency = Literal["daily", "weekdays", "weekly", "fortnightly", "monthly"]
"""How often a programme comes."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What directories are told of the show besides; no programme is made from it.

    ``license`` is a name with the address of its words, ``location`` what place the show is about,
    with its coordinates (geo:…) and its number in OpenStreetMap, ``funding`` where it can be
    supported, with the words for that link.
    """

    license: str = ""
    license_url: str = ""
    location: str = ""
    location_geo: str = ""
    location_osm: str = ""
    funding: str = ""
    funding_text: str = ""
    update_frequency: UpdateFrequency | None = None


@dataclass(frozen=True, slots=True)
class Show:
    """The programme's standing facts, as the feed and the tags say them."""

    title: str
    language: str
    author: str
    email: str
    category: str
    base_url: str
    description: str = ""
    explicit: bool = False
    cover: Path | None = None
    copyright: str = ""
    guid: str = ""
    listing: Listing = Listing()


Priority = Literal["normal", "priority", "emergency"]
"""How urgent a programme is (Vietnam: Circular 39/2020 knows these three)."""


@dataclass(frozen=True, slots=True)
class AirSettings:
    """What playout is given: with ``deliver`` every published programme, in the station's air/.

    It may be played for ``valid_days`` from its date on (0: for ever), unless its script names a
    last day.
    """

    deliver: bool = False
    valid_days: int = 0
    priority: Priority = "normal"


Numbering = Literal["off", "count", "year"]
"""How episodes get numbers: not at all, one after the other, or within each year."""


@dataclass(frozen=True, slots=True)
class FeedSettings:
    """What the feed holds: its newest ``items`` are in feed.xml, older ones in its archives.

    Audio that was replaced is served for ``keep_days`` more. An episode leaves the
    feed ``expires_days`` after its publication (0: never), unless its script names a day.
    ``small`` is the coding of the copy for listeners whose data is dear (None: there is none).
    ``apple``, ``spotify`` and ``youtube`` are the show's addresses there ("": it is not there).
    """

    items: int = 1_000
    keep_days: int = 14
    numbering: Numbering = "off"
    expires_days: int = 0
    small: SmallKind | None = "mp3"
    apple: str = ""
    spotify: str = ""
    youtube: str = ""

    @property
    def elsewhere(self) -> tuple[tuple[str, str], ...]:
        """The other houses that have the show, each with its address there."""
        houses = {"Apple Podcasts": self.apple, "Spotify": self.spotify, "YouTube": self.youtube}
        return tuple((name, address) for name, address in houses.items() if address)


@dataclass(frozen=True, slots=True)
class UploadSettings:
    """Where feed/ is copied to ("": nowhere), who logs in there, and what their secret is kept in.

    ``check``: before pages and feed go, the media are looked at as listeners would fetch them.
    ``implicit_tls``: of FTPS, TLS comes before the first word. ``unencrypted``: they may go where
    others can read and change them on the way.
    """

    to: str = ""
    user: str = ""
    password_env: str = "BROADCAST_UPLOAD_PASSWORD"
    password_file: str = ""
    key_file: str = ""
    endpoint: str = ""
    region: str = "auto"
    implicit_tls: bool = False
    unencrypted: bool = False
    check: bool = True


WhenApproved = Literal["off", "official", "all"]
"""Which programmes somebody has to approve before they are published: none, those in which a
synthetic voice says an official's words, or all."""


@dataclass(frozen=True, slots=True)
class EngineVoices:
    """What a station sets of one engine: voices by role (further people of a role take the next)
    and by language, whether a voice that several people share is shifted to set them ``apart``, the
    rate in words a minute, and the engine's own ``settings``, a value of the class that the engine
    declares. ``price_per_million`` is what a million characters cost in ``currency`` (0: the
    station does not say), ``limit_per_month`` how many may be sent in a month (0: there is no
    limit).
    """

    by_role: Mapping[Role, tuple[str, ...]]
    by_language: Mapping[str, str] = field(default_factory=dict)
    apart: bool = True
    rate: int | None = None
    settings: object = NoSettings()
    price_per_million: float = 0.0
    currency: str = "USD"
    limit_per_month: int = 0


@dataclass(frozen=True, slots=True)
class Pauses:
    """Silence between what is said, in milliseconds."""

    sentence_ms: int = 350
    paragraph_ms: int = 600
    same_speaker_ms: int = 700
    other_speaker_ms: int = 900
    after_lead_ms: int = 1_200
    before_byline_ms: int = 1_200
    beside_music_ms: int = 300
    at_end_ms: int = 500


@dataclass(frozen=True, slots=True)
class Music:
    """The station's music and how it goes with speech.

    ``level_lu`` is how loud music alone is beside speech, ``bed_lu`` how loud it is under speech.
    A bed begins ``before_ms`` before the speech and ends ``after_ms`` after it.
    """

    intro: Path | None = None
    outro: Path | None = None
    sting: Path | None = None
    bed: Path | None = None
    bed_under: tuple[TurnKind, ...] = ("lead", "byline")
    level_lu: float = -2.0
    bed_lu: float = -18.0
    before_ms: int = 2_500
    after_ms: int = 3_000
    attack_ms: int = 500
    release_ms: int = 1_000
    fade_ms: int = 1_500


@dataclass(frozen=True, slots=True)
class Sound:
    """How the programme shall sound."""

    podcast_lufs: float = -16.0
    ceiling_dbtp: float = -1.0
    mp3_kbps: int = 96
    mp3_channels: int = 1
    fade_ms: int = 8
    high_pass_hz: float = 0.0
    air_lufs: float = -23.0
    air_bits: int = 24
    air_rate_hz: int = RATE_HZ
    formats: tuple[str, ...] = ()
    air_mp3_kbps: int = 192
    running_time_ms: int | None = None
    pauses: Pauses = field(default_factory=Pauses)
    music: Music = field(default_factory=Music)

    @property
    def level_lufs(self) -> float:
        """What segments are levelled to: the loudest that is wanted.

        Made softer, peaks that were held stay held; made louder, they would not.
        """
        return max(self.podcast_lufs, self.air_lufs) if self.formats else self.podcast_lufs

    def of_segments(self, target_lufs: float) -> Sound:
        """Give the settings that segments levelled to a target are made by, and kept for.

        Which masters are wanted changes none of them.
        """
        return replace(self, podcast_lufs=target_lufs, formats=())
