"""What a programme says to its listeners by itself: one table, filled in for each language.

A language is one file here, named by its tag in small letters (``vi.py``, ``zh_hant.py``), whose
``WORDS`` has every field. Places in braces are filled in where the words are used.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from pathlib import Path

from msgspec import Struct

from broadcast.language import Language

__all__ = ["ListenerWords", "all_words", "part_in_full", "words_for"]


# Structs, for as many dataclasses would take four milliseconds of every swap.
class People(Struct, frozen=True):
    """What somebody is called who has no name, by role."""

    presenter: str
    reporter: str
    official: str


class Parts(Struct, frozen=True):
    """What somebody does in a programme, where scripts have no more than letters for it."""

    reporter: str
    contributor: str
    editor: str
    host: str
    announcer: str


class Credits(Struct, frozen=True):
    """What stands before the names of those who made a programme, by what they did."""

    producer: str
    reporter: str
    author: str
    editor: str
    translator: str
    engineer: str
    sound_editor: str
    director: str
    narrator: str


class ListingWords(Struct, frozen=True):
    """What directories show beside a show: its link for support, and how often it comes."""

    funding: str
    daily: str
    weekdays: str
    weekly: str
    fortnightly: str
    monthly: str


class Disclosure(Struct, frozen=True):
    """Who is told to be a synthetic voice: aloud at the start, and in the description.

    ``notice_all`` is said where every answer of {guests} is synthetic, ``notice_some`` where others
    are recorded. ``line_of_one`` and ``line_of_several`` name the synthetic {turns} by number.
    ``and_last`` puts the last of several names behind the others. Of a station's own notice,
    ``says_so`` are the words that tell of a synthetic voice, those in capitals only so;
    ``denies`` are those that take it back, but for what is ``real``; ``turns`` lead over to what
    the words before do not speak of.
    """

    notice_all: str
    notice_some: str
    line_of_one: str
    line_of_several: str
    and_last: str
    says_so: tuple[str, ...]
    denies: tuple[str, ...]
    real: tuple[str, ...]
    turns: tuple[str, ...]


class Chapters(Struct, frozen=True):
    """The chapter before the first question, and words of thanks: they ask nothing.

    ``thanks`` are in small letters, without punctuation.
    """

    introduction: str
    thanks: tuple[str, ...]


class Transcript(Struct, frozen=True):
    """What marks synthetic voices: at a WebVTT file's head, and beside a name in plain text."""

    synthetic_voices: str
    synthetic_voice: str


class RecordSheet(Struct, frozen=True):
    """The page that lists which turns are to be recorded, for those who speak them."""

    sheet: str
    total: str
    turn: str
    nothing: str


class Dates(Struct, frozen=True):
    """Days as they are read, and as they are written to be said; {month} is one of ``months``."""

    months: tuple[str, ...]
    read: str
    said: str


class Figures(Struct, frozen=True):
    """Lengths and sizes; ``decimal_mark`` stands before tenths."""

    minutes: str
    seconds: str
    megabytes: str
    decimal_mark: str


class Pages(Struct, frozen=True):
    """The listening pages: what is there, and what can be done with it."""

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
    timeline: str
    seek_hint: str
    downloads: str
    download_audio: str
    download_small: str
    download_transcript: str
    all_episodes: str
    years: str
    year: str
    month: str
    withdrawn: str
    withdrawn_on: str
    expired: str
    expired_on: str
    moved: str
    show_moved: str
    synthetic: str
    synthetic_title: str
    synthetic_notice: str
    player: str
    captions: str
    season_episode: str
    year_episode: str
    episode: str
    people: str
    jump: str
    back: str
    forward: str
    speed: str
    here: str
    kept: str
    forget: str
    forgotten: str
    light: str
    full: str
    from_here: str
    estimated: str
    search: str
    found: str
    not_found: str
    next_found: str
    previous_found: str
    as_text: str
    print: str
    share: str
    share_now: str
    page_address: str
    copy_moment: str
    qr_page: str
    qr_feed: str
    elsewhere: str
    earlier: str
    later: str


class ListenerWords(Struct, frozen=True):
    """One language's words; ``language`` is its tag."""

    language: str
    people: People
    parts: Parts
    credits: Credits
    listing: ListingWords
    disclosure: Disclosure
    chapters: Chapters
    transcript: Transcript
    record_sheet: RecordSheet
    dates: Dates
    figures: Figures
    pages: Pages


def words_for(*languages: str) -> ListenerWords:
    """Give the words of the first of these language tags that has some, else English ones.

    A dialect, script or region without words of its own has its language's.
    """
    for wanted in map(Language.tagged, languages):
        for one in (wanted, *wanted.parents):
            if (name := one.tag.lower().replace("-", "_")) in _files():
                return _words(name)
    return _words("en")


def part_in_full(name: str, language: str) -> str:
    """Give a speaker's name as listeners are told it: "PV Hồng Tú" is "Phóng viên Hồng Tú".

    A name that has its part in words already, or none, is given as it is.
    """
    found = _PART.match(name) or _PART_BESIDE.search(name)
    if found is None:
        return name
    letters = found["part"].replace(".", "").upper()
    word: str = getattr(words_for(language).parts, _LETTERS[letters])
    before, after = name[: found.start("part")], name[found.end("part") :]
    if before:
        word = word[:1].lower() + word[1:]
    # "PV1" is one of several.
    return f"{before}{word}{' ' if after[:1].isdecimal() else ''}{after}"


def all_words() -> tuple[ListenerWords, ...]:
    """Give the words of every language that has some."""
    return tuple(map(_words, _files()))


_LETTERS = {
    "PV": "reporter",
    "CTV": "contributor",
    "BTV": "editor",
    "MC": "host",
    "NDCT": "host",
    "DCT": "host",
    "PTV": "announcer",
    "XNV": "announcer",
}
_WRITTEN = "|".join(
    rf"{form[0]}\.{form[1]}\.?|{form}" if len(form) == 2 else form
    for letters in _LETTERS
    for form in (letters, letters.lower())
)
# "BTV Online" is a station's site.
_PART = re.compile(rf"(?P<part>{_WRITTEN})(?![^\W\d_]|\s+Online\b)")
_PART_BESIDE = re.compile(rf"(?:[(\[]|\s[-–—]\s|,\s)(?P<part>{_WRITTEN})(?=[)\]]?$)")


@cache
def _files() -> tuple[str, ...]:
    return tuple(sorted(file.stem for room in __path__ for file in Path(room).glob("[!_]*.py")))


@cache
def _words(name: str) -> ListenerWords:
    words: ListenerWords = import_module(f"{__name__}.{name}").WORDS
    return words
