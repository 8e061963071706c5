"""An auto-player's drill from the first minute to the packet."""

from __future__ import annotations

import difflib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from incidentsim.assessment.scorecard import assess
from incidentsim.case.policy_writes import written_case
from incidentsim.exercise import runs
from incidentsim.exercise.policies import play
from incidentsim.exercise.seat import Seat
from incidentsim.exercise.settings import setting_for
from incidentsim.packet.writer import write
from incidentsim.scenario.play import Policy
from incidentsim.text.problem import Problem

if TYPE_CHECKING:
    from incidentsim.scenario.document import Scenario


IDLE = Policy(id="idle", title="Nobody acts")


@dataclass(frozen=True, slots=True)
class Written:
    """What came of it."""

    number: str
    score: int
    files: tuple[Path, ...]


def policy_of(scenario: Scenario, policy_id: str) -> Policy:
    """One of a scenario's policies, or ``idle``, which every scenario has. Raises `Problem`."""
    # Doing nothing needs no document: it is how any scenario runs by itself.
    known = {IDLE.id: IDLE} | {policy.id: policy for policy in scenario.policies}
    if policy_id in known:
        return known[policy_id]
    near = difflib.get_close_matches(policy_id, known, 1)
    mend = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}."
    raise Problem(f"there is no policy {policy_id!r}", mend=mend)


def play_and_write(name: str, policy_id: str, seed: int, out: Path | None, variant: str | None = None) -> Written:
    """Play a policy of the scenario *name* and write its packet.

    Raises `Problem` for anything that is not there or cannot be written; nothing is written then.
    """
    setting = setting_for(name, seed=seed, variant=variant)
    policy = policy_of(setting.scenario, policy_id)
    folder = out if out is not None else Path(f"{setting.scenario.id}-{policy_id}-{seed}")
    with tempfile.TemporaryDirectory(prefix="incidentsim-") as scratch:
        journal_path = Path(scratch) / "exercise.journal"
        exercise, journal = runs.start(setting, journal_path)
        with journal:
            seat = Seat(exercise)
            run = play(policy, seat)
        record = exercise.record()
        case = written_case(run, seat, record).model_copy(
            update={
                "incident": setting.scenario.number,
                "title": setting.scenario.title,
                "journal": setting.exercise_id,
                "authors": (f"auto-player {policy_id}",),
            }
        )
        scorecard = assess(record, case)
        written = write(record, case, folder, scorecard, journal=journal_path)
    return Written(setting.scenario.number, scorecard.score, written.paths)
