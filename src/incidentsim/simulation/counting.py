"""Queries: counting what passed a point of the system, by label and time, and counting log lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from incidentsim.scenario.expression import parse
from incidentsim.scenario.units import MINUTE
from incidentsim.simulation.grammar import NotUnderstoodError
from incidentsim.simulation.quantities import whole

if TYPE_CHECKING:
    from incidentsim.scenario.document import Scenario
    from incidentsim.simulation.context import Context

MOST_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class Query:
    """Sum datasets over time buckets and labels, between two moments (ms)."""

    datasets: tuple[str, ...]
    by: tuple[str, ...]
    bucket: int
    start: int
    end: int | None

    @property
    def source(self) -> str:
        """The address of its result."""
        return f"query:{'+'.join(sorted(self.datasets))}:by={','.join(sorted(self.by))}"


def understand_query(args: dict[str, Any], scenario: Scenario) -> Query:
    """The query that a command's arguments mean. Raises `NotUnderstoodError`."""
    known = {dataset.id: dataset for dataset in scenario.datasets}
    wanted = args.get("datasets")
    if not isinstance(wanted, list) or not wanted or len(wanted) > 12:
        raise NotUnderstoodError("Choose one or more things to count.")
    for each in wanted:
        if each not in known:
            raise NotUnderstoodError(f"There is nothing called {each!r} to count.")
    by = args.get("by", [])
    allowed = ("time", scenario.label_name) if scenario.labels else ("time",)
    if not isinstance(by, list) or any(each not in allowed for each in by):
        raise NotUnderstoodError(f"Group by {' or '.join(allowed)}.")
    bucket, start, end = args.get("bucket", 60 * MINUTE), args.get("from", 0), args.get("to")
    for value in (bucket, start, 0 if end is None else end):
        if type(value) is not int or value < 0:
            raise NotUnderstoodError("Times are whole milliseconds since the start.")
    if bucket < scenario.step or bucket % scenario.step:
        raise NotUnderstoodError("The bucket is a whole number of minutes.")
    return Query(tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(by)), bucket, start, end)


class Counts:
    """The columns of all datasets, one value a step and label, and tables made of them."""

    def __init__(self, context: Context) -> None:
        self._context = context
        scenario = context.scenario
        labels = scenario.labels
        self._columns: dict[str, dict[str, list[int]]] = {}
        self._kept: list[list[int]] = []
        wanted: list[tuple[str, str | None]] = []
        for dataset in scenario.datasets:
            split = labels if labels and _labelled(dataset.value, context) else ("",)
            columns: dict[str, list[int]] = {}
            for label in split:
                columns[label] = []
                wanted.append((dataset.value, label or None))
                self._kept.append(columns[label])
            self._columns[dataset.id] = columns
        self._read = context.quantities.compile_all(wanted)

    def measure(self) -> None:
        """Count the step that was just computed."""
        for column, number in zip(self._kept, self._read(), strict=True):
            column.append(whole(number))

    def table(self, query: Query, now: int) -> dict[str, Any]:
        """The answer, over complete steps up to *now*: column titles and rows, as JSON data."""
        scenario = self._context.scenario
        step = scenario.step
        first = -(-query.start // step)
        last = min(now if query.end is None else query.end, now) // step
        by_time, by_label = "time" in query.by, scenario.label_name in query.by
        labels: tuple[str, ...] = scenario.labels if by_label else ("",)
        span = query.bucket // step if by_time else max(1, last - first)
        starts = range(first, max(first, last), span)
        rows: list[list[Any]] = []
        for start in starts:
            stop = min(start + span, last)
            for label in labels:
                row: list[Any] = []
                if by_time:
                    row.append(self._context.clock_text(start * step))
                if by_label:
                    row.append(label)
                sums = [self._sum(dataset, label, start, stop) for dataset in query.datasets]
                rows.append([*row, *sums, *([_ratio(*sums)] if len(sums) == 2 else [])])
        titles = (["time"] if by_time else []) + ([scenario.label_name] if by_label else [])
        return {
            "columns": [*titles, *query.datasets, *(["ratio"] if len(query.datasets) == 2 else [])],
            "rows": rows[:MOST_ROWS],
            "cut": max(0, len(rows) - MOST_ROWS),
            "from": first * step,
            "to": max(first, last) * step,
        }

    def series(self, dataset: str, label: str, steps: int) -> list[int]:
        """A dataset's values for the first *steps* steps; with no label, their sum over labels."""
        columns = self._columns[dataset]
        if label in columns:
            return columns[label][:steps]
        return [sum(values) for values in zip(*(column[:steps] for column in columns.values()), strict=True)]

    def _sum(self, dataset: str, label: str, start: int, stop: int) -> int | None:
        columns = self._columns[dataset]
        if not label:
            return sum(sum(column[start:stop]) for column in columns.values())
        if label in columns:
            return sum(columns[label][start:stop])
        return None


def _ratio(first: int | None, second: int | None) -> str | None:
    """The second over the first to four places, rounded down, so that only a full ratio reads 1.0000."""
    if not first or second is None:
        return None
    parts = second * 10_000 // first
    return f"{parts // 10_000}.{parts % 10_000:04d}"


def _labelled(expression: str, context: Context) -> bool:
    """Whether a dataset can be told apart by label: it reads a flow quantity that names none."""
    return any(quantity.label is None and "." in quantity.name for quantity in parse(expression).quantities)
