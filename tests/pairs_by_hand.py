"""Pairs of everything that reaches a key, the two of them unlike in every place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from broadcast.messages import Message
from broadcast.model import (
    AirSettings,
    Cue,
    Dropped,
    EngineVoices,
    FeedSettings,
    FrontMatter,
    Insert,
    Listing,
    Music,
    Paragraph,
    Pauses,
    Person,
    Piece,
    Problem,
    Question,
    Reading,
    Recording,
    Remedy,
    Script,
    Sentence,
    Show,
    Sound,
    Speaker,
    Stretch,
    Take,
    Turn,
    TurnName,
    UploadSettings,
    Voice,
)
from broadcast.speech import VoiceInfo
from broadcast.station import Station

PAUSES = Pauses(), Pauses(351, 601, 701, 901, 1_201, 1_202, 301, 501)
MUSIC = (
    Music(Path("1.mp3"), Path("2.mp3"), Path("3.mp3"), Path("4.mp3")),
    Music(
        intro=Path("5.mp3"),
        outro=Path("6.mp3"),
        sting=Path("7.mp3"),
        bed=Path("8.mp3"),
        bed_under=("closing",),
        level_lu=-3.0,
        bed_lu=-20.0,
        before_ms=2_000,
        after_ms=2_500,
        attack_ms=400,
        release_ms=900,
        fade_ms=1_400,
    ),
)
SOUND = (
    Sound(music=MUSIC[0]),
    Sound(
        podcast_lufs=-18.0,
        ceiling_dbtp=-2.0,
        mp3_kbps=128,
        mp3_channels=2,
        fade_ms=9,
        high_pass_hz=80.0,
        air_lufs=-24.0,
        air_bits=16,
        air_rate_hz=44_100,
        formats=("wav",),
        air_mp3_kbps=160,
        running_time_ms=600_000,
        pauses=PAUSES[1],
        music=MUSIC[1],
    ),
)
TURN = (
    Turn(
        "turn",
        "Ông Đỗ Văn Lâm",
        "official",
        (Paragraph(7, "Bà con yên tâm. Có 5 tàu."), Paragraph(8, "Chào bà con.")),
        "a1",
        2,
    ),
    Turn("lead", "Phóng viên", "reporter", (Paragraph(9, "Thưa ông!"),), "b2", 4),
)
READING = (
    Reading(3, 4, "5", "năm", "number"),
    Reading(2, 6, "VTV", "vê tê vê", "letters", Message("reading.spelled", "not known")),
)
SENTENCES = (
    (
        Sentence("Bà con yên tâm.", "Bà con yên tâm.", (READING[0],), 0, 7),
        Sentence("Có 5 tàu.", "Có năm tàu.", (), 0, 7),
        Sentence("Chào bà con.", "Chào bà con.", (), 1, 8),
    ),
    (Sentence("Thưa ông!", "Thưa ông.", (READING[1],), 1, 9),),
)
STRETCHES = (
    (Stretch(Path("02.wav"), "d1", 100, 4_000), Stretch(Path("02 b.wav"), "d2", 0, 2_000)),
    (Stretch(Path("04.wav"), "d3", 200, 5_000),),
)
RECORDING = (
    Recording(STRETCHES[0], "Bà con yên tâm.", stale=False, number=1, count=2),
    Recording(STRETCHES[1], "Thưa ông.", stale=True, number=3, count=4),
)
OF_A_RECORDING = {
    "stretches": True,
    "stretches.file": False,
    "stretches.digest": True,
    "stretches.start_ms": True,
    "stretches.end_ms": True,
    "words": False,
    "stale": False,
    "number": False,
    "count": False,
}
"""What of a recording is heard."""
TAKE = (
    Take(
        TURN[0],
        "synthetic",
        (Piece(Path("a"), 350, 0, 900), Piece(Path("b"), 600), Piece(Path("c"))),
        SENTENCES[0],
        "take 1",
        "espeak",
        "vi",
        RECORDING[0],
        "CC0-1.0",
        "1.52",
    ),
    Take(
        TURN[1],
        "recorded",
        (Piece(Path("d"), 0, 5, 800),),
        SENTENCES[1],
        "take 2",
        "gtts",
        "en",
        RECORDING[1],
        "MIT",
        "2.5",
    ),
)
INSERT = (
    Insert("music", Path("tune.mp3"), "tune", 0, 9_000, Path("station.toml"), 3),
    Insert("clip", Path("talk.mp3"), "talk", 500, 8_000, Path("script.txt"), 4),
)
PEOPLE = (
    (
        Person("Đỗ Văn Lâm", "official", ("Ông Lâm",), {"espeak": "+m4"}, -1.5, 0.95, "man"),
        Person("Hải Yến"),
    ),
    (Person("An Nhiên", "reporter", ("PV",), {"gtts": "vi"}),),
)
VOICES = (
    EngineVoices({"official": ("+robert",)}, {"vi": "vi-vn-x-south"}, rate=170),
    EngineVoices(
        {"reporter": ("+Annie",)},
        {"en": "en-gb"},
        apart=False,
        rate=180,
        price_per_million=16.0,
        currency="VND",
        limit_per_month=9,
    ),
)
SHOW = (
    Show("Tiếng nói Mũi Sò", "vi", "Đài Mũi Sò", "dai@example.vn", "News", "http://127.0.0.1/"),
    Show(
        title="Chuyện bến",
        language="en",
        author="Đài Vạn Hải",
        email="vh@example.vn",
        category="Arts",
        base_url="https://radio.example.vn/",
        description="Chuyện làng chài.",
        explicit=True,
        cover=Path("cover.jpg"),
        copyright="Đài Vạn Hải",
        guid="f1",
        listing=Listing(*"abcdefg", "weekly"),
    ),
)
STATION = (
    Station(
        SHOW[0],
        people=PEOPLE[0],
        voices={"espeak": VOICES[0]},
        sound=SOUND[0],
        spoken={"preset": "southern"},
    ),
    Station(
        SHOW[1],
        engines=("espeak",),
        offline=True,
        fallback=False,
        voices={"gtts": VOICES[1]},
        people=PEOPLE[1],
        opening="Đây là {show}.",
        closing="Tạm biệt.",
        notice="Giọng máy.",
        disclosure=False,
        sound=SOUND[1],
        spoken={"four": "bốn"},
        stale="synthetic",
        approval="all",
        watch_publishes=True,
        air=AirSettings(True, 3, "emergency"),
        upload=UploadSettings(
            *("sftp://host/feed", "an", "SECRET", "secret.txt", "key", "https://s3", "eu"),
            *(True, True, False),
        ),
        feed=FeedSettings(
            50, 3, "year", 90, "opus", *(f"https://{house}.example/bai-xanh" for house in "asy")
        ),
        cache_limit_mb=100,
        cache_folder="kept",
        interface="en",
    ),
)
FRONT = (
    FrontMatter(people=PEOPLE[0], lexicon={"VTV": "vê tê vê", "TP": "thành phố"}),
    FrontMatter(
        "Biển sạch",
        "6/9/2025",
        "vi",
        PEOPLE[1],
        {"HTV": "hát tê vê"},
        2,
        7,
        "Về biển.",
        "1/10/2025",
        "bia.jpg",
    ),
)
SCRIPT = (
    Script(
        Path("a.txt"),
        "vi",
        "Biển sạch",
        (TURN[0],),
        (
            Speaker("Phóng viên", "reporter", (), Message("label.part", "its part")),
            Speaker("Ông Đỗ Văn Lâm", "official", (), Message("label.name", "a name")),
        ),
        (Cue(3, "music", 0, "tune.mp3", 0, 9_000, "intro", "[intro: tune.mp3]"),),
        (Dropped(1, "Trang 1", Message("dropped.page-number", "a page number")),),
        (Problem(2, "warning", Message("who", "Who speaks?")),),
        FRONT[0],
        (Question("t1", "Biển đã sạch chưa?", "Thưa ông, biển đã sạch chưa?"),),
    ),
    Script(
        Path("b.docx"),
        "en",
        "Bến cá",
        (TURN[1],),
        (
            Speaker(
                "Bà Hải Yến",
                "official",
                ("Bà Yến",),
                Message("label.name", "a name"),
                "Hải Yến",
                "Bà",
            ),
        ),
        (Cue(4, "pause", 1, None, 1, 2_000, None, "(nghỉ)"),),
        (Dropped(2, "Hết", Message("dropped.end-mark", "an end mark")),),
        (
            Problem(
                5,
                "note",
                Message("long", "It is long."),
                Message("cut", "Cut it."),
                3,
                TurnName("turn", 3),
                (Remedy("leave-out"),),
            ),
        ),
        FRONT[1],
        (Question("t2", "Is there fish?", "And is there fish?"),),
    ),
)
VOICE = Voice("espeak", "vi+Alex", "vi"), Voice("gtts", "en@co.uk", "en", 180)


@dataclass(frozen=True)
class AnEngine:
    name: str
    release: str
    online: bool
    jobs: int
    service: str | None
    model: str

    def version(self) -> str:
        return self.release

    def about(self, voice: str) -> VoiceInfo:
        return VoiceInfo(voice, "", "", licence="CC0-1.0", version=self.model)


ENGINE = (
    AnEngine("espeak", "1.52", False, 2, None, "model 1"),
    AnEngine("gtts", "2.5", True, 3, "Google", "model 2"),
)
