"""The master scenario events list in play: injects, and what is expected of the team."""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import partial
from typing import TYPE_CHECKING

from incidentsim.text.concepts import names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from incidentsim.scenario.effects import Effect
    from incidentsim.scenario.people import Expectation, Inject, Matcher
    from incidentsim.simulation.command import Command
    from incidentsim.simulation.context import Context


@dataclass(slots=True)
class _Open:
    """An expectation that waits to be met."""

    inject: str
    expectation: Expectation
    deadline: int
    done: bool = False


@dataclass(slots=True)
class Msel:
    """Sends injects at a time, on a condition or by an effect, and watches expectations."""

    context: Context
    apply: Callable[[Iterable[Effect]], None]
    _injects: dict[str, Inject] = field(default_factory=dict)
    _sent: dict[str, int] = field(default_factory=dict)
    _open: list[_Open] = field(default_factory=list)
    _armed: list[Inject] = field(default_factory=list)

    def __post_init__(self) -> None:
        # An effect may send one before anything has begun.
        self._injects = {each.id: each for each in self.context.scenario.injects}

    def begin(self) -> None:
        """Schedule everything that has a time, and arm what has a condition."""
        for inject in self.context.scenario.injects:
            if inject.at is not None:
                self.context.agenda.at(inject.at, partial(self._when_due, inject))
            elif inject.when is not None:
                self._armed.append(inject)

    def _when_due(self, inject: Inject) -> None:
        if self.context.holds(inject.when):
            self.send(inject.id)

    def check(self) -> None:
        """Send what waits for a condition that now holds."""
        for inject in [each for each in self._armed if self.context.holds(each.when)]:
            self._armed.remove(inject)
            self.send(inject.id)

    def send(self, inject_id: str) -> None:
        """Put an inject into play."""
        inject = self._injects[inject_id]
        context = self.context
        self._sent[inject_id] = context.now
        context.emit(
            "message",
            channel=inject.channel,
            sender=inject.sender,
            to=inject.to,
            title=context.worded(inject.title),
            text=context.worded(inject.text),
            asks_by=None if inject.asks_by is None else context.now + inject.asks_by,
            source=f"message:{inject.id}",
            inject=inject.id,
            command=None,
        )
        self.apply(inject.effects)
        if inject.expectation is not None:
            self._expect(inject, inject.expectation)
        if inject.repeat is not None:
            context.agenda.at(context.now + inject.repeat, lambda: self._again(inject))

    def _again(self, inject: Inject) -> None:
        waiting = any(each.inject == inject.id and not each.done for each in self._open)
        if self.context.holds(inject.when) and (inject.expectation is None or waiting):
            self.send(inject.id)

    def _expect(self, inject: Inject, expectation: Expectation) -> None:
        if any(each.inject == inject.id for each in self._open):
            return
        waiting = _Open(inject.id, expectation, self.context.now + expectation.within)
        self._open.append(waiting)
        self.context.emit("expectation", inject=inject.id, state="open", command=None)
        self.context.agenda.at(waiting.deadline, lambda: self._expire(waiting))

    def _expire(self, waiting: _Open) -> None:
        if waiting.done:
            return
        waiting.done = True
        self.context.emit("expectation", inject=waiting.inject, state="missed", command=None)
        self.apply(waiting.expectation.contingency)

    def watch(self, command: Command, subject: str) -> None:
        """See whether a command meets an expectation. *subject* is what it is about, by the document's id."""
        for waiting in self._open:
            if not waiting.done and any(matches(matcher, command, subject) for matcher in waiting.expectation.acts):
                waiting.done = True
                self.context.emit("expectation", inject=waiting.inject, state="met", command=command.id)
                self.apply(waiting.expectation.met)


def matches(matcher: Matcher, command: Command, subject: str) -> bool:
    """Whether a command is one of the acts that a matcher means."""
    verb, target = command.verb, subject or command.target
    if verb == "act":
        verb, _, target = command.target.partition(":")
    if verb not in matcher.verb and command.verb not in matcher.verb:
        return False
    if matcher.target and not any(fnmatchcase(target, pattern) for pattern in matcher.target):
        return False
    for name, pattern in matcher.args.items():
        if not fnmatchcase(str(command.args.get(name, "")), pattern):
            return False
    return not matcher.words or names(str(command.args.get("text", "")), matcher.words)
