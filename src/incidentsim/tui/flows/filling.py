"""A form that gives a command: it stays open, with all that was typed, until the command is taken."""

from __future__ import annotations

from collections.abc import Callable

from incidentsim.tui.dialogs.form import Answers, Form
from incidentsim.tui.screens.base import SeatPage
from incidentsim.tui.session import Data


async def fill_in(page: SeatPage, form: Form, give: Callable[[Answers], Data]) -> Data | None:
    """Show *form*; what it says goes to *give*, whose refusal is shown in the form. None where it was closed."""
    check, taken = form.check, {}

    def attempt(given: Answers) -> str:
        problem = check(given) if check else ""
        if problem:
            return problem
        done = give(given)
        if done["status"] != "ok":
            return str(done["text"])
        taken.update(done)
        return ""

    form.check = attempt
    await page.ask(form)
    return taken or None
