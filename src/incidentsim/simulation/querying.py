"""What a query asks for: datasets or measured signals, over time and labels, alone or compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from incidentsim.scenario.units import MINUTE
from incidentsim.simulation.grammar import NotUnderstoodError

if TYPE_CHECKING:
    from collections.abc import Callable

    from incidentsim.scenario.document import Scenario

MOST_SOURCES = 12
HOUR = 60 * MINUTE

COUNTED = ("count", "sum")
"""Measures of datasets. A dataset is a counter, so both are its increase over the bucket."""

READ = ("values", "min", "mean", "max", "last")
"""Measures of signals; ``values`` is the four others side by side."""


@dataclass(frozen=True, slots=True)
class Query:
    """Sum datasets, or read signals, over time buckets and labels, between two moments (ms).

    *where* keeps only these labels. *against* (from, to; ms) asks for the same of an earlier period as well;
    *compare* for the difference between two datasets.
    """

    datasets: tuple[str, ...]
    by: tuple[str, ...]
    bucket: int
    start: int
    end: int | None
    signals: tuple[str, ...] = ()
    measure: str = "count"
    where: tuple[str, ...] = ()
    label_name: str = ""
    against: tuple[int, int] | None = None
    compare: bool = False

    @property
    def by_time(self) -> bool:
        """Whether it is grouped by time."""
        return "time" in self.by

    @property
    def by_label(self) -> bool:
        """Whether it is grouped by label."""
        return self.label_name in self.by

    @property
    def source(self) -> str:
        """The address of its result. What is asked of a label alone is told apart by label."""
        things = sorted([*self.datasets, *(f"signal:{each}" for each in self.signals)])
        by = sorted({*self.by, self.label_name} if self.where else self.by)
        return f"query:{'+'.join(things)}:by={','.join(by)}"

    def title(self, clock_text: Callable[[int], str]) -> str:
        """What its message is called."""
        verb = "Compare" if self.compare else "Read" if self.signals else "Sum" if self.measure == "sum" else "Count"
        text = f"{verb} {', '.join(self.datasets or self.signals)}"
        if self.signals and self.measure != "values":
            text += f" ({self.measure})"
        if self.by:
            text += f" by {', '.join(self.by)}"
        if self.where:
            text += f" where {self.label_name}={', '.join(self.where)}"
        if self.against:
            text += f" against {clock_text(self.against[0])} to {clock_text(self.against[1])}"
        return text


def understand_query(args: dict[str, Any], scenario: Scenario) -> Query:
    """The query that a command's arguments mean. Raises `NotUnderstoodError`."""
    signals = _signals(args, scenario)
    datasets = () if signals and not args.get("datasets") else _datasets(args, scenario)
    if signals and datasets:
        raise NotUnderstoodError("Ask for datasets or for signals, not for both at once.")
    by = args.get("by", [])
    allowed = ("time", scenario.label_name) if scenario.labels else ("time",)
    if not isinstance(by, list) or any(each not in allowed for each in by):
        raise NotUnderstoodError(f"Group by {' or '.join(allowed)}.")
    if signals and scenario.label_name in by:
        raise NotUnderstoodError(f"Signals are not kept apart by {scenario.label_name}; group them by time.")
    bucket, start, end = args.get("bucket", HOUR), args.get("from", 0), args.get("to")
    for value in (bucket, start, 0 if end is None else end):
        if type(value) is not int or value < 0:
            raise NotUnderstoodError("Times are whole milliseconds since the start.")
    if bucket < scenario.step or bucket % scenario.step:
        raise NotUnderstoodError(_bucket_refusal(scenario.step))
    query = Query(
        datasets, tuple(dict.fromkeys(by)), bucket, start, end, signals,
        measure=_measure(args, bool(signals)), where=_where(args, scenario, bool(signals)),
        label_name=scenario.label_name, against=_against(args, start, end), compare=_compare(args, datasets),
    )  # fmt: skip
    if query.compare and query.against:
        raise NotUnderstoodError("Compare two datasets or two periods, not both at once.")
    if query.against and query.measure == "values":
        raise NotUnderstoodError("To compare two periods of a signal, choose min, mean, max or last.")
    return query


