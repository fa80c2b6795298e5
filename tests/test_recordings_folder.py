"""Files come into a recordings folder under clear names, and none is ever changed."""

from __future__ import annotations

import os
import sys
import unicodedata
from pathlib import Path

import pytest

from broadcast.cache import file_digest
from broadcast.errors import BroadcastError
from broadcast.recordings.folder import (
    audio_files,
    digests_in,
    drop_staged,
    show_staged,
    stage,
)


def put(folder: Path, **files: bytes) -> None:
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name.replace("_", ".")).write_bytes(content)


def copy_in(source: Path, folder: Path, prefix: str, present: dict[str, str]) -> Path:
    name = stage(source, folder, prefix, present)
    show_staged(folder, {name: file_digest(source)})
    return folder / name


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_that_is_no_text_is_an_error_that_shows_it(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/03 \xe2\xea.wav")).write_bytes(b"RIFF")
    with pytest.raises(BroadcastError, match=r"“03 ��[.]wav” cannot be read"):
        audio_files(tmp_path)


def test_files_stand_in_the_order_a_person_counts(tmp_path: Path) -> None:
    for name in [
        "10.wav",
        "03 retake 10.m4a",
        "03.wav",
        "3 retake 2.m4a",
        "03 retake.m4a",
        "lead.ogg",
    ]:
        (tmp_path / name).write_bytes(b"")
    assert [file.name for file in audio_files(tmp_path)] == [
        "03.wav",
        "03 retake.m4a",
        "3 retake 2.m4a",
        "03 retake 10.m4a",
        "10.wav",
        "lead.ogg",
    ]


def test_what_is_no_recording_is_passed_over(tmp_path: Path) -> None:
    for name in [
        "takes.json",
        ".takes.json.new",
        "._03.wav",
        ".copying 03",
        "03.docx",
        "Thumbs.db",
    ]:
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "04.wav").mkdir()
    assert audio_files(tmp_path) == ()
    assert audio_files(tmp_path / "not there") == ()


def test_a_copy_has_a_clear_name_and_the_same_bytes(tmp_path: Path) -> None:
    source = tmp_path / "Bản ghi: mới.M4A" if os.name == "posix" else tmp_path / "Bản ghi mới.M4A"
    source.write_bytes(b"voice")
    copy = copy_in(source, tmp_path / "recordings", "03", {})
    assert copy.name == "03 Bản ghi mới.m4a"
    assert copy.read_bytes() == source.read_bytes() == b"voice"
    assert [file.name for file in copy.parent.iterdir()] == [copy.name]


@pytest.mark.parametrize(
    ("name", "copied"),
    [
        ("03.wav", "03.wav"),
        ("3 retake.wav", "03 retake.wav"),
        ("13.wav", "03 13.wav"),
        ("turn 3.wav", "03.wav"),
        ("Lượt 3 quay lại.wav", "03 quay lại.wav"),
        (unicodedata.normalize("NFD", "Bà Nguyệt.WAV"), "03 Bà Nguyệt.wav"),
        ("x" * 200 + ".wav", "03 " + "x" * 77 + ".wav"),
    ],
)
def test_the_turns_number_is_not_said_twice(tmp_path: Path, name: str, copied: str) -> None:
    (tmp_path / name).write_bytes(b"voice")
    assert copy_in(tmp_path / name, tmp_path / "in", "03", {}).name == copied


