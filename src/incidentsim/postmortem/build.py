"""The whole document, from a record and a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from incidentsim.postmortem import sections_causes as causes
from incidentsim.postmortem import sections_end as end
from incidentsim.postmortem import sections_plan as plan
from incidentsim.postmortem import sections_story as story
from incidentsim.postmortem.document import Document
from incidentsim.postmortem.draft import Draft
from incidentsim.postmortem.sections_timeline import timeline_section

if TYPE_CHECKING:
    from incidentsim.case.document import Case
    from incidentsim.exercise.record import ExerciseRecord

MARKER = "EXERCISE"


def build(record: ExerciseRecord, case: Case) -> Document:
    """The postmortem of a run: what the record says, what the case claims, and what is still open."""
    from incidentsim.postmortem.drawings import fishbone_mermaid

    draft = Draft(record, case)
    fish = causes.fishbone_of(case, draft.fields, frozenset(draft.evidence))
    mermaid = fishbone_mermaid(fish, case.bones) if case.whys else ""
    sections = [
        story.head(draft),
        story.summary(draft),
        story.problem(draft),
        story.impact(draft),
        story.background(draft),
        causes.root_causes(draft),
        story.trigger(draft),
        story.detection(draft),
        story.resolution(draft),
        causes.five_whys(draft),
        causes.fishbone(draft, mermaid),
        causes.factors(draft),
        plan.actions(draft),
        plan.slo_section(draft),
        story.lessons(draft),
        timeline_section(draft),
        end.glossary(draft),
    ]
    sections += [end.supporting(draft), end.unknowns(draft), end.method(draft)]
    return Document(
        number=record.scenario.number, title=case.title or record.scenario.title, marker=MARKER,
        front=_front(draft), sections=tuple(sections), fields=draft.fields, findings=tuple(draft.findings),
        cited=tuple(draft.cited),
    )  # fmt: skip


def _front(draft: Draft) -> dict[str, Any]:
    """The machine-readable head. Times are RFC 3339; what is not known is null."""
    owner, authors = story.people(draft)
    reached, clock = draft.reached, draft.clock
    worst = story.worst_slo(draft)
    scenario = draft.record.scenario
    budgets = draft.record.world.budgets()

    def moment(t: int | None) -> str | None:
        return None if t is None else clock.iso(t)

    return {
        "exercise": MARKER,
        "schema": "incidentsim.dev/postmortem/v1",
        "id": scenario.number,
        "title": draft.case.title or scenario.title,
        "severity": draft.fields["severity"].value,
        "status": "draft",
        "owner": owner,
        "authors": list(authors),
        "services": list(dict.fromkeys(slo.service for slo in scenario.slos if budgets[slo.id].bad)),
        "trigger_class": "unknown",
        "cause_categories": causes.categories(draft.case),
        "started_at": moment(reached.started),
        "detected_at": moment(reached.detected),
        "acknowledged_at": moment(reached.acknowledged),
        "mitigated_at": moment(reached.mitigated),
        "resolved_at": moment(reached.resolved),
        "published_at": None,
        "budget": None if worst is None else {
            "slo": worst, "consumed": draft.fields[f"budget.{worst}.consumed"].text,
        },
        "tags": ["exercise", scenario.id],
    }  # fmt: skip
