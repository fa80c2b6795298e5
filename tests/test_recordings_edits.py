"""However a script is edited, every take stays with its words or is reported; nothing is lost.

Random edits are made to a script and its recordings. Beside them a simple model knows what no
program can see: which turn of the edited script is which of the one before.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from broadcast.cache import file_digest
from broadcast.model import Turn
from broadcast.recordings.choose import used_take, with_choice, with_take, without_choice
from broadcast.recordings.folder import copy_in, digests_in
from broadcast.recordings.pair import SIMILAR, Pairing, is_stale, new_take, pair
from broadcast.recordings.takes_file import KnownTake, Part, read_takes, write_takes
from broadcast.text import folded
from interview_turns import HOA, LAN, script

SEQUENCES, EDITS = 200, 20
SYLLABLES = [first + rest for first in "bcdđghklmnprstvx" for rest in ("anh", "iên", "oà", "ương")]


@dataclass(frozen=True)
class Said:
    """A turn, by an identity that its words do not have."""

    who: int
    speaker: str
    words: str


@dataclass
class Recorded:
    """A take: the turn and the words it was made for, and whether it is put aside."""

    who: int
    words: str
    in_use: bool = True


class Desk:
    """A producer's script and recordings folder, and the model of them."""

    def __init__(self, folder: Path, seed: int, *, equal_turns: bool) -> None:
        self.random = random.Random(seed)
        self.equal_turns = equal_turns
        self.outside, self.folder = folder / "phone", folder / "recordings"
        self.outside.mkdir(parents=True)
        self.folder.mkdir()
        self.people = 0
        self.files = 0
        self.hashes: dict[str, str] = {}
        self.recorded: dict[str, Recorded] = {}
        self.places: dict[str, int | None] = {}
        self.said = [self.new_turn() for _ in range(6)]
        self.past = [self.said]

    # ── edits ──────────────────────────────────────────────────────────────────────────────────

    def new_turn(self) -> Said:
        self.people += 1
        if self.equal_turns and self.random.random() < 0.3:
            return Said(self.people, HOA, "Vâng.")
        words = self.random.choices(SYLLABLES, k=self.random.randint(8, 14))
        return Said(self.people, self.random.choice([HOA, HOA, LAN]), " ".join(words))

    def insert(self) -> None:
        self.said.insert(self.random.randint(0, len(self.said)), self.new_turn())

    def delete(self) -> None:
        if len(self.said) > 2:
            self.said.pop(self.random.randrange(len(self.said)))

    def move(self) -> None:
        turn = self.said.pop(self.random.randrange(len(self.said)))
        self.said.insert(self.random.randint(0, len(self.said)), turn)

    def reword(self) -> None:
        place = self.random.randrange(len(self.said))
        words = self.said[place].words.split()
        changes = len(words) if self.random.random() < 0.1 else self.random.randint(1, 3)
        for at in self.random.sample(range(len(words)), min(changes, len(words))):
            words[at] = self.random.choice(SYLLABLES)
        self.said[place] = replace(self.said[place], words=" ".join(words))

    def punctuate(self) -> None:
        place = self.random.randrange(len(self.said))
        words = self.said[place].words
        self.said[place] = replace(self.said[place], words=words.rstrip(".").upper() + "…")

    def undo(self) -> None:
        self.said = list(self.random.choice(self.past))

    # ── decisions ──────────────────────────────────────────────────────────────────────────────

    def record(self, file: Path) -> None:
        self.files += 1
        file.write_bytes(b"voice %d" % self.files)

    def swap(self) -> None:
        turns, place = self.turns(), self.random.randrange(len(self.said))
        source = self.outside / f"REC{self.files:03}.m4a"
        self.record(source)
        pairing = self.pairing()
        copy = copy_in(source, self.folder, f"{place + 1:02}", digests_in(self.folder))
        take = new_take(turns[place], [Part(copy.name, file_digest(copy))])
        write_takes(self.folder, with_take(pairing.takes, take))
        self.note(f"{place + 1:02} {source.name}", place)

    def retake(self) -> None:
        place = self.random.randrange(len(self.said))
        name = f"{place + 1:02} retake {self.files}.wav"
        self.record(self.folder / name)
        self.note(name, place)

    def note(self, name: str, place: int) -> None:
        self.hashes[name] = file_digest(self.folder / name)
        self.recorded[name] = Recorded(self.said[place].who, self.said[place].words)
        self.places[name] = self.said[place].who

    def unswap(self) -> None:
        self.decide(lambda count: None)

    def choose(self) -> None:
        self.decide(lambda count: self.random.randint(1, count) if count else None)

    def decide(self, choice: Callable[[int], int | None]) -> None:
        turns, place = self.turns(), self.random.randrange(len(self.said))
        pairing = self.pairing()
        of_turn = pairing.takes.of_turn(turns[place].id)
        number = choice(len(of_turn))
        takes = (
            without_choice(pairing.takes, turns[place])
            if number is None
            else with_choice(pairing.takes, turns[place], number)
        )
        write_takes(self.folder, takes)
        for n, take in enumerate(of_turn, 1):
            self.recorded[take.files[0].file].in_use = n == number

    # ── what the program makes of it ───────────────────────────────────────────────────────────

    def turns(self) -> list[Turn]:
        return script(*((turn.speaker, turn.words) for turn in self.said))

    def pairing(self) -> Pairing:
        return pair(read_takes(self.folder), self.turns(), digests_in(self.folder))

    def step(self) -> str:
        edits = [self.insert, self.delete, self.move, self.reword, self.reword, self.punctuate]
        decisions = [self.swap, self.swap, self.retake, self.unswap, self.choose]
        # A script may be edited several times before anybody looks at its recordings.
        several = self.random.choices(edits, k=self.random.choice([0, 0, 1, 2]))
        last = self.random.choice([*edits, *decisions, self.undo])
        for done in [*several, last]:
            self.said = list(self.said)
            done()
            self.past.append(self.said)
        return " ".join(done.__name__ for done in [*several, last])

    def check(self) -> None:
        turns, pairing = self.turns(), self.pairing()
        write_takes(self.folder, pairing.takes)
        assert {file.name: file_digest(file) for file in self.files_there()} == self.hashes
        takes = {take.files[0].file: take for take in pairing.takes.takes}
        assert {name: take.words for name, take in takes.items()} == {
            name: made.words for name, made in self.recorded.items()
        }
        assert len(takes) == len(pairing.takes.takes)
        assert (pairing.unpaired, pairing.missing, pairing.replaced) == ((), frozenset(), ())
        by_id = {turn.id: place for place, turn in enumerate(turns)}
        before = self.places
        self.places = {
            name: None if take.turn not in by_id else self.said[by_id[take.turn]].who
            for name, take in takes.items()
        }
        for name, take in takes.items():
            self.check_place(name, take, by_id.get(take.turn), turns, before[name])
        assert {take.files[0].file for take in pairing.orphans} == {
            name for name, who in self.places.items() if who is None
        }
        self.check_used(pairing, turns)

    def files_there(self) -> list[Path]:
        return [file for file in self.folder.iterdir() if file.name != "takes.json"]

    def check_place(
        self,
        name: str,
        take: KnownTake,
        place: int | None,
        turns: list[Turn],
        before: int | None,
    ) -> None:
        made = self.recorded[name]
        if place is not None:
            turn = turns[place]
            assert turn.speaker == take.speaker
            assert is_stale(take, turn) == (folded(made.words) != folded(turn.text))
        if self.equal_turns:
            return
        own = next((said for said in self.said if said.who == made.who), None)
        assert self.places[name] in {None, made.who}
        if own is None:
            assert place is None
        elif folded(own.words) == folded(made.words):
            assert place is not None
        elif before is not None and similarity(made.words, own.words) >= SIMILAR:
            # Another of its takes, given up before, may be nearer to the words there are now.
            nearer = (
                similarity(other.words, own.words)
                for rival, other in self.recorded.items()
                if rival != name and self.places[rival] == own.who
            )
            assert place is not None or max(nearer, default=0) >= similarity(made.words, own.words)

    def check_used(self, pairing: Pairing, turns: list[Turn]) -> None:
        for turn in turns:
            there = [take.files[0].file for take in pairing.takes.of_turn(turn.id)]
            # The takes of one turn stay together: the one most like the new words decides.
            alike = (similarity(self.recorded[name].words, turn.text) for name in there)
            assert not there or max(alike) >= SIMILAR
            in_use = [name for name in there if self.recorded[name].in_use]
            own = [n for n in in_use if folded(self.recorded[n].words) == folded(turn.text)]
            used = used_take(pairing.takes.of_turn(turn.id), turn)
            assert (used and used.files[0].file) == next(reversed(own or in_use), None)
        for said in {folded(turn.text) for turn in turns}:
            able = [made for made in self.recorded.values() if folded(made.words) == said]
            heard = [
                take
                for turn in turns
                for take in pairing.takes.of_turn(turn.id)
                if folded(turn.text) == said and not is_stale(take, turn)
            ]
            assert bool(able) == bool(heard)


def similarity(one: str, other: str) -> float:
    return SequenceMatcher(None, folded(one).split(), folded(other).split(), False).ratio()


@pytest.mark.parametrize("group", range(10))
def test_every_take_stays_with_its_words_or_is_reported(tmp_path: Path, group: int) -> None:
    for seed in range(group * SEQUENCES // 10, (group + 1) * SEQUENCES // 10):
        desk = Desk(tmp_path / str(seed), seed, equal_turns=seed % 4 == 3)
        done = []
        for _ in range(EDITS):
            done.append(desk.step())
            try:
                desk.check()
            except AssertionError as error:
                error.add_note(f"sequence {seed}: {', '.join(done)}")
                raise
