"""Counts that the player keeps: from then on they are plotted with the signals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from incidentsim.simulation.querying import understand_query
from incidentsim.simulation.querying_cells import ratio

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incidentsim.exercise.exercise import Exercise
    from incidentsim.scenario.document import Scenario

Span = tuple[int, int]
"""Steps: the first, and the one after the last."""


def keeps(args: dict[str, Any], scenario: Scenario, number: str, t: int, title: str) -> dict[str, Any]:
    """What is kept of a count: its datasets, whether by label, which labels, and whether it compares two stages."""
    query = understand_query(args, scenario)
    return {
        "id": number,
        "t": t,
        "title": title or ", ".join(query.datasets),
        "datasets": list(query.datasets),
        "by_label": query.by_label,
        "where": list(query.where),
        "compare": query.compare,
    }


def kept_plots(exercise: Exercise, kept: dict[str, Any], spans: Sequence[Span]) -> list[dict[str, Any]]:
    """A line for each dataset and label of a kept count, and for each label's ratio where it compares two stages.

    A point is the sum over its span: what the count's table shows for that time.
    """
    labels = (kept["where"] or exercise.scenario.labels or ("",)) if kept["by_label"] else ("",)
    lines: list[tuple[str, list[int | None], int]] = []
    for label in labels:
        found = [_points(exercise, dataset, label, kept["where"], spans) for dataset in kept["datasets"]]
        names = [f"{dataset} {label}".strip() for dataset in kept["datasets"]]
        lines += [(name, points, 1) for name, points in zip(names, found, strict=True)]
        if kept["compare"]:
            lines.append((f"ratio {label}".strip(), _ratios(*found), 10_000))
    named = kept["title"] != ", ".join(kept["datasets"])
    return [
        {
            "id": f"{kept['id']}:{name}", "service": "", "title": _title(kept["title"], name, len(lines), named),
            "unit": "", "points": points, "scale": scale, "last": _last(points, scale), "state": "none", "own": True,
        }
        for name, points, scale in lines
    ]  # fmt: skip


def _title(title: str, name: str, lines: int, named: bool) -> str:
    if not named:
        return name
    return title if lines == 1 else f"{title}: {name}"


def _points(
    exercise: Exercise, dataset: str, label: str, where: Sequence[str], spans: Sequence[Span]
) -> list[int | None]:
    """A dataset's sums over *spans*; None throughout where a label is asked of what is not kept apart by label."""
    world = exercise.world
    wanted = [label] if label else list(where)
    if not wanted:
        whole = world.series(dataset)
        return [sum(whole[at:stop]) for at, stop in spans]
    if not set(wanted) <= set(world.labels_of(dataset)):
        return [None] * len(spans)
    series = [world.series(dataset, each) for each in wanted]
    return [sum(sum(column[at:stop]) for column in series) for at, stop in spans]


def _ratios(first: Sequence[int | None], second: Sequence[int | None]) -> list[int | None]:
    """The second over the first in ten-thousandths, rounded down."""
    pairs = zip(first, second, strict=True)
    return [None if not one or other is None else other * 10_000 // one for one, other in pairs]


def _last(points: Sequence[int | None], scale: int) -> str | None:
    if not points or points[-1] is None:
        return None
    return f"{points[-1]:,}" if scale == 1 else ratio(scale, points[-1])
