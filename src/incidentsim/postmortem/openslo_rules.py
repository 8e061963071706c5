"""Rules that an SLO file has to keep (SL01 to SL08)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from incidentsim.postmortem.openslo import OWN, VERSION
from incidentsim.scenario.units import DAY, HOUR, MINUTE

KINDS = ("DataSource", "Service", "SLI", "SLO", "AlertPolicy", "AlertCondition", "AlertNotificationTarget")
_LABEL = re.compile(r"^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$")
_DURATION = re.compile(r"^([1-9]\d{0,5})([mhdwMQY])$")
_UNITS = {"m": MINUTE, "h": HOUR, "d": DAY, "w": 7 * DAY}
METHODS = ("Occurrences", "Timeslices", "RatioTimeslices")
TOLERANCE = 0.01

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SloFinding:
    """A rule that a document breaks."""

    rule: str
    place: str
    text: str


def check(documents: list[Any]) -> list[SloFinding]:
    """What is wrong in the documents of an SLO file, in their order; nothing in a good one."""
    found: list[SloFinding] = []
    good: list[Data] = []
    for index, each in enumerate(documents, 1):
        place = f"document {index}"
        problems = list(_shape(each, place))
        found += problems
        if not problems:
            good.append(each)
    names = {kind: {each["metadata"]["name"] for each in good if each["kind"] == kind} for kind in KINDS}
    for each in good:
        place = f"{each['kind']} {each['metadata']['name']}"
        rule = _RULES.get(each["kind"])
        if rule is not None:
            found += rule(each["spec"], place, names, good)
    return found


def _shape(each: Any, place: str) -> Iterator[SloFinding]:
    if not isinstance(each, dict) or each.get("apiVersion") != VERSION or each.get("kind") not in KINDS:
        yield SloFinding("SL01", place, f"it is no {VERSION} document of a known kind")
        return
    metadata, spec = each.get("metadata"), each.get("spec")
    if not isinstance(metadata, dict) or not isinstance(spec, dict):
        yield SloFinding("SL01", place, "it has no metadata or no spec")
    elif not isinstance(metadata.get("annotations", {}), dict):
        yield SloFinding("SL01", place, "its annotations are no map")
    elif not _LABEL.match(str(metadata.get("name", ""))):
        yield SloFinding("SL01", place, f"{metadata.get('name')!r} is no DNS label of at most 63 characters")
    elif len(str(spec.get("description", ""))) > 1050:
        yield SloFinding("SL01", place, "its description has more than 1050 characters")


def _at(data: Any, *path: str | int) -> Any:
    """What stands at a place in data; None where there is no such place."""
    for step in path:
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


def _maps(data: Any) -> list[Data]:
    """The maps of a list; one empty map where it is none, so that what they need is missed."""
    return [each if isinstance(each, dict) else {} for each in data] if isinstance(data, list) and data else [{}]


def _refers(rule: str, place: str, kind: str, name: Any, names: dict[str, set[str]]) -> Iterator[SloFinding]:
    if not isinstance(name, str) or name not in names[kind]:
        yield SloFinding(rule, place, f"{kind} {name!r} is not defined here")


def _slo(spec: Data, place: str, names: dict[str, set[str]], _all: list[Data]) -> Iterator[SloFinding]:
    yield from _refers("SL01", place, "Service", spec.get("service"), names)
    if ("indicator" in spec) == ("indicatorRef" in spec):
        yield SloFinding("SL02", place, "it needs one of indicator, indicatorRef")
    elif "indicatorRef" in spec:
        yield from _refers("SL01", place, "SLI", spec["indicatorRef"], names)
    for objective in _maps(spec.get("objectives")):
        target, whole = objective.get("target"), objective.get("targetPercent")
        if (target is None) == (whole is None):
            yield SloFinding("SL02", place, "an objective needs one of target, targetPercent")
        elif not (_within(target, 1) if whole is None else _within(whole, 100)):
            yield SloFinding("SL02", place, "a target lies in [0, 1), a targetPercent in [0, 100)")
    yield from _window(spec.get("timeWindow"), place)
    method = spec.get("budgetingMethod")
    if method not in METHODS:
        yield SloFinding("SL04", place, f"budgetingMethod is one of {', '.join(METHODS)}")
    elif method == "Timeslices" and any("timeSliceTarget" not in each or "timeSliceWindow" not in each
                                        for each in _maps(spec.get("objectives"))):  # fmt: skip
        yield SloFinding("SL04", place, "time slices need timeSliceTarget and timeSliceWindow")
    for policy in _policies(spec):
        yield from _refers("SL01", place, "AlertPolicy", policy, names)


def _policies(spec: Data) -> list[Any]:
    """The names of an SLO's alert policies."""
    found = spec.get("alertPolicies")
    return [_at(each, "alertPolicyRef") or each for each in found] if isinstance(found, list) else []


