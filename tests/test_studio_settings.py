"""The studio's settings: shown as they stand, written with comments kept, told at their fields."""

from __future__ import annotations

import io
import json
from pathlib import Path

import lxml.html
import numpy as np
import pytest
import soundfile
from PIL import Image
from starlette.testclient import TestClient

from broadcast.language import Language
from broadcast.messages.rendering import renderer_for
from broadcast.studio.screens import SCREENS_WORDS
from studio_at_hand import OWN_PAGE, browser_in, small_station

PERSON = '[[people]]\nname = "Đỗ Văn Lâm"  # ông Lâm\nvoices = { espeak = "vi+m4" }\n'


@pytest.fixture
def station(tmp_path: Path) -> Path:
    file = small_station(tmp_path).station_file
    file.write_text(file.read_text("utf-8") + PERSON, "utf-8")
    (tmp_path / "lexicon.tsv").write_text("written\tspoken\nĐTT\tĐài Truyền thanh\n", "utf-8")
    return tmp_path


@pytest.fixture
def client(station: Path) -> TestClient:
    from broadcast.workspace import Workspace

    return browser_in(Workspace(station))


def values(client: TestClient) -> dict[str, str]:
    """What stands in the screen's fields, by their names."""
    page = lxml.html.fromstring(client.get("/station").text)
    fields = page.xpath("//*[@name and not(ancestor::template)][self::input or self::textarea]")
    return {
        field.get("name"): field.text_content() or field.get("value") or ""
        for field in fields
        if field.get("type") != "radio" or field.get("checked") is not None
    }


def write(client: TestClient, **fields: str) -> tuple[int, dict[str, object]]:
    page = lxml.html.fromstring(client.get("/station").text)
    seen = page.get_element_by_id("screen").get("data-seen")
    given = json.dumps({"seen": seen, **fields})
    answer = client.post("/station", content=given, headers=OWN_PAGE)
    return answer.status_code, answer.json()


def test_the_settings_are_shown_as_they_stand(client: TestClient) -> None:
    shown = values(client)
    assert shown["show.title"] == "Tiếng nói Vân Hải"
    assert shown["pauses.sentence_ms"] == "0.35"
    assert shown["people.0.name"] == "Đỗ Văn Lâm"
    assert shown["people.0.voices.espeak"] == "vi+m4"
    assert shown["words.1.spoken"] == "Đài Truyền thanh"
    assert shown["publish.approval"] == "off"
    assert shown["voices.espeak.official"] == ""


def test_vietnamese_seconds_have_a_comma(station: Path) -> None:
    from broadcast.workspace import Workspace

    client = browser_in(Workspace(station), renderer_for(Language("vi")))
    assert values(client)["pauses.other_speaker_ms"] == "0,9"


