"""Cross references: whether everything that a scenario names exists, once, and fits together.

Each rule is a function of `CHECKS`; a new one is added there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from incidentsim.scenario.document import Scenario
from incidentsim.scenario.dynamics_checks import check_dynamics, check_variants
from incidentsim.scenario.effects import SendInject
from incidentsim.scenario.expression_checks import check_effects, check_expressions, check_patterns, check_texts
from incidentsim.scenario.findings import Note, Path
from incidentsim.scenario.flow import Log, Source, Split, Store
from incidentsim.scenario.index import Index, Notes, index
from incidentsim.scenario.library import has_runbook
from incidentsim.scenario.people_checks import check_people, check_policies, check_verbs
from incidentsim.scenario.price_checks import check_prices
from incidentsim.scenario.truth_checks import check_truth
from incidentsim.scenario.units import format_duration
from incidentsim.scenario.vocabulary import feeds


def check(scenario: Scenario) -> list[Note]:
    """Everything in a well-formed scenario that does not fit together, errors and warnings."""
    names, notes = index(scenario), Notes()
    for rule in CHECKS:
        rule(names, notes)
    return notes.found


def check_unique(names: Index, notes: Notes) -> None:
    """Ids are unique in their list."""
    scenario = names.scenario
    for path, part in names.parts:
        for field in type(part).model_fields:
            entries = getattr(part, field)
            if isinstance(entries, tuple) and entries and hasattr(entries[0], "id"):
                _unique((*path, field), [each.id for each in entries], notes, ("id",))
    for field in ("labels", "runbooks", "severities"):
        _unique((field,), getattr(scenario, field), notes)
    truth = scenario.truth
    both = [condition.id for condition in truth.conditions]
    for position, herring in enumerate(truth.red_herrings):
        if herring.id in both:
            notes.error(("truth", "red_herrings", position, "id"), f"{herring.id!r} is a condition's id too",
                        "Give it another id.", "duplicate-id")  # fmt: skip


def _unique(path: Path, ids: Sequence[str | None], notes: Notes, field: Path = ()) -> None:
    first: dict[str, int] = {}
    for position, each in enumerate(ids):
        if each is None:
            continue
        if each in first:
            notes.error((*path, position, *field), f"{each!r} stands here twice, first at [{first[each]}]",
                        "Give it another id.", "duplicate-id")  # fmt: skip
        first.setdefault(each, position)


def check_services(names: Index, notes: Notes) -> None:
    """Every service that something belongs to exists; no service depends on itself."""
    services = names.ids("services")
    for field in ("flow", "scalers", "signals", "slos", "patterns", "alerts", "changes", "excerpts"):
        for position, part in enumerate(getattr(names.scenario, field)):
            notes.known((field, position, "service"), part.service, services, "service")
    for position, service in enumerate(names.scenario.services):
        for at, other in enumerate(service.depends_on):
            path = ("services", position, "depends_on", at)
            if other == service.id:
                notes.error(path, f"{other!r} depends on itself", "Take it out.")
            else:
                notes.known(path, other, services, "service")


def check_flow(names: Index, notes: Notes) -> None:
    """Stages feed stages that exist and take items; nothing runs in a circle; shares add up."""
    scenario = names.scenario
    nodes = {node.id: node for node in scenario.flow}
    stages = tuple(nodes)
    edges: dict[str, list[str]] = {}
    for position, node in enumerate(scenario.flow):
        path: Path = ("flow", position)
        for field, target in feeds(node):
            if notes.known((*path, *field), target, stages, "stage of the flow"):
                edges.setdefault(node.id, []).append(target)
                if isinstance(nodes[target], Source):
                    notes.error((*path, *field), f"{target!r} is a source and takes nothing in", "Feed another stage.")
        if isinstance(node, Store):
            _unique((*path, "snapshots"), [each.id for each in node.snapshots], notes, ("id",))
            for at, snapshot in enumerate(node.snapshots):
                if snapshot.lacks > node.held:
                    notes.error((*path, "snapshots", at, "lacks"), "it lacks more than the store holds",
                                f"At most {node.held}.", "limit")  # fmt: skip
        if isinstance(node, Split):
            _check_ports(node, path, {each.id for each in nodes.values() if isinstance(each, Log)}, notes)
        if isinstance(node, Source):
            for label in node.share:
                notes.known((*path, "share", label), label, names.labels, "label")
            if sum(node.share.get(label, 0) for label in names.labels[1:]) > 1_000_000:
                notes.error((*path, "share"), "the shares come to more than 1000000 ppm", "Lower them.", "limit")
            if any(a[0] >= b[0] for a, b in zip(node.shape, node.shape[1:], strict=False)):
                notes.error((*path, "shape"), "the times of the shape do not grow", "Put them in order.", "order")
    circle = find_circle(edges)
    if circle:
        place = next(i for i, node in enumerate(scenario.flow) if node.id == circle[0])
        notes.error(("flow", place, "id"), f"the flow runs in a circle: {' → '.join(circle)}", "Cut it open.", "circle")


def _check_ports(node: Split, path: Path, logs: set[str], notes: Notes) -> None:
    for position, port in enumerate(node.ports):
        place = (*path, "ports", position)
        if port.fails is not None:
            notes.known((*place, "fails"), port.fails, tuple(sorted(logs)), "log")
    names = [port.name for port in node.ports]
    for position, name in enumerate(names):
        if name == "in" or name in names[:position]:
            notes.error(
                (*path, "ports", position, "name"), f"{name!r} is taken", "Name the port otherwise.", "duplicate-id"
            )
    if sum(port.share for port in node.ports[:-1]) > 1_000_000:
        notes.error((*path, "ports"), "the shares come to more than 1000000 ppm", "Lower them.", "limit")


def check_chains(names: Index, notes: Notes) -> None:
    """No inject sends itself, at once, over any number of others."""
    edges = {
        inject.id: [each.inject for each in inject.effects if isinstance(each, SendInject) and not each.after]
        for inject in names.scenario.injects
    }
    circle = find_circle(edges)
    if circle:
        place = names.ids("injects").index(circle[0])
        notes.error(("injects", place, "effects"), f"this sends itself at once: {' → '.join(circle)}",
                    "Give one of them an after.", "circle")  # fmt: skip


def find_circle(edges: Mapping[str, Iterable[str]]) -> list[str]:
    """A circle among edges, its first name again at its end; empty where there is none."""
    done: dict[str, None] = {}
    for start in edges:
        trail, stack = {start: None}, [(start, iter(edges.get(start, ())))]
        if start in done:
            continue
        while stack:
            here, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                stack.pop()
                trail.pop(here, None)
                done[here] = None
            elif following in trail:
                names = list(trail)
                return [*names[names.index(following) :], following]
            elif following not in done:
                trail[following] = None
                stack.append((following, iter(edges.get(following, ()))))
    return []


def check_labels(names: Index, notes: Notes) -> None:
    """Labels can be written in an expression and in a parameter."""
    for position, label in enumerate(names.scenario.labels):
        if not 1 <= len(label) <= 32 or any(each in '[]"\\' or not each.isprintable() for each in label):
            notes.error(
                ("labels", position), "a label has 1 to 32 characters, no brackets or quotes", "Shorten it.", "limit"
            )
    if names.scenario.label_name == "time":
        notes.error(("label_name",), "queries group by time already", "Name the label otherwise.", "duplicate-id")


def check_times(names: Index, notes: Notes) -> None:
    """What happens at a time happens in the scenario's span."""
    scenario = names.scenario
    for field in ("events", "injects", "faults", "anchors", "shifts"):
        for position, part in enumerate(getattr(scenario, field)):
            if part.at is not None and part.at > scenario.duration:
                _late((field, position, "at"), part.at, scenario, notes)
    for position, alert in enumerate(scenario.alerts):
        for at, (start, stop) in enumerate(alert.times):
            if start > scenario.duration:
                _late(("alerts", position, "times", at, 0), start, scenario, notes)
            if stop <= start:
                notes.error(("alerts", position, "times", at), "it resolves before it fires", "Swap the two.", "order")
    if not 1970 <= scenario.start.year < 2200:
        notes.error(("start",), "the start lies outside of 1970 to 2199", "Choose a nearer year.", "limit")
    if scenario.alert_interval % scenario.step:
        notes.error(("alert_interval",), "it is not a multiple of step", "Make it one.", "limit")


