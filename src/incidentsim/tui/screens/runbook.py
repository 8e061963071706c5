"""A runbook: rendered, searched, its steps ticked as they are done."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList

from incidentsim.text.runbook import Block, bare, blocks, parts
from incidentsim.tui.dialogs.form import Field, Form
from incidentsim.tui.keys import runbook as keys
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.screens.list_page import ListPage
from incidentsim.tui.session import Session
from incidentsim.tui.wording import clean

STYLES = {"bold": "bold", "code": "$text-accent", "stress": "italic"}


def spaced(text: str) -> str:
    """A piece of a line, cleaned, with the spaces that part it from its neighbours."""
    return f"{' '[: text[:1].isspace()]}{clean(text)}{' '[: text[-1:].isspace()]}" if text.strip() else " "


class RunbookScreen(ListPage):
    """Gives nothing. *start* is the number of the block to begin at."""

    HELP_ID = "runbook"
    BINDINGS: ClassVar[list[BindingType]] = bindings(keys.COMMANDS)

    def __init__(self, session: Session, name: str, text: str, evidence: str, start: int = 0) -> None:
        super().__init__(session)
        self.name_, self.evidence = name, evidence
        self.blocks = blocks(text)
        self.wanted = ""
        self._start = start

    def compose(self) -> ComposeResult:
        yield from self.frame(f"Runbook {clean(self.name_)} · {self.evidence}")

    def on_mount(self) -> None:
        super().on_mount()
        if self._start:
            self.entries.choose(f"b{self._start}")

    def done(self) -> dict[int, int]:
        """When each step that is done was ticked (ms)."""
        ticked: dict[int, int] = {}
        for item in self.seat.incident_record()["steps"]:
            if item["runbook"] == self.name_:
                ticked.pop(int(item["step"]), None)
                if item["done"]:
                    ticked[int(item["step"])] = int(item["t"])
        return ticked

    def load(self) -> None:
        """Show the blocks with what is done of them."""
        ticked = self.done()
        self.entries.show(
            [(f"b{number}" if each.text else "", self._line(each, ticked)) for number, each in enumerate(self.blocks)]
        )
        steps = sum(each.step > 0 for each in self.blocks)
        self.entries.border_subtitle = Content(f"{len(ticked)} of {steps} steps done") if steps else Content("")

    def _line(self, block: Block, ticked: dict[int, int]) -> Content:
        if block.kind == "heading":
            return Content.styled(clean(bare(block.text)), "bold underline" if block.level > 1 else "bold $text-accent")
        if block.kind == "code":
            return Content.styled(clean(bare(block.text)), "$foreground-muted")
        pieces: list[Content | str] = []
        if block.kind == "step":
            at = ticked.get(block.step)
            pieces.append(Content.styled(f"[{'x' if at is not None else ' '}] {block.step}. ", "bold"))
        pieces += [Content.styled(spaced(text), STYLES.get(style, "")) for text, style in parts(block.text)]
        if block.kind == "step" and (at := ticked.get(block.step)) is not None:
            pieces.append(Content.styled(f"  done {self.clock.utc(at)}", "$foreground-muted"))
        return Content.assemble(*pieces)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        block = self.blocks[int((event.option_id or "b0")[1:])]
        if block.step:
            on = block.step not in self.done()
            self.do("step", f"runbook:{self.name_}", step=block.step, text=bare(block.text)[:300], done=on)

    def action_next_step(self) -> None:
        ticked = self.done()
        here = self._here()
        open_ = [number for number, each in enumerate(self.blocks) if each.step and each.step not in ticked]
        if open_:
            self.entries.choose(f"b{next((number for number in open_ if number > here), open_[0])}")
        else:
            self.say("Every step is done." if any(each.step for each in self.blocks) else "It has no numbered steps.")

    def action_search(self) -> None:
        self.start(self._search())

    async def _search(self) -> None:
        form = Form("Search the runbook", [Field("text", "Text", value=self.wanted)], submit="Search")
        answers = await self.ask(form)
        if answers is None or not answers["text"]:
            return
        self.wanted = answers["text"]
        hits = [at for at, each in enumerate(self.blocks) if self.wanted.casefold() in bare(each.text).casefold()]
        if hits:
            self.entries.choose(f"b{next((at for at in hits if at > self._here()), hits[0])}")
            self.say(f"{len(hits)} line{'' if len(hits) == 1 else 's'}; / again for the next.")
        else:
            self.say(f"No line with “{clean(self.wanted)}”.")

    def _here(self) -> int:
        return int(self.entries.chosen[1:] or 0) if self.entries.chosen else 0

    def action_pin(self) -> None:
        if self.do("pin", self.evidence)["status"] == "ok":
            self.say(f"Pinned as {self.evidence}.")
