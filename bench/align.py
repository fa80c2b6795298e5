"""How well words are found in recordings: joined clips of people, and hours by the offline voice.

    python bench/align.py people            sentence and turn starts, missing turns, other words
    python bench/align.py speed MINUTES     time and memory of a whole recording

People are heard with the prior that comes with the program less what they taught it: it is left
with five other speakers and 56 s of English. Where a station knows them, it has learnt the very
sentences in other noise: that is the most it can give. No interview recorded in one go could be
had: clips are joined, in white noise, half a minute of five people. The voices of the hours are
none of those that say the script.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections import Counter
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import soundfile

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from broadcast.align.alignment import align
from broadcast.align.verdicts import heard_script
from broadcast.align.whose import SHORTEST_MS, HeardTake, heard_take
from broadcast.align.within import sentence_times
from broadcast.model import Utterance, Voice
from broadcast.speech.espeak import Espeak
from people_by_hand import Clip, clips, joined, prior_of, prior_without, spoken

HALVES = (clips()[::2], clips()[1::2])
SEEDS = range(20, 28)
"""Of recordings on which nothing was tried while thresholds were chosen."""
NOISES_DB = (22.0, 17.0, 12.0)


def people() -> None:
    """Print the rows of people whom the prior does not know."""
    for snr_db in NOISES_DB:
        starts: list[float] = []
        asked = 0
        for mine in HALVES:
            for seed in SEEDS:
                order = np.random.default_rng(seed).permutation(len(mine))
                which = [mine[at] for at in order]
                answer = joined(which, snr_db=snr_db, seed=seed, pause_s=(0.15, 0.7))
                times = sentence_times(
                    answer.heard(), spoken([which]), prior_without(mine), len(which)
                )
                asked += len(which)
                starts += [
                    time.begin_ms - begin
                    for time, begin in zip(times, answer.begins_ms, strict=True)
                    if time is not None
                ]
        told(f"sentences, {snr_db:.0f} dB", starts, asked)
    for known in (False, True):
        for snr_db in NOISES_DB:
            name = f"{'known ' if known else ''}turns, {snr_db:.0f} dB"
            turns(name, snr_db, missing=False, known=known)
            turns(f"{name}, one missing", snr_db, missing=True, known=known)
        wrong(known=known)
        takes(known=known)


def takes(*, known: bool) -> None:
    """Print how files of a turn each are held against its words, and against another turn's."""
    for name, count in (("3 to 8 s", 1), ("8 s and more", 3)):
        doubted = rights = noticed = wrongs = 0
        for half, mine in enumerate(HALVES):
            prior = prior_without(mine)
            if known:
                prior = prior.plus(prior_of(mine))
            turns = [mine[at : at + count] for at in range(0, len(mine) - count + 1, count)]
            turns += [[clip] for clip in (*mine[len(turns) * count :], *HALVES[1 - half])]
            script = spoken(turns)
            for seed in SEEDS:
                for at in range(len(mine) // count):
                    one = joined(turns[at], snr_db=20, seed=seed, pause_s=(0.15, 0.7)).heard()
                    if one.speech_ms < SHORTEST_MS:
                        continue
                    rights += 1
                    doubted += heard_take(one, script, at, prior) != HeardTake()
                    for other in range(len(turns)):
                        if other != at:
                            wrongs += 1
                            noticed += heard_take(one, script, other, prior) != HeardTake()
        people = "known people's " if known else ""
        print(
            f"{people}takes of {name}: another turn's noticed {noticed} of {wrongs}, "
            f"right ones doubted {doubted} of {rights}"
        )


def turns(name: str, snr_db: float, *, missing: bool, known: bool) -> None:
    """Print how turns of a clip each were found, and what of it was silently wrong."""
    starts: list[float] = []
    statuses: Counter[str] = Counter()
    asked = silently = 0
    for mine in HALVES:
        for seed in SEEDS:
            gone = seed % len(mine) if missing else -1
            present = [clip for at, clip in enumerate(mine) if at != gone]
            recording = joined(present, snr_db=snr_db, seed=seed, pause_s=(0.3, 3.0))
            one, script = recording.heard(), spoken([[clip] for clip in mine])
            found = align(one, script, prior_without(mine), prior_of(mine) if known else None)
            heard = heard_script(found, script, one)
            at_ms = {clip.words: at for clip, at in zip(present, recording.begins_ms, strict=True)}
            for clip, turn in zip(mine, heard.turns, strict=True):
                asked += clip.words in at_ms
                if clip.words not in at_ms:
                    statuses[f"missing: {turn.status}"] += 1
                    silently += turn.status == "found"
                    continue
                statuses[turn.status] += 1
                if turn.status == "found" and turn.begin_ms is not None:
                    starts.append(turn.begin_ms - at_ms[clip.words])
                    silently += abs(starts[-1]) > 500
    told(name, starts, asked)
    print(f"    {dict(statuses)}, silently wrong: {silently}")


def wrong(*, known: bool) -> None:
    """Print what is made of words that are not said, and of turns in another order."""
    people = "known people, " if known else ""
    for name, script_of in (("other words", _others), ("turns backwards", _backwards)):
        verdicts: Counter[str] = Counter()
        found = 0
        for half, mine in enumerate(HALVES):
            for seed in SEEDS:
                recording = joined(mine, snr_db=20, seed=seed, pause_s=(0.3, 3.0))
                one, script = recording.heard(), spoken([[clip] for clip in script_of(half)])
                laid = align(one, script, prior_without(mine), prior_of(mine) if known else None)
                heard = heard_script(laid, script, one)
                verdicts[heard.verdict] += 1
                found += sum(turn.status == "found" for turn in heard.turns)
        print(f"{people}{name}: {dict(verdicts)}, turns called found: {found}")


def _others(half: int) -> tuple[Clip, ...]:
    return HALVES[1 - half]


def _backwards(half: int) -> tuple[Clip, ...]:
    return HALVES[half][::-1]


def told(name: str, starts: list[float], asked: int) -> None:
    if not starts:
        print(f"{name}: none of {asked} found")
        return
    off = np.abs(starts)
    print(
        f"{name}: {len(off)} of {asked} found, median {np.median(off):.0f} ms, "
        f"95 % {np.percentile(off, 95):.0f} ms, within 200 ms {np.mean(off <= 200):.1%}, "
        f"within 500 ms {np.mean(off <= 500):.1%}"
    )


def speed(minutes: float) -> None:
    """Print how fast the command goes through a recording of so many minutes, nothing kept yet."""
    with TemporaryDirectory() as folder:
        station = Path(folder, "station")
        command = [
            sys.executable,
            "-m",
            "broadcast",
            "align",
            "ca-buoi",
            "../ca buoi.wav",
            "--json",
        ]
        subprocess.run(
            [*command[:3], "init", str(station), "--title", "Đài", "--lang", "vi"],
            check=True,
            capture_output=True,
        )
        begins, length_s = _hours(minutes, Path(folder, "ca buoi.wav"), station)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        began = time.perf_counter()
        done = subprocess.run(command, cwd=station, check=True, stdout=subprocess.PIPE)
        took_s = time.perf_counter() - began
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    heard = json.loads(done.stdout)
    off = [
        turn["begin_ms"] - begin
        for turn, begin in zip(heard["turns"], begins, strict=True)
        if turn["status"] == "found"
    ]
    told(f"{length_s / 60:.0f} min, {len(begins)} turns", off, len(begins))
    busy_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(
        f"    {length_s / took_s:.0f} x real time ({took_s:.0f} s, {busy_s:.0f} s of processors); "
        f"{heard['verdict']}; peak {after.ru_maxrss / 1024:.0f} MB"
    )


def _hours(minutes: float, file: Path, station: Path) -> tuple[list[float], float]:
    """Write a recording and its script; give where turns begin, in ms, and its length in s."""
    chance = np.random.default_rng(1)
    words = [clip.words.rstrip(".").lower() for clip in clips()]
    engine = Espeak()
    voices, names = ("vi-vn-x-south+f3", "vi-vn-x-central+m4"), ("Phóng viên", "Ông Đỗ Văn Lâm")
    begins: list[float] = []
    script = ["Cả buổi", ""]
    with soundfile.SoundFile(file, "w", 22_050, 1) as out:

        def record(sound: np.ndarray) -> None:  # type: ignore[type-arg]
            out.write(sound + chance.standard_normal(len(sound)) * 0.002)

        record(np.zeros(22_050))
        while out.frames < minutes * 60 * 22_050:
            turn = []
            begins.append(out.frames / 22.05)
            for _ in range(3):
                some = [words[at].split() for at in chance.integers(0, len(words), 3)]
                turn.append(
                    " ".join(word for one in some for word in one[: 2 + chance.integers(4)]) + "."
                )
                voice = Voice("espeak", voices[len(begins) % 2], "vi")
                wav = engine.speak(Utterance(turn[-1], voice))
                sound = soundfile.read(BytesIO(wav), dtype="float32")[0]
                record(np.pad(sound, (0, int(22_050 * chance.uniform(0.2, 0.8)))))
            script += [f"{names[len(begins) % 2]}: {' '.join(turn).capitalize()}", ""]
        length_s = out.frames / 22_050
    (station / "scripts" / "ca buoi.txt").write_text("\n".join(script), "utf-8")
    return begins, length_s


if __name__ == "__main__":
    if sys.argv[1:2] == ["speed"]:
        speed(float(sys.argv[2]))
    else:
        people()
