"""Somebody answers for what goes on air: for what was heard, and for nothing that came after it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from broadcast.errors import BroadcastError, UsageError
from broadcast.production.desk.status import EpisodeState, status
from broadcast.production.public.approve import approve
from broadcast.production.public.publish import Published, publish, publish_all
from broadcast.production.public.rename import rename
from broadcast.production.public.withdraw import withdraw
from productions_by_hand import (
    FIRST,
    MORNING,
    NAME,
    SCRIPT,
    SECOND,
    SETTINGS,
    Production,
    production_in,
)
from station_at_hand import COMMAND

LAN = "Nguyễn Thị Lan, Phó Trưởng đài"
LATER = MORNING + timedelta(days=3)
NEEDED = '[publish]\napproval = "official"\n'


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    """A station that wants approval where a synthetic voice says an official's words; one draft."""
    with production_in(tmp_path_factory.mktemp("built")) as made:
        made.set(NEEDED)
        made.build()
        yield made


@pytest.fixture
def here(built: Production, tmp_path: Path) -> Production:
    return built.copied_to(tmp_path / "station")


def approved(here: Production, by: str = LAN) -> None:
    approve(here.workspace, NAME, by, MORNING, here.reporter)


def published(here: Production, *names: str) -> Published:
    return publish_all(here.workspace, names or (NAME,), None, LATER, here.reporter)


def refusal(here: Production) -> str:
    with pytest.raises(BroadcastError) as raised:
        publish(here.workspace, NAME, None, LATER, here.reporter)
    assert f"broadcast approve {NAME} --by" in str(raised.value.hint)
    return str(raised.value.message)


def out(here: Production) -> dict[str, object]:
    record = here.workspace.published(NAME) / "published.json"
    found: dict[str, object] = json.loads(record.read_text("utf-8"))
    return found


def state(here: Production) -> EpisodeState:
    (one,) = status(here.workspace, LATER)
    return one


def run(here: Production, *arguments: str) -> Result:
    return CliRunner().invoke(COMMAND, [*arguments, "--station", str(here.root)])


def test_a_synthetic_official_that_nobody_approved_is_not_published(here: Production) -> None:
    assert "says an official's words in it, and nobody has approved that" in refusal(here)
    assert not here.workspace.published(NAME).exists()


def test_what_was_approved_is_published_and_says_by_whom(here: Production) -> None:
    approved(here)
    published(here)
    assert out(here)["approved"] == {"by": LAN, "at": "2025-09-06T07:00:00+07:00"}


def test_a_programme_whose_officials_all_speak_themselves_needs_nobody(here: Production) -> None:
    here.record("02.wav", FIRST)
    here.record("04.wav", SECOND)
    here.build()
    published(here)
    assert out(here)["approved"] is None
    here.set(NEEDED.replace("official", "all"))
    here.write(SCRIPT.replace("Cầu mới", "Cầu rộng"))
    here.build()
    assert refusal(here) == f"{NAME} is not published: nobody has approved it."


def test_where_the_station_does_not_ask_for_it_nobody_has_to(here: Production) -> None:
    here.set("")
    published(here)
    assert out(here)["approved"] is None


def other_words(here: Production) -> None:
    here.write(SCRIPT.replace("sớm hơn", "muộn hơn"))


def another_take(here: Production) -> None:
    here.record("02.wav", FIRST)


def another_sound(here: Production) -> None:
    here.set(NEEDED + "[pauses]\nother_speaker_ms = 1500\n")


def another_title(here: Production) -> None:
    here.write(SCRIPT.replace("Cầu mới", "Cầu rộng"))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (other_words, "2: words changed"),
        (another_take, "2: recording found"),
        (another_sound, "sound settings changed"),
        (another_title, "title, date or other facts changed"),
    ],
)
def test_any_later_change_takes_it_back_and_is_told(
    here: Production, change: Callable[[Production], object], told: str
) -> None:
    approved(here)
    change(here)
    here.build()
    words = refusal(here)
    assert f"changed since {LAN} approved it on 2025-09-06" in words
    assert told in words
    assert not state(here).is_approved
    approved(here)
    published(here)


def test_what_is_refused_takes_no_time(here: Production) -> None:
    here.reporter.stages.clear()
    refusal(here)
    assert here.reporter.stages == []


