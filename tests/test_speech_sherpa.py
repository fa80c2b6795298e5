"""Speech by models, through the real sherpa-onnx; the models are the tests' own, and hum."""

from __future__ import annotations

import io
import json
import threading
import time
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import psutil
import pytest

from broadcast.errors import BroadcastError, EngineUnavailableError, OutsideError
from broadcast.model import EngineVoices, Utterance, Voice
from broadcast.speech import voice_for
from broadcast.speech.known_voices import known_voices
from broadcast.speech.sherpa import Sherpa, SherpaSettings
from broadcast.speech.sherpa_models import model_in
from models_by_hand import LOWEST_HZ, RATE_HZ, SAMPLES_A_SOUND, piper

WORDS = "Xin chào bà con."


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BROADCAST_VOICES", str(tmp_path / "voices"))
    return tmp_path / "voices"


def say(engine: Sherpa, voice: str, words: str = WORDS, language: str = "vi") -> np.ndarray:
    audio = engine.speak(Utterance(words, Voice("sherpa", voice, language)))
    with av.open(io.BytesIO(audio)) as file:
        assert file.streams.audio[0].rate == RATE_HZ
        frames = [frame.to_ndarray() for frame in file.decode(audio=0)]
    return np.concatenate(frames, axis=1)[0] / 32_768


def hertz(samples: np.ndarray) -> float:
    spectrum = np.abs(np.fft.rfft(samples[:RATE_HZ]))
    return float(np.argmax(spectrum)) * RATE_HZ / len(samples[:RATE_HZ])


def test_a_voice_of_pipers_speaks_by_espeaks_sounds_though_it_brings_none(place: Path) -> None:
    piper(place / "hum")
    said = say(Sherpa(), "hum")
    assert len(said) / SAMPLES_A_SOUND > len("xin chào bà con")
    assert hertz(said) == pytest.approx(LOWEST_HZ, abs=2)


def test_each_speaker_has_a_voice_and_too_high_a_number_begins_again(place: Path) -> None:
    piper(place / "three", speakers=3)
    engine = Sherpa(SherpaSettings(variation=0))
    heard = [hertz(say(engine, f"three#{number}")) for number in range(4)]
    assert heard == pytest.approx([200, 267, 333, 200], abs=2)


def test_without_variation_the_same_words_give_the_same_bytes_and_with_it_they_do_not(
    place: Path,
) -> None:
    piper(place / "hum")
    for variation, alike in ((0.0, True), (1.0, False)):
        utterance = Utterance(WORDS, Voice("sherpa", "hum", "vi"))
        engines = [Sherpa(SherpaSettings(variation=variation)) for _ in range(2)]
        said = {engine.speak(utterance) for engine in (*engines, engines[0])}
        assert (len(said) == 1) == alike


def test_speed_is_heard(place: Path) -> None:
    piper(place / "hum")
    usual, fast = (say(Sherpa(SherpaSettings(speed=speed)), "hum") for speed in (1.0, 2.0))
    assert len(usual) == pytest.approx(2 * len(fast), rel=0.02)


def test_a_voice_that_needs_a_look_never_speaks_unasked_and_does_when_it_is_named(
    place: Path,
) -> None:
    piper(place / "vi-vais1000")
    piper(place / "own")
    engine = Sherpa()
    engine.check("vi")
    unasked = voice_for(engine, EngineVoices({}), "presenter", 0, "vi")
    with pytest.raises(BroadcastError, match="before somebody has chosen it") as caught:
        engine.speak(Utterance(WORDS, unasked))
    assert 'languages = { vi = "own" }' in str(caught.value.hint)
    named = voice_for(
        engine, EngineVoices({}, by_language={"vi": "vi-vais1000"}), "official", 1, "vi"
    )
    assert named.name == "vi-vais1000#3"
    assert engine.speak(Utterance(WORDS, named))


def test_one_that_may_go_on_air_speaks_for_its_language_and_is_named_in_the_record(
    place: Path,
) -> None:
    piper(place / "en-ljspeech", espeak_voice="en-us")
    engine = Sherpa()
    unasked = voice_for(engine, EngineVoices({}), "reporter", 0, "en")
    assert engine.speak(Utterance("Good evening.", unasked))
    told = engine.about(unasked.name)
    assert (told.name, told.licence) == ("en-ljspeech#1", "MIT (data: public domain)")
    assert told.version


def test_another_model_in_a_voices_folder_is_another_version(place: Path) -> None:
    versions = []
    for speakers in (1, 2, 2):
        piper(place / "hum", speakers=speakers)
        versions.append(Sherpa().about("hum").version)
    assert [one == other for one, other in pairwise(versions)] == [False, True]


def test_what_was_downloaded_has_the_version_that_was_noted(place: Path) -> None:
    (piper(place / "hum") / "voice.json").write_text(json.dumps({"sha256": "ab" * 32}))
    assert Sherpa().about("hum").version == "ab" * 8


def test_the_voices_that_can_be_had_are_listed_beside_those_that_are_here(place: Path) -> None:
    piper(place / "vi-vivos", speakers=65)
    listed = {one.name: one for one in Sherpa().voices()}
    assert set(listed) == set(known_voices())
    assert listed["vi-vivos"].missing is None
    assert str(listed["supertonic-3"].missing) == "broadcast voices get supertonic-3"
    assert listed["supertonic-3"].speaks("vi")
    assert not listed["supertonic-3"].speaks("km")


