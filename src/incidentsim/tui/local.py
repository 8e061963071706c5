"""The library and the sessions of this machine: exercises in this person's folder, on this machine's clock."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from incidentsim.text.wording import elapsed
from incidentsim.tui.session import Data, Entry, Unfinished

if TYPE_CHECKING:
    from incidentsim.exercise.clock import Clock
    from incidentsim.exercise.exercise import Exercise
    from incidentsim.scenario.document import Scenario
    from incidentsim.tui.local_session import LocalSession
    from incidentsim.tui.past_session import PastSession

SHOWN = 8
"""How many unfinished exercises the library offers."""

PROVENANCE = {
    "fictional": "fictional",
    "from-public-facts": "from public facts",
    "from-own-incident": "from an own incident",
    "timeline": "from a timeline",
}


class LocalLibrary:
    """Scenarios that `incidentsim.scenario.library` finds; exercises that `incidentsim.exercise.folder` keeps."""

    def __init__(self, seed: int = 1, variant: str | None = None) -> None:
        self._seed = seed
        self._variant = variant
        self._read: dict[str, Data] = {}

    def entries(self) -> Sequence[Entry]:
        """All scenarios that can be found; only their beginnings are read."""
        from incidentsim.scenario.library import entries

        return [Entry(each.id, each.id.upper(), each.title, str(each.origin), "") for each in entries()]

    def find(self, scenario: str) -> None:
        """Raises `Problem` where there is no such scenario; it is not read."""
        from incidentsim.scenario.library import find

        find(scenario)

    def unfinished(self) -> Sequence[Unfinished]:
        """The latest exercises whose packet has not been written."""
        from incidentsim.exercise.folder import exercises
        from incidentsim.tui.local_names import WRITTEN

        found = [each for each in exercises() if not each.problem and not (each.path.parent / WRITTEN).exists()]
        found.sort(key=lambda each: each.path.stat().st_mtime, reverse=True)
        return [
            Unfinished(
                each.path, each.scenario.upper(), each.title, f"{elapsed(each.last_t)} · {each.mode} · {each.id}"
            )
            for each in found[:SHOWN]
        ]

    def briefing(self, scenario: str) -> Data:
        """What a participant is told before play, and where the scenario comes from. Raises `Problem`."""
        if scenario not in self._read:
            from incidentsim.scenario.library import find
            from incidentsim.scenario.loading import load

            self._read[scenario] = before_play(load(find(scenario)).scenario)
        return {**self._read[scenario], "id": scenario}

    def start(self, scenario: str, format_id: str, mode: str, waiting: bool = False) -> LocalSession:
        """A new exercise; its clock runs, or waits for `Session.go_on`. Raises `Problem`."""
        from incidentsim.exercise.folder import claim
        from incidentsim.exercise.runs import start
        from incidentsim.exercise.settings import setting_for
        from incidentsim.tui.local_session import LocalSession

        known = setting_for(scenario)
        exercise_id, path = claim(datetime.now(UTC), known.scenario.id)
        setting = setting_for(
            scenario, seed=self._seed, variant=self._variant, format_id=format_id, mode=mode, exercise_id=exercise_id
        )
        exercise, journal = start(setting, path)
        return LocalSession(exercise, journal, clock_of(exercise), waiting)

    def resume(self, path: Path) -> LocalSession:
        """An exercise that was left, at its last acknowledged moment; its clock waits. Raises `Problem`."""
        from incidentsim.exercise.runs import resume
        from incidentsim.tui.local_session import LocalSession

        exercise, journal = resume(path)
        clock = clock_of(exercise, journal.contents.paused_ms)
        return LocalSession(exercise, journal, clock, waiting=True)

    def review(self, path: Path) -> PastSession:
        """An exercise to look back at; its journal is only read. Raises `Problem`."""
        from incidentsim.exercise.runs import read_exercise
        from incidentsim.tui.past_session import PastSession

        return PastSession(read_exercise(path), path)


def clock_of(exercise: Exercise, paused_ms: int = 0) -> Clock:
    """The fair clock at the exercise's moment; it stands until it is started. *paused_ms*: pauses of before."""
    from incidentsim.exercise.clock import Clock

    setting = exercise.setting
    wall = next(each.wall for each in setting.scenario.formats if each.id == setting.format_id)
    mode: Literal["learn", "assessed"] = "assessed" if setting.mode == "assessed" else "learn"
    return Clock.fitted(
        lambda: time.monotonic_ns() // 1_000_000, setting.scenario.duration, wall, mode=mode,
        start=exercise.now, taken=exercise.ledger.pauses, paused_ms=paused_ms,
    )  # fmt: skip


def before_play(scenario: Scenario) -> Data:
    """What the briefing screen shows of a scenario: nothing that is found out in play."""
    brief = scenario.briefing
    return {
        "number": scenario.number,
        "title": scenario.title,
        "start": scenario.start.isoformat(),
        "duration": scenario.duration,
        "organisation": scenario.organisation,
        "role": brief.role,
        "situation": brief.situation,
        "goal": brief.goal,
        "notes": list(brief.notes),
        "formats": [{"id": each.id, "title": each.title, "wall": each.wall} for each in scenario.formats],
        "provenance": ". ".join(
            part for part in (PROVENANCE[scenario.provenance.kind], scenario.provenance.text) if part
        ),
    }
