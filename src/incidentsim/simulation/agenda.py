"""The SimPy kernel: what happens when, in an order that belongs to the model."""

from __future__ import annotations

from collections.abc import Callable, Generator
from enum import IntEnum
from typing import Any

import simpy
from simpy.events import EventPriority


class Rank(IntEnum):
    """What comes first among the causal events of one moment; then the order of scheduling."""

    EFFECT = 10
    PROCESS = 1
    STEP = 20
    DIGEST = 30


class _Call(simpy.Event):
    """An event that has already succeeded and calls a function when its time has come."""

    def __init__(self, env: simpy.Environment, action: Callable[[], None], delay: int, rank: Rank) -> None:
        super().__init__(env)
        self._ok = True
        self._value = None
        self.callbacks.append(lambda _: action())
        env.schedule(self, EventPriority(rank), delay)


class Hands(simpy.Container):
    """Responders as a scarce resource: taken by `get` in the order of asking, given back by `put`."""

    def forget(self, request: simpy.resources.container.ContainerGet) -> None:
        """Take back a `get` that was not granted; who waited behind it has a turn at once."""
        request.cancel()
        self._trigger_get(None)


class Agenda:
    """Runs callbacks and processes at whole milliseconds.

    Two things at the same time run in the order of their `Rank`, then in the order in which they were
    scheduled, which depends on the document and the commands alone, never on how `run` is sliced.
    """

    def __init__(self) -> None:
        self._env = simpy.Environment(initial_time=0)

    @property
    def now(self) -> int:
        """The time (ms)."""
        return int(self._env.now)

    def at(self, t: int, action: Callable[[], None], rank: Rank = Rank.EFFECT) -> None:
        """Call *action* at *t*, or now if that has passed."""
        _Call(self._env, action, max(0, t - self.now), rank)

    def start(self, process: Generator[Any, Any, None]) -> None:
        """Run a SimPy process."""
        self._env.process(process)

    def sleep(self, milliseconds: int) -> simpy.Event:
        """For a process: wait so long."""
        return self._env.timeout(milliseconds)

    def hands(self, count: int) -> Hands:
        """So many responders."""
        return Hands(self._env, init=count)

    def run(self, until: int) -> None:
        """Run everything before *until*; what happens at *until* itself waits for the next call."""
        if until > self._env.now:
            self._env.run(until=until)
