"""A programme goes from station to station as one file; nothing that is there is overwritten."""

from __future__ import annotations

import json
import shutil
import stat
import warnings
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import soundfile

from broadcast.errors import BroadcastError, OutsideError, UsageError
from broadcast.production.booth import Swap, confirm, go_back, swap, turn_named
from broadcast.production.public import publish
from broadcast.production.public.pack import pack
from broadcast.production.public.unpack import Unpacked, unpack
from broadcast.recordings.takes_file import read_takes
from broadcast.workspace import Workspace
from broadcast.workspace.locks import locked
from broadcast.workspace.moving import is_half_moved
from killed_at import files
from killed_within import dying
from productions_by_hand import (
    FIRST,
    MORNING,
    NAME,
    SCRIPT,
    SECOND,
    SETTINGS,
    Notebook,
    Production,
    production_in,
    record,
    tones,
    write,
)

CLIP = "clips/tiếng còi.wav"
WITH_CLIP = SCRIPT.replace(
    "\n\nPhóng viên: Ông muốn", f"\n\n[clip: {CLIP}]\n\nPhóng viên: Ông muốn"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    """A commune's station: a programme with a recording, a clip and a draft; tests take copies."""
    with production_in(tmp_path_factory.mktemp("built")) as made:
        made.write(WITH_CLIP)
        (made.root / CLIP).parent.mkdir()
        soundfile.write(made.root / CLIP, tones("tu tu tu"), 16_000)
        made.record("02.wav", FIRST)
        made.build()
        yield made


@pytest.fixture
def commune(built: Production, tmp_path: Path) -> Production:
    return built.copied_to(tmp_path / "commune")


@pytest.fixture
def centre(built: Production, tmp_path: Path) -> Production:
    """Another station, with nothing in it."""
    root = tmp_path / "centre"
    for place in ("scripts", "recordings", "episodes", "feed"):
        (root / place).mkdir(parents=True)
    write(root / "station.toml", SETTINGS.replace("Tiếng nói Vân Hải", "Đài tỉnh"))
    return Production(root, built.engine, Notebook())


def packed(station: Production, file: Path, name: str = NAME) -> Path:
    return pack(station.workspace, name, file, Notebook()).file


def unpacked(station: Production, file: Path, as_name: str | None = None) -> Unpacked:
    return unpack(station.workspace, file, as_name, station.reporter)


def swapped(station: Production, n: int, audio: Path) -> None:
    inputs = station.read()
    swap(inputs, [Swap(turn_named(inputs, str(n)), (audio,))], Notebook())


def told(station: Production) -> list[str]:
    return [problem.code for problem in station.reporter.problems]


def refused(station: Production, file: Path, as_name: str | None = None) -> list[str]:
    """What disagrees, by its codes; nothing of the station is changed."""
    before = files(station.root)
    station.reporter.problems.clear()
    with pytest.raises(BroadcastError) as error:
        unpacked(station, file, as_name)
    assert files(station.root) == before
    assert not list(station.root.glob(".unpacking*"))
    return told(station) or [error.value.message.code]


def test_it_is_the_same_programme_at_the_other_station(
    commune: Production, centre: Production, tmp_path: Path
) -> None:
    came = unpacked(centre, packed(commune, tmp_path / "a.zip"))
    assert came.station == "Tiếng nói Vân Hải"
    assert sorted(came.added) == [
        CLIP,
        f"episodes/{NAME}/episode.json",
        f"recordings/{NAME}/02.wav",
        f"recordings/{NAME}/takes.json",
        f"scripts/{NAME}.txt",
    ]
    centre.build(new_guid="another")
    assert centre.episode()["guid"] == commune.episode()["guid"]
    assert centre.episode()["date"] == commune.episode()["date"]
    assert centre.turn(2)["take"]["kind"] == "recorded"
    assert centre.words() == commune.words()
    publish.publish(centre.workspace, NAME, None, MORNING, Notebook())
    feed = (centre.root / "feed" / "feed.xml").read_text("utf-8")
    assert f">{commune.episode()['guid']}</guid>" in feed


def test_the_same_programme_is_the_same_bytes(commune: Production, tmp_path: Path) -> None:
    first = packed(commune, tmp_path / "a.zip").read_bytes()
    commune.settle()
    assert packed(commune, tmp_path / "b.zip").read_bytes() == first
    elsewhere = commune.copied_to(tmp_path / "elsewhere")
    assert packed(elsewhere, tmp_path / "c.zip").read_bytes() == first


def test_what_is_here_as_it_is_there_is_left(
    commune: Production, centre: Production, tmp_path: Path
) -> None:
    file = packed(commune, tmp_path / "a.zip")
    unpacked(centre, file)
    before = files(centre.root)
    again = unpacked(centre, file)
    assert not again.is_news
    assert again.same == 5
    assert files(centre.root) == before


def test_there_and_back_with_a_recording_more(
    commune: Production, centre: Production, tmp_path: Path
) -> None:
    unpacked(centre, packed(commune, tmp_path / "a.zip"))
    swapped(centre, 4, record(tmp_path / "lâm.wav", SECOND))
    came = unpacked(commune, packed(centre, tmp_path / "b.zip"))
    assert came.added == (f"recordings/{NAME}/04 lâm.wav",)
    assert came.takes == 1
    commune.build()
    assert [commune.turn(n)["take"]["kind"] for n in (2, 4)] == ["recorded", "recorded"]
    assert not unpacked(centre, packed(commune, tmp_path / "c.zip")).is_news


def test_a_decision_that_followed_on_what_was_sent_comes_back(
    commune: Production, centre: Production, tmp_path: Path
) -> None:
    unpacked(centre, packed(commune, tmp_path / "a.zip"))
    inputs = centre.read()
    go_back(inputs, turn_named(inputs, "2"), Notebook())
    came = unpacked(commune, packed(centre, tmp_path / "b.zip"))
    assert came.is_news
    assert (came.added, came.takes) == ((), 0)
    commune.build()
    assert commune.turn(2)["take"]["kind"] == "synthetic"
    # The file of before takes nothing back.
    assert not unpacked(commune, tmp_path / "a.zip").is_news
    commune.build()
    assert commune.turn(2)["take"]["kind"] == "synthetic"


def test_both_may_go_on_with_other_turns(
    commune: Production, centre: Production, tmp_path: Path
) -> None:
    unpacked(centre, packed(commune, tmp_path / "a.zip"))
    swapped(centre, 4, record(tmp_path / "lâm.wav", SECOND))
    swapped(commune, 2, record(tmp_path / "lại.wav", FIRST, "again"))
    unpacked(commune, packed(centre, tmp_path / "b.zip"))
    files_known = {
        part.file
        for take in read_takes(commune.workspace.recordings(NAME)).takes
        for part in take.files
    }
    assert files_known == {"02.wav", "02 lại.wav", "04 lâm.wav"}
    commune.build()
    assert commune.turn(2)["take"]["file"] == "02 lại.wav"
    assert commune.turn(4)["take"]["file"] == "04 lâm.wav"


def test_both_decided_on_a_turn_and_that_is_told(
    commune: Production, centre: Production, tmp_path: Path
) -> None:
    unpacked(centre, packed(commune, tmp_path / "a.zip"))
    swapped(centre, 4, record(tmp_path / "lâm.wav", SECOND))
    swapped(commune, 4, record(tmp_path / "khác.wav", SECOND, "other"))
    file = packed(centre, tmp_path / "b.zip")
    assert refused(commune, file) == ["handed.both-changed"]
    commune.workspace.recordings(NAME).rename(tmp_path / "put away")
    unpacked(commune, file)
    commune.build()
    assert commune.turn(4)["take"]["file"] == "04 lâm.wav"


def change_script(station: Production) -> None:
    station.write(WITH_CLIP + "\nPhóng viên: Xin cảm ơn ông.\n")


def change_sound(station: Production) -> None:
    station.record("02.wav", FIRST, "other")


def change_clip(station: Production) -> None:
    soundfile.write(station.root / CLIP, tones("bim bim"), 16_000)


def change_kind(station: Production) -> None:
    station.script().rename(station.script().with_suffix(".md"))
    station.script().with_suffix(".md").write_text(SCRIPT, encoding="utf-8")


def change_case(station: Production) -> None:
    sound = station.workspace.recordings(NAME) / "02.wav"
    sound.rename(sound.with_name("02.WAV"))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (change_script, "handed.script-differs"),
        (change_kind, "handed.script-differs"),
        (change_sound, "handed.sound-differs"),
        (change_clip, "handed.beside-differs"),
        (change_case, "handed.alike-here"),
    ],
)
def test_what_is_another_here_is_told_and_nothing_comes(
    commune: Production,
    centre: Production,
    tmp_path: Path,
    change: Callable[[Production], None],
    code: str,
) -> None:
    file = packed(commune, tmp_path / "a.zip")
    unpacked(centre, file)
    change(centre)
    assert refused(centre, file) == [code]


