"""The system of a scenario: services, the flow through them, signals, SLOs."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from incidentsim.scenario.base import Model
from incidentsim.scenario.units import (
    MINUTE,
    Duration,
    Expression,
    Id,
    Name,
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


class Source(Model):
    """Demand that enters the system. Counters: ``out``.

    Parameters for effects: ``rate`` (items a minute), ``share[label]`` (ppm of the rate).
    """

    kind: Literal["source"]
    id: Name
    service: Id
    rate: Annotated[int, Field(ge=0, le=10**9)]
    shape: tuple[tuple[Duration, Annotated[int, Field(ge=0, le=10_000)]], ...] = ()
    """(time, permille of *rate*), interpolated linearly."""
    noise: Ppm = 0
    """Largest relative noise of a step's demand, ppm."""
    share: dict[str, Ppm]
    """Share of each label, ppm; the first label takes what the others leave."""
    to: Name


class Queue(Model):
    """A server with a queue. Counters: ``in``, ``out``, ``dropped``, ``retried``, ``abandoned``; stocks
    ``queued``, ``waiting`` (retries to come).

    Each step: accepted = queued + in + retried; up to *capacity* is served; what then exceeds *limit* is
    dropped; a share of the dropped comes back after *retry_delay*, at most *retry_attempts* times; the rest is
    abandoned. in + retried = out + dropped + growth of queued, and dropped = abandoned + what will retry.

    Parameters: ``capacity`` (items a minute), ``limit``, ``retry`` (ppm of dropped).
    """

    kind: Literal["queue"]
    id: Name
    service: Id
    capacity: Annotated[int, Field(ge=0, le=10**9)]
    limit: Annotated[int, Field(ge=0, le=10**12)] = 10**12
    retry: Ppm = 0
    retry_delay: Duration = MINUTE
    retry_attempts: Annotated[int, Field(ge=0, le=8)] = 0
    to: Name


class Log(Model):
    """A retained log (a topic): read by one consumer, kept for a time or up to a size, replayable.

    Counters: ``in``, ``out`` (read), ``expired_unread``, ``expired_failed``, ``replayed``, ``duplicates``;
    stocks ``unread`` (lag), ``held`` (everything kept), ``failed`` (read but failed downstream, still kept).

    Parameters: ``capacity`` (reads a minute), ``retention`` (ms), ``size`` (items kept), ``replay``
    (failed items re-read a minute into *replay_to*), ``replay_copies`` (served items that a careless replay
    re-reads for each failed one, ppm; they count as ``duplicates`` only).
    """

    kind: Literal["log"]
    id: Name
    service: Id
    capacity: Annotated[int, Field(ge=0, le=10**9)]
    retention: Duration
    size: Annotated[int, Field(ge=0, le=10**12)] = 10**12
    held: Annotated[int, Field(ge=0, le=10**12)] = 0
    """Items kept at the start, all served; they age out evenly over *retention*."""
    replay: Annotated[int, Field(ge=0, le=10**9)] = 0
    replay_copies: Annotated[int, Field(ge=0, le=10**7)] = 0
    to: Name
    replay_to: Name | None = None


class Port(Model):
    """One exit of a split. The last port takes what the others leave."""

    name: Name
    share: Ppm = 0
    to: Name | None = None
    """Where it goes; None: it leaves the system and is counted only."""
    fails: Name | None = None
    """A log in which these items are marked failed, so that they can be replayed while kept."""


class Split(Model):
    """A stage that sends shares of its inflow to ports. Counters: ``in`` and each port's name.

    Parameters: ``<port>`` or ``<port>[label]`` (ppm); the last port is what remains.
    """

    kind: Literal["split"]
    id: Name
    service: Id
    ports: Annotated[tuple[Port, ...], Field(min_length=2)]


class Sink(Model):
    """Where items arrive for good. Counters: ``in``; stock ``total``."""

    kind: Literal["sink"]
    id: Name
    service: Id


Node = Annotated[Source | Queue | Log | Split | Sink, Field(discriminator="kind")]
"""A stage of the flow. Every quantity is a whole number and balances exactly, per label and step."""


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
