"""Which variant is played: the one that was asked for, or one that the seed draws."""

from __future__ import annotations

from pathlib import Path

import pytest

from incidentsim.exercise.settings import setting_for
from incidentsim.tui.local import LocalLibrary

FLAGSHIP = "inc-2024-0312"


def test_any_draws_the_scenario_or_one_of_its_variants_by_the_seed() -> None:
    drawn = [setting_for(FLAGSHIP, seed=seed, variant="any").variant for seed in range(24)]
    scenario = setting_for(FLAGSHIP).scenario
    assert {*drawn} == {None, *(each.id for each in scenario.variants)}
    assert drawn[3] == setting_for(FLAGSHIP, seed=3, variant="any").variant


def test_a_drill_in_the_terminal_plays_the_variant_it_was_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INCIDENTSIM_HOME", str(tmp_path))
    variant = setting_for(FLAGSHIP).scenario.variants[0].id
    session = LocalLibrary(1, variant).start(FLAGSHIP, "20", "learn")
    session.close()
    journal = next(tmp_path.rglob("*.journal"))
    assert f'"variant":"{variant}"' in journal.read_text()
