"""Brief leadership: what they ask about the slides, what you answer, and what there is to look at in it."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

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
HEAD = "bold $text-accent"


class BriefingStep(Step):
    """Questions by who asks them; beside them the one in focus, with what raised it and the answer to it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(debrief.BRIEFING)

    briefing: Data = {"questions": [], "fields": []}
    """As it was read last."""

    def compose(self) -> ComposeResult:
        with Horizontal(id="briefing"):
            yield ListPane("Leadership asks · enter answers", "Nobody asks anything.", id="questions")
            with VerticalScroll(id="answer", classes="reading-pane"):
                yield Static("", id="answer-text", markup=False)

    def on_mount(self) -> None:
        self.query_one("#answer").border_title = Content("Your answer")

    def on_resize(self) -> None:
        self.screen.set_class(self.screen.size.width < LEAST_WIDTH, "-narrow")

    def load(self) -> None:
        self.briefing = self.desk.session.briefing()
        rows: list[Row] = []
        frame = ""
        for item in self.briefing["questions"]:
            if item["frame"] != frame:
                frame = item["frame"]
                rows.append(("", Content.styled(clean(frame), HEAD)))
            word, style = _state(item)
            rows.append(
                (
                    item["id"],
                    Content.assemble("  ", Content.styled(f"{word:<8}", style), f" {clean(item['question'])}"),
                )
            )
        self.query_one("#questions", ListPane).show(rows)
        self._show()

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self._show()

    def _item(self) -> Data | None:
        chosen = self.query_one("#questions", ListPane).chosen
        return next((item for item in self.briefing["questions"] if item["id"] == chosen), None)

    def _show(self) -> None:
        """The question in focus."""
        item = self._item()
        if item is None:
            return
        lines: list[Content | str] = [
            Content.styled(f"{clean(item['question'])}\n\n", "bold"),
            Content.styled(f"{clean(item['raised'])}\n\n", MUTED),
        ]
        if item["text"]:
            cites = f"{clean(' '.join(item['cites']))}\n" if item["cites"] else ""
            lines += [plain(f"{item['text']}\n"), Content.styled(f"{cites}\n", MUTED)]
            found = item["findings"]
            lines.append(Content.styled(f"Findings · {len(found)}\n" if found else "Nothing was found.\n", HEAD))
            for message, mend in found:
                lines.append(
                    Content.assemble(f"• {clean(message)} ", Content.styled(f"{clean(mend)}\n", MUTED)),
                )
        else:
            lines.append("No answer yet; a answers.\n\n")
            lines.append(Content.styled(f"A good answer has: {clean(item['hint'])}\n", MUTED))
        self.query_one("#answer-text", Static).update(Content.assemble(*lines))

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_answer()

    def action_answer(self) -> None:
        if (item := self._item()) is not None:
            self.flow(writing.answer(self.desk, item, self.changed))

    def action_numbers(self) -> None:
        self.flow(self._numbers())

    async def _numbers(self) -> None:
        await self.desk.ask(Reading("Numbers of the record", plain(writing.numbers(self.briefing["fields"]))))


def _state(item: Data) -> tuple[str, str]:
    """A word and a style for a question."""
    if not item["text"]:
        return "open", MUTED
    count = len(item["findings"])
    return (f"{count} found", "bold $text-warning") if count else ("answered", "$text-success")
