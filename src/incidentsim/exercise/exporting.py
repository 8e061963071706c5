"""An exercise as JSON lines: what was done and what was seen."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from incidentsim.exercise.reconstruction import told
from incidentsim.exercise.seat import Seat

if TYPE_CHECKING:
    from incidentsim.exercise.exercise import Exercise


def exported(exercise: Exercise) -> str:
    """Commands, visible events and evidence in order of time, one JSON object a line.

    The first line says what it is; every line is marked ``EXERCISE``. Nothing secret is in it.
    """
    seat, setting = Seat(exercise), exercise.setting
    brief = seat.briefing()
    first: dict[str, Any] = {
        "type": "exercise", "id": setting.exercise_id, "incident": brief["number"], "title": brief["title"],
        "start": brief["start"], "scenario_hash": setting.scenario_hash, "seed": setting.seed,
    }  # fmt: skip
    items: list[tuple[int, int, dict[str, Any]]] = []
    items += [(each.t, 0, {"type": "command", **each.to_json()}) for each in exercise.commands if told(exercise, each)]
    items += [(each["t"], 1, {"type": "event", **each}) for each in seat.frame(0)["events"]]
    items += [(each["t"], 2, {"type": "evidence", **each}) for each in seat.evidence()]
    ordered = [first, *(item for _, _, item in sorted(items, key=lambda each: each[:2]))]
    return "".join(
        json.dumps({"marker": "EXERCISE", **item}, ensure_ascii=False, separators=(",", ":")) + "\n" for item in ordered
    )
