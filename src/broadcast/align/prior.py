"""What is known before a recording is heard: how eSpeak's sounds and people's belong together.

The prior that comes with the program was summed up over 91 s of free recordings (THIRD-PARTY.md);
a station may learn one of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from zipfile import BadZipFile

import numpy as np

from broadcast.align.frames import FRAME_MS
from broadcast.align.moments import Moments
from broadcast.align.states import STEP

_SHIPPED = "prior.npz"


@dataclass(frozen=True, slots=True)
class Prior:
    """Moments of the coarse pass (80 ms, one neighbour) and of the fine one (20 ms, two)."""

    coarse: Moments
    fine: Moments

    def plus(self, other: Prior | None) -> Prior:
        """Give what both know."""
        if other is None:
            return self
        return Prior(self.coarse.plus(other.coarse), self.fine.plus(other.fine))

    @property
    def duration_ms(self) -> int:
        """How much speech it was learnt from."""
        return round(self.coarse.count) * STEP * FRAME_MS


@lru_cache(maxsize=1)
def shipped_prior() -> Prior:
    """Give the prior that comes with the program."""
    return prior_from((files("broadcast.align") / _SHIPPED).read_bytes())


def prior_from(data: bytes) -> Prior:
    """Read a prior from the bytes of its file. Raises ValueError for any other bytes."""
    try:
        with np.load(BytesIO(data), allow_pickle=False) as kept:
            return Prior(*(_moments(kept, kind) for kind in ("coarse", "fine")))
    except (KeyError, OSError, EOFError, BadZipFile) as error:
        raise ValueError("no prior") from error


def prior_bytes(prior: Prior) -> bytes:
    """Give the bytes of a prior's file, the same for the same prior."""
    written = BytesIO()
    sums: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float32]]] = {
        f"{kind}_{field.name}": np.asarray(getattr(getattr(prior, kind), field.name), np.float32)
        for kind in ("coarse", "fine")
        for field in fields(Moments)
    }
    np.savez_compressed(written, allow_pickle=False, **sums)
    return written.getvalue()


def _moments(kept: np.lib.npyio.NpzFile, kind: str) -> Moments:
    x, y, xx, yy, xy = (
        kept[f"{kind}_{name}"].astype(np.float64) for name in ("x", "y", "xx", "yy", "xy")
    )
    return Moments(float(kept[f"{kind}_count"]), x, y, xx, yy, xy)
