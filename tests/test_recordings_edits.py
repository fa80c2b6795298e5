"""Whatever is done to a script and its recordings, every take stays with its words or is reported.

Random edits are made to a script whose turns are known by hand-given names; a model that knows
nothing of pairing says which take belongs to which name, and which of them is to be heard.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from broadcast.cache import file_digest, key_of
from broadcast.model import Paragraph, Problem, Recording, Turn
from broadcast.production import booth
from broadcast.production.desk.inputs import Inputs, read_inputs
from broadcast.production.desk.progress import Reporter
from broadcast.recordings import standing
from broadcast.recordings.choose import (
    used_take,
    with_choice,
    with_confirmed_words,
    with_take,
    without_choice,
)
from broadcast.recordings.pair import Pairing, is_stale, new_take, pair
from broadcast.recordings.takes_file import TakePart, Takes, read_takes, write_takes
from broadcast.workspace import Workspace
from conftest import StationFolder, new_station
from killed_within import Killed
from takes_by_hand import speech

SEQUENCES, EDITS = 200, 25
SPEAKERS = ("Bà Nguyễn Thị Hoa", "Ông Đỗ Văn Lâm")


@dataclass(frozen=True, slots=True)
class Line:
    """A turn as its author knows it: a name that lasts, a wording, a speaker."""

    name: int
    wording: int
    speaker: str

    @property
    def words(self) -> str:
        """Eight words that only this name has, and two that change with the wording."""
        own = " ".join(f"từ{self.name}x{at}" for at in range(8))
        return f"{own} bản{self.wording} thứ{self.wording}"

    def turn(self, n: int) -> Turn:
        identity = key_of(self.speaker, self.words)[:12]
        return Turn("turn", self.speaker, "official", (Paragraph(n, self.words),), identity, n)


@dataclass(slots=True)
class Known:
    """A take as the model knows it: whose it is, what is heard, and whether it was put aside."""

    name: int
    words: str
    heard: str
    in_use: bool = True


@dataclass(slots=True)
class Desk:
    """A script, its takes as the program keeps them, and the model's own account of them."""

    chance: random.Random
    lines: list[Line]
    takes: Takes = field(default_factory=Takes)
    files: dict[str, str] = field(default_factory=dict)
    known: dict[str, Known] = field(default_factory=dict)  # by the sound's digest
    before: list[list[Line]] = field(default_factory=list)
    made: int = 0

    @property
    def turns(self) -> list[Turn]:
        return [line.turn(n) for n, line in enumerate(self.lines, 1)]

    def edit(self, changed: list[Line]) -> None:
        self.before.append(self.lines)
        self.lines = changed

    def new_number(self) -> int:
        self.made += 1
        return self.made

    # ── what an author does ──

    def insert(self) -> None:
        at = self.chance.randint(0, len(self.lines))
        line = Line(1_000 + self.new_number(), 0, self.chance.choice(SPEAKERS))
        self.edit([*self.lines[:at], line, *self.lines[at:]])

    def delete(self) -> None:
        if len(self.lines) > 1:
            at = self.chance.randrange(len(self.lines))
            self.edit(self.lines[:at] + self.lines[at + 1 :])

    def move(self) -> None:
        moved = list(self.lines)
        line = moved.pop(self.chance.randrange(len(moved)))
        moved.insert(self.chance.randint(0, len(moved)), line)
        self.edit(moved)

    def reword(self) -> None:
        at = self.chance.randrange(len(self.lines))
        changed = replace(self.lines[at], wording=self.new_number())
        self.edit([*self.lines[:at], changed, *self.lines[at + 1 :]])

    def undo(self) -> None:
        if self.before:
            self.lines = self.before.pop()

    # ── what a producer does ──

    def pair(self) -> Pairing:
        pairing = pair(self.takes, self.turns, self.files)
        self.takes = pairing.takes
        return pairing

    def swap(self) -> None:
        self.pair()
        line, turn = self.chance.choice(list(zip(self.lines, self.turns, strict=True)))
        name, digest = f"take {self.new_number()}.wav", f"sound {self.made}"
        self.files[name] = digest
        self.takes = with_take(self.takes, new_take(turn, [TakePart(name, digest)]))
        self.known[digest] = Known(line.name, line.words, line.words)

    def drop_in(self) -> None:
        """Put a file named for a turn into the folder, as people do between two commands."""
        self.pair()
        at = self.chance.randrange(len(self.lines))
        name, digest = f"{at + 1:02} file {self.new_number()}.wav", f"sound {self.made}"
        self.files[name] = digest
        self.known[digest] = Known(self.lines[at].name, self.lines[at].words, self.lines[at].words)
        self.pair()

    def rename(self) -> None:
        if self.files:
            name = self.chance.choice(list(self.files))
            self.files[f"renamed {self.new_number()}.wav"] = self.files.pop(name)

    def with_takes(self) -> tuple[Line, Turn, list[Known]] | None:
        """Pick a turn of the script that has takes."""
        self.pair()
        possible = [
            (line, turn, of_line)
            for line, turn in zip(self.lines, self.turns, strict=True)
            if (of_line := [known for known in self.known.values() if known.name == line.name])
        ]
        return self.chance.choice(possible) if possible else None

    def unswap(self) -> None:
        if picked := self.with_takes():
            _, turn, of_line = picked
            self.takes = without_choice(self.takes, turn)
            for known in of_line:
                known.in_use = False

    def choose(self) -> None:
        if picked := self.with_takes():
            _, turn, of_line = picked
            number = self.chance.randint(1, len(of_line))
            self.takes = with_choice(self.takes, turn, number)
            for at, known in enumerate(of_line, 1):
                known.in_use = at == number

    def confirm(self) -> None:
        if (picked := self.with_takes()) and (used := self.to_be_heard(picked[0])):
            self.takes = with_confirmed_words(self.takes, picked[1])
            used.heard = picked[0].words

    # ── what must be so ──

    def to_be_heard(self, line: Line) -> Known | None:
        """The newest take of a line with its very words, else its newest; none put aside."""
        in_use = [k for k in self.known.values() if k.name == line.name and k.in_use]
        exact = [known for known in in_use if known.heard == line.words]
        return (exact or in_use or [None])[-1]

    def check(self) -> None:
        pairing = self.pair()
        kept = {take.files[0].digest: take for take in self.takes.takes}
        assert kept.keys() == self.known.keys(), "a take was lost"
        assert (pairing.missing, pairing.replaced, pairing.unpaired) == (frozenset(), (), ())
        there = {line.name: turn for line, turn in zip(self.lines, self.turns, strict=True)}
        orphans = {take.files[0].digest for take in pairing.orphans}
        for digest, known in self.known.items():
            take = kept[digest]
            assert (take.words, take.heard, take.use) == (known.words, known.heard, known.in_use)
            assert self.files[take.files[0].file] == digest
            if known.name not in there:
                assert digest in orphans
                continue
            turn = there[known.name]
            assert (take.turn, digest in orphans) == (turn.id, False)
            assert is_stale(take, turn) == (known.heard != turn.text)
        for line in self.lines:
            turn = there[line.name]
            used = used_take(self.takes.of_turn(turn.id), turn)
            heard = used and self.known[used.files[0].digest]
            assert heard is self.to_be_heard(line)


