"""What names a script, the words for its turns, their speech and their takes: all that is heard.

The tables say of every field that reaches a key whether it counts: whoever adds one decides.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

import broadcast
from broadcast.model import FrontMatter, Pauses, Script, Sentence, Shift, Turn, Utterance
from broadcast.production.desk.remembered_script import (
    known_script,
    readings_key,
    remembering,
    said_key,
    script_key,
)
from broadcast.production.voicing.part import Part, speech_key, take_of
from broadcast.speech import Engine
from broadcast.speech.espeak import Espeak
from broadcast.speech.gtts import Gtts, GttsSettings
from broadcast.station import Station
from broadcast.workspace import Workspace
from keys_by_hand import Asked, assert_counts, within
from pairs_by_hand import (
    ENGINE,
    OF_A_RECORDING,
    PAUSES,
    RECORDING,
    SCRIPT,
    SENTENCES,
    STATION,
    TURN,
    VOICE,
    AnEngine,
)

OF_A_STATION = dict.fromkeys(
    [
        *("show", "engines", "offline", "fallback", "voices", "people"),
        *("opening", "closing", "notice"),
        *("sound", "spoken", "stale", "feed", "cache_limit_mb", "cache_folder"),
        *("interface", "disclosure", "air", "upload", "approval"),
        "watch_publishes",
    ],
    False,
)
OF_A_SCRIPT = dict.fromkeys(
    [
        *("file", "language", "title", "turns", "speakers", "cues", "dropped", "problems"),
        "questions",
        *("front.title", "front.date", "front.language", "front.people", "front.lexicon"),
        *("front.season", "front.episode", "front.description", "front.expires", "front.cover"),
    ],
    False,
)
OF_PAUSES = dict.fromkeys(
    [
        *("sentence_ms", "paragraph_ms", "same_speaker_ms", "other_speaker_ms", "after_lead_ms"),
        *("before_byline_ms", "beside_music_ms", "at_end_ms"),
    ],
    False,
)
OF_AN_ENGINE = {
    "name": True,
    "release": True,
    "online": False,
    "jobs": False,
    "service": False,
    "model": True,
}


@dataclass(frozen=True)
class Understanding:
    station: Station
    ending: str
    digest: str
    rules: str

    def key(self) -> str:
        return script_key(self.station, self.ending, self.digest, self.rules)


def test_a_script_is_named_by_its_file_the_rules_the_people_and_the_shows_language() -> None:
    understanding = (
        Understanding(STATION[0], ".txt", "d1", "r1"),
        Understanding(STATION[1], ".md", "d2", "r2"),
    )
    counts = {"ending": True, "digest": True, "rules": True}
    counts |= within("station", OF_A_STATION | {"people": True, "show.language": True})
    assert_counts(Understanding.key, *understanding, counts)


@dataclass(frozen=True)
class Readings:
    station: Station
    script: Script
    lexicon_digest: str | None
    rules: str

    def key(self) -> str:
        return readings_key(self.station, self.script, self.lexicon_digest, self.rules)


def test_words_are_said_by_the_rules_the_language_both_lexicons_and_the_stations_choices() -> None:
    readings = (
        Readings(STATION[0], SCRIPT[0], "d1", "r1"),
        Readings(STATION[1], SCRIPT[1], None, "r2"),
    )
    counts = {"lexicon_digest": True, "rules": True}
    counts |= within("station", OF_A_STATION | {"spoken": True})
    counts |= within("script", OF_A_SCRIPT | {"language": True, "front.lexicon": True})
    assert_counts(Readings.key, *readings, counts)


@dataclass(frozen=True)
class Saying:
    readings: str
    turn: Turn

    def key(self) -> str:
        return said_key(self.readings, self.turn)


def test_a_turn_is_said_by_its_words_whoever_says_them() -> None:
    nobody = dict.fromkeys(["kind", "speaker", "role", "id", "n"], False)
    # Doubts are told with their lines.
    counts = {"paragraphs": True, "paragraphs.line": True, "paragraphs.text": True}
    counts = within("turn", counts | nobody) | {"readings": True}
    assert_counts(Saying.key, Saying("r1", TURN[0]), Saying("r2", TURN[1]), counts)


def key_of_script(file: Path) -> str:
    cache = Asked(SCRIPT[0])
    known_script(STATION[0], file, cache)
    (key,) = cache.keys
    return key


def key_of_turn(root: Path) -> str:
    cache = Asked()
    remembering(Workspace(root), STATION[0], SCRIPT[0], cache)(TURN[0])
    (key,) = cache.keys
    return key


def test_a_scripts_bytes_count_and_not_when_they_were_written(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    keys = []
    for words in ["Chào bà con.", "Chào bà con!", "Chào bà con."]:
        file.write_text(words, "utf-8")
        os.utime(file, (len(keys), len(keys)))
        keys.append(key_of_script(file))
    assert keys[0] == keys[2] != keys[1]


def test_the_lexicons_bytes_count_and_that_there_is_one(tmp_path: Path) -> None:
    file = tmp_path / "lexicon.tsv"
    keys = [key_of_turn(tmp_path)]
    for entries in ["VTV\tvê tê vê\n", "VTV\tvi ti vi\n", "", "VTV\tvê tê vê\n"]:
        file.write_text(entries, "utf-8")
        keys.append(key_of_turn(tmp_path))
    file.unlink()
    assert key_of_turn(tmp_path) == keys[0]
    assert keys[1] == keys[4]
    assert len(set(keys)) == 4


HOUSE = ("text.py", "model/script.py", "script/turns.py", "script/vocabulary.toml")
HOUSE += ("spoken/dates.py", "spoken/lexicon_vi.tsv", "audio/master.py")


def written(file: Path, rules: str) -> None:
    """Write a file of rules, always at one time."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(rules)
    os.utime(file, (1_000, 1_000))


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's own files, in small: which of them a key reads is tried by touching them."""
    folder = tmp_path / "broadcast"
    for name in HOUSE:
        written(folder / name, "rules")
    monkeypatch.setattr(broadcast, "__file__", str(folder / "__init__.py"))
    return folder


