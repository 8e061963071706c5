"""The timeline review: what happened when, as far as it was seen, and what was done."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList

from incidentsim.tui.dialogs.reading import Reading
from incidentsim.tui.steps.base import Step
from incidentsim.tui.widgets.list_pane import ListPane, Row
from incidentsim.tui.wording import clean, column, plain

MUTED = "$foreground-muted"
DAY = 86_400_000
ENDS = 33
"""Cells for the other columns: time, kind and evidence."""


class TimelineStep(Step):
    """One row an entry; milestones are bold and named."""

    def compose(self) -> ComposeResult:
        yield ListPane("Timeline (UTC)", "Nothing was seen or done.", id="timeline")

    def load(self) -> None:
        clock = self.desk.clock
        rows: list[Row] = []
        room = max(30, self.query_one(ListPane).scrollable_content_region.width - 2)
        for number, item in enumerate(self.desk.session.timeline()):
            milestone = clean(item.get("milestone") or "").upper()
            when = f"-{-item['t'] // DAY}d" if item["t"] < -DAY else clock.short(item["t"])
            cites = clean(" ".join((item.get("evidence") or [])[:2]))
            text = f"{milestone}  {item['text']}" if milestone else str(item["text"])
            rows.append(
                (
                    f"entry:{number}",
                    Content.assemble(
                        Content.styled(f"{when:<6}", "" if milestone else MUTED),
                        Content.styled(f"{clean(item.get('kind', '')):<10.10} ", MUTED),
                        Content.styled(column(text, room - ENDS), "bold" if milestone else ""),
                        Content.styled(f"  {cites}", MUTED),
                    ),
                )
            )
        self.query_one(ListPane).show(rows)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        number = int((event.option_id or "entry:0").partition(":")[2])
        item = self.desk.session.timeline()[number]
        self.flow(self._read(f"{self.desk.clock.utc(item['t'])} · {item.get('kind', '')}", str(item["text"])))

    async def _read(self, title: str, text: str) -> None:
        await self.desk.ask(Reading(clean(title), plain(text)))
