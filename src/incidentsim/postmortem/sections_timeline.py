"""The timeline in the document: the rows that tell the story, as people tell it; all of them are in timeline.csv."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentsim.postmortem.document import Section, Span, strong, text
from incidentsim.postmortem.draft import cell, paragraph, table
from incidentsim.text.escaping import one_line
from incidentsim.timeline.records import ENTRY, TimelineRow, shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incidentsim.postmortem.document import Block, Spans
    from incidentsim.postmortem.draft import Draft
    from incidentsim.timeline.story import StoryRow

KEY_KINDS = frozenset({"declare", "update", "milestone", "event", ENTRY})
MARKED_AS = {"started": "OUTAGE BEGINS", "detected": "DETECTED", "acknowledged": "INCIDENT BEGINS",
             "mitigated": "OUTAGE MITIGATED", "resolved": "OUTAGE ENDS"}  # fmt: skip
"""The markers, by the milestone that a person marks a row with: in a reconstruction nobody else says them."""
MOST_ROWS = 80
SHORT = 110
SECOND_CUT = frozenset({"milestone", "declare"})


def timeline_section(draft: Draft) -> Section:
    """The rows that tell the story; all of them are in timeline.csv."""
    keyed = [told for told in draft.story if told.touched or _key(draft, told.row)]
    if len(keyed) > MOST_ROWS:
        first = [_must(told) for told in keyed]
        spare = max(0, MOST_ROWS - sum(first))
        others = [place for place, must in enumerate(first) if not must][:spare]
        keyed = [told for place, told in enumerate(keyed) if first[place] or place in others]
    for row in (each for told in keyed for each in (told.row, *told.parts)):
        for each in draft.evidence_of(row):
            draft.cited[each] = None
    rows = _table_rows(draft, keyed)
    day = text("All times UTC, on ")
    after = (text(" Rows marked "), strong("(after)"), text(" were learned after play."))
    rest = len(draft.rows) - sum(1 + len(told.parts) for told in keyed)
    more = (
        text(f" {rest} more row{'s' if rest > 1 else ''}: "),
        Span("link", "timeline.csv", "timeline.csv"),
        text("."),
    )
    spans = [day, draft.value("date"), text(" unless a date is given.")]
    spans += after if any(told.row.learned_after for told in keyed) else ()
    intro = paragraph("timeline.zone", *spans, *(more if rest else ()))
    missing = [name for name in ("OUTAGE BEGINS", "INCIDENT BEGINS", "OUTAGE MITIGATED", "OUTAGE ENDS",
                                 "INCIDENT ENDS") if all(_marker(draft, told) != name for told in keyed)]  # fmt: skip
    if draft.reconstruction:
        missing = [name for name in missing if name != "INCIDENT ENDS"]
    blocks: list[Block] = [intro, table("timeline", ("Time", "What", "Who", "Source"), "llll", rows)]
    if missing:
        blocks.append(
            paragraph("timeline.missing", text("Not in this record: "), strong(", ".join(missing)), text("."))
        )
    if draft.reconstruction:
        words = "A reconstruction: others responded. Rows were found in what was on record, or written from it."
        blocks.append(paragraph("timeline.reconstruction", text(words)))
    criterion = "Exit criterion: no new loss, served data whole as far as it can be, and play over."
    blocks.append(paragraph("timeline.exit", text(criterion)))
    return Section("timeline", "Timeline", tuple(blocks))


def _key(draft: Draft, row: TimelineRow) -> bool:
    """Whether a row belongs into the document: it changed or told something, or the case rests on it."""
    if row.kind in KEY_KINDS or row.source in draft.all_cites:
        return row.kind != "interview"
    return (row.changes and row.kind == "result") or (row.kind == "alert" and row.what.startswith("page"))


def _must(told: StoryRow) -> bool:
    """Whether a row stays where there are too many."""
    return told.touched or told.row.kind in SECOND_CUT or bool(told.row.marker)


def _table_rows(draft: Draft, keyed: Sequence[StoryRow]) -> list[tuple[str, list[Spans]]]:
    """The cells of the rows by number; a phase stands in a row of its own before the row that it begins with."""
    rows: list[tuple[str, list[Spans]]] = []
    for number, told in enumerate(keyed, 1):
        if told.phase:
            rows.append(
                (f"{number:03d}.phase", [cell(""), (strong(f"Phase: {one_line(told.phase)}"),), cell(""), cell("")])
            )
        rows.append((f"{number:03d}", _row(draft, told)))
    return rows


def _row(draft: Draft, told: StoryRow) -> list[Spans]:
    row = told.row
    what: list[Span] = []
    if marker := _marker(draft, told):
        what += [strong(marker), text(": ")]
    entry = draft.entries.get(row.source) if row.kind == ENTRY else None
    if entry is None:
        what.append(text(shortened(row.what, SHORT)))
    else:
        what += draft.words(one_line(entry.text), "timeline", entry.cites)
    if row.learned_after:
        what += [text(" "), strong("(after)")]
    if told.parts:
        what.append(text(f" (+{len(told.parts)} told with it)"))
    if told.wording:
        cites = [found for each in (row, *told.parts) for found in draft.evidence_of(each)]
        what += [text(" — "), *draft.words(one_line(told.wording), "timeline", cites)]
    if entry is not None:
        source: Spans = draft.cites(entry.cites, "timeline")[1:] or (text("–"),)
    else:
        source = (Span("evidence", row.source, row.source) if row.source.startswith("E-") else text(row.source),)
    return [cell(row.utc.removesuffix(" UTC")), tuple(what), cell(row.who), source]


def _marker(draft: Draft, told: StoryRow) -> str:
    """The marker of a row: the record's, or in a reconstruction a person's."""
    return MARKED_AS.get(told.milestone, "") if draft.reconstruction else told.row.marker
