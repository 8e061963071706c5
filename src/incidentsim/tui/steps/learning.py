"""Learn more: interviews, code and configuration, changes, queries. What is learned now is marked learned after."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList

from incidentsim.exercise.reconstruction import RECONSTRUCT
from incidentsim.tui.dialogs.picker import Choice, Picker
from incidentsim.tui.dialogs.reading import Reading
from incidentsim.tui.flows import afterwards, counting, looking
from incidentsim.tui.flows.recording import evidence_line
from incidentsim.tui.keys import debrief
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.session import Data
from incidentsim.tui.steps.base import Step
from incidentsim.tui.widgets.list_pane import ListPane, Row
from incidentsim.tui.wording import clean, plain

MUTED = "$foreground-muted"


QUESTIONS = (
    Choice("saw", "What did you see?"),
    Choice("how", "How did it go, how does it work?"),
    Choice("why", "Why was it so?"),
)
GUARDED = (
    "\n\nA question with “why” asks people to justify themselves, and they answer it with less. "
    "What was seen, and how it went, tells more."
)


class LearningStep(Step):
    """People to interview, code and changes to read, and what was learned."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(debrief.LEARN)

    def compose(self) -> ComposeResult:
        yield ListPane("Learn more · enter asks or opens", "There is nobody to ask, and no history.", id="learning")

    def load(self) -> None:
        desk = self.desk
        rows: list[Row] = []
        people = desk.brief["personas"]
        if people:
            rows.append(("", Content.styled("Interviews", "bold $text-accent")))
        for item in people:
            about = " · ".join(part for part in (item["team"], item["about"]) if part)
            rows.append(
                (
                    f"ask:{item['id']}",
                    Content.assemble(f"  {clean(item['title'])}  ", Content.styled(clean(about), MUTED)),
                )
            )
        rows += [("", Content("")), ("", Content.styled("Ask the data", "bold $text-accent"))]
        if desk.brief["datasets"] or desk.brief["signals"]:
            rows.append(("data:query", Content("  Query: count, compare, read what was measured")))
        rows.append(("data:lines", Content("  Count log lines")))
        rows.append(("read:log", Content("  Read the log: search it, open lines")))
        rows.append(("read:arrivals", Content("  Read messages and alerts")))
        if desk.brief["mode"] == RECONSTRUCT:
            rows.append(("read:cite", Content("  Cite a line of the exports by file and number")))
        if excerpts := desk.seat.excerpts():
            rows += [("", Content("")), ("", Content.styled("Code and configuration", "bold $text-accent"))]
        for item in excerpts:
            rows.append((f"excerpt:{item['id']}", excerpt_line(item)))
        changes = desk.seat.changes()
        if changes:
            rows += [
                ("", Content("")),
                ("", Content.styled("Changes and configuration, with what came before", "bold $text-accent")),
            ]
        for item in changes:
            rows.append((f"change:{item['id']}", Content(f"  {looking.change_line(desk, item)}")))
        learned = [item for item in desk.seat.evidence() if item["phase"] == "after"]
        if learned:
            rows += [
                ("", Content("")),
                ("", Content.styled(f"Learned after play · {len(learned)}", "bold $text-accent")),
            ]
        for item in learned:
            rows.append((f"evidence:{item['id']}", Content(f"  {evidence_line(desk, item)}")))
        self.query_one(ListPane).show(rows)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        kind, _, key = (event.option_id or "").partition(":")
        event.stop()
        if kind == "ask":
            self.flow(self._interview(key))
        elif kind == "data":
            self.flow(self._ask_data(key))
        elif kind == "read":
            {"log": self.action_read_log, "arrivals": self.action_read_arrivals, "cite": self.action_cite_line}[key]()
        elif kind in ("change", "excerpt"):
            self.flow(self._open(f"{kind}:{key}"))
        elif kind == "evidence":
            item = next(each for each in self.desk.seat.evidence() if each["id"] == key)
            self.flow(self._read(f"{key} · {item['title']}", item["text"]))

    async def _read(self, title: str, text: str) -> None:
        await self.desk.ask(Reading(clean(title), plain(text)))

    def action_query(self) -> None:
        self.flow(self._ask_data("query"))

    def action_count_lines(self) -> None:
        self.flow(self._ask_data("lines"))

    def action_read_log(self) -> None:
        self.flow(self._and_load(afterwards.read_log(self.desk)))

    def action_read_arrivals(self) -> None:
        self.flow(self._and_load(afterwards.arrivals(self.desk)))

    def action_cite_line(self) -> None:
        if self.desk.brief["mode"] == RECONSTRUCT:
            self.flow(self._and_load(afterwards.cite_line(self.desk)))
        else:
            self.desk.say("Only a reconstruction has exports; / reads the log.")

    async def _and_load(self, flow: Coroutine[Any, Any, None]) -> None:
        await flow
        self.load()

    async def _ask_data(self, how: str) -> None:
        await (counting.query(self.desk) if how == "query" else counting.count_lines(self.desk))
        self.load()

    async def _open(self, target: str) -> None:
        await looking.open_target(self.desk, target)
        self.load()

    async def _interview(self, persona: str) -> None:
        """Ask one person one question after another, until escape."""
        name = self.desk.name_of("personas", persona)
        topics = [Choice(item["id"], item["title"]) for item in self.desk.brief["topics"]]
        while (topic := await self.desk.ask(Picker(f"Interview {name} about", topics))) is not None:
            about = self.desk.name_of("topics", topic)
            question = await self.desk.ask(Picker(f"{name} · {about} · your question", list(QUESTIONS)))
            if question is None:
                continue
            done = self.desk.do("interview", persona, topic=topic, question=question)
            if done["status"] != "ok":
                return
            item = next(each for each in self.desk.seat.evidence() if each["id"] == done["evidence"][0])
            self.load()
            more = GUARDED if question == "why" else ""
            await self._read(f"{item['id']} · {item['title']} · learned after", item["text"] + more)


def excerpt_line(item: Data) -> Content:
    """Service, kind and title."""
    about = f"  {clean(item['service']):<14.14} {clean(item['kind']):<7.7}"
    return Content.assemble(Content.styled(about, MUTED), clean(item["title"]))
