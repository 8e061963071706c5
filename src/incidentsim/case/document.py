"""The case: everything that people wrote about one incident."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

SCHEMA: Literal["incidentsim.dev/case/v1"] = "incidentsim.dev/case/v1"
HEAD = "effect"
"""The head of the whys, which is not a why."""
BRANCHES = ("occurred", "undetected", "lasted", "recovered")
CATEGORIES: dict[str, str] = {
    "change": "Change & deploy",
    "contract": "Data contract & schema",
    "code": "Code & design",
    "platform": "Platform & capacity",
    "detection": "Detection & alerting",
    "ownership": "Process & ownership",
    "external": "External dependencies",
    "knowledge": "Knowledge & tooling context",
}
"""The usual categories of contributing factors; people are none of them."""

Line = Annotated[str, StringConstraints(max_length=500)]
Title = Annotated[str, StringConstraints(min_length=1, max_length=100, strip_whitespace=True)]
Prose = Annotated[str, StringConstraints(max_length=20_000)]
EvidenceId = Annotated[str, StringConstraints(pattern=r"^E-\d{4,}$")]
Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]+(?:[-._][A-Za-z0-9]+)*$", max_length=64)]


RowKey = Annotated[str, StringConstraints(min_length=1, max_length=200)]
"""Names a row of the timeline (`incidentsim.timeline.records.TimelineRow.key`)."""


class Written(BaseModel):
    """A part of the case. Unknown fields are refused, so that nothing written by hand is lost silently."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Statement(Written):
    """A sentence or paragraph and the evidence it rests on. It may hold ``{{ field.id }}`` of the record.

    *estimate*: a person's estimate, whose numbers the record need not account for.
    """

    text: Prose
    cites: tuple[EvidenceId, ...] = ()
    id: Annotated[str, StringConstraints(max_length=64)] = ""
    estimate: bool = False


class Why(Written):
    """One answer to *why?*: a condition that brought its parent about. No parent: it explains the effect itself."""

    id: Key
    text: Prose
    branch: Literal["occurred", "undetected", "lasted", "recovered"]
    parent: Key | None = None
    cites: tuple[EvidenceId, ...] = ()
    gate: Literal["and", "or"] | None = None
    """How it joins its siblings: ``and`` where only together they suffice."""
    category: Key | None = None
    stop: Literal["controllable", "external", "accepted-risk", "unknown"] | None = None
    """Why nobody asks further here."""
    sensible: Prose = ""
    """What made this sensible at the time."""
    falsify: Prose = ""
    """What would show that it is wrong."""
    ruled_out: bool = False


class ActionItem(Written):
    """Something that will be done so that it does not happen again, or hurts less."""

    id: Key
    title: Line
    hierarchy: Literal["eliminate", "automate", "guardrail", "document"]
    type: Literal["investigate", "mitigate-now", "repair", "detect", "mitigate-future", "prevent", "process", "other"]
    theme: Line = ""
    priority: Literal["P0", "P1", "P2"] = "P1"
    owner: Line = ""
    due: date | None = None
    tracking: Line = ""
    addresses: tuple[Key, ...] = ()
    """The whys it is about."""
    slo: Key | Literal[""] = ""
    done_when: Prose = ""
    bypass: Prose = ""
    """If somebody ignores this, what still prevents it?"""
    side_effect: Prose = ""
    control: Key | None = None
    """The control of the scenario that it adds, as the trainee says."""
    effect: Line = ""
    """What it would have saved, as a person estimates; what a control would save is modelled."""
    status: Literal["proposed", "open", "done", "verified", "declined"] = "proposed"
    reason: Prose = ""
    """Why it was declined."""
    approver: Line = ""
    """The role that agreed to decline it."""
    cites: tuple[EvidenceId, ...] = ()

    @property
    def strength(self) -> str:
        """Strength after RCA2: ``stronger``, ``intermediate`` or ``weaker``."""
        return {"eliminate": "stronger", "automate": "intermediate", "guardrail": "stronger"}.get(
            self.hierarchy, "weaker"
        )


class RowEdit(Written):
    """What was made of one row of the timeline; what was recorded stays as it is, and where it is."""

    wording: Prose = ""
    """Words beside it."""
    pinned: bool = False
    """It belongs into the story."""
    milestone: Literal["started", "detected", "acknowledged", "mitigated", "resolved", ""] = ""
    phase: Line = ""
    """The phase that begins here."""
    into: RowKey | Literal[""] = ""
    """The earlier row that it is told with."""


