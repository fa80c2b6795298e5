"""What station.toml tells directories besides: licence, place, support, how often it comes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from broadcast.errors import BroadcastError
from broadcast.model import Show
from broadcast.production.desk.read_station import station_of
from broadcast.workspace import Workspace
from feeds_by_hand import MORNING, feed_xml

SHORTEST = """\
[show]
title = "Tiếng nói Mũi Sò"
language = "vi"
author = "Đài Mũi Sò"
email = "dai@example.vn"
base_url = "https://radio.example.vn/"
"""
NAMESPACE = "https://podcastindex.org/namespace/1.0"


def show_with(tmp_path: Path, *settings: str) -> Show:
    (tmp_path / "station.toml").write_text(SHORTEST + "\n".join(settings) + "\n", "utf-8")
    return station_of(Workspace(tmp_path)).show


def told(show: Show, name: str) -> list[tuple[str, dict[str, str]]]:
    """The elements of that name in the feed's channel: text and attributes, as lxml reads them."""
    (channel,) = etree.fromstring(feed_xml(show, [], MORNING))
    found: list[Any] = channel.findall(f"{{{NAMESPACE}}}{name}")
    return [(one.text, dict(one.attrib)) for one in found]


def test_what_is_not_set_is_not_told(tmp_path: Path) -> None:
    show = show_with(tmp_path)
    for name in ("license", "location", "funding", "updateFrequency"):
        assert told(show, name) == []


@pytest.mark.parametrize(
    ("written", "name", "address"),
    [
        ("CC BY 4.0", "cc-by-4.0", "https://creativecommons.org/licenses/by/4.0/"),
        (
            "cc-by-nc-nd-3.0",
            "cc-by-nc-nd-3.0",
            "https://creativecommons.org/licenses/by-nc-nd/3.0/",
        ),
        ("CC0-1.0", "cc0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    ],
)
def test_creative_commons_licences_are_known_with_their_addresses(
    tmp_path: Path, written: str, name: str, address: str
) -> None:
    show = show_with(tmp_path, f'license = "{written}"')
    assert told(show, "license") == [(name, {"url": address})]


def test_terms_of_ones_own_are_named_with_where_they_stand(tmp_path: Path) -> None:
    address = "https://dai.example.vn/quy-dinh?so=1"
    show = show_with(tmp_path, 'license = "Quy định của Đài"', f'license_url = "{address}"')
    assert told(show, "license") == [("Quy định của Đài", {"url": address})]


def test_the_place_is_told_with_what_is_known_of_it(tmp_path: Path) -> None:
    show = show_with(
        tmp_path,
        'location = "Mũi Sò"',
        'location_geo = "10.9289, 108.1021"',
        'location_osm = "R1875952"',
    )
    where = {"geo": "geo:10.9289,108.1021", "osm": "R1875952"}
    assert told(show, "location") == [("Mũi Sò", where)]
    alone = show_with(tmp_path, 'location = "Mũi Sò"')
    assert told(alone, "location") == [("Mũi Sò", {})]


def test_support_is_asked_for_in_own_words_or_the_shows_language(tmp_path: Path) -> None:
    address = 'funding = "https://dai.example.vn/ung-ho"'
    link = {"url": "https://dai.example.vn/ung-ho"}
    assert told(show_with(tmp_path, address), "funding") == [("Ủng hộ chương trình", link)]
    show = show_with(tmp_path, address, 'funding_text = "Góp một tay"')
    assert told(show, "funding") == [("Góp một tay", link)]


@pytest.mark.parametrize(
    ("often", "rule", "in_vietnamese", "in_english"),
    [
        ("daily", "FREQ=DAILY", "Mỗi ngày một số", "Every day"),
        (
            *("weekdays", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
            *("Từ thứ Hai đến thứ Sáu", "Monday to Friday"),
        ),
        ("weekly", "FREQ=WEEKLY", "Mỗi tuần một số", "Every week"),
        ("fortnightly", "FREQ=WEEKLY;INTERVAL=2", "Hai tuần một số", "Every two weeks"),
        ("monthly", "FREQ=MONTHLY", "Mỗi tháng một số", "Every month"),
    ],
)
def test_how_often_it_comes_is_told_in_words_and_as_calendars_write_it(
    tmp_path: Path, often: str, rule: str, in_vietnamese: str, in_english: str
) -> None:
    show = show_with(tmp_path, f'update_frequency = "{often}"')
    assert told(show, "updateFrequency") == [(in_vietnamese, {"rrule": rule})]
    english = replace(show, language="en-GB")
    assert told(english, "updateFrequency") == [(in_english, {"rrule": rule})]


@pytest.mark.parametrize(
    ("settings", "line", "message", "hint"),
    [
        (['license = "GPL"'], 7, "'GPL' is no licence", "license_url ="),
        (['license_url = "https://a.vn"'], 7, "without license", "license ="),
        (['license = "Của tôi"', 'license_url = "a.vn"'], 8, "not a web address", "https://"),
        ([f'license = "{"a" * 129}"'], 7, "too long", "128"),
        (['location = ""', 'location_geo = "1,2"'], 8, "without location", "location ="),
        (['location = "A"', 'location_geo = "91,2"'], 8, "'91,2' is no place", "latitude"),
        (['location = "A"', 'location_geo = "1,180.5"'], 8, "no place on Earth", "latitude"),
        (['location = "A"', 'location_geo = "Mũi Sò"'], 8, "no place on Earth", "latitude"),
        (['location = "A"', 'location_osm = "1875952"'], 8, "OpenStreetMap", "N, W or R"),
        (['funding = "dai.example.vn"'], 7, "not a web address", "https://"),
        (['funding = "https://a.vn/x y"'], 7, "not a web address", "https://"),
        (['funding_text = "Góp"'], 7, "without funding", "funding ="),
        (['update_frequency = "yearly"'], 7, "'yearly' is not a", "fortnightly"),
    ],
)
def test_a_slip_is_named_with_its_line_and_what_to_do(
    tmp_path: Path, settings: list[str], line: int, message: str, hint: str
) -> None:
    with pytest.raises(BroadcastError) as refused:
        show_with(tmp_path, *settings)
    assert refused.value.line == line
    assert message in str(refused.value.message)
    assert hint in str(refused.value.hint)
