"""Carrying out effects, at once or after a delay."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, assert_never

from incidentsim.scenario.effects import (
    Degrade,
    Delete,
    Drain,
    Effect,
    EmitRow,
    EndFault,
    Flush,
    ForgetSnapshot,
    FreezeParameter,
    ResetParameter,
    Restore,
    SendInject,
    SetFlag,
    SetParameter,
    TakeSnapshot,
)

if TYPE_CHECKING:
    from incidentsim.simulation.context import Context
    from incidentsim.simulation.flow import StageEffect
    from incidentsim.simulation.parameters import Key


class Effects:
    """Carries out effects. *origin* is the fault they belong to, or None for what people and messages do."""

    def __init__(
        self, context: Context, send_inject: Callable[[str], None], operate: Callable[[StageEffect], None]
    ) -> None:
        self._context = context
        self._send_inject = send_inject
        self._operate = operate
        self._ended: dict[str, None] = {}
        self._touched: dict[str, dict[Key, None]] = {}

    def apply(self, effects: Iterable[Effect], origin: str | None = None) -> None:
        """Carry out each effect now, or schedule it where it has a delay."""
        for effect in effects:
            generations = self._generations(effect)
            if effect.after:
                self._context.agenda.at(
                    self._context.now + effect.after,
                    partial(self._due, effect, origin, generations),
                )
            else:
                self._run(effect, origin)

    def _generations(self, effect: Effect) -> dict[Key, int]:
        if not isinstance(effect, SetParameter | FreezeParameter | ResetParameter):
            return {}
        parameters = self._context.parameters
        return {key: parameters.generation(key) for key in parameters.keys(effect.parameter)}

    def _due(self, effect: Effect, origin: str | None, generations: dict[Key, int]) -> None:
        if origin is not None:
            if origin in self._ended:
                return
            parameters = self._context.parameters
            if any(parameters.generation(key) != before for key, before in generations.items()):
                return
        self._run(effect, origin)

    def _run(self, effect: Effect, origin: str | None) -> None:
        context, t = self._context, self._context.now
        match effect:
            case SetParameter() | FreezeParameter() | ResetParameter():
                self._change(effect, origin, t)
            case SetFlag():
                context.quantities.set_flag(effect.flag, effect.to)
                context.emit("flag", flag=effect.flag, to=effect.to)
            case Degrade():
                self._degrade(effect)
            case EmitRow():
                context.extra_rows.append((t, effect.service, effect.level, context.worded(effect.text)))
            case SendInject():
                self._send_inject(effect.inject)
            case EndFault():
                self._end_fault(effect.fault, t)
            case Flush() | Drain() | Delete() | TakeSnapshot() | ForgetSnapshot() | Restore():
                self._operate(effect)
                stage = effect.node if isinstance(effect, Flush | Drain) else effect.store
                context.emit("stage", stage=stage, change=effect.kind, origin=origin)
            case _:
                assert_never(effect)

    def _change(self, effect: SetParameter | FreezeParameter | ResetParameter, origin: str | None, t: int) -> None:
        parameters = self._context.parameters
        for key in parameters.keys(effect.parameter):
            if origin is None:
                parameters.take_over(key)
            else:
                self._touched.setdefault(origin, {})[key] = None
            match effect:
                case SetParameter():
                    parameters.move(key, effect.to, t, effect.over)
                case FreezeParameter():
                    parameters.hold(key, t)
                case ResetParameter():
                    parameters.move(key, parameters.base(key), t, effect.over)
        self._context.emit("parameter", parameter=effect.parameter, change=effect.kind, origin=origin)

    def _degrade(self, effect: Degrade) -> None:
        self._set_health(effect.service, effect.to)
        reached = {effect.service: None}
        ring, loss, delay = [effect.service], 1000 - effect.to, 0
        while effect.spread and ring:
            loss, delay = loss * effect.spread // 1000, delay + effect.spread_delay
            ring = [
                service.id
                for service in self._context.scenario.services
                if service.id not in reached and any(each in ring for each in service.depends_on)
            ]
            reached.update(dict.fromkeys(ring))
            if loss <= 0:
                break
            for service_id in ring:
                self._context.agenda.at(
                    self._context.now + delay,
                    partial(self._set_health, service_id, 1000 - loss),
                )

    def _set_health(self, service: str, health: int) -> None:
        self._context.quantities.health[service] = health
        self._context.emit("health", service=service, to=health)

    def _end_fault(self, fault: str, t: int) -> None:
        self._ended[fault] = None
        parameters = self._context.parameters
        for key in self._touched.get(fault, {}):
            parameters.move(key, parameters.base(key), t, 0)
        self._context.emit("fault", fault=fault, state="ended")
