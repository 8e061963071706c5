"""The application: which screen follows which, help, leaving, stopping for a real incident."""

from __future__ import annotations

import asyncio
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import App
from textual.binding import BindingType
from textual.screen import Screen

from incidentsim.text.problem import Problem
from incidentsim.tui import settings as settings_file
from incidentsim.tui.dialogs.base import Dialog
from incidentsim.tui.dialogs.confirm import Confirm
from incidentsim.tui.keys import everywhere
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.palette import KnownCommands
from incidentsim.tui.screens.library import LibraryScreen
from incidentsim.tui.screens.opening import OpeningScreen
from incidentsim.tui.session import Library, Review, Session
from incidentsim.tui.settings import Settings
from incidentsim.tui.theme import THEMES

if TYPE_CHECKING:
    from collections.abc import Callable

LEAVE = "Leave"


class IncidentApp(App[int]):
    """Library, briefing, war room, debrief, scorecard, packet.

    With a *scenario* it begins at that scenario's briefing, with a *session* where that was left, with a *review* at
    the last moment of play.
    """

    TITLE = "incidentsim"
    CSS_PATH = "styles/app.tcss"
    COMMANDS: ClassVar = {KnownCommands}
    BINDINGS: ClassVar[list[BindingType]] = bindings(everywhere.COMMANDS)

    def __init__(
        self,
        library: Library,
        scenario: str | None = None,
        out: Path | None = None,
        session: Session | None = None,
        settings: Settings | None = None,
        review: Review | None = None,
    ) -> None:
        super().__init__()
        self.settings = settings if settings is not None else Settings(tour="never")
        self.library = library
        self.scenario = scenario
        self.out = out
        self.session = session
        self.past = review
        """What is looked back at from the start on, with no exercise under way."""
        self.problem: Problem | None = None
        """Why the scenario that was asked for could not be read."""

    def on_mount(self) -> None:
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = self.settings.theme
        self.set_keymap(dict(self.settings.keys))
        self.push_screen(LibraryScreen(self.library))
        if self.session is not None:
            self._play(self.session)
        elif self.past is not None:
            self._look_back(self.past)
        elif self.scenario is not None:
            self.push_screen(OpeningScreen(self.scenario))
            self.call_after_refresh(self._read_soon, self.scenario)

    def _read_soon(self, scenario: str) -> None:
        self.run_worker(self._read_first(scenario))

    async def _read_first(self, scenario: str) -> None:
        """Read the scenario that was asked for; where it cannot be read there is nothing to play."""
        try:
            brief = await asyncio.to_thread(self.library.briefing, scenario)
        except Problem as error:
            self.problem = error
            self.exit(2, return_code=2)
            return
        from incidentsim.tui.screens.briefing import BriefingScreen

        self.switch_screen(BriefingScreen(brief))

    def brief(self, scenario: str) -> None:
        """Show a scenario's briefing."""
        from incidentsim.tui.screens.briefing import BriefingScreen

        try:
            brief = self.library.briefing(scenario)
        except Problem as error:
            self.complain(str(error))
            return
        self.push_screen(BriefingScreen(brief))

    def start(self, scenario: str, format_id: str, mode: str) -> None:
        """Start an exercise, and go to the war room."""
        try:
            session = self.library.start(scenario, format_id, mode, waiting=self._tour_due())
        except (Problem, OSError) as error:
            self.complain(str(error))
            return
        self._play(session)

    def resume(self, path: Path) -> None:
        """Take up an exercise again, where it was left."""
        try:
            session = self.library.resume(path)
        except (Problem, OSError) as error:
            self.complain(str(error))
            return
        self._play(session)

    def go_over(self, session: Session) -> None:
        """Let go of the present exercise, where there is one, and play another."""
        if self.session is not None:
            self.session.close()
        self._play(session)

    def _look_back(self, review: Review) -> None:
        from incidentsim.tui.screens.review import ReviewScreen

        self.push_screen(ReviewScreen(review))

    def _play(self, session: Session) -> None:
        from incidentsim.tui.screens.war_room import WarRoom

        self.session = session
        if session.seat.status()["state"] == "ended":
            self.debrief()
        else:
            self._show(WarRoom(session))

    def debrief(self) -> None:
        """Play is over: go on to the debrief."""
        from incidentsim.tui.screens.debrief import DebriefScreen

        if self.session is None or isinstance(self.screen, DebriefScreen):
            return
        try:
            screen = DebriefScreen(self.session)
        except Problem as error:
            self.complain(str(error))
            self.action_home()
            return
        self._show(screen)

    def scorecard(self) -> None:
        """From the debrief to the scorecard."""
        from incidentsim.tui.screens.scorecard import ScorecardScreen

        self._once_graded("Scorecard", lambda session: self.push_screen(ScorecardScreen(session)))

    def packet(self) -> None:
        """Write the packet, and show where it is. The scorecard is in it."""
        from incidentsim.tui.screens.packet import PacketScreen

        self._once_graded("Packet", lambda session: self.push_screen(PacketScreen(session, self.out)))

    def _once_graded(self, title: str, then: Callable[[Session], object]) -> None:
        """Go on at once where the scorecard was seen before; otherwise ask, and close the first attempt."""
        from incidentsim.assessment.attempts import NOTICE

        session = self.session
        if session is None:
            return
        if session.graded():
            then(session)
            return

        def answered(yes: bool | None) -> None:
            if yes:
                session.close_attempt()
                then(session)

        self.push_screen(Confirm(title, f"{NOTICE} Go on?", "show it"), answered)

    def _show(self, screen: Screen[None]) -> None:
        """Put *screen* on the library, in place of whatever else is there."""
        while len(self.screen_stack) > 2:
            self.pop_screen()
        self.push_screen(screen)

    def complain(self, text: str) -> None:
        """Say what went wrong, as text."""
        self.notify(text, severity="error", timeout=12, markup=False)

    def action_return(self) -> None:
        """Back to the screen before."""
        if len(self.screen_stack) > 2:
            self.pop_screen()

    def action_home(self) -> None:
        """Back to the library; the exercise is done."""
        if self.session is not None:
            self.session.close()
        self.session = None
        while len(self.screen_stack) > 2:
            self.pop_screen()

    def action_scorecard(self) -> None:
        self.scorecard()

    def action_review(self) -> None:
        """The room as it was at any moment of this exercise."""
        if self.session is None:
            return
        try:
            past = self.session.review()
        except Problem as error:
            self.complain(str(error))
            return
        self._look_back(past)

    def action_packet(self) -> None:
        self.packet()

    def action_leave_now(self) -> None:
        self._close("")

    def _tour_due(self) -> bool:
        return self.settings.tour == "offer" and not settings_file.tour_seen()

    async def tour(self, room: Screen[None]) -> bool:
        """Show the tour over *room* where it is due; says whether it was shown."""
        from incidentsim.tui.screens.tour import TourScreen

        if not self._tour_due():
            return False
        await self.push_screen_wait(TourScreen(room))
        settings_file.note_tour()
        return True

    def set(self, name: str, value: str | bool | int) -> None:
        """Change a setting now, and keep it. Raises `Problem` where it cannot be kept; it holds for this run then."""
        self.settings = settings_file.changed(self.settings, name, value)
        self.theme = self.settings.theme
        settings_file.save(name, value)

    def set_keys(self, keys: dict[str, str]) -> None:
        """Change the keys now, and keep them. Raises `Problem` where they cannot be kept."""
        self.settings = replace(self.settings, keys=keys)
        self.set_keymap(keys)
        settings_file.save_keys(keys)

    def action_settings(self) -> None:
        """The settings."""
        from incidentsim.tui.screens.settings import SettingsScreen

        if not isinstance(self.screen, SettingsScreen):
            self.push_screen(SettingsScreen())

    def action_jump(self) -> None:
        """A letter on every place; the one that is pressed gets the focus."""
        from incidentsim.tui.screens.jump import JumpScreen

        below = self.screen
        if not isinstance(below, JumpScreen):
            self.push_screen(JumpScreen(below), lambda widget: below.set_focus(widget) if widget else None)

    def action_help(self) -> None:
        """Help for the place in focus."""
        from incidentsim.tui.screens.help import HelpScreen

        if isinstance(self.screen, HelpScreen):
            self.screen.dismiss(None)
        else:
            self.push_screen(HelpScreen(self.screen))

    def action_leave(self) -> None:
        """Ask, keep everything, leave. A second time leaves at once."""
        if self.session is None or getattr(self.screen, "heading", "") == LEAVE:
            self._close("")
            return
        question = "Leave? Everything is kept, and the library offers to go on from here."
        self.push_screen(Confirm(LEAVE, question, "leave"), lambda yes: self._close("") if yes else None)

    def action_real_incident(self) -> None:
        """Stop at once, with everything kept."""
        if self.session is not None and self.session.seat.status()["state"] == "running":
            self.session.seat.do("pause", reason="real incident")
        self._close("Stopped for a real incident. Good luck; the exercise can wait.")

    def _close(self, text: str) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, Dialog):
                screen.keep_draft()
        lines = [text] if text else []
        if self.session is not None:
            lines.append(self.session.where())
        self.exit(0, message=Text("\n".join(lines)) if lines else None)


