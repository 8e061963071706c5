"""The system of a scenario: services, signals, datasets, SLOs."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from incidentsim.scenario.base import Model
from incidentsim.scenario.units import (
    Duration,
    Expression,
    Id,
    Ppm,
    Text,
    Title,
)


class Aspect(Model):
    """Something about a service that can be inspected: its status, its configuration, its load history."""

    id: Id
    title: Title


class Service(Model):
    """A component, and what it depends on."""

    id: Id
    title: Title
    team: Id = "unknown"
    depends_on: tuple[Id, ...] = ()
    log_format: Literal["plain", "log4j", "logback", "spark", "airflow", "dbt", "json", "access"] = "plain"
    about: Text = ""


class Signal(Model):
    """A quantity computed each step. What *measured* does not name, only the world knows."""

    id: Id
    service: Id
    title: Title
    unit: Annotated[str, Field(max_length=20)] = ""
    value: Expression
    kind: Literal["rate", "gauge", "ratio", "counter"] = "gauge"
    noise: Ppm = 0
    decimals: Annotated[int, Field(ge=0, le=4)] = 0
    measured: bool = False
    """Somebody in the organisation plots it, so that everybody may see it from the start."""
    collected: Expression | None = None
    """While this is 0 no sample arrives: the plot has a gap. None: always."""
    warn: Expression | None = None
    critical: Expression | None = None
    """Conditions on ``value`` that colour the plot, as this organisation set them."""


class Dataset(Model):
    """A quantity that can be counted on request, by label and time: what a query may ask for."""

    id: Id
    title: Title
    explains: Text
    value: Expression
    """A flow counter, such as ``ingest.in``; summed over the bucket. With no label, it is per label."""
    unit: Annotated[str, Field(max_length=20)] = "events"


class Slo(Model):
    """A service level objective with its error budget.

    Budget: allowed bad = (1 - target) x *window_total*; consumed = bad / allowed, an exact fraction.
    """

    id: Id
    title: Title
    service: Id
    description: Text = ""
    target: Annotated[str, Field(pattern=r"^0\.\d{1,6}$")]
    """The target as a decimal in quotes, ``"0.995"``, so that it is exact."""
    window: Duration
    window_total: Annotated[int, Field(ge=1, le=10**15)]
    """Events expected in the window (an estimate by the organisation)."""
    good: Expression
    total: Expression
    """Flow counters a step; bad = total - good, cumulated, never below 0."""
    observed: bool = False
    """The organisation has this SLO today. If not, it is the scenario's truth until somebody defines it."""
    good_query: Text = ""
    total_query: Text = ""
    """How a monitoring system would count the two, for the SLO file."""
    policy: Text = ""

    @property
    def error_share(self) -> Fraction:
        """1 - target, exactly."""
        return 1 - Fraction(self.target)
