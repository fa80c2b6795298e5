"""A programme that was just made → the papers of a studio that lie beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from broadcast import __version__
from broadcast.audio.over_time import loudness_over_time, silences_ms
from broadcast.cache import Cache, key_of
from broadcast.language import Language
from broadcast.messages.listeners import part_in_full
from broadcast.messages.rendering import renderer_for
from broadcast.metadata.music_tags import MusicTags, music_tags
from broadcast.model import Credit, Episode, Insert, Problem, Slot, Take, samples_to_ms
from broadcast.papers.cue_sheet import cue_sheet_csv, cue_sheet_html
from broadcast.papers.facts import PlayedPart, SpokenPart, StudioFacts
from broadcast.papers.report import report_html
from broadcast.papers.timeline import timeline_file
from broadcast.production.making.plan import Plan
from broadcast.production.making.sound_report import SoundReport


def paper_texts(
    planned: Plan, episode: Episode, report: SoundReport, audio: str, root: Path, cache: Cache
) -> dict[str, str]:
    """Give the papers by what they are, in the language of the show.

    ``report`` is what was measured of the programme, ``audio`` the podcast's file, ``root`` the
    station's folder.
    """
    renderer = renderer_for(Language.tagged(episode.show.language))
    say, language = renderer.text, renderer.tag
    facts = studio_facts(planned, episode, report, audio, root, cache)
    return {
        "cue_sheet": cue_sheet_html(facts, say, language),
        "cue_sheet_table": cue_sheet_csv(facts, say),
        "timeline": timeline_file(facts, say, language),
        "report_page": report_html(facts, say, language),
    }


def studio_facts(
    planned: Plan, episode: Episode, report: SoundReport, audio: str, root: Path, cache: Cache
) -> StudioFacts:
    """Give what the papers tell of a programme."""
    timeline, sound = episode.timeline, planned.station.sound
    gain_db = sound.podcast_lufs - sound.level_lufs
    return StudioFacts(
        name=episode.name,
        show=episode.show.title,
        title=episode.title,
        date=episode.date,
        language=episode.language,
        audio=audio,
        duration_ms=samples_to_ms(timeline.samples),
        running_time_ms=sound.running_time_ms,
        spoken=tuple(_spoken(episode, report)),
        played=tuple(
            _played(slot, slot.segment.source, root, cache)
            for slot in timeline.slots
            if isinstance(slot.segment.source, Insert)
        ),
        chapters=episode.chapters,
        credits=_credits(episode, cache),
        targets=report.targets,
        short_term_lufs=loudness_over_time(timeline, gain_db),
        silences_ms=silences_ms(timeline, gain_db),
        disclosure=planned.disclosure,
        disclosed=planned.station.disclosure,
        doubts=tuple(_doubts(planned, root)),
    )


def _credits(episode: Episode, cache: Cache) -> tuple[Credit, ...]:
    takes = (take for _, take in episode.timeline.takes)
    byline = "\n".join(take.turn.text for take in takes if take.turn.kind == "byline")

    def found() -> tuple[Credit, ...]:
        from broadcast.script.credited import credited  # a swap needs no rule of scripts

        return credited(byline)

    if not byline:
        return ()
    return cache.remember(key_of("credits", __version__, byline), tuple[Credit, ...], found)


def _spoken(episode: Episode, report: SoundReport) -> Iterator[SpokenPart]:
    measured = zip(episode.timeline.takes, report.turns, strict=True)
    for (slot, take), (_, lufs, peak_dbtp) in measured:
        yield SpokenPart(
            name=take.turn.name,
            speaker=part_in_full(take.turn.speaker, episode.language),
            words=" ".join(sentence.written for sentence in take.sentences),
            start_ms=samples_to_ms(slot.start),
            end_ms=samples_to_ms(slot.speech_end),
            voice=_voice(take),
            is_synthetic=take.kind == "synthetic",
            is_stale=take.recording is not None and take.recording.stale,
            lufs=lufs,
            true_peak_dbtp=peak_dbtp,
        )


def _voice(take: Take) -> str:
    if take.recording is None:
        return " ".join(filter(None, [take.engine, take.voice]))
    return " + ".join(dict.fromkeys(one.file.name for one in take.recording.stretches))


def _played(slot: Slot, insert: Insert, root: Path, cache: Cache) -> PlayedPart:
    def found() -> MusicTags:
        return music_tags(insert.file)

    # Read once: a swap reads no music.
    tags = cache.remember(key_of("music-tags", 1, insert.key), MusicTags, found)
    return PlayedPart(
        kind=insert.kind,
        file=_named(insert.file, root),
        title=tags.title or insert.file.stem,
        artist=tags.artist,
        start_ms=samples_to_ms(slot.start),
        end_ms=samples_to_ms(slot.speech_end),
        is_bed=bool(slot.segment.inside),
    )


def _doubts(planned: Plan, root: Path) -> Iterator[tuple[str, Problem]]:
    script = _named(planned.script.file, root)
    for doubt in (*planned.script.problems, *planned.played.problems):
        yield script, doubt
    for doubt in planned.doubts:
        yield f"recordings/{planned.name}", doubt


def _named(file: Path, root: Path) -> str:
    """Give a file as the station names it."""
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else file.name
