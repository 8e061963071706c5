"""One piece of work: it waits for responders, keeps them busy for a time, and comes to an end or is called off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from incidentsim.simulation.event import Phase

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from incidentsim.simulation.agenda import Hands
    from incidentsim.simulation.context import Context


class Work:
    """Work of a command, from queued to done or withdrawn. *takes* in ms.

    With *talk* (ms) the responders are free again after so long, and the rest of the time is somebody else's: what
    was asked cannot be taken back then.
    """

    def __init__(
        self, context: Context, crew: Hands, command: int, title: str, takes: int, hands: int,
        finish: Callable[[], None], talk: int | None = None,
    ) -> None:  # fmt: skip
        self._context = context
        self._crew = crew
        self._command = command
        self.title = title
        self._takes = takes
        self._hands = hands
        self._finish = finish
        self._talk = talk
        self._turn: Any = None
        self._withdrawn = False
        self.began = False
        self.over = False
        self._tell("queued", Phase.COMMAND)

    @property
    def asked(self) -> bool:
        """It is a question, and somebody has it already."""
        return self.began and self._talk is not None

    def run(self) -> Generator[Any, Any, None]:
        """The process."""
        if self._hands:
            self._turn = self._crew.get(self._hands)
            yield self._turn
        if self._withdrawn:  # its turn had come in the moment in which it was called off
            self._free()
            return
        self.began = True
        self._tell("started")
        busy = self._takes if self._talk is None else self._talk
        yield self._context.agenda.sleep(busy)
        if self._withdrawn:
            return
        if self._hands:
            yield self._crew.put(self._hands)
        if self._talk is not None:
            yield self._context.agenda.sleep(self._takes - busy)
        self.over = True
        self._finish()
        self._tell("done")

    def withdraw(self) -> None:
        """Call it off: what waits does not begin; what runs stops, frees its responders and comes to nothing."""
        self._withdrawn = self.over = True
        if self.began:
            self._free()
        elif self._turn is not None and not self._turn.triggered:
            self._crew.forget(self._turn)
        self._tell("withdrawn", Phase.COMMAND)

    def _free(self) -> None:
        if self._hands:
            self._crew.put(self._hands)

    def _tell(self, state: str, phase: Phase = Phase.CAUSAL) -> None:
        self._context.emit("action", phase, command=self._command, title=self.title, state=state,
                           takes=self._takes, hands=self._hands)  # fmt: skip
