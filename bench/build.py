"""Building a whole interview offline, against the script a user would write for the same speech.

The real interview is taken when its folder is beside the repository, else the sample script.
Every figure but the last is the median of three runs made in turn; memory is the proportional
set size of the whole process tree at its peak.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import soundfile

from measure import Run, in_turn, run
from plain_pydub import about_baseline

ROOT = Path(__file__).parent.parent
REAL = ROOT.parent / "shared" / "cases" / "phan-thiet-2024.txt"
SAMPLE = ROOT / "scripts" / "bien-sach-van-hai.txt"
BROADCAST = Path(sys.executable).with_name("broadcast")
TIMES = 3


def main() -> None:
    script = REAL if REAL.exists() else SAMPLE
    with tempfile.TemporaryDirectory() as folder:
        station = Path(folder) / "station"
        run([BROADCAST, "init", station])
        shutil.copy(script, station / "scripts" / "interview.txt")
        build = [BROADCAST, "build", "scripts/interview.txt", "--offline"]
        draft = station / "episodes" / "interview"
        cache = station / ".broadcast"

        def cold() -> Run:
            shutil.rmtree(draft, ignore_errors=True)
            shutil.rmtree(cache, ignore_errors=True)
            return run(build, cwd=station)

        def after_speech() -> Run:
            shutil.rmtree(draft)
            _forget_all_but_speech(cache)
            return run(build, cwd=station)

        def unchanged() -> Run:
            return run(build, cwd=station)

        cold()
        turns = _turns(draft / "interview.mp3", Path(folder))

        def plain() -> Run:
            script = Path(__file__).with_name("plain_pydub.py")
            return run([sys.executable, script, Path(folder) / "plain.mp3", *turns])

        def help_() -> Run:
            return run([BROADCAST, "--help"])

        def typer() -> Run:
            return run([sys.executable, "-c", "import typer"])

        names = ["cold", "after speech", "unchanged", "plain pydub", "--help", "import typer"]
        runs = in_turn(TIMES, cold, after_speech, unchanged, plain, help_, typer)
        baseline = runs[names.index("plain pydub")].seconds
        print(f"{script.name}: {soundfile.info(draft / 'interview.mp3').duration:.0f} s of audio")
        print(f"{'':14}{'seconds':>9}{'x plain':>9}{'peak MB':>9}")
        for name, one in zip(names, runs, strict=True):
            ratio = one.seconds / baseline
            print(f"{name:14}{one.seconds:9.2f}{ratio:9.2f}{one.peak_bytes / 1e6:9.0f}")
        print(about_baseline())
        print(f"--help against importing typer alone: {runs[4].seconds / runs[5].seconds:.2f}")


def _forget_all_but_speech(cache: Path) -> None:
    """Leave only what the engine said: 22,050 Hz WAV files, which nothing else in the cache is."""
    for file in cache.rglob("*"):
        if file.is_file() and not _is_speech(file):
            file.unlink()


def _is_speech(file: Path) -> bool:
    try:
        return soundfile.info(file).samplerate == 22_050
    except soundfile.LibsndfileError:
        return False


def _turns(programme: Path, folder: Path) -> list[Path]:
    """Cut the programme into seven equal WAV files: the speech a user's script would join."""
    samples, rate_hz = soundfile.read(programme)
    files = []
    for n in range(7):
        files.append(folder / f"{n}.wav")
        cut = samples[n * len(samples) // 7 : (n + 1) * len(samples) // 7]
        soundfile.write(files[-1], cut, rate_hz, subtype="PCM_16")
    return files


if __name__ == "__main__":
    main()
