"""From a script to what is said: whose words they are, in which language, and how loud."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from broadcast.errors import BroadcastError, StoppedError, UsageError
from broadcast.production.desk.inputs import Inputs
from broadcast.production.making.plan import Plan, plan
from broadcast.production.voicing.lexicon import add_to_lexicon, speaker_of_lines
from broadcast.workspace.locks import locked
from meters import decoded
from productions_by_hand import (
    LAM,
    MORNING,
    NAME,
    SCRIPT,
    SETTINGS,
    Notebook,
    Production,
    Tones,
    held,
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


def planned(inputs: Inputs) -> Plan:
    """What is planned of a script that nobody has recorded."""
    return plan(
        inputs.script,
        inputs.station,
        Tones(),
        name=inputs.name,
        day=MORNING.date(),
        guid="guid",
        said=inputs.said,
        recordings={},
        root=inputs.workspace.root,
    )


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


def test_other_words_in_braces_are_said_as_they_stand(bridge: Production) -> None:
    inputs = bridge.read()
    station = replace(inputs.station, opening="Mời nghe {title} {tên} {của đài} {}.")
    (opening, *_) = planned(replace(inputs, station=station)).parts
    assert opening.turn.text == "Mời nghe Cầu mới qua sông Vân {tên} {của đài} {}."


def test_what_a_title_has_in_braces_is_not_filled_in(bridge: Production) -> None:
    bridge.write(SCRIPT.replace("Cầu mới", "Cầu {show} mới"))
    (opening, *_) = planned(bridge.read()).parts
    assert opening.turn.text.endswith("ngày 6/9/2025: Cầu {show} mới qua sông Vân.")


def test_a_programme_is_called_by_its_title_and_without_one_by_its_name(
    bridge: Production,
) -> None:
    assert planned(bridge.read()).title == "Cầu mới qua sông Vân"
    bridge.write(SCRIPT.partition("\n\n")[2])
    untitled = planned(bridge.read())
    assert untitled.script.title is None
    assert (untitled.title, untitled.parts[0].turn.text) == (
        NAME,
        f"Đây là Tiếng nói Vân Hải, ngày 6/9/2025: {NAME}.",
    )


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


def test_a_bare_name_answers_where_it_stands_below_who_asks(bridge: Production) -> None:
    asked = ["Phóng viên: Chuyện ấy ra sao? Ai cũng lo cả."]
    bridge.write("\n".join(["Chuyện làng", "", *asked, "Tuấn: Mọi việc đều xong cả.", ""]))
    asking, answering = bridge.read().script.turns
    assert (asking.speaker, answering.speaker) == ("Phóng viên", "Tuấn")
    assert answering.paragraphs[-1].text == "Mọi việc đều xong cả."


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


SHORT = "UBND Q.5"


def test_lines_are_said_in_vietnamese_where_there_is_no_station() -> None:
    spoken, unread = speaker_of_lines(None, None)
    assert (spoken(SHORT).text, unread) == ("Ủy ban nhân dân Quận năm", None)
    in_english, _ = speaker_of_lines(None, "en")
    assert in_english(SHORT).text == "UBND District five"


def test_lines_are_said_in_the_stations_language_its_lexicon_and_its_way(
    bridge: Production,
) -> None:
    write(bridge.workspace.lexicon_file, "written\tspoken\nUBND\tủy ban phường\n")
    spoken, _ = speaker_of_lines(bridge.workspace, None)
    assert spoken(SHORT).text == "ủy ban phường Quận năm"
    english = SETTINGS.replace('language = "vi"', 'language = "en"')
    bridge.set("", english.replace("Giọng máy.", "A synthetic voice."))
    in_english, _ = speaker_of_lines(bridge.workspace, None)
    asked, _ = speaker_of_lines(bridge.workspace, "vi")
    assert in_english(SHORT).text.endswith("District five")
    assert asked(SHORT).text == "ủy ban phường Quận năm"


def test_a_language_that_is_not_read_is_told() -> None:
    _, unread = speaker_of_lines(None, "fr")
    assert str(unread).startswith("In “fr” only numbers")


HEAD = "written\tspoken\n"
CRLF = "written\tspoken\r\nUB\tủy ban\r\n"


@pytest.mark.parametrize(
    ("before", "after", "was"),
    [
        (None, f"{HEAD}PCI\tpê xê i\n", None),
        (HEAD, f"{HEAD}PCI\tpê xê i\n", None),
        (HEAD.strip("\n"), f"{HEAD}PCI\tpê xê i\n", None),
        (f"{HEAD}# ta\nUB\tủy ban", f"{HEAD}# ta\nUB\tủy ban\nPCI\tpê xê i\n", None),
        (f"{HEAD}PCI\tpi si ai\nUB\tủy ban\n", f"{HEAD}PCI\tpê xê i\nUB\tủy ban\n", "pi si ai"),
        ("\ufeff" + HEAD, f"\ufeff{HEAD}PCI\tpê xê i\n", None),
        (CRLF, f"{CRLF}PCI\tpê xê i\r\n", None),
        (CRLF.rstrip(), f"{CRLF}PCI\tpê xê i\r\n", None),
        (f"{CRLF}PCI\tpi si ai\r\n", f"{CRLF}PCI\tpê xê i\r\n", "pi si ai"),
    ],
    ids=[
        *("no file", "no word", "no end of line", "another word without one", "the word"),
        *("a mark", "two signs at line ends", "two missing", "the word by two"),
    ],
)
def test_how_a_word_is_said_is_noted_in_its_line_or_below_all_others(
    bridge: Production, before: str | None, after: str, was: str | None
) -> None:
    file = bridge.workspace.lexicon_file
    if before is not None:
        file.write_bytes(before.encode())
    assert add_to_lexicon(bridge.workspace, " PCI ", "pê  xê i") == was
    assert file.read_bytes().decode("utf-8") == after


def test_words_noted_at_once_are_all_kept(bridge: Production) -> None:
    words = [f"Q{chr(ord('A') + n)}" for n in range(24)]
    write(bridge.workspace.lexicon_file, f"{HEAD}UB\tủy ban\n")
    with ThreadPoolExecutor(len(words)) as people:
        list(people.map(lambda word: add_to_lexicon(bridge.workspace, word, "ba"), words))
    lines = bridge.workspace.lexicon_file.read_text("utf-8").splitlines()
    assert lines[:2] == [HEAD.strip(), "UB\tủy ban"]
    assert sorted(lines[2:]) == [f"{word}\tba" for word in words]


def test_who_notes_a_word_waits_for_the_station_and_is_told(bridge: Production) -> None:
    def give_up() -> None:
        raise StoppedError

    impatient = Notebook(on_wait=give_up)
    with held(locked(bridge.workspace, lambda: None)), pytest.raises(StoppedError):
        add_to_lexicon(bridge.workspace, "PCI", "pê xê i", impatient)
    assert not bridge.workspace.lexicon_file.exists()


@pytest.mark.parametrize(("written", "spoken"), [("", "pê"), ("PCI", " "), ("# PCI", "pê")])
def test_a_word_that_the_table_cannot_hold_is_refused_and_nothing_is_written(
    bridge: Production, written: str, spoken: str
) -> None:
    with pytest.raises(UsageError, match="are needed"):
        add_to_lexicon(bridge.workspace, written, spoken)
    assert not bridge.workspace.lexicon_file.exists()


def test_a_table_that_is_wrong_is_told_and_stays_as_it_is(bridge: Production) -> None:
    file = write(bridge.workspace.lexicon_file, f"{HEAD}UB\n")
    with pytest.raises(BroadcastError, match="its spoken form"):
        add_to_lexicon(bridge.workspace, "PCI", "pê xê i")
    assert file.read_text("utf-8") == f"{HEAD}UB\n"
