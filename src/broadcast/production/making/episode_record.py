"""A programme that was just made → what episode.json says of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from broadcast.metadata.disclosure import description_line, turns_of
from broadcast.model import Episode, Recording, Timeline, samples_to_ms
from broadcast.papers.facts import Target
from broadcast.production.desk.draft_record import (
    FORMAT,
    AskedFor,
    DraftFiles,
    DraftRecord,
    LoudnessFacts,
    MadeFrom,
    PersonFacts,
    TakeFacts,
    TurnFacts,
)
from broadcast.production.making.sound_report import SoundReport


def episode_record(
    episode: Episode,
    *,
    script: str,
    engine: str | None,
    engines: tuple[str, ...],
    report: SoundReport,
    files: DraftFiles,
    digests: Mapping[str, str],
    made_from: MadeFrom,
    asked: AskedFor,
) -> DraftRecord:
    """Give episode.json as the contract has it, with what the program needs to build again."""
    return DraftRecord(
        format=FORMAT,
        name=episode.name,
        title=episode.title,
        guid=episode.guid,
        date=datetime.date.fromisoformat(episode.date),
        duration_ms=samples_to_ms(episode.timeline.samples),
        engine=engine,
        engines=engines,
        language=episode.language,
        description=episode.description,
        disclosure=_disclosure(episode),
        season=episode.season,
        episode=episode.episode,
        expires=datetime.date.fromisoformat(episode.expires) if episode.expires else None,
        script=script,
        turns=tuple(_turns(episode.timeline, report)),
        people=tuple(
            PersonFacts(name=one.name, role=one.role, person=one.person, title=one.title)
            for one in episode.people
        ),
        loudness={target.purpose: _loudness(target) for target in report.targets},
        files=files,
        digests=dict(digests),
        made_from=made_from,
        asked=asked,
        sentences=episode.sentences,
        chapters=episode.chapters,
    )


def _disclosure(episode: Episode) -> str:
    if not episode.disclosed:
        return ""
    return description_line(episode.language, turns_of(episode.timeline))


def _turns(timeline: Timeline, report: SoundReport) -> Iterator[TurnFacts]:
    for (slot, take), (_, lufs, _) in zip(timeline.takes, report.turns, strict=True):
        turn, recording = take.turn, take.recording
        yield TurnFacts(
            n=turn.n,
            id=turn.id,
            kind=turn.kind,
            speaker=turn.speaker,
            role=turn.role,
            line=turn.line or None,
            text=turn.text,
            spoken=" ".join(sentence.spoken for sentence in take.sentences),
            start_ms=samples_to_ms(slot.start),
            end_ms=samples_to_ms(slot.speech_end),
            lufs=round(lufs, 1) if lufs > float("-inf") else None,
            take=TakeFacts(
                kind=take.kind,
                engine=take.engine,
                voice=take.voice,
                file=_files(recording) if recording else None,
                stale=bool(recording and recording.stale),
                licence=take.licence,
                version=take.version,
            ),
        )


def _loudness(target: Target) -> LoudnessFacts:
    measured = target.measured
    return LoudnessFacts(
        integrated_lufs=round(measured.integrated_lufs, 2),
        true_peak_dbtp=round(measured.true_peak_dbtp, 2),
        range_lu=round(measured.range_lu, 1),
        target_lufs=target.lufs,
        ceiling_dbtp=target.ceiling_dbtp,
        passes=target.is_as_loud and target.holds_the_ceiling,
    )


def _files(recording: Recording) -> str:
    return " + ".join(dict.fromkeys(stretch.file.name for stretch in recording.stretches))