AUTHORS = (Desk.insert, Desk.delete, Desk.move, Desk.reword, Desk.undo)
PRODUCERS = (Desk.swap, Desk.drop_in, Desk.rename, Desk.unswap, Desk.choose, Desk.confirm)


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_every_take_stays_with_its_words_or_is_reported(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    desk = Desk(chance, [Line(name, 0, SPEAKERS[name % 2]) for name in range(5)])
    for _ in range(EDITS):
        chance.choice((*AUTHORS, *PRODUCERS, Desk.swap, Desk.reword))(desk)
        if chance.random() < 0.6:  # more than one edit may come between two commands
            desk.check()
    desk.check()
    write_takes(tmp_path, desk.takes)
    assert read_takes(tmp_path) == desk.takes


class Silent(Reporter):
    """Somebody who listens to nothing."""

    def say(self, sentence: str) -> None: ...
    def problem(self, file: Path, problem: Problem) -> None: ...
    def step(self, stage: str, done: int, total: int, what: str = "") -> None: ...
    def go_on(self) -> None: ...


def heard_in(inputs: Inputs) -> Mapping[str, Recording]:
    """What a build would hear, by the turn's id."""
    return booth.usable(inputs, Silent()).recordings


ANSWERS = (
    "Cầu thông xe đúng ngày hai tháng chín.",
    "Phường đã trồng hai nghìn cây dừa dọc bờ biển.",
    "Bà con yên tâm ra khơi, đội cứu hộ túc trực suốt ngày đêm.",
)
OTHER_WORDS = ("ngày", "tháng", "phường", "biển", "đội")


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> StationFolder:
    made = new_station(tmp_path_factory.mktemp("studio") / "station")
    for script in (made.root / "scripts").iterdir():
        script.unlink()
    return made


@pytest.mark.parametrize("seed", range(6))
def test_real_files_stay_as_they_are_and_with_their_words(
    seed: int, studio: StationFolder, tmp_path: Path
) -> None:
    chance = random.Random(seed)
    workspace = Workspace(studio.root)
    script = workspace.scripts / f"cau-{seed}.txt"
    folder = workspace.recordings(script.stem)
    answers, earlier = list(ANSWERS), [list(ANSWERS)]
    outside, recorded_for = dict[Path, str](), dict[str, str]()
    inside: dict[str, str] = {}
    for step in range(12):
        edit = chance.choice(["swap", "swap", "reword", "delete", "undo", "unswap", "move"])
        if edit == "reword":
            at, word = chance.randrange(len(answers)), chance.choice(OTHER_WORDS)
            answers = [*answers[:at], answers[at] + f" Thêm {word}.", *answers[at + 1 :]]
        elif edit == "delete" and len(answers) > 1:
            at = chance.randrange(len(answers))
            answers = answers[:at] + answers[at + 1 :]
        elif edit == "move":
            answers = answers[1:] + answers[:1]
        elif edit == "undo":
            answers = chance.choice(earlier)
        earlier.append(answers)
        said = "".join(
            f"PV: Thưa ông, câu {words}?\n\nÔng Đỗ Văn Lâm: {words}\n\n" for words in answers
        )
        script.write_text(f"Cầu mới\n\n{said}", encoding="utf-8", newline="\n")
        inputs = booth.remember(read_inputs(workspace, script, Silent()), Silent())
        turn = booth.turn_named(inputs, str(2 * chance.randrange(len(answers)) + 2))
        assert turn.text in answers
        if edit == "swap":
            source = speech(turn.text, tmp_path, chance.choice(("vi", "vi+f2")))
            take = source.rename(tmp_path / f"take {step}.wav")
            outside[take] = file_digest(take)
            inputs, (kept,) = booth.swap(inputs, [booth.Swap(turn, (take,))], Silent())
            recorded_for.setdefault(kept.name, turn.text)
            assert heard_in(inputs)[turn.id].stretches[0].file == kept
        elif edit == "unswap":
            was_real = turn.id in heard_in(inputs)
            changed = booth.go_back(inputs, turn, Silent())
            assert (changed is not None) == was_real
            inputs = changed or inputs
            assert turn.id not in heard_in(inputs)
        assert heard_in(inputs) == heard_in(read_inputs(workspace, script, Silent()))
        sheet = booth.sheet(inputs, Silent())
        digests = {file.name: file_digest(file) for file in folder.glob("*.wav")}
        assert digests.items() >= inside.items()
        inside = digests
        assert {take: file_digest(take) for take in outside} == outside
        kept_takes = read_takes(folder).takes
        assert {part.file: take.words for take in kept_takes for part in take.files} == recorded_for
        orphans = {part.file for one in sheet.orphans for part in one.take.files}
        for row in sheet.rows:
            for name in row.takes:
                assert name not in orphans
                is_heard = row.number is not None and row.takes[row.number - 1] == name
                if is_heard and recorded_for[name] != row.turn.text:
                    assert row.stale
        listed = orphans.union(*(row.takes for row in sheet.rows))
        assert listed == recorded_for.keys()


@pytest.mark.parametrize(("at", "takes"), [("write_takes", 0), ("show_staged", 1)])
def test_a_swap_of_two_files_is_one_take_or_none_wherever_it_stops(
    at: str, takes: int, studio: StationFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Workspace(studio.root)
    script = workspace.scripts / f"stopped-{takes}.txt"
    words = " ".join(ANSWERS)
    script.write_text(f"Cầu mới\n\nPV: Thưa ông?\n\nÔng Đỗ Văn Lâm: {words}\n", "utf-8")
    folder = workspace.recordings(script.stem)
    halves = tuple(
        speech(" ".join(some), tmp_path, "vi").rename(tmp_path / day / "answer.wav")
        for day, some in (("monday", ANSWERS[:2]), ("tuesday", ANSWERS[2:]))
        if (tmp_path / day).mkdir() is None
    )
    original = getattr(standing, at)

    def stop(*arguments: object) -> None:
        if list(folder.glob(".copying *")):
            raise Killed
        original(*arguments)

    monkeypatch.setattr(standing, at, stop)
    inputs = read_inputs(workspace, script, Silent())
    with pytest.raises(Killed):
        booth.swap(inputs, [booth.Swap(booth.turn_named(inputs, "02"), halves)], Silent())
    assert list(folder.glob("[!.]*.wav")) == []
    monkeypatch.undo()
    inputs = read_inputs(workspace, script, Silent())
    turn = booth.turn_named(inputs, "2")
    assert len(inputs.standing.takes.of_turn(turn.id)) == takes
    inputs, _ = booth.swap(inputs, [booth.Swap(turn, halves)], Silent())
    (stretches,) = (heard.stretches for heard in heard_in(inputs).values())
    assert [s.file.name for s in stretches] == ["02 answer.wav", "02 answer (2).wav"]
    assert [s.file.read_bytes() for s in stretches] == [half.read_bytes() for half in halves]
    assert list(folder.glob(".copying *")) == []
