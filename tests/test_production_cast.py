"""Who speaks in which voice: by name, by role, by form of address, and never two alike."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
import soundfile

from broadcast.messages import Message
from broadcast.model import EngineVoices, Person, Role, Shift, Speaker
from broadcast.production.voicing.cast import Assigned, cast_of, cast_told
from broadcast.script.front_values import FrontMatterReader
from broadcast.script.same_person import gender_of
from broadcast.speech.espeak import Espeak
from broadcast.speech.gtts import Gtts
from productions_by_hand import (
    LAM,
    NAME,
    SCRIPT,
    SETTINGS,
    Production,
    Samples,
    new_production,
    reasons_of,
)
from test_audio_shift import formants_hz, pitch_hz

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


INTERVIEW = """\
Nước sạch về thôn Đồng Mới

Sau hai năm thi công, bốn trăm hộ dân thôn Đồng Mới đã có nước sạch để dùng.

Phóng viên: Thưa ông Lành, công trình nước sạch đã làm xong chưa, và bà con có vui không?

Trưởng thôn Nguyễn Văn Lành: Công trình đã xong từ đầu tháng chín, bà con rất vui vì nước trong.

Phóng viên: Còn đối với nhà trường thì công trình này có ý nghĩa ra sao, thưa hiệu trưởng?

Hiệu trưởng Lê Văn Hoa: Các em học sinh được dùng nước sạch mỗi ngày, phụ huynh không phải lo lắng.
"""


def test_in_a_programme_of_one_voice_people_are_heard_apart(bridge: Production) -> None:
    """Measured by Praat in what goes on air, against the same programme with the voice as it is."""
    bridge.write(INTERVIEW)
    heard = {}
    for apart in ("false", "true"):
        one = '["+Alex"]'
        bridge.set(
            f"[voices.espeak]\npresenter = {one}\nreporter = {one}\nofficial = {one}\n"
            f"apart = {apart}\n",
            SETTINGS.replace("tones", "espeak"),
        )
        bridge.build(formats=("mp3", "wav"))
        heard[apart] = _by_speaker(bridge)
    moved = []
    for person, (samples, rate_hz) in heard["true"].items():
        alone, _ = heard["false"][person]
        semitones = 12 * np.log2(pitch_hz(samples, rate_hz) / pitch_hz(alone, rate_hz))
        factor = 2 ** (semitones / 12)
        formants = formants_hz(samples, rate_hz, 5_500 * factor) / formants_hz(
            alone, rate_hz, 5_500
        )
        assert abs(semitones) < 4
        assert np.abs(formants - factor).max() < 0.04
        assert np.abs(formants - 1).max() < 0.125
        moved.append(semitones)
    assert moved == pytest.approx([0, 1.8, -1.8, -0.9], abs=0.15)


def _by_speaker(made: Production) -> dict[str, tuple[Samples, int]]:
    """Give all that each speaker says on air, one after the other."""
    episode = made.episode()
    folder = made.workspace.draft(NAME)
    air, rate_hz = soundfile.read(folder / episode["files"]["air"], always_2d=True)
    of: dict[str, list[Samples]] = {}
    for turn in episode["turns"]:
        begin, end = (turn[at] * rate_hz // 1000 for at in ("start_ms", "end_ms"))
        of.setdefault(turn["speaker"], []).append(air[begin:end, 0])
    return {speaker: (np.concatenate(parts), rate_hz) for speaker, parts in of.items()}
