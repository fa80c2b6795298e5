"""The frozen files of an episode → whether they say the same as its record and as each other."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from broadcast.feed.check_entry import NEAR_MS, other_length
from broadcast.feed.published import TAKE_BACK, FileKind, PublishedEpisode
from broadcast.messages import Message
from broadcast.model import ChapterMark, Problem, TranscriptSentence

_TAG = re.compile(r"<v [^>]*>")
_CUE = re.compile(r"^(\S+) --> (\S+).*\n((?:.+\n?)+)", re.MULTILINE)
_CLOCK = re.compile(r"(?:(\d+):)?(\d\d):(\d\d)[.,](\d{3})")
_TAIL_MS = {".opus": 100}
"""What a coder adds besides frames of MP3: the pre-skip of Opus, which players cut (RFC 7845)."""
_TRANSCRIPTS: tuple[FileKind, ...] = ("transcript", "transcript_srt", "transcript_json")


def media_problems(
    episode: PublishedEpisode, folder: Path, sentences: Sequence[TranscriptSentence]
) -> Iterator[Problem]:
    """Give where the files in ``folder`` contradict what is recorded of the episode.

    The audio's length is that of its packets; chapters are read from its tag and from their own
    file, words and times from the transcripts. A file that is not there says nothing. Raises
    OSError when one cannot be read.
    """
    for kind, file in episode.files.items():
        path = folder / file.name
        if not path.is_file():
            continue
        if kind in ("audio", "small"):
            yield from _of_audio(episode, path)
        elif kind == "chapters":
            yield from _of_chapters(episode, path)
        elif kind in _TRANSCRIPTS:
            yield from _of_transcript(episode, path, sentences)


def _of_audio(episode: PublishedEpisode, file: Path) -> Iterator[Problem]:
    from broadcast.media.packets import packets_ms  # decoders, which only this needs

    near_ms = NEAR_MS + _TAIL_MS.get(file.suffix, 0)
    if other := other_length(episode, packets_ms(file), near_ms):
        yield _wrong(other)
    if file.suffix != ".mp3":
        return
    from mutagen import MutagenError
    from mutagen.id3 import ID3

    try:
        tag = ID3(file)
    except MutagenError:
        yield _wrong(Message("media.no-tag", "{name} has no tags.", name=file.name))
        return
    told_there = [
        ChapterMark(chapter.start_time, str(chapter.sub_frames["TIT2"]))
        for chapter in sorted(tag.getall("CHAP"), key=lambda one: one.start_time)
        if "TIT2" in chapter.sub_frames
    ]
    yield from _other_chapters(episode, file, told_there)
    if episode.synthetic and "TXXX:ai-content" not in tag:
        told = Message(
            "media.no-mark",
            "{name} does not say that synthetic voices are in it.",
            name=file.name,
        )
        yield _wrong(told)


def _of_chapters(episode: PublishedEpisode, file: Path) -> Iterator[Problem]:
    try:
        listed = json.loads(file.read_bytes())["chapters"]
        marks = [ChapterMark(round(one["startTime"] * 1000), one["title"]) for one in listed]
    except (ValueError, KeyError, TypeError):
        told = Message("media.no-chapters", "{name} is no list of chapters.", name=file.name)
        yield _wrong(told)
        return
    yield from _other_chapters(episode, file, marks)


def _other_chapters(
    episode: PublishedEpisode, file: Path, marks: Sequence[ChapterMark]
) -> Iterator[Problem]:
    def facts(chapters: Sequence[ChapterMark]) -> list[tuple[int, str]]:
        return [(one.start_ms, one.title) for one in chapters]

    if facts(marks) != facts(episode.chapters):
        told = Message(
            "media.other-chapters",
            "The chapters in {name} are not those of the feed.",
            name=file.name,
        )
        yield _wrong(told)


def _of_transcript(
    episode: PublishedEpisode, file: Path, sentences: Sequence[TranscriptSentence]
) -> Iterator[Problem]:
    try:
        text = file.read_text("utf-8")
        said = _said_in_json(text) if file.suffix == ".json" else _said_in_cues(text)
    except (ValueError, KeyError, TypeError):
        told = Message("media.no-transcript", "{name} is no transcript.", name=file.name)
        yield _wrong(told)
        return
    if not _is_of(said, sentences, episode.duration_ms):
        told = Message(
            "media.other-words",
            "The words or times in {name} are not those of the episode.",
            name=file.name,
        )
        yield _wrong(told)


def _said_in_cues(text: str) -> list[tuple[int, int, str]]:
    """Give begin, end in milliseconds and words of every cue of WebVTT or SubRip."""
    return [
        (_ms(begin), _ms(end), _TAG.sub("", words))
        for begin, end, words in _CUE.findall(text.replace("\r\n", "\n"))
    ]


def _said_in_json(text: str) -> list[tuple[int, int, str]]:
    segments = json.loads(text)["segments"]
    return [
        (round(one["startTime"] * 1000), round(one["endTime"] * 1000), one["body"])
        for one in segments
    ]


def _ms(clock: str) -> int:
    found = _CLOCK.fullmatch(clock)
    if found is None:
        raise ValueError(clock)
    hours, minutes, seconds, ms = (int(part or 0) for part in found.groups())
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms


def _is_of(
    said: Sequence[tuple[int, int, str]],
    sentences: Sequence[TranscriptSentence],
    duration_ms: int,
) -> bool:
    """Whether all sentences stand in what is said, in order, at times within the programme."""
    begins = [begin for begin, _, _ in said]
    if begins != sorted(begins) or any(not 0 <= b <= e <= duration_ms for b, e, _ in said):
        return False
    words, at = _squeezed("".join(text for _, _, text in said)), 0
    for one in sentences:
        if one.end_ms > one.start_ms:
            wanted = _squeezed(one.text)
            at = words.find(wanted, at)
            if at < 0:
                return False
            at += len(wanted)
    return True


def _squeezed(text: str) -> str:
    """Give the letters and digits alone: how a text is broken and marked is its form's affair."""
    return "".join(filter(str.isalnum, html.unescape(text).casefold()))


def _wrong(told: Message) -> Problem:
    return Problem(None, "error", told, TAKE_BACK)
