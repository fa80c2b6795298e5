"""An episode's facts → the ID3 tags of its MP3."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from typing import NamedTuple

from mutagen.id3 import (
    APIC,
    CHAP,
    COMM,
    CTOC,
    ID3,
    TALB,
    TCON,
    TCOP,
    TDRC,
    TIT2,
    TIT3,
    TLAN,
    TLEN,
    TPE1,
    TPE2,
    TPOS,
    TPUB,
    TRCK,
    TXXX,
    USLT,
    BitPaddedInt,
    CTOCFlags,
    Encoding,
    Frame,
    MakeID3v1,
    PictureType,
)

from broadcast.metadata.chapters import with_ends
from broadcast.metadata.disclosure import description_line, turns_of
from broadcast.metadata.languages import iso_639_2
from broadcast.metadata.transcript_texts import plain_text
from broadcast.model import Episode, samples_to_ms
from broadcast.text import without_direction

# Frames of one text each, and the text; a frame is left out when there is nothing to say.
_TEXT_FRAMES: tuple[tuple[type[Frame], Callable[[Episode], str]], ...] = (
    (TIT2, lambda episode: episode.title),
    (TALB, lambda episode: episode.show.title),
    (TPE1, lambda episode: episode.show.author),
    (TPE2, lambda episode: episode.show.author),
    (TPUB, lambda episode: episode.show.author),
    (TCOP, lambda episode: episode.show.copyright),
    (TCON, lambda _: "Podcast"),
    (TLAN, lambda episode: iso_639_2(episode.language)),
    (TLEN, lambda episode: str(samples_to_ms(episode.timeline.samples))),
    (TDRC, lambda episode: _day(episode)),
    (TRCK, lambda episode: _number(episode.episode)),
    (TPOS, lambda episode: _number(episode.season)),
)

_OTHER_FRAMES = ("TXXX", "CTOC", "CHAP", "COMM", "USLT", "APIC")
_ORDER = (*(frame.__name__ for frame, _ in _TEXT_FRAMES), *_OTHER_FRAMES)
_HEADER = 10
"""Bytes before the frames of a tag, and before what a frame holds."""
_SIZED_ALIKE = 127
"""The longest frame whose size v2.3 and v2.4 write in the same way (ID3v2.4 structure, 6.2)."""


class Tags(NamedTuple):
    """What stands before an MP3's audio (ID3v2.4) and after it (ID3v1)."""

    head: bytes
    tail: bytes


def tags_of(episode: Episode, cover: bytes | None) -> Tags:
    """Give the tags of an episode's MP3.

    The first is ID3v2.4, which chapters, TDRC and every podcast program expect, kept so that
    readers made for v2.3 take it too: text in UTF-16 with a byte order mark (v2.3 knows no UTF-8),
    no unsynchronisation, extended header, footer or several values in a frame. The two versions
    write sizes from 128 bytes up differently: such a reader takes everything before the first
    longer frame, so the short ones come first. A reader that passes over v2.4 altogether finds the
    main facts, without marks over letters, in the ID3v1 tag; there one that does not know TDRC
    finds the year. (TYER and TDAT beside TDRC help nobody: mutagen, FFmpeg, TinyTag, eyeD3 and
    TagLib take TDRC, eyeD3 then calls TDAT an invalid date, and TagLib gives three dates.)

    ``cover`` is a JPEG or PNG. Equal facts give equal bytes.
    """
    tag = ID3()
    for frame in _frames(episode, cover):
        tag.add(frame)
    stream = BytesIO()
    tag.save(stream, v1=0, v2_version=4, padding=lambda _: 0)
    head = stream.getvalue()
    ordered = sorted(_split(head[_HEADER:]), key=_place)
    return Tags(head[:_HEADER] + b"".join(ordered), _id3v1(tag))


def tag_without_cover(head: bytes) -> bytes:
    """Give a tag that ``tags_of`` made without its picture, for a file that is to be small."""
    frames = b"".join(one for one in _split(head[_HEADER:]) if not one.startswith(b"APIC"))
    return head[: _HEADER - 4] + BitPaddedInt.to_str(len(frames), width=4) + frames


