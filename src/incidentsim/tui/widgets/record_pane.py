"""The pane of the incident record."""

from __future__ import annotations

from textual.content import Content

from incidentsim.tui.session import Data
from incidentsim.tui.widgets.list_pane import ListPane, Row
from incidentsim.tui.wording import Clock, clean

MUTED = "$foreground-muted"


class RecordPane(ListPane):
    """The incident record: severity, hypotheses, the last update."""

    def __init__(self) -> None:
        super().__init__("Incident record", id="record")

    def update_record(self, record: Data, hypotheses: list[Data], clock: Clock) -> None:
        """Show the record. What is not set yet is said so."""
        rows: list[Row] = []
        if record["severity"]:
            declared = f"{clean(record['severity'])} · declared {clock.utc(record['declared_at'] or 0)}"
            rows.append(("severity", Content.styled(declared, "bold")))
        else:
            rows.append(("severity", Content.styled("not declared", MUTED)))
        for item in hypotheses:
            word = "" if item["state"] == "open" else f" {clean(item['state'])}"
            weight = f" +{len(item['for'])} −{len(item['against'])}"
            rows.append(
                (
                    item["id"],
                    Content.assemble(
                        Content.styled(f"{item['id']} ", MUTED),
                        f"{item['confidence']:>3}%",
                        Content.styled(f"{weight}{word} ", MUTED),
                        Content.styled(clean(item["text"]), MUTED if word else ""),
                    ),
                )
            )
        for update in record["updates"][-2:]:
            text = f"update {clock.short(update['t'])} {clean(update['audience'])}: {clean(update['text'])}"
            rows.append(("", Content.styled(text, MUTED)))
        for note in record["notes"][-2:]:
            rows.append(("", Content.styled(f"note {clock.short(note['t'])} {clean(note['text'])}", MUTED)))
        self.show(rows)