def _late(path: Path, at: int, scenario: Scenario, notes: Notes) -> None:
    notes.warn(path, f"{format_duration(at)} lies after the end ({format_duration(scenario.duration)})",
               "It never happens; make duration longer or the time earlier.", "late")  # fmt: skip


def check_zone(names: Index, notes: Notes) -> None:
    """The local zone is one that this machine knows."""
    zone = names.scenario.local_zone
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        notes.warn(
            ("local_zone",), f"this machine knows no time zone {zone!r}", "Write it as America/New_York.", "zone"
        )


def check_runbooks(names: Index, notes: Notes) -> None:
    """Runbooks are in the library."""
    for position, runbook in enumerate(names.scenario.runbooks):
        if not has_runbook(runbook):
            notes.warn(("runbooks", position), f"there is no runbook {runbook!r} in the library",
                       f"Add runbooks/{runbook}.md.", "runbook")  # fmt: skip


CHECKS: tuple[Callable[[Index, Notes], None], ...] = (
    check_unique,
    check_services,
    check_labels,
    check_flow,
    check_chains,
    check_dynamics,
    check_variants,
    check_expressions,
    check_effects,
    check_texts,
    check_patterns,
    check_people,
    check_verbs,
    check_prices,
    check_truth,
    check_policies,
    check_times,
    check_zone,
    check_runbooks,
)
