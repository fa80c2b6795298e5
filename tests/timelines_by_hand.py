"""Timelines, episodes and small MP3s made by hand, for the tests of metadata and feed."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import lameenc
import numpy as np

from broadcast.messages import Message
from broadcast.metadata.chapters import chapters
from broadcast.metadata.transcript import transcript
from broadcast.model import (
    FRAME,
    RATE_HZ,
    Episode,
    Paragraph,
    Role,
    Segment,
    Show,
    Slot,
    Span,
    Speaker,
    Take,
    Timeline,
    Timing,
    Turn,
    TurnKind,
)

GUEST = "Trần Thị Hải Yến"
REPORTER = "Phóng viên"
KNOWN = Message("speaker.given", "named in the station or the front matter")
PRESENTER = "Phát thanh viên"
SHOW = Show(
    title="Tiếng nói Mũi Sò",
    language="vi",
    author="Đài Truyền thanh Mũi Sò",
    email="dai@example.vn",
    category="News",
    base_url="http://127.0.0.1:8000/",
    description="Chuyện làng chài, chuyện phố biển.",
)
LEAD = "Nhân dịp năm mới, mời quý vị nghe cuộc phỏng vấn sau đây."
QUESTION_1 = (
    "Thưa bà, năm 2025 phường Mũi Sò đã làm được những gì cho bà con ngư dân "
    "trong mùa biển động vừa qua?"
)
ANSWER_1 = "Chúng tôi đã sửa 12 cầu cảng. Bà con rất phấn khởi!"
QUESTION_2 = "Bà có lời chúc gì?"
ANSWER_2 = "Chúc bà con mạnh khỏe."
THANKS = "Vâng, xin cảm ơn bà."
BYLINE = "Thực hiện: An Nhiên."


def turn(kind: TurnKind, role: Role, speaker: str, text: str, n: int | None = None) -> Turn:
    return Turn(kind, speaker, role, (Paragraph(1, text),), f"{kind}-{n}", n)


def interview_turns() -> tuple[Turn, ...]:
    return (
        turn("lead", "presenter", PRESENTER, LEAD),
        turn("turn", "reporter", REPORTER, QUESTION_1, 1),
        turn("turn", "official", GUEST, ANSWER_1, 2),
        turn("turn", "reporter", REPORTER, QUESTION_2, 3),
        turn("turn", "official", GUEST, ANSWER_2, 4),
        turn("turn", "reporter", REPORTER, THANKS, 5),
        turn("byline", "presenter", PRESENTER, BYLINE),
    )


def slot_of(
    turn: Turn,
    start: int,
    kind: Literal["synthetic", "recorded"] = "synthetic",
    spans: tuple[Span, ...] | None = None,
    frames: int = 100,
) -> Slot:
    """A slot of ``frames`` frames: speech, then a pause of ten frames."""
    speech = (frames - 10) * FRAME
    take = Take(turn=turn, kind=kind, pieces=(), sentences=(), key=turn.id)
    timing: Timing = "exact" if kind == "synthetic" else "estimated"
    spans = spans or (Span(turn.text, 0, speech, timing),)
    segment = Segment(take, Path("segment.wav"), speech, spans, (), -3.0, turn.id)
    return Slot(segment, start, frames * FRAME)


def timeline_of(
    turns: tuple[Turn, ...], recorded: frozenset[int | None] = frozenset(), frames: int = 100
) -> Timeline:
    """One slot for each turn; the numbers in ``recorded`` have recorded takes."""
    return Timeline(
        tuple(
            slot_of(
                each,
                index * frames * FRAME,
                "recorded" if each.n is not None and each.n in recorded else "synthetic",
                frames=frames,
            )
            for index, each in enumerate(turns)
        )
    )


def episode_of(timeline: Timeline) -> Episode:
    return Episode(
        name="nam-moi",
        title="Năm mới ở Mũi Sò",
        show=SHOW,
        language="vi",
        guid="6c5f0d0e-5d2a-4f64-9d52-0c2d9c0f8a11",
        date="2026-02-05",
        description="Phỏng vấn bà Trần Thị Hải Yến.",
        timeline=timeline,
        chapters=chapters(timeline, "Năm mới ở Mũi Sò", "vi"),
        sentences=transcript(timeline),
        people=(Speaker(REPORTER, "reporter", (), KNOWN), Speaker(GUEST, "official", (), KNOWN)),
        season=2,
        episode=7,
    )


def mp3(seconds: float = 1.0) -> bytes:
    """A quiet tone as this project encodes it: mono, 96 kb/s, with an Info frame."""
    time = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    samples = (np.sin(2 * np.pi * 440 * time) * 3000).astype("<i2")
    encoder = lameenc.Encoder()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(RATE_HZ)
    encoder.set_bit_rate(96)
    encoder.silence()
    return bytes(encoder.encode(samples.tobytes())) + bytes(encoder.flush())
