"""Web and e-mail addresses, hashtags and handles → words, letter names and signs by name."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from broadcast.spoken.grammar import Place, Said, rule
from broadcast.spoken.style import Style
from broadcast.spoken.vi.letters import spelled
from broadcast.spoken.vi.numbers import cardinal, digits
from broadcast.text import CAPITAL, SMALL

_ADDRESS = r"[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:/[\w%&=?#.+~@:-]*)*"
_SIGNS = {".": "chấm", "-": "gạch ngang", "_": "gạch dưới", "/": "xuyệt", "@": "a còng",
          "+": "cộng", "&": "và", "=": "bằng", "?": "hỏi chấm", "#": "thăng", ":": "hai chấm",
          "~": "ngã", "%": "phần trăm"}  # fmt: skip
_PARTS = re.compile(rf"\d+|[{CAPITAL}]?[{SMALL}]+|[{CAPITAL}]+(?![{SMALL}])|[^\W\d_]+|[^\w\s]|_")
_ONSET = r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnprstvx])?"
_RIME = (
    r"(?:iec|iem|ien|iep|iet|ieu|ieng|yen|yeu|yet|uyen|uyet|uoc|uoi|uom|uon|uong|uot|uou|uyt|uych"
    r"|oach|oai|oan|oang|oanh|oat|oay|oac|oen|oeo|oet|uan|uang|uat|uay|uech|ueh?|uenh"
    r"|ach|anh|ang|ech|enh|eng|ich|inh|ong|ung|ia|ai|ao|au|ay|eo|eu|iu|oa|oe|oi|ua|ui|uo|uu|uy|uya"
    r"|[aeiou][cmnpt]|[aeiouy])"
)
_SYLLABLE = re.compile(rf"{_ONSET}{_RIME}")


@cache
def _known() -> dict[str, str]:
    text = resources.files("broadcast.spoken.vi").joinpath("web_names.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines()[1:] if line and line[0] != "#")
    return {row[0]: row[1] for row in rows}


def _address(place: Place) -> Said:
    """An address; what introduces it (https, www) is not said."""
    written = re.sub(r"^(?:https?://)?(?:www\.)?", "", place.match[0].rstrip("/.,;:!?"))
    end = place.start + len(place.match[0].rstrip("/.,;:!?"))
    end += place.text.startswith("/", end)
    return place.said(_named(written, place.style), end=end)


def _named(written: str, style: Style, *, tag: bool = False) -> str:
    said: list[str] = []
    run: list[str] = []
    for part in [*_PARTS.findall(written), ""]:
        if part.isalpha():
            run.append(part)
            continue
        if run:
            said.append(_words(run, style))
            run = []
        if part.isdecimal():
            year = tag and len(part) < 5 and part[0] != "0"
            said.append(cardinal(int(part), style) if year else digits(part))
        elif part:
            said.append(_SIGNS.get(part, ""))
    return " ".join(filter(None, said))


def _words(parts: list[str], style: Style) -> str:
    """Say letters run together: names that are known, syllables, and the rest letter by letter."""
    known = _known()
    whole = "".join(parts).lower()
    if whole in known:
        return known[whole]
    said, position = [], 0
    while position < len(parts):
        for stop in range(len(parts), position, -1):
            word = "".join(parts[position:stop]).lower()
            if word in known or stop == position + 1:
                said.append(known.get(word) or _apart(word, style))
                position = stop
                break
    return " ".join(said)


def _apart(word: str, style: Style) -> str:
    """Split a word into known names and syllables, the fewest that fit; else keep or spell it."""
    if any(ord(each) > 127 for each in word):
        return word
    known = _known()
    best: list[list[str] | None] = [[]] + [None] * len(word)
    for stop in range(1, len(word) + 1):
        for start in range(max(0, stop - 14), stop):
            before, piece = best[start], word[start:stop]
            if before is None or not (piece in known or _SYLLABLE.fullmatch(piece)):
                continue
            if len(piece) == 1 and piece not in known and len(word) > 1:
                continue
            if best[stop] is None or len(before) + 1 < len(best[stop] or []):
                best[stop] = [*before, piece]
    found = best[-1]
    if found:
        return _with_names(found)
    vowels = sum(each in "aeiouy" for each in word)
    return word if vowels and len(word) > 3 else spelled(word, style)


def _with_names(pieces: list[str]) -> str:
    known = _known()
    return " ".join(known.get(piece, piece) for piece in pieces)


def _hashtag(place: Place) -> Said | None:
    written = place.match["words"]
    if written.isdecimal():
        return place.said(
            f"số {digits(written) if written[0] == '0' else ''}".strip(), end=place.start + 1
        )
    return place.said(_named(written, place.style, tag=True))


def _handle(place: Place) -> str:
    return f"a còng {_named(place.match['words'], place.style)}"


WEB_RULES = (
    rule("e-mail", rf"[\w.+-]+@{_ADDRESS}", _address),
    rule("web", rf"(?:https?://)?{_ADDRESS}", _address),
)
TAG_RULES = (
    rule("hashtag", r"#(?P<words>\w+)", _hashtag),
    rule("handle", r"@(?P<words>[\w.]*\w)", _handle),
)
