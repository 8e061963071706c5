"""Everything that a scenario names has to exist."""

from __future__ import annotations

from typing import Any

import pytest

import incidentsim.scenario.vocabulary as vocabulary
from incidentsim.scenario.document import Scenario
from incidentsim.scenario.findings import ScenarioError, path_text
from incidentsim.scenario.index import expression_fields
from incidentsim.scenario.loading import load_raw
from incidentsim.scenario.references import check
from incidentsim.scenario.system import Signal, Slo
from tests.scenario.documents import causal, changed

BROKEN: list[tuple[str, Any, str]] = [
    ("services.1.id", "api", "services[1].id"),
    ("services.1.depends_on", ["nope"], "services[1].depends_on[0]"),
    ("services.1.depends_on", ["store"], "services[1].depends_on[0]"),
    ("labels", ["old", "old"], "labels[1]"),
    ("flow.0.service", "apy", "flow[0].service"),
    ("flow.0.to", "parze", "flow[0].to"),
    ("flow.0.share", {"newest": 1}, "flow[0].share.newest"),
    ("flow.1.ports.0.fails", "loader", "flow[1].ports[0].fails"),
    ("flow.2.replay_to", "nowhere", "flow[2].replay_to"),
    ("flow.3.to", "topic", "flow[2].id"),
    ("flow.3.to", "clients", "flow[3].to"),
    ("signals.0.value", "topic.lag", "signals[0].value"),
    ("signals.0.value", 'topic.unread["newer"]', "signals[0].value"),
    ("signals.0.value", "shimm", "signals[0].value"),
    ("signals.0.value", "total(shim)", "signals[0].value"),
    ("signals.0.value", 'health("nope")', "signals[0].value"),
    ("signals.0.value", "topic.unread +", "signals[0].value"),
    ("signals.0.critical", "worth > 3", "signals[0].critical"),
    ("slos.0.good", "lag.x", "slos[0].good"),
    ("patterns.0.text", "parsed {m}", "patterns[0].text"),
    ("patterns.0.text", "parsed {n", "patterns[0].text"),
    ("patterns.0.text", "parsed", "patterns[0].fields.n"),
    ("alerts.0.slo", "old", "alerts[0].slo"),
    ("personas.0.answers.0.topic", "releases", "personas[0].answers[0].topic"),
    ("injects.0.expectation.acts.0.verb", ["aks"], "injects[0].expectation.acts[0].verb[0]"),
    ("verbs.0.options.0.choices", ["loud"], "verbs[0].options[0].choices[0]"),
    ("actions.0.verb", "inspekt", "actions[0].verb"),
    ("actions.0.target", "dev", "actions[0].target"),
    ("actions.0.args", {"aspekt": "load"}, "actions[0].args.aspekt"),
    ("actions.0.args", {"aspect": "x"}, "actions[0].args.aspect"),
    ("faults.0.effects.0.parameter", "parse.good", "faults[0].effects[0].parameter"),
    ("faults.0.effects.0.parameter", "parse.bad[newer]", "faults[0].effects[0].parameter"),
    ("faults.0.effects.0.to", 2_000_000, "faults[0].effects[0].to"),
    ("faults.0.effects.1.service", "shop", "faults[0].effects[1].service"),
    ("faults.0.at", None, "faults[0]"),
    ("faults.0.effects.1", {"kind": "inject", "inject": "helo"}, "faults[0].effects[1].inject"),
    ("faults.0.effects.1", {"kind": "end-fault", "fault": "x"}, "faults[0].effects[1].fault"),
    ("controls.0.addresses", ["rooot"], "controls[0].addresses[0]"),
    ("truth.conditions.1.because", ["boot"], "truth.conditions[1].because[0]"),
    ("truth.conditions.0.because", ["loss"], "truth.conditions[0].because"),
    ("truth.chains", [{"id": "c", "text": "t", "because": {"loss": ["boot"]}}], "truth.chains[0].because.loss[0]"),
    ("truth.chains", [{"id": "c", "text": "t", "because": {"boot": []}}], "truth.chains[0].because.boot"),
    ("truth.chains", [{"id": "c", "text": "t", "because": {"root": ["loss"]}}], "truth.chains[0].because"),
    ("truth.chains", [{"id": "c", "text": "t", "gates": {"boot": "or"}}], "truth.chains[0].gates.boot"),
    ("truth.chains", [{"id": "c", "text": "t", "together": [["root", "boot"]]}], "truth.chains[0].together[0][1]"),
    ("truth.chains", [{"id": "c", "text": "t", "together": [["root", "root"]]}], "truth.chains[0].together[0][1]"),
    ("truth.red_herrings.0.id", "root", "truth.red_herrings[0].id"),
    ("truth.clues.0.shows", ["clok"], "truth.clues[0].shows[0]"),
    ("truth.clues.0.query.datasets", ["load"], "truth.clues[0].query.datasets[0]"),
    ("truth.clues.0.query.by", ["region"], "truth.clues[0].query.by[0]"),
    ("truth.clues.0.sources", ["rows:x"], "truth.clues[0].sources[0]"),
    ("truth.severity", "SEV9", "truth.severity"),
    ("rubric.0.ids", ["rot"], "rubric[0].ids[0]"),
    ("policies.0.commands.0.target", "inspect:nope", "policies[0].commands[0].target"),
    ("policies.0.commands.1.args.topic", "x", "policies[0].commands[1].args.topic"),
    ("policies.0.commands.1.id", "c1", "policies[0].commands[1].id"),
    ("policies.0.writes.whys.0.cites", ["c9"], "policies[0].writes.whys[0].cites[0]"),
    ("policies.0.writes.whys.1.because_of", "w9", "policies[0].writes.whys[1].because_of"),
    ("policies.0.writes.whys.0.because_of", "w2", "policies[0].writes.whys[0].because_of"),
    ("policies.0.writes.slos", ["fresch"], "policies[0].writes.slos[0]"),
    ("alert_interval", "90s", "alert_interval"),
    ("flow.6.misses_to", "lokups", "flow[6].misses_to"),
    ("flow.10.snapshots.0.lacks", 9001, "flow[10].snapshots[0].lacks"),
    ("scalers.0.parameter", "lookups.capacty", "scalers[0].parameter"),
    ("scalers.0.parameter", "fleet.most", "scalers[0].parameter"),
    ("injects.0.effects", [{"kind": "inject", "inject": "hello"}], "injects[0].effects"),
    ("injects.0.repeat", 0, "injects[0].repeat"),
    ("alerts.0.factor", "inf", "alerts[0].factor"),
    ("signals.0.warn", "value > topic.unread", "signals[0].warn"),
    ("signals.0.warn", 'value > parameter("lookups.capacity")', "signals[0].warn"),
    ("scalers.0.id", "lookups", "scalers[0].id"),
    ("scalers.0.least", 700, "scalers[0].least"),
    ("scalers.0.below", 50, "scalers[0].below"),
    ("scalers.0.service", "fleet", "scalers[0].service"),
    ("schedules.0.effects.0.store", "table", "schedules[0].effects[0].store"),
    ("schedules.0.chance", "chance", "schedules[0].chance"),
    ("couplings.0.parameter", "lookups.capacity", "couplings[0].parameter"),
    ("couplings.0.when", 'parameter("lookups.kapacity") > 1', "couplings[0].when"),
    ("variants.0.effects.0.node", "lookups", "variants[0].effects[0].node"),
    ("siblings.0.without_faults", ["shema"], "siblings[0].without_faults[0]"),
    ("siblings.0.id", "cold", "siblings[0].id"),
    ("siblings.0.faults.0.at", None, "siblings[0].faults[0]"),
    ("siblings.0.faults.0.effects.1.node", "front", "siblings[0].faults[0].effects[1].node"),
    ("siblings.0.faults.0.effects.2.snapshot", "weekly", "siblings[0].faults[0].effects[2].snapshot"),
    ("controls.0.stops", ["shema"], "controls[0].stops[0]"),
]

