"""The timeline review: what was seen and done, told by people. What was recorded stays, and stays in its order."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList

from incidentsim.tui.dialogs.confirm import Confirm
from incidentsim.tui.dialogs.form import Field, Form
from incidentsim.tui.dialogs.picker import Choice, Picker
from incidentsim.tui.dialogs.reading import Reading
from incidentsim.tui.flows import writing
from incidentsim.tui.keys import debrief
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.session import Data
from incidentsim.tui.steps.base import Step
from incidentsim.tui.widgets.list_pane import ListPane, Row
from incidentsim.tui.wording import clean, column, plain

MUTED = "$foreground-muted"
DAY = 86_400_000
ENDS = 39
"""Cells for the other columns: sign, time, kind and evidence."""
NONE = "none"


class TimelineStep(Step):
    """One row an entry; milestones of the record are bold and in capitals, those that people marked begin with ◆."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(debrief.TIMELINE)

    _entries: tuple[Data, ...] = ()

    def compose(self) -> ComposeResult:
        empty = "Nothing yet. What you open stands here at its own moment; a adds a row of your own."
        yield ListPane("Timeline (UTC) · enter reads", empty, id="timeline")

    def load(self) -> None:
        self._entries = tuple(self.desk.session.timeline())
        rows: list[Row] = []
        for item in self._entries:
            if item["phase"]:
                rows.append(("", Content.styled(f"── {clean(item['phase'])} ──", "bold $text-accent")))
            rows.append((item["key"], self._row(item)))
        self.query_one(ListPane).show(rows)

    def _row(self, item: Data) -> Content:
        room = max(30, self.query_one(ListPane).scrollable_content_region.width - 2) - ENDS
        milestone = clean(item["milestone"]).upper()
        when = self._when(int(item["t"]))
        cites = clean(" ".join((item.get("evidence") or [])[:2]))
        marked = f"◆ {item['marked']}  " if item["marked"] else ""
        text = f"{milestone}  {item['text']}" if milestone else str(item["text"])
        joined = f"+{len(item['parts'])} " if item["parts"] else ""
        lines = [
            Content.assemble(
                Content.styled("* " if item["pinned"] else "  ", "bold $text-warning"),
                Content.styled(f"{when:<6}", "" if milestone else MUTED),
                Content.styled(f"{clean(item['kind']):<10.10} ", MUTED),
                Content.styled(column(f"{marked}{text}", room), "bold" if milestone or marked else ""),
                Content.styled(f"  {joined}{cites}", MUTED),
            )
        ]
        if item["wording"]:
            lines.append(Content.styled(f"{'':19}“{column(clean(item['wording']), room - 2).rstrip()}”", "italic"))
        return Content("\n").join(lines)

    def _when(self, t: int) -> str:
        """The time of day, or how many days before the first day."""
        start = self.desk.clock.start
        days = ((start.hour * 60 + start.minute) * 60_000 + t) // DAY
        return self.desk.clock.short(t) if days >= 0 else f"{days}d"

    def _item(self) -> Data | None:
        chosen = self.query_one(ListPane).chosen
        return next((item for item in self._entries if item["key"] == chosen), None)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if (item := self._item()) is not None:
            self.flow(self._read(item))

    async def _read(self, item: Data) -> None:
        clock = self.desk.clock
        parts = [str(item["text"])]
        parts += [f"{clock.short(each['t'])} {each['kind']}: {each['text']}" for each in item["parts"]]
        if item["wording"]:
            parts.append(f"“{item['wording']}”")
        await self.desk.ask(Reading(clean(f"{clock.utc(item['t'])} · {item['kind']}"), plain("\n\n".join(parts))))

    def action_pin(self) -> None:
        if (item := self._item()) is not None:
            self._put(item, pinned=not item["pinned"])

    def action_word(self) -> None:
        if (item := self._item()) is not None:
            self.flow(self._ask_words(item))

    async def _ask_words(self, item: Data) -> None:
        fields = [Field("wording", "Words beside it; empty takes them away", "area", value=item["wording"])]
        answers = await self.desk.ask(
            Form("Words beside the row", fields, plain(str(item["text"]), MUTED), submit="Keep")
        )
        if answers is not None:
            self._put(item, wording=answers["wording"])

    def action_join(self) -> None:
        """Tell the row with the one above; one that has others with it gives them back."""
        item = self._item()
        if item is None:
            return
        if item["parts"]:
            for each in item["parts"]:
                self._put(each, into="")
            return
        place = self._entries.index(item)
        if place:
            above = self._entries[place - 1]
            self._put(item, into=above["key"])
            self.query_one(ListPane).choose(above["key"])

    def action_mark(self) -> None:
        if (item := self._item()) is not None:
            self.flow(self._ask_mark(item))

    async def _ask_mark(self, item: Data) -> None:
        marks = [
            Choice(NONE, "no milestone"),
            *(Choice(name, f"{name}: {about}") for name, about in self.desk.session.case.vocabulary()["marks"]),
        ]
        chosen = await self.desk.ask(Picker("The moment at which", marks))
        if chosen is None:
            return
        mark = "" if chosen == NONE else chosen
        for other in self._entries:
            # A milestone is one moment.
            if mark and other["marked"] == mark and other["key"] != item["key"]:
                self._put(other, milestone="")
        self._put(item, milestone=mark)

    def action_add(self) -> None:
        """A row of one's own, at the time of the row in focus until another is given."""
        item = self._item()
        blank = {"id": "", "t": item["t"] if item else 0, "text": "", "cites": item["evidence"] if item else []}
        self.flow(writing.entry(self.desk, blank, self._written))

    def action_change(self) -> None:
        known = self._own()
        if known is not None:
            self.flow(writing.entry(self.desk, known, self._written))

    def action_drop(self) -> None:
        if self._own() is not None:
            self.flow(self._ask_drop())

    def _own(self) -> Data | None:
        """The row of one's own in focus; where it is none, that is said."""
        item = self._item()
        known = self.desk.session.case.entry(item["entry"]) if item is not None and item["entry"] else None
        if known is None:
            self.desk.say("What was recorded stays; w writes words beside it, a adds a row of your own.")
        return known

    async def _ask_drop(self) -> None:
        known = self._own()
        if known is None:
            return
        if await self.desk.ask(Confirm("Delete", "Delete this row of the timeline?", "delete")):
            writing.kept(self.desk, lambda: self.desk.session.case.drop_entry(known["id"]))
            self.changed()

    def _written(self, entry: str) -> None:
        self.changed()
        self.query_one(ListPane).choose(f"entry:{entry}")

    def action_phase(self) -> None:
        if (item := self._item()) is not None:
            self.flow(self._ask_phase(item))

    async def _ask_phase(self, item: Data) -> None:
        fields = [Field("phase", "The phase that begins here; empty takes it away", value=item["phase"])]
        intro = plain("Such as: nobody knows · looking · the loss is stopped · bringing it back", MUTED)
        answers = await self.desk.ask(Form("Phase", fields, intro, submit="Keep"))
        if answers is not None:
            self._put(item, phase=answers["phase"])

    def _put(self, item: Data, **parts: str | bool) -> None:
        if writing.kept(self.desk, lambda: self.desk.session.case.put_row(item["key"], **parts)):
            self.changed()
