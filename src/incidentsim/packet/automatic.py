"""An auto-player's drill from the first minute to the packet."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from incidentsim.assessment.scorecard import assess
from incidentsim.case.policy_writes import written_case
from incidentsim.exercise import runs
from incidentsim.exercise.policies import play, policy_of
from incidentsim.exercise.seat import Seat
from incidentsim.exercise.settings import setting_for
from incidentsim.packet.writer import write


@dataclass(frozen=True, slots=True)
class Written:
    """What came of it."""

    number: str
    score: int
    files: tuple[Path, ...]


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
