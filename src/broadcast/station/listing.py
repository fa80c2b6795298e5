"""Settings of [show] → Listing: what only directories are told, where it is set."""

from __future__ import annotations

import re

from broadcast.messages import Message
from broadcast.model import Listing, UpdateFrequency
from broadcast.station.table import Table

MOST_CHARACTERS = 128
"""The longest text that aggregators show of such an element (Podcast Namespace)."""
FREQUENCIES: tuple[UpdateFrequency, ...] = (
    *("daily", "weekdays", "weekly", "fortnightly", "monthly"),
)
# Creative Commons' names of its licences, as the namespace's list of licences has them.
_CREATIVE_COMMONS = re.compile(r"cc-(by(?:-nc)?(?:-sa|-nd)?)-([1-4]\.[05])")
_PUBLIC_DOMAIN = "cc0-1.0"
_GEO = re.compile(r"(?:geo:)?(-?\d{1,2}(?:\.\d+)?), *(-?\d{1,3}(?:\.\d+)?)")
_OSM = re.compile(r"[NWR]\d+(?:#\d+)?")


def read_listing(table: Table) -> Listing:
    """Read and check them. Raises BroadcastError naming the line of what is wrong.

    Source: Podcast Namespace 1.0: license, location, funding, updateFrequency.
    """
    name, address = _licence(table)
    location = _short(table, "location")
    funding = table.web_address("funding")
    frequency = table.choice("update_frequency", FREQUENCIES, "")
    return Listing(
        license=name,
        license_url=address,
        location=location,
        location_geo=_geo(table, location),
        location_osm=_osm(table, location),
        funding=funding,
        funding_text=_needing(table, "funding_text", "funding", funding),
        update_frequency=next((known for known in FREQUENCIES if known == frequency), None),
    )


def _licence(table: Table) -> tuple[str, str]:
    """Give the licence's name and address: Creative Commons' are known by their names."""
    name, address = _short(table, "license"), table.web_address("license_url")
    if not name:
        return "", _needing(table, "license_url", "license", name)
    known = name.lower().replace(" ", "-")
    if known == _PUBLIC_DOMAIN:
        return known, address or "https://creativecommons.org/publicdomain/zero/1.0/"
    if found := _CREATIVE_COMMONS.fullmatch(known):
        return known, address or f"https://creativecommons.org/licenses/{found[1]}/{found[2]}/"
    if not address:
        table.fail(
            "license",
            Message("setting.license-unknown", "{name!r} is no licence known here.", name=name),
            Message(
                "setting.license-unknown.hint",
                'Write one of Creative Commons, such as "cc-by-4.0", or say where the words of '
                'your own stand: license_url = "https://…"',
            ),
        )
    return name, address


def _geo(table: Table, location: str) -> str:
    written = _needing(table, "location_geo", "location", location)
    found = _GEO.fullmatch(written)
    if found and abs(float(found[1])) <= 90 and abs(float(found[2])) <= 180:
        return f"geo:{found[1]},{found[2]}"
    if written:
        table.fail(
            "location_geo",
            Message("setting.no-geo", "{written!r} is no place on Earth.", written=written),
            Message("setting.no-geo.hint", 'Write latitude and longitude: "10.9289,108.1021".'),
        )
    return ""


def _osm(table: Table, location: str) -> str:
    written = _needing(table, "location_osm", "location", location)
    if written and not _OSM.fullmatch(written):
        table.fail(
            "location_osm",
            Message("setting.no-osm", "{written!r} is nothing in OpenStreetMap.", written=written),
            Message(
                "setting.no-osm.hint",
                'Write N, W or R and the number that openstreetmap.org shows: "R1875952".',
            ),
        )
    return written


def _needing(table: Table, key: str, needed: str, value: str) -> str:
    """Give a text that says nothing unless ``needed`` has a value."""
    text = _short(table, key)
    if text and not value:
        table.fail(
            key,
            Message(
                "setting.needs", "{key} says nothing without {needed}.", key=key, needed=needed
            ),
            Message("setting.needs.hint", 'Add a line: {key} = "…"', key=needed),
        )
    return text


def _short(table: Table, key: str) -> str:
    text = " ".join(table.text(key, "").split())
    if len(text) > MOST_CHARACTERS:
        table.fail(
            key,
            Message("setting.too-long", "{key} is too long to be shown.", key=key),
            Message(
                "setting.too-long.hint", "Write {most} characters at most.", most=MOST_CHARACTERS
            ),
        )
    return text
