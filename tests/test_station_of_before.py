"""Stations that earlier versions left behind: their names, dates, takes and words come through.

What each holds is told in its README; what is expected of it stands here, as written down when it
was made. Nothing here looks at how it sounds, which may change.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import unicodedata
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import feedparser
import pytest

from conftest import StationFolder

STATION = Path(__file__).parent / "data" / "station-0.1"
BASE_URL = "https://tanlach.example.vn/phat-thanh/"
FEED_GUID = "8e6a401d-cbfa-56e8-9fdc-e54fb2655144"
GUIDS = {
    "cau-xom-ben": "d8c947e9-ef44-4617-abb9-eb3af53f8097",
    "cho-que": "d56840da-a5e9-4629-b4ad-d89d069da276",
    "lop-boi": "b5d9d2bc-7d45-4127-9a3f-d94ffc0602ca",
    "vu-he-thu": "69ebab6d-82c6-4154-abd0-c58fbe59f825",
}
DATES = {
    "cau-xom-ben": "2025-09-01",
    "cho-que": "2025-05-02",
    "lop-boi": "2025-06-14",
    "vu-he-thu": "2025-09-10",
}
LISTENERS = {  # name → state, time of publication, whether the draft is newer
    "cau-xom-ben": ("published", "2025-09-06T07:00:00+07:00", True),
    "cho-que": ("withdrawn", "2025-05-03T06:30:00+07:00", False),
    "lop-boi": ("published", "2025-06-14T06:45:10+07:00", False),
    "vu-he-thu": (None, None, True),
}
ENTRIES = [  # as podcast programs read the feed, the newest first
    (GUIDS["cau-xom-ben"], "Cây cầu mới của xóm Bến", "Sat, 06 Sep 2025 07:00:00 +0700"),
    (GUIDS["lop-boi"], "Lớp bơi miễn phí bên hồ Sậy", "Sat, 14 Jun 2025 06:45:10 +0700"),
]
TAKES = {  # name → turn → its takes, which of them is heard (None: the synthetic voice), stale
    "cau-xom-ben": {
        2: (["02 ngay-cong.mp3", "02 ngay-cong-thu-lai.ogg"], 1, False),
        4: (["04 loi-suoi.wav"], 1, True),
        6: (["06 xe-tai.wav + 06 phat-quang.mp3"], 1, False),
        8: (["08 duong-dan.ogg"], 1, False),
        10: (["10 den-duong.mp3"], 1, False),
    },
    "lop-boi": {2: (["02 co-khue.ogg"], None, False), 4: (["04 thich-lam.mp3"], 1, False)},
}
TURNS = {"cau-xom-ben": 10, "cho-que": 3, "lop-boi": 4, "vu-he-thu": 2}
REMEMBERED = {  # file → what else takes.json says of its take or its stretch
    "02 ngay-cong.mp3": {"use": True},
    "02 ngay-cong-thu-lai.ogg": {"use": False},
    "04 loi-suoi.wav": {"words": "Học sinh không còn phải lội suối đến trường."},
    "06 xe-tai.wav": {"in_ms": 600, "out_ms": None},
    "06 phat-quang.mp3": {"in_ms": None, "out_ms": 3400},
    "08 duong-dan.ogg": {
        "words": "Đường dẫn sẽ được đổ bê tông trước Tết.",
        "confirmed": "Đường dẫn sẽ đổ bê tông xong trước Tết.",
    },
    "10 den-duong.mp3": {"in_ms": 1200, "out_ms": 2700},
    "12 ba-muoi-hai-met.ogg": {"words": "Cầu dài ba mươi hai mét, rộng ba mét rưỡi."},
    "02 co-khue.ogg": {"use": False},
    "04 thich-lam.mp3": {"use": True, "forced": True},
}
GONE = ["Cầu dài bao nhiêu mét?", "Cầu dài ba mươi hai mét, rộng ba mét rưỡi."]
BRIDGE = [
    "Thưa ông, cầu khởi công từ khi nào?",
    "Cầu khởi công từ tháng ba, bà con góp hơn hai trăm ngày công.",
    "Học sinh không còn phải lội suối đến trường.",  # stale in the draft: said so all the same
    "Xe trên năm tấn không được qua cầu.",
    "Mỗi tháng, TNXB phát quang hai đầu cầu một lần.",
    "Chúng tôi mong có đèn đường.",
]
PAGES = {
    "cau-xom-ben": [*BRIDGE, "Đường dẫn sẽ được đổ bê tông trước Tết.", *GONE],
    "lop-boi": [
        "Mùa hè này, TTVH xã mở lớp bơi miễn phí cho thiếu nhi.",
        "Lớp nhận các em từ bảy tuổi trở lên.",
        "Thích lắm!",
    ],
}


@pytest.fixture
def kept(tmp_path: Path) -> StationFolder:
    """The station as it was left, for a test that builds nothing."""
    return copied(STATION, tmp_path / "station")


@pytest.fixture(scope="module", params=["as it was", "all made again"])
def built(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> StationFolder:
    """The station with every script built; tests only read it."""
    station = copied(STATION, tmp_path_factory.mktemp("built") / "station")
    if request.param == "all made again":
        make_quieter(station)
    station.run("build", *GUIDS)
    return station


def copied(station: Path, folder: Path) -> StationFolder:
    shutil.copytree(station, folder)
    return StationFolder(folder)


def make_quieter(station: StationFolder) -> None:
    """Change a setting that no turn's words depend on, so that every draft is made again."""
    settings = station.root / "station.toml"
    text = settings.read_text("utf-8").replace("[sound]", "[sound]\npodcast_lufs = -17")
    settings.write_text(text, "utf-8", newline="\n")


