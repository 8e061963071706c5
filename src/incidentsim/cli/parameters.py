"""Kinds of values that options take."""

from __future__ import annotations

from typing import Any

import click

from incidentsim.scenario.units import parse_duration


class DurationType(click.ParamType[int]):
    """A duration such as ``90s``, ``6m`` or ``1h30m``, in ms."""

    name = "duration"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Milliseconds; a message where the value is something else."""
        try:
            return parse_duration(value)
        except ValueError as error:
            self.fail(f"{value!r}: {error}", param, ctx)


class SpeedType(click.ParamType["float | None"]):
    """``max``, or how many times faster than life (more than 0)."""

    name = "speed"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float | None:
        """The factor, or None for as fast as possible."""
        if value is None or value == "max":
            return None
        try:
            speed = float(value)
        except ValueError:
            speed = 0.0
        if not 0 < speed <= 1_000_000:
            self.fail(f"{value!r}: write max, or a factor such as 60", param, ctx)
        return speed


DURATION = DurationType()
SPEED = SpeedType()
