"""Fields of log rows, computed for many rows at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, assert_never

import numpy as np

from incidentsim.scenario.logs import (
    ChoiceField,
    HexField,
    IntegerField,
    RowField,
    SerialField,
    ValueField,
)
from incidentsim.simulation.streams import draws, draws_below, stream_key

if TYPE_CHECKING:
    from numpy.typing import NDArray

Texts = Sequence[str] | Sequence[int]
Arrays = Mapping[str, "NDArray[np.int64]"]
"""Each expression's value in thousandths, one a step."""
SMALL = 2**31
MILLI_DIGITS = 3
"""Quantities are kept in thousandths."""


class FieldColumn:
    """One field of a pattern. Draws are keyed by (pattern, field) and the row's index.

    *form* is the %-form that its values are written with.
    """

    def __init__(self, field: RowField, seed: int, name: str) -> None:
        self._field = field
        self._key = stream_key(seed, name)
        self.form = "%s"
        if isinstance(field, HexField):
            self.form = f"%0{field.digits}x"
        elif isinstance(field, IntegerField | SerialField):
            self.form = "%d"

    def values(
        self, indices: NDArray[np.int64], steps: NDArray[np.int64], columns: Arrays, escape: Callable[[str], str]
    ) -> Texts:
        """What the field shows in each row. *escape* is applied to texts of the document."""
        field = self._field
        match field:
            case ValueField():
                return self._shown(field, indices, steps, columns[field.value])
            case IntegerField():
                return self._integers(field, indices)
            case ChoiceField():
                options = [escape(option) for option in field.options]
                return list(map(options.__getitem__, draws_below(self._key, indices, len(options)).tolist()))
            case HexField():
                return (draws(self._key, indices) >> np.uint64(64 - 4 * field.digits)).tolist()
            case SerialField():
                return (indices * field.step + field.start).tolist()
            case _:
                assert_never(field)

    def _integers(self, field: IntegerField, indices: NDArray[np.int64]) -> Sequence[int]:
        low, span = min(field.low, field.high), abs(field.high - field.low) + 1
        if span <= SMALL:
            return (draws_below(self._key, indices, span) + low).tolist()
        # Wide ranges take the remainder; a bias of span / 2^64 shows nowhere in a log line.
        return (draws(self._key, indices) % np.uint64(span) + np.uint64(low)).tolist()

    def _shown(
        self, field: ValueField, indices: NDArray[np.int64], steps: NDArray[np.int64], column: NDArray[np.int64]
    ) -> Texts:
        values = column[steps]
        if field.jitter:
            noise = draws_below(self._key, indices, 2 * field.jitter + 1) - field.jitter
            # In two parts, so that the product stays within 64 bits.
            whole, part = np.divmod(values, 1_000_000)
            values = values + whole * noise + part * noise // 1_000_000
        digits = field.decimals
        if digits > MILLI_DIGITS:
            values = values * 10 ** (digits - MILLI_DIGITS)
        elif digits < MILLI_DIGITS:
            values = rounded(values, 10 ** (MILLI_DIGITS - digits))
        if digits:
            return [_decimal(value, digits, field.grouped) for value in values.tolist()]
        return list(map("{:,}".format, values.tolist())) if field.grouped else values.tolist()


def rounded(values: NDArray[np.int64], unit: int) -> NDArray[np.int64]:
    """Values / unit as whole numbers, halves to even."""
    whole, rest = np.divmod(values, unit)
    up = (2 * rest > unit) | ((2 * rest == unit) & (whole % 2 == 1))
    return whole + up


def _decimal(value: int, digits: int, grouped: bool) -> str:
    sign, (whole, part) = "-" if value < 0 else "", divmod(abs(value), 10**digits)
    return f"{sign}{whole:,}.{part:0{digits}d}" if grouped else f"{sign}{whole}.{part:0{digits}d}"
