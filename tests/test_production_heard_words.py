"""The sentences of a recorded turn stand in the captions where they are heard."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pysubs2
import pytest
import soundfile

from broadcast.align.frames import HZ
from people_by_hand import Joined, clips, joined
from productions_by_hand import SECOND, Production, new_production

ANSWER = clips()[:4]


@pytest.fixture
def bridge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Production:
    made = new_production(tmp_path / "station", monkeypatch)
    words = " ".join(clip.words for clip in ANSWER)
    made.write(made.script().read_text("utf-8").replace(SECOND, words))
    return made


def recorded_answer(station: Production) -> Joined:
    answer = joined(ANSWER, snr_db=25, seed=5, pause_s=(0.2, 1.5))
    file = station.workspace.recordings("cau-moi") / "04.wav"
    file.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(file, answer.samples, HZ)
    return answer


def captions(station: Production) -> str:
    (file,) = station.workspace.draft("cau-moi").glob("*.vtt")
    return file.read_text("utf-8")


def test_sentences_of_a_recorded_answer_are_captioned_when_they_are_said(
    bridge: Production,
) -> None:
    answer = recorded_answer(bridge)
    bridge.build()
    assert "aligned" in captions(bridge)
    cues = pysubs2.SSAFile.from_string(captions(bridge), format_="vtt")
    starts_ms = np.array([cue.start for cue in cues if cue.plaintext.split()[0] in _FIRST_WORDS])
    assert len(starts_ms) == len(ANSWER)
    begins_ms = np.array(answer.begins_ms)
    np.testing.assert_allclose(np.diff(starts_ms), np.diff(begins_ms), atol=250)


_FIRST_WORDS = {clip.words.split()[0] for clip in ANSWER}


def test_where_the_words_are_not_found_times_are_estimated(bridge: Production) -> None:
    bridge.record("04.wav", " ".join(clip.words for clip in ANSWER))
    bridge.build()
    assert "estimated" in captions(bridge)
    assert "aligned" not in captions(bridge)


def test_what_was_found_is_not_looked_for_again(
    bridge: Production, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded_answer(bridge)
    bridge.build()
    before = captions(bridge)

    def never(*_: object) -> None:
        raise AssertionError("it was looked for again")

    monkeypatch.setattr("broadcast.align.within.align", never)
    bridge.write(bridge.script().read_text("utf-8").replace("Cầu mới", "Cầu mới xây"))
    bridge.build()
    assert captions(bridge) == before
