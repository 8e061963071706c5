"""Small drills with a journal, played once and shared by tests."""

from __future__ import annotations

import copy
import functools
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from incidentsim.assessment.scorecard import Scorecard, assess
from incidentsim.case.document import Case
from incidentsim.case.policy_writes import written_case
from incidentsim.exercise import runs
from incidentsim.exercise.exercise import Setting
from incidentsim.exercise.policies import play
from incidentsim.exercise.record import ExerciseRecord
from incidentsim.exercise.seat import Seat
from incidentsim.packet.writer import Written, write
from incidentsim.scenario.loading import load_raw
from tests.assessment.scenarios import document

SECTIONS = {
    "summary": [
        {"id": "s1", "text": "{{ loss.total }} events were lost from {{ time.started }} UTC on.", "cites": ["count"]},
        {"id": "s2", "text": "A field was added and the pipe dropped what has it.", "cites": ["ask"]},
    ],
    "trigger": [{"id": "t1", "text": "The release with the added field went out.", "cites": ["ask"]}],
    "went-well": [{"id": "w1", "text": "Both ends were counted before anything was changed.", "cites": ["count"]}],
}
TIMELINE = {
    "id": "only-a-timeline",
    "title": "Checkout errors",
    "start": "2024-05-02T09:00:00Z",
    "events": [
        {"at": "1m", "text": "deploy checkout 41 started"},
        {"at": "4m", "text": "5xx above 2%", "level": "ERROR", "service": "checkout"},
        {"at": "30m", "text": "rollback finished", "service": "deploys"},
    ],
}


@dataclass(frozen=True)
class Drill:
    """A run, what was written of it, its score and its journal."""

    record: ExerciseRecord
    case: Case
    card: Scorecard
    journal: Path

    def packet(self, out: Path, case: Case | None = None) -> Written:
        """Its packet in a folder."""
        card = self.card if case is None else assess(self.record, case)
        return write(self.record, case or self.case, out, card, journal=self.journal)


def scenario(**more: Any) -> dict[str, Any]:
    """The small incident, with sections written about it."""
    raw = document(**more)
    reference = next(each for each in raw["policies"] if each["id"] == "reference")
    reference["writes"]["sections"] = SECTIONS
    return raw


_SCRATCH = tempfile.TemporaryDirectory(prefix="incidentsim-tests-")
"""Where the journals lie; it goes with the process."""


@functools.cache
def drill(policy: str = "reference") -> Drill:
    """The small incident, played by one of its policies."""
    return played(scenario(), policy)


@functools.cache
def scripted() -> Drill:
    """A scenario of timed events and nothing else, watched to its end."""
    return played(TIMELINE, None)


def played(raw: dict[str, Any], policy_id: str | None) -> Drill:
    """Any scenario, played by one of its policies, or only watched."""
    loaded = load_raw(copy.deepcopy(raw), "test")
    journal_path = Path(tempfile.mkdtemp(dir=_SCRATCH.name)) / "exercise.journal"
    exercise, journal = runs.start(Setting(loaded.scenario, raw, loaded.hash), journal_path)
    seat = Seat(exercise)
    if policy_id is None:
        seat.advance(loaded.scenario.duration)
        seat.do("end")
        record, case = exercise.record(), Case()
    else:
        policy = next(each for each in loaded.scenario.policies if each.id == policy_id)
        run = play(policy, seat)
        if policy_id == "idle":
            seat.do("end")
        record = exercise.record()
        case = written_case(run, seat, record)
    journal.close()
    return Drill(record, case, assess(record, case), journal_path)
