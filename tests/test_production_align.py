"""The turns of a script are found in one long recording, and used once they are accepted."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

from broadcast.align.alignment import align
from broadcast.align.frames import HZ
from broadcast.align.heard_script import ExtraSpeech, HeardScript, HeardTurn
from broadcast.align.prior import shipped_prior
from broadcast.align.verdicts import heard_script
from broadcast.errors import BroadcastError, UsageError
from broadcast.language import Language
from broadcast.messages.rendering import ENGLISH, renderer_for
from broadcast.production import booth
from broadcast.production.booth import Cut, LongRecording
from broadcast.production.booth.borders import borders_text, read_borders, with_breath
from people_by_hand import Clip, Joined, clips, joined, prior_of, spoken
from productions_by_hand import SCRIPT, Production, new_production

TURNS = (clips()[:3], clips()[3:4], clips()[4:7], clips()[7:9], clips()[9:])
PEOPLE = ("Phóng viên", "Ông Đỗ Văn Lâm")


def words_of(turn: tuple[Clip, ...]) -> str:
    return " ".join(one.words if one.words[-1] in ".?" else one.words + "." for one in turn)


@pytest.fixture
def bridge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Production:
    made = new_production(tmp_path / "station", monkeypatch)
    said = [f"{PEOPLE[n % 2]}: {words_of(turn)}\n" for n, turn in enumerate(TURNS)]
    made.write("\n".join(["Cầu mới qua sông Vân\n", *said]))
    return made


def interview(which: tuple[Clip, ...], seed: int = 9) -> Joined:
    return joined(which, snr_db=22, seed=seed, pause_s=(0.3, 1.5))


def listened(station: Production, samples: np.ndarray) -> LongRecording:  # type: ignore[type-arg]
    file = station.root.parent / "ca buoi.wav"
    soundfile.write(file, samples, HZ)
    return booth.hear(station.read(), [file], station.reporter)


def test_turns_are_found_where_they_are_said(bridge: Production) -> None:
    recording = interview(clips())
    heard = listened(bridge, recording.samples).heard
    assert [one.status for one in heard.turns] == ["found"] * 5
    firsts = np.cumsum([0, *map(len, TURNS)])[:5]
    for one, first in zip(heard.turns, firsts, strict=True):
        assert one.begin_ms == pytest.approx(recording.begins_ms[first], abs=500)


def test_nothing_of_a_short_recording_is_taken_until_its_turns_are_named(
    bridge: Production,
) -> None:
    recording = listened(bridge, interview(clips()).samples)
    assert recording.heard.verdict == "ask"
    with pytest.raises(UsageError, match="unsure"):
        booth.accepted(recording, None)


def test_accepted_turns_are_stretches_of_one_file_that_is_copied_in_once(
    bridge: Production,
) -> None:
    recording = listened(bridge, interview(clips()).samples)
    inputs = bridge.read()
    named = [booth.turn_named(inputs, number) for number in ("1", "3")]
    _, kept = booth.swap(inputs, booth.accepted(recording, named), bridge.reporter)
    folder = bridge.workspace.recordings("cau-moi")
    assert [file.name for file in kept] == ["ca buoi.wav"]
    assert (folder / "ca buoi.wav").read_bytes() == recording.files[0].read_bytes()
    takes = json.loads((folder / "takes.json").read_text("utf-8"))["takes"]
    borders = [(part["in_ms"], part["out_ms"]) for take in takes for part in take["files"]]
    assert len(borders) == 2
    assert borders[0][1] < borders[1][0]
    bridge.build()
    assert [bridge.turn(n)["take"]["kind"] for n in (1, 2, 3)] == [
        "recorded",
        "synthetic",
        "recorded",
    ]


def test_several_files_are_one_recording_and_a_turn_may_be_in_two(bridge: Production) -> None:
    samples = interview(clips()).samples
    cut = int(7.5 * HZ)  # within the first turn
    files = [bridge.root.parent / name for name in ("a.wav", "b.wav")]
    for file, part in zip(files, (samples[:cut], samples[cut:]), strict=True):
        soundfile.write(file, part, HZ)
    recording = booth.hear(bridge.read(), files, bridge.reporter)
    named = [booth.turn_named(bridge.read(), number) for number in ("1", "2")]
    first, second = booth.accepted(recording, named)
    assert (first.files, second.files) == (tuple(files), (files[1],))
    assert second.in_ms is not None
    assert second.in_ms == pytest.approx(clip_begin_ms(3) - 7_500, abs=600)


def clip_begin_ms(at: int) -> float:
    return interview(clips()).begins_ms[at]


def test_noise_is_refused_and_no_turn_of_it_is_taken(bridge: Production) -> None:
    noise = np.random.default_rng(1).standard_normal(40 * HZ).astype(np.float32) * 0.05
    recording = listened(bridge, noise)
    assert recording.heard.verdict == "wrong"
    assert "found" not in {one.status for one in recording.heard.turns}
    with pytest.raises(BroadcastError, match="no recording of this script"):
        booth.accepted(recording, [booth.turn_named(bridge.read(), "1")])


def test_what_was_heard_is_remembered(bridge: Production, monkeypatch: pytest.MonkeyPatch) -> None:
    samples = interview(clips()).samples
    first = listened(bridge, samples)

    def never(*_: object) -> None:
        raise AssertionError("it was listened to again")

    monkeypatch.setattr("broadcast.align.alignment.align", never)
    assert listened(bridge, samples).heard == first.heard


@pytest.mark.parametrize("half", [0, 1])
def test_a_missing_turn_is_told_and_no_found_one_is_wrong(half: int) -> None:
    """With a prior that knows none of these speakers: nothing wrong is called found."""
    mine, others = clips()[half::2], clips()[1 - half :: 2]
    present = tuple(clip for at, clip in enumerate(mine) if at != 2)
    recording = interview(present)
    one, reference = recording.heard(), spoken([[clip] for clip in mine])
    heard = heard_script(align(one, reference, prior_of(others)), reference, one)
    assert heard.turns[2].status != "found"
    begins = dict(zip((clip.words for clip in present), recording.begins_ms, strict=True))
    for clip, turn in zip(mine, heard.turns, strict=True):
        if turn.status == "found":
            assert turn.begin_ms == pytest.approx(begins[clip.words], abs=500)


def test_words_of_others_are_not_found(bridge: Production) -> None:
    mine, others = clips()[::2], clips()[1::2]
    one, reference = interview(mine).heard(), spoken([[clip] for clip in others])
    heard = heard_script(align(one, reference, prior_of(others)), reference, one)
    assert heard.verdict != "right"
    assert "found" not in {turn.status for turn in heard.turns}


def test_a_turn_is_cut_in_the_middle_of_a_short_pause_and_keeps_a_breath_in_a_long_one() -> None:
    turn = HeardTurn("found", 10_000, 20_000, 1.0)
    before, after = HeardTurn("found", 1_000, 9_900, 1.0), ExtraSpeech(24_000, 30_000)
    script = HeardScript("right", (before, turn), (after,), 60_000)
    assert with_breath(script, 10_000, 20_000) == (9_950, 20_250)


def plucked(count: int, power: float) -> np.ndarray:  # type: ignore[type-arg]
    times, chance = np.arange(HZ) / HZ, np.random.default_rng(4)
    sound = np.zeros(count + HZ)
    for begin in range(0, count, HZ // 3):
        hz = 196 * 2 ** (chance.integers(0, 19) / 12)
        sound[begin : begin + HZ] += sum(
            np.sin(2 * np.pi * hz * n * times) / n * np.exp(-2 * times) for n in (1, 2, 3)
        )
    return sound[:count] * np.sqrt(power) / sound.std()


def test_music_under_the_voices_is_told(bridge: Production) -> None:
    samples = interview(clips()).samples
    power = float(np.square(samples[np.abs(samples) > 0.01]).mean())
    assert not listened(bridge, samples).heard.is_over_sound
    music = plucked(len(samples), power / 10**1.7)
    assert listened(bridge, samples + music).heard.is_over_sound


def test_a_turn_that_is_read_twice_is_used_as_it_is_read_last() -> None:
    which = clips()
    order = (*which[:4], which[3], *which[4:])
    recording = interview(order)
    one, script = recording.heard(), spoken([[clip] for clip in which])
    heard = heard_script(align(one, script, shipped_prior()), script, one)
    twice = heard.turns[3]
    assert (twice.status, len(twice.earlier)) == ("twice", 1)
    assert twice.begin_ms == pytest.approx(recording.begins_ms[4], abs=300)
    assert twice.earlier[0][0] == pytest.approx(recording.begins_ms[3], abs=300)


def test_an_answer_of_several_sentences_that_is_read_twice_is_told_apart() -> None:
    """Laid along the recording once, it is heard by halves in both."""
    turns = [clips()[:2], clips()[2:7], clips()[7:]]
    order = (*turns[0], *turns[1], *turns[1], *turns[2])
    recording = joined(order, snr_db=22, seed=4, pause_s=(0.2, 0.4))
    one, script = recording.heard(), spoken(turns)
    heard = heard_script(align(one, script, shipped_prior()), script, one)
    first, again = recording.begins_ms[2], recording.begins_ms[7]
    twice = heard.turns[1]
    assert [turn.status for turn in heard.turns] == ["found", "twice", "found"]
    assert twice.begin_ms == pytest.approx(again, abs=100)
    assert [begin for begin, _ in twice.earlier] == [pytest.approx(first, abs=100)]


def test_borders_are_read_as_they_were_written_and_as_they_were_changed(
    bridge: Production, tmp_path: Path
) -> None:
    turns = [booth.turn_named(bridge.read(), str(n)) for n in (1, 2, 3)]
    script = HeardScript(
        "right",
        (
            HeardTurn("twice", 70_000, 80_000, 1.0, ((50_000, 60_000),)),
            HeardTurn("check", 90_000, 95_500, 0.5),
            HeardTurn("missing"),
        ),
        duration_ms=120_000,
    )
    file = tmp_path / "borders.txt"
    text = borders_text(turns, script, ["a # note"], ["twice", "listen", "gone"], ENGLISH.text)
    file.write_text(text, "utf-8")
    first, last = read_borders(file, turns, 120_000)
    assert (first, last) == (Cut(turns[0], 49_850, 60_250), Cut(turns[0], 69_850, 80_250))
    file.write_text("3 1:30,5 95\n\n#1 0 1\n", "utf-8")
    assert read_borders(file, turns, 120_000) == (Cut(turns[2], 90_500, 95_000),)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_borders_of_lead_and_byline_are_read_by_their_names(
    bridge: Production, tmp_path: Path, language: str
) -> None:
    bridge.write(
        SCRIPT.replace("\n\n", "\n\nCầu mới đã xong, mời nghe.\n\n", 1) + "\nThực hiện: An\n"
    )
    turns = [turn for turn in bridge.read().standing.turns if not turn.is_standing]
    assert [turns[0].kind, turns[-1].kind] == ["lead", "byline"]
    heard = tuple(HeardTurn("found", 9_000 * n, 9_000 * n + 5_000, 1.0) for n in range(len(turns)))
    told = renderer_for(Language.tagged(language)).text
    file = tmp_path / "borders.txt"
    script = HeardScript("right", heard, duration_ms=120_000)
    file.write_text(borders_text(turns, script, [], ["found"] * len(turns), told), "utf-8")
    assert [cut.turn for cut in read_borders(file, turns, 120_000)] == turns
    assert "None" not in file.read_text("utf-8")


@pytest.mark.parametrize("line", ["x 1 2", "1 5 2", "1 0:10 3:00", "9 1 2", "1 2", "1 2 3 4"])
def test_a_line_that_is_no_border_is_named(bridge: Production, tmp_path: Path, line: str) -> None:
    turns = [booth.turn_named(bridge.read(), "1")]
    file = tmp_path / "borders.txt"
    file.write_text(f"# all\n1 0 1\n{line}\n", "utf-8")
    with pytest.raises(BroadcastError) as refused:
        read_borders(file, turns, 120_000)
    assert (refused.value.file, refused.value.line) == (file, 3)


def test_a_turn_read_twice_gets_two_takes_and_the_last_is_heard(bridge: Production) -> None:
    recording = listened(bridge, interview(clips()).samples)
    turn = booth.turn_named(bridge.read(), "4")
    cuts = [Cut(turn, 2_000, 9_000), Cut(turn, 12_000, 20_000)]
    swaps = booth.accepted(recording, None, cuts)
    inputs, _ = booth.swap(bridge.read(), swaps, bridge.reporter)
    (row,) = [one for one in booth.sheet(inputs, bridge.reporter).rows if one.turn.id == turn.id]
    assert (row.number, row.takes) == (2, ("ca buoi.wav",) * 2)