def told(station: StationFolder, *arguments: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(station.run(*arguments, "--json").stdout)
    return document


def listeners(station: StationFolder) -> dict[str, tuple[Any, ...]]:
    episodes = told(station, "status")["episodes"]
    return {each["name"]: (each["state"], each["published"], each["guid"]) for each in episodes}


def files(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def page(station: StationFolder, name: str) -> str:
    text = (station.root / "feed" / "episodes" / f"{name}.html").read_text("utf-8")
    return html.unescape(re.sub(r"<[^>]*>", "", text))


def hold_feed_to_entries(station: StationFolder) -> None:
    """Read feed/ as a podcast program does: names, dates, and audio that can be fetched."""
    feed = station.root / "feed"
    parsed = feedparser.parse((feed / "feed.xml").read_bytes())
    assert not parsed.bozo
    assert parsed.feed.podcast_guid == FEED_GUID
    assert [(each.id, each.title, each.published) for each in parsed.entries] == ENTRIES
    for each in parsed.entries:
        (enclosure,) = each.enclosures
        assert enclosure.type == "audio/mpeg"
        audio = feed / enclosure.href.removeprefix(BASE_URL)
        assert audio.stat().st_size == int(enclosure.length) > 0
    assert GUIDS["cho-que"] not in (feed / "feed.xml").read_text("utf-8")
    assert [file.parent.name for file in feed.rglob("cho-que*")] == ["episodes"]  # a tombstone


def audio_of(station: StationFolder, guid: str) -> bytes:
    parsed = feedparser.parse((station.root / "feed" / "feed.xml").read_bytes())
    (href,) = [each.enclosures[0].href for each in parsed.entries if each.id == guid]
    return (station.root / "feed" / href.removeprefix(BASE_URL)).read_bytes()


def test_the_station_kept_is_as_it_was_left() -> None:
    # A checkout that changes line ends, or an ignored file, would make other tests lie.
    assert len(list((STATION / "recordings").rglob("*.*"))) == 12
    assert b"\r" not in (STATION / "episodes" / "lop-boi" / "lop-boi.vtt").read_bytes()
    assert not (STATION / ".broadcast").exists()


def test_status_tells_each_episode_as_it_was(kept: StationFolder) -> None:
    episodes = told(kept, "status")["episodes"]
    assert {
        each["name"]: (each["state"], each["published"], each["draft_is_newer"])
        for each in episodes
    } == LISTENERS
    # What was never published has a name in its draft alone.
    assert {each["name"]: each["guid"] for each in episodes} == {**GUIDS, "vu-he-thu": None}
    assert all(each["draft"] and not each["waits"] and not each["damage"] for each in episodes)


@pytest.mark.parametrize("name", TAKES)
def test_the_record_sheet_tells_every_take(kept: StationFolder, name: str) -> None:
    sheet = told(kept, "takes", name)
    rows = {row["n"]: row for row in sheet["turns"] if row["n"]}
    assert list(rows) == list(range(1, TURNS[name] + 1))
    for n, row in rows.items():
        takes, heard, stale = TAKES[name].get(n, ([], None, False))
        assert (row["takes"], row["take"], row["stale"]) == (takes, heard, stale), n
        assert row["file"] == (takes[heard - 1] if heard else None)
        assert row["kind"] == ("recorded" if heard else "synthetic")
    orphans = {"cau-xom-ben": [(["12 ba-muoi-hai-met.ogg"], GONE[1])], "lop-boi": []}
    assert [(one["files"], one["words"]) for one in sheet["orphans"]] == orphans[name]


def test_in_and_out_points_hold(kept: StationFolder) -> None:
    length_ms = {row["n"]: row["length_ms"] for row in told(kept, "takes", "cau-xom-ben")["turns"]}
    assert length_ms[10] == 2700 - 1200
    # Where no point is given, the ends of speech are looked for, and may be found elsewhere.
    assert length_ms[6] == pytest.approx(5375, abs=300)


def test_a_build_keeps_guid_and_date(built: StationFolder) -> None:
    drafts = {name: built.episode(name) for name in GUIDS}
    assert {name: draft["guid"] for name, draft in drafts.items()} == GUIDS
    assert {name: draft["date"] for name, draft in drafts.items()} == DATES
    assert listeners(built) == {
        name: (state, published, GUIDS[name] if state else None)
        for name, (state, published, _) in LISTENERS.items()
    }


@pytest.mark.parametrize("name", TURNS)
def test_a_build_lets_the_same_recordings_be_heard(built: StationFolder, name: str) -> None:
    turns = {turn["n"]: turn["take"] for turn in built.episode(name)["turns"] if turn["n"]}
    assert list(turns) == list(range(1, TURNS[name] + 1))
    for n, take in turns.items():
        takes, heard, stale = TAKES.get(name, {}).get(n, ([], None, False))
        assert take["kind"] == ("recorded" if heard else "synthetic"), n
        assert (take["file"], take["stale"]) == (takes[heard - 1] if heard else None, stale)


def test_a_build_says_what_each_take_and_lexicon_says(built: StationFolder) -> None:
    bridge = {turn["n"]: turn for turn in built.episode("cau-xom-ben")["turns"] if turn["n"]}
    assert bridge[4]["text"] == "Học sinh, người già không còn phải lội suối."
    assert bridge[4]["spoken"] == "Học sinh không còn phải lội suối đến trường."
    assert bridge[8]["spoken"] == "Đường dẫn sẽ đổ bê tông xong trước Tết."
    assert "thanh niên xóm Bến phát quang" in bridge[6]["spoken"]
    assert bridge[10]["end_ms"] - bridge[10]["start_ms"] == pytest.approx(2700 - 1200, abs=30)
    lesson = built.episode("lop-boi")
    assert (lesson["season"], lesson["episode"]) == (2, 5)
    (lead,) = [turn for turn in lesson["turns"] if turn["kind"] == "lead"]
    assert "Trung tâm Văn hóa xã" in lead["spoken"]


def test_a_build_remembers_every_decision_about_takes(built: StationFolder) -> None:
    said: dict[str, dict[str, Any]] = {}
    for name in TAKES:
        file = built.root / "recordings" / name / "takes.json"
        for take in json.loads(file.read_text("utf-8"))["takes"]:
            said |= {part["file"]: {**take, **part} for part in take["files"]}
    assert said.keys() == REMEMBERED.keys()
    for file_name, expected in REMEMBERED.items():
        assert {key: said[file_name].get(key) for key in expected} == expected


def test_a_build_leaves_recordings_scripts_and_what_listeners_have(built: StationFolder) -> None:
    before, after = files(STATION), files(built.root)
    for path, content in before.items():
        if re.match(r"recordings/.*(?<!takes\.json)$|scripts/|episodes/.*/published/|feed/", path):
            assert after[path] == content, path


def test_a_build_puts_none_of_its_own_files_aside(built: StationFolder) -> None:
    before, after = files(STATION / "episodes"), files(built.root / "episodes")
    contents = set(before.values())
    kept_twice = [path for path in after.keys() - before.keys() if after[path] in contents]
    assert kept_twice == []
    assert [path for path in after if "(changed" in path] == []


def test_a_second_build_finds_all_up_to_date(built: StationFolder) -> None:
    def touched() -> dict[Path, int]:
        made = [*(built.root / "episodes").rglob("*.*"), *(built.root / "recordings").rglob("*.*")]
        return {file: file.stat().st_mtime_ns for file in made}

    before = touched()
    built.run("build", *GUIDS)
    assert touched() == before


def test_the_feed_is_written_again_as_listeners_know_it(kept: StationFolder) -> None:
    kept.run("feed")
    hold_feed_to_entries(kept)
    for name, sentences in PAGES.items():
        shown = page(kept, name)
        assert [sentence for sentence in sentences if sentence not in shown] == []
        (given,) = (STATION / "episodes" / name / "published").glob("*.mp3")
        assert audio_of(kept, GUIDS[name]) == given.read_bytes()
    assert "Giọng đọc tổng hợp: lời của Đoàn Thị Mai Khuê" in page(kept, "lop-boi")


def test_publishing_again_keeps_guid_and_date(built: StationFolder, tmp_path: Path) -> None:
    station = copied(built.root, tmp_path / "station")
    before = listeners(station)
    station.run("publish", "cau-xom-ben", "--yes")
    assert listeners(station) == before
    hold_feed_to_entries(station)
    shown = page(station, "cau-xom-ben")
    sentences = [*BRIDGE, "Đường dẫn sẽ đổ bê tông xong trước Tết."]
    assert [sentence for sentence in sentences if sentence not in shown] == []
    assert [sentence for sentence in GONE if sentence in shown] == []
    draft = (station.root / "episodes" / "cau-xom-ben" / "cau-xom-ben.mp3").read_bytes()
    assert audio_of(station, GUIDS["cau-xom-ben"]) == draft


def test_what_was_withdrawn_comes_back_under_its_first_name_and_date(kept: StationFolder) -> None:
    kept.run("publish", "cho-que", "--yes")
    parsed = feedparser.parse((kept.root / "feed" / "feed.xml").read_bytes())
    assert [(each.id, each.published) for each in parsed.entries] == [
        *((guid, published) for guid, _, published in ENTRIES),
        (GUIDS["cho-que"], "Sat, 03 May 2025 06:30:00 +0700"),
    ]


SPLIT_ANEW = Path(__file__).parent / "data" / "station-0.2"
SCRIPTS = sorted(file.stem for file in (SPLIT_ANEW / "scripts").iterdir())
PASSAGE = 5
"""So many words in a row are somebody's; fewer may be anybody's."""


@dataclass(frozen=True)
class Upgraded:
    """The station whose scripts are split anew, built by this version, and what the build said."""

    station: StationFolder
    said: str


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory: pytest.TempPathFactory) -> Upgraded:
    station = copied(SPLIT_ANEW, tmp_path_factory.mktemp("upgraded") / "station")
    return Upgraded(station, station.run("build", *SCRIPTS).stderr)


def takes_of(root: Path, name: str) -> list[dict[str, Any]]:
    file = root / "recordings" / name / "takes.json"
    takes: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))["takes"]
    return takes


