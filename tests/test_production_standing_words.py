"""A station's opening, notice and closing: recorded as any turn, and left out where they double."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcast.cli.built import _voices_told
from broadcast.errors import BroadcastError, UsageError
from broadcast.model import Problem
from broadcast.production import booth
from broadcast.production.desk.check_script import check
from broadcast.production.desk.inputs import Inputs
from productions_by_hand import (
    FIRST,
    NAME,
    SCRIPT,
    SECOND,
    Notebook,
    Production,
    new_production,
    record,
)

OPENING = "Đây là đài Vân Hải, ngày {date}."
CLOSING = "Chương trình đến đây là hết, xin chào quý vị."
WORDS = f'opening = "{OPENING}"\nclosing = "{CLOSING}"\n'


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Production:
    made = new_production(tmp_path / "station", monkeypatch)
    made.set(WORDS)
    return made


def swapped(here: Production, turn: str, words: str, voice: str = "somebody") -> Inputs:
    """Record words for a turn and use them, as ``swap`` does."""
    file = record(here.root.parent / "phone" / f"{turn} {voice}.wav", words, voice)
    inputs = here.read()
    one = booth.Swap(booth.turn_named(inputs, turn), (file,))
    inputs, _ = booth.swap(inputs, [one], here.reporter)
    return inputs


def takes(here: Production) -> dict[str, tuple[str, bool]]:
    """How each turn, by its number or kind, is heard: as what take, and whether that is stale."""
    return {
        str(turn["n"] or turn["kind"]): (turn["take"]["kind"], turn["take"]["stale"])
        for turn in here.episode()["turns"]
    }


def test_a_stations_own_announcer_is_heard_in_opening_and_closing(here: Production) -> None:
    here.build()
    here.build(inputs=swapped(here, "opening", "Đây là đài Vân Hải, ngày 6 tháng 9 năm 2025."))
    here.build(inputs=swapped(here, "closing", CLOSING))
    assert takes(here)["opening"] == takes(here)["closing"] == ("recorded", False)
    assert here.episode()["turns"][0]["take"]["file"] == "opening somebody.wav"
    again = here.build()
    assert again.reasons == ()
    assert here.read().standing.is_news is False
    inputs = booth.go_back(here.read(), booth.turn_named(here.read(), "opening"), here.reporter)
    here.build(inputs=inputs)
    assert takes(here)["opening"] == ("synthetic", False)


def test_files_named_for_them_are_found_in_the_folder(here: Production) -> None:
    here.record("lời chào đầu.wav", OPENING)
    here.record("Lời kết.wav", CLOSING)
    here.build()
    assert takes(here)["opening"] == takes(here)["closing"] == ("recorded", False)


def test_their_take_is_stale_when_the_stations_words_change(here: Production) -> None:
    here.build(inputs=swapped(here, "closing", CLOSING))
    here.set(f'closing = "{CLOSING.replace("xin chào", "kính chào")}"\n')
    here.build()
    assert takes(here)["closing"] == ("recorded", True)
    assert here.words()[-1] == CLOSING.replace("xin chào", "kính chào")
    heard = here.episode()["sentences"][-1]["text"]
    assert "xin chào" in heard  # the caption has the words that are heard


def test_a_recorded_notice_tells_of_the_voices_that_are_synthetic(here: Production) -> None:
    here.build(inputs=swapped(here, "notice", "Giọng máy."))
    assert takes(here)["notice"] == ("recorded", False)
    assert here.episode()["disclosure"]
    reporter = Notebook()
    for turn, words in (("2", FIRST), ("4", SECOND)):
        here.build(inputs=swapped(here, turn, words, voice=turn), reporter=reporter)
    assert "notice" not in takes(here)
    assert here.episode()["disclosure"] == ""
    assert [one for one in reporter.problems if "notice" in str(one.message)] == []
    with pytest.raises(UsageError):
        booth.turn_named(here.read(), "notice")
    inputs = booth.go_back(here.read(), booth.turn_named(here.read(), "4"), here.reporter)
    here.build(inputs=inputs)
    assert takes(here)["notice"] == ("recorded", False)


def test_a_station_nobody_recorded_for_keeps_its_takes_file_as_it_is(here: Production) -> None:
    here.build(inputs=swapped(here, "2", FIRST))
    before = (here.workspace.recordings(NAME) / "takes.json").read_bytes()
    here.set(f'closing = "{CLOSING} Hẹn gặp lại."\n')
    here.build()
    assert (here.workspace.recordings(NAME) / "takes.json").read_bytes() == before


def test_all_is_recorded_only_when_opening_and_closing_are_too(here: Production) -> None:
    for n, words in enumerate((SCRIPT.splitlines()[2].split(": ")[1], FIRST), 1):
        here.record(f"{n}.wav", words)
    here.write("\n".join(SCRIPT.splitlines()[:5]))
    here.build()
    told = str(_voices_told(here.draft().record))
    assert told == "Synthetic voice (tones): opening, closing. Recorded: all others."
    total = str(booth.sheet(here.read(), here.reporter).total)
    assert total.startswith("2 of 2 turns real")
    assert not total.endswith("100 % of airtime")
    here.record("opening.wav", OPENING)
    here.record("closing.wav", CLOSING)
    here.build()
    assert str(_voices_told(here.draft().record)) == "All 2 turns are recorded voices."
    assert str(booth.sheet(here.read(), here.reporter).total).endswith("100 % of airtime")


@pytest.mark.parametrize(
    "goodbye",
    [
        "Phóng viên: Cảm ơn quý vị và các bạn đã lắng nghe.",
        "Phóng viên: Vâng, cám ơn ông. Xin chào và hẹn gặp lại quý vị!",
        "MC Thu: Chương trình hôm nay đến đây là hết.",
        "MC Thu: Tạm biệt bà con.",
        "Phóng viên: Xin cảm ơn bà con đã theo dõi.\n\nÔng Đỗ Văn Lâm: Cảm ơn cô.",
    ],
)
def test_a_script_that_says_goodbye_itself_has_no_second_closing(
    here: Production, goodbye: str
) -> None:
    here.write(f"{SCRIPT}\n{goodbye}\n")
    reporter = Notebook()
    here.build(reporter=reporter)
    assert "closing" not in takes(here)
    found = check(here.workspace, here.script(), readings=False).problems
    assert codes(reporter.problems) == codes(found) == ["closing.left-out"]


def codes(problems: tuple[Problem, ...] | list[Problem]) -> list[str]:
    told = [getattr(one.message, "code", "") for one in problems]
    return [code for code in told if code.startswith("closing")]


@pytest.mark.parametrize(
    "last",
    [
        "Phóng viên: Xin cảm ơn ông.",
        "Phóng viên: Xin cảm ơn ông, hẹn gặp lại ông dịp khác.",
        "Ông Đỗ Văn Lâm: Cảm ơn quý vị đã lắng nghe.",
        "Phóng viên: Bà con chào nhau thế nào?\n\nÔng Đỗ Văn Lâm: Xin chào.",
    ],
)
def test_thanks_to_a_guest_or_of_a_guest_are_no_goodbye(here: Production, last: str) -> None:
    here.write(f"{SCRIPT}\n{last}\n")
    here.build()
    assert "closing" in takes(here)
    assert codes(check(here.workspace, here.script(), readings=False).problems) == []


SAYS = "Đây là đài Vân Hải."
WITH_DATE = f'opening = "{SAYS} Hôm nay ngày {{date}}. Mời bà con nghe."\nclosing = "{CLOSING}"\n'


def announce(here: Production, name: str, words: str) -> None:
    record(here.root / "recordings" / name, words, "announcer")


def spoken_of(here: Production) -> list[tuple[str, str, str]]:
    """What is heard in the standing turns: the kind, the words, and as what take."""
    turns = here.episode()["turns"]
    standing = [one for one in turns if one["kind"] in ("opening", "notice", "closing")]
    return [(one["kind"], one["text"], one["take"]["kind"]) for one in standing]


def test_what_is_recorded_once_serves_every_programme_and_the_date_is_said_beside_it(
    here: Production,
) -> None:
    here.set(WITH_DATE)
    announce(here, "opening.wav", SAYS)
    announce(here, "loi ket.wav", CLOSING)
    here.build()
    assert spoken_of(here) == [
        ("opening", SAYS, "recorded"),
        ("opening", "Hôm nay ngày 6/9/2025. Mời bà con nghe.", "synthetic"),
        ("notice", "Giọng máy.", "synthetic"),
        ("closing", CLOSING, "recorded"),
    ]
    assert CLOSING not in here.engine.spoken
    assert SAYS not in " ".join(here.engine.spoken)
    assert not here.build().reasons
    here.write(SCRIPT.replace("Cầu", "Đường").replace("cầu", "đường"), "duong-moi")
    other = here.build("duong-moi")
    kinds = [(one.kind, one.take.kind) for one in other.draft.record.turns if one.n is None]
    assert kinds == [(kind, take) for kind, _, take in spoken_of(here)]


def test_a_recording_is_heard_while_its_words_are_said_and_comes_back_with_them(
    here: Production,
) -> None:
    announce(here, "closing.wav", CLOSING)
    here.build()
    assert spoken_of(here)[-1] == ("closing", CLOSING, "recorded")
    here.set(WORDS.replace("xin chào", "xin kính chào"))
    here.build()
    assert spoken_of(here)[-1][2] == "synthetic"
    assert "closing.wav says other words: not used" in [
        str(one.message) for one in here.reporter.problems
    ]
    here.set(WORDS)
    here.build()
    assert spoken_of(here)[-1] == ("closing", CLOSING, "recorded")


def test_a_programmes_own_recording_is_heard_in_place_of_the_announcers(here: Production) -> None:
    announce(here, "closing.wav", CLOSING)
    here.build()
    here.build(inputs=swapped(here, "closing", CLOSING))
    assert here.episode()["turns"][-1]["take"]["file"] == "closing somebody.wav"


def test_a_recording_that_comes_is_found_by_the_next_build(here: Production) -> None:
    here.build()
    announce(here, "closing.wav", CLOSING)
    assert [*map(str, here.build().reasons)] == ["closing: recording found"]
    announce(here, "03.wav", FIRST)
    here.build()
    assert "03.wav serves no programme" in [str(one.message) for one in here.reporter.problems]


def test_a_recording_without_speech_is_not_put_on_air(here: Production) -> None:
    announce(here, "closing.wav", "")
    with pytest.raises(BroadcastError, match="a recording cannot be used"):
        here.build()