DOUBTFUL: list[tuple[str, Any, str]] = [
    ("injects.0.at", "3h", "injects[0].at"),
    ("events", [{"at": "3h", "text": "x"}], "events[0].at"),
    ("local_zone", "Mars/Olympus", "local_zone"),
    ("local_zone", "../../etc/passwd", "local_zone"),
    ("runbooks", ["no-such-runbook"], "runbooks[0]"),
    ("injects.0.sender", "nobody", "injects[0].sender"),
    ("truth.clues.0.sources", ["change:d-*"], "truth.clues[0].sources[0]"),
    ("actions.0.outcomes.0.text", "lost {parse.lost}", "actions[0].outcomes[0].text"),
    ("actions.0.outcomes.0.text", "lost {parse.bad:>9}", "actions[0].outcomes[0].text"),
]


def test_a_sound_scenario_has_no_findings() -> None:
    assert check(Scenario.model_validate(causal())) == []


@pytest.mark.parametrize(("path", "value", "place"), BROKEN)
def test_a_broken_reference_is_an_error_at_its_place(path: str, value: Any, place: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        load_raw(changed(path, value), "s")
    errors = [finding for finding in caught.value.findings if finding.severity == "error"]
    assert place in [finding.path for finding in errors]
    assert all(finding.mend for finding in errors)


@pytest.mark.parametrize(("path", "value", "place"), DOUBTFUL)
def test_what_is_doubtful_is_a_warning(path: str, value: Any, place: str) -> None:
    warnings = load_raw(changed(path, value), "s").warnings
    assert [finding.path for finding in warnings] == [place]
    assert {finding.severity for finding in warnings} == {"warning"}


def test_services_may_depend_on_each_other() -> None:
    assert load_raw(changed("services.0.depends_on", ["store"]), "s").warnings == ()


def test_every_expression_field_of_the_models_is_known() -> None:
    assert expression_fields(Signal) == ("value", "collected", "warn", "critical")
    assert expression_fields(Slo) == ("good", "total")


def test_the_vocabulary_is_that_of_the_simulation() -> None:
    from incidentsim.simulation import command, flow, keeping, queueing, retained, stages, wording

    assert vocabulary.COMMAND_VERBS == command.BASE_VERBS
    assert vocabulary.AUDIENCES == command.AUDIENCES
    assert vocabulary.LABELLESS == flow.LABELLESS
    assert vocabulary.NUMBER_FORMATS == wording._SPECS
    by_kind = {node.kind: vocabulary.counters(node) for node in Scenario.model_validate(causal()).flow}
    assert set(by_kind["source"]) == set(stages.SourceStage.counters)
    assert set(by_kind["queue"]) == set(queueing.QueueStage.counters)
    assert set(by_kind["log"]) == set(retained.RetainedLog.counters)
    assert set(by_kind["cache"]) == set(keeping.CacheStage.counters)
    assert set(by_kind["store"]) == set(keeping.StoreStage.counters)
    assert set(by_kind["sink"]) == set(stages.SinkStage.counters)
    assert path_text(("flow", 0, "share", "8.4")) == 'flow[0].share["8.4"]'
