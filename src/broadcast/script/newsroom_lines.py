"""A line, told to be of the newsroom alone: a chat, an editor's note, the page of a podcast."""

from __future__ import annotations

from collections.abc import Callable

from broadcast.messages import Message
from broadcast.script import reasons
from broadcast.script.addressing import words_of

_LONGEST = 600
_MOST_WORDS = 60


def newsroom_line(text: str) -> Message | None:
    """Say which kind of newsroom line ``text`` is; None if it is none, wherever it stands."""
    if len(text) > _LONGEST:
        return None
    return next((why for is_one, why in _KINDS if is_one(text)), None)


def is_chat(text: str) -> bool:
    """Whether ``text`` was written beside the script: "Chị ơi em gửi bài nha 😊", "ok em"."""
    words = words_of(text)
    if not 0 < len(words) <= 40:
        return False
    if words.has("chat_words") and len(words) <= 30:
        return True
    if len(words) > 25 or not (writers := words.places("note_writers")) or writers[0] > 5:
        return False
    sent = writers[0] + 1
    length = words.length_at(sent, "note_verbs")
    return length > 0 and words.length_at(sent + length, "note_objects") > 0


def is_editors_note(text: str) -> bool:
    """Whether an editor speaks to readers, as in a lead: "LTS: Nhân dịp …", "Editor's note: …"."""
    return ":" in text[:40] and words_of(text).length_at(0, "editors_notes") > 0


def is_note_on_editing(text: str) -> bool:
    """Whether ``text`` says how it came about: "This interview has been edited for length."."""
    words = words_of(text)
    return len(words) <= _MOST_WORDS and words.has("edited_texts")


def is_show_notes(text: str) -> bool:
    """Whether ``text`` heads a part of a podcast's page: "Show Transcript", "[AD BREAK]"."""
    words = words_of(text.strip(" []()*_"))
    length = words.length_at(0, "podcast_pages")
    return length > 0 and length == len(words)


def is_sponsors_words(text: str) -> bool:
    """Whether ``text`` advertises in a podcast: "This episode is supported by …"."""
    words = words_of(text)
    return len(words) <= _MOST_WORDS and words.has("sponsors")


def is_call_to_follow(text: str) -> bool:
    """Whether ``text`` bids readers follow, subscribe, write: "Subscribe to our newsletter"."""
    words = words_of(text)
    if len(words) > 40 or ("?" in text[:-1] and len(words) > 25):
        return False
    return any(
        at == 0 or (at < 25 and words.length_at(at, "find_us") > 2)
        for at in words.places("find_us")
    )


def is_reading_time(text: str) -> bool:
    """Whether ``text`` says how long reading takes: "5 min read", "Thời gian đọc: 7 phút"."""
    words = words_of(text)
    return len(words) <= 8 and words.has("reading_times")


def is_subjects(text: str) -> bool:
    """Whether ``text`` lists what a transcript is about: "Subjects: Ferries, whale rules."."""
    words = words_of(text)
    length = words.length_at(0, "subjects")
    return length > 0 and ":" in text[:30] and len(words) > length


def is_author_note(text: str) -> bool:
    """Whether ``text`` says who wrote it: "Nell Rushmere is a staff writer."."""
    words = words_of(text)
    return len(words) <= 30 and any(0 < at < 6 for at in words.places("author_notes"))


def is_of_minutes(text: str) -> bool:
    """Whether minutes say in ``text`` what was done: "RESOLVED that …", "The meeting closed"."""
    return text.startswith("RESOLVED") or words_of(text).length_at(0, "minutes") > 0


_KINDS: tuple[tuple[Callable[[str], bool], Message], ...] = (
    (is_subjects, reasons.PAGE_FACTS),
    (is_chat, reasons.CHAT),
    (is_note_on_editing, reasons.EDITORS_NOTE),
    (is_show_notes, reasons.SHOW_NOTES),
    (is_sponsors_words, reasons.PODCAST_ADVERT),
    (is_call_to_follow, reasons.CALL_TO_FOLLOW),
    (is_reading_time, reasons.READING_TIME),
    (is_author_note, reasons.BOX),
    (is_of_minutes, reasons.PAGE_FACTS),
)
"""The kinds in the order in which they are asked for."""
