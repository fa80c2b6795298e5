"""The offline voice: always there, always the same, and never more than text is read from text."""

from __future__ import annotations

import io
import itertools
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import av
import espeakng_loader
import numpy as np
import psutil
import pytest
import soundfile

from broadcast.errors import BroadcastError, EngineUnavailableError, OutsideError
from broadcast.model import EngineVoices, Utterance, Voice
from broadcast.speech import espeak, espeak_worker, voice_for
from broadcast.speech.espeak import Espeak

GREETING = "Xin chào quý vị và các bạn!"
SENTENCE = (
    "Trong năm qua, cán bộ và nhân dân thành phố đã đoàn kết, nỗ lực vượt qua nhiều khó khăn."
)


def said(words: str, name: str = "vi", language: str = "vi", rate: int | None = None) -> bytes:
    return Espeak().speak(Utterance(words, Voice("espeak", name, language, rate)))


def samples(wav: bytes) -> np.ndarray:
    read, rate_hz = soundfile.read(io.BytesIO(wav))
    assert rate_hz == 22_050
    return read


def median_pitch_hz(wav: bytes) -> float:
    """Autocorrelation over 93 ms windows of the voiced parts."""
    heard, size = samples(wav), 2_048
    pitches = []
    for start in range(0, len(heard) - size, size // 2):
        window = heard[start : start + size] * np.hanning(size)
        if np.sqrt(np.mean(window**2)) < 0.01:
            continue
        correlation = np.fft.irfft(np.abs(np.fft.rfft(window, 2 * size)) ** 2)
        lags = np.arange(22_050 // 400, 22_050 // 60)
        best = lags[correlation[lags].argmax()]
        if correlation[best] > 0.4 * correlation[0]:
            pitches.append(22_050 / best)
    return float(np.median(pitches))


def test_speech_is_a_wav_file_that_other_decoders_read() -> None:
    wav = said(GREETING)
    info = soundfile.info(io.BytesIO(wav))
    assert (info.format, info.subtype, info.channels) == ("WAV", "PCM_16", 1)
    with av.open(io.BytesIO(wav)) as container:
        frames = sum(frame.samples for frame in container.decode(audio=0))
    assert frames == info.frames
    assert 1.5 < info.duration < 2.2


def test_the_same_words_are_the_same_bytes_whatever_was_said_before_or_beside_them() -> None:
    others = [SENTENCE, "Vâng.", GREETING + " " + SENTENCE]
    voices = ["vi+Annie", "vi+f2", "vi-vn-x-south+m3"]
    alone = {voice: said(GREETING, voice) for voice in voices}
    engine = Espeak()
    asked = [
        Utterance(words, Voice("espeak", voice, "vi"))
        for words in (GREETING, *others, GREETING)
        for voice in voices
    ]
    with ThreadPoolExecutor(4) as pool:
        heard = list(pool.map(engine.speak, reversed(asked)))
    for utterance, wav in zip(reversed(asked), heard, strict=True):
        if utterance.words == GREETING:
            assert wav == alone[utterance.voice.name]


def test_the_noise_in_a_breathy_voice_is_the_same_noise_at_any_time_of_day() -> None:
    # Left alone, eSpeak NG seeds it with the second it starts in: speak until the next begins.
    second = int(time.time())
    before = said(GREETING, "vi+whisper")
    while int(time.time()) == second:
        assert said(GREETING, "vi+whisper") == before
    assert said(GREETING, "vi+whisper") == before


def test_presenter_reporter_and_officials_are_told_apart_by_ear() -> None:
    engine, none_chosen = Espeak(), EngineVoices(by_role={})
    people = [voice_for(engine, none_chosen, "presenter", 0, "vi")]
    people += [voice_for(engine, none_chosen, "reporter", 0, "vi")]
    people += [voice_for(engine, none_chosen, "official", index, "vi") for index in range(2)]
    pitches = [median_pitch_hz(Espeak().speak(Utterance(SENTENCE, voice))) for voice in people]
    # A man's voice, a woman's, a lower man's, a higher woman's; three semitones apart at least.
    assert pitches == pytest.approx([99, 165, 77, 206], rel=0.05)
    ordered = sorted(pitches)
    assert all(high / low > 2 ** (3 / 12) for low, high in itertools.pairwise(ordered))


def test_speech_is_not_clipped_and_has_hardly_any_silence_around_it() -> None:
    for voice in ("vi+Alex", "vi+Annie", "vi+robert", "vi+belinda"):
        heard = np.abs(samples(said(SENTENCE, voice)))
        assert 0.2 < heard.max() < 0.9
        loud = np.flatnonzero(heard > 0.002)
        assert loud[0] < 0.045 * 22_050
        assert len(heard) - loud[-1] < 0.015 * 22_050


def test_a_newsreaders_pace_is_about_four_syllables_a_second() -> None:
    syllables = len(SENTENCE.split())
    assert 3.5 < syllables / (len(samples(said(SENTENCE))) / 22_050) < 4.5


def test_the_rate_is_the_voices_and_changes_the_length() -> None:
    slow, fast = (len(samples(said(SENTENCE, rate=rate))) for rate in (140, 210))
    assert slow / fast == pytest.approx(1.5, rel=0.05)
    for rate in (79, 451):
        with pytest.raises(BroadcastError, match=str(rate)):
            said(GREETING, rate=rate)


@pytest.mark.parametrize(
    ("name", "same_as"),
    [
        ("vi-VN", "vi"),
        ("vi_VN", "vi"),
        ("VI", "vi"),
        ("zh", "cmn"),
        ("no", "nb"),
        ("pt-BR", "pt-br"),
    ],
)
def test_a_language_is_found_by_any_of_its_tags(name: str, same_as: str) -> None:
    assert said(GREETING, name) == said(GREETING, same_as)


def test_the_letter_a_is_not_said_as_the_article_in_english() -> None:
    assert said("at seven a m", "en-gb", "en") == said("at seven eh m", "en-gb", "en")
    assert said("the A one", "en-gb", "en") == said("the eh one", "en-gb", "en")
    assert said("it is a mile", "en-gb", "en") != said("it is eh mile", "en-gb", "en")


def test_vietnamese_has_three_regions() -> None:
    regions = {said(GREETING, name) for name in ("vi", "vi-vn-x-central", "vi-vn-x-south")}
    assert len(regions) == 3
    listed = {voice.name: str(voice.description) for voice in Espeak().voices()}
    assert listed["vi"] == "Vietnamese (Northern)"
    assert listed["vi-vn-x-central"] == "Vietnamese (Central)"
    assert listed["vi-vn-x-south"] == "Vietnamese (Southern)"
    assert len(listed) > 200


def test_every_voice_of_a_role_is_one_that_is_listed() -> None:
    listed = {voice.name for voice in Espeak().voices()}
    for names in Espeak.declares.by_role.values():
        assert listed.issuperset(names)


@pytest.mark.parametrize(
    "name",
    ["xx", "vi+nobody", "vi-vn-x-sout", "vi+", "../vi", "vi+../../lang/aav/vi", "", "vi\0", "+f2"],
)
def test_a_voice_that_does_not_exist_is_named_with_the_way_to_list_them(name: str) -> None:
    with pytest.raises(BroadcastError) as failed:
        said(GREETING, name)
    assert failed.value.exit_status == 1
    assert f"“{name}”" in str(failed.value.message)
    assert "broadcast voices" in (str(failed.value.hint or ""))


def test_markup_in_a_script_is_read_out_and_never_obeyed() -> None:
    # As phonemes [[h@'loU]] lasts a third of a second and letter by letter more than one.
    assert len(samples(said("[[h@'loU]]"))) > 22_050
    # Obeyed, these would be silence of 9 seconds, and nothing but "a".
    broken = samples(said('<break time="9s"/> a'))
    assert 22_050 < len(broken) < 6 * 22_050
    assert len(samples(said("<b>a</b>"))) > 2 * len(samples(said("a")))
    # \x01 begins eSpeak NG's embedded commands: here, a speed of 450 words per minute.
    assert len(samples(said(f"\x01450S {SENTENCE}"))) > len(samples(said(SENTENCE)))


@pytest.mark.parametrize("words", ["", "   ", "…", "—", "\n\t", "\ud800", "\x00"])
def test_words_with_nothing_to_say_are_a_tenth_of_a_second_of_silence(words: str) -> None:
    heard = samples(said(words))
    assert len(heard) == 2_205
    assert not heard.any()


@pytest.mark.parametrize(
    "words",
    [
        "thành\nphố\tbiển",
        "thành phố biển\u200b",
        "\ufeffthành phố\u00a0biển",
        "thành\x00phố\x01biển",
        "thành phố \ud800biển",
        unicodedata.normalize("NFD", "thành phố biển"),
    ],
)
def test_invisible_characters_change_nothing(words: str) -> None:
    assert said(words) == said("thành phố biển")


def test_a_very_long_sentence_is_said_to_its_end() -> None:
    assert len(samples(said("một hai ba " * 1_500))) / 22_050 == pytest.approx(4_500 / 5, rel=0.3)
    assert len(samples(said("a" * 5_000))) > 22_050


def test_checking_a_language_that_is_spoken_passes_and_another_is_refused_by_name() -> None:
    Espeak().check("vi-VN")
    with pytest.raises(EngineUnavailableError, match="tlh"):
        Espeak().check("tlh")


def test_a_missing_library_makes_the_engine_unavailable(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(espeakng_loader, "get_library_path", lambda: str(tmp_path / "gone.so"))
    with pytest.raises(EngineUnavailableError, match="not installed completely") as failed:
        Espeak().check("vi")
    assert "Install" in (str(failed.value.hint or ""))


def test_a_library_that_does_not_load_makes_the_engine_unavailable(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.so"
    broken.write_bytes(b"not a library")
    monkeypatch.setattr(espeakng_loader, "get_library_path", lambda: str(broken))
    with pytest.raises(EngineUnavailableError, match="cannot be loaded"):
        Espeak().check("vi")


def test_the_data_are_found_under_a_long_path_with_vietnamese_letters(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    home = tmp_path / "Đài Truyền thanh" / ("x" * 150)
    home.mkdir(parents=True)
    installed = Path(espeakng_loader.get_library_path()).resolve()
    library = home / installed.name
    library.write_bytes(installed.read_bytes())
    try:
        (home / "espeak-ng-data").symlink_to(
            espeakng_loader.get_data_path(), target_is_directory=True
        )
    except OSError:
        pytest.skip("this system lets nobody make symbolic links")
    usual = said(GREETING)
    monkeypatch.setattr(espeakng_loader, "get_library_path", lambda: str(library))
    assert said(GREETING) == usual


@pytest.fixture
def worker_that(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    def replaced_by(code: str) -> None:
        script = tmp_path / "worker.py"
        script.write_text(code, encoding="utf-8")
        monkeypatch.setattr(espeak_worker, "__file__", str(script))

    return replaced_by


def test_a_crash_is_an_outside_error_that_names_the_words(worker_that) -> None:
    worker_that("import os; os._exit(139)")
    with pytest.raises(OutsideError, match="Xin chào") as failed:
        said(GREETING)
    assert not isinstance(failed.value, EngineUnavailableError)


def test_a_hanging_worker_is_ended_and_its_words_are_named(
    worker_that, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker_that("import threading; threading.Event().wait(60)")
    monkeypatch.setattr(espeak, "_SECONDS", 1)
    before, began = psutil.Process().children(), time.monotonic()
    with pytest.raises(OutsideError, match="Xin chào"):
        said(GREETING)
    assert time.monotonic() - began < 30
    assert set(psutil.Process().children()) <= set(before)


def test_the_version_names_the_library_and_changes_with_the_settings(worker_that) -> None:
    before = Espeak().version()
    assert before.startswith("espeakng-loader 0.")
    assert Espeak().version() == before
    worker_that("DEFAULT_RATE_WPM = 140")
    assert Espeak().version() != before


@pytest.mark.parametrize(
    ("name", "language", "voice"),
    [
        ("+f2", "vi", "vi+f2"),
        ("vi-vn-x-south+m3", "vi", "vi-vn-x-south+m3"),
        ("vi-vn-x-south+m3", "en", "en-gb+f3"),
        ("+f2", "en", "en-gb+f2"),
        ("+f2", "en-US", "en-gb+f2"),
        ("+f2", "fr", "fr+f2"),
        ("", "fr", "fr"),
    ],
)
def test_a_roles_voice_follows_the_scripts_language(name: str, language: str, voice: str) -> None:
    voices = EngineVoices({"reporter": (name,)}, {"en": "en-gb+f3"}, rate=150)
    chosen = voice_for(Espeak(), voices, "reporter", 0, language)
    assert chosen == Voice("espeak", voice, language, 150)


def test_further_people_of_a_role_take_its_next_voice_and_then_the_first_again() -> None:
    voices = EngineVoices({"official": ("+m1", "+f1")})
    names = [voice_for(Espeak(), voices, "official", index, "vi").name for index in range(3)]
    assert names == ["vi+m1", "vi+f1", "vi+m1"]
    assert voice_for(Espeak(), voices, "presenter", 0, "vi").name == "vi+Alex"