def test_what_is_as_it_was_again_is_approved_still(here: Production) -> None:
    approved(here)
    other_words(here)
    here.build()
    here.write(SCRIPT)
    here.build()
    assert state(here).is_approved
    published(here)


def test_a_build_that_changes_nothing_leaves_it(here: Production) -> None:
    approved(here)
    here.build()
    assert state(here).is_approved


def test_what_listeners_have_asks_for_nothing_more(here: Production) -> None:
    here.set("")
    published(here)
    here.set(NEEDED)
    assert not published(here).refused
    withdraw(here.workspace, NAME, LATER, here.reporter)
    assert refusal(here)


def test_what_waits_for_its_time_is_not_moved_without_approval(here: Production) -> None:
    here.set("")
    at = LATER + timedelta(days=2)
    publish(here.workspace, NAME, at, LATER, here.reporter)
    here.set(NEEDED)
    with pytest.raises(BroadcastError, match="nobody has approved"):
        publish(here.workspace, NAME, at + timedelta(days=1), LATER, here.reporter)


def test_of_several_only_what_nobody_approved_is_refused(here: Production) -> None:
    here.write(SCRIPT.replace("Cầu mới", "Cầu cũ").replace("Cầu thông xe", "Cầu đóng"), "cau-cu")
    here.build("cau-cu")
    approved(here)
    done = published(here, "cau-cu", NAME)
    assert [one.episode.name for one in done.outcomes] == [NAME]
    assert set(done.refused) == {"cau-cu"}


@pytest.mark.parametrize("option", ["--yes", "--force"])
def test_no_option_stands_for_it(here: Production, option: str) -> None:
    done = run(here, "publish", NAME, option)
    assert done.exit_code == 1
    assert "nobody has approved that" in done.output


@pytest.mark.parametrize("by", ["", "  \t", "x" * 201, "La\x07n"])
def test_nobody_approves_nothing(here: Production, by: str) -> None:
    with pytest.raises(UsageError, match="has a name"):
        approved(here, by)


def test_a_draft_that_somebody_changed_by_hand_is_not_approved(here: Production) -> None:
    audio = here.draft().record.files.audio
    (here.workspace.draft(NAME) / audio).write_bytes(b"else")
    with pytest.raises(BroadcastError, match="not as they were built"):
        approved(here)


def test_a_draft_that_is_built_while_one_listens_is_not_approved(here: Production) -> None:
    heard = here.draft().record
    other_words(here)
    here.build()
    with pytest.raises(BroadcastError, match="was built again meanwhile"):
        approve(here.workspace, NAME, LAN, MORNING, here.reporter, seen=heard)


def test_it_goes_along_when_the_programme_is_renamed(here: Production) -> None:
    approved(here)
    rename(here.workspace, NAME, "cau-lon", LATER, here.reporter)
    assert state(here).is_approved
    assert not published(here, "cau-lon").refused


def test_approve_shows_what_is_approved_and_keeps_it_on_record(here: Production) -> None:
    done = run(here, "approve", NAME, "--by", f" {LAN} ")
    assert done.exit_code == 0
    assert "0 real, 4 synthetic" in done.output
    assert f"{NAME} as it is now is approved by {LAN}." in done.output
    record = json.loads((here.workspace.draft(NAME) / "approval.json").read_text("utf-8"))
    assert record["by"] == LAN
    again = run(here, "approve", NAME, "--by", LAN)
    assert "approved this draft of cau-moi before; nothing changed" in again.output
    shown = " ".join(run(here, "publish", NAME, "--yes").output.split())
    assert f"approved by {LAN}, " in shown


def test_status_tells_who_approved_a_draft_and_when_that_is_over(here: Production) -> None:
    approved(here)
    assert f"{NAME} was approved by {LAN} on 2025-09-06" in run(here, "status").output
    other_words(here)
    here.build()
    assert f"{NAME} was changed since {LAN} approved it" in run(here, "status").output
    (document,) = json.loads(run(here, "status", "--json").output)["episodes"]
    assert (document["approved"], document["approved_by"]) == (False, LAN)
    assert document["approved_at"] == "2025-09-06T07:00:00+07:00"


def test_a_station_is_told_which_approvals_there_are(here: Production) -> None:
    here.workspace.station_file.write_text(
        f'{SETTINGS}[publish]\napproval = "some"\n', encoding="utf-8"
    )
    done = run(here, "publish", NAME)
    assert "Choose one of: off, official, all" in done.output
