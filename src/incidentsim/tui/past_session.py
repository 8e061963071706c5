"""The review of one exercise on this machine: its room as it was at any moment, and forks from there."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from incidentsim.exercise.past import PastSeat
from incidentsim.exercise.reconstruction import RECONSTRUCT
from incidentsim.text.problem import Problem
from incidentsim.tui.drafts import Drafts

if TYPE_CHECKING:
    from incidentsim.exercise.exercise import Exercise
    from incidentsim.tui.session import Session

LONGEST_NAME = 60


class PastSession:
    """What was shown in an exercise. Nothing in it changes the exercise or writes beside its journal.

    Raises `Problem` for a reconstruction.
    """

    waiting = False

    def __init__(self, exercise: Exercise, path: Path) -> None:
        if exercise.setting.mode == RECONSTRUCT:
            mend = "Its exports are what there is; the debrief opens them."
            raise Problem("a reconstruction has no room to look back at: others were in it", mend=mend)
        self._path = path
        self.id = exercise.setting.exercise_id
        self.scenario = exercise.scenario.id
        self.drafts = Drafts()
        self.seat = PastSeat.of(exercise)

    def fork(self, at: int, name: str) -> Session:
        """A new exercise of that name, which has what was done up to *at* (ms) and goes on from there; its clock waits.

        Raises `Problem`.
        """
        from incidentsim.exercise import folder, runs
        from incidentsim.tui.local import LocalLibrary

        exercise_id, path = folder.claim(datetime.now(UTC), name[:LONGEST_NAME])
        runs.fork(self._path, at, path, exercise_id, in_play=True)
        return LocalLibrary().resume(path)
