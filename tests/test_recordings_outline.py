"""The outline of a recording, as it is drawn to be cut."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import soundfile

from broadcast.recordings.outline import outline_of

RATE_HZ = 8_000


def sound(file: Path, *levels: float) -> Path:
    """Write a hum of a second at each level."""
    times = np.arange(RATE_HZ) / RATE_HZ
    hum = np.sin(2 * np.pi * 200 * times)
    soundfile.write(file, np.concatenate([level * hum for level in levels]), RATE_HZ)
    return file


def test_what_is_loudest_is_full_and_what_is_50_db_softer_is_nothing(tmp_path: Path) -> None:
    file = sound(tmp_path / "a.wav", 0.5, 0.05, 0.5 * 10 ** (-60 / 20), 0.0)
    assert outline_of([file], [4_000], 0, 4_000, 4) == (100, 60, 0, 0)


def test_a_stretch_is_drawn_over_the_border_of_two_files(tmp_path: Path) -> None:
    files = [sound(tmp_path / "a.wav", 0.05, 0.5), sound(tmp_path / "b.wav", 0.5, 0.05)]
    assert outline_of(files, [2_000, 2_000], 1_000, 4_000, 3) == (100, 100, 60)


def test_what_cannot_be_read_is_silent(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(b"no sound")
    assert outline_of([tmp_path / "a.wav"], [1_000], 0, 1_000, 3) == (0, 0, 0)
