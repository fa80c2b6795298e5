"""Instructions in a script: [pause 2s], [nhạc: FILE], "Băng ông Tám, 45 giây" turned into cues."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PureWindowsPath

from broadcast.messages import Message
from broadcast.model import CueKind, MusicPart, Problem
from broadcast.script import reasons, vocabulary
from broadcast.script.cue_forms import (
    AROUND_FILE,
    BRACKETS,
    DURATION,
    KIND,
    LONGEST_OWN,
    MAY_BE_OWN,
    PARTS,
    SECONDS,
    TAPE,
    TIME_CODE,
    file_in,
)
from broadcast.script.form import Sureness
from broadcast.script.label_forms import form_of
from broadcast.script.label_parts import tells_how
from broadcast.script.names import Words, has_words


@dataclass(frozen=True, slots=True)
class Instruction:
    """A cue before it is known where it takes effect. A pause's length is its ``end_ms``.

    ``part`` is which of the station's music it names by its kind ("nhạc hiệu": the intro).
    """

    kind: CueKind
    file: str | None = None
    start_ms: int | None = None
    end_ms: int | None = None
    part: MusicPart | None = None


@dataclass(frozen=True, slots=True)
class TakenOut:
    """What was taken out of a line: an instruction, or words in brackets and why they are none."""

    text: str
    instruction: Instruction | None
    why: Message | None = None
    problem: Problem | None = None


# No paragraph is longer; what is, holds no cues.
_LONGEST = 100_000
_LONGEST_DIRECTION = 8
"""Words in "(tiếng sóng biển vỗ bờ)", "(phát băng phỏng vấn ông An)" on a line of their own."""
_LETTER = re.compile(r"[^\W_]")
_PICTURE = re.compile(r"(?:ảnh|hình|photo|image|picture)\b", re.IGNORECASE)
_REFERENCE = re.compile(r"\d{1,3}(?:[,–-]\d{1,3})*|\.{3}|…")


def cues_in(text: str, line: int) -> tuple[str, list[TakenOut]]:
    """Take the cues out of a line: the words left to speak, and what was found.

    Square brackets are a cue wherever they stand but in the midst of a sentence; round ones only
    for common stage directions; a line without brackets only if nothing else can be meant.
    """
    if len(text) > _LONGEST:
        return text, []
    if (own := _on_its_own(text, line)) is not None:
        return "", [own]
    if "[" not in text and "(" not in text:
        return text, []
    found: list[TakenOut] = []
    letter = _LETTER.search(text)
    begin = len(text) if letter is None else letter.start()
    end = len(text) - next((at for at, sign in enumerate(reversed(text)) if sign.isalnum()), 0)

    def taken(match: re.Match[str]) -> str:
        first, last = match.start() <= begin, match.end() >= end
        one = _found(match, line, alone=first or last, whole=first and last)
        if one is None:
            return match[0]
        found.append(one)
        return ""

    left = BRACKETS.sub(taken, text)
    if not found:
        return text, []
    left = re.sub(r"\s+([.,;:?!…])", r"\1", re.sub(r"\s{2,}", " ", left)).strip()
    return (left if has_words(left) else ""), found


def _on_its_own(text: str, line: int) -> TakenOut | None:
    """Give the cue that a line without brackets is: "Nhạc hiệu", "Băng phỏng vấn, 45 giây"."""
    if len(text) > LONGEST_OWN or MAY_BE_OWN.match(text) is None:
        return None
    written = text.strip()
    bare = written.strip("-–—•*_#()[] \t")
    in_plain_brackets = written[:1] in "[(" and "(" not in bare
    if in_plain_brackets or "[" in bare or "]" in bare or bare.endswith(("?", "!")):
        return None
    kind = KIND.fullmatch(bare.rstrip(".:… "))
    if kind is None or kind["pause"]:
        return None
    rest = kind["rest"].strip()
    named = kind[0][: kind.start("rest")].strip(" :：") if rest else kind[0]
    of_two_words = " " in named
    if file_in(rest):
        is_cue = ":" in kind[0]
    elif DURATION.search(rest):
        is_cue = (of_two_words or not bare.endswith(".")) and (
            kind["clip"] is not None or DURATION.sub("", rest, count=1).strip(" ,:(") == ""
        )
    elif rest:
        is_cue = TAPE.match(bare) is not None and not re.search(r"[:.,;]", rest)
    else:
        is_cue = of_two_words
    return _cue(written, kind, line) if is_cue else None


def _found(match: re.Match[str], line: int, *, alone: bool, whole: bool) -> TakenOut | None:
    square = match[1] is not None
    inside = (match[1] or match[2]).strip()
    words = Words.of(inside)
    kind = KIND.fullmatch(inside)
    effect = whole and kind is not None and words.keys[:2] == ("tiếng", "động")
    heard = (whole or (square and alone)) and words.keys[:1] == ("tiếng",)
    if not effect and (
        words.is_one_of(vocabulary.STAGE_DIRECTIONS)
        or (heard and len(words) <= _LONGEST_DIRECTION)
        or _is_done_by_somebody(words)
    ):
        return TakenOut(match[0], None, reasons.STAGE_DIRECTION)
    if kind is not None and (square or _is_common(kind, alone=alone, whole=whole)):
        return _cue(match[0], kind, line)
    if not square:
        return None
    if _REFERENCE.fullmatch(inside):
        return TakenOut(match[0], None, reasons.REFERENCE)
    if not alone or _is_label(match):
        return None
    if TIME_CODE.fullmatch(inside):
        return TakenOut(match[0], None, reasons.TIME_CODE)
    if _PICTURE.match(inside):
        return TakenOut(match[0], None, reasons.PICTURE)
    problem = Problem(
        line,
        "warning",
        Message("cue.unknown", "“{cue}” is no cue we know; it is not spoken", cue=match[0]),
        Message(
            "cue.unknown.hint",
            "Cues are [pause 2s], [music: FILE], [bed: FILE] and [clip: FILE 0:10-0:35].",
        ),
    )
    return TakenOut(match[0], None, reasons.UNKNOWN_CUE, problem)


def _is_done_by_somebody(words: Words) -> bool:
    """Whether the words are "Bà Mơ cười"."""
    return 2 <= len(words) <= 6 and any(
        words[at:].is_one_of(vocabulary.STAGE_DIRECTIONS)
        and words[:at].opening(vocabulary.TITLES) > 0
        for at in range(1, len(words))
    )


def _is_label(match: re.Match[str]) -> bool:
    """Whether the brackets hold a speaker's label: "[PV]: …", "[HOST] Good morning"."""
    after = match.string[match.end() : match.end() + 1]
    form = form_of(match[1].strip())
    if form is None or after == ":":
        return form is not None
    begins = not has_words(match.string[: match.start()])
    return begins and form.sureness > Sureness.MAYBE and not tells_how(match[1])


