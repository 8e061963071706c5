"""Whether a case was changed after its scorecard had been seen."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from incidentsim.case.file import dumps

if TYPE_CHECKING:
    from incidentsim.case.document import Case


def second(case: Case) -> bool:
    """Whether what the trainee wrote has changed since the scorecard was first seen."""
    return case.first_attempt is not None and case.first_attempt.digest != digest(case)


def digest(case: Case) -> str:
    """SHA-256 of what the trainee wrote and what is measured of it.

    Without a facilitator's overrides, what rendering left, and what is asked for beside a price afterwards.
    """
    own = case.model_copy(update={"first_attempt": None, "overrides": {}, "edits": {}, "sensible": {}})
    return hashlib.sha256(dumps(own).encode()).hexdigest()