def in_words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold())


def heard_in(take: dict[str, Any]) -> list[str]:
    return in_words(take.get("confirmed") or take["words"])


def file_of(take: dict[str, Any]) -> str:
    (part,) = take["files"]
    name: str = part["file"]
    return name


def in_common(words: list[str], others: list[str]) -> int:
    blocks = SequenceMatcher(None, words, others, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks)


def holds(words: list[str], passage: list[str]) -> bool:
    return f" {' '.join(passage)} " in f" {' '.join(words)} "


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_recording_and_no_memory_of_one_is_lost_to_another_split(
    upgraded: Upgraded, name: str
) -> None:
    def remembered(root: Path) -> list[tuple[Any, ...]]:
        asked = ("files", "words", "confirmed", "use", "accepted")
        return [tuple(take.get(key) for key in asked) for take in takes_of(root, name)]

    assert remembered(upgraded.station.root) == remembered(SPLIT_ANEW)
    before, after = files(SPLIT_ANEW), files(upgraded.station.root)
    for path, content in before.items():
        if path.startswith(("scripts/", f"recordings/{name}/")) and not path.endswith(".json"):
            assert after[path] == content, path


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_recording_is_with_the_turn_that_has_its_words_or_told_to_be_another(
    upgraded: Upgraded, name: str
) -> None:
    turns = {turn["id"]: turn for turn in upgraded.station.episode(name)["turns"]}
    takes = takes_of(upgraded.station.root, name)
    for take in takes:
        turn = turns.get(take["turn"])
        if turn is None:
            continue
        words, text = heard_in(take), in_words(turn["text"])
        assert 2 * in_common(words, text) >= max(len(words), len(text)), file_of(take)
        beside = {file_of(one) for one in takes if one["turn"] == take["turn"]}
        assert turn["take"]["file"] in beside
        if turn["take"]["file"] == file_of(take) and words != text:
            assert turn["take"]["stale"]
            assert f"{file_of(take)} was recorded for other words" in upgraded.said


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_recording_that_is_heard_says_what_another_turn_says(
    upgraded: Upgraded, name: str
) -> None:
    turns = upgraded.station.episode(name)["turns"]
    known = {file_of(take): heard_in(take) for take in takes_of(upgraded.station.root, name)}
    for turn in turns:
        if turn["take"]["kind"] == "recorded":
            words = known[turn["take"]["file"]]
            others = [in_words(other["text"]) for other in turns if other is not turn]
            assert [o for o in others if len(o) >= PASSAGE and holds(words, o)] == []


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_recording_that_is_with_no_turn_is_named_with_its_words(
    upgraded: Upgraded, name: str
) -> None:
    turns = {turn["id"]: turn for turn in upgraded.station.episode(name)["turns"]}
    left = [take for take in takes_of(upgraded.station.root, name) if take["turn"] not in turns]
    listed = told(upgraded.station, "takes", name)["orphans"]
    assert [(one["files"], in_words(one["words"])) for one in listed] == [
        ([file_of(take)], heard_in(take)) for take in left
    ]
    for take, one in zip(left, listed, strict=True):
        for place in one["turns"]:
            assert in_common(heard_in(take), in_words(turns[place]["text"]))
        standing = [t for t in turns.values() if heard_in(take) == in_words(t["text"])]
        assert standing == []
    newest = {take["turn"]: file_of(take) for take in left if take.get("use", True)}
    assert [file for file in newest.values() if f"{file} is not used" not in upgraded.said] == []


