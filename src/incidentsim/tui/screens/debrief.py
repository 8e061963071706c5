"""The debrief: steps as tabs, from learning more to the postmortem. A client of seat, case and session."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from incidentsim.exercise.reconstruction import RECONSTRUCT
from incidentsim.text.problem import Problem
from incidentsim.tui.flows import causes, looking
from incidentsim.tui.keys import debrief
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.screens.base import SeatPage
from incidentsim.tui.session import Session
from incidentsim.tui.steps.actions import ActionsStep
from incidentsim.tui.steps.base import Step
from incidentsim.tui.steps.briefing import BriefingStep
from incidentsim.tui.steps.fishbone import FishboneStep
from incidentsim.tui.steps.learning import LearningStep
from incidentsim.tui.steps.postmortem import PostmortemStep
from incidentsim.tui.steps.timeline import TimelineStep
from incidentsim.tui.steps.whys import WhysStep
from incidentsim.tui.widgets.key_line import KeyLine
from incidentsim.tui.widgets.tab_strip import TabStrip
from incidentsim.tui.widgets.top_line import TopLine

STEPS: dict[str, type[Step]] = dict(
    zip(
        debrief.STEPS,
        (LearningStep, TimelineStep, WhysStep, FishboneStep, ActionsStep, PostmortemStep, BriefingStep),
        strict=True,
    )
)


class DebriefScreen(SeatPage):
    """Each number opens a step; S and P go on. Raises `Problem` where the case cannot be used."""

    HELP_ID = "debrief"
    CSS_PATH = "debrief.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(debrief.COMMANDS)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.case = session.case
        self.current = 0

    def compose(self) -> ComposeResult:
        yield TopLine(str(self.brief["number"]), str(self.brief["title"]))
        yield TabStrip()
        for number, step in enumerate(STEPS.values()):
            yield step(id=f"step-{number}")
        yield KeyLine()

    def on_mount(self) -> None:
        self.action_step(0)
        status = self.seat.status()
        called = "reconstruction" if status["mode"] == RECONSTRUCT else "debrief"
        over = "it ended" if status["mode"] == RECONSTRUCT else "play ended"
        ended = f"{over} {self.clock.utc(int(status['t']))}"
        self.query_one(TopLine).state([(ended, ""), (called, "bold"), (str(status["severity"] or "SEV –"), "")])

    def action_step(self, number: int) -> None:
        self.current = number
        self._take_up()
        for place in range(len(STEPS)):
            self.query_one(f"#step-{place}").display = place == number
        self.query_one(TabStrip).show(list(STEPS), number)
        step = self.query_one(f"#step-{number}", Step)
        self.call_after_refresh(step.enter)

    def _take_up(self) -> None:
        try:
            if self.case.refresh():
                self.say("The case was changed in its file; what stands there now is shown.")
        except Problem as problem:
            self.say(str(problem), warn=True)

    @on(TabStrip.Chosen)
    def _tab_chosen(self, event: TabStrip.Chosen) -> None:
        self.action_step(event.index)

    def action_turn(self, steps: int) -> None:
        self.action_step((self.current + steps) % len(STEPS))

    def action_evidence(self) -> None:
        self.start(looking.evidence(self))

    def action_causes(self) -> None:
        self.start(causes.show(self))

    def start(self, flow: Coroutine[Any, Any, None]) -> None:
        """Run a flow of questions."""
        self.run_worker(flow, group="flow", exclusive=True)
