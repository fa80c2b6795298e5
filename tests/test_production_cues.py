"""What `check` says a script's cues will do, in a station with music and without."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcast.production.desk.check_script import Checked, check
from productions_by_hand import Notebook, Production, new_production

SCRIPT = """\
[nhạc hiệu]

Phóng viên: Thưa ông, vụ này ra sao?

Ông Tám: Được mùa.

(Băng phỏng vấn ông Tám, 45 giây)

[clip: bang/ong-tam.wav 0:10-0:35]

[nghỉ 3 giây]

Phóng viên: Xin cảm ơn ông.
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Production:
    production = new_production(tmp_path / "station", monkeypatch)
    production.write(SCRIPT)
    return production


def checked(here: Production) -> Checked:
    return check(here.workspace, here.script(), readings=False)


def told(found: Checked) -> list[tuple[int | None, str]]:
    return [(one.line, one.level) for one in found.problems if one.level != "note"]


def test_every_cue_is_listed_with_what_it_will_do(here: Production) -> None:
    (here.root / "music").mkdir()
    (here.root / "music" / "hieu.mp3").write_bytes(b"x")
    (here.root / "bang").mkdir()
    (here.root / "bang" / "ong-tam.wav").write_bytes(b"x")
    here.set('[music]\nintro = "music/hieu.mp3"\n')
    found = checked(here)
    assert [(one["line"], one["kind"], str(one["does"])) for one in found.document()["cues"]] == [
        (1, "music", "the station's intro, which is heard once: at the start"),
        (7, "clip", "nothing is played: it names no file"),
        (9, "clip", "plays bang/ong-tam.wav from 0:10 to 0:35"),
        (11, "pause", "silence of 3.0 s"),
    ]
    assert told(found) == [(7, "warning")]


def test_what_is_not_there_to_be_played_is_told_with_its_line(here: Production) -> None:
    assert told(checked(here)) == [(1, "warning"), (7, "warning"), (9, "error")]


def test_a_build_tells_of_a_tape_that_has_no_file_and_plays_no_jingle(here: Production) -> None:
    here.write(SCRIPT.replace("[clip: bang/ong-tam.wav 0:10-0:35]\n", ""))
    here.record("intro.wav", "một hai ba", name="music")
    here.set('[music]\nintro = "recordings/music/intro.wav"\n')
    reporter = Notebook()
    here.build(reporter=reporter)
    assert [(one.line, one.level) for one in reporter.problems] == [(7, "warning")]
    turns = [turn for turn in here.episode()["turns"] if turn["kind"] == "turn"]
    assert turns[2]["start_ms"] - turns[1]["end_ms"] < 3_200  # the pause that is asked for
