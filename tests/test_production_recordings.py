"""Recordings and the words they were made for: which are heard, and how often they are read."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from broadcast.cache import Cache, file_digest
from broadcast.errors import BroadcastError, UsageError
from broadcast.production import booth
from broadcast.production.booth import found_recordings
from broadcast.production.desk.inputs import Inputs
from broadcast.recordings import listen, standing
from productions_by_hand import (
    FIRST,
    LAM,
    NAME,
    SCRIPT,
    SECOND,
    Notebook,
    Production,
    new_production,
    openings,
    reasons_of,
    record,
)

ANSWERS = [
    "Năm nay đường xá trong thôn đã được sửa xong.",
    "Trường học mới sẽ mở cửa đón các cháu vào tháng chín.",
    "Trạm y tế có thêm hai bác sĩ trẻ về làm việc.",
    "Chợ phiên vẫn họp vào mỗi sáng chủ nhật.",
    "Nhà văn hoá thôn đang chờ bà con đến góp ý.",
    "Xin chúc tất cả bà con một mùa vụ bội thu.",
]


@pytest.fixture
def bridge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Production:
    return new_production(tmp_path / "station", monkeypatch)


def interview(answers: Sequence[str], speaker: str = LAM) -> str:
    asked = (f"Phóng viên: Còn việc thứ {n} thì sao, thưa ông?" for n in range(len(answers)))
    turns = (f"{ask}\n\n{speaker}: {answer}" for ask, answer in zip(asked, answers, strict=True))
    return "\n\n".join(["Chuyện trong thôn", *turns]) + "\n"


def take(station: Production, n: int) -> tuple[str, str | None, bool]:
    """How the draft says a numbered turn is heard."""
    found = station.turn(n)["take"]
    return found["kind"], found["file"], found["stale"]


def swaps(inputs: Inputs, files: dict[int, Path]) -> list[booth.Swap]:
    return [booth.Swap(booth.turn_named(inputs, str(n)), (file,)) for n, file in files.items()]


@pytest.mark.parametrize(("age_s", "believed"), [(-3_600, False), (1.9, False), (2.1, True)])
def test_a_files_bytes_are_believed_once_it_has_rested_for_two_seconds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, age_s: float, believed: bool
) -> None:
    """It is written to again at once, and keeps its size and its time."""
    cache = Cache(tmp_path / "cache", 1 << 20)
    file = tmp_path / "02.wav"
    file.write_bytes(b"half")
    facts = file.stat()
    monkeypatch.setattr(listen, "time", SimpleNamespace(time=lambda: facts.st_mtime + age_s))
    first = listen.digest(file, cache)
    file.write_bytes(b"full")
    os.utime(file, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert (listen.digest(file, cache) == first) is believed
    assert (listen.digest(file, cache) == file_digest(file)) is not believed


def test_a_recording_that_was_still_being_copied_is_heard_whole_in_the_next_build(
    bridge: Production,
) -> None:
    file = bridge.record("02.wav", FIRST)
    whole = file.read_bytes()
    half = bytearray(whole)
    half[len(half) // 2 :] = bytes(len(half) - len(half) // 2)
    file.write_bytes(half)
    moment_ns = file.stat().st_mtime_ns
    bridge.build()
    shorter_ms = bridge.turn(2)["end_ms"] - bridge.turn(2)["start_ms"]
    file.write_bytes(whole)
    os.utime(file, ns=(moment_ns, moment_ns))
    os.utime(bridge.script())  # so that the build looks again
    assert "2: another recording" in reasons_of(bridge.build())
    longer_ms = bridge.turn(2)["end_ms"] - bridge.turn(2)["start_ms"]
    assert longer_ms > shorter_ms + 300


NEW_WORDS = FIRST.replace("sớm hơn một tháng", "muộn hơn một tháng")
OTHER_WORDS = "Việc ấy tôi xin trả lời sau khi có đủ số liệu."


def test_like_words_keep_their_take_though_the_speaker_is_written_otherwise(
    bridge: Production,
) -> None:
    bridge.record("02.wav", FIRST)
    bridge.build()
    bridge.write(SCRIPT.replace(LAM, "Ông Đỗ Văn Lâm – Chủ tịch xã").replace(FIRST, NEW_WORDS))
    bridge.build()
    assert take(bridge, 2) == ("recorded", "02.wav", True)
    (stale,) = [problem for problem in bridge.reporter.problems if problem.line is None]
    assert str(stale.placed) == "turn 2: 02.wav was recorded for other words: it is used"
    assert "[sớm → muộn]" in (str(stale.hint or ""))


def test_quite_other_words_leave_it_without_a_turn_and_the_build_names_it(
    bridge: Production,
) -> None:
    bridge.record("02.wav", FIRST)
    bridge.build()
    assert bridge.reporter.problems == []
    bridge.write(SCRIPT.replace(LAM, "Ông Đỗ Văn Hải").replace(FIRST, OTHER_WORDS))
    bridge.build()
    assert take(bridge, 2)[0] == "synthetic"
    (told,) = bridge.reporter.problems
    assert str(told.message) == (
        "02.wav is not used: no turn has its words, or words like them "
        f"({LAM}: Cầu thông xe đúng ngày lễ, sớm hơn …)"
    )
    assert "broadcast swap" in (str(told.hint or ""))


@pytest.mark.parametrize(("changed", "like"), [(4, True), (5, False)])
def test_words_are_like_each_other_with_half_of_them_in_common(
    bridge: Production, changed: int, like: bool
) -> None:
    words = ["một", "hai", "ba", "bốn", "năm", "sáu", "bảy"]
    bridge.write(SCRIPT.replace(FIRST, "Số " + " ".join(words) + "."))
    bridge.record("02.wav", " ".join(words))
    bridge.build()
    words[-changed:] = ["khác"] * changed
    renamed = SCRIPT.replace(LAM, "Ông Đỗ Văn Hải")
    bridge.write(renamed.replace(FIRST, "Số " + " ".join(words) + "."))
    bridge.build()
    assert take(bridge, 2)[0] == ("recorded" if like else "synthetic")


def test_a_take_does_not_go_to_another_speaker_while_its_own_is_in_the_script(
    bridge: Production,
) -> None:
    bridge.record("02.wav", FIRST)
    bridge.build()
    bridge.write(SCRIPT.replace(f"{LAM}: {FIRST}", f"Bà Lê Thị Hoa: {NEW_WORDS}"))
    bridge.build()
    assert bridge.turn(2)["speaker"] == "Bà Lê Thị Hoa"
    assert take(bridge, 2)[0] == "synthetic"
    (told,) = bridge.reporter.problems
    assert str(told.message).startswith("02.wav is not used")


def test_a_take_that_was_put_aside_is_not_missed(bridge: Production) -> None:
    bridge.record("02.wav", FIRST)
    read = bridge.read()
    booth.go_back(read, booth.turn_named(read, "2"), bridge.reporter)
    bridge.write(SCRIPT.replace(FIRST, OTHER_WORDS))
    bridge.build()
    assert bridge.reporter.problems == []


def test_one_whose_file_was_put_away_is_not_missed_either(bridge: Production) -> None:
    file = bridge.record("02.wav", FIRST)
    bridge.build()
    bridge.write(SCRIPT.replace(FIRST, OTHER_WORDS))
    file.unlink()
    bridge.build()
    assert bridge.reporter.problems == []


def test_it_is_named_at_each_build_until_something_is_done_and_comes_back_with_its_words(
    bridge: Production,
) -> None:
    bridge.record("02.wav", FIRST)
    bridge.build()
    for answer in (OTHER_WORDS, OTHER_WORDS + " Cảm ơn."):
        bridge.write(SCRIPT.replace(FIRST, answer))
        told = Notebook()
        bridge.build(reporter=told)
        assert [str(problem.message)[:18] for problem in told.problems] == ["02.wav is not used"]
    bridge.write(SCRIPT)
    told = Notebook()
    bridge.build(reporter=told)
    assert told.problems == []
    assert take(bridge, 2) == ("recorded", "02.wav", False)


def test_a_recording_that_cannot_be_used_stops_the_build_and_the_draft_stays(
    bridge: Production,
) -> None:
    bridge.build()
    before = bridge.files()
    (bridge.workspace.recordings(NAME)).mkdir()
    (bridge.workspace.recordings(NAME) / "02.wav").write_bytes(b"half a")
    with pytest.raises(BroadcastError, match="a recording cannot be used") as caught:
        bridge.build()
    assert caught.value.exit_status == 1
    assert "broadcast unswap cau-moi TURN" in (str(caught.value.hint or ""))
    (told,) = bridge.reporter.problems
    assert str(told.placed).startswith("turn 2: 02.wav: ")
    assert bridge.files() == before


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often takes are paired and found: once for what was read, once for what is decided."""
    calls: Counter[str] = Counter()

    def count(room: Any, name: str) -> None:
        whole = getattr(room, name)

        def counting(*arguments: Any, **named: Any) -> Any:
            calls[name] += 1
            return whole(*arguments, **named)

        monkeypatch.setattr(room, name, counting)

    count(standing, "pair")
    count(found_recordings, "found_in")
    return calls


