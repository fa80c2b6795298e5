"""A plan whose words have all been spoken → the draft's files: audio, transcript, facts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from broadcast.audio.master import (
    master,
    neighbours,
    segment_facts,
    segment_from_facts,
    segment_key,
)
from broadcast.audio.mp3 import write_mp3
from broadcast.audio.timeline import lay_out
from broadcast.cache import Cache, file_digest, key_of
from broadcast.feed.cover import cover_of
from broadcast.metadata.chapters import chapters, chapters_json
from broadcast.metadata.tags import write_tags
from broadcast.metadata.transcript import captions, webvtt
from broadcast.model import Episode, Segment, Sound, Take, Timeline
from broadcast.production.draft import DRAFT_FILE, Draft, draft_document
from broadcast.production.perform import take_of
from broadcast.production.plan import Plan
from broadcast.production.report import Reporter
from broadcast.workspace import Workspace, replacing


def make(
    planned: Plan,
    workspace: Workspace,
    draft: Draft | None,
    cache: Cache,
    jobs: int,
    reporter: Reporter,
) -> Draft:
    """Make the draft's files anew and put them in the place of ``draft``'s as one change.

    Raises BroadcastError naming a recording that cannot be used, OutsideError when the disk fails.
    """
    sound = planned.station.sound
    takes = [take_of(part, planned.engine, cache, sound.pauses) for part in planned.parts]
    timeline = lay_out(_segments(takes, sound, cache, jobs, reporter), sound.pauses)
    episode = _episode(planned, timeline)
    name = planned.name
    folder = workspace.draft(name)
    files = {"audio": f"{name}.mp3", "transcript": f"{name}.vtt", "chapters": "chapters.json"}

    def step(done: int, total: int, speaker: str) -> None:
        reporter.step("encoding", done, total, speaker)

    _keep_what_is_not_ours(folder, draft, files.values(), reporter)
    with replacing(folder) as incoming:
        audio = incoming / files["audio"]
        loudness = write_mp3(timeline, sound, audio, cache, jobs, step)
        write_tags(audio, episode, cover_of(episode.show).data)
        texts = {
            files["transcript"]: webvtt(episode.captions, episode.language),
            files["chapters"]: chapters_json(episode.chapters, episode.title),
        }
        for file, text in texts.items():
            (incoming / file).write_text(text, "utf-8", newline="\n")
        document = draft_document(
            episode,
            script=workspace.relative(planned.script.file),
            engine=_engine_heard(takes),
            loudness={"podcast": loudness},
            files=files,
            digests={file: file_digest(incoming / file) for file in files.values()},
            made_from=planned.made_from(),
        )
        text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
        (incoming / DRAFT_FILE).write_text(text, "utf-8", newline="\n")
    return Draft(folder, document)


def _segments(
    takes: Sequence[Take], sound: Sound, cache: Cache, jobs: int, reporter: Reporter
) -> list[Segment]:
    """Master every take that was not mastered before, a few at a time."""
    beside = neighbours(takes)

    def segment(take: Take) -> Segment:
        neighbour = beside.get(take.key)
        key = segment_key(take, sound, neighbour)
        facts_key = key_of("facts", key)
        audio, facts = cache.find(key), cache.get(facts_key)
        if audio and facts:
            return segment_from_facts(json.loads(facts), take, audio, key)
        made: list[Segment] = []
        audio = cache.make(
            key, lambda path: made.append(master(take, sound, path, neighbour=neighbour))
        )
        cache.put(facts_key, json.dumps(segment_facts(made[0])).encode())
        return replace(made[0], audio=audio)

    segments = []
    with ThreadPoolExecutor(jobs) as pool:
        try:
            # The longest first, so that no worker waits for another at the end.
            made = {
                at: pool.submit(segment, takes[at])
                for at in sorted(range(len(takes)), key=lambda at: -len(takes[at].turn.text))
            }
            for at, take in enumerate(takes):
                segments.append(made[at].result())
                reporter.step("levelling", at + 1, len(takes), take.turn.speaker)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
    return segments


def _episode(planned: Plan, timeline: Timeline) -> Episode:
    script = planned.script
    return Episode(
        name=planned.name,
        title=planned.title,
        show=planned.station.show,
        language=script.language,
        guid=planned.guid,
        date=planned.day.isoformat(),
        description=planned.description,
        timeline=timeline,
        chapters=chapters(timeline, planned.title, script.language),
        captions=captions(timeline),
        people=script.speakers,
        season=script.front.season,
        episode=script.front.episode,
    )


def _engine_heard(takes: Sequence[Take]) -> str | None:
    return next((take.engine for take in takes if take.kind == "synthetic"), None)


def _keep_what_is_not_ours(
    folder: Path, draft: Draft | None, names: Iterable[str], reporter: Reporter
) -> None:
    """Move files aside that have a draft's names but are not what the program wrote there."""
    digests: Mapping[str, str] = draft.document["digests"] if draft else {}
    for name in names:
        file = folder / name
        if not file.exists() or (name in digests and file_digest(file) == digests[name]):
            continue
        number = 1
        while (kept := folder / f"{file.stem} (changed {number}){file.suffix}").exists():
            number += 1
        file.rename(kept)
        reporter.say(f"{file.name} was not as broadcast wrote it; it is kept as {kept.name}.")
