"""People and what they say: personas, injects (MSEL), alerts, changes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from incidentsim.scenario.base import Model, SecretModel
from incidentsim.scenario.effects import Effect
from incidentsim.scenario.units import MINUTE, SECOND, Duration, Expression, Id, Text, Title

Channel = Literal["page", "chat", "mail", "call", "ticket", "status"]


class Topic(Model):
    """Something one can ask anybody about. The list is public and the same for all personas."""

    id: Id
    title: Title
    words: tuple[str, ...] = ()
    """Words in a free question that mean this topic."""


class Answer(SecretModel):
    """What a persona says on a topic. The first answer whose condition holds is given."""

    topic: Id
    when: Expression | None = None
    text: Text
    effects: tuple[Effect, ...] = ()
    why: Text = ""
    """In an interview: what is said to a question that begins with *why*; without it, the first sentence of *text*."""


class Persona(Model):
    """A person or a team, by role, who is in the scenario and answers offline."""

    id: Id
    title: Title
    team: Id = "unknown"
    about: Text = ""
    reachable: SecretReachable | None = None
    answers: tuple[Answer, ...] = ()
    interview: tuple[Answer, ...] = ()
    """What this person says afterwards, in the debrief."""
    default: SecretText | None = None
    replies_after: Duration = 3 * MINUTE


class SecretReachable(SecretModel):
    """When a persona can be reached, and what one hears otherwise."""

    when: Expression
    otherwise: Text


class SecretText(SecretModel):
    """Text that is not known before it is said."""

    text: Text


class Matcher(SecretModel):
    """Commands that count as a certain act. Each given field has to match; lists mean any of them."""

    verb: tuple[Id, ...]
    target: tuple[str, ...] = ()
    """Shell-style patterns for the target; empty: any target."""
    args: dict[str, str] = {}
    """Shell-style patterns for arguments."""
    words: tuple[tuple[str, ...], ...] = ()
    """Every group needs one of its words in the command's text."""


class Expectation(SecretModel):
    """What a competent team would do about an inject, by when, and what follows if it does not."""

    text: Text
    acts: Annotated[tuple[Matcher, ...], Field(min_length=1)]
    within: Duration
    contingency: tuple[Effect, ...] = ()
    met: tuple[Effect, ...] = ()


class Inject(SecretModel):
    """A message or event put into play to prompt action: at a time, on a condition, or by an effect."""

    id: Id
    at: Duration | None = None
    when: Expression | None = None
    repeat: Annotated[Duration, Field(ge=SECOND)] | None = None
    channel: Channel
    sender: Id
    to: Id = "on-call"
    title: Title
    text: Text
    asks_by: Duration | None = None
    """A deadline that the message itself states, after it arrives; players see the time left."""
    effects: tuple[Effect, ...] = ()
    expectation: Expectation | None = None


class Alert(SecretModel):
    """An alert rule of the organisation. It fires only on what is measured.

    ``threshold``: *value* compared with *above*/*below* for *lasts*. ``burn-rate``: the *slo*'s error ratio over
    the long and the short window, both above factor x (1 - target) (multi-window, multi-burn-rate).
    ``script``: at given times. *flaps*: it resolves and fires again this often while it holds.
    """

    id: Id
    kind: Literal["threshold", "burn-rate", "script"]
    title: Title
    text: Text = ""
    service: Id
    severity: Literal["page", "ticket", "info"] = "ticket"
    value: Expression | None = None
    above: Annotated[float, Field(allow_inf_nan=False)] | None = None
    below: Annotated[float, Field(allow_inf_nan=False)] | None = None
    lasts: Duration = 0
    slo: Id | None = None
    long: Duration = 60 * MINUTE
    short: Duration = 5 * MINUTE
    factor: Annotated[float, Field(gt=0, le=1_000_000, allow_inf_nan=False)] = 14.4
    times: tuple[tuple[Duration, Duration], ...] = ()
    """For ``script``: (fires, resolves)."""
    repeat: Duration | None = None
    flaps: Duration | None = None
    enabled: Expression | None = None
    collected: Expression | None = None
    """While this is 0 the rule sees no samples. None: always."""
    on_missing: Literal["keep", "resolve", "fire"] = "keep"
    """What the rule does without samples."""
    delivered: Expression | None = None
    """While this is 0 the rule fires and nobody is told. None: always."""

    @model_validator(mode="after")
    def _complete(self) -> Alert:
        if self.kind == "threshold" and (self.value is None or (self.above is None) == (self.below is None)):
            raise ValueError("a threshold alert needs value and one of above, below")
        if self.kind == "burn-rate" and self.slo is None:
            raise ValueError("a burn-rate alert needs slo")
        if self.kind == "script" and not self.times:
            raise ValueError("a script alert needs times")
        return self


class Change(Model):
    """An entry of the change and configuration history; *at* may lie before the start (*days_before*)."""

    id: Id
    at: Duration = 0
    days_before: Annotated[int, Field(ge=0, le=4000)] = 0
    """How many days before the scenario's first day; *at* is then the time since the start's time of day."""
    service: Id
    title: Title
    text: Text = ""
    """What is read when the entry is opened."""
    seen: Literal["during", "after"] = "during"
    """Whether it can be looked up in play, or only afterwards."""


class Excerpt(SecretModel):
    """A piece of code, configuration, schema or text as it stood, to be read when play is over."""

    id: Id
    service: Id
    title: Title
    kind: Literal["code", "config", "schema", "test", "text"] = "code"
    path: Title = ""
    """Where it stands: a path in a repository, a name in a store."""
    text: Text
    """Verbatim."""


Persona.model_rebuild()