@pytest.mark.parametrize("count", [1, 6])
@pytest.mark.parametrize("from_folder", [False, True])
def test_a_swap_reads_everything_once_however_many_recordings_it_brings(
    bridge: Production, tmp_path: Path, counted: Counter[str], count: int, from_folder: bool
) -> None:
    bridge.write(interview(ANSWERS))
    bridge.record("12.wav", ANSWERS[5], "trước")
    bridge.settle()
    bridge.build()
    counted.clear()
    files = {
        2 * n: record(tmp_path / "phone" / f"{2 * n}.wav", words)
        for n, words in enumerate(ANSWERS[:count], 1)
    }
    with openings() as opened:
        inputs = bridge.read()
        if from_folder:
            planned = booth.plan_of_folder(inputs, tmp_path / "phone", bridge.reporter)
            assert {one.turn.n: one.file for one in planned if one.turn} == files
            chosen = [booth.Swap(one.turn, (one.file,)) for one in planned if one.turn]
        else:
            chosen = swaps(inputs, files)
        inputs, kept = booth.swap(inputs, chosen, bridge.reporter)
        bridge.build(inputs=inputs)
    assert len(kept) == count
    assert bridge.reporter.built_again == 0
    assert [opened[file] for file in ("station.toml", f"{NAME}.txt", "takes.json")] == [1, 1, 1]
    assert counted == {"pair": 2, "found_in": 1}
    assert [take(bridge, n) for n in files] == [
        ("recorded", f"{n:02}.wav" if n < 12 else "12 (2).wav", False) for n in files
    ]