def test_another_programme_of_that_name_is_none_of_it(
    commune: Production, centre: Production, tmp_path: Path
) -> None:
    file = packed(commune, tmp_path / "a.zip")
    centre.write(WITH_CLIP)
    shutil.copytree(commune.root / "clips", centre.root / "clips")
    centre.build(new_guid="the centre's own")
    assert "handed.other-programme" in refused(centre, file)
    came = unpacked(centre, file, "Cầu mới của xã")
    assert came.name == "cau-moi-cua-xa"
    assert came.script == "scripts/cau-moi-cua-xa.txt"
    centre.build(came.name, is_new=True)
    assert centre.episode(came.name)["guid"] == commune.episode()["guid"]
    assert centre.turn(2, came.name)["take"]["kind"] == "recorded"
    assert centre.episode()["guid"] == "the centre's own"


def test_one_that_is_here_under_another_name_is_found_by_its_guid(
    commune: Production, centre: Production, tmp_path: Path
) -> None:
    file = packed(commune, tmp_path / "a.zip")
    unpacked(centre, file, "cau")
    assert refused(centre, file) == ["handed.other-name"]
    assert not unpacked(centre, file, "cau").is_news
    came = unpacked(centre, file, "ban-hai")
    assert came.holder == "cau"
    assert not (centre.workspace.draft("ban-hai") / "episode.json").exists()


