"""The tag says what the episode is, to mutagen and to players, and leaves the audio alone."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import av
import pytest
from mutagen.id3 import ID3

from broadcast.metadata.chapters import chapters
from broadcast.metadata.languages import iso_639_2
from broadcast.metadata.tags import tags_of
from broadcast.model import ChapterMark, Episode, Question
from timelines_by_hand import (
    ANSWER_1,
    GUEST,
    QUESTION_1,
    QUESTION_2,
    episode_of,
    interview_turns,
    mp3,
    timeline_of,
)

COVER = b"\x89PNG\r\n\x1a\nnot really a picture"


@pytest.fixture
def episode() -> Episode:
    return episode_of(timeline_of(interview_turns()))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "nam-moi.mp3"
    file.write_bytes(mp3())
    return file


def write_tags(file: Path, episode: Episode, cover: bytes | None) -> None:
    tags = tags_of(episode, cover)
    file.write_bytes(tags.head + mp3() + tags.tail)


def frames_in_order(file: Path) -> list[tuple[str, int]]:
    """The frames of an ID3v2.4 tag as they lie in the file, read by the standard alone."""
    data = file.read_bytes()

    def synchsafe(four: bytes) -> int:
        return sum(byte << shift for byte, shift in zip(four, (21, 14, 7, 0), strict=True))

    assert data[:6] == b"ID3\x04\x00\x00"  # 2.4, no unsynchronisation, extended header or footer
    position, end, found = 10, 10 + synchsafe(data[6:10]), []
    while position < end:
        size = synchsafe(data[position + 4 : position + 8])
        found.append((data[position : position + 4].decode(), size))
        position += 10 + size
    return found


def test_the_facts_are_in_the_tag(file: Path, episode: Episode) -> None:
    write_tags(file, episode, COVER)
    tag = ID3(file, translate=False)
    texts = {
        "TIT2": "Năm mới ở Mũi Sò",
        "TALB": "Tiếng nói Mũi Sò",
        "TPE1": "Đài Truyền thanh Mũi Sò",
        "TPUB": "Đài Truyền thanh Mũi Sò",
        "TCON": "Podcast",
        "TLAN": "vie",
        "TDRC": "2026-02-05",
        "TRCK": "7",
        "TPOS": "2",
    }
    assert {key: str(tag[key]) for key in texts} == texts
    assert tag["APIC:"].data == COVER
    assert tag["APIC:"].mime == "image/png"


def test_the_synthetic_voice_is_said_in_words_and_for_machines(
    file: Path, episode: Episode
) -> None:
    write_tags(file, episode, None)
    tag = ID3(file)
    assert "giọng đọc của máy tính" in str(tag["COMM::vie"])
    assert str(tag["TXXX:ai-content"]) == "true"
    assert f"{GUEST} (giọng đọc tổng hợp): {ANSWER_1}" in tag["USLT::vie"].text


def test_recorded_answers_leave_no_such_words(file: Path) -> None:
    real = episode_of(timeline_of(interview_turns(), recorded=frozenset({2, 4})))
    write_tags(file, real, None)
    tag = ID3(file)
    assert str(tag["COMM::vie"]) == real.description
    assert "TXXX:ai-content" not in tag
    assert f"{GUEST}: {ANSWER_1}" in tag["USLT::vie"].text


def test_a_disclosure_that_the_description_has_is_not_said_twice(
    file: Path, episode: Episode
) -> None:
    write_tags(file, episode, None)
    comment = str(ID3(file)["COMM::vie"])
    write_tags(file, replace(episode, description=comment), None)
    assert str(ID3(file)["COMM::vie"]) == comment


def test_players_list_the_chapters_in_order_of_time(file: Path, episode: Episode) -> None:
    titles = ["Giới thiệu dài hơn tất cả các chương khác", "Ngắn", "Vừa vừa thôi", "Hết"]
    many = tuple(ChapterMark(index * 200, title) for index, title in enumerate(titles))
    write_tags(file, replace(episode, chapters=many), None)
    with av.open(str(file)) as container:
        found = [(each["metadata"]["title"], each["start"]) for each in container.chapters()]
    assert found == [(title, index * 200) for index, title in enumerate(titles)]
    assert [kind for kind, _ in frames_in_order(file)].count("CHAP") == 4


def test_the_table_of_contents_lists_every_chapter_in_order(file: Path, episode: Episode) -> None:
    write_tags(file, episode, None)
    tag = ID3(file)
    (contents,) = tag.getall("CTOC")
    assert int(contents.flags) == 0b11  # top-level and ordered
    listed = [tag[f"CHAP:{child}"] for child in contents.child_element_ids]
    assert [str(chapter.sub_frames["TIT2"]) for chapter in listed][::2] == [
        "Giới thiệu",
        QUESTION_2,
    ]
    assert [chapter.start_time for chapter in listed] == [0, 2400, 7200]
    assert all(one.end_time == two.start_time for one, two in itertools.pairwise(listed))


def test_a_chapter_has_the_whole_question_as_its_subtitle(file: Path, episode: Episode) -> None:
    question = Question("turn-1", "Phường đã làm được những gì?", QUESTION_1)
    made = chapters(episode.timeline, episode.title, "vi", [question])
    write_tags(file, replace(episode, chapters=made), None)
    frames = ID3(file)["CHAP:chapter2"].sub_frames
    assert str(frames["TIT2"]) == question.core
    assert str(frames["TIT3"]) == QUESTION_1
    assert "TIT3" not in ID3(file)["CHAP:chapter3"].sub_frames  # its title is the question


def read_as_v2_3(file: Path) -> dict[str, str]:
    """The text frames that a reader finds who takes every size as v2.3 writes it."""
    tag, found, start = file.read_bytes(), {}, 10
    while (kind := tag[start : start + 4]).isalnum():
        end = start + 10 + int.from_bytes(tag[start + 4 : start + 8], "big")
        if kind.startswith(b"T") and tag[start + 10] == 1:
            found[kind.decode()] = tag[start + 11 : end].decode("utf-16", "replace")
        start = end
    return {kind: text.split("\0")[0] for kind, text in found.items()}


@pytest.mark.parametrize("title", ["Ngắn", "Chủ tịch phường: giữ bãi biển sạch " * 5])
def test_a_reader_made_for_v2_3_finds_the_main_facts(
    file: Path, episode: Episode, title: str
) -> None:
    write_tags(file, replace(episode, title=title), COVER)
    assert file.read_bytes()[3:6] == b"\x04\x00\x00"  # v2.4.0, no unsynchronisation
    found = read_as_v2_3(file)
    assert found["TIT2"] == title
    assert found["TPE1"] == episode.show.author
    assert found["TALB"] == episode.show.title
    assert found["TDRC"] == episode.date
    assert found["TCON"] == "Podcast"
    assert frames_in_order(file)[-1][0] == "APIC"
    assert all(each.encoding in (0, 1) for each in ID3(file).getall("COMM"))


def test_the_day_is_said_once(file: Path, episode: Episode) -> None:
    write_tags(file, episode, None)
    assert {"TYER", "TDAT"}.isdisjoint(kind for kind, _ in frames_in_order(file))
    with av.open(str(file)) as container:
        assert container.metadata["date"] == episode.date


def test_a_reader_that_knows_no_v2_4_finds_plain_letters(file: Path, episode: Episode) -> None:
    write_tags(file, replace(episode, title="Đặng Thị Thu: được mùa cá ở Mũi Sò"), COVER)
    with av.open(str(file)) as container:  # v2.4 alone is what others read
        assert container.metadata["title"] == "Đặng Thị Thu: được mùa cá ở Mũi Sò"
    file.write_bytes(file.read_bytes()[ID3(file, load_v1=False).size :])
    with av.open(str(file)) as container:
        found = container.metadata
    assert found["title"] == "Dang Thi Thu: duoc mua ca o Mu"
    assert found["date"] == episode.date[:4]
    assert found["genre"] == "Podcast"


def test_a_season_or_number_of_nought_is_none(file: Path, episode: Episode) -> None:
    write_tags(file, replace(episode, season=0, episode=0), None)
    assert {kind for kind, _ in frames_in_order(file)}.isdisjoint({"TRCK", "TPOS"})


def decoded_samples(file: Path) -> int:
    with av.open(str(file)) as container:
        return sum(frame.samples for frame in container.decode(audio=0))


def test_the_audio_keeps_its_gapless_facts_between_the_tags(file: Path, episode: Episode) -> None:
    samples = decoded_samples(file)
    write_tags(file, episode, COVER)
    assert decoded_samples(file) == samples


def test_equal_facts_give_the_same_bytes(episode: Episode) -> None:
    assert tags_of(episode, COVER) == tags_of(episode, COVER)


def test_an_episode_with_few_facts_has_no_empty_frames(file: Path, episode: Episode) -> None:
    bare = replace(episode, season=None, episode=None, date="", chapters=(), sentences=())
    write_tags(file, bare, None)
    kinds = {kind for kind, _ in frames_in_order(file)}
    assert kinds.isdisjoint({"TRCK", "TPOS", "TDRC", "CHAP", "CTOC", "USLT", "APIC"})


def test_language_tags_become_three_letters() -> None:
    given = ["vi", "en-GB", "VI-vn", "cjm", "tlh", "x"]
    assert [iso_639_2(each) for each in given] == ["vie", "eng", "vie", "cjm", "tlh", "XXX"]


def test_signs_that_turn_the_order_of_letters_are_in_no_tag(file: Path, episode: Episode) -> None:
    def turned(text: str) -> str:
        return f"\u202e{text}\u2067\u200f"

    question = Question("turn-1", turned("Hỏi"), turned("Xin hỏi."))
    told = replace(
        episode,
        title=turned("Năm mới"),
        description=turned("Về biển."),
        show=replace(episode.show, title=turned("Đài"), author=turned("Xã")),
        chapters=chapters(episode.timeline, "", "vi", [question]),
    )
    write_tags(file, told, COVER)
    tag = ID3(file)
    assert [str(tag[frame]) for frame in ("TIT2", "TALB", "TPE1")] == ["Năm mới", "Đài", "Xã"]
    assert str(tag["COMM::vie"]).startswith("Về biển.\n")
    named = tag["CHAP:chapter2"].sub_frames
    assert [str(named[frame]) for frame in ("TIT2", "TIT3")] == ["Hỏi", "Xin hỏi."]