def test_what_is_changed_is_written_and_the_rest_stays(client: TestClient, station: Path) -> None:
    before = (station / "station.toml").read_text("utf-8")
    done = write(
        client,
        **{
            "show.title": "Chuyện bến",
            "pauses.sentence_ms": "0,4",
            "publish.approval": "all",
            "people.0.gender": "man",
            "people.new-1.name": "An Nhiên",
            "words.1.written": "ĐTT",
            "words.1.spoken": "đài truyền thanh",
            "words.new-1.written": "OCOP",
            "words.new-1.spoken": "ô cốp",
        },
    )
    assert done == (200, {"wrong": {}})
    now = (station / "station.toml").read_text("utf-8")
    assert "# ông Lâm" in now
    assert now.startswith(before.replace("Tiếng nói Vân Hải", "Chuyện bến").split("[[people]]")[0])
    shown = values(client)
    assert shown["pauses.sentence_ms"] == "0.4"
    assert shown["publish.approval"] == "all"
    assert shown["people.1.name"] == "An Nhiên"
    assert (station / "lexicon.tsv").read_text("utf-8").splitlines()[1:] == [
        "ĐTT\tđài truyền thanh",
        "OCOP\tô cốp",
    ]


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("show.base_url", "dai.example.vn", "web address"),
        ("show.title", " ", "title is empty"),
        ("pauses.at_end_ms", "soon", "These are no seconds: soon"),
        ("pauses.at_end_ms", "99", "must lie between"),
        ("people.0.voices.espeak", "Alex", "'Alex' is not a voice"),
        ("voices.espeak.presenter", "Alex", "'Alex' is not a voice"),
        ("voices.ech.presenter", "+Alex", "There is no setting 'ech'"),
        ("words.new-1.written", "VTV", "lacks its written or its spoken form"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_written(
    client: TestClient, station: Path, field: str, value: str, told: str
) -> None:
    before = (station / "station.toml").read_bytes()
    status, answer = write(client, **{field: value, "show.author": "Đài Khác"})
    wrong = answer["wrong"]
    assert status == 200
    assert isinstance(wrong, dict)
    ((name, words),) = wrong.items()
    assert field.startswith(name)
    assert told in words
    assert (station / "station.toml").read_bytes() == before


def test_all_that_is_wrong_is_told_at_once(client: TestClient, station: Path) -> None:
    wrong = {"show.base_url": "x", "pauses.at_end_ms": "soon", "people.0.role": "boss"}
    _, answer = write(client, **wrong)
    assert answer["wrong"].keys() == wrong.keys()  # type: ignore[attr-defined]


def test_a_change_from_elsewhere_is_told(client: TestClient, station: Path) -> None:
    before = (station / "station.toml").read_bytes()
    status, told = write(client, **{"show.title": "Chuyện bến", "seen": "other"})
    assert status == 200
    assert "just changed elsewhere" in str(told["elsewhere"])
    assert (station / "station.toml").read_bytes() == before


def test_fields_that_are_not_the_screens_change_nothing(client: TestClient, station: Path) -> None:
    before = (station / "station.toml").read_bytes()
    for name in ("upload.to", "show.cover", "voices.command", "people.x.name", "people.0"):
        status, told = write(client, **{name: "x"})
        assert status == 422 or told["wrong"], name
    assert (station / "station.toml").read_bytes() == before


def test_a_voice_is_heard(client: TestClient) -> None:
    given = json.dumps({"text": "Xin chào.", "voice": "vi+m4", "engine": "espeak"})
    answer = client.post("/station/say", content=given, headers=OWN_PAGE)
    said = client.get(answer.json()["address"])
    samples, _ = soundfile.read(io.BytesIO(said.content))
    assert np.abs(samples).max() > 0.05
    assert client.get("/station/said/..%2fstation").status_code == 404


def test_music_is_taken_in_under_a_free_name_and_heard(client: TestClient, station: Path) -> None:
    file = io.BytesIO()
    soundfile.write(file, np.sin(np.arange(24_000) / 20) * 0.3, 24_000, format="WAV")
    sound = file.getvalue()
    (station / "music").mkdir()
    (station / "music/nhac-hieu.wav").write_bytes(b"another")

    def bring(name: str, data: bytes) -> tuple[int, dict[str, str]]:
        answer = client.post(
            "/station/file/music.intro", params={"file": name}, content=data, headers=OWN_PAGE
        )
        return answer.status_code, answer.json()

    for _ in range(2):
        assert bring("..\\Nhạc hiệu.WAV", sound) == (201, {"file": "music/nhac-hieu-2.wav"})
    assert (station / "music/nhac-hieu.wav").read_bytes() == b"another"
    assert bring("bai.mp3", b"no sound")[0] == 422
    assert client.get("/station/file/music.intro").status_code == 404
    write(client, **{"music.intro": "music/nhac-hieu-2.wav"})
    assert client.get("/station/file/music.intro").content == sound
    assert client.get("/station/file/show.title").status_code == 404


def test_a_cover_is_taken_in_if_directories_take_it(client: TestClient, station: Path) -> None:
    def bring(side: int) -> tuple[int, dict[str, str]]:
        picture = io.BytesIO()
        Image.new("RGB", (side, side), "navy").save(picture, "PNG")
        answer = client.post(
            "/station/file/show.cover",
            params={"file": "Bìa mới.png"},
            content=picture.getvalue(),
            headers=OWN_PAGE,
        )
        return answer.status_code, answer.json()

    assert bring(300)[0] == 422
    assert bring(1400) == (201, {"file": "pictures/bia-moi.png"})
    assert write(client, **{"show.cover": "pictures/bia-moi.png"}) == (200, {"wrong": {}})
    page = client.get("/station/file/show.cover")
    assert page.content == (station / "pictures/bia-moi.png").read_bytes()


def test_no_word_of_one_screen_takes_the_place_of_another_s() -> None:
    names = [name for words in SCREENS_WORDS for name in words]
    assert sorted(names) == sorted(set(names))
