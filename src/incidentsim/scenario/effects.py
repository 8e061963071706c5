"""Effects: the ways in which faults, actions and injects change the world."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from incidentsim.scenario.base import SecretModel
from incidentsim.scenario.units import Duration, Id, Name, Ppm, Text

Parameter = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*(\[[^\[\]]{1,32}\])?$")]
"""``node.parameter`` or ``node.parameter[label]``."""


class SetParameter(SecretModel):
    """Bring a parameter to a value, at once or linearly over a time."""

    kind: Literal["set"]
    parameter: Parameter
    to: Annotated[int, Field(ge=0, le=10**12)]
    after: Duration = 0
    over: Duration = 0


class FreezeParameter(SecretModel):
    """Stop a ramp where it stands, and whatever was still to come for that parameter."""

    kind: Literal["freeze"]
    parameter: Parameter
    after: Duration = 0


class ResetParameter(SecretModel):
    """Bring a parameter back to what the document declares, and cancel what was still to come."""

    kind: Literal["reset"]
    parameter: Parameter
    after: Duration = 0
    over: Duration = 0


class SetFlag(SecretModel):
    """Set a named whole number that expressions can read."""

    kind: Literal["flag"]
    flag: Name
    to: Annotated[int, Field(ge=0, le=10**9)] = 1
    after: Duration = 0


class Degrade(SecretModel):
    """Lower a service's health, and with a delay that of the services which depend on it."""

    kind: Literal["degrade"]
    service: Id
    to: Annotated[int, Field(ge=0, le=1000)]
    after: Duration = 0
    spread_delay: Duration = 0
    spread: Annotated[int, Field(ge=0, le=1000)] = 0
    """Permille of the loss of health that a dependent service takes over, at each hop."""


class EmitRow(SecretModel):
    """One log line."""

    kind: Literal["row"]
    service: Id
    level: Literal["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"] = "INFO"
    text: Text
    after: Duration = 0


class SendInject(SecretModel):
    """Put an inject into play."""

    kind: Literal["inject"]
    inject: Id
    after: Duration = 0


class EndFault(SecretModel):
    """End a fault: what it still had to do is cancelled, and its parameters are reset."""

    kind: Literal["end-fault"]
    fault: Id
    after: Duration = 0


class Flush(SecretModel):
    """Empty a cache, or keep a share of its entries."""

    kind: Literal["flush"]
    node: Name
    keep: Ppm = 0
    after: Duration = 0


class Drain(SecretModel):
    """Throw a queue's waiting work away, or keep a share of it. It counts as dropped; callers retry as usual."""

    kind: Literal["drain"]
    node: Name
    keep: Ppm = 0
    after: Duration = 0


class Delete(SecretModel):
    """Remove a share of what a store holds."""

    kind: Literal["delete"]
    store: Name
    share: Ppm = 1_000_000
    after: Duration = 0


class TakeSnapshot(SecretModel):
    """Copy what a store holds now; a snapshot of that name is replaced."""

    kind: Literal["snapshot"]
    store: Name
    snapshot: Id
    after: Duration = 0


class ForgetSnapshot(SecretModel):
    """Lose a snapshot, whether or not it exists. A restore from it that is running goes no further."""

    kind: Literal["forget"]
    store: Name
    snapshot: Id
    after: Duration = 0


class Restore(SecretModel):
    """Bring back what was removed from a store and a snapshot holds, so many items a minute, until all is back.

    It replaces a restore that is running. From a snapshot that does not exist nothing comes back; with a rate of
    0 a running restore stops.
    """

    kind: Literal["restore"]
    store: Name
    snapshot: Id
    rate: Annotated[int, Field(ge=0, le=10**12)]
    after: Duration = 0


Effect = Annotated[
    SetParameter
    | FreezeParameter
    | ResetParameter
    | SetFlag
    | Degrade
    | EmitRow
    | SendInject
    | EndFault
    | Flush
    | Drain
    | Delete
    | TakeSnapshot
    | ForgetSnapshot
    | Restore,
    Field(discriminator="kind"),
]
