"""Counts and readings: what passed a point of the system, and what signals showed, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from incidentsim.scenario.expression import parse
from incidentsim.simulation.quantities import whole
from incidentsim.simulation.querying_cells import Cell, difference, ratio, scaled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incidentsim.simulation.context import Context
    from incidentsim.simulation.metering import Meters
    from incidentsim.simulation.querying import Query

MOST_ROWS = 2_000

Span = tuple[int, int]
"""Steps: the first, and the one after the last."""

Read = tuple[int | None, int]
"""A value times 10^decimals, and its decimals."""


class Counts:
    """The columns of all datasets, one value a step and label, and tables made of them and of the signals."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.meters: Meters | None = None
        """The signals' columns; the world hands them in once it has them."""
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
        step = self._context.scenario.step
        first, last = self._period(query.start, query.end, now)
        spans = _spans(first, last, query, step)
        # A label that is not asked for is the sum over all, or over those that are kept.
        labels = (query.where or self._context.scenario.labels) if query.by_label else ("",)
        titles = (["time"] if query.by_time else []) + ([query.label_name] if query.by_label else [])
        answer: dict[str, Any] = {}
        before: list[Span] = []
        if query.against is not None:
            # Earlier buckets are laid beside the later ones by their distance from the beginning.
            early = self._period(*query.against, now)
            before = _spans(*early, query, step)
            titles[1:1] = ["time before"] if query.by_time else []
            answer["against"] = {"from": early[0] * step, "to": max(early) * step}
        rows: list[list[Cell]] = []
        for index in range(max(len(spans), len(before))):
            here = spans[index] if index < len(spans) else None
            there = before[index] if index < len(before) else None
            for label in labels:
                row: list[Cell] = [label] if query.by_label else []
                if query.by_time:
                    times = [here, there] if query.against is not None else [here]
                    row[:0] = [self._context.clock_text(each[0] * step) if each else None for each in times]
                rows.append([*row, *self._cells(query, label, here, there)])
        if query.signals:
            answer["missing"] = {each: self._missing(each, (first, last)) for each in query.signals}
        return {
            "columns": [*titles, *_value_titles(query)],
            "rows": rows[:MOST_ROWS],
            "cut": max(0, len(rows) - MOST_ROWS),
            "from": first * step,
            "to": max(first, last) * step,
            **answer,
        }

    def _period(self, start: int, end: int | None, now: int) -> Span:
        step = self._context.scenario.step
        return -(-start // step), min(now if end is None else end, now) // step

    def _cells(self, query: Query, label: str, here: Span | None, there: Span | None) -> list[Cell]:
        """The values of one row."""
        if query.signals and query.measure == "values":
            return [
                scaled(*self._signal(each, measure, here))
                for each in query.signals
                for measure in ("min", "mean", "max", "last")
            ]

        def read(name: str, span: Span | None) -> Read:
            if query.signals:
                return self._signal(name, query.measure, span)
            return (None if span is None else self._sum(name, label, query.where, span)), 0

        names = query.signals or query.datasets
        values = [read(name, here) for name in names]
        if query.against is None:
            cells = [scaled(*value) for value in values]
            if not query.signals and len(values) == 2:
                (one, _), (other, _) = values
                cells += ([difference(one, other)] if query.compare else []) + [ratio(one, other)]
            return cells
        cells = []
        for name, (value, decimals) in zip(names, values, strict=True):
            early, _ = read(name, there)
            change = difference(early, value)
            share = None if change is None or min(early or 0, value or 0) < 0 else ratio(early, value)
            cells += [scaled(value, decimals), scaled(early, decimals), scaled(change, decimals), share]
        return cells

    def series(self, dataset: str, label: str, steps: int) -> list[int]:
        """A dataset's values for the first *steps* steps; with no label, their sum over labels."""
        columns = self._columns[dataset]
        if label in columns:
            return columns[label][:steps]
        return [sum(values) for values in zip(*(column[:steps] for column in columns.values()), strict=True)]

    def labels_of(self, dataset: str) -> tuple[str, ...]:
        """The labels that a dataset is kept apart by; none where it is not. Raises `KeyError`."""
        return tuple(each for each in self._columns[dataset] if each)

    def _sum(self, dataset: str, label: str, where: Sequence[str], span: Span) -> int | None:
        """The sum over a span; None where a label is asked of what is not kept apart by label."""
        columns = self._columns[dataset]
        wanted = (label,) if label else where
        if not wanted:
            return sum(sum(column[slice(*span)]) for column in columns.values())
        if all(each in columns for each in wanted):
            return sum(sum(columns[each][slice(*span)]) for each in wanted)
        return None

    def _signal(self, signal: str, measure: str, span: Span | None) -> Read:
        """A signal's value over a span, of the samples that arrived. A mean has one more decimal, rounded down."""
        assert self.meters is not None
        meter = self.meters[signal]
        decimals = meter.signal.decimals
        steps = range(*span) if span is not None else range(0)
        values = [meter.column[at] for at in steps if meter.arrived[at]]
        if measure == "mean":
            return (sum(values) * 10 // len(values) if values else None), decimals + 1
        if not values:
            return None, decimals
        return {"min": min(values), "max": max(values)}.get(measure, values[-1]), decimals

    def _missing(self, signal: str, period: Span) -> int:
        """How many of a signal's samples did not arrive in a period."""
        assert self.meters is not None
        return sum(not arrived for arrived in self.meters[signal].arrived[slice(*period)])


def _spans(first: int, last: int, query: Query, step: int) -> list[Span]:
    """The buckets of a period of steps; the last may be unfinished."""
    width = query.bucket // step if query.by_time else max(1, last - first)
    return [(at, min(at + width, last)) for at in range(first, max(first, last), width)]


def _value_titles(query: Query) -> list[str]:
    names = query.signals or query.datasets
    alone = len(names) == 1
    if query.signals and query.measure == "values":
        return [each if alone else f"{name} {each}" for name in names for each in ("min", "mean", "max", "last")]
    if query.against is not None:
        parts = ("before", "difference", "ratio")
        return [title for name in names for title in (name, *(each if alone else f"{name} {each}" for each in parts))]
    if not query.signals and len(names) == 2:
        return [*names, *(["difference"] if query.compare else []), "ratio"]
    return list(names)


def _labelled(expression: str, context: Context) -> bool:
    """Whether a dataset can be told apart by label: it reads a flow quantity that names none."""
    return any(quantity.label is None and "." in quantity.name for quantity in parse(expression).quantities)
