"""A programme's name → what it is made from, read again only when something of it was touched."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock

from broadcast.production.desk.inputs import Inputs, read_inputs
from broadcast.production.desk.mend_script import written_script
from broadcast.studio.quiet import Quiet
from broadcast.workspace import Workspace

_MOST_KEPT = 3


@dataclass(frozen=True, slots=True)
class InputsAtHand:
    """What the programmes that were looked at last are made from."""

    workspace: Workspace
    _kept: dict[str, tuple[Inputs, date]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def of(self, name: str) -> Inputs:
        """Give what a programme is made from now. Raises as ``read_inputs`` does."""
        file = written_script(self.workspace, name).file
        with self._lock:
            kept, read_on = self._kept.get(name, (None, None))
        # Where times are too coarse to show every change, nothing is held to be as it was; and a
        # programme without a date may say today's.
        is_same = kept is not None and kept.file == file and read_on == _today()
        if kept and is_same and kept.settled and kept.seen_now() == kept.stamps:
            return kept
        inputs = read_inputs(self.workspace, file, Quiet())
        self.keep(inputs)
        return inputs

    def keep(self, inputs: Inputs) -> None:
        """Have at hand what was just read, or what a decision left."""
        with self._lock:
            self._kept.pop(inputs.name, None)
            self._kept[inputs.name] = inputs, _today()
            while len(self._kept) > _MOST_KEPT:
                del self._kept[next(iter(self._kept))]


def _today() -> date:
    return datetime.now().astimezone().date()
