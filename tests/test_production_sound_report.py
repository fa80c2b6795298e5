"""loudness.txt: what each file and each turn measured, and whether that is what was wanted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from broadcast.messages.rendering import ENGLISH
from broadcast.model import Loudness, Sound, Timeline
from broadcast.papers.facts import Target
from broadcast.production.desk.draft_record import DraftFiles
from broadcast.production.making.sound_report import sound_report
from broadcast.production.making.sound_told import report_text
from timelines_by_hand import slot_of, turn

SOUND = Sound(podcast_lufs=-16, air_lufs=-23, ceiling_dbtp=-1)
MEASURED = Loudness(-16.1, -1.2, 5.3, -12.0, -13.0)


def energies(lufs: float) -> tuple[float, ...]:
    """One second of this loudness (BS.1770-4, annex 1, equation 2)."""
    return (10 ** ((lufs + 0.691) / 10),) * 10


def files(**further: str) -> DraftFiles:
    return DraftFiles(
        audio="a.mp3",
        transcript="a.vtt",
        chapters="chapters.json",
        report="loudness.txt",
        **further,
    )


def timeline(sound: Sound) -> Timeline:
    """A question that measures 3 LU below the level of segments, and an answer too short to."""
    below = slot_of(turn("turn", "reporter", "Lan", "Bao giờ?", 1), 0, "recorded")
    short = slot_of(turn("lead", "official", "Lâm", "Mai."), below.samples)
    quiet = energies(sound.level_lufs - 3)
    return Timeline(
        (
            replace(below, segment=replace(below.segment, energies=quiet)),
            replace(short, segment=replace(short.segment, energies=quiet[:3])),
        )
    )


def lines(sound: Sound = SOUND, **loudness: Loudness) -> list[str]:
    named = files(air="a.wav", air_mp3="a-air.mp3")
    return report_text(sound_report(timeline(sound), sound, loudness, named), ENGLISH).splitlines()


@pytest.mark.parametrize(
    ("integrated_lufs", "peak_dbtp", "verdicts"),
    [
        (-16.0, -1.0, ("pass", "pass", "pass")),
        (-15.81, -1.0, ("pass", "pass", "pass")),
        (-16.19, -9.0, ("pass", "pass", "pass")),
        (-15.79, -1.0, ("FAIL", "FAIL", "pass")),
        (-16.21, -1.0, ("FAIL", "FAIL", "pass")),
        (-16.0, -0.9, ("FAIL", "pass", "FAIL")),
    ],
)
def test_a_file_passes_within_a_fifth_of_a_loudness_unit_and_not_above_the_ceiling(
    integrated_lufs: float, peak_dbtp: float, verdicts: tuple[str, str, str]
) -> None:
    measured = replace(MEASURED, integrated_lufs=integrated_lufs, true_peak_dbtp=peak_dbtp)
    told = lines(podcast=measured)
    of_file, of_loudness, of_peak = verdicts
    assert told[2:8] == [
        f"a.mp3: {of_file}",
        f"  integrated  {integrated_lufs:7.2f} LUFS, {of_loudness}",
        "    aimed at   -16.00 LUFS, within 0.2 LU",
        f"  true peak   {peak_dbtp:7.2f} dBTP, {of_peak}",
        "     at most    -1.00 dBTP",
        f"  range       {MEASURED.range_lu:7.1f} LU",
    ]


def test_masters_for_the_air_are_held_to_the_level_of_the_air() -> None:
    on_air = replace(MEASURED, integrated_lufs=-23.0)
    told = lines(podcast=MEASURED, air=on_air, air_mp3=MEASURED)
    assert [line for line in told if line.startswith("a")] == [
        "a.mp3: pass",
        "a.wav: pass",
        "a-air.mp3: FAIL",
    ]
    assert [line.split()[2] for line in told if "aimed at" in line] == [
        "-16.00",
        "-23.00",
        "-23.00",
    ]


def test_the_air_master_as_flac_is_named_where_there_is_no_wav() -> None:
    report = sound_report(timeline(SOUND), SOUND, {"air": MEASURED}, files(air_flac="a.flac"))
    assert report.targets == (Target("air", "a.flac", MEASURED, -23, -1),)


def test_each_turn_is_told_at_its_level_in_the_podcast() -> None:
    # Segments are as loud as the loudest that is wanted, here 3 LU above the podcast.
    sound = Sound(podcast_lufs=-19, air_lufs=-16, formats=("wav",))
    assert lines(sound, podcast=MEASURED)[-2:] == [
        "   1   -22.0 LUFS   -6.0 dBTP  recorded, Lan",
        "lead  too short     -6.0 dBTP  synthetic, Lâm",
    ]
