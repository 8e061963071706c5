"""What the merging or the verifying of a packet finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["edited-number", "unaccounted-number", "reference", "conflict", "missing", "differs", "marker", "rule"]


@dataclass(frozen=True, slots=True)
class PacketFinding:
    """Something in a packet that the record does not bear out.

    *line* is 1-based, 0 where there is none. For an edited number: *field* is the field's id (empty for a number
    without one), *typed* what stands in the file, *recorded* what the record says.
    """

    kind: Kind
    file: str
    line: int
    text: str
    field: str = ""
    typed: str = ""
    recorded: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.text}"
