"""A run that facilitators look ahead with: everything that happens in it, secrets included."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from incidentsim.authoring.plays import policies_of
from incidentsim.text.problem import Problem

if TYPE_CHECKING:
    from incidentsim.exercise.exercise import Setting
    from incidentsim.exercise.record import ExerciseRecord
    from incidentsim.scenario.people import Inject


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that reaches people in a run, at *t* (ms). *kind*: ``inject``, ``alert`` or ``shift``."""

    t: int
    kind: str
    id: str
    channel: str
    sender: str
    to: str
    title: str


def run_of(setting: Setting, policy_id: str) -> ExerciseRecord:
    """The record of one policy's run. Raises `Problem` for a policy that there is not."""
    from incidentsim.exercise.exercise import Exercise
    from incidentsim.exercise.policies import play
    from incidentsim.exercise.seat import Seat

    policy = next((each for each in policies_of(setting) if each.id == policy_id), None)
    if policy is None:
        names = ", ".join(each.id for each in policies_of(setting))
        raise Problem(f"there is no policy {policy_id!r}", mend=f"There are: {names}.")
    exercise = Exercise(setting)
    play(policy, Seat(exercise))
    return exercise.record()


def moments(record: ExerciseRecord) -> list[Moment]:
    """What reached people without their asking, in order."""
    found = []
    for event in record.events:
        data = event.data
        if event.kind == "message" and data.get("inject"):
            found.append(Moment(event.t, "inject", str(data["inject"]), str(data["channel"]), str(data["sender"]),
                                str(data["to"]), str(data["title"])))  # fmt: skip
        elif event.kind == "alert" and data["state"] in {"fires", "repeats"}:
            found.append(Moment(event.t, "alert", str(data["alert"]), str(data["severity"]), str(data["service"]),
                                "on-call", str(data["title"])))  # fmt: skip
        elif event.kind == "shift":
            found.append(Moment(event.t, "shift", "", "shift", "", "team", str(data["title"])))
    return found


def expected(inject: Inject) -> str:
    """What a competent team would do about an inject; empty where nothing is expected."""
    return inject.expectation.text if inject.expectation else ""
