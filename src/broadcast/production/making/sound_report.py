"""What was measured of a programme → whether it is as loud as it shall be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from broadcast.audio.loudness import integrated_lufs
from broadcast.model import Loudness, Slot, Sound, Take, Timeline
from broadcast.papers.facts import Target
from broadcast.production.desk.draft_record import DraftFiles

REPORT_FILE = "loudness.txt"


@dataclass(frozen=True, slots=True)
class SoundReport:
    """How loud each file is and each turn in the podcast: ``turns`` in order of air."""

    targets: tuple[Target, ...]
    turns: tuple[tuple[Take, float, float], ...]


def sound_report(
    timeline: Timeline, sound: Sound, loudness: Mapping[str, Loudness], files: DraftFiles
) -> SoundReport:
    """Hold what was measured against the targets; ``loudness`` is by what a file is for."""
    names = {
        "podcast": files.audio,
        "air": files.air or files.air_flac,
        "air_mp3": files.air_mp3,
    }
    gain_db = sound.podcast_lufs - sound.level_lufs

    def turn(slot: Slot, take: Take) -> tuple[Take, float, float]:
        segment = slot.segment
        return take, integrated_lufs(segment.energies) + gain_db, segment.true_peak_dbtp + gain_db

    return SoundReport(
        tuple(
            Target(
                purpose,
                names[purpose] or "",
                measured,
                sound.podcast_lufs if purpose == "podcast" else sound.air_lufs,
                sound.ceiling_dbtp,
            )
            for purpose, measured in loudness.items()
        ),
        tuple(turn(slot, take) for slot, take in timeline.takes),
    )
