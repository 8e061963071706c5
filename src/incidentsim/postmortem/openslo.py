"""``slo-definitions.yaml``: the scenario's objectives as OpenSLO v1, with burn-rate alerts that are exact.

OpenSLO v1 has one look-back window for a condition, so the short window of each multi-window rule stands in an
annotation, and the exact rule (both windows) in another.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import yaml

from incidentsim.postmortem.burn import WINDOWS, Window, window_id
from incidentsim.postmortem.formatting import exact_percent, percent
from incidentsim.scenario.units import DAY, HOUR, MINUTE
from incidentsim.text.escaping import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidentsim.case.document import Case
    from incidentsim.exercise.record import ExerciseRecord
    from incidentsim.scenario.system import Slo

VERSION = "openslo/v1"
OWN = "incidentsim.dev"
LONGEST_DESCRIPTION = 1050
HEAD = "# EXERCISE: from a drill. Objectives and thresholds are exact; nothing here is in production.\n"
CAVEAT = " Counted by the queries below; events expected in the window: {expected:,} (the organisation's estimate)."


def slo_definitions(record: ExerciseRecord, case: Case) -> list[dict[str, Any]]:
    """The OpenSLO documents: services, then for each objective its SLI, SLO, conditions and policies, then a target."""
    scenario = record.scenario
    titles = {each.id: (each.title, each.about) for each in scenario.services}
    found: list[dict[str, Any]] = []
    for service in dict.fromkeys(slo.service for slo in scenario.slos):
        title, about = titles.get(service, (service, ""))
        found.append(_document("Service", label(service), title, {"description": _short(about or title)}))
    for slo in scenario.slos:
        found += _objective(record, case, slo)
    if scenario.slos:
        found.append(
            _document("AlertNotificationTarget", "on-call", "On call", {
                "target": "pager", "description": "Who is on call for the service of the objective.",
            })
        )  # fmt: skip
    return found


def definitions_yaml(documents: list[dict[str, Any]]) -> str:
    """The documents as one YAML stream, marked EXERCISE."""
    shown = [_visible(each) for each in documents]
    return HEAD + yaml.safe_dump_all(shown, sort_keys=False, allow_unicode=True, width=110, explicit_start=True)


def _visible(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _visible(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_visible(each) for each in value]
    return visible(value) if isinstance(value, str) else value


def label(name: str) -> str:
    """A name as a DNS label of at most 63 characters, which OpenSLO asks for."""
    made = re.sub(r"[^a-z0-9-]+", "-", name.lower()).strip("-")[:63].strip("-")
    return made or "unnamed"


def duration(milliseconds: int) -> str:
    """One number and one unit, as OpenSLO v1 has it: ``28d``, ``1h``, ``5m``; rounded up to minutes."""
    for unit, name in ((DAY, "d"), (HOUR, "h")):
        if milliseconds % unit == 0 and milliseconds:
            return f"{milliseconds // unit}{name}"
    return f"{max(1, -(-milliseconds // MINUTE))}m"


def number(value: Fraction) -> int | float:
    """An exact fraction as YAML's number; whole ones stay whole."""
    return int(value) if value.denominator == 1 else float(value)


def _document(kind: str, name: str, title: str, spec: dict[str, Any], **annotations: str) -> dict[str, Any]:
    notes = {f"{OWN}/{key.replace('_', '-')}": value for key, value in {"exercise": "EXERCISE", **annotations}.items()}
    metadata: dict[str, Any] = {"name": name, "displayName": title[:200] or name, "annotations": notes}
    return {"apiVersion": VERSION, "kind": kind, "metadata": metadata, "spec": spec}


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_DESCRIPTION else text[: LONGEST_DESCRIPTION - 1] + "…"


def _objective(record: ExerciseRecord, case: Case, slo: Slo) -> Iterator[dict[str, Any]]:
    name = label(slo.id)
    rules = [window for window in WINDOWS if window.can_fire(slo)]
    yield _document("SLI", f"{name}-sli", f"{slo.title}: good and total", {
        "description": _short(slo.description or slo.title),
        "ratioMetric": {
            "counter": True,
            "good": {"metricSource": {"type": "Prometheus", "spec": {"query": slo.good_query or slo.good}}},
            "total": {"metricSource": {"type": "Prometheus", "spec": {"query": slo.total_query or slo.total}}},
        },
    })  # fmt: skip
    state = "in-force" if slo.observed else "proposed" if slo.id in case.slos else "not-in-force"
    consumed = record.world.budgets()[slo.id].consumed
    yield _document("SLO", name, slo.title, {
        "description": _short((slo.description or slo.title) + CAVEAT.format(expected=slo.window_total)),
        "service": label(slo.service),
        "indicatorRef": f"{name}-sli",
        "timeWindow": [{"duration": duration(slo.window), "isRolling": True}],
        "budgetingMethod": "Occurrences",
        "objectives": [{"displayName": f"{exact_percent(Fraction(slo.target))} good", "target": float(slo.target)}],
        "alertPolicies": [{"alertPolicyRef": window_id(name, window)} for window in rules],
    }, incident=record.scenario.number, state=state, budget_consumed=percent(consumed),
       budget_consumed_exact=f"{consumed.numerator}/{consumed.denominator}",
       error_budget_policy=slo.policy or "none written yet")  # fmt: skip
    for window in rules:
        yield from _alert(slo, name, window)


def _alert(slo: Slo, name: str, window: Window) -> Iterator[dict[str, Any]]:
    rule, factor = window_id(name, window), window.factor(slo.window)
    limit = factor * slo.error_share
    exact = f"error ratio over {window.long_text} and over {window.short_text} both > {_decimal(limit)}"
    yield _document("AlertCondition", f"{rule}-burn", f"Burn rate over {window.long_text}", {
        "description": f"{exact_percent(window.share)} of the budget in {window.long_text} at a steady rate.",
        "severity": window.severity,
        "condition": {"kind": "burnrate", "op": "gte", "threshold": number(factor),
                      "lookbackWindow": duration(window.long)},
    }, short_window=duration(window.short), budget_share=exact_percent(window.share), exact_rule=exact,
       threshold_exact=f"{factor.numerator}/{factor.denominator}")  # fmt: skip
    yield _document("AlertPolicy", rule, f"{slo.title}: {window.name}", {
        "description": f"{window.severity} when the budget burns {_decimal(factor)} times too fast.",
        "alertWhenBreaching": True,
        "alertWhenResolved": True,
        "alertWhenNoData": True,
        "conditions": [{"conditionRef": f"{rule}-burn"}],
        "notificationTargets": [{"targetRef": "on-call"}],
    })  # fmt: skip


def _decimal(value: Fraction) -> str:
    """A fraction as a short decimal; exact where that is possible within six places."""
    return f"{float(value):.6f}".rstrip("0").rstrip(".")
