"""station.toml → Station: who we are, and every setting with its default."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Literal, get_args

from broadcast.errors import UsageError
from broadcast.messages import Message
from broadcast.model import (
    AirSettings,
    EngineVoices,
    FeedSettings,
    Gender,
    Music,
    Pauses,
    Person,
    Show,
    Sound,
    TurnKind,
    UploadSettings,
    WhenApproved,
)
from broadcast.station.air import read_air
from broadcast.station.feed import read_feed
from broadcast.station.notice import read_notice
from broadcast.station.show import read_show
from broadcast.station.source import read_toml
from broadcast.station.table import Table
from broadcast.station.upload import read_upload
from broadcast.station.voices import ROLES, EnginesThere, person_voices, read_voices

APPROVALS: tuple[WhenApproved, ...] = get_args(WhenApproved)
MP3_KBPS = (64, 80, 96, 112, 128, 160, 192)
FORMATS = ("mp3", "wav", "flac", "air-mp3")
TURN_KINDS: tuple[TurnKind, ...] = ("opening", "notice", "lead", "turn", "byline", "closing")
# What a standing text may name; checked here so that a slip is found before anything is built.
PLACEHOLDERS = frozenset({"show", "title", "date", "reporter", "guest"})
_TABLES = (
    *("show", "voices", "people", "words", "spoken", "sound", "music", "pauses"),
    "air",
    *("recordings", "publish", "watch", "feed", "upload", "cache", "station"),
)


@dataclass(frozen=True, slots=True)
class Station:
    """A station's settings. Raises nothing by itself: ``read_station`` has checked them.

    Without ``fallback`` no other engine speaks when the first one cannot. ``disclosure``: synthetic
    voices are told of aloud and in the description. ``watch_publishes``: what `watch` built is
    published at once.
    """

    show: Show
    engines: tuple[str, ...] = ("gtts", "espeak")
    offline: bool = False
    fallback: bool = True
    voices: Mapping[str, EngineVoices] = field(default_factory=dict)
    people: tuple[Person, ...] = ()
    opening: str = ""
    closing: str = ""
    notice: str = ""
    disclosure: bool = True
    sound: Sound = field(default_factory=Sound)
    spoken: Mapping[str, object] = field(default_factory=dict)
    stale: Literal["use", "synthetic"] = "use"
    approval: WhenApproved = "off"
    watch_publishes: bool = False
    air: AirSettings = field(default_factory=AirSettings)
    feed: FeedSettings = field(default_factory=FeedSettings)
    upload: UploadSettings = field(default_factory=UploadSettings)
    cache_limit_mb: int = 2_000
    cache_folder: str = ""
    interface: str = ""


def read_station(file: Path, *, engines: EnginesThere) -> Station:
    """Read and check a station's settings; ``engines`` knows the speech engines there are.

    Raises BroadcastError naming the line for anything unknown, missing or out of range.
    """
    values, source = read_toml(file)
    top = Table(values, file, source)
    top.only(*_TABLES)
    station = Station(
        show=read_show(top.table("show")),
        people=tuple(_person(table, engines) for table in top.tables("people")),
        sound=_sound(top.table("sound"), top.table("pauses"), top.table("music")),
        spoken=top.mapping("spoken"),
    )
    chosen = read_voices(top.table("voices"), engines, station.engines)
    words = top.table("words")
    station = replace(
        station,
        engines=chosen.engines,
        offline=chosen.offline,
        fallback=chosen.fallback,
        voices=chosen.voices,
        opening=words.template("opening", PLACEHOLDERS),
        closing=words.template("closing", PLACEHOLDERS),
        notice=read_notice(words, station.show.language),
        disclosure=words.choice("disclosure", ("on", "off"), "on") == "on",
    )
    words.done()
    recordings = top.table("recordings")
    stale = recordings.choice("stale", ("use", "synthetic"), station.stale)
    recordings.done()
    publish = top.table("publish")
    approval = publish.choice("approval", APPROVALS, station.approval)
    publish.done()
    watch = top.table("watch")
    watch_publishes = watch.flag("publish", default=station.watch_publishes)
    watch.done()
    cache = top.table("cache")
    limit = cache.whole("limit_mb", station.cache_limit_mb, 50, 1_000_000)
    folder = cache.text("folder", station.cache_folder).strip()
    cache.done()
    own = top.table("station")
    interface = own.language("interface") if own.text("interface", "").strip() else ""
    own.done()
    return replace(
        station,
        air=read_air(top.table("air")),
        feed=read_feed(top.table("feed")),
        upload=read_upload(top.table("upload")),
        stale="synthetic" if stale == "synthetic" else "use",
        approval=next(known for known in APPROVALS if known == approval),
        watch_publishes=watch_publishes,
        cache_limit_mb=limit,
        cache_folder=folder,
        interface=interface,
    )


def _person(table: Table, engines: EnginesThere) -> Person:
    role = table.choice("role", ROLES, "")
    gender = table.choice("gender", get_args(Gender), "")
    voices = person_voices(table, engines)
    person = Person(
        name=table.name_text("name"),
        role=next((known for known in ROLES if known == role), None),
        aliases=table.texts("aliases", ()),
        voices=voices,
        pitch_st=table.number("pitch", 0, -1.9, 1.9),
        tempo=table.number("tempo", 100, 90, 110) / 100,
        gender=next((known for known in get_args(Gender) if known == gender), None),
    )
    table.done()
    return person


def _sound(sound: Table, pauses: Table, music: Table) -> Sound:
    default = Sound()
    silence = Pauses(
        **{
            setting.name: pauses.whole(setting.name, setting.default, 0, 30_000)
            for setting in fields(Pauses)
            if isinstance(setting.default, int)
        }
    )
    pauses.done()
    formats = sound.texts("formats", default.formats)
    for name in formats:
        if name not in FORMATS:
            sound.fail(
                "formats",
                Message("setting.unknown-format", "{name!r} cannot be written.", name=name),
                Message("setting.choose-of", "Choose of {names}.", names=FORMATS),
            )
    result = replace(
        default,
        podcast_lufs=sound.number("podcast_lufs", default.podcast_lufs, -31, -10),
        air_lufs=sound.number("air_lufs", default.air_lufs, -31, -10),
        ceiling_dbtp=sound.number("ceiling_dbtp", default.ceiling_dbtp, -9, -0.5),
        high_pass_hz=sound.number("high_pass_hz", default.high_pass_hz, 0, 200),
        mp3_kbps=_one_of(sound, "mp3_kbps", default.mp3_kbps, MP3_KBPS),
        mp3_channels=2 if sound.flag("mp3_stereo", default=False) else 1,
        air_bits=_one_of(sound, "air_bits", default.air_bits, (16, 24)),
        air_rate_hz=_one_of(sound, "air_rate_hz", default.air_rate_hz, (44_100, 48_000)),
        air_mp3_kbps=_one_of(sound, "air_mp3_kbps", default.air_mp3_kbps, MP3_KBPS),
        formats=tuple(name for name in FORMATS if name in formats and name != "mp3"),
        running_time_ms=running_time_ms(sound.text("running_time", ""), sound),
        pauses=silence,
        music=_music(music),
    )
    sound.done()
    return result


def running_time_ms(text: str, table: Table | None = None) -> int | None:
    """Read a running time such as 10:00 or 1:02:30 ("": none is set).

    Raises BroadcastError, which names the line when it stands in station.toml.
    """
    if not text:
        return None
    if re.fullmatch(r"(\d{1,2}:)?\d{1,3}:[0-5]\d", text):
        seconds = 0
        for part in text.split(":"):
            seconds = seconds * 60 + int(part)
        if seconds:
            return seconds * 1000
    message = Message("running-time.unreadable", "{text!r} is not a running time.", text=text)
    hint = Message("running-time.unreadable.hint", 'Write minutes and seconds: "10:00".')
    if table is not None:
        table.fail("running_time", message, hint)
    raise UsageError(message, hint=hint)


def _one_of(table: Table, key: str, default: int, offered: tuple[int, ...]) -> int:
    value = table.whole(key, default, min(offered), max(offered))
    if value not in offered:
        table.fail(
            key,
            Message("setting.not-offered", "{value} is not offered.", value=value),
            Message("setting.not-offered.hint", "Choose {offered:or}.", offered=offered),
        )
    return value


def _music(table: Table) -> Music:
    """Read the station's music; files are named from the station's folder."""
    default = Music()
    under = table.texts("bed_under", default.bed_under)
    for kind in under:
        if kind not in TURN_KINDS:
            table.fail(
                "bed_under",
                Message("setting.no-kind-of-turn", "There is no {kind!r}.", kind=kind),
                Message("setting.choose-of", "Choose of {names}.", names=TURN_KINDS),
            )
    times = {
        key: table.whole(key, getattr(default, key), 0, 30_000)
        for key in ("before_ms", "after_ms", "attack_ms", "release_ms", "fade_ms")
    }
    music = replace(
        default,
        intro=table.named_file("intro"),
        outro=table.named_file("outro"),
        sting=table.named_file("sting"),
        bed=table.named_file("bed"),
        bed_under=tuple(kind for kind in TURN_KINDS if kind in under),
        level_lu=table.number("level_lu", default.level_lu, -20, 3),
        bed_lu=table.number("bed_lu", default.bed_lu, -40, -6),
        **times,
    )
    table.done()
    return music