def _bucket_refusal(step: int) -> str:
    if step == MINUTE:
        return "The bucket is a whole number of minutes."
    return f"The bucket is a whole number of steps of {step / 1000:g} seconds."


def _chosen(wanted: Any, known: dict[str, None], nothing: str, unknown: str) -> tuple[str, ...]:
    """*wanted* as ids of *known*. Raises `NotUnderstoodError`."""
    if not isinstance(wanted, list) or not wanted or len(wanted) > MOST_SOURCES:
        raise NotUnderstoodError(nothing)
    for each in wanted:
        if not isinstance(each, str) or each not in known:
            raise NotUnderstoodError(unknown.format(repr(each)[:80]))
    return tuple(dict.fromkeys(wanted))


def _datasets(args: dict[str, Any], scenario: Scenario) -> tuple[str, ...]:
    known = dict.fromkeys(each.id for each in scenario.datasets)
    return _chosen(
        args.get("datasets"), known, "Choose one or more things to count.", "There is nothing called {} to count."
    )


def _signals(args: dict[str, Any], scenario: Scenario) -> tuple[str, ...]:
    """The signals that are asked for. One that nobody measures is refused as one that does not exist."""
    wanted = args.get("signals")
    if wanted is None or wanted == []:
        return ()
    known = dict.fromkeys(each.id for each in scenario.signals if each.measured)
    return _chosen(wanted, known, "Choose up to twelve signals to read.", "Nobody here measures anything called {}.")


def _measure(args: dict[str, Any], of_signals: bool) -> str:
    allowed = READ if of_signals else COUNTED
    measure = args.get("measure", allowed[0])
    if measure not in allowed:
        what = "Signals are read as" if of_signals else "Datasets count what passed: choose"
        raise NotUnderstoodError(f"{what} {', '.join(allowed[:-1])} or {allowed[-1]}.")
    return str(measure)


def _where(args: dict[str, Any], scenario: Scenario, of_signals: bool) -> tuple[str, ...]:
    """The labels to keep, in the document's order; none where all are kept."""
    wanted = args.get("where")
    if wanted is None or wanted == {}:
        return ()
    if not scenario.labels:
        raise NotUnderstoodError("Nothing here is kept apart by a label.")
    name = scenario.label_name
    if of_signals:
        raise NotUnderstoodError(f"Signals are not kept apart by {name}.")
    if not isinstance(wanted, dict) or list(wanted) != [name] or not isinstance(wanted[name], list) or not wanted[name]:
        raise NotUnderstoodError(f"What is kept is given as values of {name}.")
    for each in wanted[name]:
        if each not in scenario.labels:
            raise NotUnderstoodError(f"There is no {name} {str(each)[:80]!r}; there are: {', '.join(scenario.labels)}.")
    kept = tuple(each for each in scenario.labels if each in wanted[name])
    return () if kept == scenario.labels else kept


def _against(args: dict[str, Any], start: int, end: int | None) -> tuple[int, int] | None:
    wanted = args.get("against")
    if wanted is None:
        return None
    if not isinstance(wanted, dict) or set(wanted) != {"from", "to"}:
        raise NotUnderstoodError("The period to compare with has a from and a to.")
    first, last = wanted["from"], wanted["to"]
    if any(type(each) is not int or each < 0 for each in (first, last)):
        raise NotUnderstoodError("Times are whole milliseconds since the start.")
    if last <= first:
        raise NotUnderstoodError("The period to compare with has to end after it begins.")
    if last > start:
        raise NotUnderstoodError("The period to compare with has to end before the other one begins.")
    if end is not None and end <= start:
        raise NotUnderstoodError("From has to come before to.")
    return first, last


def _compare(args: dict[str, Any], datasets: tuple[str, ...]) -> bool:
    wanted = args.get("compare")
    if wanted is None:
        return False
    if wanted != "stages":
        raise NotUnderstoodError("Compare takes 'stages': two datasets, the second against the first.")
    if len(datasets) != 2:
        raise NotUnderstoodError("Choose two datasets to compare.")
    if args.get("measure", "count") != "count":
        raise NotUnderstoodError("Two datasets are compared by their counts.")
    return True
