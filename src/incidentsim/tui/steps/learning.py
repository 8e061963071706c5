"""Learn more: interviews, and the whole change history. What is learned now is marked as learned after."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList

from incidentsim.tui.dialogs.picker import Choice, Picker
from incidentsim.tui.dialogs.reading import Reading
from incidentsim.tui.flows import looking
from incidentsim.tui.flows.recording import evidence_line
from incidentsim.tui.steps.base import Step
from incidentsim.tui.widgets.list_pane import ListPane, Row
from incidentsim.tui.wording import clean, plain

MUTED = "$foreground-muted"


class LearningStep(Step):
    """People to interview, changes to read, and what was learned."""

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
        elif kind == "change":
            self.flow(self._change(key))
        elif kind == "evidence":
            item = next(each for each in self.desk.seat.evidence() if each["id"] == key)
            self.flow(self._read(f"{key} · {item['title']}", item["text"]))

    async def _read(self, title: str, text: str) -> None:
        await self.desk.ask(Reading(clean(title), plain(text)))

    async def _change(self, change: str) -> None:
        await looking.open_target(self.desk, f"change:{change}")
        self.load()

    async def _interview(self, persona: str) -> None:
        """Ask one person about one topic after another, until escape."""
        name = self.desk.name_of("personas", persona)
        topics = [Choice(item["id"], item["title"]) for item in self.desk.brief["topics"]]
        while (topic := await self.desk.ask(Picker(f"Interview {name} about", topics))) is not None:
            done = self.desk.do("interview", persona, topic=topic)
            if done["status"] != "ok":
                return
            item = next(each for each in self.desk.seat.evidence() if each["id"] == done["evidence"][0])
            self.load()
            await self._read(f"{item['id']} · {item['title']} · learned after", item["text"])
