"""What listeners' programs would not take of an episode is found before it is written anywhere."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from broadcast.feed.check_entry import NEAR_MS, entry_problems
from broadcast.feed.published import PublishedEpisode
from broadcast.model import ChapterMark
from feeds_by_hand import Shelf


@pytest.fixture(scope="module")
def episode(tmp_path_factory: pytest.TempPathFactory) -> PublishedEpisode:
    return Shelf(tmp_path_factory.mktemp("shelf")).episode()


def codes(
    episode: PublishedEpisode,
    before: PublishedEpisode | None = None,
    others: tuple[PublishedEpisode, ...] = (),
    off_ms: int = 0,
) -> list[str]:
    problems = list(entry_problems(episode, before, others, episode.duration_ms + off_ms))
    assert all(problem.level == "error" and problem.hint for problem in problems)
    return [problem.message.code for problem in problems]


def test_a_good_episode_has_no_error(episode: PublishedEpisode) -> None:
    assert codes(episode) == codes(episode, episode, (episode,), NEAR_MS) == []


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("entry.title-too-long", {"title": "ê" * 256}),
        ("entry.number", {"season": 0}),
        ("entry.number", {"episode": 0}),
        ("entry.no-guid", {"guid": "  "}),
        ("entry.chapters", {"chapters": (ChapterMark(10**9, "Sau khi hết"),)}),
        ("entry.chapters", {"chapters": (ChapterMark(90, "Hai"), ChapterMark(10, "Một"))}),
        ("entry.chapters", {"chapters": (ChapterMark(10, "Một"), ChapterMark(10, "Cũng"))}),
    ],
)
def test_each_fault_of_a_record_is_named(
    episode: PublishedEpisode, code: str, changes: dict[str, Any]
) -> None:
    assert codes(replace(episode, **changes)) == [code]


def test_a_title_of_255_characters_is_taken(episode: PublishedEpisode) -> None:
    assert codes(replace(episode, title="ê" * 255)) == []


@pytest.mark.parametrize("off_ms", [-1_000, NEAR_MS + 1])
def test_audio_of_another_length_than_the_record_is_named(
    episode: PublishedEpisode, off_ms: int
) -> None:
    assert codes(episode, off_ms=off_ms) == ["entry.duration"]


def test_a_guid_that_changes_or_is_anothers_is_named(episode: PublishedEpisode) -> None:
    before = replace(episode, guid="before")
    assert codes(episode, before) == ["entry.guid-changed"]
    other = replace(episode, name="khac")
    assert codes(episode, others=(before, other)) == ["entry.guid-of-another"]
