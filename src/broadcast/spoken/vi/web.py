"""Web and e-mail addresses, hashtags and handles → words, letter names and signs by name."""

from __future__ import annotations

import math
import re
from functools import cache
from importlib import resources
from itertools import pairwise

from broadcast.spoken import uncertain
from broadcast.spoken.grammar import Place, Said, rule
from broadcast.spoken.lexicon_table import built_in_lexicon
from broadcast.spoken.style import Style
from broadcast.spoken.vi.letters import spelled, without_marks
from broadcast.spoken.vi.numbers import cardinal, digits
from broadcast.text import CAPITAL, SMALL

_ADDRESS = r"[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:/[\w%&=?#.+~@:-]*)*"
_SIGNS = {".": "chấm", "-": "gạch ngang", "_": "gạch dưới", "/": "xuyệt", "@": "a còng",
          "+": "cộng", "&": "và", "=": "bằng", "?": "hỏi chấm", "#": "thăng", ":": "hai chấm",
          "~": "ngã", "%": "phần trăm"}  # fmt: skip
_PARTS = re.compile(rf"\d+|[{CAPITAL}]?[{SMALL}]+|[{CAPITAL}]+(?![{SMALL}])|[^\W\d_]+|[^\w\s]|_")
# Which of two letters a sound begins with goes by the vowel: nghe, nga; ke, ca.
_ONSET = (
    r"(?:(?:ngh|gh|k)(?=[eiy])|(?:ng|g|c)(?=[aou])|nh|gi|g(?=i)|kh|ph|th|tr|ch|qu"
    r"|[bdhlmnprstvx])?"
)
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
    doubt = uncertain.TAKEN_FOR_SYLLABLES if _is_guessed(written) else None
    return place.said(_named(written, place.style), end=end, doubt=doubt)


def _is_guessed(written: str) -> bool:
    """Whether letters in an address are no name that is known: their marks can only be guessed."""
    known = _known()
    return any(
        run not in known and len(run) > 3 and run.isascii()
        for run in re.findall(r"[^\W\d_]+", written.lower())
    )


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
    """Split a word into known ones and syllables, the likeliest that fit; else keep or spell it."""
    if any(ord(each) > 127 for each in word):
        return word
    best: list[tuple[float, str] | None] = [(0.0, "")] + [None] * len(word)
    for stop in range(1, len(word) + 1):
        for start in range(max(0, stop - _LONGEST), stop):
            before, piece = best[start], word[start:stop]
            if before is None or (len(piece) == 1 and len(word) > 1):
                continue
            said, unlikely = _piece(piece)
            whole = best[stop]
            if said and (whole is None or before[0] + unlikely < whole[0]):
                best[stop] = (before[0] + unlikely, f"{before[1]} {said}".strip())
    found = best[-1]
    if found:
        return found[1]
    vowels = sum(each in "aeiouy" for each in word)
    return word if vowels and len(word) > 3 else spelled(word, style)


_LONGEST = 16
_JOINING = frozenset(("và", "của", "các", "với", "cho", "về", "theo", "tại", "trong", "có", "là"))


def _piece(letters: str) -> tuple[str, float]:
    """Give what a piece of a word is said as ("" for nothing), and how unlikely it is."""
    known = _known()
    if letters in known:
        return known[letters], 4.0
    words, often = _common()
    if letters in words:
        return words[letters], 6.0
    if not _SYLLABLE.fullmatch(letters):
        return "", 0.0
    return letters, 8.0 - math.log(often.get(letters, 0) + 0.3)


@cache
def _common() -> tuple[dict[str, str], dict[str, int]]:
    """Words of two syllables that the lexicon says, by their plain letters, and how often
    a syllable is among them: so letters run together come apart, and find their marks again."""
    pairs: dict[str, list[str]] = {}
    often: dict[str, int] = {}
    spoken = [entry.spoken.lower() for entry in built_in_lexicon("vi").entries]
    for said in (*spoken, *_known().values()):
        syllables = said.split()
        for syllable in syllables:
            plain = without_marks(syllable)
            often[plain] = often.get(plain, 0) + 1
        for pair in pairwise(syllables):
            if _JOINING.isdisjoint(pair):
                pairs.setdefault(without_marks("".join(pair)), []).append(" ".join(pair))
    sure = {
        letters: said[0]
        for letters, said in pairs.items()
        if len(letters) > 4 and len(said) > 1 and len(set(said)) == 1
    }
    return sure, often


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
