"""A script and a station → everything that will be heard, decided before any sound is made."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from broadcast import __version__
from broadcast.cache import file_digest, key_of
from broadcast.errors import BroadcastError
from broadcast.messages import Message
from broadcast.metadata.disclosure import description_line
from broadcast.model import (
    Paragraph,
    Problem,
    Recording,
    Role,
    Script,
    Sound,
    Turn,
)
from broadcast.production.desk.announced_words import with_announcer
from broadcast.production.desk.draft_record import MadeFrom
from broadcast.production.desk.remembered_script import SentencesOf
from broadcast.production.desk.standing_words import in_order_of_air
from broadcast.production.making.music import Played, played
from broadcast.production.voicing.cast import Cast, cast_of
from broadcast.production.voicing.part import Part
from broadcast.production.voicing.voices import voices_of
from broadcast.speech import Engine, about
from broadcast.station import Station


@dataclass(frozen=True, slots=True)
class Plan:
    """An episode as it shall be: everything that decides its sound and its words.

    ``disclosure`` is the sentence on its synthetic voices, at the description's end unless the
    station wants none. ``cover`` is the picture that the script names. ``doubts`` are those about
    its recordings.
    """

    name: str
    script: Script
    station: Station
    title: str
    day: date
    guid: str
    description: str
    disclosure: str
    engine: Engine
    parts: tuple[Part, ...]
    played: Played
    cover: Path | None = None
    doubts: tuple[Problem, ...] = ()
    cast: Cast = field(default_factory=dict)

    @property
    def is_undisclosed(self) -> bool:
        """Whether a synthetic voice speaks an official's words, and nothing is said of it."""
        return bool(self.disclosure) and not self.station.disclosure

    def made_from(self) -> MadeFrom:
        """Name what the episode is made from, each by a hash or in words, in order of air."""
        spoken = [part.voice.name for part in self.parts if part.synthetic]
        versions = {about(self.engine, voice).version for voice in dict.fromkeys(spoken)} - {""}
        show = asdict(self.station.show)
        del show["listing"]  # which is told in the feed alone
        doubts = (*self.script.problems, *self.played.problems, *self.doubts)
        return MadeFrom(
            program=__version__,
            engine=" ".join((self.engine.name, self.engine.version(), *sorted(versions)))
            if spoken
            else None,
            sound=key_of(_settings(self.station.sound)),
            music=key_of(self.played.made_from()),
            episode=key_of(
                {**show, "cover": _digest(self.station.show.cover)},
                _digest(self.cover),
                self.title,
                self.day.isoformat(),
                self.guid,
                self.description,
                self.script.language,
                self.script.front.season,
                self.script.front.episode,
                [(one.name, one.role, one.person, one.title) for one in self.script.speakers],
                # Drafts of scripts that name no last day were made before there were any.
                *filter(None, [self.script.front.expires]),
            ),
            told=key_of(
                [asdict(doubt) for doubt in doubts],
                [self.station.air.valid_days, self.station.air.priority],
            ),
            parts=tuple(part.made_from() for part in self.parts),
        )


def plan(
    script: Script,
    station: Station,
    engine: Engine,
    *,
    name: str,
    day: date,
    guid: str,
    said: SentencesOf,
    recordings: Mapping[str, Recording],
    root: Path,
    announced: Mapping[str, Recording] = MappingProxyType({}),
    doubts: tuple[Problem, ...] = (),
) -> Plan:
    """Decide all that is heard, in order of air, with the words to say and who says them.

    ``said`` tells of a turn how it is said, ``recordings`` map its id to its recording;
    ``announced`` are those that serve every programme, by the id of the standing turn; ``root`` is
    the station's folder. The spoken notice is there when any official's turn is synthetic, and only
    then; likewise the line in the description. With the station's disclosure off neither is.
    """
    title = script.title or name
    language = script.language
    turns = in_order_of_air(script, station, title=title, day=day, recorded=recordings.keys())
    turns, recordings = with_announcer(turns, recordings, announced)
    people = (*script.front.people, *station.people)
    cast = cast_of(turns, script.speakers, people, engine, voices_of(station, engine), language)

    def part(turn: Turn) -> Part:
        recording = recordings.get(turn.id)
        heard = said(_heard(turn, recording) if recording and recording.stale else turn)
        if recording is None and not any(sentence.is_audible for sentence in heard):
            raise BroadcastError(
                Message(
                    "turn.nothing-to-say", "There is nothing in this turn that a voice could say."
                ),
                file=script.file,
                line=turn.line or None,
                hint=Message(
                    "turn.nothing-to-say.hint", "Write words there, or take the turn out."
                ),
            )
        given = cast[turn.speaker, turn.role]
        return Part(turn, heard, given.voice, recording, given.shift)

    parts = tuple(map(part, turns))
    lead = script.of_kind("lead")
    about = script.front.description or (_told_in(lead[0].text) if lead else title)
    disclosure = description_line(language, [(part.turn, part.synthetic) for part in parts])
    ending = disclosure if station.disclosure else ""
    return Plan(
        name=name,
        script=script,
        station=station,
        title=title,
        day=day,
        guid=guid,
        description="\n\n".join(filter(None, [about, ending])),
        disclosure=disclosure,
        engine=engine,
        parts=parts,
        played=played(script, station.sound.music, turns, root),
        cover=root / script.front.cover if script.front.cover else None,
        doubts=doubts,
        cast={who: cast[who] for who in _synthetic(parts)},
    )


def _synthetic(parts: Sequence[Part]) -> dict[tuple[str, Role], None]:
    """Give who is heard in a voice of the engine's."""
    return dict.fromkeys((one.turn.speaker, one.turn.role) for one in parts if one.synthetic)


def _told_in(lead: str) -> str:
    """Give a lead without a last sentence that only leads over ("Here is the interview:")."""
    return re.sub(r"(?<=[.!?…])\s+[^.!?…]*:\s*$", "", lead)


def _heard(turn: Turn, recording: Recording) -> Turn:
    """Give the turn with the words that its recording says, each line of them a paragraph."""
    words = [line for line in recording.words.splitlines() if line.strip()]
    return replace(turn, paragraphs=tuple(Paragraph(turn.line, line) for line in words))


def _settings(sound: Sound) -> dict[str, object]:
    """Give the sound's settings without the names of the music's files: what is in them counts."""
    unnamed = replace(sound.music, intro=None, outro=None, sting=None, bed=None)
    return asdict(replace(sound, music=unnamed))


def _digest(cover: Path | None) -> str | None:
    return file_digest(cover) if cover and cover.is_file() else None
