"""Events: the only output of a world, in one total order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any


class Phase(IntEnum):
    """What comes first at the same moment."""

    COMMAND = 0
    CAUSAL = 1
    ROW = 2


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in the world: ordered by (*t*, *phase*, *seq*).

    *kind* says what; *data* is JSON. A seat shows only kinds it knows to be visible, and of their data only
    the fields it knows (`incidentsim.exercise.view`).
    """

    t: int
    phase: Phase
    seq: int
    kind: str
    data: dict[str, Any]

    def to_json(self) -> dict[str, Any]:
        """JSON data, with the keys in a fixed order."""
        return {"t": self.t, "phase": int(self.phase), "seq": self.seq, "kind": self.kind, "data": self.data}
