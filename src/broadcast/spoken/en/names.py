"""English names that hold figures or numerals: flights, roads, codes, scores, kings → words."""

from __future__ import annotations

import re

from broadcast.spoken import uncertain
from broadcast.spoken.en.numbers import cardinal, digits, ordinal, year
from broadcast.spoken.grammar import UNKNOWN, Place, Said, rule
from broadcast.spoken.numerals import roman_value

_SCORED = re.compile(
    r" (?:won|wins?|winning|beat|beats|beating|lost|lose|loses|losing|victory|score|scores|defeat"
    r"|defeats|defeated|draw|draws|drew|led|leads?|leading|trail|trails|trailed|loss|ended"
    r"|finished|thrashed|hammered|edged|score was|by)(?: (?:a|the|of|is|was|at|up|down|for|in"
    r"|[A-Za-z][\w'’-]*)){0,4}$"
)
_SCORE_AFTER = re.compile(
    r"(?:$|at|in|on|over|against|to|after|and|but|with|for|away|win|wins|victory|defeat|draw|loss"
    r"|lead|thanks|last|before|by|from|following|when|as|aggregate|up|down)(?!\w)"
)
_HALVES_AFTER = re.compile(r"(?:chance|split|call|deal|share|basis|decision|$)")
_ROMAN_BEFORE = (
    " war", " chapter", " part", " volume", " act", " scene", " phase", " title", " type",
    " class", " article", " book", " section", " stage", " level", " schedule", " bowl",
    " appendix", " tier", " region", " grade", " vatican", " congress", " apollo", " rocky",
    " elizabeth ii", " mark", " division", " episode", " fantasy", " group", " band", " category",
    " factor", " saturn", " annex", " figure", " table", " unit", " round", " zone", " corps",
    " trek", " page", " godfather", " vol.", " form", " rule", " lesson", " canto", " protocol",
)  # fmt: skip
_CROWNED = re.compile(
    r"(?:\b(?:King|Queen|Pope|Emperor|Empress|Tsar|Tsarina|Kaiser|Prince|Sultan|Shah|Patriarch)"
    r" (?:[A-Z][\w'’-]+ ){1,3}"
    r"|\b(?:Henry|Charles|George|Edward|Elizabeth|James|Louis|Philip|William|Richard|Napoleon"
    r"|Frederick|Nicholas|Pius|Leo|Benedict|John Paul|Francis|Rama|Catherine|Alexander) )$"
)
_NAME = re.compile(r"(?<!\w)(?P<name>[A-Z][a-z]+) $")
_NO_NAME = frozenset((
    "The", "In", "On", "And", "But", "For", "With", "At", "From", "To", "By", "As", "When", "If",
    "While", "After", "Before", "Then", "Now", "So", "That", "This", "What", "Who", "Yes", "No",
))  # fmt: skip
_I_DOES = re.compile(r"(?:am|was|have|had|will|would|think|believe|can|could|do|did|know|say)\b")


def _ordinal(place: Place) -> str:
    return ordinal(int(place.match["number"].replace(",", "")))


def _score(place: Place) -> Said | None:
    """Won 3-1, beat Laos 4-0, 6-4, 7-5, 50-50; but won 10-15 seats."""
    earlier = re.sub(r"(?:\d{1,3}[-–]\d{1,3}(?:, | and |,? ))+$", "", place.text[: place.start])
    before = f" {re.split(r'[.;:!?()]', earlier[-70:])[-1].casefold().rstrip(', ')}"
    numbers = [int(each) for each in re.findall(r"\d+", place.match[0])]
    halves = sum(numbers) == 100 and _HALVES_AFTER.match(place.after)
    nil = 0 in numbers and max(numbers) < 10
    if not (halves or nil) and not (
        _SCORED.search(before) and _SCORE_AFTER.match(place.after.rstrip())
    ):
        return None
    link = " to " if max(numbers) > 20 and not halves else " "
    return place.said(link.join(map(cardinal, numbers)))


def _route(place: Place) -> Said | None:
    """Flight 370, Boeing 747-8, Room 101: the first figure, then the other two."""
    if not place.follows(
        " flight", " boeing", " airbus", " route", " highway", " room", " us", " interstate",
        " suite", " apartment", " bus", " state route",
    ):  # fmt: skip
        return None
    said = _pairs(place.match["number"])
    if said is None:
        return None
    model = place.match["model"]
    return place.said(f"{said} {cardinal(int(model[1:]))}" if model else said)


def _pairs(figures: str) -> str | None:
    first, rest = figures[:-2], figures[-2:]
    if rest == "00":
        return None
    tail = f"oh {cardinal(int(rest))}" if rest[0] == "0" else cardinal(int(rest))
    return f"{cardinal(int(first))} {tail}"


def _house(place: Place) -> Said | None:
    """1600 Pennsylvania Avenue: a house's four figures two by two."""
    if place.follows(" year", " of", " since"):
        return None
    figures = place.match["number"]
    hundreds = f"{cardinal(int(figures[:2]))} hundred"
    return place.said(hundreds if figures[2:] == "00" else _pairs(figures) or "")