def test_a_file_of_that_name_is_never_overwritten(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    put(folder, **{"03_wav": b"first", "03 (2)_wav": b"second"})
    put(tmp_path, **{"3_wav": b"third"})
    assert copy_in(tmp_path / "3.wav", folder, "03", digests_in(folder)).name == "03 (3).wav"
    contents = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert contents == {"03.wav": b"first", "03 (2).wav": b"second", "03 (3).wav": b"third"}


def test_it_is_not_overwritten_where_there_are_no_hard_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(self: Path, target: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refused)
    folder = tmp_path / "in"
    put(folder, **{"03_wav": b"first"})
    put(tmp_path, **{"3_wav": b"second"})
    assert copy_in(tmp_path / "3.wav", folder, "03", {}).read_bytes() == b"second"
    assert (folder / "03.wav").read_bytes() == b"first"
    assert len(list(folder.iterdir())) == 2


def test_a_sound_that_is_there_is_not_copied_again(tmp_path: Path) -> None:
    put(tmp_path, **{"long interview_wav": b"voice"})
    folder = tmp_path / "in"
    first = copy_in(tmp_path / "long interview.wav", folder, "03", {})
    again = copy_in(tmp_path / "long interview.wav", folder, "05", digests_in(folder))
    assert again == first
    assert copy_in(first, folder, "07", digests_in(folder)) == first
    assert len(audio_files(folder)) == 1


def test_what_a_killed_copy_left_does_not_stand_in_the_way(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / ".copying 03.wav").write_bytes(b"half a voice that was longer")
    put(tmp_path, **{"03_wav": b"voice"})
    assert copy_in(tmp_path / "03.wav", folder, "03", {}).read_bytes() == b"voice"
    assert [file.name for file in folder.iterdir()] == ["03.wav"]


def test_a_copy_is_seen_only_when_it_is_whole_and_remembered(tmp_path: Path) -> None:
    put(tmp_path, a_wav=b"voice", b_wav=b"other voice")
    folder = tmp_path / "in"
    first = stage(tmp_path / "a.wav", folder, "03", {})
    assert audio_files(folder) == ()
    show_staged(folder, {})
    show_staged(folder, {first: "another sound's digest"})
    assert audio_files(folder) == ()
    put(folder, **{"03 a (2)_wav": b"there before"})
    show_staged(folder, {first: file_digest(tmp_path / "a.wav")})
    assert (folder / first).read_bytes() == b"voice"
    assert len(list(folder.iterdir())) == 2


def test_two_files_of_one_name_are_both_kept(tmp_path: Path) -> None:
    put(tmp_path / "monday", answer_m4a=b"first half")
    put(tmp_path / "tuesday", answer_m4a=b"second half")
    folder, present = tmp_path / "in", dict[str, str]()
    for day in ("monday", "tuesday"):
        source = tmp_path / day / "answer.m4a"
        present[stage(source, folder, "03", present)] = file_digest(source)
    assert list(present) == ["03 answer.m4a", "03 answer (2).m4a"]
    show_staged(folder, present)
    assert (folder / "03 answer.m4a").read_bytes() == b"first half"
    assert (folder / "03 answer (2).m4a").read_bytes() == b"second half"


def test_what_was_swapped_in_counts_whatever_its_ending(tmp_path: Path) -> None:
    put(tmp_path, **{"03_wav": b"voice", "04 answer_dat": b"other voice"})
    assert list(digests_in(tmp_path, known=["04 answer.dat", "gone.dat"])) == [
        "03.wav",
        "04 answer.dat",
    ]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BroadcastError, match=r"nowhere\.wav"):
        copy_in(tmp_path / "nowhere.wav", tmp_path / "in", "03", {})


def test_copies_that_nobody_awaits_are_removed_and_one_that_is_awaited_is_kept(
    tmp_path: Path,
) -> None:
    put(tmp_path, a_wav=b"voice")
    folder = tmp_path / "in"
    awaited = stage(tmp_path / "a.wav", folder, "03", {})
    digest = file_digest(tmp_path / "a.wav")
    put(folder, **{".copying 05_wav": b"half", ".copying 06 b_mp3": b"another half"})
    put(folder, **{awaited.replace(".", "_"): b"somebody's own, under its name"})
    drop_staged(folder, {awaited: digest, "05.wav": "the digest of the whole"})
    assert {file.name for file in folder.iterdir()} == {awaited, f".copying {awaited}"}
    # Killed between the two halves of a renaming, the same sound has both names.
    (folder / awaited).write_bytes(b"voice")
    drop_staged(folder, {awaited: digest})
    assert [file.name for file in folder.iterdir()] == [awaited]
