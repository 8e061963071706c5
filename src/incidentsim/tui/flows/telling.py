"""Telling people: severity, updates, answers."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static, TextArea

from incidentsim.text.severity import criteria, every
from incidentsim.tui.dialogs.chooser import Chooser
from incidentsim.tui.dialogs.form import Answers, Field, Form
from incidentsim.tui.flows.filling import fill_in
from incidentsim.tui.house import AUDIENCES, HINTS, timers
from incidentsim.tui.keys import record as keys
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.screens.base import SeatPage
from incidentsim.tui.session import Data
from incidentsim.tui.wording import clean, column, plain, span

MUTED = "$foreground-muted"
TEMPLATE = "Impact: \nWhat we know: \nWhat we do: \nNext update: "


async def severity(page: SeatPage) -> None:
    """Declare the incident, or change its severity. The house matrix stands above the choice."""
    known = page.brief["severities"]
    levels = tuple((level, level) for level in known)
    now = page.seat.status()["severity"]
    fields = [
        Field("severity", "Severity", kind="choice", choices=levels, value=now or (levels[-1][0] if levels else "")),
        Field("text", "Why this severity"),
    ]
    title = "Change the severity" if now else "Declare an incident"
    form = SeverityForm(title, fields, known)
    if await fill_in(page, form, lambda given: page.do("declare", given["severity"], text=given["text"])):
        page.say(f"{'Severity is now' if now else 'Declared:'} {page.seat.status()['severity']}")


def matrix(severities: list[str], chosen: str) -> Content:
    """A line for each severity, and all criteria of the chosen one. It is the house's, the same for every incident."""
    found = criteria(severities)
    lines = []
    for name, item in found.items():
        here = name == chosen
        head = Content.styled(f"{'▸' if here else ' '} {column(name, 6)}", "bold $text-accent" if here else "bold")
        each = Content.styled(f"  update {every(item.update_every)}", MUTED)
        lines.append(Content.assemble(head, column(item.users, 41), each))
    if chosen in found:
        item = found[chosen]
        lines.append(Content.assemble(Content.styled("\n  money, data  ", MUTED), item.harm))
        lines.append(Content.assemble(Content.styled("  time         ", MUTED), item.lasts))
        lines.append(Content.assemble(Content.styled("  who is told  ", MUTED), item.told))
    return Content("\n").join(lines)


class SeverityForm(Form):
    """The form of a severity, with the house's matrix; the criteria follow the choice."""

    def __init__(self, title: str, fields: list[Field], severities: list[str]) -> None:
        self._severities = severities
        super().__init__(title, fields, matrix(severities, fields[0].value), submit="Declare")

    @on(Chooser.Changed)
    def _choice_changed(self) -> None:
        for intro in self.query(".form-intro").results(Static):
            intro.update(matrix(self._severities, self.answers()["severity"]))


class UpdateForm(Form):
    """The form of an update: what the audience needs to hear follows the choice of audience."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(keys.UPDATE)

    def __init__(self, page: SeatPage, fields: list[Field]) -> None:
        self._page = page
        super().__init__("Status update", fields, self._hint(fields[0].value), submit="Send", check=_minutes)
        self.keys = "tab next · ←→ audience · ctrl+t template · ctrl+s send · esc back"

    def _hint(self, audience: str) -> Content:
        page = self._page
        record, now = page.seat.incident_record(), int(page.seat.status()["t"])
        hint = HINTS.get(audience, "Impact, what is known, what is being done, when the next update comes.")
        timer = next((each for each in timers(record) if each.audience == audience), None)
        told = "They were not told anything yet."
        if timer is not None:
            told = f"Last told at {page.clock.utc(timer.told)}; next update: {timer.words(now, page.clock)}."
        late = timer is not None and timer.late(now)
        return Content.assemble(
            Content.styled(f"{hint}\n", MUTED), Content.styled(told, "$text-warning" if late else MUTED)
        )

    @on(Chooser.Changed)
    def _audience_changed(self) -> None:
        for intro in self.query(".form-intro").results(Static):
            intro.update(self._hint(self.answers()["audience"]))

    def action_template(self) -> None:
        area = self.query_one("#field-text", TextArea)
        if not area.text.strip():
            area.text = TEMPLATE
        area.focus()
        area.move_cursor((0, len(TEMPLATE.splitlines()[0])))


async def announce(page: SeatPage, audience: str = "") -> None:
    """Send a status update; the one that is due first is chosen, unless *audience* says which."""
    record = page.seat.incident_record()
    audiences = tuple((each, AUDIENCES.get(each, each)) for each in page.brief["audiences"])
    now = int(page.seat.status()["t"])
    late = next((timer.audience for timer in timers(record) if timer.late(now)), "")
    found = criteria(page.brief["severities"]).get(record["severity"])
    fields = [
        Field("audience", "To", kind="choice", choices=audiences,
              value=audience or late or (audiences[0][0] if audiences else "")),
        Field("text", "What is known, what is being done", kind="area", required=True),
        Field("impact", "Impact: who is affected, and how"),
        Field("next_update", "Next update in minutes", value=str(found.update_every if found else 30)),
    ]  # fmt: skip

    def give(given: Answers) -> Data:
        minutes = int(given["next_update"]) if given["next_update"] else None
        return page.do("announce", given["audience"], text=given["text"], impact=given["impact"], next_update=minutes)

    if await fill_in(page, UpdateForm(page, fields), give):
        page.say("Sent.")


def _minutes(given: Answers) -> str:
    text = given["next_update"]
    whole = text.isascii() and text.isdecimal() and 0 < int(text) <= 1440 if text and len(text) < 5 else not text
    return "" if whole else "Write the next update as whole minutes, up to 1440, or leave it empty."


async def answer(page: SeatPage, item: Data) -> None:
    """Answer a message."""
    fields = [Field("text", "Your answer", kind="area", required=True)]
    intro = plain(item.get("text", ""))
    if item["asks_by"] is not None:
        left = item["asks_by"] - page.seat.status()["t"]
        due = "past due" if left <= 0 else f"{span(left)} left"
        intro = Content.assemble(
            intro, Content.styled(f"\nanswer wanted by {page.clock.utc(item['asks_by'])}, {due}", "$text-warning")
        )
    form = Form(f"Answer {clean(item['sender'])}", fields, intro, submit="Send")
    if await fill_in(page, form, lambda given: page.do("answer", item["id"], text=given["text"])):
        page.say("Answered.")