def _code(place: Place) -> str:
    """COVID-19, A4, 5G, F-16, FY2023: figures as a number up to two, as a year, or one by one."""
    said = []
    for run in re.findall(r"\d+(?:\.\d+)?|[^\W\d_]+", place.match[0]):
        if not run[0].isdecimal():
            said.append(run)
        elif "." in run:
            said.append(" point ".join(cardinal(int(part)) for part in run.split(".")))
        elif len(run) > 2 or (run[0] == "0" and len(run) > 1):
            flown = place.follows(" flight") or not 1950 <= int(run) < 2100
            said.append(digits(run) if len(run) != 4 or flown else year(int(run)))
        else:
            said.append(cardinal(int(run)))
    return " ".join(said)


def _clause(place: Place) -> str:
    """Section 12(b), a 401(k) plan."""
    return " ".join(
        (_pairs(each) if len(each) == 3 else None) or cardinal(int(each))
        if each.isdecimal()
        else each
        for each in re.findall(r"\d+|[a-zA-Z]", place.match[0])
    )


def _version(place: Place) -> str | None:
    """1.2.3; but not 1.250.000, as other countries write thousands."""
    parts = place.match[0].split(".")
    if parts[0] != "0" and all(len(each) == 3 for each in parts[1:]):
        return None
    return " point ".join(cardinal(int(part)) for part in parts)


def _roman(place: Place) -> Said | None:
    written = place.match[0]
    number = roman_value(written.upper())
    if number is None:
        return None
    lone = written == "I" and _I_DOES.match(place.after)
    if place.follows(*_ROMAN_BEFORE):
        return None if lone else place.said(cardinal(number))
    before = place.text[max(0, place.start - 60) : place.start]
    if written.islower() or lone:
        return None
    if _CROWNED.search(before):
        return place.said(f"the {ordinal(number)}")
    if len(written) < 2 or not set(written) <= set("IVX"):
        return None
    if place.follows(" the"):
        return place.said(ordinal(number), doubt=uncertain.TAKEN_FOR_ROMAN)
    name = _NAME.search(before)
    if not name or name["name"] in _NO_NAME:
        return None
    return place.said(f"the {ordinal(number)}", doubt=uncertain.TAKEN_FOR_ROMAN)


def _capitals(place: Place) -> Said | None:
    """Capitals that a voice might take for a word, and that no lexicon knows."""
    written = place.match[0]
    if not set(written) & set("AEIOUY") or roman_value(written) is not None:
        return None
    if re.search(r"[A-Z]{2,}\W+$", place.text[max(0, place.start - 20) : place.start]) or re.match(
        r"\W+[A-Z]{2,}(?!\w)", place.text[place.end : place.end + 20]
    ):
        return None
    return place.said(written, doubt=uncertain.WORD_OR_LETTERS)


NAME_RULES = (
    rule(
        "ordinal",
        r"(?P<number>\d+)(?:st|nd|rd|th)[-–](?P<to>\d+)(?:st|nd|rd|th)(?!\w)",
        lambda place: f"{_ordinal(place)} to {ordinal(int(place.match['to']))}",
    ),
    rule("ordinal", r"(?P<number>\d{1,3}(?:,\d{3})+|\d+)(?:st|nd|rd|th)(?!\w)", _ordinal),
    rule("score", r"\d{1,3}[-–]\d{1,3}(?![\d%-]|[.,]\d|\w)", _score),
    rule(
        "code",
        r"\d+(?:\([a-zA-Z\d]\))+",
        _clause,
    ),
    rule("version", r"\d{1,3}(?:\.\d{1,3}){2,}(?!\d)", _version),
    rule("flight", r"(?P<number>\d{3,4})(?P<model>-\d{1,3})?(?!\d|[.,-]\d)", _route),
    rule("house", r"(?P<number>[1-9]\d{3})(?= (?:[A-Z][\w'’]*\.? ){1,3}"
         r"(?:St|Street|Ave|Avenue|Rd|Road|Blvd|Boulevard|Drive|Lane|Way|Place|Square|Ct|Court|Hwy|Highway|Expy|Expressway)(?!\w))",
         _house),
    rule("code", r"\d+(?!(?:[KMGT]B|[MG]?W|V|K|M(?= [a-z]))(?!\w))[A-Z]{1,2}(?!\w)", _code),
    rule("code", r"\dK(?!\w)|\d+K(?= (?:run|race|walk|video|screen|resolution))", _code),
    rule("postcode", r"(?<=[A-Z]{2} )\d{5}(?!\d|[.,]\d)", lambda place: digits(place.match[0])),
)  # fmt: skip
CODE_RULES = (
    rule("roman", r"[IVXLC]+(?![\w&'’.]|-[A-Z])|[IVXLC]+(?=['’.])|[ivx]+(?!\w)", _roman),
    rule("code", r"[^\W\d_]{1,12}-?\d+(?:\.\d+)?[A-Z]?\d*(?!\w)|[^\W\d_]{1,12}\d\w*", _code),
    rule(UNKNOWN, r"[A-ZĐ]{3,6}(?![\w&-])", _capitals),
)
