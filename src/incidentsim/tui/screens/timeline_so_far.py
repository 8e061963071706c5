"""The timeline as it grows: what was seen and done so far, by kind, searchable; enter opens what an entry refers to."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList

from incidentsim.tui.dialogs.form import Answers, Field, Form
from incidentsim.tui.dialogs.reading import Reading
from incidentsim.tui.flows import looking
from incidentsim.tui.flows.entry import open_entry
from incidentsim.tui.flows.filling import fill_in
from incidentsim.tui.keys import record as keys
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.screens.list_page import MUTED, ListPage
from incidentsim.tui.session import Data, Session
from incidentsim.tui.wording import clean, column, elapsed, plain

GROUPS: dict[str, tuple[str, ...]] = {
    "all": (),
    "arrived": ("page", "call", "chat", "mail", "status", "alert", "shift"),
    "found": ("open", "pin", "keep", "query", "search", "result", "reply", "ask"),
    "done": ("act", "withdraw", "step", "task", "assign", "pause", "resume", "end"),
    "told": ("declare", "announce", "answer", "handover"),
    "thought": ("hypothesis", "decide", "predict", "note", "mark"),
}
"""The filters, and the kinds that each shows; “all” shows every kind."""
WORDS = {
    "announce": "update", "declare": "severity", "assign": "role", "decide": "decision", "mark": "marker",
    "open": "opened", "pin": "pinned", "keep": "plot", "act": "action", "withdraw": "action", "ask": "asked",
    "answer": "answered", "predict": "expected", "search": "counted", "query": "counted",
}  # fmt: skip
"""Kinds as people read them, where they differ."""


class TimelineScreen(ListPage):
    """Rows of time, kind and text, oldest first; it opens at the end."""

    HELP_ID = "timeline"
    BINDINGS: ClassVar[list[BindingType]] = bindings(keys.TIMELINE)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.kind = "all"
        self.text = ""
        self._rows: list[Data] = []

    def compose(self) -> ComposeResult:
        yield from self.frame("Timeline so far, times UTC")

    def on_mount(self) -> None:
        super().on_mount()
        self._to_the_end()

    def _to_the_end(self) -> None:
        if self._rows:
            self.entries.highlighted = self.entries.option_count - 1

    def load(self) -> None:
        """Show the entries that pass kind and text."""
        at_end = self.entries.highlighted is None or self.entries.highlighted == self.entries.option_count - 1
        self._rows = self.seat.timeline()
        wanted = GROUPS[self.kind]
        words = self.text.lower().split()
        rows = []
        for number, row in enumerate(self._rows):
            line = f"{row['kind']} {WORDS.get(row['kind'], '')} {row['text']}".lower()
            if (not wanted or row["kind"] in wanted) and all(word in line for word in words):
                rows.append((str(number), self._line(row)))
        self.entries.empty = "Nothing matches." if self._rows else "Nothing yet."
        self.entries.show(rows)
        if at_end:
            self._to_the_end()
        parts = [f"Timeline so far, times UTC · {len(rows)} of {len(self._rows)}", self.kind if wanted else ""]
        parts.append(f"“{clean(self.text)}”" if self.text else "")
        self.entries.border_title = Content(" · ".join(part for part in parts if part))
        self.entries.border_subtitle = Content.styled(" ".join(
            f"[{name}]" if name == self.kind else name for name in GROUPS), MUTED)  # fmt: skip

    def _line(self, row: Data) -> Content:
        told = row["kind"] in GROUPS["arrived"]
        kind = WORDS.get(row["kind"], row["kind"])
        return Content.assemble(
            f"{self.clock.utc(row['t'], seconds=True)} ",
            Content.styled(f"{elapsed(row['t'])} ", MUTED),
            Content.styled(f"{'◂' if told else '▸'} ", MUTED if told else "$text-accent"),
            Content.styled(f"{column(kind, 10)} ", MUTED),
            clean(row["text"]),
        )

    def action_kind(self, steps: int) -> None:
        names = list(GROUPS)
        self.kind = names[(names.index(self.kind) + steps) % len(names)]
        self.follow()

    def action_search(self) -> None:
        self.start(self._ask_text())

    async def _ask_text(self) -> None:
        answers = await self.ask(Form("Search the timeline", [Field("text", "Text", value=self.text)], submit="Search"))
        if answers is not None:
            self.text = answers["text"]
            self.follow()

    def action_note(self) -> None:
        self.start(self._write_note())

    async def _write_note(self) -> None:
        now = int(self.seat.status()["t"])
        shown = self.clock.short(now)
        fields = [
            Field("text", "Note", required=True),
            Field("at", "When (UTC)", value=shown),
        ]
        intro = plain("A note at an earlier moment is a marker on the plots too.", MUTED)

        def moment(given: Answers) -> int | None:
            return now if given["at"] in ("", shown) else self.clock.parse(given["at"])

        def check(given: Answers) -> str:
            at = moment(given)
            return "" if at is not None and at <= now else f"When: a time such as {shown}, and not after now."

        def give(given: Answers) -> Data:
            at = moment(given)
            if at is None or at >= now:
                return self.do("note", text=given["text"])
            return self.do("mark", at=at, text=given["text"])

        await fill_in(self, Form("Add to the timeline", fields, intro, submit="Add", check=check), give)

    @on(OptionList.OptionSelected)
    def _entry_chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id:
            self.start(self._open(self._rows[int(event.option_id)]))

    async def _open(self, row: Data) -> None:
        ref = str(row["ref"])
        if ref.startswith(("M-", "A-")):
            await looking.open_arrival(self, ref)
        elif ref.startswith("E-"):
            item = next((each for each in self.seat.evidence() if each["id"] == ref), None)
            if item is not None:
                title = f"{item['id']} · {item['kind']} · {self.clock.utc(item['t'])} · {item['title']}"
                if await self.ask(Reading(clean(title), plain(item["text"]), looking.PIN)) == "pin":
                    looking.pin(self, ref)
        elif ref.startswith(("H-", "D-", "TD-")):
            await open_entry(self, ref)
        else:
            head = f"{self.clock.utc(row['t'])} · {WORDS.get(row['kind'], row['kind'])}"
            await self.ask(Reading(clean(head), plain(row["text"])))