def test_without_a_voice_for_the_language_the_engine_is_unavailable(place: Path) -> None:
    piper(place / "en-ljspeech")
    with pytest.raises(EngineUnavailableError, match="No voice of sherpa for “vi”"):
        Sherpa().check("vi")


def test_a_voice_that_is_not_here_is_told_with_how_to_get_it(place: Path) -> None:
    with pytest.raises(BroadcastError, match="not on this computer") as caught:
        say(Sherpa(), "vi-vivos#2")
    assert str(caught.value.hint) == "broadcast voices get vi-vivos"


def workers(before: set[psutil.Process]) -> set[psutil.Process]:
    return set(psutil.Process().children()) - before


@pytest.fixture
def before() -> set[psutil.Process]:
    """The processes that other tests have left to be collected."""
    return set(psutil.Process().children())


def damaged(folder: Path, how: str) -> None:
    model = piper(folder) / "hum.onnx"
    match how:
        case "garbage":
            model.write_bytes(b"\x00garbage" * 99)
        case "cut":
            model.write_bytes(model.read_bytes()[:900])
        case "no tokens":
            (folder / "tokens.txt").write_text("x 0\n")
        case "empty":
            model.write_bytes(b"")


@pytest.mark.parametrize("how", ["garbage", "cut", "empty"])
def test_a_broken_model_is_told_of_and_takes_nothing_with_it(place: Path, how: str) -> None:
    damaged(place / "hum", how)
    engine = Sherpa()
    with pytest.raises(EngineUnavailableError, match=r"hum in .* cannot be loaded"):
        engine.check("vi")
    with pytest.raises(EngineUnavailableError, match="cannot be loaded"):
        say(engine, "hum")


def test_a_model_without_the_sounds_of_a_sentence_says_so_or_hums_of_what_it_has(
    place: Path,
) -> None:
    damaged(place / "hum", "no tokens")
    with pytest.raises((OutsideError, EngineUnavailableError)):
        say(Sherpa(), "hum")


def test_a_process_that_dies_fails_its_sentence_and_the_next_one_has_another(
    place: Path, before: set[psutil.Process]
) -> None:
    piper(place / "hum")
    engine = Sherpa()
    say(engine, "hum")
    (worker,) = workers(before)
    worker.kill()
    worker.wait()
    say(engine, "hum")
    engine.stop()
    assert not workers(before)


def test_stop_ends_what_is_being_said_and_nothing_is_said_after_it(
    place: Path, before: set[psutil.Process]
) -> None:
    piper(place / "hum")
    engine = Sherpa()
    say(engine, "hum")
    failed: list[BaseException] = []

    def speak() -> None:
        try:
            for _ in range(1_000):
                say(engine, "hum", WORDS * 200)
        except OutsideError as error:
            failed.append(error)

    thread = threading.Thread(target=speak)
    thread.start()
    while not engine._busy and thread.is_alive():
        time.sleep(0)
    engine.stop()
    thread.join(10)
    assert failed
    assert not workers(before)


def test_two_threads_have_a_process_each_and_one_is_used_again(
    place: Path, before: set[psutil.Process]
) -> None:
    piper(place / "hum")
    engine = Sherpa(SherpaSettings(variation=0))
    said: list[int] = []
    threads = [
        threading.Thread(target=lambda: said.append(len(say(engine, "hum")))) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(said) == 6
    assert len(set(said)) == 1
    assert len(workers(before)) <= 4
    engine.stop()


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        (["a.onnx", "tokens.txt"], "vits"),
        (["a.onnx", "tokens.txt", "lexicon.txt"], "vits"),
        (["model-steps-3.onnx", "vocos-22khz.onnx", "tokens.txt"], "matcha"),
        (["model.int8.onnx", "voices.bin", "tokens.txt", "lexicon-us-en.txt"], "kokoro"),
        (
            [
                *("duration_predictor.int8.onnx", "text_encoder.int8.onnx", "vocoder.int8.onnx"),
                *("vector_estimator.int8.onnx", "tts.json", "unicode_indexer.bin", "voice.bin"),
            ],
            "supertonic",
        ),
        (["a.onnx"], None),
        (["tokens.txt"], None),
        ([], None),
    ],
)
def test_a_models_kind_is_known_by_its_files(
    tmp_path: Path, files: list[str], kind: str | None
) -> None:
    for name in files:
        (tmp_path / name).touch()
    model = model_in(tmp_path)
    assert (model and model.kind) == kind
    if model:
        told = [Path(file).name for file in model.files.values()]
        assert sorted(told) == sorted(files)


def test_the_table_tells_of_each_voice_where_it_was_read() -> None:
    for voice in known_voices().values():
        assert voice.sources
        assert all(source.startswith("https://") for source in voice.sources)
        assert voice.caution or (voice.model_licence and voice.data_licence)
        for file in voice.files:
            assert file.address.startswith("https://")
            assert bool(file.sha256) == bool(file.sha256_read_at)
            assert len(file.sha256) in (0, 64)
    unasked = {one.name for one in known_voices().values() if not one.caution}
    assert unasked == {"en-ljspeech"}
