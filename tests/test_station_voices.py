"""[voices.ENGINE] as the engine declares it: what is wrong is named with its line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from broadcast.errors import BroadcastError
from broadcast.model import Declaration, EngineVoices
from broadcast.speech.settings import (
    address,
    choice,
    flag,
    key,
    number,
    program,
    text,
    texts,
    whole,
)
from broadcast.speech.voice_names import LanguageNames, OwnNames
from broadcast.station import read_station
from productions_by_hand import SETTINGS

SHOW = SETTINGS.replace('["tones"]', '["brook"]')
BEGINS = SHOW.count("\n") + 2
"""The line of the first setting under [voices.brook]."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One setting of each kind."""

    url: str = address("https://brook.example/v1")
    key_env: str = key("BROOK_KEY")
    model: str = text("small")
    known: tuple[str, ...] = texts(("a", "b"))
    quiet: bool = flag(default=False)
    jobs: int = whole(2, 1, 8)
    warmth: float = number(0.5, 0, 1)
    format: str = choice("mp3", ("mp3", "wav"))
    command: str = program("brook")


class Engines:
    """Two engines: one whose voices have names of their own, one whose voices are languages."""

    built_in = ("river",)

    def declared(self, name: str) -> Declaration | None:
        return {
            "brook": Declaration(OwnNames("alloy"), settings=Settings),
            "river": Declaration(LanguageNames("+", variants=True), rates_wpm=range(80, 451)),
        }.get(name)

    def names(self) -> tuple[str, ...]:
        return ("river", "brook")


def voices(tmp_path: Path, lines: str) -> EngineVoices:
    file = tmp_path / "station.toml"
    file.write_text(f"{SHOW}[voices.brook]\n{lines}", encoding="utf-8")
    return read_station(file, engines=Engines()).voices["brook"]


def test_what_is_not_set_is_as_the_engine_declares_it(tmp_path: Path) -> None:
    assert voices(tmp_path, "") == EngineVoices(by_role={}, settings=Settings())


def test_every_kind_of_setting_comes_to_the_engine_as_its_own_type(tmp_path: Path) -> None:
    set_to = voices(
        tmp_path,
        'url = "http://127.0.0.1:8880/v1/"\nkey_env = "OTHER_KEY"\nmodel = "large"\n'
        'known = ["c"]\nquiet = true\njobs = 3\nwarmth = 1\nformat = "wav"\n'
        'command = "/usr/bin/brook"\npresenter = "alloy"\nofficial = ["echo", "giọng Hà"]\n'
        'languages = { en = "nova" }\n',
    )
    assert set_to.settings == Settings(
        url="http://127.0.0.1:8880/v1",
        key_env="OTHER_KEY",
        model="large",
        known=("c",),
        quiet=True,
        jobs=3,
        warmth=1.0,
        format="wav",
        command="/usr/bin/brook",
    )
    assert set_to.by_role == {"presenter": ("alloy",), "official": ("echo", "giọng Hà")}
    assert set_to.by_language == {"en": "nova"}


def test_an_address_and_a_key_may_be_none(tmp_path: Path) -> None:
    settings: Any = voices(tmp_path, 'url = ""\nkey_env = ""\n').settings
    assert (settings.url, settings.key_env) == ("", "")


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        ("modle = 1", "no setting 'modle' in [voices.brook]", "model"),
        ("rate = 120", "[voices.brook] has no rate", "take this away"),
        ("model = 1", "text in quotes", 'model = "…"'),
        ("known = 1", "list of texts", "known ="),
        ('quiet = "yes"', "true or false", "quiet = true"),
        ("jobs = 9", "between 1 and 8", "9"),
        ("jobs = 1.5", "whole number", "1.5"),
        ("warmth = 1.1", "between 0 and 1", "1.1"),
        ('format = "ogg"', "'ogg' is not a format", "mp3, wav"),
        ('presenter = [""]', "not a voice", '"alloy"'),
        ('languages = { vi = " " }', "not a voice", '"alloy"'),
        ('languages = { zz = "alloy" }', "not a language", '"vi"'),
        ('key_env = "sk-Chua-Ai-Biet"', "environment variable", "SPEECH_KEY"),
        ('key_env = "chuaaibiet0123"', "environment variable", "SPEECH_KEY"),
        ('command = "brook --loud"', "whole path", "root"),
        ('command = "./brook"', "whole path", "root"),
        ('url = "brook.example"', "not a web address", "https://"),
        ('url = "ftp://brook.example"', "not a web address", "https://"),
        ('url = "https://brook.example/v1?key=1"', "not a web address", "?"),
        ('url = "https://me:secret@brook.example"', "not a web address", "password"),
        (r'url = "http://127.0.0.1\\@brook.example"', "not a web address", "https://"),
        ('url = "http://127.0.0.1#@brook.example"', "not a web address", "#"),
        ('url = "http://brook.example:99999"', "not a web address", "https://"),
        ('url = "http://bròok.example"', "not a web address", "https://"),
        ('url = "http://[::1/v1"', "not a web address", "https://"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_what_to_do(
    tmp_path: Path, line: str, message: str, hint: str
) -> None:
    with pytest.raises(BroadcastError) as refused:
        voices(tmp_path, line + "\n")
    assert refused.value.line == BEGINS
    assert message in str(refused.value.message)
    assert hint in str(refused.value.hint)
    told = f"{refused.value.message} {refused.value.hint}"
    assert not [secret for secret in ("biet", "Biet", "secret") if secret in told]


def test_a_program_in_the_stations_own_folder_is_refused(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "bin" / ".." / "tools"):
        with pytest.raises(BroadcastError, match="own folder"):
            voices(tmp_path, f'command = "{(folder / "brook").as_posix()}"\n')
    voices(tmp_path, f'command = "{(tmp_path.parent / "brook").as_posix()}"\n')


@pytest.mark.parametrize(
    ("engine", "voice", "told"),
    [
        ("brook", "alloy", None),
        ("river", "vi+f2", None),
        ("river", "alloy", "'alloy' is not a voice."),
        ("brok", "alloy", "There is no engine 'brok' in [people]."),
    ],
)
def test_a_persons_voice_is_judged_by_its_engine(
    tmp_path: Path, engine: str, voice: str, told: str | None
) -> None:
    person = f'[[people]]\nname = "An"\nvoices = {{ {engine} = "{voice}" }}\n'
    file = tmp_path / "station.toml"
    file.write_text(SHOW + person, encoding="utf-8")
    if told is None:
        assert read_station(file, engines=Engines()).people[0].voices == {engine: voice}
        return
    with pytest.raises(BroadcastError) as refused:
        read_station(file, engines=Engines())
    assert str(refused.value.message) == told
    assert refused.value.line == BEGINS + 1


def test_an_engine_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    file = tmp_path / "station.toml"
    file.write_text(SHOW.replace("brook", "siri"), encoding="utf-8")
    with pytest.raises(BroadcastError, match="no engine 'siri'") as refused:
        read_station(file, engines=Engines())
    assert str(refused.value.hint) == "Known: brook, river."
