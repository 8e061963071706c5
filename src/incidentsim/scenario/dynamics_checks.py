"""Scalers, couplings, variants, siblings and controls: what they name exists, once."""

from __future__ import annotations

from incidentsim.scenario.findings import Path
from incidentsim.scenario.index import Index, Notes


def check_dynamics(names: Index, notes: Notes) -> None:
    """Scalers have names of their own and bounds in order; a coupled parameter is not a scaled one."""
    scenario = names.scenario
    stages = names.ids("flow")
    scaled = {scaler.parameter for scaler in scenario.scalers}
    for position, scaler in enumerate(scenario.scalers):
        if scaler.id in stages:
            _taken(("scalers", position, "id"), f"{scaler.id!r} is a stage's id too", notes)
        if scaler.parameter.partition(".")[0] in names.ids("scalers"):
            notes.error(("scalers", position, "parameter"), "a scaler does not scale another scaler",
                        "Name a stage's parameter.")  # fmt: skip
        if scaler.least > scaler.most:
            notes.error(("scalers", position, "least"), "least is above most", "Swap them.", "limit")
        if scaler.below >= scaler.above:
            notes.error(
                ("scalers", position, "below"), "below is not under above", "Leave a gap between them.", "limit"
            )
    for position, coupling in enumerate(scenario.couplings):
        if coupling.parameter in scaled:
            notes.error(("couplings", position, "parameter"), f"{coupling.parameter!r} is a scaler's parameter",
                        "Leave it to one of the two.", "duplicate-id")  # fmt: skip


def check_variants(names: Index, notes: Notes) -> None:
    """Variants and siblings leave out faults that there are; controls stop what there is."""
    scenario = names.scenario
    for field in ("variants", "siblings"):
        for position, variant in enumerate(getattr(scenario, field)):
            for at, fault in enumerate(variant.without_faults):
                notes.known((field, position, "without_faults", at), fault, names.ids("faults"), "fault")
    taken = names.ids("variants")
    for position, sibling in enumerate(scenario.siblings):
        if sibling.id in taken:
            _taken(("siblings", position, "id"), f"{sibling.id!r} is a variant's id too", notes)
    stoppable = (*names.all_faults, *names.ids("schedules"))
    for position, control in enumerate(scenario.controls):
        for at, each in enumerate(control.stops):
            notes.known(("controls", position, "stops", at), each, stoppable, "fault or schedule")


def _taken(path: Path, message: str, notes: Notes) -> None:
    notes.error(path, message, "Give it another id.", "duplicate-id")
