"""A plan whose words have all been spoken → the draft's files: audio, transcript, facts."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from broadcast import __version__
from broadcast.audio.air import write_flac, write_wav
from broadcast.audio.broadcast_wave import AirFacts
from broadcast.audio.mp3 import write_mp3
from broadcast.cache import file_digest
from broadcast.feed.cover import cover_in_audio, cover_in_list, cover_of, picture_suffix
from broadcast.feed.published import FILE_ENDINGS
from broadcast.language import Language
from broadcast.messages import Message
from broadcast.messages.lengths import said_length
from broadcast.messages.rendering import renderer_for
from broadcast.metadata.chapters import chapters, chapters_json
from broadcast.metadata.tags import Tags, tags_of
from broadcast.metadata.transcript import transcript
from broadcast.model import (
    RATE_HZ,
    AirSettings,
    Episode,
    Loudness,
    Sound,
    Take,
    Timeline,
    samples_to_ms,
)
from broadcast.model.naming import short_name
from broadcast.production.desk.draft import DRAFT_FILE
from broadcast.production.desk.draft_record import (
    PAPERS,
    AskedFor,
    DraftFiles,
    DraftRecord,
    MadeFrom,
)
from broadcast.production.desk.inputs import Inputs
from broadcast.production.desk.read_script import last_day_of
from broadcast.production.desk.work import Work
from broadcast.production.making.covers import own_cover
from broadcast.production.making.episode_record import episode_record
from broadcast.production.making.papers import paper_texts
from broadcast.production.making.plan import Plan
from broadcast.production.making.programme_timeline import programme_timeline
from broadcast.production.making.sound_report import REPORT_FILE, sound_report
from broadcast.production.making.sound_told import report_text
from broadcast.production.making.transcript_files import transcript_texts
from broadcast.production.voicing.part import take_of
from broadcast.records import record_bytes
from broadcast.station import Station

_NEAR_MS = 20
_ENCODING = Message("stage.encoding", "encoding")
_WAV = Message("stage.wav", "WAV")
_FLAC = Message("stage.flac", "FLAC")
_AIR_MP3 = Message("stage.air-mp3", "air MP3")
# What a draft's further files are for, and how their names end, by format.
_FURTHER = {
    "wav": ("air", ".wav"),
    "flac": ("air_flac", ".flac"),
    "air-mp3": ("air_mp3", "-air.mp3"),
}


def write_files(
    planned: Plan,
    made_from: MadeFrom,
    asked: AskedFor,
    inputs: Inputs,
    folder: Path,
    work: Work,
) -> DraftRecord:
    """Make the draft's files in ``folder``, and give what episode.json there says of them.

    Raises BroadcastError naming a recording that cannot be used, OutsideError when the disk fails.
    """
    sound = planned.station.sound
    takes = [take_of(part, planned.engine, work.cache, sound.pauses) for part in planned.parts]
    timeline = programme_timeline(takes, planned.played, sound, work, planned.script.language)
    if sound.running_time_ms is not None:
        missed = missed_running_time(timeline, sound.running_time_ms)
        if missed is not None:
            work.reporter.say(missed)
    episode = _episode(planned, timeline)
    name = planned.name
    transcripts = transcript_texts(episode)
    cover = own_cover(planned, work.cache)
    files = DraftFiles(
        audio=f"{name}.mp3",
        **{kind: name + FILE_ENDINGS[kind] for kind in transcripts},
        chapters="chapters.json",
        report=REPORT_FILE,
        **PAPERS,
        cover="cover" + picture_suffix(cover) if cover else None,
        cover_small="cover-small.jpg" if cover else None,
        **{purpose: name + end for purpose, end in map(_FURTHER.__getitem__, sound.formats)},
    )
    if files.cover and files.cover_small and cover:
        (folder / files.cover).write_bytes(cover)
        (folder / files.cover_small).write_bytes(cover_in_list(cover, work.cache))
    shown = cover_in_audio(cover or cover_of(episode.show, work.cache).data, work.cache)
    loudness = _write_audio(
        timeline, tags_of(episode, shown), episode, planned.station, folder, files, work
    )
    report = sound_report(timeline, sound, loudness, files)
    papers = paper_texts(planned, episode, report, files.audio, inputs.workspace.root, work.cache)
    texts = {
        **{getattr(files, kind): text for kind, text in (transcripts | papers).items()},
        files.chapters: chapters_json(
            episode.chapters, samples_to_ms(timeline.samples), episode.title
        ),
        files.report: report_text(
            report, renderer_for(Language.tagged(planned.station.show.language))
        ),
    }
    for file, text in texts.items():
        (folder / file).write_text(text, "utf-8", newline="\n")
    record = episode_record(
        episode,
        script=inputs.workspace.relative(planned.script.file),
        engine=_engine_heard(takes),
        engines=planned.station.engines,
        report=report,
        files=files,
        digests={file: file_digest(folder / file) for _, file in files.by_purpose()},
        made_from=made_from,
        asked=asked,
    )
    (folder / DRAFT_FILE).write_bytes(record_bytes(record))
    return record


def _write_audio(
    timeline: Timeline,
    tags: Tags,
    episode: Episode,
    station: Station,
    folder: Path,
    files: DraftFiles,
    work: Work,
) -> dict[str, Loudness]:
    """Write the podcast master and what other masters are wanted; give their loudness."""

    sound = station.sound

    def mp3(file: str, coding: Sound, gain_db: float, stage: Message) -> Loudness:
        with (folder / file).open("wb") as stream:
            stream.write(tags.head)
            step = work.step_of(stage)
            measured = write_mp3(timeline, coding, stream, work.cache, work.jobs, step, gain_db)
            stream.write(tags.tail)
        return measured

    level_lufs = sound.level_lufs
    loudness = {"podcast": mp3(files.audio, sound, sound.podcast_lufs - level_lufs, _ENCODING)}
    if files.air:
        facts = _air_facts(episode, station.air)
        loudness["air"] = write_wav(timeline, sound, folder / files.air, facts, work.step_of(_WAV))
    if files.air_flac:
        loudness["air"] = write_flac(timeline, sound, folder / files.air_flac, work.step_of(_FLAC))
    if files.air_mp3:
        coding = replace(sound, mp3_kbps=sound.air_mp3_kbps, mp3_channels=2)
        gain_db = sound.air_lufs - level_lufs
        loudness["air_mp3"] = mp3(files.air_mp3, coding, gain_db, _AIR_MP3)
    return loudness


def _air_facts(episode: Episode, air: AirSettings) -> AirFacts:
    last = episode.sentences[-1].text.split() if episode.sentences else []
    return AirFacts(
        title=episode.title,
        artist=episode.show.author,
        cut_id=episode.name,
        category=episode.show.category,
        description=f"{episode.show.title}: {episode.title}",
        originator=episode.show.author,
        date=episode.date,
        last_day=episode.expires or _last_day(episode.date, air.valid_days),
        priority=air.priority,
        out_cue=" ".join(last[-6:]),
        url=episode.show.base_url,
        producer_version=__version__,
    )


def _last_day(date: str, valid_days: int) -> str:
    """Give the last of so many days, the first of which is ``date``; "" where there is none."""
    if not valid_days:
        return ""
    return (datetime.date.fromisoformat(date) + datetime.timedelta(valid_days - 1)).isoformat()


def missed_running_time(timeline: Timeline, wanted_ms: int) -> Message | None:
    """Say by how much a programme misses its running time, and where it is long; None: it fits."""
    over_ms = samples_to_ms(timeline.samples) - wanted_ms
    if abs(over_ms) <= _NEAR_MS:
        return None
    said = [(slot.segment.samples, take) for slot, take in timeline.takes]
    spoken = sum(len(s.spoken.split()) for _, take in said for s in take.sentences)
    rate = spoken / max(1, sum(samples for samples, _ in said)) * RATE_HZ
    longest = tuple(
        Message(
            "running-time.turn",
            "{turn} ({length})",
            turn=short_name(take.turn.name),
            length=said_length(samples_to_ms(samples)),
        )
        for samples, take in sorted(said, key=lambda one: -one[0])[:3]
    )
    length = said_length(max(1000, abs(over_ms)))
    words = round(abs(over_ms) / 1000 * rate)
    if over_ms > 0:
        return Message(
            "running-time.over",
            "The programme is {length} over its running time, about {words} words too many; "
            "the longest turns are {turns}.",
            length=length,
            words=words,
            turns=longest,
        )
    return Message(
        "running-time.under",
        "The programme is {length} under its running time, about {words} words too few; "
        "the longest turns are {turns}.",
        length=length,
        words=words,
        turns=longest,
    )


def _episode(planned: Plan, timeline: Timeline) -> Episode:
    script = planned.script
    last_day = last_day_of(script)
    return Episode(
        name=planned.name,
        title=planned.title,
        show=planned.station.show,
        language=script.language,
        guid=planned.guid,
        date=planned.day.isoformat(),
        description=planned.description,
        timeline=timeline,
        chapters=chapters(timeline, planned.title, script.language, script.questions),
        sentences=transcript(timeline, script.language),
        people=script.speakers,
        season=script.front.season,
        episode=script.front.episode,
        expires=last_day.isoformat() if last_day else "",
        disclosed=planned.station.disclosure,
    )


def _engine_heard(takes: Sequence[Take]) -> str | None:
    return next((take.engine for take in takes if take.kind == "synthetic"), None)
