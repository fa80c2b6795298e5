"""Listeners get what is recorded; where they do not, it is said, and the next writing mends it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest

from broadcast.cache import file_digest
from broadcast.errors import BroadcastError, OutsideError, UsageError
from broadcast.feed import site
from broadcast.production import booth
from broadcast.production.desk import draft
from broadcast.production.desk.status import EpisodeState, status
from broadcast.production.public import feed, publish, withdraw
from broadcast.production.public.check_site import check_site
from productions_by_hand import (
    MORNING,
    NAME,
    Notebook,
    Production,
    build_of_one_script,
    production_in,
)

OTHER, LATE = "duong-moi", "nuoc-sach"
NAMES = (NAME, OTHER, LATE)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LAST_CENTURY = datetime.fromisoformat("1999-01-01T00:00+07:00")


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    """A station with three drafts, of one script under three names."""
    with production_in(tmp_path_factory.mktemp("drafted")) as made:
        build_of_one_script(made, NAMES)
        yield made


@pytest.fixture
def station(drafted: Production, tmp_path: Path) -> Production:
    copied = drafted.copied_to(tmp_path / "station")
    return Production(copied.root, copied.engine, Notebook())


def give(
    station: Production,
    *names: str,
    now: datetime = MORNING,
    at: datetime | None = None,
    right: bool = False,
) -> publish.Published:
    return publish.publish_all(
        station.workspace, names, at, now, station.reporter, clock_is_right=right
    )


def take_back(station: Production, *names: str, now: datetime = MORNING) -> withdraw.Withdrawn:
    return withdraw.withdraw_all(station.workspace, names, now, station.reporter)


def write(station: Production, now: datetime = MORNING, *, right: bool = False) -> int:
    return feed.write_feed(station.workspace, now, station.reporter, clock_is_right=right)


def entries(station: Production) -> dict[str, Any]:
    """The entries of the feed by the name in their guid, whose media are all there."""
    parsed = feedparser.parse((station.workspace.feed / "feed.xml").read_bytes())
    for each in parsed.entries:
        place = each.enclosures[0].href.removeprefix("http://127.0.0.1:8000/")
        assert (station.workspace.feed / place).stat().st_size == int(each.enclosures[0].length)
    return {each.id.removeprefix("guid-of-"): each for each in parsed.entries}


def state(station: Production, name: str = NAME, now: datetime = MORNING) -> EpisodeState:
    (found,) = [each for each in status(station.workspace, now) if each.name == name]
    return found


def errors(station: Production, now: datetime = MORNING) -> list[str]:
    problems = check_site(station.workspace, now, station.reporter)
    return [str(each.message) for each in problems if each.level == "error"]


def reword(station: Production, name: str = NAME) -> None:
    text = station.script(name).read_text("utf-8").replace("bao giờ", "lúc nào")
    station.write(text, name)
    station.build(name)


@pytest.fixture
def unwritable(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let nothing be put into feed/ any more; what is given makes that good again."""

    def refuse(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    original = site._place
    monkeypatch.setattr(site, "_place", refuse)
    return lambda: monkeypatch.setattr(site, "_place", original)


@pytest.fixture
def published(station: Production) -> Production:
    give(station, NAME, OTHER)
    return station


def fails_with(work: Callable[[], object]) -> None:
    with pytest.raises(OutsideError, match="nothing can be written") as raised:
        work()
    assert "broadcast feed" in str(raised.value.hint)


def test_what_could_not_be_withdrawn_from_the_feed_is_told_until_it_is(
    published: Production, unwritable: Callable[[], None]
) -> None:
    fails_with(lambda: take_back(published, NAME))
    assert NAME in entries(published)
    found = state(published)
    assert (found.in_feed, found.due, found.is_past) == (True, "remove", False)
    assert found.document()["due"] == "remove"
    assert errors(published) == [f"Of {NAME} listeners have it: withdrawn, still in the feed."]
    unwritable()
    published.reporter.said.clear()
    assert take_back(published, NAME).names == (NAME,)  # it is withdrawn only now
    assert NAME not in entries(published)
    assert (state(published).due, errors(published)) == (None, [])
    assert take_back(published, NAME).before == (NAME,)


def test_what_could_not_be_put_into_the_feed_is_told_and_any_writing_puts_it_there(
    station: Production, unwritable: Callable[[], None]
) -> None:
    fails_with(lambda: give(station, NAME))
    found = state(station)
    assert (found.in_feed, found.due, found.waits) == (False, "add", False)
    assert any("published, not in the feed yet" in each for each in errors(station))
    unwritable()
    give(station, OTHER)
    assert f"{NAME} was published, but not in the feed; now it is." in station.reporter.said
    assert entries(station).keys() == {NAME, OTHER}
    assert (state(station).due, errors(station)) == (None, [])


def test_a_new_version_that_is_not_in_the_feed_is_told_until_it_is(
    published: Production, unwritable: Callable[[], None]
) -> None:
    before = entries(published)[NAME].enclosures[0].href
    reword(published)
    fails_with(lambda: give(published, NAME))
    assert (state(published).due, state(published, OTHER).due) == ("change", None)
    assert any("changed, not in the feed yet" in each for each in errors(published))
    unwritable()
    take_back(published, OTHER)
    assert any("the feed had the version before" in each for each in published.reporter.said)
    assert entries(published)[NAME].enclosures[0].href != before
    assert state(published).due is None


def test_what_is_withdrawn_and_still_to_be_had_by_its_address_is_told(
    published: Production, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlink = Path.unlink

    def held(file: Path, missing_ok: bool = False) -> None:
        if file.suffix == ".mp3":
            raise PermissionError(13, "is being used by another process", str(file))
        unlink(file, missing_ok)

    told = pytest.raises(OutsideError, match="another program holds it")
    with monkeypatch.context() as playing, told:
        playing.setattr(Path, "unlink", held)
        take_back(published, NAME)
    assert NAME not in entries(published)
    assert state(published).due == "remove"
    assert write(published) == 1
    assert left_of(published, NAME) == ["episodes"]
    assert state(published).due is None


def test_a_lost_record_of_the_feed_leaves_nothing_of_a_withdrawn_episode(
    published: Production,
) -> None:
    (published.root / "feed.json").write_text("{")
    take_back(published, NAME)
    assert left_of(published, NAME) == ["episodes"]
    assert entries(published).keys() == {OTHER}


def test_the_record_of_the_feed_is_not_public_and_an_older_one_is_read_and_removed(
    published: Production,
) -> None:
    record = json.loads((published.root / "feed.json").read_text())
    assert record["seen"] == MORNING.isoformat()
    assert not list(published.workspace.feed.rglob(".*"))
    older = published.workspace.feed / ".broadcast.json"
    older.write_text(json.dumps({"files": [*record["files"]]}))
    (published.root / "feed.json").unlink()
    take_back(published, NAME)
    assert not older.exists()
    assert left_of(published, NAME) == ["episodes"]


def test_an_episode_whose_time_has_come_is_due_until_the_feed_is_written(
    published: Production,
) -> None:
    give(published, LATE, at=MORNING + HOUR)
    assert (state(published, LATE).waits, state(published, LATE).due) == (True, None)
    after = MORNING + 2 * HOUR
    found = state(published, LATE, after)
    assert (found.waits, found.due, found.in_feed) == (False, "add", False)
    assert write(published, after) == 3
    assert f"{LATE} is in the feed: its time has come." in published.reporter.said


@pytest.mark.parametrize("back", [timedelta(seconds=5), HOUR, 400 * DAY, MORNING - LAST_CENTURY])
def test_a_clock_that_went_back_takes_nothing_from_listeners(
    published: Production, back: timedelta
) -> None:
    early = MORNING - back
    before = entries(published)
    for work in (
        lambda: write(published, early),
        lambda: give(published, NAME, now=early),
        lambda: give(published, LATE, now=early),
    ):
        work()
        assert before.keys() <= entries(published).keys()
    new = entries(published)[LATE]
    assert new.published_parsed >= before[NAME].published_parsed  # not years below all others
    assert not state(published, NAME, early).waits
    assert [state(published, name, early).due for name in NAMES] == [None] * 3
    take_back(published, OTHER, now=early)
    assert entries(published).keys() == {NAME, LATE}
    give(published, OTHER, now=early)
    assert entries(published)[OTHER].published == before[OTHER].published
    told = [each for each in published.reporter.said if "Please set the clock" in each]
    assert bool(told) == (back > timedelta(minutes=1))


def test_nor_where_feed_and_its_record_are_gone(published: Production) -> None:
    shutil.rmtree(published.workspace.feed)
    (published.root / "feed.json").unlink()
    assert write(published, LAST_CENTURY) == 2
    shutil.rmtree(published.workspace.feed)
    assert write(published, LAST_CENTURY) == 2


def test_what_waits_for_its_time_waits_on_while_the_clock_is_behind(published: Production) -> None:
    early = MORNING - DAY
    give(published, LATE, now=early, at=early + HOUR)
    assert entries(published).keys() == {NAME, OTHER}
    give(published, LATE, now=early, at=early + 2 * HOUR)  # not out yet: it may be moved
    assert write(published, early + HOUR) == 2
    assert write(published, early + 2 * HOUR) == 3


def test_a_time_that_has_passed_stays_fixed_though_the_clock_went_back(
    published: Production,
) -> None:
    for _ in range(2):
        with pytest.raises(UsageError, match="that time is fixed"):
            publish.publish(
                published.workspace, NAME, MORNING - HOUR, LAST_CENTURY, published.reporter
            )
        take_back(published, NAME, now=LAST_CENTURY)


def test_a_clock_that_leapt_is_asked_about_before_anything_is_done(published: Production) -> None:
    give(published, LATE, at=MORNING + 20 * DAY)
    files = {file: file.read_bytes() for file in published.root.rglob("*.*") if file.is_file()}
    leapt = MORNING + 31 * DAY
    for work in (lambda: write(published, leapt), lambda: give(published, LATE, now=leapt)):
        with pytest.raises(OutsideError, match="31 days after the feed was last written") as raised:
            work()
        assert "--yes" in str(raised.value.hint)
    assert {file: file.read_bytes() for file in files} == files
    assert write(published, leapt, right=True) == 3
    assert write(published, leapt + 29 * DAY) == 3


def test_thirty_days_are_no_leap(published: Production) -> None:
    assert write(published, MORNING + 30 * DAY) == 2


def test_withdrawing_waits_for_no_clock_and_lets_nothing_else_come(published: Production) -> None:
    give(published, LATE, at=MORNING + 20 * DAY)
    take_back(published, NAME, now=MORNING + 400 * DAY)
    assert entries(published).keys() == {OTHER}
    assert any("400 days after" in each for each in published.reporter.said)
    assert write(published, MORNING + DAY) == 1  # the clock was wrong, and is right again


def test_who_says_that_the_clock_is_right_gets_its_date(published: Production) -> None:
    early = MORNING - 2 * DAY
    given = give(published, LATE, now=early, right=True)
    assert given.outcomes[0].episode.published == early
    assert entries(published).keys() == set(NAMES)


def test_a_station_of_before_has_no_time_to_leap_from(published: Production) -> None:
    (published.root / "feed.json").unlink()
    assert write(published, MORNING + 900 * DAY) == 2


def test_one_wrong_name_does_not_hold_up_the_others(station: Production) -> None:
    done = give(station, NAME, "khong-co", OTHER, NAME)
    assert [each.episode.name for each in done.outcomes] == [NAME, OTHER]
    assert {name: type(why) for name, why in done.refused.items()} == {"khong-co": UsageError}
    assert entries(station).keys() == {NAME, OTHER}
    gone = take_back(station, "khong-co", LATE, OTHER)
    assert (gone.names, gone.refused.keys()) == ((OTHER,), {"khong-co", LATE})
    assert entries(station).keys() == {NAME}


def test_a_draft_that_is_not_whole_does_not_hold_up_the_others(station: Production) -> None:
    (station.workspace.draft(NAME) / f"{NAME}.mp3").write_bytes(b"-")
    done = give(station, NAME, OTHER)
    assert isinstance(done.refused[NAME], BroadcastError)
    assert entries(station).keys() == {OTHER}


@pytest.mark.parametrize(
    ("base_url", "host"),
    [
        ("http://127.0.0.1:8000/", "127.0.0.1"),
        ("http://localhost/", "localhost"),
        ("http://[::1]:80/", "::1"),
        ("http://0.0.0.0/", "0.0.0.0"),
        ("https://radio.example/", ""),
        ("https://localhost.example/", ""),
    ],
)
def test_it_is_known_where_nobody_else_can_listen(
    station: Production, base_url: str, host: str
) -> None:
    settings = station.workspace.station_file
    text = settings.read_text("utf-8").replace("http://127.0.0.1:8000/", base_url)
    settings.write_text(text, "utf-8")
    assert give(station, NAME).only_on == host


def left_of(station: Production, name: str) -> list[str]:
    """The folders of feed/ in which there is anything of an episode."""
    return sorted(file.parent.name for file in station.workspace.feed.rglob(f"{name}*"))


READ, OPEN = Path.read_bytes, Path.open


def unreadable(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let a file of that name be refused, as by rights or by a program that holds it."""

    def read(file: Path) -> bytes:
        if file.name == name:
            raise PermissionError(13, "Permission denied", str(file))
        return READ(file)

    def opened(file: Path, *how: Any, **more: Any) -> Any:
        if file.name == name and "r" in (*how, "r")[0]:
            raise PermissionError(13, "Permission denied", str(file))
        return OPEN(file, *how, **more)

    monkeypatch.setattr(Path, "read_bytes", read)
    monkeypatch.setattr(Path, "open", opened)


def works(station: Production) -> Sequence[Callable[[], object]]:
    return (
        lambda: give(station, OTHER).outcomes or give(station, OTHER).refused[OTHER],
        lambda: write(station),
        lambda: take_back(station, NAME),
        lambda: station.build(),
        lambda: station.read(),
        lambda: status(station.workspace, MORNING),
    )


@pytest.mark.parametrize("name", ["published.json", "takes.json", "feed.json", "feed.xml"])
def test_a_file_that_may_not_be_read_is_not_damaged(
    published: Production, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    unreadable(monkeypatch, name)
    refused = []
    for work in works(published):
        try:
            work()
        except BroadcastError as error:
            refused.append(error)
    assert refused
    for error in refused:
        assert isinstance(error, OutsideError)
        assert Path(str(error.file)).name == name
        assert "damaged" not in str(error)
        assert not any(word in str(error.hint) for word in ("delete", "remove", "backup"))


def test_a_draft_that_may_not_be_read_is_told_so(
    published: Production, monkeypatch: pytest.MonkeyPatch
) -> None:
    unreadable(monkeypatch, "episode.json")
    found = state(published)
    assert (found.draft, found.damage) == (None, None)
    assert found.unread is not None
    assert found.document()["damage"] is None
    refused = give(published, NAME).refused[NAME]
    assert isinstance(refused, OutsideError)
    assert "delete" not in str(refused.hint)
    with pytest.raises(OutsideError, match=r"episode\.json"):
        published.build()


def test_a_drafts_file_that_may_not_be_read_is_named_and_holds_up_nothing_else(
    station: Production, monkeypatch: pytest.MonkeyPatch
) -> None:
    def digest(file: Path) -> str:
        if file.name == f"{NAME}.mp3":
            raise PermissionError(13, "Permission denied", str(file))
        return file_digest(file)

    monkeypatch.setattr(draft, "file_digest", digest)
    done = give(station, NAME, OTHER)
    assert isinstance(done.refused[NAME], OutsideError)
    assert Path(str(done.refused[NAME].file)).name == f"{NAME}.mp3"
    assert entries(station).keys() == {OTHER}


def test_the_record_sheet_makes_a_half_replaced_draft_one_again(station: Production) -> None:
    folder = station.workspace.draft(NAME)
    (folder / ".ready").mkdir()
    (folder / f"{NAME}.vtt").rename(folder / ".ready" / f"{NAME}.vtt")
    booth.sheet(station.read(), station.reporter)
    assert any("now they are all of one build" in each for each in station.reporter.said)
    assert station.draft().is_whole()


def test_a_draft_that_was_half_replaced_is_made_one_again_and_told(station: Production) -> None:
    folder = station.workspace.draft(NAME)
    old = station.files()
    reword(station)
    new = {name: data for name, data in station.files().items() if data}
    # As a kill after the first renaming leaves it: the rest of the new files is decided, not in.
    changed = sorted(name for name in new if new[name] != old.get(name))
    assert len(changed) > 1
    (folder / ".ready").mkdir()
    for name in changed[1:]:
        (folder / ".ready" / name).write_bytes(new[name])
        (folder / name).write_bytes(old.get(name, b""))
    status(station.workspace, MORNING, station.reporter)
    assert any("now they are all of one build" in each for each in station.reporter.said)
    assert {name: data for name, data in station.files().items() if data} == new
    station.reporter.said.clear()
    status(station.workspace, MORNING, station.reporter)
    assert station.reporter.said == []


def test_where_that_cannot_be_it_is_told(
    station: Production, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = station.workspace.draft(NAME) / ".ready"
    ready.mkdir()
    (ready / f"{NAME}.mp3").write_bytes(b"-")

    def refuse(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "replace", refuse)
    status(station.workspace, MORNING, station.reporter)
    (told,) = station.reporter.said
    assert "partly those of another" in told
