"""How cues are written: their kinds in words, how long they are, the files that they name."""

from __future__ import annotations

import re

from broadcast.model import MusicPart

BRACKETS = re.compile(r"\[([^\[\]]{1,200})\]|\(([^()]{1,160})\)")
_DONE = r"(?:(?:lên|xen|chèn|mở|vào|cắt|chuyển|phát|bật|chạy|nghe|trích) )?"
"""What a technician is told to do with it: "lên nhạc nền", "phát băng"."""
# What begins like a cue and is none: a musician, an instrument, a banner, an ice field.
_NO_MUSIC = r"(?! (?:sĩ|sỹ|công|cụ|kịch|trưởng|viện|viên|phẩm|lý|khí|điệu|phổ|ngữ|hội|đoàn|phim)\b)"
_NO_TAPE = (
    r"(?! (?:giá|rôn|tuyết|qua|bó|đảng|nhóm|huynh|keo|tan|chuyền|hà|cướp|tần|vệ|dính|hoại|đô)\b)"
)
KIND = re.compile(
    r"(?i:(?P<bed_end>(?:bed|music bed) (?:end|ends|out)|end of (?:the )?bed"
    r"|(?:hết|tắt|dứt) nhạc(?: nền)?)"
    rf"|(?P<bed>bed|music bed|{_DONE}nhạc nền)"
    r"|(?P<pause>pause|nghỉ|ngắt|dừng|ngừng|im lặng|silence)"
    r"|(?P<intro>intro|opening music|(?:opening )?theme(?: music| tune)?|signature tune"
    rf"|{_DONE}nhạc (?:hiệu|mở đầu|mở màn))"
    rf"|(?P<outro>outro|closing (?:music|theme)|{_DONE}nhạc (?:kết|cuối)(?: thúc| chương trình)?)"
    rf"|(?P<sting>sting|jingle|bumper|{_DONE}nhạc (?:cắt|dạo|chuyển))"
    rf"|(?P<music>music|{_DONE}nhạc{_NO_MUSIC})"
    rf"|(?P<clip>{_DONE}(?:clip|băng{_NO_TAPE}(?: (?:phỏng vấn|ghi âm|tiếng|phát biểu))?|âm thanh)"
    r"|audio|sound|tape|soundbite|tiếng động|bài hát))\b"
    r"\s*[:：]?\s*(?P<rest>.*)"
)
PARTS: tuple[MusicPart, ...] = ("intro", "outro", "sting")
DURATION = re.compile(
    r"(?:^|[\s,;:(–-])\s*(?:dài |khoảng )?\d{1,3}(?:[.,]\d)?\s*"
    r"(?:(?:giây|phút(?: rưỡi| \d{1,2}(?: giây)?)?|s|secs?|seconds?|mins?|minutes?)\b"
    r"|['’′](?:\s*\d{1,2}\s*(?:[\"”″]|['’′]{2}))?|[\"”″]|['’′]{2})\s*\)?$",
    re.IGNORECASE,
)
"""How long what is to be played lasts, at the end: ", 45 giây", "1'20"", "(2 phút)"."""
TAPE = re.compile(r"(?:phát|trích|chạy) băng\b|băng phỏng vấn\b", re.IGNORECASE)
MAY_BE_OWN = re.compile(
    r"[\W_]*(?:nhạc|băng|tiếng động|hết|tắt|dứt|lên|xen|chèn|mở|vào|cắt|chuyển|phát|bật|chạy|nghe"
    r"|trích|bed|music|clip|intro|outro|sting|jingle|audio|tape)\b",
    re.IGNORECASE,
)
LONGEST_OWN = 160
_AUDIO = re.compile(
    r".*\.(?:mp[234]|wave?|w64|m4[abv]|flac|og[agvx]|opus|aac|ac3|aif[cf]?|amr|wma|mov|mk[av]|3gp"
    r"|webm|caf)",
    re.IGNORECASE,
)
AROUND_FILE = " “”\"',;"
_PATH = re.compile(r"[^\s\d]/|/[^\s\d]|\\|://|^~")
SECONDS = re.compile(
    r"(\d{1,5}(?:[.,]\d{1,3})?)\s*(s|sec|secs|seconds?|giây|phút|min|minutes?|ms)?", re.IGNORECASE
)
_TIME = r"\d{1,3}(?::\d{2}){1,2}(?:[.,]\d{1,3})?"
TIME_CODE = re.compile(rf"{_TIME}(?:\s*[-–—>]+\s*{_TIME})?")
_CLOCK = rf"(?:{_TIME}|\d{{1,4}}(?:[.,]\d{{1,3}})?s?)"
_FILE_AND_TIME = re.compile(
    rf"(?P<file>.*?\S)(?:\s+(?:(?P<from>{_TIME}|\d{{1,4}}s)|"
    rf"(?P<start>{_CLOCK})\s*[-–—]\s*(?P<end>{_CLOCK})))?"
)


def file_in(rest: str, *, after_colon: bool = False) -> re.Match[str] | None:
    """Give the file that is named behind a cue's kind, with its times; None: words about it."""
    ways = [
        _FILE_AND_TIME.fullmatch(words.strip(" “”\"'"))
        for words in (rest, DURATION.sub("", rest, count=1))
    ]
    read = [(parts, parts["file"].strip(AROUND_FILE)) for parts in ways if parts is not None]
    for parts, file in read:
        if _AUDIO.fullmatch(file) is not None:
            return parts
    for parts, file in read:
        if _PATH.search(file) is not None or (after_colon and file != "" and " " not in file):
            return parts
    return None
