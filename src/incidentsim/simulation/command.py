"""Commands: the only input of a world."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

BASE_VERBS = (
    "act", "ask", "query", "search", "announce", "declare", "answer", "open", "pin", "keep", "hypothesis",
    "predict", "note", "decide", "assign", "task", "step", "mark", "handover", "interview", "withdraw", "pause",
    "resume", "end",
)  # fmt: skip
"""Verbs that every scenario knows; a scenario's own grammar is reached through ``act``."""

AUDIENCES = ("internal", "customers", "executives", "status")


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that a player did.

    *t* (ms) and *id* are given by the exercise when it takes the command; *args* is JSON data.
    """

    t: int
    id: int
    actor: str
    verb: str
    target: str = ""
    args: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """JSON data, with the keys in a fixed order."""
        return {
            "t": self.t,
            "id": self.id,
            "actor": self.actor,
            "verb": self.verb,
            "target": self.target,
            "args": self.args,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Command:
        """Read what `to_json` wrote. Raises `ValueError` where it is something else."""
        try:
            command = cls(**data)
        except TypeError as error:
            raise ValueError("a command has t, id, actor, verb, target and args") from error
        for name, kind in (("t", int), ("id", int), ("actor", str), ("verb", str), ("target", str)):
            if type(getattr(command, name)) is not kind:
                raise ValueError(f"a command's {name} is a {kind.__name__}")
        if not isinstance(command.args, dict):
            raise ValueError("a command's args are an object")
        return command


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a player hears at once: whether it was taken, and why not."""

    ok: bool
    text: str = ""
    ref: str = ""
    """The id under which the result will be known, where there is one."""
