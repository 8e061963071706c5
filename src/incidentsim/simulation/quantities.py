"""The world's quantities, one value a step, and expressions compiled to read them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate
from typing import Any

from incidentsim.scenario.expression import Quantity
from incidentsim.scenario.units import MINUTE
from incidentsim.simulation.translating import Layout, compiled, layout, translated

Number = int | float


class Quantities:
    """Columns of whole numbers, one value a step, by name and label.

    A name without a label reads the sum over its labels. `compile` turns an expression into a function of
    no arguments that reads the values of the current step.
    """

    def __init__(self, step: int, start_minute: int, labels: Sequence[str]) -> None:
        self.step = step
        self.labels = tuple(labels)
        self._start_minute = start_minute
        self._index: dict[Quantity, int] = {}
        self._layout: Layout | None = None
        self._columns: list[list[int]] = []
        self._running: dict[int, list[int]] = {}
        """Running sums of the columns that some expression sums up; element i is the sum before step i."""
        self._current: list[int] = []
        self.flags: dict[str, Number] = {}
        self._flag_changed: dict[str, int] = {}
        self.health: dict[str, int] = {}
        self.now = 0
        self.parameter: Callable[[str], int] = _no_parameter
        """Reads a parameter of the flow by name."""
        self._globals: dict[str, Any] = {
            "__builtins__": {},
            "current": self._current,
            "flag": self._flag,
            "total": lambda index: self._sums(index)[-1],
            "over": self._over,
            "ago": self._ago,
            "since": self._since,
            "health": self._health,
            "parameter": self._parameter,
            "minutes": lambda: self.now // MINUTE,
            "hour": lambda: (self._start_minute + self.now // MINUTE) // 60 % 24,
            "min": min,
            "max": max,
            "abs": abs,
            "clamp": lambda x, low, high: max(low, min(high, x)),
            "ratio": lambda a, b, default: a / b if b else default,
            "if_else": lambda condition, a, b: a if condition else b,
        }

    def declare(self, name: str, by_label: bool) -> int:
        """Make room for a quantity; with *by_label*, for each label and for the sum. Gives where it is kept."""
        index = self._add(Quantity(name))
        if by_label:
            for label in self.labels:
                self._add(Quantity(name, label))
        return index

    def _add(self, quantity: Quantity) -> int:
        self._index[quantity] = index = len(self._columns)
        self._layout = None
        self._columns.append([])
        self._current.append(0)
        return index

    def append(self, index: int, values: Mapping[str, int]) -> None:
        """Record a quantity for the step that was just computed. *index* is what `declare` gave."""
        current, columns, running = self._current, self._columns, self._running
        whole = 0
        # The labels' columns stand right behind the sum's, in the order of the labels.
        for at, label in enumerate(self.labels, index + 1):
            current[at] = value = values[label]
            whole += value
            columns[at].append(value)
            if at in running:
                running[at].append(running[at][-1] + value)
        current[index] = whole
        columns[index].append(whole)
        if index in running:
            running[index].append(running[index][-1] + whole)

    def all_columns(self) -> list[list[int]]:
        """Every column, in the order of declaration."""
        return self._columns

    def column(self, name: str, label: str | None = None) -> list[int]:
        """All values so far, one a step. Raises `KeyError` for a name that the flow does not have."""
        return self._columns[self._index[Quantity(name, label)]]

    def names(self) -> tuple[Quantity, ...]:
        """Every declared quantity, in the order of declaration."""
        return tuple(self._index)

    def set_flag(self, name: str, value: Number) -> None:
        """Set a flag, remembering when it changed."""
        if self.flags.get(name, 0) != value:
            self._flag_changed[name] = self.now
        self.flags[name] = value

    def _sums(self, index: int) -> list[int]:
        running = self._running.get(index)
        if running is None:
            running = self._running[index] = list(accumulate(self._columns[index], initial=0))
        return running

    def _over(self, index: int, minutes: int) -> int:
        running = self._sums(index)
        steps = max(1, minutes * MINUTE // self.step)
        return running[-1] - running[max(0, len(running) - 1 - steps)]

    def _ago(self, index: int, minutes: int) -> int:
        column = self._columns[index]
        if not column:
            return 0
        return column[max(0, len(column) - 1 - minutes * MINUTE // self.step)]

    def _since(self, flag: str) -> int:
        changed = self._flag_changed.get(flag)
        return -1 if changed is None else (self.now - changed) // MINUTE

    def _flag(self, name: str) -> Number:
        return self.flags.get(name, 0)

    def _parameter(self, name: str) -> int:
        return self.parameter(name)

    def _health(self, service: str) -> int:
        return self.health.get(service, 1000)

    def compile(self, expression: str, label: str | None = None) -> Callable[[], Number]:
        """A function that gives the expression's value now; a division by zero and an overflow give 0.

        With *label*, quantities that name none are read for that label. Raises `KeyError` for an unknown
        quantity.
        """
        code, scope = compiled(self._translated(expression, label)), self._globals

        def value() -> Number:
            try:
                result: Number = eval(code, scope)  # noqa: S307 - the tree holds only whitelisted nodes
            except (ZeroDivisionError, OverflowError):
                return 0
            return result

        return value

    def compile_all(self, expressions: Sequence[tuple[str, str | None]]) -> Callable[[], Sequence[Number]]:
        """A function that gives the values of many (expression, label) at once; see `compile`."""
        sources = [self._translated(expression, label) for expression, label in expressions]
        at_once = compiled(f"({' '.join(f'{source},' for source in sources)})")
        scope = self._globals
        one_by_one = [self.compile(expression, label) for expression, label in expressions]

        def values() -> Sequence[Number]:
            try:
                result: tuple[Number, ...] = eval(at_once, scope)  # noqa: S307 - only whitelisted nodes
            except (ZeroDivisionError, OverflowError):
                return [read() for read in one_by_one]
            return result

        return values

    def _translated(self, expression: str, label: str | None) -> str:
        if self._layout is None:
            self._layout = layout(tuple(self._index))
        return translated(self._layout, expression, label)


def _no_parameter(name: str) -> int:
    raise KeyError(name)


def whole(value: Number, scale: int = 1) -> int:
    """The value times *scale* as a whole number, halves to even; what is not finite is 0."""
    if isinstance(value, int):
        return value * scale
    scaled = value * scale
    if scaled != scaled or scaled in (float("inf"), float("-inf")):
        return 0
    return round(scaled)