def _within(value: Any, end: int) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < end


def _window(windows: Any, place: str) -> Iterator[SloFinding]:
    if not isinstance(windows, list) or len(windows) != 1 or not isinstance(windows[0], dict):
        yield SloFinding("SL03", place, "it needs exactly one timeWindow")
        return
    window = windows[0]
    if window.get("isRolling") is True and "calendar" in window:
        yield SloFinding("SL03", place, "a rolling window has no calendar")
    if window.get("isRolling") is not True and "calendar" not in window:
        yield SloFinding("SL03", place, "a window that does not roll needs a calendar")
    if not _DURATION.match(str(window.get("duration", ""))):
        yield SloFinding("SL06", place, f"{window.get('duration')!r} is no duration such as 28d")


def _sli(spec: Data, place: str, _names: dict[str, set[str]], _all: list[Data]) -> Iterator[SloFinding]:
    ratio, threshold = spec.get("ratioMetric"), spec.get("thresholdMetric")
    if (ratio is None) == (threshold is None):
        yield SloFinding("SL04", place, "it needs one of ratioMetric, thresholdMetric")
    elif isinstance(ratio, dict) and ("total" not in ratio or ("good" in ratio) == ("bad" in ratio)):
        yield SloFinding("SL04", place, "a ratio needs total and one of good, bad")


def _policy(spec: Data, place: str, names: dict[str, set[str]], _all: list[Data]) -> Iterator[SloFinding]:
    conditions = spec.get("conditions")
    if not isinstance(conditions, list) or len(conditions) != 1:
        yield SloFinding("SL05", place, "OpenSLO v1 takes exactly one condition")
    elif _at(conditions, 0, "conditionRef") is not None:
        yield from _refers("SL01", place, "AlertCondition", conditions[0]["conditionRef"], names)
    targets = spec.get("notificationTargets")
    if not targets:
        yield SloFinding("SL05", place, "it tells nobody: notificationTargets is empty")
    for target in targets if isinstance(targets, list) else []:
        if _at(target, "targetRef") is not None:
            yield from _refers("SL01", place, "AlertNotificationTarget", target["targetRef"], names)


def _condition(spec: Data, place: str, _names: dict[str, set[str]], documents: list[Data]) -> Iterator[SloFinding]:
    condition = spec.get("condition")
    if _at(condition, "kind") != "burnrate" or _at(condition, "op") not in ("gte", "gt"):
        yield SloFinding("SL05", place, "the kind is burnrate and the op gte or gt")
        return
    match = _DURATION.match(str(_at(condition, "lookbackWindow")))
    if match is None or match[2] not in _UNITS:
        yield SloFinding("SL06", place, f"{_at(condition, 'lookbackWindow')!r:.80} is no window such as 1h")
        return
    long = int(match[1]) * _UNITS[match[2]]
    notes = next(each["metadata"].get("annotations", {}) for each in documents if each["spec"] is spec)
    slo = _slo_of(place.partition(" ")[2], documents)
    threshold, target = _at(condition, "threshold"), _at(slo, "spec", "objectives", 0, "target")
    if not isinstance(threshold, (int, float)) or not isinstance(target, (int, float)):
        return
    if threshold * (1 - target) >= 1:
        yield SloFinding("SL08", place, "it can never fire: the error ratio would have to be 1 or more")
    share = str(notes.get(f"{OWN}/budget-share", "")).removesuffix("%")
    window = _DURATION.match(str(_at(slo, "spec", "timeWindow", 0, "duration")))
    if re.fullmatch(r"\d{1,3}(?:\.\d{1,6})?", share) and window and window[2] in _UNITS:
        wanted = float(share) / 100 * int(window[1]) * _UNITS[window[2]] / long
        if abs(threshold - wanted) > wanted * TOLERANCE:
            yield SloFinding("SL07", place, f"{share}% of the budget is a burn rate of {wanted:.4g}, not {threshold:g}")
    short = _DURATION.match(str(notes.get(f"{OWN}/short-window", "")))
    if short is None or int(short[1]) * _UNITS.get(short[2], 0) != long // 12:
        yield SloFinding("SL07", place, "the short window is not a twelfth of the long one")


def _slo_of(condition: str, documents: list[Data]) -> Data | None:
    """The SLO whose policy uses a condition."""
    policies = [
        each["metadata"]["name"]
        for each in documents
        if each["kind"] == "AlertPolicy" and _at(each, "spec", "conditions", 0, "conditionRef") == condition
    ]
    for each in documents:
        if each["kind"] == "SLO" and any(name in _policies(each["spec"]) for name in policies):
            return each
    return None


_Rule = Callable[[Data, str, dict[str, set[str]], list[Data]], Iterator[SloFinding]]
_RULES: dict[str, _Rule] = {"SLO": _slo, "SLI": _sli, "AlertPolicy": _policy, "AlertCondition": _condition}
