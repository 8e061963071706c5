"""Expressions, effects and texts with quantities: everything in them has to exist."""

from __future__ import annotations

import ast
from string import Formatter

from incidentsim.scenario.actions import Outcome, Verb
from incidentsim.scenario.dynamics import Coupling, Scaler
from incidentsim.scenario.effects import (
    Degrade,
    Delete,
    Drain,
    EmitRow,
    EndFault,
    Flush,
    ForgetSnapshot,
    FreezeParameter,
    ResetParameter,
    Restore,
    SendInject,
    SetParameter,
    TakeSnapshot,
)
from incidentsim.scenario.explaining import suggest
from incidentsim.scenario.expression import ExpressionError, Parsed, Quantity, parse, quantity_of
from incidentsim.scenario.findings import Path
from incidentsim.scenario.flow import Cache, Queue, Store
from incidentsim.scenario.index import Index, Notes, expression_fields
from incidentsim.scenario.logs import IntegerField, Pattern
from incidentsim.scenario.people import Alert, Answer, Inject, SecretReachable, SecretText
from incidentsim.scenario.system import Signal
from incidentsim.scenario.vocabulary import NUMBER_FORMATS, is_share

_WORDED: dict[type, tuple[str, ...]] = {
    Outcome: ("text",),
    Verb: ("otherwise",),
    Answer: ("text",),
    Inject: ("title", "text"),
    Alert: ("title", "text"),
    EmitRow: ("text",),
    SecretReachable: ("otherwise",),
    SecretText: ("text",),
}
"""Texts in which the world's quantities are filled in."""

_SUMS = frozenset({"total", "over", "ago"})


def check_expressions(index: Index, notes: Notes) -> None:
    """Every expression can be read, and its quantities, flags, labels and services exist."""
    for path, part in index.parts:
        for name in expression_fields(type(part)):
            text = getattr(part, name)
            if text is None:
                continue
            local = ("value",) if isinstance(part, Signal) and name in {"warn", "critical"} else ()
            try:
                parsed = parse(text)
            except ExpressionError as error:
                notes.error((*path, name), str(error), "Write it as in the expression language.", "expression")
                continue
            if local and not _reads_only(parsed, local):
                notes.error((*path, name), "a limit reads nothing but value", "Write it as value > 100.", "expression")
                continue
            for message, mend in _unknown(parsed, index, local):
                notes.error((*path, name), message, mend, "expression")


def _reads_only(parsed: Parsed, names: tuple[str, ...]) -> bool:
    sums = any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {*_SUMS, "since"}
        for node in ast.walk(parsed.tree)
    )
    known = all(each.name in names and each.label is None for each in parsed.quantities)
    return known and not sums and not parsed.services and not parsed.parameters


