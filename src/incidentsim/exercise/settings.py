"""Setting up a run from what a person names: a scenario, a seed, a format."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from incidentsim.exercise.exercise import Setting
from incidentsim.simulation.streams import below, stream_key
from incidentsim.text.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incidentsim.scenario.document import Scenario

MODES = ("learn", "assessed")
ANY_VARIANT = "any"
"""Asks for the scenario as it stands or one of its variants, drawn by the seed."""


def setting_for(
    name: str,
    *,
    seed: int = 1,
    variant: str | None = None,
    format_id: str | None = None,
    mode: str = "learn",
    exercise_id: str | None = None,
) -> Setting:
    """What to set a run up with. *name* is a scenario's id or a path; *variant* may be `ANY_VARIANT`.

    Raises `Problem` for a name, variant or format that is not there, and
    `incidentsim.scenario.findings.ScenarioError` for a document with errors.
    """
    from incidentsim.scenario.library import find
    from incidentsim.scenario.loading import load

    loaded = load(find(name))
    scenario = loaded.scenario
    chosen = format_id or ("45" if any(each.id == "45" for each in scenario.formats) else scenario.formats[0].id)
    _one_of("format", chosen, [each.id for each in scenario.formats])
    if variant == ANY_VARIANT:
        variant = _drawn(scenario, seed)
    elif variant is not None:
        _one_of("variant", variant, [each.id for each in scenario.variants])
    _one_of("mode", mode, MODES)
    return Setting(
        scenario, loaded.raw, loaded.hash, seed, variant, chosen, mode, exercise_id or f"drill-{scenario.id}-{seed}"
    )


def _drawn(scenario: Scenario, seed: int) -> str | None:
    choices = (None, *(each.id for each in scenario.variants))
    return choices[below(stream_key(seed, "variant"), 0, len(choices))]


def _one_of(what: str, value: str, known: Sequence[str]) -> None:
    if value in known:
        return
    near = difflib.get_close_matches(value, known, 1)
    hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known) or 'none'}."
    raise Problem(f"there is no {what} {value!r}", mend=hint)