def test_a_swap_of_several_is_refused_whole(bridge: Production, tmp_path: Path) -> None:
    bridge.build()
    good = record(tmp_path / "a.wav", FIRST)
    bad = tmp_path / "b.wav"
    bad.write_bytes(b"half a")
    inputs = bridge.read()
    with pytest.raises(BroadcastError, match="turn 4 stays as it is"):
        booth.swap(inputs, swaps(inputs, {2: good, 4: bad}), bridge.reporter)
    with pytest.raises(UsageError, match="There is no file"):
        booth.swap(inputs, swaps(inputs, {2: good, 4: tmp_path / "c.wav"}), bridge.reporter)
    assert not bridge.workspace.recordings(NAME).exists()
    assert not bridge.build().reasons


def test_two_of_a_swap_may_be_one_sound_and_it_is_kept_once(
    bridge: Production, tmp_path: Path
) -> None:
    long = record(tmp_path / "cả buổi.wav", f"{FIRST} {SECOND}")
    inputs = bridge.read()
    first, second = swaps(inputs, {2: long, 4: long})
    both = [
        booth.Swap(first.turn, first.files, None, 1_300),
        booth.Swap(second.turn, second.files, 1_300, None),
    ]
    inputs, kept = booth.swap(inputs, both, bridge.reporter)
    assert [file.name for file in kept] == ["02 cả buổi.wav"]
    bridge.build(inputs=inputs)
    assert take(bridge, 2)[1] == take(bridge, 4)[1] == "02 cả buổi.wav"


def test_what_a_killed_swap_had_copied_is_removed_by_the_next_command(bridge: Production) -> None:
    folder = bridge.workspace.recordings(NAME)
    bridge.record("02.wav", FIRST)
    (folder / ".copying 04 ong-lam.wav").write_bytes(b"half a voice")
    bridge.build()
    assert not list(folder.glob(".copying *"))
    assert bridge.turn(2)["take"]["file"] == "02.wav"
