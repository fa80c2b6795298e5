"""The settings that the studio's screen has fields for, and what is typed there → their values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from broadcast.errors import BroadcastError, UsageError
from broadcast.messages import Message
from broadcast.production.desk.changed_settings import ChangedPerson, ChangedSetting
from broadcast.production.voicing.lexicon_rows import ChangedWord
from broadcast.production.voicing.write_settings import Changes
from broadcast.station import Station
from broadcast.station.voices import ROLES

Kind = Literal["text", "long", "seconds", "file", "choice"]
_MS = 1000
_VOICE = re.compile(rf"(voices\.[a-z][a-z0-9_-]{{0,40}})\.({'|'.join(ROLES)})")
_FIELD = re.compile(r"(people|words)\.(new-)?(\d{1,6})(?:\.(.+))?")


@dataclass(frozen=True, slots=True)
class SettingField:
    """A setting with a field of its own: where it stands, how it is entered, what it is called."""

    table: str
    key: str
    kind: Kind
    label: Message
    choices: tuple[tuple[str, Message], ...] = ()

    @property
    def name(self) -> str:
        """What the field is called among others."""
        return f"{self.table}.{self.key}"

    def file_in(self, station: Station) -> Path | None:
        """Give the file that it names; None: it names none."""
        of = station.show if self.table == "show" else station.sound.music
        file: Path | None = getattr(of, self.key)
        return file

    def shown(self, station: Station, decimal: str) -> str:
        """Give the setting's value as it is shown; of a file its whole path."""
        if self.kind == "file":
            return str(self.file_in(station) or "")
        if self.table == "show":
            return str(getattr(station.show, self.key))
        seconds = getattr(station.sound.pauses, self.key) / _MS
        return f"{seconds:g}".replace(".", decimal)


SHOW = (
    SettingField("show", "title", "text", Message("studio.settings.title", "Name of the show")),
    SettingField(
        "show", "author", "text", Message("studio.settings.author", "Name of the station")
    ),
    SettingField(
        "show", "description", "long", Message("studio.settings.description", "What it is about")
    ),
    SettingField(
        "show", "base_url", "text", Message("studio.settings.base-url", "Address of its web pages")
    ),
    SettingField("show", "email", "text", Message("studio.settings.email", "E-mail")),
    SettingField(
        "show", "cover", "file", Message("studio.settings.cover", "Cover, square, from 1400 pixels")
    ),
)
PAUSES = tuple(
    SettingField("pauses", key, "seconds", label)
    for key, label in (
        ("sentence_ms", Message("studio.settings.pause.sentence", "Between two sentences")),
        ("paragraph_ms", Message("studio.settings.pause.paragraph", "Between two paragraphs")),
        ("same_speaker_ms", Message("studio.settings.pause.same", "Between turns of one person")),
        ("other_speaker_ms", Message("studio.settings.pause.other", "Between two people")),
        ("after_lead_ms", Message("studio.settings.pause.lead", "After the lead")),
        ("before_byline_ms", Message("studio.settings.pause.byline", "Before the byline")),
        ("beside_music_ms", Message("studio.settings.pause.music", "Between speech and music")),
        ("at_end_ms", Message("studio.settings.pause.end", "At the end")),
    )
)
MUSIC = tuple(
    SettingField("music", key, "file", label)
    for key, label in (
        ("intro", Message("studio.settings.music.intro", "Before everything")),
        ("outro", Message("studio.settings.music.outro", "After everything")),
        ("sting", Message("studio.settings.music.sting", "Before each further question")),
        ("bed", Message("studio.settings.music.bed", "Under speech")),
    )
)
APPROVAL = SettingField(
    "publish",
    "approval",
    "choice",
    Message("studio.settings.approval.when", "When a programme needs it"),
    (
        ("off", Message("studio.settings.approval.off", "Never")),
        (
            "official",
            Message("studio.settings.approval.official", "When a guest's voice is synthetic"),
        ),
        ("all", Message("studio.settings.approval.all", "Always")),
    ),
)
FIELDS: Mapping[str, SettingField] = {
    field.name: field for field in (*SHOW, *PAUSES, *MUSIC, APPROVAL)
}


def changes_in(
    given: Mapping[str, str],
) -> tuple[Changes, Mapping[str, BroadcastError]]:
    """Read what a page wants to be otherwise, and give by its field what cannot be read.

    Raises UsageError for fields that none of our pages has.
    """
    settings: list[ChangedSetting] = []
    rows: dict[str, dict[str, str]] = {}
    wrong: dict[str, BroadcastError] = {}
    for name, value in given.items():
        if (field := FIELDS.get(name)) is not None:
            try:
                settings.append(ChangedSetting(name, field.table, field.key, _value(field, value)))
            except BroadcastError as error:
                wrong[name] = error
        elif (role := _VOICE.fullmatch(name)) is not None:
            voices = tuple(filter(None, (one.strip() for one in value.split(","))))
            settings.append(ChangedSetting(name, role[1], role[2], voices))
        elif (found := _FIELD.fullmatch(name)) is not None:
            row = f"{found[1]}.{found[2] or ''}{found[3]}"
            rows.setdefault(row, {})[found[4] or ""] = value
        else:
            raise _not_ours()
    people = [_person(name, values) for name, values in rows.items() if name.startswith("people")]
    words = [_word(name, values) for name, values in rows.items() if name.startswith("words")]
    return Changes(settings, people, words), wrong


def _value(field: SettingField, value: str) -> str | int:
    value = value.replace("\r\n", "\n").strip()
    if field.kind != "seconds":
        return value
    if not re.fullmatch(r"\d{1,3}([.,]\d{1,3})?", value):
        raise UsageError(
            Message("studio.settings.no-seconds", "These are no seconds: {value}", value=value),
            hint=Message("studio.settings.no-seconds.hint", "Such as 0.9 or 1.25."),
        )
    return round(float(value.replace(",", ".")) * _MS)


def _person(name: str, values: dict[str, str]) -> ChangedPerson:
    nth, is_gone = _nth(name), values.pop("gone", "") == "yes"
    return ChangedPerson(
        name, nth, {key: " ".join(value.split()) for key, value in values.items()}, is_gone
    )


def _word(name: str, values: dict[str, str]) -> ChangedWord:
    written, spoken = (" ".join(values.get(key, "").split()) for key in ("written", "spoken"))
    return ChangedWord(name, _nth(name), written, spoken, values.get("gone") == "yes")


def _nth(name: str) -> int | None:
    number = name.partition(".")[2]
    return None if number.startswith("new-") else int(number)


def _not_ours() -> UsageError:
    return UsageError(Message("studio.no-fields", "This is not what the studio's pages send."))
