"""Cells of a query's table: sums, differences and ratios of whole numbers, exact or rounded down."""

from __future__ import annotations

Cell = int | str | None


def ratio(first: int | None, second: int | None) -> str | None:
    """The second over the first to four places, rounded down, so that only a full ratio reads 1.0000."""
    if not first or second is None:
        return None
    parts = second * 10_000 // first
    return f"{parts // 10_000}.{parts % 10_000:04d}"


def difference(first: int | None, second: int | None) -> int | None:
    """The second less the first."""
    return None if first is None or second is None else second - first


def decimal(value: int, decimals: int) -> str:
    """A scaled whole number as a decimal: ``decimal(1234, 2)`` is ``"12.34"``."""
    if not decimals:
        return f"{value:,}"
    sign, size = ("-" if value < 0 else ""), abs(value)
    return f"{sign}{size // 10**decimals:,}.{size % 10**decimals:0{decimals}d}"


def scaled(value: int | None, decimals: int) -> Cell:
    """A signal's value as a cell: a number where it is whole, text where it has *decimals*."""
    return value if value is None or not decimals else decimal(value, decimals)