def test_what_another_station_agreed_to_leave_unsaid_is_not_agreed_here(
    commune: Production, centre: Production, tmp_path: Path
) -> None:
    draft = commune.workspace.draft(NAME) / "episode.json"
    record_ = json.loads(draft.read_text("utf-8"))
    record_["asked"] = {"undisclosed_at": "2025-09-06T07:00:00+07:00", "day": "2025-09-06"}
    record_["script"] = "../../outside.txt"
    write(draft, json.dumps(record_))
    unpacked(centre, packed(commune, tmp_path / "a.zip"))
    assert centre.episode()["asked"] == {"day": "2025-09-06"}
    assert centre.episode()["script"] == f"scripts/{NAME}.txt"


def test_one_that_was_never_built_comes_without_a_guid(
    commune: Production, centre: Production, tmp_path: Path
) -> None:
    shutil.rmtree(commune.workspace.draft(NAME))
    done = pack(commune.workspace, NAME, tmp_path / "a.zip", Notebook())
    assert not done.has_guid
    unpacked(centre, done.file)
    centre.build(new_guid="new")
    assert centre.episode()["guid"] == "new"


def test_what_cannot_be_packed_is_told(commune: Production, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no programme"):
        packed(commune, tmp_path / "a.zip", "no-such")
    there = write(tmp_path / "there.zip", "mine")
    with pytest.raises(UsageError, match="already"):
        packed(commune, there)
    assert there.read_text("utf-8") == "mine"
    swap_file = record(tmp_path / "x.wav", SECOND).rename(tmp_path / "máy.exe")
    swapped(commune, 4, swap_file)
    with pytest.raises(BroadcastError, match=r"04 máy\.exe"):
        packed(commune, tmp_path / "a.zip")
    swapped_in = commune.workspace.recordings(NAME) / "04 máy.exe"
    swapped_in.rename(swapped_in.with_suffix(".wav"))
    assert packed(commune, tmp_path / "b.zip").exists()
    commune.record("02: lại.wav", FIRST)
    with pytest.raises(BroadcastError, match="02: lại"):
        packed(commune, tmp_path / "a.zip")
    assert not (tmp_path / "a.zip").exists()


def test_what_the_script_names_and_is_not_there_is_told(
    commune: Production, tmp_path: Path
) -> None:
    (commune.root / CLIP).unlink()
    notebook = Notebook()
    done = pack(commune.workspace, NAME, tmp_path / "a.zip", notebook)
    assert done.beside == ()
    assert any(CLIP in sentence for sentence in notebook.said)


Entry = tuple[zipfile.ZipInfo, bytes]


def rewritten(source: Path, target: Path, change: Callable[[list[Entry]], list[Entry]]) -> Path:
    """The same zip with other entries."""
    with zipfile.ZipFile(source) as package:
        entries = [(entry, package.read(entry)) for entry in package.infolist()]
    with zipfile.ZipFile(target, "w") as package, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a name that is there twice
        for entry, data in change(entries):
            package.writestr(entry, data, entry.compress_type)
    return target


def with_place(entries: list[Entry], place: str, *, kind: int = stat.S_IFREG) -> list[Entry]:
    """The same with one file more, in the list too."""
    data = b"harm"
    entry = zipfile.ZipInfo("x")
    entry.filename = place
    entry.external_attr = (kind | 0o777) << 16
    listed = json.loads(entries[-1][1])
    sha = "d" * 64
    listed["files"].append({"place": place, "size": len(data), "sha256": sha})
    return [*entries[:-1], (entry, data), (entries[-1][0], json.dumps(listed).encode())]


@pytest.mark.parametrize(
    "place",
    [
        "../harm.mp3",
        "clips/../../harm.mp3",
        "/etc/harm.mp3",
        "C:/harm.mp3",
        "C:harm.mp3",
        "clips\\harm.mp3",
        "clips//harm.mp3",
        "./harm.mp3",
        "clips/nul.mp3",
        "clips/COM1",
        "clips/harm.mp3.",
        "clips/harm?.mp3",
        "clips/ha\nrm.mp3",
        f"clips/{'a' * 300}.mp3",
        "station.toml",
        "lexicon.tsv",
        "run.sh",
        ".broadcast/x.mp3",
        ".git/hooks/x.mp3",
        "feed/harm.mp3",
        "Feed/harm.mp3",
        "episodes/other/episode.json",
        f"episodes/{NAME}/published/published.json",
        "recordings/other/01.wav",
        f"recordings/{NAME}/deep/01.wav",
        f"recordings/{NAME}/run.exe",
        "recordings/opening.wav",
        "scripts/other.txt",
        f"scripts/{NAME}.exe",
        f"scripts/~${NAME}.docx",
        f"{CLIP}/inner.wav",
        CLIP.upper().replace(".WAV", ".wav"),
        f"recordings/{NAME}/02.WAV",
    ],
)
def test_a_file_that_may_not_lie_there_is_refused(
    commune: Production, centre: Production, tmp_path: Path, place: str
) -> None:
    file = packed(commune, tmp_path / "a.zip")
    harm = rewritten(file, tmp_path / "b.zip", lambda entries: with_place(entries, place))
    code = refused(centre, harm)[0]
    assert code in {"handed.bad-place", "handed.alike", "handed.not-as-listed"}


def test_links_passwords_and_other_packings_are_refused(
    commune: Production, centre: Production, tmp_path: Path
) -> None:
    file = packed(commune, tmp_path / "a.zip")
    link = rewritten(
        file,
        tmp_path / "link.zip",
        lambda entries: with_place(entries, "clips/x.mp3", kind=stat.S_IFLNK),
    )
    assert refused(centre, link) == ["handed.no-file"]
    data = bytearray(file.read_bytes())
    for at, _ in enumerate(data):
        if data[at : at + 4] == b"PK\x01\x02":
            data[at + 8] |= 1
    locked_ = tmp_path / "locked.zip"
    locked_.write_bytes(data)
    assert refused(centre, locked_) == ["handed.encrypted"]
    with zipfile.ZipFile(tmp_path / "bz2.zip", "w", zipfile.ZIP_BZIP2) as package:
        package.writestr("programme.json", "{}")
    assert refused(centre, tmp_path / "bz2.zip") == ["handed.damaged"]


def test_a_name_that_is_there_twice_is_refused(
    commune: Production, centre: Production, tmp_path: Path
) -> None:
    file = packed(commune, tmp_path / "a.zip")
    twice = rewritten(file, tmp_path / "b.zip", lambda entries: [entries[0], *entries])
    assert refused(centre, twice) == ["handed.alike"]


def test_what_would_fill_the_disk_is_refused_before_a_byte_of_it_is_read(
    centre: Production, tmp_path: Path
) -> None:
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("programme.json", bytes(100 << 20))
    assert bomb.stat().st_size < 200_000
    assert refused(centre, bomb) == ["handed.too-large"]
    many = tmp_path / "many.zip"
    with zipfile.ZipFile(many, "w") as package:
        for number in range(2_001):
            package.writestr(f"{number}", b"")
    assert refused(centre, many) == ["handed.too-many"]
    record_alone = tmp_path / "record.zip"
    with zipfile.ZipFile(record_alone, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("programme.json", bytes(3 << 20))
    assert refused(centre, record_alone) == ["handed.too-large"]


def test_what_says_less_than_it_is_is_not_read_on(
    commune: Production, centre: Production, tmp_path: Path
) -> None:
    file = packed(commune, tmp_path / "a.zip")

    def lying(entries: list[Entry]) -> list[Entry]:
        listed = json.loads(entries[-1][1])
        listed["files"][0]["size"] -= 1
        return [*entries[:-1], (entries[-1][0], json.dumps(listed).encode())]

    assert refused(centre, rewritten(file, tmp_path / "b.zip", lying)) == ["handed.not-as-listed"]

    def other(entries: list[Entry]) -> list[Entry]:
        sound = next(n for n, (entry, _) in enumerate(entries) if entry.filename.endswith("02.wav"))
        entry, data = entries[sound]
        entries[sound] = (entry, data[:-1] + bytes([data[-1] ^ 1]))
        return entries

    assert refused(centre, rewritten(file, tmp_path / "c.zip", other)) == ["handed.damaged"]


def test_what_is_no_such_file_is_told(
    commune: Production, centre: Production, tmp_path: Path
) -> None:
    with pytest.raises(BroadcastError, match="no such file"):
        unpacked(centre, tmp_path / "none.zip")
    empty = write(tmp_path / "empty.zip", "")
    assert refused(centre, empty) == ["handed.damaged"]
    assert refused(centre, write(tmp_path / "a.txt", "PK hello")) == ["handed.damaged"]
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as package:
        package.writestr("ảnh.jpg", b"an image")
    assert refused(centre, tmp_path / "other.zip") == ["handed.other-zip"]


def test_cut_off_or_damaged_anywhere_nothing_of_it_comes(
    commune: Production, centre: Production, tmp_path: Path
) -> None:
    whole = packed(commune, tmp_path / "a.zip").read_bytes()
    file = tmp_path / "b.zip"
    came = 0
    for at in range(0, len(whole), len(whole) // 40):
        file.write_bytes(whole[:at])
        assert refused(centre, file) == ["handed.damaged"]
        damaged = bytearray(whole)
        damaged[at] ^= 0xFF
        file.write_bytes(damaged)
        station = centre.copied_to(tmp_path / f"at {at}")
        try:
            unpacked(station, file)
        except BroadcastError:
            assert files(station.root) == files(centre.root)
        else:  # a byte that nobody reads
            came += 1
            assert (station.root / "scripts" / f"{NAME}.txt").read_text("utf-8") == WITH_CLIP
    assert came < 5


def test_a_newer_programs_file_is_told(
    commune: Production, centre: Production, tmp_path: Path
) -> None:
    def newer(entries: list[Entry]) -> list[Entry]:
        listed = json.loads(entries[-1][1]) | {"format": 2, "what": "else"}
        return [*entries[:-1], (entries[-1][0], json.dumps(listed).encode())]

    file = rewritten(packed(commune, tmp_path / "a.zip"), tmp_path / "b.zip", newer)
    assert refused(centre, file) == ["record.newer"]


def test_a_disk_that_is_full_is_told_first(
    commune: Production, centre: Production, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = packed(commune, tmp_path / "a.zip")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(9, 9, 0))  # type: ignore[attr-defined]
    with pytest.raises(OutsideError, match="no room"):
        unpacked(centre, file)
    assert not list(centre.root.glob(".unpacking*"))


def test_killed_at_any_change_all_of_it_is_there_or_none(
    commune: Production, centre: Production, tmp_path: Path
) -> None:
    unpacked(centre, packed(commune, tmp_path / "a.zip"))
    swapped(centre, 4, record(tmp_path / "lâm.wav", SECOND))
    file = packed(centre, tmp_path / "b.zip")
    for begin in (None, commune):  # nothing is there; all but a take is
        start = tmp_path / f"start {begin is None}"
        if begin is None:
            start.mkdir()
            write(start / "station.toml", SETTINGS)
        else:
            commune.copied_to(start)
        before = files(start)
        whole = tmp_path / f"whole {begin is None}"
        shutil.copytree(start, whole)
        with dying(whole) as life:
            unpack(Workspace(whole), file, None, Notebook())
        after, count = files(whole), len(life.changes)
        assert before != after
        assert count > 8
        found = []
        for ends in range(1, count + 1):
            root = tmp_path / f"{begin is None} {ends}"
            shutil.copytree(start, root)
            with dying(root, ends):
                unpack(Workspace(root), file, None, Notebook())
            with locked(Workspace(root), lambda: None):
                pass  # any command that commits something
            assert not is_half_moved(root)
            found.append(files(root))
            assert found[-1] in (before, after), life.changes[ends - 1]
            unpack(Workspace(root), file, None, Notebook())
            assert files(root) == after
            assert not list(root.glob(".unpacking*"))
            shutil.rmtree(root)
        assert before in found
        assert after in found


def test_a_pack_killed_at_any_change_leaves_no_half_of_one(
    commune: Production, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    with dying(folder) as life:
        packed(commune, folder / "a.zip")
    whole = (folder / "a.zip").read_bytes()
    for ends in range(1, len(life.changes) + 1):
        target = folder / f"{ends}.zip"
        with dying(folder, ends):
            packed(commune, target)
        if target.exists():
            assert target.read_bytes() == whole


def test_a_confirmed_take_and_its_words_come_along(
    commune: Production, centre: Production, tmp_path: Path
) -> None:
    commune.write(WITH_CLIP.replace("đúng ngày lễ", "đúng dịp lễ"))
    commune.build()
    inputs = commune.read()
    confirm(inputs, turn_named(inputs, "2"), Notebook())
    unpacked(centre, packed(commune, tmp_path / "a.zip"))
    centre.build()
    take = centre.turn(2)["take"]
    assert (take["kind"], take["stale"]) == ("recorded", False)
