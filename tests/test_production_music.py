"""What is played where: the cues of a script and the station's music, among turns as they go out.

Cues take effect after a numbered turn; the opening and the closing have no number.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from broadcast.errors import BroadcastError
from broadcast.model import (
    Cue,
    CueKind,
    Insert,
    Music,
    MusicPart,
    Paragraph,
    Role,
    Script,
    Turn,
    TurnKind,
)
from broadcast.production.making.music import Played, played


def turn(kind: TurnKind, role: Role, n: int | None = None) -> Turn:
    return Turn(kind, role, role, (Paragraph(0, "Vâng."),), id=f"{kind} {n}", n=n)


# Where a turn stands in order of air, 0 to 5: the opening, two questions with answers, the closing.
TURNS = (
    turn("opening", "presenter"),
    turn("turn", "reporter", 1),
    turn("turn", "official", 2),
    turn("turn", "reporter", 3),
    turn("turn", "official", 4),
    turn("closing", "presenter"),
)
END = len(TURNS)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("intro", "outro", "sting", "bed", "rain", "sea"):
        (tmp_path / name).write_text(name)
    return tmp_path


def music(root: Path, *names: str, under: tuple[TurnKind, ...] = ()) -> Music:
    """The station's music: files named like the settings."""
    return Music(**{name: root / name for name in names}, bed_under=under)


def cue(kind: CueKind, after: int, file: str | None = None, ms: int | None = None) -> Cue:
    return Cue(10 + after, kind, after, file, end_ms=ms)


def play(
    root: Path, *cues: Cue, music: Music | None = None, turns: Sequence[Turn] = TURNS
) -> Played:
    script = Script(root / "s.txt", "vi", "Mùa biển", tuple(turns), cues=cues)
    return played(script, music or Music(), turns, root)


def beds(found: Played) -> list[tuple[int, int, str]]:
    return [(bed.first, bed.end, bed.music.file.name) for bed in found.beds]


def inserts(found: Played) -> dict[int, list[str]]:
    return {at: [one.file.name for one in several] for at, several in found.before.items()}


@pytest.mark.parametrize(("after", "under"), [(0, 1), (1, 2), (3, 4), (4, 5)])
def test_a_bed_whose_end_is_not_told_lies_under_one_turn(
    root: Path, after: int, under: int
) -> None:
    assert beds(play(root, cue("bed", after, "rain"))) == [(under, under + 1, "rain")]


@pytest.mark.parametrize(("ends_after", "end"), [(1, 2), (2, 3), (3, 4), (4, 5)])
def test_a_bed_whose_end_is_told_lies_under_the_turns_up_to_there(
    root: Path, ends_after: int, end: int
) -> None:
    found = play(root, cue("bed", 0, "rain"), cue("bed end", ends_after))
    assert beds(found) == [(1, end, "rain")]


def test_a_bed_that_ends_where_it_begins_lies_under_one_turn(root: Path) -> None:
    found = play(root, cue("bed", 1, "rain"), cue("bed end", 1))
    assert beds(found) == [(2, 3, "rain")]


def test_the_end_of_a_bed_is_no_end_of_the_one_before(root: Path) -> None:
    found = play(root, cue("bed", 0, "rain"), cue("bed", 2, "sea"), cue("bed end", 4))
    assert beds(found) == [(1, 2, "rain"), (3, 5, "sea")]


def test_other_cues_do_not_end_a_bed(root: Path) -> None:
    found = play(root, cue("bed", 0, "rain"), cue("pause", 2), cue("bed end", 3))
    assert beds(found) == [(1, 4, "rain")]


def test_a_bed_after_the_last_turn_of_all_lies_under_nothing(root: Path) -> None:
    ends = (cue("bed", 4, "rain"), cue("bed end", 4))
    for cues in (ends, ends[:1]):
        assert play(root, *cues, turns=TURNS[:5]).beds == ()


def test_what_is_played_between_turns_parts_the_bed_under_them(root: Path) -> None:
    found = play(root, cue("bed", 0, "rain"), cue("music", 2, "sea"), cue("bed end", 4))
    assert beds(found) == [(1, 3, "rain"), (3, 5, "rain")]
    assert inserts(found) == {3: ["sea"]}


def test_the_stations_bed_lies_under_the_kinds_of_turns_it_is_for(root: Path) -> None:
    found = play(root, music=music(root, "bed", under=("opening", "closing")))
    assert beds(found) == [(0, 1, "bed"), (5, 6, "bed")]
    found = play(root, music=music(root, "bed", under=("turn",)))
    assert beds(found) == [(1, 5, "bed")]


def test_a_bed_in_the_script_goes_before_the_stations(root: Path) -> None:
    found = play(root, cue("bed", 1, "rain"), music=music(root, "bed", under=("turn",)))
    assert beds(found) == [(1, 2, "bed"), (2, 3, "rain"), (3, 5, "bed")]


def test_a_cue_that_names_no_music_plays_the_stations(root: Path) -> None:
    found = play(root, cue("bed", 0), cue("music", 2), music=music(root, "intro", "sting", "bed"))
    assert beds(found) == [(1, 2, "bed")]
    assert inserts(found) == {0: ["intro"], 3: ["sting"]}
    assert found.problems == ()


