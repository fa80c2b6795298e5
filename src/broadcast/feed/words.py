"""What the listening pages say of themselves, in their listeners' language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from broadcast.language import for_language


@dataclass(frozen=True, slots=True)
class Words:
    """One language's words; {…} is filled in."""

    language: str
    skip: str
    episodes: str
    no_episodes: str
    subscribe: str
    subscribe_how: str
    feed_address: str
    copy: str
    copied: str
    open_in_app: str
    feed: str
    chapters: str
    transcript: str
    seek_hint: str
    downloads: str
    download_audio: str
    download_transcript: str
    all_episodes: str
    synthetic: str
    synthetic_title: str
    synthetic_notice: str
    player: str
    captions: str
    season_episode: str
    episode: str
    minutes: str
    seconds: str
    people: str
    months: tuple[str, ...]
    date: str
    megabytes: str
    decimal_comma: bool


_VI = Words(
    language="vi",
    skip="Đến nội dung chính",
    episodes="Các chương trình",
    no_episodes="Chưa có chương trình nào. Mời quý vị quay lại sau.",
    subscribe="Đăng ký nghe",
    subscribe_how="Dán địa chỉ này vào ứng dụng podcast để nhận chương trình mới.",
    feed_address="Địa chỉ podcast",
    copy="Sao chép",
    copied="Đã sao chép",
    open_in_app="Mở trong ứng dụng podcast",
    feed="Nguồn RSS",
    chapters="Các phần",
    transcript="Nội dung",
    seek_hint="Bấm vào một câu để nghe từ câu đó.",
    downloads="Tải về",
    download_audio="Âm thanh",
    download_transcript="Nội dung có thời gian",
    all_episodes="Tất cả chương trình",
    synthetic="Giọng tổng hợp",
    synthetic_title="Giọng đọc tổng hợp của máy tính",
    synthetic_notice=(
        "Chương trình có giọng đọc tổng hợp của máy tính; "
        "những lượt như vậy được đánh dấu trong phần nội dung."
    ),
    player="Nghe chương trình",
    captions="Phụ đề",
    season_episode="Mùa {season}, số {episode}",
    episode="Số {episode}",
    minutes="{n} phút",
    seconds="{n} giây",
    people="Người tham gia",
    months=tuple(str(month) for month in range(1, 13)),
    date="{day} tháng {month}, {year}",
    megabytes="{size} MB",
    decimal_comma=True,
)
_EN = Words(
    language="en",
    skip="Skip to the content",
    episodes="Episodes",
    no_episodes="There is no episode yet. Please come back later.",
    subscribe="Subscribe",
    subscribe_how="Paste this address into your podcast app to get every new episode.",
    feed_address="Podcast address",
    copy="Copy",
    copied="Copied",
    open_in_app="Open in a podcast app",
    feed="RSS feed",
    chapters="Chapters",
    transcript="Transcript",
    seek_hint="Choose a sentence to listen from there.",
    downloads="Download",
    download_audio="Audio",
    download_transcript="Timed transcript",
    all_episodes="All episodes",
    synthetic="Synthetic voice",
    synthetic_title="Computer-generated voice",
    synthetic_notice=(
        "This episode has computer-generated voices; the transcript marks where they speak."
    ),
    player="Listen to the episode",
    captions="Captions",
    season_episode="Season {season}, episode {episode}",
    episode="Episode {episode}",
    minutes="{n} min",
    seconds="{n} s",
    people="People",
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    date="{day} {month} {year}",
    megabytes="{size} MB",
    decimal_comma=False,
)
_WORDS = {words.language: words for words in (_VI, _EN)}


def words_in(*languages: str) -> Words:
    """Give the words of the first of these language tags that has some, else English ones."""
    found = (for_language(_WORDS, language, None) for language in languages)
    return next(filter(None, found), _EN)


def date_in(words: Words, time: datetime) -> str:
    """Give the day as people write it."""
    return words.date.format(day=time.day, month=words.months[time.month - 1], year=time.year)


def length_in(words: Words, ms: int) -> str:
    """Give a duration in whole minutes, in seconds when it is shorter than one."""
    if ms < 60_000:
        return words.seconds.format(n=round(ms / 1000))
    return words.minutes.format(n=round(ms / 60_000))


def size_in(words: Words, length: int) -> str:
    """Give a file's size in megabytes."""
    size = f"{length / 1_000_000:.1f}"
    return words.megabytes.format(size=size.replace(".", ",") if words.decimal_comma else size)
