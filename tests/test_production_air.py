"""What the air master tells a playout system of the programme, in its cart chunk (AES46)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from broadcast.production.public.air import give_to_playout
from broadcast.production.public.feed import write_feed
from broadcast.production.public.publish import publish
from broadcast.production.public.rename import rename
from broadcast.production.public.withdraw import withdraw
from meters import ebur128
from productions_by_hand import (
    LAM,
    MORNING,
    NAME,
    Production,
    build_of_one_script,
    new_production,
    production_in,
    write,
)

ASK, END = "Ông có vui không?", "Chúng tôi vui lắm. Hẹn gặp lại tất cả bà con trong vùng."


def cart_of(file: Path) -> dict[str, str]:
    """Read the texts of a WAV's cart chunk, where AES46 has each of them."""
    data = file.read_bytes()
    at = 12
    while data[at : at + 4] != b"cart":
        (size,) = struct.unpack_from("<I", data, at + 4)
        at += 8 + size + size % 2
    cart = data[at + 8 :]
    names = ("title", "artist", "cut id", "client", "category", "classification", "out cue")
    places = {name: (4 + 64 * n, 64) for n, name in enumerate(names)}
    for n, name in enumerate(("start date", "start time", "end date", "end time")):
        places[name] = (452 + (0, 10, 18, 28)[n], (10, 8)[n % 2])
    return {
        name: cart[at : at + size].rstrip(b"\0").decode("ascii")
        for name, (at, size) in places.items()
    }


@pytest.fixture
def bridge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Production:
    made = new_production(tmp_path / "station", monkeypatch)
    made.write(f"Cầu mới\n\nPhóng viên: {ASK}\n\n{LAM}: {END}\n")
    return made


def test_the_air_master_tells_whose_it_is_and_its_last_six_words(bridge: Production) -> None:
    bridge.build(formats=("wav",))
    cart = cart_of(bridge.workspace.draft(NAME) / f"{NAME}.wav")
    assert (cart["title"], cart["artist"], cart["cut id"]) == ("Cau moi", "Dai Van Hai", NAME)
    assert cart["out cue"] == "tat ca ba con trong vung."
    assert (cart["start date"], cart["end date"]) == ("2025-09-06", "9999-12-31")


def published(station: Production, name: str, day: int, **asked: object) -> None:
    at = MORNING + timedelta(days=day)
    publish(station.workspace, name, asked.get("at"), at, station.reporter)  # type: ignore[arg-type]


def air(station: Production) -> dict[str, str]:
    """The files in air/, each with the programme that its cart chunk tells (AES46)."""
    files = sorted((station.root / "air").iterdir())
    return {file.name: cart_of(file)["cut id"] for file in files}


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    with production_in(tmp_path_factory.mktemp("spoken")) as made:
        made.set('[air]\ndeliver = true\nvalid_days = 3\npriority = "emergency"\n')
        build_of_one_script(made, (NAME, "tin-moi"))
        yield made


@pytest.fixture
def playout(spoken: Production, tmp_path: Path) -> Production:
    return spoken.copied_to(tmp_path / "station")


def test_the_cart_chunk_tells_validity_and_priority(playout: Production) -> None:
    published(playout, NAME, 0)
    cart = cart_of(playout.root / "air" / f"{NAME}.wav")
    assert (cart["start date"], cart["start time"]) == ("2025-09-06", "00:00:00")
    assert (cart["end date"], cart["end time"]) == ("2025-09-08", "23:59:59")
    assert cart["classification"] == "emergency"


@pytest.mark.parametrize("lufs", [-23, -16])
def test_it_is_as_loud_as_the_station_sets_it(playout: Production, lufs: int) -> None:
    playout.set(f"[air]\ndeliver = true\n[sound]\nair_lufs = {lufs}\n")
    playout.build()
    published(playout, NAME, 0)
    loudness_lufs, _ = ebur128(playout.root / "air" / "latest.wav")
    assert loudness_lufs == pytest.approx(lufs, abs=0.2)


