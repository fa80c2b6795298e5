"""A script and its station's standing words → all turns in order of air: opening, notice, closing.

They have no place in the script, but are turns like any other: spoken by a voice, or recorded.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from broadcast.language import same_language
from broadcast.messages import Message
from broadcast.messages.listeners import words_for
from broadcast.metadata.disclosure import notice_words
from broadcast.model import Paragraph, Problem, Role, Script, Speaker, Turn, TurnKind
from broadcast.production.desk.draft_record import DraftRecord
from broadcast.station import Station
from broadcast.station.notice import is_told

_LISTENERS = r"(?:quý (?:vị|thính giả|khán|bạn)|thính giả|các bạn|bà con|bạn nghe đài)"
_GOODBYE = re.compile(
    rf"c[ảá]m ơn {_LISTENERS}[^.!?]{{0,60}} (?:lắng nghe|đón nghe|nghe đài|theo dõi|quan tâm)"
    r"|(?:xin|kính|thân ái|trân trọng) chào\b[^.!?]{0,60}\bhẹn (?:sớm )?(?:được )?gặp lại"
    rf"|hẹn (?:sớm )?(?:được )?gặp lại (?:toàn thể )?{_LISTENERS}"
    rf"|tạm biệt (?:toàn thể )?{_LISTENERS}"
    r"|(?:chương trình|chuyên mục|bản tin|tiết mục)\b[^.!?]{0,100} (?:đến đây (?:là|xin)"
    r"|xin (?:được |phép )*(?:tạm )?(?:dừng|kết thúc|khép))"
    r"|thank(?:s| you)(?: (?:very|so) much)?(?: all)? for (?:listening|tuning in|being with us)"
    r"|\bgoodbye\b|\buntil next time\b|that(?:'s|’s| is) all (?:from|for)",
    re.IGNORECASE,
)
_LAST_TURNS = 2
_LAST_CHARACTERS = 300


def in_order_of_air(
    script: Script, station: Station, *, title: str, day: date, recorded: Collection[str]
) -> tuple[Turn, ...]:
    """Give every turn that is heard; ``recorded`` are the ids of those that are recordings.

    The notice is there when any official's turn is synthetic, and only then; with the disclosure
    off it is not. A script that says goodbye itself has no closing of the station's.
    """
    presenter = _presenter(script)
    names = {
        "show": station.show.title,
        "title": title,
        "date": written_date(day, script.language),
        "reporter": _first_name(script.speakers, "reporter"),
        "guest": _first_name(script.speakers, "official"),
    }

    def standing(kind: TurnKind, words: str) -> list[Turn]:
        text = words.strip()
        if not text:
            return []
        return [Turn(kind, presenter, "presenter", (Paragraph(0, text),), id=kind)]

    heard = [(turn, turn.id not in recorded) for turn in script.turns]
    # A station's own words are in the show's language: a programme in another does without them.
    if not same_language(script.language, station.show.language):
        station = replace(station, opening="", notice="", closing="")
    closing = "" if goodbye_in(script) else station.closing
    notice = notice_words(script.language, heard, station.notice) if station.disclosure else ""
    return (
        *standing("opening", filled(station.opening, names)),
        *standing("notice", notice),
        *script.turns,
        *standing("closing", filled(closing, names)),
    )


def goodbye_in(script: Script) -> Turn | None:
    """Give the turn at the end in which the presenter or reporter says goodbye to listeners."""
    last = [*script.of_kind("turn")[-_LAST_TURNS:], *script.of_kind("byline")]
    for turn in reversed(last):
        if turn.role != "official" and _GOODBYE.search(turn.text[-_LAST_CHARACTERS:]):
            return turn
    return None


def closing_left_out(script: Script, station: Station) -> Problem | None:
    """Say that the station's closing is not heard, where the script closes the programme itself."""
    turn = goodbye_in(script)
    if turn is None or not station.closing.strip():
        return None
    if not same_language(script.language, station.show.language):
        return None
    return Problem(
        turn.paragraphs[-1].line or None,
        "note",
        Message(
            "closing.left-out",
            "the script says goodbye itself: the station's own closing is left out",
        ),
        Message("closing.left-out.hint", "To have that one, take the goodbye out of the script."),
        turn.n,
    )


def notice_unchecked(station: Station) -> Problem | None:
    """Say that nobody knows whether the station's own notice tells of the synthetic voice."""
    language = station.show.language
    if not (station.disclosure and station.notice.strip()):
        return None
    if is_told(station.notice, language) is not None:
        return None
    return Problem(
        None,
        "note",
        Message(
            "notice.unchecked",
            "whether notice says that a synthetic voice is heard could not be checked: "
            "its words are not known in {language:language}",
            language=language,
        ),
        Message("notice.unchecked.hint", "Make sure that it does."),
    )


def spoken_day(record: DraftRecord) -> date | None:
    """Give the day that the opening or the closing of a draft says; None where they say none."""
    said = written_date(record.date, record.language)
    standing = (turn.text for turn in record.turns if turn.kind in ("opening", "closing"))
    says = re.compile(rf"(?<!\d){re.escape(said)}(?!\d)")
    return record.date if any(map(says.search, standing)) else None


def written_date(day: date, language: str) -> str:
    """Write a date as the language's newspapers do, so that it is also said right."""
    words = words_for(language)
    if not same_language(words.language, language):
        return day.isoformat()
    month = words.dates.months[day.month - 1]
    return words.dates.said.format(day=day.day, month=month, year=day.year)


def filled(words: str, names: Mapping[str, str]) -> str:
    """Fill in {title} and the like; other braces are words."""
    return re.sub(r"\{(\w+)\}", lambda place: names.get(place[1], place[0]), words)


def _presenter(script: Script) -> str:
    lead = script.of_kind("lead") + script.of_kind("byline")
    if lead:
        return lead[0].speaker
    known = _first_name(script.speakers, "presenter")
    return known or words_for(script.language).people.presenter


def _first_name(speakers: Sequence[Speaker], role: Role) -> str:
    return next((speaker.name for speaker in speakers if speaker.role == role), "")
