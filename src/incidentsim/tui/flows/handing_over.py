"""The handover note: drafted from the record, written by a person."""

from __future__ import annotations

from textual.widgets import TextArea

from incidentsim.tui.dialogs.form import Field, Form
from incidentsim.tui.flows.filling import fill_in
from incidentsim.tui.handover_note import draft
from incidentsim.tui.screens.base import SeatPage
from incidentsim.tui.wording import plain


class NoteForm(Form):
    """A form with one long text: as high as the screen allows."""

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(TextArea).styles.height = max(8, self.app.size.height - 16)


async def handover(page: SeatPage) -> None:
    """Write a handover note; it begins with what the record says now."""
    intro = plain(
        "Drafted from the record. Say what the next person needs; change whatever you like.", "$foreground-muted"
    )
    field = Field("text", "Handover note", kind="area", value=draft(page.seat, page.brief, page.clock), required=True)
    form = NoteForm("Handover note", [field], intro, submit="Keep")
    if await fill_in(page, form, lambda given: page.do("handover", text=given["text"])):
        page.say("The handover note is in the record.")
