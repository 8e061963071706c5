"""Words that a document may use and that are not its own: verbs, counters, parameters, formats of numbers."""

from __future__ import annotations

from incidentsim.scenario.flow import Cache, Log, Node, Queue, Sink, Source, Split, Store

COMMAND_VERBS = (
    "act", "ask", "query", "search", "announce", "declare", "answer", "open", "pin", "keep", "hypothesis",
    "predict", "note", "decide", "assign", "task", "step", "mark", "handover", "interview", "withdraw", "pause",
    "resume", "end",
)  # fmt: skip
"""Verbs that every scenario knows (those of `incidentsim.simulation.command`)."""

AUDIENCES = ("internal", "customers", "executives", "status")

LABELLESS = "all"
"""The label of a flow that declares none."""

NUMBER_FORMATS = frozenset(
    {"", "d", ",", ".0f", ".1f", ".2f", ".3f", ",.0f", ",.1f", ".0%", ".1%", ".2%", ".3%", ".4%"}
)
"""What may follow the colon in ``{expression:format}``."""

_COUNTERS: dict[type, tuple[str, ...]] = {
    Source: ("out",),
    Queue: ("in", "out", "late", "cancelled", "dropped", "timeouts", "retried", "abandoned", "queued", "stale",
            "waiting"),
    Log: ("in", "out", "expired_unread", "expired_failed", "replayed", "duplicates", "unread", "held", "failed",
          "untracked"),
    Cache: ("in", "hits", "misses", "warm"),
    Store: ("in", "deleted", "restored", "held", "missing"),
    Sink: ("in", "total"),
}  # fmt: skip
_PARAMETERS: dict[type, tuple[str, ...]] = {
    Source: ("rate",),
    Queue: ("capacity", "limit", "retry", "timeout", "cancel"),
    Log: ("capacity", "retention", "size", "replay", "replay_copies"),
    Cache: ("hit", "fill"),
    Store: (),
    Sink: (),
}
SCALER_COUNTERS = ("pending",)
SCALER_PARAMETERS = ("step", "least", "most")


def counters(node: Node) -> tuple[str, ...]:
    """The counters and stocks that expressions can read of a stage."""
    if isinstance(node, Split):
        return ("in", *(port.name for port in node.ports))
    return _COUNTERS[type(node)]


def parameters(node: Node, labels: tuple[str, ...]) -> tuple[str, ...]:
    """The parameters of a stage that effects can change, as ``name`` and ``name[label]``."""
    if isinstance(node, Split):
        names = [port.name for port in node.ports[:-1]]
        return (*names, *(f"{name}[{label}]" for name in names for label in labels))
    if isinstance(node, Source):
        shares = [f"share[{label}]" for label in node.share]
        return ("rate", *(("share",) if shares else ()), *shares)
    return _PARAMETERS[type(node)]


def is_share(node: Node, parameter: str) -> bool:
    """Whether a parameter is a share in ppm, at most a million."""
    name = parameter.partition("[")[0]
    return isinstance(node, Split) or name in {"share", "retry", "hit", "fill"}


def feeds(node: Node) -> tuple[tuple[tuple[str | int, ...], str], ...]:
    """(field, stage) for each stage that a stage sends items to."""
    if isinstance(node, Split):
        return tuple((("ports", i, "to"), port.to) for i, port in enumerate(node.ports) if port.to is not None)
    if isinstance(node, Sink | Store):
        return ()
    if isinstance(node, Cache):
        return ((("to",), node.to), (("misses_to",), node.misses_to))
    if isinstance(node, Log) and node.replay_to is not None:
        return ((("to",), node.to), (("replay_to",), node.replay_to))
    return ((("to",), node.to),)