@pytest.mark.parametrize("room", ["script", "spoken"])
def test_any_rule_that_changes_makes_it_again_and_no_other_file_does(
    house: Path, tmp_path: Path, room: str
) -> None:
    script = tmp_path / "a.txt"
    script.write_text("Chào bà con.", "utf-8")

    def key() -> str:
        return key_of_script(script) if room == "script" else key_of_turn(tmp_path)

    before = key()
    for name in HOUSE:
        file, counts = house / name, name.split("/")[0] in ("text.py", "model", room)
        os.utime(file, (1_001, 1_001))
        assert key() == before, f"{name}, installed anew"
        written(file, "longer rules")
        assert (key() != before) == counts, f"{name}, longer"
        file.unlink()
        assert (key() != before) == counts, f"{name}, gone"
        written(file, "rules")
        assert key() == before


@dataclass(frozen=True)
class Speaking:
    engine: AnEngine
    utterance: Utterance

    def key(self) -> str:
        return speech_key(self.engine, self.utterance)


def test_speech_is_named_by_the_words_the_engine_and_every_setting_of_the_voice() -> None:
    speaking = [
        Speaking(engine, Utterance(words, voice))
        for engine, words, voice in zip(ENGINE, ["Xin chào.", "Tạm biệt."], VOICE, strict=True)
    ]
    voice = dict.fromkeys(["engine", "name", "language", "rate"], True)
    counts = within("engine", OF_AN_ENGINE) | within("utterance.voice", voice)
    assert_counts(Speaking.key, *speaking, counts | {"utterance.words": True})


@pytest.mark.parametrize("engine", [Espeak, Gtts])
def test_another_release_of_an_engine_speaks_again(
    engine: type[Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    utterance = Utterance("Xin chào.", VOICE[0])
    before = speech_key(engine(), utterance)
    assert speech_key(engine(), utterance) == before
    monkeypatch.setattr(f"{engine.__module__}.version", lambda _: "another")
    assert speech_key(engine(), utterance) != before


def test_another_service_speaks_again() -> None:
    urls = "", "http://127.0.0.1:1", "http://127.0.0.1:2", ""
    services = [Gtts(GttsSettings(url)) for url in urls]
    utterance = Utterance("Xin chào.", VOICE[0])
    keys = [speech_key(one, utterance) for one in services]
    assert keys[0] == keys[3]
    assert len(set(keys)) == 3


@dataclass(frozen=True)
class Performing:
    part: Part
    engine: AnEngine
    pauses: Pauses

    def key(self) -> str:
        return take_of(self.part, self.engine, Asked(), self.pauses).key


SPOKEN = Performing(
    Part(TURN[0], SENTENCES[0], VOICE[0], None, Shift(-1.8, 0.97)), ENGINE[0], PAUSES[0]
)
RECORDED = tuple(
    Performing(Part(TURN[n], SENTENCES[n], VOICE[n], RECORDING[n], shift), ENGINE[n], PAUSES[n])
    for n, shift in enumerate((Shift(), Shift(0.9, 1.03)))
)


def test_a_spoken_take_is_named_by_its_sentences_speech_and_the_pauses_between_them() -> None:
    counts = {
        "part.turn": False,
        "part.sentences": True,
        "part.sentences.written": False,
        "part.sentences.spoken": True,
        "part.sentences.readings": False,
        "part.sentences.paragraph": True,
        "part.sentences.line": False,
        "part.voice": True,
        "part.shift": True,
        "part.recording": True,
    }
    counts |= within("engine", OF_AN_ENGINE)
    counts |= within("pauses", OF_PAUSES | {"sentence_ms": True, "paragraph_ms": True})
    assert_counts(Performing.key, SPOKEN, RECORDED[1], counts)


def test_a_sentence_that_no_voice_can_say_is_not_in_a_take() -> None:
    part = SPOKEN.part
    silent = replace(part, sentences=(*part.sentences, Sentence("…", "…", (), 2, 9)))
    assert replace(SPOKEN, part=silent).key() == SPOKEN.key()


def test_a_recorded_take_is_named_by_its_stretches_and_the_pauses_between_them() -> None:
    of_speech = ["part.turn", "part.sentences", "part.voice", "part.shift", "engine"]
    counts = dict.fromkeys(of_speech, False)
    counts |= within("part.recording", OF_A_RECORDING)
    counts |= within("pauses", OF_PAUSES | {"sentence_ms": True})
    assert_counts(Performing.key, *RECORDED, counts)


def test_the_front_matters_lexicon_counts_in_its_order() -> None:
    # Of two spellings that are one word, the last one is said.
    written = {"hoà": "một", "hòa": "hai"}
    turned = dict(reversed(written.items()))
    keys = {
        readings_key(STATION[0], replace(SCRIPT[0], front=FrontMatter(lexicon=lexicon)), None, [])
        for lexicon in (written, turned)
    }
    assert len(keys) == 2