def tag_at(start: bytes) -> int:
    """Say how long the tag is with which a file starts; 0: there is none (ID3v2.4, 3.1)."""
    if not start.startswith(b"ID3") or len(start) < _HEADER:
        return 0
    return _HEADER + BitPaddedInt(start[_HEADER - 4 : _HEADER])


def _id3v1(tag: ID3) -> bytes:
    """Give the main facts as ID3v1, which has 30 Latin letters for each."""
    from text_unidecode import unidecode  # 6 MB that only this needs

    plain = {
        name: type(tag[name])(encoding=Encoding.LATIN1, text=unidecode(str(tag[name])))
        for name in ("TIT2", "TPE1", "TALB", "TDRC", "TRCK", "TCON")
        if name in tag
    }
    made: bytes = MakeID3v1(plain)
    return made


def _split(frames: bytes) -> Iterator[bytes]:
    """Give each frame of a tag's body (ID3v2.4 structure, 4)."""
    start = 0
    while start < len(frames):
        end = start + _HEADER + BitPaddedInt(frames[start + 4 : start + 8])
        yield frames[start:end]
        start = end


def _place(frame: bytes) -> tuple[bool, int, int]:
    """Say where a frame stands: short texts first, then as in _ORDER, chapters by time."""
    name, body = frame[:4].decode("ascii"), frame[_HEADER:]
    is_short_text = name.startswith("T") and len(body) <= _SIZED_ALIKE
    # A chapter's id ends in a zero byte; where it begins follows (Chapter Frame Addendum, 3.1).
    start = int.from_bytes(body[body.index(0) + 1 :][:4], "big") if name == "CHAP" else 0
    return not is_short_text, _ORDER.index(name), start


def _frames(episode: Episode, cover: bytes | None) -> Iterable[Frame]:
    for frame, text in _TEXT_FRAMES:
        if told := without_direction(text(episode)):
            yield frame(encoding=Encoding.UTF16, text=told)
    language = iso_639_2(episode.language)
    disclosure = without_direction(description_line(episode.language, turns_of(episode.timeline)))
    comment = without_direction(episode.description)
    if disclosure and episode.disclosed and disclosure not in comment:
        comment = f"{comment}\n\n{disclosure}".strip()
    if comment:
        yield COMM(encoding=Encoding.UTF16, lang=language, desc="", text=comment)
    if disclosure:
        # The same label for machines as in the feed (podcast:txt, purpose "ai-content").
        yield TXXX(encoding=Encoding.UTF16, desc="ai-content", text="true")
    transcript = plain_text(episode.sentences, episode.language)
    if transcript:
        yield USLT(encoding=Encoding.UTF16, lang=language, desc="", text=transcript)
    yield from _chapter_frames(episode)
    if cover:
        yield APIC(
            encoding=Encoding.LATIN1,
            mime="image/png" if cover.startswith(b"\x89PNG") else "image/jpeg",
            type=PictureType.COVER_FRONT,
            desc="",
            data=cover,
        )


def _chapter_frames(episode: Episode) -> Iterable[Frame]:
    """Give the chapters, the sentence that asks as their subtitle, and their table of contents."""
    if not episode.chapters:
        return
    ids = [f"chapter{n}" for n in range(1, len(episode.chapters) + 1)]
    yield CTOC(
        element_id="chapters",
        flags=CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED,
        child_element_ids=ids,
        sub_frames=[],
    )
    duration_ms = samples_to_ms(episode.timeline.samples)
    for element_id, (chapter, end_ms) in zip(
        ids, with_ends(episode.chapters, duration_ms), strict=True
    ):
        titles: list[Frame] = [TIT2(encoding=Encoding.UTF16, text=chapter.title)]
        if chapter.subtitle:
            titles.append(TIT3(encoding=Encoding.UTF16, text=chapter.subtitle))
        yield CHAP(
            element_id=element_id,
            start_time=chapter.start_ms,
            end_time=end_ms,
            sub_frames=titles,
        )


def _day(episode: Episode) -> str:
    """Give the date as YYYY-MM-DD, or "" when it is not one."""
    day = re.match(r"\d{4}-\d{2}-\d{2}", episode.date)
    return day.group() if day else ""


def _number(number: int | None) -> str:
    return str(number) if number else ""
