"""A sound report → loudness.txt: the same in words and figures, in one language."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

from broadcast.messages import Message
from broadcast.messages.rendering import Renderer
from broadcast.model import Take
from broadcast.model.naming import short_name
from broadcast.papers.facts import TOLERANCE_LU, Target
from broadcast.production.making.sound_report import SoundReport

_LABELS = (
    Message("loudness.integrated", "integrated"),
    Message("loudness.aim", "aimed at"),
    Message("loudness.true-peak", "true peak"),
    Message("loudness.ceiling", "at most"),
    Message("loudness.range", "range"),
)
_WANTED = (1, 3)
"""Which of the labels stand before what was wanted: they are set to the right."""


def report_text(report: SoundReport, renderer: Renderer) -> str:
    """Give a sound report for reading."""
    say = renderer.text
    labels = [say(label) for label in _LABELS]
    width = max(map(cell_len, labels))
    labels = [_padded(text, width, right=at in _WANTED) for at, text in enumerate(labels)]
    lines = [
        say(
            Message(
                "loudness.as-heard", "Loudness as heard: a mono file counts as on two loudspeakers."
            )
        ),
        "",
    ]
    for target in report.targets:
        passes = target.is_as_loud and target.holds_the_ceiling
        of_file = Message(
            "loudness.file", "{file}: {verdict}", file=target.file, verdict=_verdict(passes)
        )
        figures = zip(labels, map(say, _figures(target)), strict=True)
        lines += [say(of_file), *(f"  {label}  {figure}" for label, figure in figures), ""]
    lines.append(say(Message("loudness.turns", "Each turn, as it is in the podcast:")))
    places = [say(short_name(take.turn.name)) for take, _, _ in report.turns]
    widest = max(map(cell_len, places), default=0)
    levels = [say(_level(lufs)) for _, lufs, _ in report.turns]
    width = max(map(cell_len, levels), default=0)
    for place, level, (take, _, peak_dbtp) in zip(places, levels, report.turns, strict=True):
        at = _padded(place, widest, right=True)
        lines.append(f"{at}  {_padded(level, width)}  {say(_peak_and_speaker(take, peak_dbtp))}")
    return "\n".join(lines) + "\n"


def _figures(target: Target) -> Iterator[Message]:
    """Give what stands beside each label."""
    measured = target.measured
    yield Message(
        "loudness.integrated-figure",
        "{lufs:7.2f} LUFS, {verdict}",
        lufs=measured.integrated_lufs,
        verdict=_verdict(target.is_as_loud),
    )
    yield Message(
        "loudness.aim-figure",
        "{lufs:7.2f} LUFS, within {tolerance} LU",
        lufs=float(target.lufs),
        tolerance=TOLERANCE_LU,
    )
    yield Message(
        "loudness.true-peak-figure",
        "{peak:7.2f} dBTP, {verdict}",
        peak=measured.true_peak_dbtp,
        verdict=_verdict(target.holds_the_ceiling),
    )
    yield Message("loudness.ceiling-figure", "{peak:7.2f} dBTP", peak=float(target.ceiling_dbtp))
    yield Message("loudness.range-figure", "{range:7.1f} LU", range=measured.range_lu)


def _verdict(right: bool) -> Message:
    return Message("loudness.pass", "pass") if right else Message("loudness.fail", "FAIL")


def _level(lufs: float) -> Message:
    if lufs > float("-inf"):
        return Message("loudness.turn-level", "{lufs:6.1f} LUFS", lufs=lufs)
    return Message("loudness.too-short", "too short")


def _peak_and_speaker(take: Take, peak_dbtp: float) -> Message:
    speaker = take.turn.speaker
    if take.kind == "synthetic":
        return Message(
            "loudness.synthetic",
            "{peak:5.1f} dBTP  synthetic, {speaker}",
            peak=peak_dbtp,
            speaker=speaker,
        )
    return Message(
        "loudness.recorded",
        "{peak:5.1f} dBTP  recorded, {speaker}",
        peak=peak_dbtp,
        speaker=speaker,
    )


def _padded(text: str, width: int, *, right: bool = False) -> str:
    blanks = " " * (width - cell_len(text))
    return blanks + text if right else text + blanks