def test_every_kind_of_recording_is_in_that_station(upgraded: Upgraded) -> None:
    kinds: Counter[str] = Counter()
    for name in SCRIPTS:
        turns = {turn["id"]: turn for turn in upgraded.station.episode(name)["turns"]}
        for old, take in zip(
            takes_of(SPLIT_ANEW, name), takes_of(upgraded.station.root, name), strict=True
        ):
            turn = turns.get(take["turn"])
            if turn is None:
                kinds["named"] += 1
            elif heard_in(take) != in_words(turn["text"]):
                kinds["stale"] += 1
            else:
                kinds["moved" if old["turn"] != take["turn"] else "stayed"] += 1
    assert all(kinds[kind] >= 3 for kind in ("named", "stale", "moved", "stayed")), kinds


def test_a_recording_of_what_is_several_turns_now_is_used_for_none_of_them(
    upgraded: Upgraded,
) -> None:
    turns = upgraded.station.episode("gieng-lang")["turns"]
    assert [turn["take"]["file"] for turn in turns if turn["take"]["kind"] == "recorded"] == [
        "lead.ogg",
        "01 lan 2.ogg",
    ]
    assert re.search(
        r"02\.ogg is not used: its words are in turn 2, .* and turn \d now", upgraded.said
    )
    assert '"recordings/gieng-lang/02.ogg" --in TIME --out TIME' in upgraded.said