@pytest.mark.parametrize(
    "cues",
    [
        (("intro", 0), ("outro", 4)),
        ((None, 0), (None, 4)),
        (("intro", 0), ("intro", 4)),
        (("intro", 0), ("intro", 0), ("outro", 4), ("outro", 4)),
    ],
)
def test_intro_and_outro_are_heard_once_however_often_they_are_asked_for(
    root: Path, cues: tuple[tuple[MusicPart | None, int], ...]
) -> None:
    asked = (Cue(after, "music", after, part=part) for part, after in cues)
    found = play(root, *asked, music=music(root, "intro", "outro", "sting"))
    assert inserts(found) == {0: ["intro"], 3: ["sting"], END: ["outro"]}
    assert found.problems == ()


@pytest.mark.parametrize(("part", "after"), [("intro", 2), ("outro", 0), ("intro", 4)])
def test_one_asked_for_elsewhere_is_told_and_not_heard_again(
    root: Path, part: MusicPart, after: int
) -> None:
    has = ("intro",) if part == "intro" else ("outro",)
    found = play(root, Cue(9, "music", after, part=part), music=music(root, *has))
    assert inserts(found) == {0 if part == "intro" else END: [part]}
    assert [(one.line, one.level) for one in found.problems] == [(9, "warning")]


@pytest.mark.parametrize("asked", [("rain", "intro"), ("intro", None), ("intro", "intro")])
def test_an_intro_that_names_its_file_is_heard_in_place_of_the_stations(
    root: Path, asked: tuple[str, MusicPart | None]
) -> None:
    file, part = asked
    found = play(root, Cue(1, "music", 0, file, part=part), music=music(root, "intro", "outro"))
    assert inserts(found) == {1: [file], END: ["outro"]}


def test_the_outro_that_names_its_file_is_heard_in_place_of_the_stations(root: Path) -> None:
    found = play(root, Cue(9, "music", 4, "sea", part="outro"), music=music(root, "outro"))
    assert inserts(found) == {5: ["sea"]}


@pytest.mark.parametrize(
    ("asked", "has"),
    [
        (cue("music", 0), ("bed", "outro")),
        (cue("music", 2), ("intro", "outro", "bed")),
        (cue("bed", 0), ("intro", "sting", "outro")),
        (cue("clip", 0), ("intro", "sting", "outro", "bed")),
        (Cue(10, "music", 2, part="sting"), ("intro", "outro")),
        (Cue(10, "music", 0, part="intro"), ("sting", "outro")),
    ],
)
def test_a_cue_that_names_nothing_to_play_plays_nothing_in_its_stead(
    root: Path, asked: Cue, has: tuple[str, ...]
) -> None:
    found = play(root, asked, cue("music", 1, "sea"), music=music(root, *has))
    told = [(one.line, one.level, str(one.message)) for one in found.problems]
    assert [(line, level) for line, level, _ in told] == [(asked.line, "warning")]
    assert "nothing" in told[0][2]
    without = play(root, cue("music", 1, "sea"), music=music(root, *has))
    assert (found.before, found.beds) == (without.before, without.beds)


def test_pauses_are_as_long_as_they_say_or_two_seconds_and_add_up(root: Path) -> None:
    cues = (cue("pause", 0), cue("pause", 2, ms=700), cue("pause", 2, ms=300), cue("pause", 4))
    assert play(root, *cues).pauses_ms == {0: 2_000, 2: 1_000, 4: 2_000}


def test_cues_stand_in_their_order_between_the_stations_intro_and_outro(root: Path) -> None:
    first, last = TURNS[1:3]
    cues = (cue("clip", 0, "rain"), cue("music", 0, "sea"), cue("clip", 2, "sea"))
    found = play(root, *cues, music=music(root, "intro", "outro"), turns=(first, last))
    assert inserts(found) == {0: ["intro", "rain", "sea"], 2: ["sea", "outro"]}
    assert [one.kind for one in found.before[0]] == ["music", "clip", "music"]


def test_the_sting_stands_between_an_answer_and_the_next_question(root: Path) -> None:
    assert inserts(play(root, music=music(root, "sting"))) == {3: ["sting"]}


@pytest.mark.parametrize("taken", [cue("clip", 2, "rain"), cue("bed", 2, "rain")])
def test_no_sting_stands_where_the_script_has_something(root: Path, taken: Cue) -> None:
    found = play(root, taken, music=music(root, "sting"))
    assert "sting" not in [name for names in inserts(found).values() for name in names]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (turn("turn", "official", 1), turn("byline", "reporter")),
        (turn("turn", "official", 1), turn("turn", "official", 2)),
        (turn("turn", "presenter", 1), turn("turn", "reporter", 2)),
    ],
)
def test_no_sting_stands_where_no_question_follows_an_answer(
    root: Path, before: Turn, after: Turn
) -> None:
    assert inserts(play(root, music=music(root, "sting"), turns=(before, after))) == {}


@pytest.mark.parametrize(
    ("asked", "music", "told"),
    [
        ((cue("clip", 2, "gió"),), Music(), ("s.txt", 12)),
        ((), Music(outro=Path("gió")), ("station.toml", None)),
    ],
)
def test_music_that_is_not_there_is_an_error_where_it_is_named(
    root: Path, asked: tuple[Cue, ...], music: Music, told: tuple[str, int | None]
) -> None:
    with pytest.raises(BroadcastError, match="There is no music file") as error:
        play(root, *asked, music=music)
    assert error.value.file
    assert (error.value.file.name, error.value.line) == told


def test_an_insert_has_the_points_that_its_cue_gives(root: Path) -> None:
    found = play(root, Cue(7, "clip", 1, "rain", 500, 1_500))
    ((insert,),) = found.before.values()
    assert isinstance(insert, Insert)
    assert (insert.start_ms, insert.end_ms, insert.line) == (500, 1_500, 7)
