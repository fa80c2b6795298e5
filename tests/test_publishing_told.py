"""What publish, withdraw, status and feed say, to people and to programs."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from broadcast.cli import publishing
from broadcast.errors import OutsideError
from broadcast.production.public import feed as public_feed
from station_at_hand import COMMAND, NAME, OTHER, Station, older_station, put


@pytest.fixture
def station(tmp_path: Path) -> Station:
    """A station with one episode that is out, and one that was withdrawn."""
    return older_station(tmp_path / "station")


def told(station: Station, *arguments: str, status: int = 0) -> str:
    """What a command says, on one line, without the ends of lines that a terminal makes."""
    done = run(station, *arguments)
    assert done.exit_code == status, done.output
    return " ".join(done.output.split())


def run(station: Station, *arguments: str) -> Result:
    """Run a command as a user does, whose errors become lines and an exit status."""
    return CliRunner().invoke(COMMAND, [*arguments, "--station", str(station.root)])


def document_of(done: Result) -> dict[str, Any]:
    """The document that a command printed; what else it says comes after it."""
    return dict(json.JSONDecoder().raw_decode(done.output)[0])


def episode(station: Station, name: str) -> dict[str, Any]:
    document = document_of(run(station, "status", "--json"))
    (found,) = [each for each in document["episodes"] if each["name"] == name]
    return dict(found)


def seen(station: Station, ago: timedelta) -> None:
    """Let the feed have been written some time ago."""
    station.done("feed")
    record = station.document("feed.json")
    then = (datetime.now().astimezone() - ago).replace(microsecond=0)
    put(station.root / "feed.json", json.dumps({**record, "seen": then.isoformat()}).encode())


def test_several_are_published_and_one_wrong_name_is_told_with_its_status(
    station: Station,
) -> None:
    said = told(station, "publish", "khong-co", OTHER, NAME, status=2)
    assert "There is no draft of 'khong-co'" in said
    assert f"Published {OTHER}: " in said
    assert f"Published {NAME}: " in said
    assert "2 of 3 episodes are published: feed/feed.xml" in said
    assert "nobody else" not in said.casefold()
    feed = (station.root / "feed" / "feed.xml").read_text("utf-8")
    assert feed.count("<item>") == 2
    again = told(station, "publish", OTHER, NAME)
    assert again.count("Listeners have this draft") == 2


def test_several_are_withdrawn_and_one_wrong_name_is_told_with_its_status(
    station: Station,
) -> None:
    said = told(station, "withdraw", NAME, "khong-co", OTHER, status=2)
    assert f"{NAME} is withdrawn" in said
    assert f"{OTHER} was withdrawn before" in said
    assert "khong-co was never published" in said
    assert "<item>" not in (station.root / "feed" / "feed.xml").read_text("utf-8")


def test_withdrawn_episodes_leave_the_table_unless_asked_for(station: Station) -> None:
    said = told(station, "status")
    assert NAME in said
    assert OTHER not in said
    assert "1 withdrawn episode is not shown: broadcast status --all" in said
    assert OTHER in told(station, "status", "--all")
    assert episode(station, OTHER)["state"] == "withdrawn"  # programs get all


def test_where_nobody_else_can_listen_it_is_said_beside_published(station: Station) -> None:
    settings = station.root / "station.toml"
    text = settings.read_text("utf-8").replace(
        "https://tanlach.example.vn", "http://127.0.0.1:8000"
    )
    settings.write_text(text, "utf-8")
    for names in ((NAME,), (NAME, OTHER)):
        said = told(station, "publish", *names)
        assert "Nobody else can hear it yet: base_url in station.toml is this machine" in said


def test_what_still_is_the_samples_is_told_to_whoever_publishes_or_checks(
    station: Station,
) -> None:
    settings = station.root / "station.toml"
    written = settings.read_text("utf-8").replace("dai@tanlach", "dai@vanhai")
    settings.write_text(written, "utf-8")
    told_of_it = "Still the sample's: e-mail"
    assert f"{told_of_it} Put your own under [show]" in told(station, "publish", NAME)
    assert f"feed/feed.xml: warning: {told_of_it}" in told(station, "feed", "--check")


def test_what_is_withdrawn_and_still_in_the_feed_is_in_the_table_and_the_document(
    station: Station,
) -> None:
    station.done("feed")
    public = {file: file.read_bytes() for file in (station.root / "feed").rglob("*.*")}
    station.done("withdraw", NAME)
    for file, data in public.items():  # as if feed/ could not have been written
        file.parent.mkdir(exist_ok=True)
        put(file, data)
    said = told(station, "status")
    assert "withdrawn, still in the feed" in said
    assert "To mend it: broadcast feed" in said
    found = episode(station, NAME)
    assert (found["state"], found["in_feed"], found["due"]) == ("withdrawn", True, "remove")
    assert "withdrawn, still in the feed" in told(station, "feed", "--check", status=1)
    assert f"{NAME} was withdrawn, but still in the feed" in told(station, "feed")
    found = episode(station, NAME)
    assert (found["in_feed"], found["due"]) == (False, None)
    assert "in order" in told(station, "feed", "--check")


@pytest.mark.parametrize("arguments", [("feed",), ("publish", NAME)])
def test_a_clock_that_leapt_is_an_error_unless_somebody_says_yes(
    station: Station, arguments: tuple[str, ...]
) -> None:
    seen(station, timedelta(days=45))
    before = station.files()
    said = told(station, *arguments, status=3)
    assert "45 days after the feed was last written" in said
    assert "--yes" in said
    assert station.files() == before
    told(station, *arguments, "--yes")
    told(station, *arguments)


@pytest.mark.parametrize(("answer", "status"), [(True, 0), (False, 3), (None, 3)])
def test_on_a_terminal_it_is_asked(
    station: Station, monkeypatch: pytest.MonkeyPatch, answer: bool | None, status: int
) -> None:
    asked: list[str] = []

    def agreed(question: object) -> bool | None:
        asked.append(str(question))
        return answer

    seen(station, timedelta(days=45))
    monkeypatch.setattr(publishing, "agreed", agreed)
    monkeypatch.setattr(publishing, "on_terminal", lambda: True)
    told(station, "feed", status=status)
    assert asked == ["Is this computer's clock right?"]
    seen(station, timedelta(days=2)) if status == 0 else None
    told(station, "feed", status=status)
    assert len(asked) == (1 if status == 0 else 2)


def test_a_clock_that_is_behind_is_told_in_words(station: Station) -> None:
    seen(station, timedelta(days=-400))
    said = told(station, "feed")
    assert "Please set the clock" in said
    assert "feed.xml has 1 episode" in said


def test_a_draft_that_may_not_be_read_is_not_called_damaged(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Path.read_bytes

    def refuse(file: Path) -> bytes:
        if file.name == "episode.json" and file.parent.name == NAME:
            raise PermissionError(13, "Permission denied", str(file))
        return read(file)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    said = told(station, "status", status=OutsideError.exit_status)
    assert "cannot be read" in said
    assert "damaged" not in said
    assert "delete" not in said
    document = document_of(run(station, "status", "--json"))
    (found,) = [each for each in document["episodes"] if each["name"] == NAME]
    assert found["damage"] is None
    assert "not allowed to you" in found["unread"]


def test_a_transcript_of_before_that_may_not_be_read_is_not_called_damaged(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Path.read_text

    def refuse(file: Path, *arguments: str, **named: str) -> str:
        if file.suffix == ".vtt":
            raise PermissionError(13, "Permission denied", str(file))
        return read(file, *arguments, **named)

    monkeypatch.setattr(Path, "read_text", refuse)
    for command in (("feed",), ("publish", NAME)):
        said = told(station, *command, status=OutsideError.exit_status)
        assert "This file cannot be read: it is not allowed to you" in said
        assert "backup" not in said


def test_nothing_is_asked_where_the_feed_was_never_written(station: Station) -> None:
    assert public_feed.leap_of_clock(station.workspace, datetime.now().astimezone()) is None
