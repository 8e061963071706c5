"""What the controls of action items would have changed: modelled once, and kept while the same ones are asked for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from incidentsim.tui.session import Data
from incidentsim.whatif.result import StoppedError, carry_out
from incidentsim.whatif.running import LOKY, SERIAL
from incidentsim.whatif.study import own_study, possible

if TYPE_CHECKING:
    from incidentsim.case.document import ActionItem
    from incidentsim.exercise.record import ExerciseRecord
    from incidentsim.postmortem.modelled import Modelled


class Modelling:
    """The studies of one run."""

    def __init__(self, record: ExerciseRecord) -> None:
        self.record = record
        self._controls: tuple[str, ...] = ()
        self._found: Modelled | None = None

    def of(self, items: Iterable[ActionItem], progress: Callable[[int, int], bool]) -> Data:
        """What each control of these action items would have changed, as `incidentsim.tui.session.Session.modelled`.

        Raises `Problem` where they name none.
        """
        adding: dict[str, list[str]] = {}
        known = possible(self.record.scenario)
        for item in items:
            if item.control in known and item.status != "declined":
                adding.setdefault(str(item.control), []).append(item.id)
        controls = tuple(sorted(adding))
        if self._found is None or self._found.partly or controls != self._controls:
            self._found, self._controls = self._run(controls, progress), controls
        found = self._found
        return {
            "controls": [
                {"control": each.control, "title": each.title, "items": adding[each.control], "short": each.short,
                 "sentences": list(each.sentences)}
                for each in found.controls
            ],
            "without": found.without, "seeds": found.seeds, "partly": found.partly,
            "assumptions": list(found.assumptions),
        }  # fmt: skip

    def _run(self, controls: tuple[str, ...], progress: Callable[[int, int], bool]) -> Modelled:
        from incidentsim.postmortem.modelled import modelled

        def told(finished: int, tasks: int) -> None:
            if not progress(finished, tasks):
                raise StoppedError

        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        study = own_study(self.record, controls)
        return modelled(carry_out(study, LOKY if cores > 1 else SERIAL, cores, progress=told))
