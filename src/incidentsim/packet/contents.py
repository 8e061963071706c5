"""What stands in each file of a packet, from a record, a case and a scorecard. Nothing is written here."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from incidentsim.case.document import Case
from incidentsim.case.file import dumps as case_text
from incidentsim.packet.finding import PacketFinding
from incidentsim.packet.merge import Accounts, applied
from incidentsim.postmortem.draft import Draft

if TYPE_CHECKING:
    from incidentsim.exercise.record import ExerciseRecord
    from incidentsim.postmortem.document import Document
    from incidentsim.postmortem.markdown import RenderedLine

MARKER = "EXERCISE"
JOURNAL = "exercise.journal"
SUMMARY = "executive-summary.md"
SLOS = "slo-definitions.yaml"
ITEMS = "action-items.yaml"
CASE = "case.yaml"
DATA = "postmortem.json"
TIMELINE = "timeline.csv"
SCORE, SCORE_TEXT = "scorecard.json", "scorecard.md"
DRAWINGS = ("fishbone.svg", "fishbone.mmd", "whys.svg")


class ScorecardLike(Protocol):
    """What a packet needs of a scorecard; `incidentsim.assessment.scorecard.Scorecard` is one."""

    def to_json(self) -> dict[str, Any]:
        """JSON data."""
        ...

    def to_markdown(self) -> str:
        """The scorecard as Markdown."""
        ...


@dataclass(frozen=True, slots=True)
class Contents:
    """The files of a packet by name, and how they came about."""

    files: dict[str, bytes]
    lines: dict[str, list[RenderedLine]]
    """The Markdown files a person may edit, line by line."""
    document: Document
    accounts: Accounts
    findings: tuple[PacketFinding, ...]


def postmortem_name(record: ExerciseRecord) -> str:
    """``INC-2024-0312-postmortem.md``; characters that file names should not hold become hyphens."""
    kept = "".join(
        each if each.isascii() and (each.isalnum() or each in "._-") else "-" for each in record.scenario.number
    )
    return f"{kept.strip('.-') or 'incident'}-postmortem.md"


def contents(
    record: ExerciseRecord,
    case: Case,
    *,
    scorecard: ScorecardLike | None = None,
    journal: bytes | None = None,
    template: str = "google-sre",
) -> Contents:
    """All files. The edits of the case are in them. Raises `Problem` where the template cannot be used."""
    from incidentsim.postmortem.action_items import action_items, items_yaml
    from incidentsim.postmortem.build import build
    from incidentsim.postmortem.drawings import drawings
    from incidentsim.postmortem.openslo import definitions_yaml, slo_definitions
    from incidentsim.postmortem.rendering import render, text_of
    from incidentsim.postmortem.schema import postmortem_json
    from incidentsim.postmortem.summary import executive_summary
    from incidentsim.timeline.table import timeline_csv

    draft = Draft(record, case)
    document = build(record, case)
    name = postmortem_name(record)
    findings: list[PacketFinding] = []
    lines: dict[str, list[RenderedLine]] = {}
    for file, raw in ((name, render(document, template)), (SUMMARY, executive_summary(draft))):
        lines[file], found = applied(file, raw, case.edits, document.fields)
        findings += found
    files = {
        name: text_of(lines[name]).encode(),
        DATA: json_bytes(postmortem_json(document, lines)),
        SLOS: definitions_yaml(slo_definitions(record, case)).encode(),
        ITEMS: items_yaml(action_items(draft)).encode(),
        SUMMARY: text_of(lines[SUMMARY]).encode(),
        TIMELINE: timeline_csv(draft.rows, draft.clock, draft.case.timeline).encode(),
        CASE: marked_case(case).encode(),
    }
    files |= {file: text.encode() for file, text in drawings(draft).items()}
    if scorecard is not None:
        files[SCORE] = json_bytes(scorecard.to_json())
        files[SCORE_TEXT] = scorecard.to_markdown().encode()
    if journal is not None:
        files[JOURNAL] = journal
    return Contents(files, lines, document, accounts_of(draft), tuple(findings))


def accounts_of(draft: Draft) -> Accounts:
    """What may account for a number that somebody types into the Markdown."""
    return Accounts(draft.fields, draft.accounted(()), draft.field_texts)


def marked_case(case: Case) -> str:
    """The case as YAML; a packet's always says EXERCISE."""
    text = case_text(case)
    return text if MARKER in text.partition("\n")[0] else f"# {MARKER}: written about a drill.\n{text}"


def json_bytes(data: Any) -> bytes:
    """JSON for people and programs: two spaces, keys in their order, plain ASCII."""
    return (json.dumps(data, indent=2) + "\n").encode()
