"""What moves the flow's parameters without anybody's doing: scalers, schedules, couplings."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from incidentsim.scenario.base import Model, SecretModel
from incidentsim.scenario.effects import Effect, Parameter
from incidentsim.scenario.units import MINUTE, SECOND, Duration, Expression, Id, Name


class Scaler(Model):
    """An autoscaler with its lag. Stock ``pending``: what is ordered and has not arrived.

    Every *interval*: *value* > *above* orders *step* more of the parameter, which arrives after *delay*;
    *value* < *below* takes *step* away at once. What stands and what is ordered stay between *least* and *most*.
    Parameters: ``step``, ``least``, ``most``.
    """

    id: Name
    service: Id
    parameter: Parameter
    value: Expression
    above: float
    below: float
    step: Annotated[int, Field(ge=1, le=10**9)]
    interval: Annotated[Duration, Field(ge=SECOND)] = 5 * MINUTE
    delay: Duration = 5 * MINUTE
    least: Annotated[int, Field(ge=0, le=10**12)] = 0
    most: Annotated[int, Field(ge=0, le=10**12)]
    enabled: Expression | None = None


class Schedule(SecretModel):
    """A job that repeats. When it is due and *when* holds, a keyed draw decides between its two results."""

    id: Id
    first: Duration = 0
    every: Annotated[Duration, Field(ge=SECOND)]
    when: Expression | None = None
    chance: Expression | None = None
    """How likely *effects* are, ppm; else *otherwise*. None: always *effects*."""
    effects: tuple[Effect, ...] = ()
    otherwise: tuple[Effect, ...] = ()


class Coupling(SecretModel):
    """A parameter that follows the world: each step it is set to *value* over the step before, whole, from 0 to 10^12.

    While *when* does not hold the parameter stays where it is, and effects can change it.
    """

    id: Id
    parameter: Parameter
    value: Expression
    when: Expression | None = None
