"""Starting a reconstruction: an incident that others responded to, and its exports."""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from incidentsim.exercise import folder, runs
from incidentsim.exercise.exports import require_free, write_exports
from incidentsim.exercise.policies import IDLE, play
from incidentsim.exercise.reconstruction import RECONSTRUCT, RESPONDERS
from incidentsim.exercise.seat import Seat
from incidentsim.exercise.settings import setting_for

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from incidentsim.scenario.document import Scenario
    from incidentsim.scenario.play import Policy

EXPORTS = "exports"
"""The folder of the exports beside the journal, where no other is asked for."""
REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Started:
    """A reconstruction that can be worked on."""

    exercise_id: str
    journal: Path
    folder: Path
    files: dict[str, int]
    """The files of the exports, each with its number of lines."""


def responders_of(scenario: Scenario) -> Policy:
    """Whose response is reconstructed: the policy the author names, the reference, or nobody's."""
    wanted = scenario.reconstruction or REFERENCE
    known = {each.id: each for each in scenario.policies}
    policy = known.get(wanted, IDLE)
    # What a policy does when play is over is the trainee's part here.
    commands = tuple(each for each in policy.commands if each.at < scenario.duration and each.verb != "interview")
    return policy.model_copy(update={"commands": commands})


def start_reconstruction(
    name: str, when: datetime, out: Path | None = None, seed: int = 1, variant: str | None = None
) -> Started:
    """Let the incident happen, keep it as an exercise of this person, and write its exports.

    Raises `Problem` for anything that is not there or cannot be written; nothing is left behind then.
    """
    setting = setting_for(name, seed=seed, variant=variant)
    if out is not None:
        require_free(out)
    exercise_id, path = folder.claim(when, f"{setting.scenario.id}-{RECONSTRUCT}")
    draft = path.with_name(f"{path.name}.unfinished")
    target = path.parent / EXPORTS if out is None else out
    try:
        exercise, journal = runs.start(replace(setting, mode=RECONSTRUCT, exercise_id=exercise_id), draft)
        with journal:
            play(responders_of(setting.scenario), Seat(exercise, role=RESPONDERS))
        # Only a whole incident gets the journal's name, so that no half of one is ever offered to go on with.
        draft.rename(path)
        files = write_exports(exercise, target)
    except BaseException:
        with contextlib.suppress(OSError):
            shutil.rmtree(path.parent)
        raise
    return Started(exercise_id, path, target, files)
