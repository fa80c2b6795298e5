"""What is published is shown in short, and what its recordings leave in doubt is asked about."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import soundfile
from click.testing import CliRunner, Result

from broadcast.cli import before_publishing
from productions_by_hand import FIRST, NAME, SCRIPT, SECOND, Production, production_in
from station_at_hand import COMMAND


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    """A station whose first answer is a recording of other words."""
    with production_in(tmp_path_factory.mktemp("built")) as made:
        made.record("02.wav", FIRST)
        made.build()
        made.write(SCRIPT.replace("sớm hơn", "trễ hơn"))
        made.build()
        yield made


@pytest.fixture
def here(built: Production, tmp_path: Path) -> Production:
    return built.copied_to(tmp_path / "station")


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The answers that somebody gives at a terminal; what was asked is put in their place."""
    answers: list[str] = []

    def agreed(question: object) -> bool:
        answer = answers.pop(0)
        answers.append(str(question))
        return answer == "y"

    monkeypatch.setattr(before_publishing, "on_terminal", lambda: True)
    monkeypatch.setattr(before_publishing, "agreed", agreed)
    return answers


def run(here: Production, *arguments: str) -> Result:
    return CliRunner().invoke(COMMAND, [*arguments, "--station", str(here.root)])


def by_telephone(file: Path) -> None:
    """Make a recording one of telephone quality, in which it is twice as long."""
    samples, _ = soundfile.read(file)
    soundfile.write(file, samples, 8_000)


def is_published(here: Production, name: str = NAME) -> bool:
    return (here.workspace.published(name) / "published.json").is_file()


def rows(done: Result) -> dict[str, str]:
    """The summary's rows, by what they are of."""
    lines = [line.strip().split("  ", 1) for line in done.output.splitlines()]
    return {line[0]: line[1].strip() for line in lines if len(line) == 2}


def test_a_recording_of_other_words_is_not_published_where_nobody_can_be_asked(
    here: Production,
) -> None:
    done = run(here, "publish", NAME)
    assert done.exit_code == 1
    assert "turn 2: 02.wav was recorded for other words" in done.output
    assert "its recordings leave a doubt" in done.output
    assert not is_published(here)
    done = run(here, "publish", NAME, "--yes")
    assert done.exit_code == 0
    assert is_published(here)


def test_what_a_killed_build_had_decided_is_what_is_shown_and_published(here: Production) -> None:
    draft = here.workspace.draft(NAME)
    old = (draft / "episode.json").read_bytes()
    here.write(SCRIPT.replace("Cầu mới", "Cầu rộng"))
    here.build()
    (draft / ".ready").mkdir()
    (draft / "episode.json").rename(draft / ".ready" / "episode.json")
    (draft / "episode.json").write_bytes(old)
    done = run(here, "publish", NAME, "--yes")
    assert done.exit_code == 0, done.output
    assert "now they are all of one build" in done.output
    assert f"{NAME}: Cầu rộng" in done.output
    record = json.loads((here.workspace.published(NAME) / "published.json").read_bytes())
    assert record["title"].startswith("Cầu rộng")


def test_the_summary_says_what_listeners_will_have(here: Production) -> None:
    shown = rows(run(here, "publish", NAME, "--yes", "--at", "7:00 6/9/2025"))
    assert shown["length"] == "0:08"
    assert shown["loudness"].endswith((": pass", "see loudness.txt"))
    assert shown["turns"] == "1 real, 3 synthetic"
    assert shown["listeners are told"].startswith("Giọng đọc tổng hợp: lời của Ông Đỗ Văn Lâm")
    assert shown["date"] == "2025-09-06 07:00"
    assert shown["doubts"] == "1"


@pytest.mark.parametrize(("answer", "goes"), [("y", True), ("n", False)])
def test_on_a_terminal_it_is_asked(
    here: Production, terminal: list[str], answer: str, goes: bool
) -> None:
    terminal.append(answer)
    done = run(here, "publish", NAME)
    assert terminal == ["Publish it all the same?"]
    assert done.exit_code == 0
    assert is_published(here) == goes
    assert (f"{NAME} is not published." in done.output) != goes


def test_what_listeners_have_already_is_not_asked_about_again(here: Production) -> None:
    run(here, "publish", NAME, "--yes")
    assert run(here, "publish", NAME).exit_code == 0


def test_a_doubt_that_was_confirmed_is_none(here: Production) -> None:
    assert run(here, "takes", NAME, "--confirm", "2").exit_code == 0
    here.build()
    done = run(here, "publish", NAME)
    assert done.exit_code == 0
    assert rows(done)["doubts"] == "0"


def test_a_recording_with_no_turn_and_a_doubtful_one_are_asked_about(here: Production) -> None:
    here.write(SCRIPT)
    by_telephone(here.record("04.wav", SECOND))
    here.record("tiếng sóng.wav", "rì rào")
    here.build()
    done = run(here, "publish", NAME)
    assert done.exit_code == 1
    assert "tiếng sóng.wav belongs to no turn" in done.output
    assert "turn 4: 04.wav has telephone quality" in done.output
    assert rows(done)["doubts"] == "2"


def test_a_doubt_about_what_the_draft_does_not_have_is_not_its(here: Production) -> None:
    here.write(SCRIPT)
    here.build()
    by_telephone(here.record("04.wav", SECOND))
    assert run(here, "publish", NAME).exit_code == 0


def test_of_several_the_doubtful_one_alone_is_held_back(here: Production) -> None:
    here.write(SCRIPT, "khac")
    here.build("khac")
    done = run(here, "publish", NAME, "khac")
    assert done.exit_code == 1
    assert (is_published(here), is_published(here, "khac")) == (False, True)


def test_recordings_that_cannot_be_looked_at_are_a_doubt(here: Production) -> None:
    here.write(SCRIPT)
    here.build()
    (here.workspace.recordings(NAME) / "takes.json").write_text("{", "utf-8")
    done = run(here, "publish", NAME)
    assert done.exit_code == 1
    assert "its recordings could not be looked at" in done.output


def test_status_tells_what_was_forced_and_what_is_not_disclosed(here: Production) -> None:
    here.set('disclosure = "off"\n')
    here.write("---\nseason: 0\n---\n" + SCRIPT)
    here.build(agrees=True)
    assert run(here, "publish", NAME).exit_code == 1
    assert run(here, "publish", NAME, "--force").exit_code == 0
    told = " ".join(run(here, "status").output.split())
    assert f"{NAME} was published in spite of errors: entry.number" in told
    assert "nothing of synthetic voices (disclosure is off; agreed on 2025-09-06" in told
    (episode,) = json.loads(run(here, "status", "--json").output)["episodes"]
    assert episode["forced"] == ["entry.number"]
    assert episode["undisclosed_at"] == "2025-09-06T07:00:00+07:00"