def test_recordings_of_what_is_one_turn_now_are_named_together(upgraded: Upgraded) -> None:
    together = 'swap chim-cau 2 "recordings/chim-cau/02 ban dau.ogg" "recordings/chim-cau/03.ogg"'
    assert together in upgraded.said


def test_a_recording_whose_words_are_another_speakers_now_says_so(upgraded: Upgraded) -> None:
    used = {turn["take"]["file"] for turn in upgraded.station.episode("hat-xam")["turns"]}
    assert "06.ogg" in upgraded.said or "06.ogg" in used


def test_speakers_with_another_name_keep_their_recordings(upgraded: Upgraded) -> None:
    heard = {turn["n"]: turn["take"]["file"] for turn in upgraded.station.episode("ferry")["turns"]}
    assert [heard.get(n) for n in range(1, 6)] == ["01.ogg", "02.ogg", None, "04.ogg", "05.ogg"]


def test_an_episode_is_as_listeners_have_it_until_it_is_published_again(tmp_path: Path) -> None:
    def of_status(station: StationFolder) -> dict[str, Any]:
        episodes: list[dict[str, Any]] = told(station, "status")["episodes"]
        return next(one for one in episodes if one["name"] == "den-duong")

    def state(station: StationFolder) -> tuple[Any, ...]:
        of = of_status(station)
        return of["state"], of["in_feed"], of["guid"], of["draft_is_newer"]

    def said(station: StationFolder) -> set[tuple[str, str]]:
        turns = station.episode("den-duong")["turns"]
        return {(turn["speaker"], turn["text"]) for turn in turns}

    station = copied(SPLIT_ANEW, tmp_path / "station")
    guid = station.episode("den-duong")["guid"]
    entry = station.root / "feed" / "episodes" / "den-duong.html"
    assert state(station) == ("published", True, guid, False)
    before, said_before = entry.read_bytes(), said(station)
    assert of_status(station)["changed_turns"] is None
    station.run("build", "den-duong")
    assert state(station) == ("published", True, guid, True)
    assert entry.read_bytes() == before
    changed = of_status(station)["changed_turns"]
    assert changed["new"] == len(said(station) - said_before) > 0
    assert changed["gone"] == len(said_before - said(station)) > 0
    station.run("feed")
    assert "Khánh thành cầu Rạch Sậy" in page(station, "den-duong")
    station.run("publish", "den-duong", "--yes")
    assert state(station) == ("published", True, guid, False)
    assert "Khánh thành cầu Rạch Sậy" not in page(station, "den-duong")
    station.run("unswap", "den-duong", "2")
    assert of_status(station)["changed_turns"] == {"new": 0, "gone": 0, "heard_otherwise": 1}
    told_so = "den-duong, since it was published: new or changed turns 0, gone 0, heard in another"
    assert told_so in station.run("status").stdout