def _is_common(kind: re.Match[str], *, alone: bool, whole: bool) -> bool:
    """Whether round brackets hold a cue: "nhạc hiệu", "nghỉ 2 giây", "băng ông Tám, 45 giây".

    In the midst of a sentence they explain a word: "một đoạn phim ngắn (clip) được xem nhiều".
    """
    rest = kind["rest"]
    if kind["pause"]:
        return not rest or SECONDS.fullmatch(rest) is not None
    if file_in(rest):
        return True
    if not alone:
        return False
    if DURATION.search(rest) or (whole and TAPE.match(kind[0])):
        return True
    return len(rest.split()) <= (_LONGEST_DIRECTION if whole else 2)


def _cue(written: str, kind: re.Match[str], line: int) -> TakenOut:
    rest = kind["rest"].strip(" “”\"'")
    if kind["pause"]:
        return _pause(written, rest, line)
    if kind["bed_end"]:
        return TakenOut(written, Instruction("bed end"))
    name: CueKind = "clip" if kind["clip"] else "bed" if kind["bed"] else "music"
    part = next((one for one in PARTS if kind[one]), None)
    before = kind.string[: kind.start("rest")].rstrip()
    parts = file_in(rest, after_colon=before.endswith((":", "：")))
    if parts is None:
        return TakenOut(written, Instruction(name, part=part))
    file = parts["file"].strip(AROUND_FILE)
    if (wrong := _unsafe(file, written)) is not None:
        return _refused(written, wrong, line)
    begins = parts["start"] or parts["from"]
    start = _ms(begins) if begins else None
    end = _ms(parts["end"]) if parts["end"] else None
    if start is not None and end is not None and end <= start:
        wrong = Message("cue.ends-first", "“{cue}” ends before it begins", cue=written)
        return _refused(written, wrong, line)
    return TakenOut(written, Instruction(name, file.replace("\\", "/"), start, end, part))


def _pause(written: str, rest: str, line: int) -> TakenOut:
    if not rest:
        return TakenOut(written, Instruction("pause"))
    length = SECONDS.fullmatch(rest)
    if length is None:
        wrong = Message("cue.no-seconds", "“{cue}” does not say how many seconds", cue=written)
        return _refused(written, wrong, line)
    amount = float(length[1].replace(",", "."))
    unit = (length[2] or "s").casefold()
    per_unit = 60_000 if unit.startswith(("phút", "min")) else 1 if unit == "ms" else 1_000
    ms = round(amount * per_unit)
    if not 0 < ms <= 60_000:
        wrong = Message("cue.too-long", "“{cue}” is not between 0 and 60 seconds", cue=written)
        return _refused(written, wrong, line)
    return TakenOut(written, Instruction("pause", end_ms=ms))


def _refused(written: str, wrong: Message, line: int) -> TakenOut:
    hint = Message(
        "cue.how",
        "Write [pause 2s], [music: FILE] or [clip: FILE 0:10-0:35], with a file of the station.",
    )
    return TakenOut(written, None, reasons.UNUSABLE_CUE, Problem(line, "error", wrong, hint))


def _unsafe(file: str, written: str) -> Message | None:
    """Why a path may not stand in a cue: only files below the station are used."""
    if "://" in file or file.startswith(("data:", "file:")):
        return Message(
            "cue.path-online", "the path in “{cue}” is an address on the network", cue=written
        )
    path = PureWindowsPath(file)
    if path.drive or path.root or file.startswith("~"):
        return Message(
            "cue.path-outside", "the path in “{cue}” is not inside the station", cue=written
        )
    if ".." in path.parts:
        return Message(
            "cue.path-leads-out", "the path in “{cue}” leads out of the station", cue=written
        )
    if any(ord(character) < 32 for character in file):
        return Message("cue.path-unreadable", "the path in “{cue}” cannot be read", cue=written)
    return None


def _ms(clock: str) -> int:
    seconds = 0.0
    for part in clock.rstrip("s").replace(",", ".").split(":"):
        seconds = seconds * 60 + float(part)
    return round(seconds * 1000)
