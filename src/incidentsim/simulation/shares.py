"""Dividing whole numbers exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Amounts = dict[str, int]
"""Items by label."""


def divide(amount: int, weights: Sequence[int]) -> list[int]:
    """*amount* in proportion to *weights*, as whole numbers that add up to it exactly.

    Running totals are rounded down, so nothing depends on ties. All weights 0: everything is 0.
    """
    whole = sum(weights)
    if whole <= 0:
        return [0] * len(weights)
    parts, given, running = [], 0, 0
    for weight in weights:
        running += weight
        upto = amount * running // whole
        parts.append(upto - given)
        given = upto
    return parts


def take(amount: int, available: Mapping[str, int]) -> Amounts:
    """At most *amount* of what is *available*, in proportion to it."""
    whole = sum(available.values())
    if amount >= whole:
        return dict(available)
    return dict(zip(available, divide(amount, list(available.values())), strict=True))


def per_step(per_minute: int, index: int, step: int) -> int:
    """How many of *per_minute* fall into step *index* of *step* ms, exact over any number of steps."""
    return per_minute * step * (index + 1) // 60_000 - per_minute * step * index // 60_000