def _unknown(parsed: Parsed, index: Index, local: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """(message, mend) for what an expression reads and nobody defines."""
    found = [problem for each in parsed.quantities if (problem := _unknown_quantity(each, index, local))]
    services = index.ids("services")
    found += [
        (f"there is no service {each!r}", suggest(each, services)) for each in parsed.services if each not in services
    ]
    found += [
        (f"there is no parameter {each!r}", suggest(each, index.parameters))
        for each in parsed.parameters
        if each not in index.parameters
    ]
    for node in ast.walk(parsed.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _SUMS:
            quantity = quantity_of(node.args[0])
            if quantity is not None and quantity.name in index.flags:
                found.append((f"{node.func.id}() takes a quantity of the flow, not a flag", "Use since(flag)."))
    return found


def _unknown_quantity(quantity: Quantity, index: Index, local: tuple[str, ...]) -> tuple[str, str] | None:
    name, label = quantity.name, quantity.label
    if name in index.quantities:
        if label is None or label in index.labels:
            return None
        return f"there is no label {label!r}", suggest(label, index.labels)
    if label is None and (name in index.flags or name in local):
        return None
    if "." in name or label is not None:
        node = name.partition(".")[0]
        of_node = [each for each in index.quantities if each.startswith(f"{node}.")]
        mend = suggest(name, of_node or index.quantities)
        if name in index.ids("signals"):
            mend = "A signal cannot be read here; write its quantities."
        return f"there is no quantity {name!r}", mend or "The document has no flow."
    known = [*index.flags, *index.quantities]
    return f"nothing sets the flag {name!r}", suggest(name, known) or "Add an effect of kind flag."


def check_effects(index: Index, notes: Notes) -> None:
    """Effects change parameters that exist, and name services, stages, injects and faults that exist."""
    nodes = {node.id: node for node in index.scenario.flow}
    of_kind = {
        kind: tuple(node.id for node in index.scenario.flow if isinstance(node, kind)) for kind in (Cache, Queue, Store)
    }
    snapshots = _snapshots(index)
    for path, part in index.parts:
        match part:
            case SetParameter() | FreezeParameter() | ResetParameter() | Scaler() | Coupling():
                if not _known_parameter((*path, "parameter"), part.parameter, index, notes):
                    continue
                if isinstance(part, SetParameter) and part.to > 1_000_000:
                    node, _, name = part.parameter.partition(".")
                    if node in nodes and is_share(nodes[node], name):
                        notes.error((*path, "to"), "a share is at most 1000000 ppm", "Write it in ppm.", "limit")
            case Degrade() | EmitRow():
                notes.known((*path, "service"), part.service, index.ids("services"), "service")
            case SendInject():
                notes.known((*path, "inject"), part.inject, index.ids("injects"), "inject")
            case EndFault():
                notes.known((*path, "fault"), part.fault, index.all_faults, "fault")
            case Flush():
                notes.known((*path, "node"), part.node, of_kind[Cache], "cache")
            case Drain():
                notes.known((*path, "node"), part.node, of_kind[Queue], "queue")
            case Delete() | TakeSnapshot():
                notes.known((*path, "store"), part.store, of_kind[Store], "store")
            case Restore() | ForgetSnapshot():
                if notes.known((*path, "store"), part.store, of_kind[Store], "store"):
                    notes.known((*path, "snapshot"), part.snapshot, snapshots[part.store], "snapshot")


def _known_parameter(path: Path, parameter: str, index: Index, notes: Notes) -> bool:
    if parameter in index.parameters:
        return True
    node = parameter.partition(".")[0]
    near = [each for each in index.parameters if each.startswith(f"{node}.")]
    mend = suggest(parameter, near or index.parameters) or "The document has no flow."
    notes.error(path, f"there is no parameter {parameter!r}", mend)
    return False


def _snapshots(index: Index) -> dict[str, tuple[str, ...]]:
    """Per store, the snapshots that it has at the start and those that some effect takes."""
    names = {node.id: [each.id for each in node.snapshots] for node in index.scenario.flow if isinstance(node, Store)}
    for _, part in index.parts:
        if isinstance(part, TakeSnapshot) and part.store in names:
            names[part.store].append(part.snapshot)
    return {store: tuple(each) for store, each in names.items()}


def check_texts(index: Index, notes: Notes) -> None:
    """Braces in a text hold an expression that can be filled in; where they do not, they stay as they are."""
    for path, part in index.parts:
        for name in _WORDED.get(type(part), ()):
            problem = _wording_problem(getattr(part, name), index)
            if problem:
                notes.warn((*path, name), f"{problem}, so its braces are shown as they are",
                           "Write {expression} or {expression:format}.", "wording")  # fmt: skip


def _wording_problem(text: str, index: Index) -> str:
    if "{" not in text:
        return ""
    try:
        for _, expression, spec, _ in Formatter().parse(text):
            if expression is None or expression == "clock":
                continue
            if spec not in NUMBER_FORMATS:
                return f"{(spec or '')[:40]!r} is no format of a number"
            unknown = _unknown(parse(expression), index)
            if unknown:
                return unknown[0][0]
    except ExpressionError as error:
        return str(error)
    except ValueError:
        return "a brace has no partner"
    return ""


def check_patterns(index: Index, notes: Notes) -> None:
    """A pattern's text holds each of its fields, and no other."""
    for path, part in index.parts:
        if isinstance(part, IntegerField) and part.low > part.high:
            notes.error((*path, "low"), "low is above high", "Swap them.", "limit")
        if isinstance(part, Pattern):
            _check_pattern(path, part, notes)


def _check_pattern(path: Path, pattern: Pattern, notes: Notes) -> None:
    place = (*path, "text")
    used: dict[str, None] = {}
    try:
        for _, name, spec, conversion in Formatter().parse(pattern.text):
            if name is None:
                continue
            used[name] = None
            if spec or conversion:
                notes.error(
                    place, f"the field {name!r} has a format", "Write {name}; formats stand in fields.", "pattern"
                )
    except ValueError:
        notes.error(place, "a brace has no partner", "Write {{ or }} for a brace.", "pattern")
        return
    for name in used:
        if name not in pattern.fields:
            mend = suggest(name, pattern.fields) or "Add it to fields, or write {{ for a brace."
            notes.error(place, f"the text uses {{{name}}}, which is not in fields", mend, "pattern")
    for name in pattern.fields:
        if name not in used:
            notes.error((*path, "fields", name), "the text does not use this field",
                        f"Write {{{name}}} in the text, or take the field out.", "pattern")  # fmt: skip
