"""Who speaks in which voice: by name, by role, by form of address, and never two alike."""

from __future__ import annotations

from itertools import combinations

import pytest

from broadcast.messages import Message
from broadcast.model import EngineVoices, Person, Role, Shift, Speaker
from broadcast.production.voicing.cast import Assigned, cast_of, cast_told
from broadcast.script.front_values import FrontMatterReader
from broadcast.script.same_person import gender_of
from broadcast.speech.espeak import Espeak
from broadcast.speech.gtts import Gtts
from productions_by_hand import LAM, SCRIPT, Production, new_production, reasons_of

DEFAULT = EngineVoices(by_role={})
HOST, REPORTER = ("Người dẫn", "presenter"), ("Phóng viên", "reporter")


def speaker(name: str, role: Role, title: str = "") -> Speaker:
    return Speaker(name, role, (name,), Message("x", "x"), title=title)


def cast(
    *named: tuple[str, Role],
    engine: Espeak | Gtts | None = None,
    voices: EngineVoices = DEFAULT,
    people: tuple[Person, ...] = (),
) -> list[Assigned]:
    heard = [speaker(name, role) for name, role in named]
    given = cast_of((), heard, people, engine or Espeak(), voices, "vi")
    return [given[one] for one in named]


def test_a_voice_is_one_of_the_persons_gender_where_the_form_of_address_tells_it() -> None:
    officials: list[tuple[str, Role]] = [("Bà Én", "official"), ("Ông Tư", "official")]
    names = [one.voice.name for one in cast(HOST, REPORTER, *officials)]
    assert names == ["vi+Alex", "vi+Annie", "vi+belinda", "vi+robert"]
    told = cast_told({officials[0]: cast(officials[0])[0]})
    assert told is not None
    assert (
        str(told.message) == "voices chosen by the form of address: Bà Én: a woman's (vi+belinda)"
    )


def test_what_a_station_writes_for_a_role_is_kept_to() -> None:
    voices = EngineVoices({"official": ("+robert",)})
    (found,) = cast(("Bà Én", "official"), voices=voices)
    assert (found.voice.name, found.gender, found.shift) == ("vi+robert", None, Shift())


@pytest.mark.parametrize("engine", [Gtts(), Espeak()])
@pytest.mark.parametrize("officials", [1, 2, 3])
def test_no_two_people_sound_alike(engine: Espeak | Gtts, officials: int) -> None:
    named: list[tuple[str, Role]] = [HOST, REPORTER]
    named += [(f"Khách {n}", "official") for n in range(officials)]
    for one, other in combinations(cast(*named, engine=engine), 2):
        assert (one.voice, one.shift) != (other.voice, other.shift)
        assert one.voice != other.voice or abs(one.shift.pitch_st - other.shift.pitch_st) >= 0.8


def test_who_is_heard_besides_changes_no_voice_of_the_presenter_or_the_reporter() -> None:
    alone = cast(REPORTER, engine=Gtts())
    among = cast(HOST, REPORTER, ("Ông Tư", "official"), engine=Gtts())
    assert alone == among[1:2]
    assert among[0].shift == Shift()


def test_a_station_may_leave_the_one_voice_as_it_is() -> None:
    voices = EngineVoices({}, apart=False)
    assert {one.shift for one in cast(HOST, REPORTER, engine=Gtts(), voices=voices)} == {Shift()}


def test_a_person_has_the_pitch_and_tempo_that_the_station_writes() -> None:
    minh = Person("Minh", voices={"espeak": "vi+m4"}, pitch_st=-1.0, tempo=0.95)
    (found,) = cast(("Minh", "official"), people=(minh,))
    assert (found.voice.name, found.shift) == ("vi+m4", Shift(-1.0, 0.95))


@pytest.mark.parametrize(
    ("title", "gender"),
    [
        ("Bà Trần Thị Én", "woman"),
        ("Ông, Giám đốc Sở Y tế", "man"),
        ("Mr Hale", "man"),
        ("Ms. Osei", "woman"),
        ("Đồng chí Nam", None),
        ("Nguyễn Ngọc Anh", None),
        ("Trưởng thôn Bà Điểm, ông Sáu", None),
        ("Chủ tịch UBND huyện Cô Tô", None),
        ("Chị", "woman"),
        ("Cô giáo", "woman"),
        ("Anh Trần Văn Bảy", "man"),
        ("Thầy", None),
        ("", None),
    ],
)
def test_a_form_of_address_tells_a_gender(title: str, gender: str | None) -> None:
    assert gender_of(title) == gender


def test_a_womans_name_that_begins_as_a_form_of_address_tells_nothing() -> None:
    assert (gender_of("Anh", "Thư"), gender_of("Anh", "Tư")) == (None, "man")


def test_the_gender_that_a_station_or_a_script_writes_counts() -> None:
    tu = Person("Ông Tư", gender="woman")
    (found,) = cast(("Ông Tư", "official"), people=(tu,))
    assert (found.voice.name, found.gender) == ("vi+belinda", None)


def test_a_script_writes_a_gender_in_its_head() -> None:
    reader = FrontMatterReader(1)
    front = reader.front_matter("people:\n - name: Tư\n   gender: nữ\n - name: An\n   gender: x")
    assert [one.gender for one in front.people] == ["woman", None]
    assert [one.code for one in reader.problems] == ["front.gender-unknown"]


@pytest.fixture
def bridge(tmp_path, monkeypatch: pytest.MonkeyPatch) -> Production:  # type: ignore[no-untyped-def]
    return new_production(tmp_path / "station", monkeypatch)


ONE_VOICE = '[voices.tones]\npresenter = ["+p"]\nreporter = ["+p"]\nofficial = ["+p"]\n'


def test_shifted_speech_is_spoken_once_and_shifted_once(bridge: Production) -> None:
    bridge.set(ONE_VOICE)
    bridge.build()
    spoken = list(bridge.engine.spoken)
    assert not reasons_of(bridge.build())
    bridge.set(ONE_VOICE + "apart = false\n")
    assert any("another voice" in why for why in reasons_of(bridge.build()))
    assert bridge.engine.spoken == spoken


def test_a_persons_pitch_in_station_toml_is_heard(bridge: Production) -> None:
    bridge.build()
    assert LAM in SCRIPT
    bridge.set(f'[[people]]\nname = "{LAM.removeprefix("Ông ")}"\npitch = 1.5\n')
    assert " ".join(reasons_of(bridge.build())).count("another voice") == 2
