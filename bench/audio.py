"""A long programme from recordings: cold, one turn swapped, unchanged; against plain pydub.

Usage: audio.py [TURNS]. The turns are MP3 recordings of 20 to 37 s of the offline voice; the
baseline is what a user would write (from_file each, ``+=``, normalize, export): plain_pydub.py.
A take that is swapped in was heard before, as `takes` and the studio hear it when it comes; what
hearing costs is a row of its own. Ratios are within one run; memory is the proportional set size
of the process tree at its peak.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median

import lameenc
import numpy as np
import soundfile

from broadcast.model import Utterance, Voice
from broadcast.speech import ENGINES
from broadcast.station import FORMATS
from measure import Run, in_turn, run
from plain_pydub import about_baseline

BROADCAST = Path(sys.executable).with_name("broadcast")
WORDS = "Bà con yên tâm ra khơi, vì đội cứu hộ túc trực suốt ngày đêm ở cả ba cửa biển."
TIMES, TIMES_COLD = 8, 2


def main() -> None:
    turns = int(sys.argv[1]) if len(sys.argv) > 1 else 120
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        few, many = turns // 2, turns * 2
        recordings = recordings_in(folder, many, 3 * TIMES)
        retakes = iter(recordings[many:])  # each swap puts in what was never heard before
        stations = {n: _station(folder / f"station-{n}", n, recordings) for n in (few, turns, many)}
        station = stations[turns]
        plain, cold = in_turn(TIMES_COLD, lambda: _plain(station, folder), lambda: _cold(station))
        for n in (few, many):
            _cold(stations[n])
        heard = list[float]()

        def swapped(n: int) -> Run:
            retake = next(retakes)
            spent_s = _heard(stations[n], n, retake).seconds
            heard.append(spent_s - 0.05 * soundfile.info(retake).duration)
            return run(_build(stations[n]), cwd=stations[n])

        half, one, double, unchanged = in_turn(
            TIMES,
            *(lambda n=n: swapped(n) for n in (few, turns, many)),  # type: ignore[misc]
            lambda: run(_build(station), cwd=station),
        )
        seconds = soundfile.info(_programme(station)).duration
        print(f"{turns} turns, {seconds / 60:.0f} minutes, from MP3 recordings")
        print(f"{'':18}{'seconds':>9}{'of plain':>10}{'peak MB':>9}")
        for label, told in (
            ("plain pydub", plain),
            ("cold", cold),
            ("one turn swapped", one),
            ("unchanged", unchanged),
            (f"one of {few} swapped", half),
            (f"one of {many} swapped", double),
        ):
            share = told.seconds / plain.seconds
            print(f"{label:18}{told.seconds:9.2f}{share:10.4f}{told.peak_bytes / 1e6:9.0f}")
        print(about_baseline())
        print(f"one of {many} against one of {few}: {double.seconds / half.seconds:.2f}")
        print(f"a new take heard: {median(heard):.2f} s + 0.05 of its length")
        others = [part for name in FORMATS for part in ("--format", name)]
        everything = [*_build(stations[many]), *others]
        shutil.rmtree(stations[many] / ".broadcast")
        peak_mb = run(everything, cwd=stations[many]).peak_bytes / 1e6
        print(f"all outputs, {2 * seconds / 3600:.1f} h: {peak_mb:.0f} MB")


def recordings_in(folder: Path, turns: int, retakes: int) -> list[Path]:
    """Make MP3 recordings: the offline voice, said again and again, for 20 to 37 s.

    The retakes after them are as long as a turn is on average, and three by three alike, so that
    swaps in three programmes can be compared.
    """
    file = folder / "said.wav"
    file.write_bytes(ENGINES["espeak"]().speak(Utterance(WORDS, Voice("espeak", "vi", "vi", 175))))
    said, rate_hz = soundfile.read(file, dtype="float32")
    noise = np.random.default_rng(1).normal(0, 0.001, rate_hz * 40).astype(np.float32)
    made = []
    for n in range(turns + retakes):
        times = 4 + n % 4 if n < turns else 5 + (n - turns) // 3 % 2
        samples = np.tile(np.concatenate([said, np.zeros(rate_hz // 2, np.float32)]), times)
        made.append(folder / f"turn-{n}.mp3")
        gain = 10 ** (-(n % 60) / 200)
        hiss = np.roll(noise, 7 * n)[: len(samples)]  # no two alike
        made[-1].write_bytes(_mp3(samples * gain + hiss, rate_hz))
    return made


def _mp3(samples: np.ndarray, rate_hz: int) -> bytes:
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(96)
    encoder.set_in_sample_rate(rate_hz)
    encoder.set_channels(1)
    encoder.set_quality(7)
    encoder.silence()
    pcm = np.rint(samples * 32_767).astype("<i2").tobytes()
    return bytes(encoder.encode(pcm) + encoder.flush())


def station_of(folder: Path, turns: int) -> Path:
    """Make a station with a script of so many turns, ``long``."""
    run([BROADCAST, "init", folder])
    settings = folder / "station.toml"
    offline = settings.read_text("utf-8").replace('["gtts", "espeak"]', '["espeak"]')
    settings.write_text(offline, "utf-8")
    lines = ["Một buổi trò chuyện dài", ""]
    for n in range(turns):
        who = "Phóng viên" if n % 2 == 0 else "Ông Đỗ Văn Lâm"
        lines += [f"{who}: Lượt {n + 1}. " + " ".join([WORDS] * (4 + n % 4)), ""]
    (folder / "scripts" / "long.txt").write_text("\n".join(lines), "utf-8")
    return folder


def _station(folder: Path, turns: int, recordings: list[Path]) -> Path:
    place = station_of(folder, turns) / "recordings" / "long"
    place.mkdir(parents=True)
    for n in range(turns):
        shutil.copy(recordings[n], place / f"{n + 1:03}.mp3")
    return folder


def _build(station: Path) -> list[str | Path]:
    return [BROADCAST, "build", "scripts/long.txt", "--offline"]


def _programme(station: Path) -> Path:
    return station / "episodes" / "long" / "long.mp3"


def _cold(station: Path) -> Run:
    shutil.rmtree(station / ".broadcast", ignore_errors=True)
    shutil.rmtree(_programme(station).parent, ignore_errors=True)
    return run(_build(station), cwd=station)


def _heard(station: Path, turns: int, recording: Path) -> Run:
    """Put a better take of one turn into the folder, and have it listened to."""
    retake = station / "recordings" / "long" / f"{turns // 2:03} {recording.name}"
    shutil.copy(recording, retake)
    return run([BROADCAST, "takes", "long", "--json"], cwd=station)


def _plain(station: Path, folder: Path) -> Run:
    script = Path(__file__).with_name("plain_pydub.py")
    turns = sorted((station / "recordings" / "long").glob("???.mp3"))
    return run([sys.executable, script, folder / "plain.mp3", *turns])


if __name__ == "__main__":
    main()
