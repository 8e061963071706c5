"""The postmortem: statements by section at the left, the document as it stands at the right."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Markdown, OptionList

from incidentsim.text.problem import Problem
from incidentsim.tui.dialogs.confirm import Confirm
from incidentsim.tui.dialogs.reading import Reading
from incidentsim.tui.flows import writing
from incidentsim.tui.keys import debrief
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.session import Data
from incidentsim.tui.steps.base import Step
from incidentsim.tui.widgets.folding import LEAST_WIDTH
from incidentsim.tui.widgets.list_pane import ListPane, Row
from incidentsim.tui.wording import clean, plain

MUTED = "$foreground-muted"


class PostmortemStep(Step):
    """Numbers are filled from the record; here stand the words."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(debrief.POSTMORTEM)

    document: Data = {"markdown": "", "findings": [], "fields": []}
    """What was rendered last."""

    def compose(self) -> ComposeResult:
        with Horizontal(id="document"):
            yield ListPane("Sections · enter edits", id="sections")
            with VerticalScroll(id="preview", classes="reading-pane"):
                yield Markdown("", id="preview-text", open_links=False)

    def on_mount(self) -> None:
        self.query_one("#preview").border_title = Content("Preview · as it would be written now")

    def on_resize(self) -> None:
        self.screen.set_class(self.screen.size.width < LEAST_WIDTH, "-narrow")

    def load(self) -> None:
        rows: list[Row] = []
        for section in self.desk.session.case.sections():
            count = len(section["statements"])
            rows.append(
                (
                    f"{section['id']}/",
                    Content.assemble(
                        Content.styled(clean(section["title"]), "bold $text-accent"),
                        Content.styled("" if count else "  nothing yet; a adds", MUTED),
                    ),
                )
            )
            for item in section["statements"]:
                cites = " ".join(item["cites"]) or "no evidence"
                rows.append(
                    (
                        f"{section['id']}/{item['id']}",
                        Content.assemble(f"  {clean(item['text'])}", Content.styled(f"  {clean(cites)}", MUTED)),
                    )
                )
        self.query_one("#sections", ListPane).show(rows)
        self.run_worker(self._draw_preview(), group="preview", exclusive=True)

    async def _draw_preview(self) -> None:
        """Render beside the keys: a long document takes a moment."""
        try:
            self.document = await asyncio.to_thread(self.desk.session.preview)
        except Problem as problem:
            self.document = {"markdown": f"    {problem}", "findings": [str(problem)], "fields": []}
        count = len(self.document["findings"])
        title = "Preview · as it would be written now"
        self.query_one("#preview").border_title = Content(f"{title} · findings: {count}" if count else title)
        await self.query_one("#preview-text", Markdown).update(self.document["markdown"])

    def action_numbers(self) -> None:
        self.flow(self._numbers())

    async def _numbers(self) -> None:
        """What the record knows; in a statement ``{{ id }}`` stands for it."""
        await self.desk.ask(Reading("Numbers of the record", plain(writing.numbers(self.document["fields"]))))

    def action_findings(self) -> None:
        self.flow(self._findings())

    async def _findings(self) -> None:
        found = "\n".join(f"• {finding}" for finding in self.document["findings"])
        await self.desk.ask(Reading("Findings on the words", plain(found or "Nothing was found.")))

    def _chosen(self) -> tuple[Data | None, Data | None]:
        """The section and the statement under the cursor."""
        section_id, _, statement_id = self.query_one("#sections", ListPane).chosen.partition("/")
        sections = self.desk.session.case.sections()
        section = next((each for each in sections if each["id"] == section_id), None)
        if section is None:
            return None, None
        return section, next((each for each in section["statements"] if each["id"] == statement_id), None)

    @on(OptionList.OptionSelected)
    def _edit(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        section, statement = self._chosen()
        if section is not None:
            self.flow(writing.statement(self.desk, section, statement, self._done))

    def action_add(self) -> None:
        section, _ = self._chosen()
        if section is not None:
            self.flow(writing.statement(self.desk, section, None, self._done))

    def action_cite(self) -> None:
        section, statement = self._chosen()
        if section is not None and statement is not None:
            place = str(section["id"])
            put = self.desk.session.case.put_statement
            self.flow(writing.cite(self.desk, statement, lambda new: put(place, new), self.changed))

    def action_drop(self) -> None:
        section, statement = self._chosen()
        if section is not None and statement is not None:
            self.flow(self._ask_drop(str(section["id"]), str(statement["id"])))

    async def _ask_drop(self, section: str, statement: str) -> None:
        if await self.desk.ask(Confirm("Delete", "Delete this statement?", "delete")):
            writing.kept(self.desk, lambda: self.desk.session.case.drop_statement(section, statement))
            self.changed()

    def action_preview(self) -> None:
        """In a small window: preview and sections in turn."""
        self.screen.toggle_class("-preview")
        wanted = "#preview" if self.screen.has_class("-preview") else "#sections"
        self.query_one(wanted).focus()

    def _done(self, _statement: str) -> None:
        self.changed()
