"""The scenario document, version 1."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, Field, model_validator

from incidentsim.scenario.actions import Action, Control, Verb
from incidentsim.scenario.base import Model
from incidentsim.scenario.dynamics import Coupling, Scaler, Schedule
from incidentsim.scenario.flow import Node
from incidentsim.scenario.logs import Pattern, TimedEvent
from incidentsim.scenario.people import Alert, Change, Excerpt, Inject, Persona, Topic
from incidentsim.scenario.play import (
    Anchor,
    Criterion,
    Format,
    Objective,
    Policy,
    Role,
    Shift,
    Variant,
)
from incidentsim.scenario.system import Aspect, Dataset, Service, Signal, Slo
from incidentsim.scenario.truth import Fault, Truth
from incidentsim.scenario.units import HOUR, MINUTE, SECOND, Duration, Id, Text, Title, parse_duration

DEFAULT_FORMATS = (
    Format(id="20", title="20 minutes", wall=20 * MINUTE),
    Format(id="45", title="45 minutes", wall=45 * MINUTE),
    Format(id="60", title="60 minutes", wall=60 * MINUTE),
)


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


class Provenance(Model):
    """Where the scenario comes from."""

    kind: Literal["fictional", "from-public-facts", "from-own-incident", "timeline"] = "fictional"
    text: Text = ""
    sources: tuple[Text, ...] = ()


class Briefing(Model):
    """What a participant is told before play."""

    role: Text = "You are on call."
    situation: Text = ""
    goal: Text = "Find out what is going on, limit the damage, tell the people who need to know."
    notes: tuple[Text, ...] = ()


class Scenario(Model):
    """``incident_scenario.json``, version 1: system, faults, events, ground truth, rubric.

    *events* alone make a scripted scenario; the rest adds a causal world.
    """

    version: Literal[1] = 1
    id: Id = "untitled"
    incident: Annotated[str, Field(max_length=64)] = ""
    """The incident's number, such as INC-2024-0312; empty: the id in capitals."""
    title: Title = "Untitled incident"
    """For the trainee: a symptom, never the cause."""
    start: Annotated[AwareDatetime, AfterValidator(_in_utc)] = datetime(2024, 1, 1, tzinfo=UTC)
    duration: Annotated[Duration, Field(ge=SECOND, le=48 * HOUR)] = HOUR
    step: Annotated[Duration, Field(ge=SECOND, le=10 * MINUTE)] = MINUTE
    """The world's integration step."""
    alert_interval: Annotated[Duration, Field(ge=SECOND, le=HOUR)] = MINUTE
    """How often alert rules are evaluated; a multiple of the step."""
    local_zone: Annotated[str, Field(max_length=64)] = "UTC"
    organisation: Text = ""
    items: Annotated[str, Field(min_length=1, max_length=40)] = "events"
    """What passes through the system, in the plural, as people there say: events, calls, bookings."""
    provenance: Provenance = Provenance()
    briefing: Briefing = Briefing()
    labels: Annotated[tuple[str, ...], Field(max_length=16)] = ()
    """The values of the one label dimension that the flow carries, such as app versions."""
    label_name: Id = "version"

    services: tuple[Service, ...] = ()
    aspects: tuple[Aspect, ...] = ()
    flow: tuple[Node, ...] = ()
    scalers: tuple[Scaler, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    couplings: tuple[Coupling, ...] = ()
    signals: tuple[Signal, ...] = ()
    datasets: tuple[Dataset, ...] = ()
    query_takes: Duration = 3 * MINUTE
    slos: tuple[Slo, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    events: Annotated[tuple[TimedEvent, ...], Field(max_length=200_000)] = ()
    alerts: tuple[Alert, ...] = ()
    topics: tuple[Topic, ...] = ()
    personas: tuple[Persona, ...] = ()
    injects: tuple[Inject, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    verbs: tuple[Verb, ...] = ()
    actions: tuple[Action, ...] = ()
    changes: tuple[Change, ...] = ()
    excerpts: tuple[Excerpt, ...] = ()
    """Code, configuration and texts that can be read when play is over."""
    runbooks: tuple[Id, ...] = ()
    hands: Annotated[int, Field(ge=1, le=20)] = 2
    """Responders at the start."""
    shifts: tuple[Shift, ...] = ()
    faults: tuple[Fault, ...] = ()
    controls: tuple[Control, ...] = ()
    truth: Truth = Truth()

    roles: tuple[Role, ...] = ()
    severities: tuple[Title, ...] = ("SEV1", "SEV2", "SEV3", "SEV4")
    formats: Annotated[tuple[Format, ...], Field(min_length=1)] = DEFAULT_FORMATS
    variants: tuple[Variant, ...] = ()
    siblings: tuple[Variant, ...] = ()
    """Related failures that are held back: nobody plays them; controls are modelled on them."""
    objectives: tuple[Objective, ...] = ()
    hotwash: tuple[Text, ...] = ()
    rubric: tuple[Criterion, ...] = ()
    policies: tuple[Policy, ...] = ()
    reconstruction: Id | None = None
    """The policy whose response is given out to be reconstructed from its logs; None: ``reference``."""

    @property
    def number(self) -> str:
        """The incident's number, such as ``INC-2024-0312``."""
        return self.incident or self.id.upper()

    @model_validator(mode="before")
    @classmethod
    def _times(cls, data: Any) -> Any:
        return with_relative_times(data) if isinstance(data, dict) else data


def with_relative_times(data: dict[str, Any]) -> dict[str, Any]:
    """A copy of a raw document whose events' times are all relative to its start.

    An event's ``at`` may be a date and time; where the document has no start, the minute of the earliest such
    time is taken. Where it has no duration, that of its events, rounded up to a minute, is taken. Values that
    are not times are left for validation to report.
    """
    events = data.get("events")
    if not isinstance(events, list):
        return data
    absolute = {
        index: moment
        for index, event in enumerate(events)
        if isinstance(event, dict) and (moment := _moment(event.get("at"))) is not None
    }
    result = dict(data)
    start = _moment(data.get("start"))
    if absolute:
        if start is None and "start" not in data:
            start = min(absolute.values()).replace(second=0, microsecond=0)
            result["start"] = start.isoformat()
        if start is not None:
            result["events"] = [
                {**event, "at": _since(start, absolute[index])} if index in absolute else event
                for index, event in enumerate(events)
            ]
    if "duration" not in data:
        ends = []
        for event in result["events"]:
            try:
                ends.append(parse_duration(event["at"]))
            except (ValueError, KeyError, TypeError):
                continue
        if ends:
            result["duration"] = max(MINUTE, (max(ends) // MINUTE + 1) * MINUTE)
    return result


def _moment(value: Any) -> datetime | None:
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    if not isinstance(value, str) or len(value) < 10 or value[4:5] != "-":
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _since(start: datetime, moment: datetime) -> int:
    """Milliseconds from *start* to *moment*, computed on whole numbers; negative times are left negative."""
    span = moment - start
    return span.days * 86_400_000 + span.seconds * 1000 + span.microseconds // 1000