class Override(Written):
    """What a facilitator gives a criterion instead of what was measured, and why."""

    ratio: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
    reason: Annotated[Prose, StringConstraints(min_length=1, strip_whitespace=True)]
    by: Line = "facilitator"


class Attempt(Written):
    """How a case stood when its scorecard was first seen: its score, each criterion's ratio, a digest of the case."""

    at: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]
    """UTC."""
    score: Annotated[int, Field(ge=0, le=100)]
    ratios: dict[Key, Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]] = {}
    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class BriefingAnswer(Written):
    """What was answered to a question of the briefing. It may hold ``{{ field.id }}`` of the record.

    *estimate*: its numbers are a person's estimate, apart from those that the question asks for.
    """

    text: Prose
    cites: tuple[EvidenceId, ...] = ()
    estimate: bool = False


class Entry(Written):
    """A row of the timeline that people wrote themselves: what happened at a moment, and what shows it."""

    id: Key
    t: Annotated[int, Field(ge=-(10**13), le=10**13)]
    """Milliseconds since the start."""
    text: Prose
    cites: tuple[EvidenceId, ...] = ()


class Edit(Written):
    """A person's change to a rendered text: what stood there when it was rendered, and what stands there now."""

    base: Prose
    text: Prose


def _own_ids(whys: tuple[Why, ...]) -> tuple[Why, ...]:
    _no_repeats("whys", (why.id for why in whys))
    if any(why.id == HEAD for why in whys):
        raise PydanticCustomError(
            "reserved_id", "no why can have the id {id}, which stands for what is explained", {"id": HEAD}
        )
    return whys


def _own_item_ids(items: tuple[ActionItem, ...]) -> tuple[ActionItem, ...]:
    _no_repeats("action items", (item.id for item in items))
    return items


def _own_entry_ids(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    _no_repeats("entries", (entry.id for entry in entries))
    return entries


def _no_repeats(what: str, ids: Iterable[str]) -> None:
    seen: dict[str, None] = {}
    for each in ids:
        if each in seen:
            raise PydanticCustomError("repeated_id", "two {what} have the id {id}", {"what": what, "id": each})
        seen[each] = None


class Case(Written):
    """What people wrote about one incident: drills and real ones alike."""

    schema_id: Annotated[Literal["incidentsim.dev/case/v1"], Field(alias="schema")] = SCHEMA
    exercise: bool = True
    """It is about a drill."""
    incident: Line = ""
    title: Line = ""
    journal: Line = ""
    """The exercise that it is about."""
    authors: tuple[Line, ...] = ()
    effect: Prose = ""
    whys: Annotated[tuple[Why, ...], Field(max_length=500), AfterValidator(_own_ids)] = ()
    action_items: Annotated[tuple[ActionItem, ...], Field(max_length=200), AfterValidator(_own_item_ids)] = ()
    declined: tuple[Statement, ...] = ()
    sections: dict[Key, tuple[Statement, ...]] = {}
    slos: tuple[Key, ...] = ()
    """SLOs that it proposes to define."""
    timeline: Annotated[dict[RowKey, RowEdit], Field(max_length=5_000)] = {}
    """What was made of the rows of the timeline, by the row's key."""
    sensible: dict[Key, Prose] = {}
    """What made a choice sensible at the time, by the choice (`incidentsim.assessment.prices.Price.id`)."""
    overrides: dict[Key, Override] = {}
    """What a facilitator gives instead of what was measured, by criterion."""
    briefing: Annotated[dict[Key, BriefingAnswer], Field(max_length=100)] = {}
    """What leadership was told, by the id of the question (`incidentsim.postmortem.briefing`)."""
    entries: Annotated[tuple[Entry, ...], Field(max_length=500), AfterValidator(_own_entry_ids)] = ()
    """Rows of the timeline that people wrote themselves."""
    first_attempt: Attempt | None = None
    """How it stood when the scorecard was first seen."""
    edits: dict[Key, Edit] = {}
    """Changes to rendered text, by block."""
    categories: Annotated[dict[Key, Title], Field(max_length=12)] = {}
    """Categories of its fishbone, id to title; empty: `CATEGORIES`."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    @property
    def bones(self) -> dict[str, str]:
        """The categories of its fishbone, id to title."""
        return dict(self.categories or CATEGORIES)
