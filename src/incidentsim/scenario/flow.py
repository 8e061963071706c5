"""The stages of the flow: where items come from, wait, are kept, are divided, and end.

Every quantity is a whole number and balances exactly, per label and step. `docs/dynamics.md` has the equations.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from incidentsim.scenario.base import Model
from incidentsim.scenario.units import MINUTE, Duration, Id, Name, Ppm


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
    """A server with a queue. Counters: ``in``, ``out``, ``late``, ``cancelled``, ``dropped``, ``timeouts``,
    ``retried``, ``abandoned``; stocks ``queued``, ``stale`` (queued, and its caller has given up), ``waiting``
    (retries to come).

    Each step, up to *capacity* is served; of what arrives, what would exceed *limit* is dropped. With a
    *timeout* the oldest is served first; a caller that has waited longer gives up, and its item stays as stale
    work, which is served in vain (``late``) unless *cancel* is 1. A share *retry* of the dropped and of those
    who gave up comes back after *retry_delay*, at most *retry_attempts* times; the rest is abandoned.

    in + retried = out + late + cancelled + dropped + growth of queued, and
    dropped + timeouts = abandoned + what will retry.

    Parameters: ``capacity`` (items a minute), ``limit``, ``retry`` (ppm), ``timeout`` (ms), ``cancel`` (0 or 1).
    """

    kind: Literal["queue"]
    id: Name
    service: Id
    capacity: Annotated[int, Field(ge=0, le=10**9)]
    limit: Annotated[int, Field(ge=0, le=10**12)] = 10**12
    timeout: Duration = 0
    """How long a caller waits; 0: for ever. Rounded down to steps, at least one."""
    cancel: Annotated[int, Field(ge=0, le=1)] = 0
    """Whether work is thrown away when its caller has given up."""
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


class Cache(Model):
    """A cache before something slower. Counters: ``in``, ``hits``, ``misses``; stock ``warm`` (entries held).

    hits = in x *hit* x warm / *entries*; each miss puts its entry in with *fill*, as far as it is not there
    already; entries expire evenly over *ttl*. Effect ``flush`` empties it. Parameters: ``hit``, ``fill`` (ppm).
    """

    kind: Literal["cache"]
    id: Name
    service: Id
    entries: Annotated[int, Field(ge=1, le=10**12)]
    """The size of the working set."""
    warm: Annotated[int, Field(ge=0, le=10**12)] | None = None
    """Entries held at the start; None: all."""
    hit: Ppm = 1_000_000
    """Share of lookups that are answered when everything is held."""
    fill: Ppm = 1_000_000
    ttl: Duration = 0
    """0: entries do not expire."""
    to: Name
    """Where hits go."""
    misses_to: Name


class Snapshot(Model):
    """A copy of a store that exists at the start."""

    id: Id
    lacks: Annotated[int, Field(ge=0, le=10**12)] = 0
    """How many of the items held at the start, the newest, it does not hold."""


class Store(Model):
    """Data at rest. Counters: ``in``, ``deleted``, ``restored``; stocks ``held``, ``missing``.

    Items lie in the order of their writing. Effect ``delete`` removes a share; ``restore`` brings back, at a rate,
    what was removed and a snapshot holds; ``snapshot`` takes one, ``forget`` loses one.
    missing = deleted - restored, and held at the start + in = held + missing.
    """

    kind: Literal["store"]
    id: Name
    service: Id
    held: Annotated[int, Field(ge=0, le=10**12)] = 0
    snapshots: tuple[Snapshot, ...] = ()


Node = Annotated[Source | Queue | Log | Split | Cache | Store | Sink, Field(discriminator="kind")]
"""A stage of the flow."""
