"""Engines of other packages: found when they are named, and never more trouble than their own."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from broadcast.errors import EngineUnavailableError, OutsideError
from broadcast.model import EngineVoices, Utterance, Voice
from broadcast.production.desk.read_station import EnginesOffered, station_of
from broadcast.production.voicing.voices import engines_here
from broadcast.speech import all_offered, offered, passed_over, voice_for, voice_named
from broadcast.speech import offered as offered_by_name
from broadcast.speech.offered import ENGINES, Offered
from broadcast.workspace import Workspace
from packages_by_hand import installed
from productions_by_hand import (
    SETTINGS,
    Production,
    Tones,
    new_production,
    with_engine,
)

ENGINE = """
from broadcast.model import Declaration
from broadcast.speech.engine import VoiceInfo, silence
from broadcast.speech.voice_names import OwnNames


class Hum:
    name = "hum"
    online = False
    jobs = 1
    service = None
    declares = Declaration(names=OwnNames("low"))

    def __init__(self, settings):
        pass

    def version(self):
        return "1"

    def check(self, language):
        pass

    def voices(self):
        return (VoiceInfo("low", "", "a hum"),)

    def speak(self, utterance):
        return silence()

    def stop(self):
        pass
"""


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    yield
    for name in [name for name in sys.modules if name.startswith("hum_")]:
        del sys.modules[name]


def offer(
    folder: Path, monkeypatch: pytest.MonkeyPatch, source: str, *, name: str = "hum"
) -> Offered:
    """Install a package that offers an engine from ``source``, and give what is found."""
    package = f"hum-{folder.name}"
    points = {name: f"{package.replace('-', '_')}:Hum"}
    monkeypatch.syspath_prepend(installed(folder, package, points, source))
    found = offered_by_name(name)
    assert found is not None
    return found


def test_an_engine_of_a_package_speaks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = offer(tmp_path / "a", monkeypatch, ENGINE)
    engine = found.make(found.declares.settings())  # type: ignore[misc]
    assert (found.name, found.package) == ("hum", "hum-a")
    assert (engine.name, engine.version()) == ("hum", "1")
    assert engine.speak(Utterance("A.", Voice("hum", "low", "vi"))).startswith(b"RIFF")
    assert [one.name for one in all_offered()] == [*ENGINES, "hum"]


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("import nothing_like_it", "ModuleNotFoundError: No module named 'nothing_like_it'"),
        ("raise SystemExit(3)", "SystemExit: 3"),
        ("class Hum(", "SyntaxError"),
        ("Ham = None", "has no attribute 'Hum'"),
        ("Hum = None", "its name is None, not 'hum'"),
        (ENGINE.replace('"hum"', '"ham"'), "its name is 'ham'"),
        (ENGINE.replace("def speak", "def talk"), "it lacks speak"),
        (ENGINE.replace("    jobs = 1\n", ""), "it lacks jobs"),
        (ENGINE.replace("Declaration(names", "dict(names"), "no Declaration"),
        (ENGINE.replace("        pass\n", "        1 / 0\n", 1), "ZeroDivisionError"),
        (ENGINE.replace("    service = None\n", ""), "'service'"),
    ],
)
def test_a_broken_package_is_an_engine_that_is_not_available_and_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, told: str
) -> None:
    engine = offer(tmp_path / "a", monkeypatch, source).make(None)
    for ask in (engine.version, lambda: engine.check("vi"), engine.voices):
        with pytest.raises(EngineUnavailableError) as failed:
            ask()
        assert told in str(failed.value.message)
        assert "hum-a" in str(failed.value.message)
        assert "hum-a" in str(failed.value.hint)


@pytest.mark.parametrize("method", ["version", "check", "voices", "speak"])
def test_what_a_package_raises_is_told_as_its_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    body = f"    def {method}(self, *given):\n        raise KeyError('voices.bin')\n\n    def was_"
    engine = offer(
        tmp_path / "a", monkeypatch, ENGINE.replace(f"    def {method}(", f"{body}{method}(")
    ).make(None)
    given = {"check": ["vi"], "speak": [Utterance("A.", Voice("hum", "low", "vi"))]}
    with pytest.raises(EngineUnavailableError, match=r"hum-a is broken: KeyError: 'voices\.bin'"):
        getattr(engine, method)(*given.get(method, []))


@pytest.mark.parametrize("name", ["Hum", "hum voice", "offline", "engines"])
def test_a_name_that_station_toml_cannot_have_is_no_engines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    source = ENGINE.replace('"hum"', repr(name))
    engine = offer(tmp_path / "a", monkeypatch, source, name=name).make(None)
    with pytest.raises(EngineUnavailableError, match="cannot be an engine's name"):
        engine.check("vi")


def test_a_package_cannot_take_the_place_of_a_built_in_engine_and_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert passed_over() == ()
    found = offer(tmp_path / "a", monkeypatch, ENGINE.replace('"hum"', '"espeak"'), name="espeak")
    assert found.package == ""
    assert [one.name for one in all_offered()] == [*ENGINES]
    told = str(*passed_over())
    assert "hum-a" in told
    assert "'espeak'" in told


def test_two_packages_with_one_engine_are_both_named_and_neither_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(tmp_path / "a", monkeypatch, ENGINE)
    engine = offer(tmp_path / "b", monkeypatch, ENGINE).make(None)
    with pytest.raises(EngineUnavailableError, match="hum-a and hum-b both offer") as failed:
        engine.check("vi")
    assert "Uninstall" in str(failed.value.hint)


def test_packages_are_looked_through_only_for_a_name_that_is_not_built_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def looked(**_: str) -> None:
        raise AssertionError("all packages are looked through")

    monkeypatch.setattr(sys.modules["broadcast.speech.offered"], "entry_points", looked)
    monkeypatch.syspath_prepend(tmp_path)  # what was found before is not it
    file = tmp_path / "station.toml"
    settings = SETTINGS.replace('["tones"]', '["espeak", "gtts"]')
    file.write_text(settings + '[[people]]\nname = "An"\nvoices = { espeak = "vi" }\n', "utf-8")
    station = station_of(Workspace(tmp_path))
    assert station.engines == ("espeak", "gtts")
    assert EnginesOffered().declared("espeak") is not None
    with pytest.raises(AssertionError):
        offered_by_name("hum")


@pytest.fixture
def bridge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Production:
    return new_production(tmp_path / "station", monkeypatch)


def test_a_station_with_a_broken_engine_is_spoken_by_the_next(
    bridge: Production, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(tmp_path / "a", monkeypatch, "import nothing_like_it")
    settings = SETTINGS.replace('["tones"]', '["hum", "tones"]')
    bridge.set('[voices.hum]\nmodel = "of which nobody knows"\n', settings)
    bridge.build()
    assert bridge.episode()["engine"] == "tones"
    (told,) = bridge.reporter.said
    assert "hum-a" in told
    assert told.endswith("Going on with tones, for the whole episode.")
    reasons = {one.name: one.unavailable for one in engines_here(None, None, "vi", offline=True)}
    here = {name: str(reason) for name, reason in reasons.items()}
    assert "nothing_like_it" in (here["hum"] or "")
    with pytest.raises(OutsideError, match="hum-a"):
        bridge.build(engine="hum")


def test_an_episodes_engine_that_is_gone_gives_way_to_the_stations(
    bridge: Production, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.MonkeyPatch.context() as there:
        with_engine(Tones("other"), tmp_path, there)
        bridge.build(engine="other")
    assert str(bridge.build().reasons[0]) == "another voice engine"
    assert bridge.episode()["engine"] == "tones"


@pytest.mark.parametrize(
    ("name", "meant"), [("alloy", "alloy"), ("vi", "vi"), ("", "low"), ("giọng Hà", "giọng Hà")]
)
def test_a_voice_with_a_name_of_its_own_is_meant_in_any_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, meant: str
) -> None:
    engine = offer(tmp_path / "a", monkeypatch, ENGINE).make(None)
    for language in ("vi", "en-GB"):
        assert voice_named(name, engine, EngineVoices({}), language).name == meant
    by_language = EngineVoices({"reporter": ("alloy",)}, {"en": "nova"}, rate=120)
    assert voice_for(engine, by_language, "reporter", 0, "en") == Voice("hum", "alloy", "en", 120)
    assert voice_for(engine, by_language, "official", 1, "en-GB").name == "nova"
    assert voice_for(engine, by_language, "official", 1, "vi").name == "low"


def test_the_built_in_engines_are_there() -> None:
    assert [offered(one.name) for one in all_offered()] == list(all_offered())