def test_the_latest_is_the_newest_that_listeners_have(playout: Production) -> None:
    published(playout, NAME, 0)
    assert air(playout) == {f"{NAME}.wav": NAME, "latest.wav": NAME}
    published(playout, "tin-moi", 1)
    both = {f"{NAME}.wav": NAME, "tin-moi.wav": "tin-moi"}
    assert air(playout) == {**both, "latest.wav": "tin-moi"}
    published(playout, NAME, 2)  # again: it stays where its date is
    assert air(playout) == {**both, "latest.wav": "tin-moi"}
    withdraw(playout.workspace, "tin-moi", MORNING + timedelta(days=2), playout.reporter)
    assert air(playout) == {f"{NAME}.wav": NAME, "latest.wav": NAME}
    withdraw(playout.workspace, NAME, MORNING + timedelta(days=2), playout.reporter)
    assert air(playout) == {}


def test_one_for_later_is_there_and_becomes_the_latest_in_its_time(playout: Production) -> None:
    published(playout, NAME, 0)
    published(playout, "tin-moi", 0, at=MORNING + timedelta(hours=5))
    assert air(playout)["tin-moi.wav"] == "tin-moi"
    assert air(playout)["latest.wav"] == NAME
    write_feed(playout.workspace, MORNING + timedelta(hours=6), playout.reporter)
    assert air(playout)["latest.wav"] == "tin-moi"


def test_what_is_past_its_last_day_goes(playout: Production) -> None:
    published(playout, NAME, 0)
    write_feed(playout.workspace, MORNING + timedelta(days=2), playout.reporter)
    assert air(playout) == {f"{NAME}.wav": NAME, "latest.wav": NAME}
    write_feed(playout.workspace, MORNING + timedelta(days=3), playout.reporter)
    assert air(playout) == {}


def test_a_draft_never_comes_on_air(playout: Production) -> None:
    published(playout, NAME, 0)
    before = (playout.root / "air" / "latest.wav").read_bytes()
    playout.write(f"Cầu mới\n\nPhóng viên: {ASK}\n\n{LAM}: {END}\n")
    playout.build()
    assert (playout.root / "air" / "latest.wav").read_bytes() == before
    published(playout, NAME, 1)
    draft = playout.workspace.draft(NAME) / f"{NAME}.wav"
    for name in (f"{NAME}.wav", "latest.wav"):
        assert (playout.root / "air" / name).read_bytes() == draft.read_bytes() != before


def test_what_was_not_made_here_is_left_alone(playout: Production) -> None:
    theirs = playout.root / "air"
    theirs.mkdir()
    for name in ("latest.wav", f"{NAME}.wav", "ban-tin.wav"):
        write(theirs / name, "of somebody")
    published(playout, NAME, 0)
    withdraw(playout.workspace, NAME, MORNING, playout.reporter)
    assert {file.read_text("utf-8") for file in theirs.iterdir()} == {"of somebody"}
    assert len(list(theirs.iterdir())) == 3
    assert any(
        f"air/{NAME}.wav was not made by broadcast" in told for told in playout.reporter.said
    )


def test_it_goes_along_with_a_new_name(playout: Production) -> None:
    published(playout, NAME, 0)
    rename(playout.workspace, NAME, "cau-khac", MORNING, playout.reporter)
    assert sorted(air(playout)) == ["cau-khac.wav", "latest.wav"]


def test_a_disk_that_refuses_does_not_hold_up_listeners(
    playout: Production, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(playout, NAME, 0)
    before = (playout.root / "air" / "latest.wav").read_bytes()

    def refuse(source: Path, target: Path) -> None:
        target.write_bytes(b"half")
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("broadcast.production.public.air.shutil.copyfile", refuse)
    give_to_playout(playout.workspace, playout.draft("tin-moi"), playout.reporter)
    assert any("air/tin-moi.wav is as it was" in told for told in playout.reporter.said)
    assert sorted(file.name for file in (playout.root / "air").iterdir()) == [
        f"{NAME}.wav",
        "latest.wav",
    ]
    assert (playout.root / "air" / "latest.wav").read_bytes() == before


def test_without_the_setting_nothing_is_delivered(bridge: Production) -> None:
    bridge.build(formats=("wav",))
    published(bridge, NAME, 0)
    assert not (bridge.root / "air").exists()
