"""``executive-summary.md``: five slides for Marp, Slidev or reveal-md. The answer comes first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from incidentsim.case.actions import ranked
from incidentsim.postmortem.document import Bullets, Line, Span, strong, text, todo
from incidentsim.postmortem.markdown import Piece, Registry, RenderedLine, pieces
from incidentsim.postmortem.rendering import front_matter
from incidentsim.postmortem.sections_causes import graph_of, plain
from incidentsim.postmortem.sections_story import worst_slo
from incidentsim.timeline.records import shortened

if TYPE_CHECKING:
    from incidentsim.case.document import ActionItem
    from incidentsim.postmortem.document import Spans
    from incidentsim.postmortem.draft import Draft

MARKER = "EXERCISE"
MOST = 3
SHORT = 100
LONGEST = 70


@dataclass(frozen=True, slots=True)
class Slide:
    """A title that says the point, a few bullets, and notes for who presents."""

    name: str
    title: Spans
    bullets: tuple[Spans, ...]
    notes: str


def slides(draft: Draft) -> tuple[Slide, ...]:
    """Exactly five: answer, impact, why, changes, decisions."""
    return (_answer(draft), _impact(draft), _why(draft), _changes(draft), _decisions(draft))


def executive_summary(draft: Draft) -> list[RenderedLine]:
    """The lines of the file: the five slides."""
    registry = Registry()
    front = {"exercise": MARKER, "marp": True, "paginate": True, "footer": MARKER,
             "title": f"{draft.record.scenario.number}: executive summary"}  # fmt: skip
    parts = []
    for index, slide in enumerate(slides(draft)):
        head = registry.line(f"slide.{slide.name}.title", [Piece("record", "# "), *pieces(slide.title)])
        body = registry.block(Bullets(tuple(
            Line(f"slide.{slide.name}.{number}", spans) for number, spans in enumerate(slide.bullets, 1)
        )))  # fmt: skip
        mark = f"**{MARKER}.** A drill; nothing here happened in production.\n\n" if index == 0 else ""
        parts.append(f"{head}\n\n{mark}{body}\n\n<!-- {slide.notes} -->")
    return registry.read(f"{front_matter(front)}\n\n" + "\n\n---\n\n".join(parts))


def _answer(draft: Draft) -> Slide:
    has, items = draft.has, draft.record.scenario.items
    if not has("loss.total"):
        title: Spans = (text("What was lost is not known yet; the record says what was seen"),)
    elif has("time.resolved"):
        title = (
            draft.value("loss.total"),
            text(f" {items} were lost or late; what could be brought back is back"),
        )
    elif has("time.mitigated"):
        title = (
            draft.value("loss.total"),
            text(f" {items} are lost or late; new loss has stopped, recovery has not finished"),
        )
    else:
        title = (draft.value("loss.total"), text(f" {items} are lost or late; the loss had not stopped at the end"))
    bullets: list[Spans] = [
        (text("On "), draft.value("date"), text(", from "), draft.value("time.started"), text("; new loss lasted "),
         draft.value("duration.impact"), text(".")),
    ]  # fmt: skip
    if has("loss.recovered"):
        bullets.append((draft.value("loss.recovered"), text(" brought back; "), draft.value("loss.remaining"),
                        text(" not.")))  # fmt: skip
    bullets.append((text("Severity: "), draft.value("severity"), text(".")))
    return Slide("answer", title, tuple(bullets), "Source: postmortem.json, fields loss.* and time.*.")


def _impact(draft: Draft) -> Slide:
    worst = worst_slo(draft)
    if worst is None:
        question = todo("which objective was missed? The owners of the service may know.")
        return Slide("impact", (text("No objective says yet what this cost"),), ((question,),), "No SLO is defined.")
    title = (text("It took "), draft.value(f"budget.{worst}.consumed"), text(" of the error budget of "),
             draft.value(f"slo.{worst}.window"))  # fmt: skip
    bullets: list[Spans] = [
        (text("Objective: "), draft.value(f"slo.{worst}.target"), text(" good; reached during play: "),
         draft.value(f"slo.{worst}.achieved"), text(".")),
    ]  # fmt: skip
    for each in draft.case.sections.get("impact", ())[:MOST]:
        bullets.append(_cut(draft, each.text))
    notes = f"Source: fields budget.{worst}.* and slo.{worst}.*; slo-definitions.yaml."
    return Slide("impact", title, tuple(bullets), notes)


def _cut(draft: Draft, written: str) -> Spans:
    """The first sentence of what a person wrote, cut where it is long."""
    first = written.split(". ", 1)[0]
    return (Span("words", shortened(plain(first, draft.fields), SHORT)),)


def _why(draft: Draft) -> Slide:
    heads = [node.why for node in graph_of(draft).walk() if node.depth == 1 and not node.why.ruled_out]
    if not heads:
        question = todo("why did it happen, and why was it not noticed? The owners of the services may know.")
        return Slide("why", (text("The causes are still open"),), ((question,),), "No why is written yet.")
    title = (text("Several conditions met; no single one is the cause"),)
    first = {why.branch: why for why in reversed(heads)}
    labels = {"occurred": "It happened: ", "undetected": "Unnoticed: ", "lasted": "It lasted: "}
    bullets: list[Spans] = [
        (strong(label), Span("words", shortened(plain(first[branch].text, draft.fields), LONGEST)))
        for branch, label in labels.items()
        if branch in first
    ]
    if draft.has("ttd"):
        bullets.append((strong("Time to detect: "), draft.value("ttd")))
    cites = sorted({each for why in heads for each in why.cites if each in draft.evidence})
    return Slide("why", title, tuple(bullets), f"Evidence: {' '.join(cites) or 'none yet'}. Whole graph: whys.svg.")


def _changes(draft: Draft) -> Slide:
    items = ranked(draft.case.action_items)
    if not items:
        question = todo("what will be changed? The owners of the causes may know.")
        return Slide("changes", (text("No change is proposed yet"),), ((question,),), "action-items.yaml is empty.")
    title = (text("These changes remove or stop it; they come before reminders"),)
    bullets = tuple(
        (strong(f"{each.id} "), Span("plan", shortened(plain(each.title, draft.fields), LONGEST)),
         text(f" ({each.hierarchy}, {each.priority})"))
        for each in items[:MOST]
    )  # fmt: skip
    rest = len(items) - len(bullets)
    notes = f"{rest} more in action-items.yaml. What each would save is not modelled."
    return Slide("changes", title, bullets, notes)


def _decisions(draft: Draft) -> Slide:
    urgent = [each for each in ranked(draft.case.action_items) if each.priority == "P0"]
    bullets: list[Spans] = []
    if urgent:
        title = (text("Decide now on the most urgent changes; what is unknown is named"),)
        bullets.append((text("Approve "), *_owned(urgent[:MOST]), text(" as P0, within 14 days of the review.")))
        whys = list(dict.fromkeys(why for each in urgent for why in each.addresses))
        if whys:
            bullets.append((text(f"Without a decision {', '.join(whys[:5])} stay as they are."),))
    else:
        title = (text("No decision is prepared yet, and some things are not known"),)
        bullets.append((todo("which decision is needed, by whom, until when?"),))
    if draft.has("loss.remaining"):
        bullets.append(
            (text("Risk: "), draft.value("loss.remaining"), text(f" {draft.record.scenario.items} are not back."))
        )
    unknown = draft.case.sections.get("unknowns", ())
    for each in unknown[:1]:
        bullets.append((strong("Not known: "), *_cut(draft, each.text)))
    return Slide("decisions", title, tuple(bullets), "See Assumptions and unknowns in the postmortem.")


def _owned(items: list[ActionItem]) -> Spans:
    spans: list[Span] = []
    for each in items:
        spans += [text(", " if spans else ""), strong(each.id), text(" ("), Span("plan", each.owner or "no owner yet"),
                  text(")")]  # fmt: skip
    return tuple(spans)
