"""What is measured: each function does one whole piece of work, and its caller times it."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Generator, Sequence
from typing import Any

import simpy

from benchmarks.world import ran
from incidentsim.exercise.rowstore import RowStore
from incidentsim.scenario.document import Scenario
from incidentsim.simulation.event import Phase
from incidentsim.simulation.rows import Row
from incidentsim.simulation.streams import below, stream_key
from incidentsim.simulation.world import World

SCREEN = 50
"""Rows that a log pane shows."""


def walk(events: Sequence[tuple[int, int]]) -> int:
    """A bare SimPy process that walks over events in order, waits for each, and does nothing with it."""
    env = simpy.Environment()
    env.process(_walking(env, events))
    env.run()
    return int(env.now)


def _walking(env: simpy.Environment, events: Sequence[tuple[int, int]]) -> Generator[Any, Any, None]:
    for event in events:
        yield env.timeout(event[0] - env.now)


def all_events(scenario: Scenario) -> list[tuple[int, int]]:
    """(time, phase) of everything that happens in a run: causal events and rows."""
    world = ran(scenario)
    block = world.block(0, scenario.duration)
    rows = ((block.time(position), Phase.ROW.value) for position in range(len(block)))
    return sorted([*((event.t, event.phase.value) for event in world.events), *rows])


def replay(scenario: Scenario) -> object:
    """A run from nothing to its end, and each of its rows, in order, with its text; the last one."""
    return deque(ran(scenario).block(0, scenario.duration).tuples(), maxlen=1).pop()


def kept_replay(scenario: Scenario) -> list[Row]:
    """The same, every row kept as an object."""
    return ran(scenario).block(0, scenario.duration).rows()


def encoded_replay(scenario: Scenario) -> str:
    """A run from nothing to its end, each row and its text as a line of JSON, and the digest of it all."""
    world = ran(scenario)
    digest = hashlib.sha256(world.digests[-1].encode())
    for part in world.block(0, scenario.duration).encoded_parts():
        digest.update(part)
    return digest.hexdigest()


def stored(scenario: Scenario) -> tuple[World, RowStore]:
    """A run that is over, and its rows as an exercise keeps them: taken in minute by minute."""
    world = ran(scenario)
    store = RowStore(world)
    for end in range(60_000, scenario.duration + 1, 60_000):
        store.extend(end)
        len(store)
    return world, store


def rewind(world: World, store: RowStore, t: int) -> int:
    """What a screen needs at *t*, from what is stored: a page of rows, each signal, the events so far."""
    first = store.first_at(t)
    page = list(store.rows(first - SCREEN, first))
    values = [world.measured(signal.id)[: t // world.scenario.step] for signal in world.scenario.signals]
    seen = [event for event in world.events if event.t < t]
    return len(page) + len(values) + len(seen)


def moments(scenario: Scenario, count: int) -> list[int]:
    """Moments to go back to, anywhere after the first minute."""
    key = stream_key(1, "moments")
    return [60_000 + below(key, number, scenario.duration - 60_000) for number in range(count)]


def fork(scenario: Scenario, t: int) -> World:
    """A world at *t*, made anew from scenario, seed and commands."""
    world = World(scenario, seed=1)
    world.advance(t)
    return world
