"""A house matrix of severities in plain words. It helps to choose one, and knows nothing of any incident."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Criteria:
    """What one severity usually means. *update_every* is in minutes."""

    users: str
    harm: str
    lasts: str
    told: str
    update_every: int


MATRIX = (
    Criteria("most users, or a main path stops", "money or data are being lost, or may be",
             "cannot wait an hour", "page everybody needed, executives, status page", 15),
    Criteria("many users, or one path is wrong", "loss is limited, or its size is not known",
             "cannot wait for the day", "page the owning teams, tell executives", 30),
    Criteria("some users, with a way around", "no loss that lasts",
             "can wait for working hours", "the owning team, support", 120),
    Criteria("hardly anybody notices", "none", "can wait for the week's plan", "the owning team", 480),
)  # fmt: skip
"""From the worst to the mildest."""


def criteria(severities: Sequence[str]) -> dict[str, Criteria]:
    """The criteria of each of a scenario's severities, named from the worst to the mildest.

    A number at a name's end (``SEV2``) is its rank; without one its place is. Ranks beyond the matrix are its last.
    """
    return {name: MATRIX[min(_rank(name, place), len(MATRIX) - 1)] for place, name in enumerate(severities)}


def _rank(name: str, place: int) -> int:
    digits = name[len(name.rstrip("0123456789")) :]
    return max(0, int(digits) - 1) if digits and len(digits) < 4 else place


def every(minutes: int) -> str:
    """``every 30 min``, ``every 2 h``."""
    return f"every {minutes // 60} h" if minutes >= 120 and minutes % 60 == 0 else f"every {minutes} min"
