"""A line, told to be of the newsroom alone: a chat, an editor's note, the page of a podcast."""

from __future__ import annotations

import re

from broadcast.messages import Message
from broadcast.script import reasons
from broadcast.script.addressing import words_of
from broadcast.script.vocabulary import any_phrase, phrase_at, words_for

_EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf\u2b50\u2764]")
_MOST_WORDS = 60


def newsroom_line(text: str) -> Message | None:
    """Say which kind of newsroom line ``text`` is; None if it is none, wherever it stands."""
    if len(text) > 600:
        return None
    if is_subjects(text):
        return reasons.PAGE_FACTS
    if is_chat(text):
        return reasons.CHAT
    if is_note_on_editing(text):
        return reasons.EDITORS_NOTE
    if is_show_notes(text):
        return reasons.SHOW_NOTES
    if is_sponsors_words(text):
        return reasons.PODCAST_ADVERT
    if is_call_to_follow(text):
        return reasons.CALL_TO_FOLLOW
    if is_reading_time(text):
        return reasons.READING_TIME
    if is_author_note(text):
        return reasons.BOX
    if is_of_minutes(text):
        return reasons.PAGE_FACTS
    return None


def is_chat(text: str) -> bool:
    """Whether ``text`` was written beside the script: "Chị ơi em gửi bài nha 😊", "ok em"."""
    words = words_of(text)
    if not 0 < len(words) <= 40:
        return False
    found = any_phrase(words.keys, words_for("chat_words"))
    if found and (len(words) <= 30):
        return True
    writes = _first_of(words.keys, "note_writers")
    if writes < 0:
        return False
    length = phrase_at(words.keys, writes + 1, words_for("note_verbs"))
    sent = writes + 1 + length
    return (
        length > 0
        and len(words) <= 25
        and phrase_at(words.keys, sent, words_for("note_objects")) > 0
    )


def _first_of(keys: tuple[str, ...], name: str) -> int:
    return next((at for at in range(min(6, len(keys))) if phrase_at(keys, at, words_for(name))), -1)


def has_emoji(text: str) -> bool:
    """Whether there is a small picture of a chat in ``text``."""
    return _EMOJI.search(text) is not None


def is_editors_note(text: str) -> bool:
    """Whether an editor speaks to readers, as in a lead: "LTS: Nhân dịp …", "Editor's note: …"."""
    return ":" in text[:40] and phrase_at(words_of(text).keys, 0, words_for("editors_notes")) > 0


def is_note_on_editing(text: str) -> bool:
    """Whether ``text`` says how it came about: "This interview has been edited for length."."""
    words = words_of(text)
    return len(words) <= _MOST_WORDS and any_phrase(words.keys, words_for("edited_texts"))


def is_show_notes(text: str) -> bool:
    """Whether ``text`` heads a part of a podcast's page: "Show Transcript", "[AD BREAK]"."""
    words = words_of(text.strip(" []()*_"))
    length = phrase_at(words.keys, 0, words_for("podcast_pages"))
    return length > 0 and length == len(words)


def is_sponsors_words(text: str) -> bool:
    """Whether ``text`` advertises in a podcast: "This episode is supported by …"."""
    keys = words_of(text).keys
    return len(keys) <= _MOST_WORDS and any_phrase(keys, words_for("sponsors"))


def is_call_to_follow(text: str) -> bool:
    """Whether ``text`` bids readers follow, subscribe, write: "Subscribe to our newsletter"."""
    keys = words_of(text).keys
    if len(keys) > 40 or ("?" in text[:-1] and len(keys) > 25):
        return False
    return phrase_at(keys, 0, words_for("find_us")) > 0 or any(
        phrase_at(keys, at, words_for("find_us")) > 2 for at in range(1, min(len(keys), 25))
    )


def is_reading_time(text: str) -> bool:
    """Whether ``text`` says how long reading takes: "5 min read", "Thời gian đọc: 7 phút"."""
    keys = words_of(text).keys
    return 0 < len(keys) <= 8 and any_phrase(keys, words_for("reading_times"))


def is_subjects(text: str) -> bool:
    """Whether ``text`` lists what a transcript is about: "Subjects: Ferries, whale rules."."""
    keys = words_of(text).keys
    length = phrase_at(keys, 0, words_for("subjects"))
    return length > 0 and ":" in text[:30] and len(keys) > length


def is_author_note(text: str) -> bool:
    """Whether ``text`` says who wrote it: "Nell Rushmere is a staff writer."."""
    keys = words_of(text).keys
    begin = range(1, min(6, len(keys)))
    return len(keys) <= 30 and any(phrase_at(keys, at, words_for("author_notes")) for at in begin)


def is_of_minutes(text: str) -> bool:
    """Whether minutes say in ``text`` what was done: "RESOLVED that …", "The meeting closed"."""
    return (
        text.startswith("RESOLVED") or phrase_at(words_of(text).keys, 0, words_for("minutes")) > 0
    )
