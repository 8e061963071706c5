"""What a rule finds in whys, a fishbone or a plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that breaks a rule, and what would mend it."""

    code: str
    severity: Severity
    where: str
    """The id of what it is about, or empty for the whole."""
    message: str
    mend: str
