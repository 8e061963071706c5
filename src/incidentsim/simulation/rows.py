"""Log rows: decided by the world's state, expanded as columns, rendered when looked at.

A pattern that writes at most *m* rows a minute has *m* slots in each minute; slot k (k = minute x m + j) lies at a
keyed moment of the j-th part of its minute, and a row stands in it if a keyed draw is below the pattern's present
rate. So a row is addressed by (pattern, k), and depends on the seed and the state alone: what a player does never
shifts another row, and expanding any stretch of time gives the same rows.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, pairwise, repeat
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from incidentsim.scenario.logs import ValueField
from incidentsim.scenario.units import MINUTE
from incidentsim.simulation.rendering import PatternWriter, compact, raw_line
from incidentsim.simulation.streams import draws_below, stream_key

if TYPE_CHECKING:
    from datetime import datetime

    from numpy.typing import NDArray

    from incidentsim.scenario.logs import Pattern, TimedEvent
    from incidentsim.simulation.rendering import Arrays

EVENT, EFFECT = "event", "effect"
"""Pattern names of scripted rows, and of rows that effects write."""
LARGEST = 10**17
"""Quantities beyond this (in thousandths) are shown as this, so that all arithmetic on them stays within 64 bits."""
CHUNK = 2**14
"""Slots that are expanded at a time, so that an expansion takes little more memory than its rows."""
PART = 2**16
"""Rows that are rendered at a time, for the same reason."""

Columns = Mapping[str, Sequence[int]]
"""Each expression's value in thousandths, one a step; all equally long."""
Extra = Sequence[tuple[int, str, str, str]]
"""Rows that effects wrote: (t, service, level, text), in the order of time."""


class Row(NamedTuple):
    """One log line of the simulated system."""

    t: int
    service: str
    level: str
    text: str
    pattern: str
    index: int  # type: ignore[assignment]  # the field's word; nobody searches a row by tuple.index


Slots: TypeAlias = "tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]"
"""(times, pattern codes, indices)."""


class State(NamedTuple):
    """Columns over a stretch of steps from *first* on, as a matrix (expression x step).

    Its last line holds for patterns that depend on nothing.
    """

    first: int
    matrix: NDArray[np.int64]
    columns: Arrays


