"""Evidence: what a player opened, queried, was told or pinned."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Literal

EvidenceKind = Literal[
    "row",
    "message",
    "alert",
    "change",
    "runbook",
    "signal",
    "reply",
    "interview",
    "result",
    "query",
    "search",
    "excerpt",
]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence, minted when it was seen; its *id* (``E-0042``) is shared by the team.

    *source* is the address of what was seen (see docs/architecture.md), and stays inside the tool: players
    know the id, title and text.
    """

    id: str
    t: int
    kind: EvidenceKind
    source: str
    title: str
    text: str
    """Verbatim, as it was shown."""
    by: str
    phase: Literal["during", "after"] = "during"
    pinned: bool = False
    command: int = 0
    """Id of the command that minted it."""
    about: int | None = None
    """When what it shows happened (ms), where that is another moment than when it was seen."""
    note: str = ""
    """What the player noted when pinning it."""

    def to_json(self) -> dict[str, Any]:
        """What a seat shows: everything but the source."""
        return {name: getattr(self, name) for name in _SHOWN}


_SHOWN = tuple(each.name for each in fields(Evidence) if each.name != "source")
