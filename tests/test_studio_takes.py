"""Voices and takes in the studio: each change is the command line's own, and is built at once."""

from __future__ import annotations

import errno
import io
import json
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest
import soundfile
from starlette.testclient import TestClient

from broadcast.production.desk.draft import read_draft
from broadcast.production.desk.heard import heard_of, sounds_of
from productions_by_hand import FIRST, NAME, SECOND, Production, production_in, record
from studio_at_hand import OWN_PAGE, browser_in

PAGE = f"/programmes/{NAME}"
ANSWER = "2"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    """A station that was built once; each test has a copy of it."""
    with production_in(tmp_path_factory.mktemp("built")) as made:
        made.build()
        yield made


@pytest.fixture
def station(built: Production, tmp_path: Path) -> Production:
    return built.copied_to(tmp_path / "station")


@pytest.fixture
def client(station: Production) -> TestClient:
    return browser_in(station.workspace)


def post(client: TestClient, what: str, **fields: str) -> tuple[int, dict[str, object]]:
    """Send a change, and wait until what it began is over."""
    answer = client.post(f"{PAGE}/{what}", content=json.dumps(fields), headers=OWN_PAGE)
    return settled(client, answer.status_code, answer.json())


def settled(
    client: TestClient, status: int, given: dict[str, object]
) -> tuple[int, dict[str, object]]:
    for place in ("progress", "waiting/progress"):
        client.get(f"{PAGE}/{place}")
    return status, given


def drop(client: TestClient, turn: str, file: Path, **more: str) -> tuple[int, dict[str, object]]:
    answer = client.post(
        f"{PAGE}/takes/drop",
        params={"turn": turn, "file": file.name, **more},
        content=file.read_bytes(),
        headers=OWN_PAGE,
    )
    return settled(client, answer.status_code, answer.json())


def rows(client: TestClient) -> dict[str, lxml.html.HtmlElement]:
    page = lxml.html.fromstring(client.get(f"{PAGE}/hear").text)
    return {one.get("data-place"): one for one in page.xpath("//article[@data-place]")}


def told(row: lxml.html.HtmlElement) -> str:
    return " ".join(row.text_content().split())


def take(station: Production) -> Path:
    return record(station.root.parent / "phone/Ghi âm 7.wav", FIRST)


def test_a_take_that_is_dropped_on_a_turn_is_heard_in_the_draft(
    station: Production, client: TestClient
) -> None:
    assert drop(client, ANSWER, take(station))[0] == 202
    assert (station.workspace.recordings(NAME) / "02 Ghi âm 7.wav").is_file()
    assert station.turn(2)["take"]["kind"] == "recorded"
    assert "Real voice · take 1" in told(rows(client)[ANSWER])


def test_a_file_that_cannot_be_used_is_told_with_why_and_nothing_is_kept(
    station: Production, client: TestClient
) -> None:
    bad = station.root.parent / "bad.wav"
    bad.write_bytes(b"RIFF no sound at all")
    status, given = drop(client, ANSWER, bad)
    assert status == 422
    assert given["told"] == "Not swapped: turn 2 stays as it is."
    assert "bad.wav" in str(given["hint"])
    assert given["can_be_forced"] is False
    assert not station.workspace.recordings(NAME).exists()
    assert not [*(station.root / ".broadcast/incoming").iterdir()]


def test_a_doubtful_length_is_told_and_may_be_used_all_the_same(
    station: Production, client: TestClient
) -> None:
    much = record(station.root.parent / "much.wav", " ".join([FIRST] * 13))
    status, given = drop(client, ANSWER, much)
    assert (status, given["can_be_forced"]) == (422, True)
    assert drop(client, ANSWER, much, force="yes")[0] == 202
    assert station.turn(2)["take"]["kind"] == "recorded"


def test_more_than_two_gigabytes_is_refused_before_it_comes(client: TestClient) -> None:
    answer = client.post(
        f"{PAGE}/takes/drop?turn=2&file=a.wav",
        content=b"",
        headers={**OWN_PAGE, "content-length": str(1 << 31)},
    )
    assert answer.status_code == 422
    assert "too much" in answer.json()["told"]