class RowEngine:
    """All patterns and scripted events of a scenario. *step* in ms.

    Raises `ValueError` and `KeyError` for a pattern whose text does not fit its fields.
    """

    def __init__(self, patterns: Sequence[Pattern], events: Sequence[TimedEvent], seed: int, step: int) -> None:
        self.patterns = tuple(patterns)
        self.writers = tuple(PatternWriter(pattern, seed) for pattern in patterns)
        self.step = step
        self._codes = {pattern.id: code for code, pattern in enumerate(patterns)}
        self._scripted = tuple(events)
        self._events = sorted(enumerate(events), key=lambda each: each[1].at)
        self._event_times = [event.at for _, event in self._events]
        self._sources = _sources(patterns)
        lines = {source: line for line, source in enumerate(self._sources)}
        most = _each([pattern.most for pattern in patterns])
        # The slots of one minute, pattern by pattern: whose each is, which of its pattern's, and what decides it.
        self._first_slots = [0, *np.cumsum(most).tolist()]
        self._slot_codes = codes = np.repeat(np.arange(len(patterns), dtype=np.int64), most)
        self._slot_parts = _joined([np.arange(pattern.most, dtype=np.int64) for pattern in patterns])
        self._slot_most = most[codes]
        self._slot_moment_keys = _keys(stream_key(seed, f"row:{pattern.id}:moment") for pattern in patterns)[codes]
        self._slot_rate_keys = _keys(stream_key(seed, f"row:{pattern.id}:rate") for pattern in patterns)[codes]
        self._slot_rate_lines = _each([lines.get(pattern.rate or "", len(lines)) for pattern in patterns])[codes]
        self._slot_when_lines = _each([lines.get(pattern.when or "", len(lines)) for pattern in patterns])[codes]
        self._conditional = any(pattern.when is not None for pattern in patterns)

    def expressions(self) -> tuple[str, ...]:
        """The distinct expressions that the world has to evaluate once a step."""
        return self._sources

    def block(self, start: int, end: int, columns: Columns, extra: Extra = ()) -> RowBlock:
        """The rows with start <= t < end. Patterns write nothing beyond the steps that *columns* cover."""
        start = max(0, start)
        known = min(end, self._known(columns))
        state = self._state(columns, start, known)
        # Slots lie in the order of minute, pattern and slot, so a stable sort by time gives the total order.
        times, codes, indices = self._expand(start, known, state)
        plain = [
            *(_scripted(number, event) for number, event in self._events[self._events_before(start) :
                                                                         self._events_before(end)]),
            *(Row(*row, EFFECT, number) for number, row in enumerate(extra) if start <= row[0] < end),
        ]  # fmt: skip
        plain.sort(key=lambda row: row.t)
        times = _joined([times, _each([row.t for row in plain])])
        codes = _joined([codes, np.full(len(plain), len(self.patterns), dtype=np.int64)])
        indices = _joined([indices, np.arange(len(plain), dtype=np.int64)])
        order = np.argsort(times, kind="stable")
        return RowBlock(self, times[order], codes[order].astype(np.int32), indices[order], plain, state)

    def find(self, pattern: str, index: int, columns: Columns, extra: Extra, end: int) -> Row | None:
        """The row of an address, or None where there is none before *end*."""
        if index < 0:
            return None
        if pattern == EVENT:
            found = _scripted(index, self._scripted[index]) if index < len(self._scripted) else None
            return found if found is not None and found.t < end else None
        if pattern == EFFECT:
            return Row(*extra[index], EFFECT, index) if index < len(extra) and extra[index][0] < end else None
        code = self._codes.get(pattern)
        if code is None:
            return None
        minute, part = divmod(index, self.patterns[code].most)
        start, end = minute * MINUTE, min(end, self._known(columns), (minute + 1) * MINUTE)
        if start >= end:
            return None
        state = self._state(columns, start, end)
        slot = self._first_slots[code] + part
        times, codes, indices = self._present(minute, minute + 1, slice(slot, slot + 1), start, end, state)
        return RowBlock(self, times, codes.astype(np.int32), indices, (), state).row(0) if len(times) else None

    def _events_before(self, t: int) -> int:
        return bisect_left(self._event_times, t)

    def _known(self, columns: Columns) -> int:
        """How far the columns reach (ms)."""
        return min(map(len, columns.values())) * self.step if columns else 2**62

    def _state(self, columns: Columns, start: int, end: int) -> State:
        first, last = start // self.step, -(-max(start, end) // self.step)
        matrix = np.full((len(self._sources) + 1, last - first), LARGEST, dtype=np.int64)
        if self._sources:
            matrix[:-1] = _bounded([columns[source][first:last] for source in self._sources])
        return State(first, matrix, dict(zip(self._sources, matrix[:-1], strict=True)))

    def _expand(self, start: int, end: int, state: State) -> Slots:
        """The rows of patterns with start <= t < end, in the order (minute, pattern, slot)."""
        found: list[Slots] = []
        size = len(self._slot_codes)
        if start < end and size:
            last, many = -(-end // MINUTE), max(1, CHUNK // size)
            for first in range(start // MINUTE, last, many):
                found.append(self._present(first, min(first + many, last), slice(None), start, end, state))
        return (
            _joined([times for times, _, _ in found]),
            _joined([codes for _, codes, _ in found]),
            _joined([indices for _, _, indices in found]),
        )

    def _present(self, first: int, last: int, slots: slice, start: int, end: int, state: State) -> Slots:
        """Those of the given slots of minutes first <= m < last that hold a row with start <= t < end."""
        minutes = np.arange(first, last, dtype=np.int64)[:, np.newaxis]
        codes, most = self._slot_codes[slots], self._slot_most[slots]
        indices = minutes * most + self._slot_parts[slots]
        times = draws_below(self._slot_moment_keys[slots], indices, MINUTE)
        times += self._slot_parts[slots] * MINUTE
        times //= most
        times += minutes * MINUTE
        steps = times // self.step - state.first
        if first * MINUTE < start or end < last * MINUTE:
            within = (times >= start) & (times < end)
            steps[~within] = 0
        else:
            within = None
        rates = state.matrix[self._slot_rate_lines[slots], steps]
        there = draws_below(self._slot_rate_keys[slots], indices, most * 1000) < rates
        if self._conditional:
            there &= state.matrix[self._slot_when_lines[slots], steps] != 0
        if within is not None:
            there &= within
        return times[there], np.broadcast_to(codes, there.shape)[there], indices[there]


class RowBlock:
    """The rows of a stretch of time as columns, in the order (t, pattern, index).

    Rows of the document's events and of effects come after those of patterns; *indices* count in *plain* for them.
    """

    def __init__(
        self,
        engine: RowEngine,
        times: NDArray[np.int64],
        codes: NDArray[np.int32],
        indices: NDArray[np.int64],
        plain: Sequence[Row],
        state: State,
    ) -> None:
        self._engine = engine
        self._times = times
        self._codes = codes
        self._indices = indices
        self._plain = plain
        self._state = state

    def __len__(self) -> int:
        return len(self._times)

    @property
    def times(self) -> NDArray[np.int64]:
        """When each row was written (ms)."""
        return self._times

    @property
    def codes(self) -> NDArray[np.int32]:
        """Which pattern wrote each row: its place in the document, or the number of patterns for other rows."""
        return self._codes

    def at(self, positions: NDArray[np.int64]) -> RowBlock:
        """The rows at *positions*, in that order, as a block of their own."""
        return RowBlock(self._engine, self._times[positions], self._codes[positions], self._indices[positions],
                        self._plain, self._state)  # fmt: skip

    def time(self, position: int) -> int:
        """When a row was written (ms)."""
        return int(self._times[position])

    def row(self, position: int) -> Row:
        """One row, rendered. Raises `IndexError`."""
        code, index = int(self._codes[position]), int(self._indices[position])
        if code == len(self._engine.patterns):
            return self._plain[index]
        here = slice(position, position + 1) if position >= 0 else slice(position, position + 1 or None)
        text = self._engine.writers[code].texts(self._indices[here], self._steps(here), self._state.columns)[0]
        pattern = self._engine.patterns[code]
        return Row(int(self._times[position]), pattern.service, pattern.level, text, pattern.id, index)

    def text(self, position: int) -> str:
        """What a row says. Raises `IndexError`."""
        return self.row(position).text

    def raw_line(self, position: int, start: datetime, formats: Mapping[str, str]) -> str:
        """A row as its service would have written it; *formats* are log formats by service, else plain."""
        row = self.row(position)
        return raw_line(start, formats.get(row.service, "plain"), row.service, row.level, row.t, row.text)

    def part(self, first: int, last: int) -> RowBlock:
        """The rows at positions first <= i < last, as a view of the same columns."""
        here = slice(first, last)
        return RowBlock(self._engine, self._times[here], self._codes[here], self._indices[here], self._plain,
                        self._state)  # fmt: skip

    def rows(self) -> list[Row]:
        """All rows, rendered together."""
        return list(map(partial(tuple.__new__, Row), self.tuples()))

    def tuples(self) -> Iterator[tuple[int, str, str, str, str, int]]:
        """All rows as plain tuples of a `Row`'s fields, rendered some thousands at a time."""
        return chain.from_iterable(part._tuples() for part in self._parts())

    def encoded(self) -> bytes:
        """All rows as JSON lines, each as compact ``json.dumps`` of the row's fields would write it."""
        return b"".join(self.encoded_parts())

    def encoded_parts(self) -> Iterator[bytes]:
        """`encoded`, some thousands of rows at a time."""
        return (part._encoded() for part in self._parts())

    def _parts(self) -> Iterator[RowBlock]:
        return (self.part(first, first + PART) for first in range(0, len(self), PART))

    def _tuples(self) -> Iterator[tuple[int, str, str, str, str, int]]:
        order, groups, plain = self._grouped()
        parts: list[tuple[int, str, str, str, str, int]] = []
        for code, here in groups:
            pattern, writer = self._engine.patterns[code], self._engine.writers[code]
            indices = self._indices[here]
            texts = writer.texts(indices, self._steps(here), self._state.columns)
            parts += zip(self._times[here].tolist(), repeat(pattern.service), repeat(pattern.level), texts,
                         repeat(pattern.id), indices.tolist())  # fmt: skip
        parts += plain
        return map(parts.__getitem__, _places(order))

    def _encoded(self) -> bytes:
        order, groups, plain = self._grouped()
        lines: list[str] = []
        for code, here in groups:
            writer = self._engine.writers[code]
            lines += writer.lines(self._times[here], self._indices[here], self._steps(here), self._state.columns)
        lines += [compact(row._asdict()) + "\n" for row in plain]
        return "".join(map(lines.__getitem__, _places(order))).encode()

    def _steps(self, here: slice | NDArray[np.int64]) -> NDArray[np.int64]:
        return self._times[here] // self._engine.step - self._state.first

    def _grouped(self) -> tuple[NDArray[np.int64], list[tuple[int, NDArray[np.int64]]], list[Row]]:
        """The rows' positions in the order (pattern, position); those of each pattern that wrote; the plain rows."""
        number = len(self._engine.patterns)
        # Sixteen bits are sorted by radix, several times as fast.
        order = np.argsort(self._codes.astype(np.uint16) if number < 2**16 else self._codes, kind="stable")
        bounds = np.searchsorted(self._codes[order], np.arange(number + 1)).tolist()
        groups = [(code, order[first:last]) for code, (first, last) in enumerate(pairwise(bounds)) if first < last]
        return order, groups, [self._plain[index] for index in self._indices[order[bounds[-1] :]].tolist()]


def _places(order: NDArray[np.int64]) -> list[int]:
    """The inverse of an order: where in it each position stands."""
    places = np.empty(len(order), dtype=np.int64)
    places[order] = np.arange(len(order))
    return places.tolist()


def _sources(patterns: Sequence[Pattern]) -> tuple[str, ...]:
    sources: dict[str, None] = {}
    for pattern in patterns:
        shown = (each.value for each in pattern.fields.values() if isinstance(each, ValueField))
        sources.update((source, None) for source in (pattern.rate, pattern.when, *shown) if source is not None)
    return tuple(sources)


def _scripted(number: int, event: TimedEvent) -> Row:
    return Row(event.at, event.service, event.level, event.text, EVENT, number)


def _each(numbers: Sequence[int]) -> NDArray[np.int64]:
    return np.array(numbers, dtype=np.int64)


def _keys(keys: Iterable[int]) -> NDArray[np.uint64]:
    return np.array(list(keys), dtype=np.uint64)


def _joined(arrays: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    return np.concatenate(arrays) if arrays else _each([])


def _bounded(columns: Sequence[Sequence[int]]) -> NDArray[np.int64]:
    """The columns as a matrix, each number brought between -`LARGEST` and `LARGEST`."""
    try:
        return np.array(columns, dtype=np.int64).clip(-LARGEST, LARGEST)
    except OverflowError:
        bounded = [[max(-LARGEST, min(LARGEST, value)) for value in column] for column in columns]
        return np.array(bounded, dtype=np.int64)
