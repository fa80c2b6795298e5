"""From a script to what is said: whose words they are, in which language, and how loud."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from meters import decoded
from productions_by_hand import (
    LAM,
    NAME,
    SCRIPT,
    SETTINGS,
    Production,
    new_production,
    write,
)

STANDING = """\
opening = "Đây là {show}, ngày {date}: {title}."
closing = "{reporter} và {guest} cảm ơn quý vị."
"""
ENGLISH = """\
---
language: en
---
A new bridge

Reporter: When will the bridge be open?

Mr John Hale: It will be open in a month.
"""


@pytest.fixture
def bridge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Production:
    made = new_production(tmp_path / "station", monkeypatch)
    made.set(STANDING)
    return made


def said(station: Production, kind: str) -> list[str]:
    return [turn["text"] for turn in station.episode()["turns"] if turn["kind"] == kind]


def spoken_languages(station: Production) -> set[str]:
    return {turn["take"]["voice"].split("+")[0] for turn in station.episode()["turns"]}


def test_the_stations_own_words_are_said_with_their_places_filled(bridge: Production) -> None:
    bridge.build()
    assert said(bridge, "opening") == [
        "Đây là Tiếng nói Vân Hải, ngày 6/9/2025: Cầu mới qua sông Vân."
    ]
    assert said(bridge, "notice") == ["Giọng máy."]
    assert said(bridge, "closing") == [f"Phóng viên và {LAM} cảm ơn quý vị."]
    kinds = [turn["kind"] for turn in bridge.episode()["turns"]]
    assert kinds == ["opening", "notice", *["turn"] * 4, "closing"]
    assert spoken_languages(bridge) == {"vi"}


def test_a_programme_in_another_language_does_without_them(bridge: Production) -> None:
    bridge.write(ENGLISH)
    bridge.build()
    assert said(bridge, "opening") == said(bridge, "closing") == []
    (notice,) = said(bridge, "notice")
    assert notice.startswith("In this programme the answers of Mr John Hale are spoken by a")
    assert bridge.words() == ["When will the bridge be open?", "It will be open in a month."]
    assert not [words for words in bridge.engine.spoken if not words.isascii()]
    assert spoken_languages(bridge) == {"en"}


@pytest.mark.parametrize(("show", "script"), [("vi-VN", "vi"), ("vi", "vi-VN"), ("VI", "vi")])
def test_a_programme_in_the_shows_language_has_them_however_that_is_written(
    bridge: Production, show: str, script: str
) -> None:
    bridge.set(STANDING, SETTINGS.replace('"vi"', f'"{show}"'))
    bridge.write(f"---\nlanguage: {script}\n---\n{SCRIPT}")
    bridge.build()
    assert said(bridge, "opening")
    assert said(bridge, "notice") == ["Giọng máy."]
    assert said(bridge, "closing")


def test_the_notice_is_not_said_where_every_answer_is_recorded(bridge: Production) -> None:
    for n in (2, 4):
        bridge.record(f"{n:02}.wav", bridge.read().script.turns[n - 1].text)
    bridge.build()
    assert said(bridge, "notice") == []
    assert "tổng hợp" not in bridge.episode()["description"]


@pytest.mark.parametrize(("between", "answers"), [(3, "Tuấn"), (4, "Khách mời")])
def test_a_bare_name_answers_where_it_stands_at_most_four_lines_below_who_asks(
    bridge: Production, between: int, answers: str
) -> None:
    asked = ["Phóng viên: Chuyện ấy ra sao?", *[f"Ý thứ {n} là thế." for n in range(between)]]
    bridge.write("\n".join(["Chuyện làng", "", *asked, "Tuấn: Mọi việc đều xong cả.", ""]))
    asking, answering = bridge.read().script.turns
    assert (asking.speaker, answering.speaker) == ("Phóng viên", answers)
    assert answering.paragraphs[-1].text.endswith("Mọi việc đều xong cả.")


@pytest.mark.parametrize("softer_db", [-9.0, 6.0])
def test_a_word_alone_keeps_its_distance_to_the_longer_turn_beside_it(
    bridge: Production, softer_db: float
) -> None:
    """Too short to be measured, it has the gain of its neighbour, not a loudness of its own."""
    long = "Mời tất cả bà con trong vùng đến dự lễ khánh thành vào sáng ngày mai."
    bridge.write(
        f"Cầu mới\n\nPhóng viên: Có vui không, thưa ông?\n\n{LAM}: Vâng.\n\n"
        f"Phóng viên: Ông muốn nói gì với bà con?\n\n{LAM}: {long}\n"
    )
    bridge.engine.level_db = lambda words: softer_db if words == "Vâng." else 0.0
    bridge.build()
    samples = decoded(bridge.workspace.draft(NAME) / f"{NAME}.mp3")[:, 0]

    def level_db(n: int) -> float:
        turn = bridge.turn(n)
        heard = samples[turn["start_ms"] * 48 : turn["end_ms"] * 48]
        return 20 * math.log10(float(np.abs(heard).max()))

    assert level_db(2) - level_db(4) == pytest.approx(softer_db, abs=1.0)


def test_a_word_that_is_said_otherwise_by_the_lexicon_is_shown_as_written(
    bridge: Production,
) -> None:
    write(bridge.workspace.lexicon_file, "written\tspoken\nVân\tVân Giang\n")
    bridge.write(SCRIPT.replace("cầu thông xe?", "cầu Vân thông xe?"))
    bridge.build()
    turn = bridge.turn(1)
    assert turn["text"] == "Thưa ông, bao giờ cầu Vân thông xe?"
    assert turn["spoken"] == "Thưa ông, bao giờ cầu Vân Giang thông xe?"
    assert turn["spoken"] in bridge.engine.spoken
