"""What all screens share: the top line, the keys, and how dialogs are asked."""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar

from textual.screen import Screen

from incidentsim.text.problem import Problem
from incidentsim.tui.dialogs.base import Dialog
from incidentsim.tui.drafts import Drafts
from incidentsim.tui.session import Data, Session
from incidentsim.tui.wording import Clock, clean

Result = TypeVar("Result")


class Page(Screen[None]):
    """A screen with a place in the help."""

    HELP_ID: ClassVar[str] = ""
    COMMANDS = set()
    drafts: Drafts | None = None
    """Where what is typed into dialogs is kept while they are open."""

    async def ask(self, dialog: Dialog[Result]) -> Result | None:
        """Show *dialog* and give its answer; call it from a worker."""
        self.app.clear_notifications()
        dialog.drafts = self.drafts
        return await self.app.push_screen_wait(dialog)

    def say(self, text: str, warn: bool = False) -> None:
        """A short notice at the corner, never read as markup."""
        self.app.notify(clean(text), severity="warning" if warn else "information", timeout=3, markup=False)


class SeatPage(Page):
    """A screen that is a client of a seat."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.seat = session.seat
        self.drafts = session.drafts
        self.brief: Data = session.seat.briefing()
        self.clock = Clock(str(self.brief["start"]))

    def do(self, verb: str, target: str = "", **args: Any) -> Data:
        """Give a command; a refusal is shown in its words. What is on screen follows at once."""
        try:
            answer = self.seat.do(verb, target, **args)
        except Problem as problem:
            answer = {"status": "refused", "text": str(problem)}
        if answer["status"] != "ok":
            self.say(str(answer["text"]), warn=True)
        self.follow()
        return answer

    def follow(self) -> None:
        """Bring what is shown up to date."""

    def name_of(self, kind: str, id: str) -> str:  # noqa: A002
        """The title of a service, persona, topic or verb of the briefing, or its id."""
        for item in self.brief.get(kind, []):
            if item["id"] == id:
                return str(item["title"])
        return id
