"""The flagship's possible controls come out in an order that the numbers explain."""

from __future__ import annotations

from incidentsim.exercise.settings import setting_for
from incidentsim.whatif.quiet import quiet_world
from incidentsim.whatif.result import carry_out
from incidentsim.whatif.study import controls_study, possible
from incidentsim.whatif.work import FIXED, INCIDENT

FLAGSHIP = "inc-2024-0312"
BUDGET = "budget.event-coverage"


def test_an_earlier_page_saves_more_than_a_later_one_and_a_document_nothing() -> None:
    study = controls_study(setting_for(FLAGSHIP), ["lag-runbook", "row-forecast", "coverage-alert"], "typical", [1, 2],
                           siblings=False)  # fmt: skip
    found = carry_out(study)
    order = found.ordered()
    assert [each.id for each in order] == ["coverage-alert", "row-forecast", "lag-runbook"]
    saved = [-(found.difference(BUDGET, each).mean or 0) for each in order]
    assert saved[0] > 2 * saved[1] > 0 == saved[2]
    assert all(found.difference(BUDGET, each, INCIDENT, FIXED).mean == 0 for each in order)
    alarms = {each.id: found.alarms(each).mean or 0 for each in order}
    assert max(alarms, key=lambda each: alarms[each]) == "row-forecast"


def test_no_control_acts_in_a_quiet_window() -> None:
    setting = setting_for(FLAGSHIP)
    watching = [each.id for each in possible(setting.scenario).values() if each.when is not None]
    assert len(watching) >= 4
    acted = [event for event in quiet_world(setting, tuple(watching)).events if event.data.get("state") == "acted"]
    assert acted == []


def test_it_holds_related_failures_back() -> None:
    scenario = setting_for(FLAGSHIP).scenario
    assert len(scenario.siblings) >= 3
    stopped = {each for control in possible(scenario).values() for each in control.stops}
    helped = [any(fault.id in stopped for fault in each.faults) for each in scenario.siblings]
    assert any(helped)
    assert not all(helped)
