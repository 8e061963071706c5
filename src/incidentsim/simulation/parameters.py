"""Parameters of the flow: whole numbers that effects set, ramp, freeze and reset."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_PARAMETER = re.compile(r"([a-z0-9_]+)\.([a-z0-9_]+)(?:\[([^\[\]]+)\])?")


@dataclass(slots=True)
class Track:
    """A value that moves linearly from (*t0*, *v0*) to (*t1*, *v1*) and stays there."""

    v0: int
    v1: int
    t0: int = 0
    t1: int = 0

    def at(self, t: int) -> int:
        """The value at *t* (ms)."""
        if t >= self.t1:
            return self.v1
        if t <= self.t0:
            return self.v0
        return self.v0 + (self.v1 - self.v0) * (t - self.t0) // (self.t1 - self.t0)


Key = tuple[str, str, str]
"""(node, parameter, label); the label is empty where the parameter has none."""


class Parameters:
    """The present value of each parameter.

    A *generation* counts how often something other than a fault took a parameter over. A stage of a fault
    that was scheduled under an earlier generation is void: who froze a rollout has stopped its later stages.
    """

    def __init__(self, labels: Sequence[str]) -> None:
        self._labels = tuple(labels)
        self._tracks: dict[Key, Track] = {}
        self._base: dict[Key, int] = {}
        self._generation: dict[Key, int] = {}

    def declare(self, node: str, parameter: str, value: int, by_label: bool = False) -> None:
        """Add a parameter with the value that the document declares."""
        for label in self._labels if by_label else ("",):
            self.declare_one((node, parameter, label), value)

    def declare_one(self, key: Key, value: int) -> None:
        """Add one parameter, for one label."""
        self._tracks[key] = Track(value, value)
        self._base[key] = value
        self._generation[key] = 0

    def __contains__(self, key: object) -> bool:
        return key in self._tracks

    def keys(self, name: str) -> tuple[Key, ...]:
        """The parameters that an effect's ``node.parameter[label]`` means.

        Raises `KeyError` where there is none.
        """
        match = _PARAMETER.fullmatch(name)
        if match is None:
            raise KeyError(name)
        node, parameter, label = match.groups()
        wanted = [(node, parameter, label or "")]
        if label is None:
            wanted += [(node, parameter, each) for each in self._labels]
        found = tuple(key for key in wanted if key in self._tracks)
        if not found:
            raise KeyError(name)
        return found

    def value(self, node: str, parameter: str, t: int, label: str = "") -> int:
        """The value at *t* (ms)."""
        return self._tracks[node, parameter, label].at(t)

    def value_at(self, key: Key, t: int) -> int:
        """The value of a parameter, by its key, at *t* (ms)."""
        return self._tracks[key].at(t)

    def named(self, name: str, t: int) -> int:
        """The value of ``node.parameter[label]``; without a label, that of the first. Raises `KeyError`."""
        return self._tracks[self.keys(name)[0]].at(t)

    def generation(self, key: Key) -> int:
        """How often the parameter was taken over."""
        return self._generation[key]

    def move(self, key: Key, to: int, t: int, over: int) -> None:
        """Move a parameter from its present value, linearly over so many ms."""
        self._tracks[key] = Track(self._tracks[key].at(t), to, t, t + over)

    def hold(self, key: Key, t: int) -> None:
        """Stop a parameter where it stands."""
        value = self._tracks[key].at(t)
        self._tracks[key] = Track(value, value)

    def take_over(self, key: Key) -> None:
        """Make void what faults still had in store for it."""
        self._generation[key] += 1

    def base(self, key: Key) -> int:
        """What the document declares."""
        return self._base[key]
