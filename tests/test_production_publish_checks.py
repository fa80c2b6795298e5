"""Publishing refuses what listeners' programs would stumble over before it writes anything."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from broadcast.errors import BroadcastError, UsageError
from broadcast.feed.published import PublishedEpisode
from broadcast.media.packets import packets_ms
from broadcast.production.public.publish import publish_all
from productions_by_hand import (
    MORNING,
    NAME,
    SCRIPT,
    SETTINGS,
    Notebook,
    Production,
    production_in,
)

DATED = '[words]\nopening = "Chương trình ngày {date}."\n'
NEXT_DAY = MORNING + timedelta(days=1)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    with production_in(tmp_path_factory.mktemp("built")) as made:
        made.build()
        yield made


@pytest.fixture
def here(built: Production, tmp_path: Path) -> Production:
    return built.copied_to(tmp_path / "station")


def give(
    here: Production, at: datetime | None = None, name: str = NAME, **asked: Any
) -> PublishedEpisode:
    done = publish_all(here.workspace, [name], at, MORNING, here.reporter, **asked)
    if done.refused:
        raise done.refused[name]
    return done.outcomes[0].episode


def refused(here: Production, **asked: Any) -> list[str]:
    """The codes of the errors for which nothing is published, and nothing written."""
    with pytest.raises(BroadcastError, match="is not published") as caught:
        give(here, **asked)
    assert caught.value.exit_status == 1
    assert "--force" in str(caught.value.hint)
    assert not here.workspace.published(NAME).exists()
    assert not list(here.workspace.feed.iterdir())
    return [problem.message.code for problem in here.reporter.problems]


def edit(here: Production, **changes: object) -> None:
    file = here.workspace.draft(NAME) / "episode.json"
    file.write_text(json.dumps({**here.episode(), **changes}), "utf-8")


def test_what_is_wrong_with_its_record_is_refused_and_by_force_on_record(here: Production) -> None:
    edit(here, title="Cầu mới " * 40, season=0)
    assert refused(here) == ["entry.title-too-long", "entry.number"]
    forced = give(here, force=True)
    assert forced.forced == ("entry.title-too-long", "entry.number")
    record = json.loads((here.workspace.published(NAME) / "published.json").read_text("utf-8"))
    assert record["forced"] == list(forced.forced)


def test_a_record_that_tells_another_length_than_the_audio_is_refused(here: Production) -> None:
    length_ms = here.episode()["duration_ms"]
    edit(here, duration_ms=length_ms + 3_000)
    assert refused(here) == ["entry.duration"]


def test_the_length_is_that_of_the_packets_whatever_the_head_says(
    here: Production, tmp_path: Path
) -> None:
    whole = (here.workspace.draft(NAME) / f"{NAME}.mp3").read_bytes()
    length_ms = here.episode()["duration_ms"]
    assert abs(packets_ms(here.workspace.draft(NAME) / f"{NAME}.mp3") - length_ms) <= 24
    half = tmp_path / "half.mp3"
    half.write_bytes(whole[: len(whole) * 3 // 4])
    assert packets_ms(half) < length_ms - 500
    half.write_bytes(b"no audio")
    assert packets_ms(half) == 0


def test_an_episode_with_the_guid_of_another_is_refused(here: Production) -> None:
    here.write(SCRIPT, "ban-sao")
    here.build("ban-sao", new_guid=f"guid-of-{NAME}")
    give(here, name="ban-sao")
    with pytest.raises(BroadcastError, match="is not published"):
        give(here)
    told = [one.message.code for one in here.reporter.problems]
    assert told == ["renamed.copy", "entry.guid-of-another"]
    assert not here.workspace.published(NAME).exists()


def test_a_cover_that_directories_do_not_take_is_refused_before_anything_is_written(
    here: Production, tmp_path: Path
) -> None:
    (here.root / "bia.jpg").write_bytes(b"\xff\xd8\xff\xe0 no picture")
    here.set("", SETTINGS.replace("[voices]", 'cover = "bia.jpg"\n[voices]'))
    assert refused(here) == ["cover.damaged"]
    assert give(here, force=True).forced == ("cover.damaged",)


def test_an_address_that_is_the_feeds_own_is_refused(here: Production) -> None:
    here.set("", SETTINGS.replace("8000/", "8000/podcast/feed.xml"))
    assert refused(here) == ["base-url.names-feed"]


def test_a_published_file_that_was_damaged_at_equal_length_is_put_back(here: Production) -> None:
    give(here)
    audio = next(here.workspace.published(NAME).glob("*.mp3"))
    whole = audio.read_bytes()
    audio.write_bytes(whole[:-9] + b"damaged!!")
    give(here)
    assert audio.read_bytes() == whole


def test_a_draft_that_was_built_again_since_it_was_looked_at_is_not_given(
    here: Production,
) -> None:
    looked = here.build().draft.record
    here.write(SCRIPT.replace("Thưa ông", "Thưa bác"))
    here.build()
    with pytest.raises(BroadcastError, match="built again meanwhile"):
        give(here, seen={NAME: looked})
    give(here, seen={NAME: here.build().draft.record})


def test_a_programme_comes_on_no_other_day_than_the_one_it_says(here: Production) -> None:
    here.set("", SETTINGS.replace("[words]\n", DATED))
    here.build()
    with pytest.raises(UsageError, match="says that it is of 6/9/2025") as caught:
        give(here, NEXT_DAY)
    assert "--on 2025-09-07" in str(caught.value.hint)
    here.build(day=date(2025, 9, 7))
    assert give(here, NEXT_DAY).published == NEXT_DAY


def test_one_that_says_no_day_comes_on_any(here: Production) -> None:
    assert give(here, NEXT_DAY).published == NEXT_DAY


def test_without_a_time_another_day_is_no_reason_to_refuse(here: Production) -> None:
    here.set("", SETTINGS.replace("[words]\n", DATED))
    here.build()
    done = publish_all(here.workspace, [NAME], None, NEXT_DAY, Notebook())
    assert not done.refused
