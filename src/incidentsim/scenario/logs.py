"""Log lines: patterns that follow the world's state, and scripted events."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from incidentsim.scenario.base import Model, SecretModel
from incidentsim.scenario.units import Duration, Expression, Id, Text

Level = Literal["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"]
LEVELS: tuple[Level, ...] = ("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL")


class ValueField(Model):
    """A field that shows a quantity of the world at the row's moment."""

    kind: Literal["value"]
    value: Expression
    jitter: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    """Largest relative deviation of a row from the quantity, ppm."""
    decimals: Annotated[int, Field(ge=0, le=4)] = 0
    grouped: bool = False
    """Write thousands with commas."""


class IntegerField(Model):
    """A whole number drawn evenly from low to high."""

    kind: Literal["integer"]
    low: Annotated[int, Field(ge=0, le=10**15)]
    high: Annotated[int, Field(ge=0, le=10**15)]


class ChoiceField(Model):
    """One of several texts, drawn evenly."""

    kind: Literal["choice"]
    options: Annotated[tuple[str, ...], Field(min_length=1, max_length=64)]


class HexField(Model):
    """A hexadecimal number of so many digits, drawn evenly."""

    kind: Literal["hex"]
    digits: Annotated[int, Field(ge=1, le=16)] = 8


class SerialField(Model):
    """A number that grows with the row's index in its pattern."""

    kind: Literal["serial"]
    start: Annotated[int, Field(ge=0, le=10**15)] = 0
    step: Annotated[int, Field(ge=1, le=10**6)] = 1


RowField = Annotated[ValueField | IntegerField | ChoiceField | HexField | SerialField, Field(discriminator="kind")]


class Pattern(SecretModel):
    """A family of log lines. Which appear, and what they say, is decided by the world's state.

    *text* holds ``{field}`` for each of *fields*; ``{{`` is a brace.
    """

    id: Id
    service: Id
    level: Level = "INFO"
    text: Annotated[str, Field(min_length=1, max_length=2_000)]
    fields: dict[str, RowField] = {}
    most: Annotated[int, Field(ge=1, le=6_000)]
    """Highest rate, rows a minute."""
    rate: Expression | None = None
    """Rows a minute as the world stands, at most *most*; None: always *most*."""
    when: Expression | None = None
    """No row where this is 0."""


class TimedEvent(SecretModel):
    """One scripted log line or message at a time. A raw timeline is a list of these."""

    at: Duration
    text: Text
    service: Annotated[str, Field(max_length=100)] = "timeline"
    level: Level = "INFO"
