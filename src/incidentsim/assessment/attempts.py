"""The first attempt: how a case stood when its scorecard was first seen. What is written afterwards is a second one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from incidentsim.assessment.scorecard import assess
from incidentsim.case.attempt import digest
from incidentsim.case.document import Attempt

if TYPE_CHECKING:
    from incidentsim.case.document import Case
    from incidentsim.exercise.record import ExerciseRecord

NOTICE = "This shows what there was to find. What you write afterwards is kept apart, as a second attempt."


def closed(record: ExerciseRecord, case: Case, now: datetime | None = None) -> Case:
    """The case with its first attempt written down, as it stands *now* (aware, UTC by default).

    One that was closed already stays as it is.
    """
    if case.first_attempt is not None:
        return case
    at = (now or datetime.now(UTC)).astimezone(UTC)
    card = assess(record, case)
    ratios = {each.criterion.id: each.measured.ratio for each in card.lines if each.measured.applies}
    first = Attempt(at=f"{at:%Y-%m-%dT%H:%M:%SZ}", score=card.score, ratios=ratios, digest=digest(case))
    return case.model_copy(update={"first_attempt": first})
