"""Why it happened: root causes, 5 Whys, fishbone, contributing factors. From the case, never from the truth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentsim.analysis.factors import contributing
from incidentsim.analysis.fishbone import build as build_fishbone
from incidentsim.analysis.whys import BRANCHES, WhysGraph
from incidentsim.postmortem.document import Bullets, Line, Section, Span, strong, text
from incidentsim.postmortem.draft import cell, fence, paragraph, table
from incidentsim.timeline.records import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidentsim.analysis.fishbone import Fishbone
    from incidentsim.analysis.whys import WhyNode
    from incidentsim.case.document import Case, Why
    from incidentsim.postmortem.document import Block, Spans
    from incidentsim.postmortem.draft import Draft
    from incidentsim.postmortem.fields import Fields

WHO_BUILDS = "The owners of the services and the change history may know."
SHORT = 72
STOPS = {
    "controllable": "we can change this",
    "external": "outside our control",
    "accepted-risk": "accepted risk",
    "unknown": "not known yet",
}


def plain(written: str, fields: Fields) -> str:
    """What a person wrote with its fields filled in, as plain text."""
    from incidentsim.postmortem.resolving import resolved

    return "".join(span.text for span in resolved(written, fields))


def whys_graph(case: Case, fields: Fields, evidence: frozenset[str]) -> WhysGraph:
    """The graph of a case, its texts with fields filled in."""
    whys = tuple(each.model_copy(update={"text": plain(each.text, fields)}) for each in case.whys)
    return WhysGraph(plain(case.effect, fields), whys, lambda cited: cited in evidence)


def fishbone_of(case: Case, fields: Fields, evidence: frozenset[str]) -> Fishbone:
    """The fishbone of a case."""
    return build_fishbone(whys_graph(case, fields, evidence), case.bones)


def graph_of(draft: Draft) -> WhysGraph:
    """The graph of a draft."""
    return whys_graph(draft.case, draft.fields, frozenset(draft.evidence))


def root_causes(draft: Draft) -> Section:
    """The contributing causes: what the whys end in, with evidence."""
    title = "Root causes"
    if not draft.whys:
        question = "What brought it about, why was it not noticed sooner, why did it last?"
        return Section("root-causes", title, (draft.ask("root-causes", question, WHO_BUILDS),))
    effect = draft.case.effect
    blocks: list[Block] = []
    if effect.strip():
        blocks.append(paragraph("root-causes.effect", strong("Effect. "), *draft.words(effect, "effect")))
    else:
        blocks.append(draft.ask("root-causes.effect", "Which effect is explained: what was seen, how much, from when "
                                "to when?", "Who wrote the whys may know."))  # fmt: skip
    graph = graph_of(draft)
    lines = []
    for node in graph.walk():
        why = _written(draft, node)
        if node.depth == 1 and not why.ruled_out:
            lines.append(Line(f"root-causes.{why.id}", (strong(f"{why.id} "), *_claim(draft, why))))
    ends = [each.id for each in graph.leaves() if each.stop == "controllable"]
    joined = "No one of these is the cause; they met. What brought each of them about stands under 5 Whys"
    joined += f", down to conditions that can be changed: {', '.join(ends)}." if ends else "."
    blocks += [Bullets(tuple(lines)), paragraph("root-causes.joint", text(joined))]
    return Section("root-causes", title, tuple(blocks))


def _written(draft: Draft, node: WhyNode) -> Why:
    return next(each for each in draft.case.whys if each.id == node.why.id)


def _claim(draft: Draft, why: Why) -> Spans:
    """A why as a sentence with its evidence; without any it is marked as a guess."""
    words = draft.words(why.text, why.id, why.cites)
    cites = draft.cites(why.cites, why.id)
    if cites:
        return (*words, *cites)
    return (*words, text(" "), Span("todo", "no evidence yet; how could it be tested?"))


def five_whys(draft: Draft) -> Section:
    """The whys as a branching table, what made them sensible, and what was ruled out."""
    title = "5 Whys"
    if not draft.case.whys:
        question = "Why? Ask it of the effect, of its detection, and of how long it lasted."
        return Section("whys", title, (draft.ask("whys", question, WHO_BUILDS),))
    lead = paragraph(
        "whys.lead", text("Read downwards: each row answers “why?” of the row it is indented under. AND: only together "
                          "do these suffice. Five is not a count. The whole graph: "),
        Span("link", "whys.svg", "whys.svg"), text("."),
    )  # fmt: skip
    return Section("whys", title, (lead, *_tables(draft)))


def _tables(draft: Draft) -> Iterator[Block]:
    graph = graph_of(draft)
    nodes = graph.walk()
    for branch, question in BRANCHES.items():
        found = [node for node in nodes if node.why.branch == branch and not node.why.ruled_out]
        if not found:
            if branch != "recovered":
                yield draft.ask(f"whys.{branch}", question, WHO_BUILDS)
            continue
        rows = []
        for node in found:
            why = _written(draft, node)
            indent = "↳ " * (node.depth - 1)
            gate = (strong("AND "),) if why.gate == "and" else ()
            stop = STOPS.get(why.stop or "", "")
            cites = draft.cites(why.cites, why.id) or (text(" "), Span("todo", "no evidence yet"))
            words = (text(indent), *gate, *draft.words(why.text, why.id, why.cites))
            rows.append((why.id, [cell(why.id), words, cites[1:], cell(stop)]))
        yield table(f"whys.{branch}", ("ID", question, "Evidence", "Stops here because"), "llll", rows)
    sensible = [
        Line(f"sensible.{why.id}", (strong(f"{why.id} "), *draft.words(why.sensible, why.id, why.cites)))
        for why in draft.whys
        if why.sensible.strip()
    ]
    if sensible:
        yield paragraph("whys.sensible", strong("What made it sensible at the time"))
        yield Bullets(tuple(sensible))
    ruled_out = [node for node in nodes if node.why.ruled_out]
    if ruled_out:
        rows = []
        for node in ruled_out:
            why = _written(draft, node)
            cites = draft.cites(why.cites, why.id) or (text(" "), Span("todo", "what refutes it?"))
            rows.append((why.id, [cell(why.id), draft.words(why.text, why.id, why.cites), cites[1:]]))
        yield table("whys.ruled-out", ("ID", "Considered and ruled out", "By"), "lll", rows)


def fishbone(draft: Draft, mermaid: str) -> Section:
    """The fishbone as a diagram that Markdown viewers draw, and as a picture."""
    if not draft.case.whys:
        lead = paragraph("fishbone.lead", text("Drawn from the whys; there are none yet."))
        return Section("fishbone", "Fishbone", (lead,))
    lead = paragraph("fishbone.lead", text("By category, from the same whys: "),
                     Span("link", "fishbone.svg", "fishbone.svg"), text("."))  # fmt: skip
    return Section("fishbone", "Fishbone", (lead, fence("fishbone.diagram", mermaid, "mermaid")))


def factors(draft: Draft) -> Section:
    """The contributing factors: where each belongs, how sure it is, what is done about it."""
    title = "Contributing factors"
    if not draft.whys:
        return Section("factors", title, (draft.ask("factors", "Which conditions contributed?", WHO_BUILDS),))
    done: dict[str, list[str]] = {}
    for item in draft.case.action_items:
        for addressed in item.addresses:
            done.setdefault(addressed, []).append(item.id)
    written = {each.id: each for each in draft.case.whys}
    rows = []
    for each in contributing(fishbone_of(draft.case, draft.fields, frozenset(draft.evidence)), draft.case.bones):
        why = written[each.why]
        actions = done.get(each.why, [])
        action: Spans = cell(", ".join(actions)) if actions else (text("–"),)
        rows.append(
            (each.why, [cell(each.why), (Span("words", shortened(plain(why.text, draft.fields), SHORT)),),
                        cell(each.category), cell(each.status), cell(each.confidence), action])
        )  # fmt: skip
    meaning = "As under 5 Whys, by category. Verified: evidence of this run shows it; suspected: none does yet. "
    meaning += "Confidence is high with two pieces of evidence or more, medium with one."
    lead = paragraph("factors.lead", text(meaning))
    columns = ("ID", "Factor", "Category", "State", "Confidence", "Action")
    return Section("factors", title, (lead, table("factors", columns, "llllll", rows)))


def categories(case: Case) -> list[str]:
    """The categories of the whys, each once, for the document's head."""
    return list(dict.fromkeys(each.category for each in case.whys if each.category and not each.ruled_out))