def run(
    scenario: str | None = None,
    out: Path | None = None,
    seed: int = 1,
    journal: Path | None = None,
    variant: str | None = None,
    review: Path | None = None,
) -> int:
    """Play in the terminal; gives the exit status.

    *scenario* is an id or a path: play begins at its briefing. *out* is where the packet goes. *journal* is that of an
    exercise to go on with, *review* that of one to look back at; *variant* is one of the scenario's, or ``any``.
    Raises `Problem` for a scenario or a journal that cannot be read, and where there is no terminal.
    """
    from incidentsim.tui.keys.catalogue import commands
    from incidentsim.tui.local import LocalLibrary

    chosen = settings_file.load()
    if chosen.keys:
        chosen = settings_file.load(known=commands())
    library = LocalLibrary(seed, variant)
    if scenario is not None:
        library.find(scenario)
    past = library.review(review) if review is not None else None
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Problem(
            "the screens need a terminal", mend="Run it in one, or add --plain, which reads and writes lines."
        )
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        # Screens without a terminal are of use to nobody; what was given is in the journal by then.
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
    session = library.resume(journal) if journal is not None else None
    app = IncidentApp(library, scenario, out, session, chosen, past)
    try:
        status = app.run(mouse=chosen.mouse)
    finally:
        if app.session is not None:
            app.session.close()
    if app.problem is not None:
        raise app.problem
    return status or 0
