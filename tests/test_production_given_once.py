"""What an episode is given when it is published: its number, and the day it leaves the feed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest

from broadcast.errors import UsageError
from broadcast.feed.published import read_published
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

NAMES = (NAME, "duong-moi", "nuoc-sach")
DAY = timedelta(days=1)
NEW_YEAR = datetime.fromisoformat("2026-01-01T06:00+07:00")


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
) -> None:
    done = publish.publish_all(
        station.workspace, names, at, now, station.reporter, clock_is_right=right
    )
    for error in done.refused.values():
        raise error


def write(station: Production, now: datetime, *, right: bool = True) -> int:
    return feed.write_feed(station.workspace, now, station.reporter, clock_is_right=right)


def head(station: Production, lines: str, name: str = NAME) -> None:
    """Give the script a head, and build it."""
    words = station.script(name).read_text("utf-8").rpartition("---\n")[2]
    station.write(f"---\n{lines}\n---\n{words}", name)
    station.build(name)


def entries(station: Production) -> dict[str, Any]:
    parsed = feedparser.parse((station.workspace.feed / "feed.xml").read_bytes())
    return {each.id.removeprefix("guid-of-"): each for each in parsed.entries}


def numbers(station: Production) -> dict[str, tuple[str | None, str | None]]:
    """Season and number of each episode, as feedparser reads them in the feed."""
    return {
        name: (each.get("itunes_season"), each.get("itunes_episode"))
        for name, each in entries(station).items()
    }


def state(station: Production, now: datetime) -> EpisodeState:
    (found,) = [each for each in status(station.workspace, now) if each.name == NAME]
    return found


def due(station: Production, now: datetime) -> list[str]:
    problems = check_site(station.workspace, now, station.reporter)
    return [str(each.message) for each in problems if each.level == "error"]


def test_nothing_is_numbered_unless_the_station_says_so(station: Production) -> None:
    give(station, *NAMES)
    assert set(numbers(station).values()) == {(None, None)}


def test_episodes_are_counted_in_the_order_in_which_they_are_first_published(
    station: Production,
) -> None:
    station.set('[feed]\nnumbering = "count"\n')
    give(station, NAMES[2])
    give(station, NAMES[0], NAMES[1])
    assert numbers(station) == dict(
        zip(NAMES, [(None, "2"), (None, "3"), (None, "1")], strict=True)
    )


def test_a_year_is_a_season_with_numbers_of_its_own(station: Production) -> None:
    station.set('[feed]\nnumbering = "year"\n')
    last_night = NEW_YEAR - timedelta(hours=7)
    give(station, NAMES[0], now=last_night)
    give(station, NAMES[1], NAMES[2], now=NEW_YEAR)
    given = [("2025", "1"), ("2026", "1"), ("2026", "2")]
    assert numbers(station) == dict(zip(NAMES, given, strict=True))
    pages = {name: station.workspace.feed / f"episodes/{name}.html" for name in NAMES}
    assert "Số 2 năm 2026" in pages[NAMES[2]].read_text("utf-8")


def test_a_number_is_kept_whatever_becomes_of_the_episode_the_setting_and_the_others(
    station: Production,
) -> None:
    station.set('[feed]\nnumbering = "year"\n')
    give(station, *NAMES[:2])
    before = numbers(station)
    withdraw.withdraw_all(station.workspace, NAMES[:1], MORNING + DAY, station.reporter)
    give(station, NAMES[2], now=MORNING + DAY)
    assert numbers(station)[NAMES[2]] == ("2025", "3")  # the withdrawn one keeps its own
    station.set('[feed]\nnumbering = "off"\n')
    head(station, "title: Khác")
    give(station, NAMES[0], now=MORNING + 2 * DAY)
    assert numbers(station) == {**before, NAMES[2]: ("2025", "3")}


def test_the_scripts_own_numbers_go_before_and_are_counted_on_from(station: Production) -> None:
    station.set('[feed]\nnumbering = "count"\n')
    head(station, "episode: 51")
    give(station, *NAMES[:2])
    assert numbers(station) == {NAMES[0]: (None, "51"), NAMES[1]: (None, "52")}
    head(station, "episode: 7", NAMES[1])
    give(station, NAMES[1])
    assert numbers(station)[NAMES[1]] == (None, "7")


def test_a_season_of_the_scripts_own_has_numbers_of_its_own(station: Production) -> None:
    station.set('[feed]\nnumbering = "year"\n')
    head(station, "season: 3")
    give(station, *NAMES)
    given = [("3", "1"), ("2025", "1"), ("2025", "2")]
    assert numbers(station) == dict(zip(NAMES, given, strict=True))


def test_what_was_published_without_a_number_gets_none_later(station: Production) -> None:
    give(station, NAME)
    station.set('[feed]\nnumbering = "count"\n')
    head(station, "title: Khác")
    give(station, NAME, NAMES[1])
    assert numbers(station) == {NAME: (None, None), NAMES[1]: (None, "1")}


LAST = MORNING.replace(hour=23, minute=59)
PAST = LAST + timedelta(minutes=1)


@pytest.fixture
def expiring(station: Production) -> Production:
    """A station whose first episode is heard today for the last time, the second for ever."""
    head(station, f"hết hạn: {MORNING:%d/%m/%Y}")
    give(station, *NAMES[:2])
    return station


def test_listeners_find_an_episode_until_its_last_day_is_over(expiring: Production) -> None:
    assert write(expiring, LAST) == 2
    assert state(expiring, LAST).due is None
    found = state(expiring, PAST)
    assert (found.due, found.in_feed, found.waits) == ("expire", True, False)
    assert due(expiring, PAST) == [f"Of {NAME} listeners have it: expired, still in the feed."]
    assert write(expiring, PAST) == 1
    assert f"{NAME} is out of the feed: its last day has passed." in expiring.reporter.said
    assert entries(expiring).keys() == {NAMES[1]}
    (left,) = expiring.workspace.feed.rglob(f"{NAME}*")
    assert "Chương trình này hết hạn ngày 6 tháng 9, 2025." in left.read_text("utf-8")
    document = state(expiring, PAST).document()
    assert (document["state"], document["due"], document["in_feed"]) == ("expired", None, False)
    assert document["expires"] == "2025-09-07T00:00:00+07:00"
    assert due(expiring, PAST) == []


def test_any_writing_takes_out_what_has_expired(expiring: Production) -> None:
    give(expiring, NAMES[2], now=PAST)
    assert entries(expiring).keys() == {NAMES[1], NAMES[2]}


def test_a_clock_that_went_back_takes_nothing_and_brings_nothing_back(
    expiring: Production,
) -> None:
    ago = MORNING - 400 * DAY
    write(expiring, ago)
    assert entries(expiring).keys() == set(NAMES[:2])
    write(expiring, PAST)
    for now in (LAST, ago):
        write(expiring, now)
        assert entries(expiring).keys() == {NAMES[1]}
        assert state(expiring, now).due is None


def test_a_clock_that_is_found_wrong_gives_back_what_it_took(expiring: Production) -> None:
    write(expiring, PAST + 3 * DAY)
    give(expiring, NAME, now=LAST, right=True)
    assert entries(expiring).keys() == set(NAMES[:2])
    write(expiring, LAST)
    assert entries(expiring).keys() == set(NAMES[:2])


def test_what_has_expired_comes_back_with_a_later_day_under_its_guid_and_date(
    expiring: Production,
) -> None:
    before = entries(expiring)[NAME]
    write(expiring, PAST)
    with pytest.raises(UsageError, match="it expires at") as refused:
        give(expiring, NAME, now=PAST)
    assert "expires:" in str(refused.value.hint)
    head(expiring, "expires: 2025-12-31")
    with pytest.raises(UsageError, match="that time is fixed"):
        give(expiring, NAME, now=PAST, at=PAST + DAY)
    give(expiring, NAME, now=PAST)
    after = entries(expiring)[NAME]
    assert (after.id, after.published) == (before.id, before.published)


def test_nothing_is_published_that_listeners_would_never_find(station: Production) -> None:
    head(station, "expires: 2025-09-08")
    with pytest.raises(UsageError, match="it expires at"):
        give(station, NAME, at=MORNING + 5 * DAY)
    assert read_published(station.workspace.published(NAME)) is None


def test_a_station_may_let_every_episode_expire_but_a_scripts_own_day_goes_before(
    station: Production,
) -> None:
    station.set("[feed]\nexpires_days = 30\n")
    head(station, "expires: 2026-01-31")
    give(station, *NAMES[:2])
    station.set("")
    give(station, NAMES[2])
    assert write(station, MORNING + 30 * DAY - timedelta(seconds=1)) == 3
    write(station, MORNING + 30 * DAY)
    assert entries(station).keys() == {NAMES[0], NAMES[2]}
    write(station, MORNING + 200 * DAY)
    assert entries(station).keys() == {NAMES[2]}


def test_a_last_day_that_no_clock_can_tell_never_comes(station: Production) -> None:
    head(station, "expires: 31/12/9999")
    give(station, NAME)
    assert state(station, MORNING).document()["expires"] is None


def test_a_draft_is_made_anew_when_its_last_day_is_another(station: Production) -> None:
    assert station.read().script.front.expires is None
    head(station, "expires: 2026-01-31")
    first = station.draft().record
    head(station, "expires: 2026-02-28")
    assert (station.draft().record.expires, first.expires) != (first.expires, None)
    assert f"{station.draft().record.expires}" == "2026-02-28"
