"""Briefing leadership: the questions that the five slides raise. From record and case, never from the truth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from incidentsim.case.actions import ranked
from incidentsim.postmortem.sections_causes import graph_of, plain
from incidentsim.postmortem.sections_story import worst_slo
from incidentsim.postmortem.summary import slides
from incidentsim.scenario.units import MINUTE
from incidentsim.timeline.records import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from incidentsim.analysis.whys import WhyNode, WhysGraph
    from incidentsim.case.document import ActionItem
    from incidentsim.postmortem.draft import Draft

Frame = Literal["vp", "cto", "engineer"]
Want = Literal["who", "when", "evidence"]
FRAMES: dict[Frame, str] = {
    "vp": "VP: cost and risk",
    "cto": "CTO: depth",
    "engineer": "Engineer: what it means for me",
}
"""Who asks, and what they look for."""
LONG = 10 * MINUTE
"""Whoever needed longer than this to notice is asked what would have told them sooner."""
SHORT = 80
BAIT = "eng-fault"
"""The question that asks for somebody to blame."""
NAMES = ("answer", "impact", "why", "changes", "decisions")


@dataclass(frozen=True, slots=True)
class BriefingQuestion:
    """A question, what raised it, and what an answer to it has.

    *id* stays the same for the same question, whatever it says in detail. *fields* are those whose values a good
    answer gives. *wants*: it says who, until when, or on what evidence.
    """

    id: str
    frame: Frame
    text: str
    raised: str
    fields: tuple[str, ...] = ()
    hint: str = ""
    wants: tuple[Want, ...] = ()


def questions(draft: Draft) -> tuple[BriefingQuestion, ...]:
    """What these slides raise, those of the VP first. The same draft gives the same questions."""
    return (*_cost(draft), *_needs(draft), *_detection(draft), *_causes(draft), *_daily(draft))


class _Slides:
    """The slides, to be quoted."""

    def __init__(self, draft: Draft) -> None:
        self._titles = ["".join(span.text for span in slide.title) for slide in slides(draft)]

    def quote(self, name: str, more: str = "") -> str:
        """``Slide 2 says: “…”`` and what else raised it."""
        number = NAMES.index(name)
        said = f"Slide {number + 1} says: “{self._titles[number]}”."
        return f"{said} {more}" if more else said


def _cost(draft: Draft) -> Iterator[BriefingQuestion]:
    """What it cost, what is left of it, what is not back."""
    said, worst, items = _Slides(draft), worst_slo(draft), draft.record.scenario.items
    if worst is None:
        yield BriefingQuestion(
            "vp-cost", "vp", "How much did this cost us, and by which objective do you measure that?",
            said.quote("impact"), ("loss.total",),
            "The number, or who finds it out by when; an objective to measure by.",
        )  # fmt: skip
    else:
        yield BriefingQuestion(
            "vp-cost", "vp", "What did that cost of the error budget, and what is left of it?", said.quote("answer"),
            (f"budget.{worst}.consumed", f"budget.{worst}.left"),
            "Two numbers of the record, and what they mean for what we planned.",
        )  # fmt: skip
    if _left(draft, "loss.remaining"):
        yield BriefingQuestion(
            "vp-rest", "vp", f"How many {items} are not back? Are they gone for good, and who has to be told?",
            said.quote("answer", f"{draft.fields['loss.remaining'].text} {items} are not back."),
            ("loss.remaining",), "The number, what can still be brought back and what cannot, and who tells whom.",
        )  # fmt: skip
    if draft.has("time.started") and not draft.has("time.mitigated"):
        yield BriefingQuestion(
            "vp-still", "vp", "How long has this been going on, who is on it, and when do I hear next?",
            said.quote("answer", "The record has no moment from which on nothing more was lost."),
            ("duration.impact",), "How long so far, the role that is on it, the time of the next word.",
            ("who", "when"),
        )  # fmt: skip


def _left(draft: Draft, name: str) -> bool:
    """Whether the record has a field and it is not 0."""
    return draft.has(name) and draft.fields[name].value != 0


def _needs(draft: Draft) -> Iterator[BriefingQuestion]:
    """What is asked of the VP, and what can be promised."""
    said, items = _Slides(draft), open_items(draft)
    if lacking := _lacking(items):
        yield BriefingQuestion(
            "vp-need", "vp", "What do you need from me, and until when?", said.quote("decisions", lacking), (),
            "One decision, by whom, until when, and what follows without it.", ("when",),
        )  # fmt: skip
    else:
        urgent = ", ".join(each.id for each in items if each.priority == "P0")
        yield BriefingQuestion(
            "vp-no", "vp", f"What happens if I do not approve {urgent}?", said.quote("decisions"), (),
            "What stays as it is, and the risk that goes with it; no more than the evidence carries.",
        )  # fmt: skip
    if items:
        verified = sum(each.status == "verified" for each in items)
        yield BriefingQuestion(
            "vp-again", "vp", "Can this happen again next week?",
            said.quote("changes", f"Of these changes verified so far: {verified}."), (),
            "What is in place by now, what is not yet, who does it and until when. No promise beyond that.",
        )  # fmt: skip


def open_items(draft: Draft) -> list[ActionItem]:
    """The action items in rank, without those that were declined."""
    return [each for each in ranked(draft.case.action_items) if each.status != "declined"]


def _lacking(items: Iterable[ActionItem]) -> str:
    """What the decision lacks, in a sentence; empty where nothing is lacking."""
    known = tuple(items)
    if not known:
        return "No change is proposed."
    parts = []
    if not any(each.priority == "P0" for each in known):
        parts.append("No change is P0.")
    if not any(each.hierarchy == "eliminate" for each in known):
        parts.append("No change eliminates anything.")
    for what, ids in (
        ("owner", [each.id for each in known if not each.owner.strip()]),
        ("due date", [each.id for each in known if each.due is None]),
    ):
        if ids:
            parts.append(f"No {what} yet: {', '.join(ids[:5])}.")
    return " ".join(parts)


def _detection(draft: Draft) -> Iterator[BriefingQuestion]:
    """Noticing and stopping it."""
    said = _Slides(draft)
    if draft.has("ttd"):
        took = draft.fields["ttd"]
        if isinstance(took.value, int) and took.value >= LONG:
            yield BriefingQuestion(
                "cto-sooner", "cto", "How long did it take to notice, and what would have told us sooner?",
                said.quote("why", f"Time to detect: {took.text}."), ("ttd",),
                "The number, what there was to be seen sooner, and the change that will show it.",
            )  # fmt: skip
    elif draft.has("time.started"):
        yield BriefingQuestion(
            "cto-unnoticed", "cto", "What would have told us, when nothing did?",
            said.quote("why", "The record has no moment of detection."), (),
            "What was to be seen where nobody looked, and the alert that will look there.",
        )  # fmt: skip
    if draft.has("ttm"):
        yield BriefingQuestion(
            "cto-stop", "cto", "What stopped it, and how long did that take?",
            said.quote("answer", f"Mitigated at {draft.fields['time.mitigated'].text}."), ("ttm",),
            "What was done, and the time from the start until nothing more was lost.",
        )  # fmt: skip


def _causes(draft: Draft) -> Iterator[BriefingQuestion]:
    """How the causes are known."""
    said, graph = _Slides(draft), graph_of(draft)
    kept = [node for node in graph.walk() if not node.why.ruled_out]
    if not kept:
        yield BriefingQuestion(
            "cto-open", "cto", "What do you know of the causes, what not, and who finds it out until when?",
            said.quote("why"), (), "What was seen, what is open, and for each open point a role and a time.",
            ("who", "when"),
        )  # fmt: skip
        return
    head, (other, why) = _short(kept[0].why.text), _alternative(draft)
    rather = f"and not “{other}”" if other else "and not something else that happened at the time"
    yield BriefingQuestion(
        "cto-certain", "cto", f"How do you know that it was “{head}”, {rather}?",
        said.quote("why", " ".join(part for part in (_weak(graph, kept), why) if part)), (),
        "The evidence that tells the two apart, by its id; what would show that it is wrong.", ("evidence",),
    )  # fmt: skip


def _short(written: str) -> str:
    return shortened(written, SHORT).rstrip(".")


def _weak(graph: WhysGraph, kept: list[WhyNode]) -> str:
    """Where the whys carry least, in a sentence."""
    bare = [node.why.id for node in kept if not node.cites]
    if bare:
        return f"No evidence is cited for {', '.join(bare[:5])}."
    parents = [graph.parent(node.why.id) for node in kept]
    return "The whys are a single chain." if len(kept) > 1 and len(set(parents)) == len(parents) else ""


def _alternative(draft: Draft) -> tuple[str, str]:
    """What else the trainee thought of, and where that stands: what was ruled out, then what was held likely."""
    for why in draft.case.whys:
        if why.ruled_out and why.text.strip():
            return _short(plain(why.text, draft.fields)), f"{why.id} was ruled out."
    thoughts = [each for each in draft.record.hypotheses if each.state == "ruled-out" and each.text.strip()]
    if thoughts:
        likeliest = max(thoughts, key=lambda each: each.confidence)
        return _short(likeliest.text), f"{likeliest.id} was ruled out."
    return "", "No alternative is ruled out in writing."


def _daily(draft: Draft) -> Iterator[BriefingQuestion]:
    """What it means for those who are on call."""
    said, items = _Slides(draft), open_items(draft)
    alert = next((each for each in items if each.type == "detect"), None)
    if alert is not None:
        text = f"What changes for me on Monday, and what do I do when the alert of {alert.id} fires?"
    elif items:
        text = "What changes for me on Monday?"
    else:
        text = "What do I do if this begins again tonight?"
    yield BriefingQuestion(
        "eng-monday", "engineer", text, said.quote("changes"), (),
        "What is different, where it is written down, and whom to call; nothing that is not there yet.",
    )  # fmt: skip
    owner = next((each.owner.strip() for each in items if each.owner.strip()), "")
    blamed = f"{_short(owner)} gets work out of this. So was it their fault?" if owner else "So whose fault was it?"
    yield BriefingQuestion(
        BAIT, "engineer", blamed, said.quote("changes" if owner else "why"), (),
        "The condition that let it happen, and what made it sensible at the time; nobody's name.",
    )  # fmt: skip
    for unknown in draft.case.sections.get("unknowns", ())[:1]:
        yield BriefingQuestion(
            "eng-unknown", "engineer", "What is still not known: who finds it out, and until when?",
            f"Open questions say: “{_short(plain(unknown.text, draft.fields))}”.", (),
            "A role and a time. That nobody knows yet is an answer; that nobody looks is not.", ("who", "when"),
        )  # fmt: skip