def test_a_disk_that_is_full_is_told(
    station: Production, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refused(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("broadcast.studio.incoming._write", refused)
    status, given = drop(client, ANSWER, take(station))
    assert status == 422
    assert "no room left on the disk" in str(given["told"])


def test_of_two_takes_either_is_chosen_and_the_synthetic_voice_comes_back(
    station: Production, client: TestClient
) -> None:
    drop(client, ANSWER, take(station))
    drop(client, ANSWER, record(station.root.parent / "b.wav", FIRST, "another"))
    assert station.turn(2)["take"]["file"] == "02 b.wav"
    assert post(client, "takes/use", turn=ANSWER, take="1")[0] == 202
    assert station.turn(2)["take"]["file"] == "02 Ghi âm 7.wav"
    assert post(client, "takes/use", turn=ANSWER, take="0")[0] == 202
    assert station.turn(2)["take"]["kind"] == "synthetic"
    assert (station.workspace.recordings(NAME) / "02 b.wav").is_file()
    assert post(client, "takes/use", turn=ANSWER, take="3")[0] == 422


def test_a_take_is_cut_by_its_points_and_finds_them_again_by_itself(
    station: Production, client: TestClient
) -> None:
    drop(client, ANSWER, take(station))

    def length() -> int:
        turn = station.turn(2)
        return int(turn["end_ms"]) - int(turn["start_ms"])

    whole = length()
    points = {"turn": ANSWER, "take": "1", "in": "400", "out": "900"}
    assert post(client, "takes/trim", **points)[0] == 202
    assert length() == pytest.approx(500, abs=60)
    takes = json.loads((station.workspace.recordings(NAME) / "takes.json").read_text("utf-8"))
    (known,) = takes["takes"]
    assert (known["files"][0]["in_ms"], known["files"][0]["out_ms"]) == (400, 900)
    assert post(client, "takes/trim", turn=ANSWER, take="1")[0] == 202
    assert length() == whole


@pytest.mark.parametrize("points", [{"in": "900", "out": "400"}, {"out": "99999999"}, {"in": "x"}])
def test_points_that_are_no_stretch_are_refused(
    station: Production, client: TestClient, points: dict[str, str]
) -> None:
    drop(client, ANSWER, take(station))
    before = station.files()["episode.json"]
    assert post(client, "takes/trim", turn=ANSWER, take="1", **points)[0] == 422
    assert station.files()["episode.json"] == before


def test_a_take_of_other_words_is_marked_until_somebody_says_that_they_are_right(
    station: Production, client: TestClient
) -> None:
    drop(client, "4", record(station.root.parent / "d.wav", SECOND))
    text = station.script().read_text("utf-8")
    station.write(text.replace("dự lễ", "dự hội"))
    row = rows(client)["4"]
    assert "Words changed since" in told(row)
    assert row.xpath(".//button[@data-confirm]")
    opened = client.get(f"{PAGE}/turns/4").text
    assert "[lễ → hội]" in opened
    assert post(client, "takes/confirm", turn="4")[0] == 202
    assert "Real voice · take 1" in told(rows(client)["4"])


def test_a_turn_shows_its_takes_its_seams_and_its_sentences(
    station: Production, client: TestClient
) -> None:
    drop(client, ANSWER, take(station))
    page = lxml.html.fromstring(client.get(f"{PAGE}/turns/{ANSWER}").text)
    assert [one.get("data-take") for one in page.xpath("//*[@data-take]")] == ["0", "1"]
    before, after = page.xpath("//button[@data-seam]")
    turns = station.episode()["turns"]
    at = next(place for place, turn in enumerate(turns) if turn["n"] == 2)
    for button, turn in ((before, turns[at]), (after, turns[at + 1])):
        assert int(button.get("data-to")) == turn["start_ms"] + 5000
    sentences = [one for one in station.episode()["sentences"] if one["turn"] == turns[at]["id"]]
    told = page.xpath("//ul/li/button")
    assert [int(one.get("data-hear")) for one in told] == [one["start_ms"] for one in sentences]


def test_every_way_to_hear_a_turn_is_as_loud_as_the_programme(
    station: Production, client: TestClient
) -> None:
    quiet = record(station.root.parent / "quiet.wav", FIRST)
    samples, rate = soundfile.read(quiet)
    soundfile.write(quiet, samples * 0.05, rate)
    drop(client, ANSWER, quiet)
    page = lxml.html.fromstring(client.get(f"{PAGE}/turns/{ANSWER}").text)
    levels = []
    for address in page.xpath("//button[@data-listen]/@data-listen"):
        sound, _ = soundfile.read(io.BytesIO(client.get(address).content))
        levels.append(float((sound**2).mean()) ** 0.5)
    assert len(levels) == 2
    assert levels[0] == pytest.approx(levels[1], rel=0.15)


def test_a_piece_of_a_take_is_heard_as_it_was_recorded(
    station: Production, client: TestClient
) -> None:
    drop(client, ANSWER, take(station))
    answer = client.get(f"{PAGE}/turns/{ANSWER}/piece/1?from=200&to=700")
    sound, rate = soundfile.read(io.BytesIO(answer.content))
    assert len(sound) / rate == pytest.approx(0.5, abs=0.01)
    for wrong in ("piece/2?from=0&to=1", "piece/1?from=a&to=1", "piece/1"):
        assert client.get(f"{PAGE}/turns/{ANSWER}/{wrong}").status_code == 404


def test_what_was_heard_is_noted_for_this_very_draft(
    station: Production, client: TestClient
) -> None:
    draft = read_draft(station.workspace.draft(NAME))
    assert draft is not None
    sound = draft.record.digests[draft.record.files.audio]
    turn = draft.record.interview[0].id
    assert post(client, "heard", turns=f"{turn} nothing", sound="another")[0] == 422
    assert heard_of(station.workspace, NAME) == frozenset()
    assert post(client, "heard", turns=f"{turn} nothing", sound=sound) == (200, {"heard": 1})
    assert heard_of(station.workspace, NAME) == {sounds_of(draft.record)[turn]}
    assert "Heard" in told(rows(client)["1"])
    drop(client, "1", record(station.root.parent / "q.wav", draft.record.interview[0].text))
    assert "Not heard yet" in told(rows(client)["1"])


def test_what_the_command_line_changed_is_seen_and_told_as_not_built(
    station: Production, client: TestClient
) -> None:
    assert "as it is now" in client.get(f"{PAGE}/hear").text
    station.record("02.wav", FIRST)
    page = client.get(f"{PAGE}/hear").text
    assert 'data-follows="no"' in page
    assert "Not built yet" in told(rows(client)[ANSWER])


def test_a_page_notices_what_is_done_elsewhere(station: Production, client: TestClient) -> None:
    def seen() -> str:
        return str(client.get(f"{PAGE}/hear/seen").json()["seen"])

    shown = lxml.html.fromstring(client.get(f"{PAGE}/hear").text)
    before = seen()
    assert shown.xpath("string(//*[@id='screen']/@data-seen)") == before == seen()
    station.record("02.wav", FIRST)
    recorded = seen()
    station.build()
    assert len({before, recorded, seen()}) == 3


@pytest.mark.parametrize("part", ["opening", "closing"])
def test_the_station_s_own_words_are_recorded_as_turns_are(
    station: Production, client: TestClient, part: str
) -> None:
    station.set('opening = "Xin chào quý vị."\nclosing = "Xin tạm biệt quý vị."\n')
    file = record(station.root.parent / "mc.wav", "Xin chào quý vị.")
    assert drop(client, part, file)[0] == 202
    assert (station.workspace.recordings(NAME) / f"{part} mc.wav").is_file()
    assert "Real voice · take 1" in told(rows(client)[part])
    turns = {turn["kind"]: turn for turn in station.episode()["turns"]}
    assert turns[part]["take"]["kind"] == "recorded"


def test_a_programme_that_was_never_built_can_be_built(
    station: Production, client: TestClient
) -> None:
    station.write(station.script().read_text("utf-8").replace("Cầu mới", "Cầu khác"), "khac")
    page = lxml.html.fromstring(client.get("/programmes/khac/hear").text)
    assert page.xpath("//button[@id='build']")
    assert client.get("/programmes/khac/turns/9").status_code == 404
    assert client.get("/programmes/khong-co/hear").status_code == 404


def bring(client: TestClient, *files: Path) -> None:
    for file in files:
        answer = client.post(
            f"{PAGE}/waiting/bring",
            params={"file": file.name},
            content=file.read_bytes(),
            headers=OWN_PAGE,
        )
        assert answer.status_code == 201, answer.text


def test_a_folder_is_shown_as_it_would_be_paired_changed_and_used(
    station: Production, client: TestClient
) -> None:
    phone = station.root.parent / "phone"
    files = [record(phone / "02 a.wav", FIRST), record(phone / "04 b.wav", SECOND)]
    files.append(record(phone / "x.wav", "Một câu khác hẳn mà không ai cần."))
    bring(client, *files)
    assert post(client, "waiting/begin", kind="folder")[0] == 202
    page = lxml.html.fromstring(client.get(f"{PAGE}/waiting").text)
    paired = {
        row.get("data-pair"): row.xpath("string(.//option[@selected]/@value)")
        for row in page.xpath("//li[@data-pair]")
    }
    assert (paired["02 a.wav"], paired["04 b.wav"]) == ("2", "4")
    assert not station.workspace.recordings(NAME).exists()
    heard = client.get(f"{PAGE}/waiting/piece?file=0&from=0&to=300")
    assert heard.status_code == 200
    assert post(client, "waiting/pair", file="04 b.wav", turn="")[0] == 200
    assert post(client, "waiting/pair", file="04 b.wav", turn="9")[0] == 422
    assert post(client, "waiting/pair", file="no.wav", turn="1")[0] == 422
    page = lxml.html.fromstring(client.get(f"{PAGE}/waiting").text)
    assert not page.xpath("//li[@data-pair='04 b.wav']//option[@selected][@value='4']")
    wanted = {"02 a.wav": "2", "04 b.wav": "", "x.wav": ""}
    assert post(client, "waiting/accept", **wanted)[0] == 202
    kinds = [station.turn(n)["take"]["kind"] for n in (2, 4)]
    assert kinds == ["recorded", "synthetic"]
    assert client.get(f"{PAGE}/waiting").text.strip() == ""


def test_what_is_refused_of_a_folder_is_told_with_why_and_waits_on(
    station: Production, client: TestClient
) -> None:
    much = record(station.root.parent / "phone/02 much.wav", " ".join([FIRST] * 13))
    bring(client, much)
    post(client, "waiting/begin", kind="folder")
    post(client, "waiting/accept", **{"02 much.wav": "2"})
    page = client.get(f"{PAGE}/waiting").text
    assert "Not swapped" in page
    assert "is it the right recording?" in page
    assert not station.workspace.recordings(NAME).exists()


def test_what_is_no_sound_by_its_name_waits_for_nothing(
    station: Production, client: TestClient
) -> None:
    answer = client.post(
        f"{PAGE}/waiting/bring?file=../../station.toml", content=b"x", headers=OWN_PAGE
    )
    assert answer.status_code == 422
    assert "station.toml" in answer.json()["told"]
    assert not [*station.workspace.waiting(NAME).iterdir()]
    assert post(client, "waiting/begin", kind="long")[0] == 422


def test_what_waits_is_put_away_without_a_trace(station: Production, client: TestClient) -> None:
    bring(client, take(station))
    assert post(client, "waiting/forget")[0] == 200
    assert not station.workspace.waiting(NAME).exists()
    assert post(client, "waiting/accept")[0] == 422
    assert client.get(f"{PAGE}/waiting/piece?from=0&to=9").status_code == 404


def test_what_waited_when_the_studio_ended_is_offered_by_the_next_one(
    station: Production, client: TestClient
) -> None:
    bring(client, take(station))
    post(client, "waiting/begin", kind="folder")
    later = browser_in(station.workspace)
    assert "were not listened to yet" in later.get(f"{PAGE}/hear").text


def test_two_of_one_name_are_both_taken_in(station: Production, client: TestClient) -> None:
    bring(client, take(station), take(station))
    names = {file.name for file in station.workspace.waiting(NAME).iterdir()}
    assert names == {"Ghi âm 7.wav", "Ghi âm 7 (2).wav"}
