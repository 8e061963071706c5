"""The end of the document: glossary, supporting information, assumptions and unknowns, method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentsim.postmortem.briefing import questions
from incidentsim.postmortem.document import Bullets, Line, Section, Span, strong, text
from incidentsim.postmortem.draft import cell, fence, paragraph, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidentsim.exercise.evidence import Evidence
    from incidentsim.postmortem.document import Block, Spans
    from incidentsim.postmortem.draft import Draft

PHASES = {"during": "seen in play", "after": "learned after play"}


def glossary(draft: Draft) -> Section:
    """Words another team does not use."""
    who = "A reader from another team will know."
    blocks = draft.bullets("glossary", "Which words need explaining?", who)
    return Section("glossary", "Glossary", blocks)


def supporting(draft: Draft) -> Section:
    """Every piece of evidence that the document refers to, word for word."""
    sections = []
    for number in sorted(draft.cited):
        each = draft.evidence[number]
        about = [text(draft.clock.utc(each.t)), text(", "), text(each.kind), text(", "), text(_phase(draft, each))]
        if each.about is not None and each.about != each.t:
            about += [text(", of "), text(draft.clock.utc(each.about))]
        if each.pinned:
            about.append(text(", pinned"))
        head = paragraph(f"evidence.{number}", strong(each.title), text(" ("), *about, text(")"))
        sections.append(Section(f"evidence.{number}", number, (head, fence(f"evidence.{number}.text", each.text))))
    rest = len(draft.evidence) - len(draft.cited)
    words = f"Word for word, as it was shown. {len(draft.cited)} cited; {rest} more in "
    if not draft.cited:
        words = f"No evidence is cited; {rest} pieces are in " if rest else "No evidence was opened. Everything is in "
    lead = paragraph("supporting.lead", text(words), Span("link", "exercise.journal", "exercise.journal"), text("."))
    return Section("supporting", "Supporting information", (lead,), tuple(sections))


def _phase(draft: Draft, each: Evidence) -> str:
    """When it was seen, in words."""
    return "found in the reconstruction" if draft.reconstruction else PHASES[each.phase]


def unknowns(draft: Draft) -> Section:
    """Everything that is not known, estimated or assumed."""
    blocks: list[Block] = []
    written = draft.statements("unknowns")
    if written:
        blocks.append(Bullets(written))
    if draft.open_questions:
        questions = tuple(
            Line(f"open.{number}", (Span("todo", question),))
            for number, question in enumerate(dict.fromkeys(draft.open_questions), 1)
        )
        blocks += [paragraph("unknowns.open", strong("Open in this document")), Bullets(questions)]
    blocks += _briefing(draft)
    estimates = [slo for slo in draft.record.scenario.slos if draft.has(f"slo.{slo.id}.expected")]
    assumed = [
        Line(f"assumed.{slo.id}", (text("Events expected in the window of "), Span("code", slo.id), text(": "),
                                   draft.value(f"slo.{slo.id}.expected"), text(", the organisation's estimate.")))
        for slo in estimates
    ]  # fmt: skip
    assumed.append(
        Line("assumed.alerts", (text("Modelled alerts take what came before the exercise as good, at the rate of its "
                                     "first minutes."),))
    )  # fmt: skip
    assumed.append(
        Line("assumed.similar", (text("Similar past incidents: none on record here; an exercise has no archive."),))
    )
    blocks += [paragraph("unknowns.assumed", strong("Assumed")), Bullets(tuple(assumed))]
    if draft.findings:
        findings = tuple(
            Line(f"finding.{number}", (strong(f"{each.place} "), text(each.text)))
            for number, each in enumerate(draft.findings, 1)
        )
        blocks += [paragraph("unknowns.findings", strong("To be looked at before it is signed")), Bullets(findings)]
    return Section("unknowns", "Assumptions and unknowns", tuple(blocks))


def _briefing(draft: Draft) -> Iterator[Block]:
    """What leadership asked and was told; nothing where nobody was told anything."""
    lines = []
    for asked in questions(draft) if draft.case.briefing else ():
        given = draft.case.briefing.get(asked.id)
        if given is not None and given.text.strip():
            place = f"briefing.{asked.id}"
            words = draft.words(given.text, place, given.cites, given.estimate)
            lines.append(Line(place, (strong(asked.text), text(" "), *words, *draft.cites(given.cites, place))))
    if lines:
        yield paragraph("unknowns.briefing", strong("Questions and answers"))
        yield Bullets(tuple(lines))


def method(draft: Draft) -> Section:
    """How the numbers came about."""
    record = draft.record
    classes = ("OBSERVED", "DERIVED", "INFERRED", "MODELLED", "TODO")
    meanings = (
        "word for word from the run",
        "computed from the run's record; the formula stands in postmortem.json",
        "concluded by a rule that is named",
        "from a simulation, with its assumptions",
        "not known",
    )
    rows = [(each, [cell(each), cell(meaning)]) for each, meaning in zip(classes, meanings, strict=True)]
    spans: Spans = (
        text("Every number is computed from the record of the exercise or cites evidence that holds it; "),
        Span("code", "incidentsim packet verify"), text(" computes all of them again. Scenario "),
        Span("code", record.scenario.id), text(", seed "), text(str(record.seed)),
        text(f", variant {record.variant}" if record.variant else ""), text(", format "), text(record.format_id),
        text(", mode "), text(record.mode), text("."),
    )  # fmt: skip
    if draft.reconstruction:
        said = " A reconstruction: others responded, and this was worked out afterwards from what was on record."
        spans = (*spans, text(said))
    return Section(
        "method", "Method", (paragraph("method.lead", *spans), table("method", ("Class", "Meaning"), "ll", rows))
    )
