"""A plan whose words have all been spoken → the draft's files: audio, transcript, facts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from broadcast import __version__
from broadcast.audio.air import write_flac, write_wav
from broadcast.audio.broadcast_wave import AirFacts
from broadcast.audio.loudness import integrated_lufs
from broadcast.audio.master import (
    insert_key,
    master,
    master_insert,
    neighbours,
    segment_facts,
    segment_from_facts,
    segment_key,
)
from broadcast.audio.mp3 import write_mp3
from broadcast.audio.timeline import Placed, lay_out
from broadcast.cache import Cache, file_digest, key_of
from broadcast.feed.cover import cover_of
from broadcast.metadata.chapters import chapters, chapters_json
from broadcast.metadata.tags import write_tags
from broadcast.metadata.transcript import captions, webvtt
from broadcast.model import (
    FRAME,
    RATE_HZ,
    Episode,
    Insert,
    Loudness,
    Segment,
    Sound,
    Take,
    Timeline,
    samples_to_ms,
)
from broadcast.production.draft import DRAFT_FILE, Draft, draft_document
from broadcast.production.music import Played
from broadcast.production.perform import take_of
from broadcast.production.plan import Plan
from broadcast.production.report import Reporter
from broadcast.workspace import Workspace, replacing

# What a draft's further files are, by their ending.
_PURPOSES = {"wav": "air", "flac": "air_flac"}


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
    beds = planned.played.beds
    takes = [
        replace(take_of(part, planned.engine, cache, sound.pauses), bed=beds.get(part.turn.kind))
        for part in planned.parts
    ]
    segments = _segments(takes, sound, cache, jobs, reporter)
    placed = _in_order_of_air(segments, planned.played, sound, cache)
    timeline = lay_out(placed, sound.pauses, sound.running_time_ms)
    if sound.running_time_ms is not None:
        missed = missed_running_time(timeline, sound.running_time_ms)
        if missed:
            reporter.say(missed)
    episode = _episode(planned, timeline)
    name = planned.name
    folder = workspace.draft(name)
    files = {
        "audio": f"{name}.mp3",
        "transcript": f"{name}.vtt",
        "chapters": "chapters.json",
        **{_PURPOSES[ending]: f"{name}.{ending}" for ending in sound.formats},
    }
    _keep_what_is_not_ours(folder, draft, files.values(), reporter)
    with replacing(folder) as incoming:
        loudness = _write_audio(timeline, episode, sound, incoming, files, cache, jobs, reporter)
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
            loudness=loudness,
            targets_lufs={"podcast": sound.podcast_lufs, "air": sound.air_lufs},
            ceiling_dbtp=sound.ceiling_dbtp,
            turns_lufs=[integrated_lufs(slot.segment.energies) for slot, _ in timeline.takes],
            files=files,
            digests={file: file_digest(incoming / file) for file in files.values()},
            made_from=planned.made_from(),
        )
        text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
        (incoming / DRAFT_FILE).write_text(text, "utf-8", newline="\n")
    _remove_what_is_no_more(folder, draft, files.values())
    return Draft(folder, document)


def _write_audio(
    timeline: Timeline,
    episode: Episode,
    sound: Sound,
    folder: Path,
    files: Mapping[str, str],
    cache: Cache,
    jobs: int,
    reporter: Reporter,
) -> dict[str, Loudness]:
    """Write the podcast master and what other masters are wanted; give their loudness."""

    def step(done: int, total: int) -> None:
        reporter.step("encoding", done, total)

    def air_step(done: int, total: int) -> None:
        reporter.step("air master", done, total)

    audio = folder / files["audio"]
    loudness = {"podcast": write_mp3(timeline, sound, audio, cache, jobs, step)}
    write_tags(audio, episode, cover_of(episode.show).data)
    if "air" in files:
        facts = _air_facts(episode)
        loudness["air"] = write_wav(timeline, sound, folder / files["air"], facts, air_step)
    if "air_flac" in files:
        loudness["air"] = write_flac(timeline, sound, folder / files["air_flac"], air_step)
    return loudness


def _air_facts(episode: Episode) -> AirFacts:
    last = episode.captions[-1].text.split() if episode.captions else []
    return AirFacts(
        title=episode.title,
        artist=episode.show.author,
        cut_id=episode.name,
        category=episode.show.category,
        description=f"{episode.show.title}: {episode.title}",
        originator=episode.show.author,
        date=episode.date,
        out_cue=" ".join(last[-6:]),
        url=episode.show.base_url,
        producer_version=__version__,
    )


def missed_running_time(timeline: Timeline, wanted_ms: int) -> str:
    """Say by how much a programme misses its running time, and where it is long; "" if it fits."""
    over_ms = samples_to_ms(timeline.samples) - wanted_ms
    if abs(over_ms) <= FRAME * 1000 / RATE_HZ:
        return ""
    said = [(slot.segment.samples, take) for slot, take in timeline.takes]
    words = sum(len(s.spoken.split()) for _, take in said for s in take.sentences)
    rate = words / max(1, sum(samples for samples, _ in said)) * RATE_HZ
    longest = sorted(said, key=lambda one: -one[0])[:3]
    named = ", ".join(
        f"{take.turn.n or take.turn.kind} ({round(samples / RATE_HZ)} s)"
        for samples, take in longest
    )
    seconds = abs(over_ms) / 1000
    return (
        f"The programme is {seconds:.1f} s {'over' if over_ms > 0 else 'under'} its running time, "
        f"about {round(seconds * rate)} words too {'many' if over_ms > 0 else 'few'}; "
        f"the longest turns are {named}."
    )


def _segments(
    takes: Sequence[Take], sound: Sound, cache: Cache, jobs: int, reporter: Reporter
) -> list[Segment]:
    """Master every take that was not mastered before, a few at a time."""
    beside = neighbours(takes)

    def segment(take: Take) -> Segment:
        neighbour = beside.get(take.key)
        key = segment_key(take, sound, neighbour)
        return _kept(take, key, cache, lambda path: master(take, sound, path, neighbour))

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


def _in_order_of_air(
    segments: Sequence[Segment], played: Played, sound: Sound, cache: Cache
) -> list[Placed]:
    """Put music and clips between the turns, and the pauses that were asked for after them."""
    placed: list[Placed] = []
    for at in range(len(segments) + 1):
        inserts = played.before.get(at, ())
        placed += [Placed(_insert_segment(insert, sound, cache)) for insert in inserts]
        if at < len(segments):
            placed.append(Placed(segments[at], played.pauses_ms.get(at)))
    return placed


def _insert_segment(insert: Insert, sound: Sound, cache: Cache) -> Segment:
    key = insert_key(insert, sound)
    return _kept(insert, key, cache, lambda path: master_insert(insert, sound, path))


def _kept(
    source: Take | Insert, key: str, cache: Cache, made: Callable[[Path], Segment]
) -> Segment:
    """Give a segment from the cache, or make it and keep it there."""
    facts_key = key_of("facts", key)
    audio, facts = cache.find(key), cache.get(facts_key)
    if audio and facts:
        return segment_from_facts(json.loads(facts), source, audio, key)
    segments: list[Segment] = []
    audio = cache.make(key, lambda path: segments.append(made(path)))
    cache.put(facts_key, json.dumps(segment_facts(segments[0])).encode())
    return replace(segments[0], audio=audio)


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


def _remove_what_is_no_more(folder: Path, draft: Draft | None, names: Iterable[str]) -> None:
    """Remove what the last build wrote and this one did not, unless somebody changed it."""
    digests: Mapping[str, str] = draft.document["digests"] if draft else {}
    for name in digests.keys() - set(names):
        file = folder / name
        if file.is_file() and file_digest(file) == digests[name]:
            file.unlink()


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
