"""Every item that enters the flow is accounted for, in whole numbers, at every step."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentsim.scenario.document import Scenario
from incidentsim.simulation.command import Command
from incidentsim.simulation.flow import in_flow_order
from incidentsim.simulation.shares import divide, per_step, take
from incidentsim.simulation.world import World
from tests.simulation.worlds import pipeline, ran, world


def assert_balanced(done: World) -> None:
    """The balances that the stages' docstrings state, for every label and step."""
    quantities = done.quantities
    for node in done.scenario.flow:
        for label in done.scenario.labels:

            def column(name: str, node: str = node.id, label: str = label) -> list[int]:
                return quantities.column(f"{node}.{name}", label)

            steps = range(len(column("in" if node.kind != "source" else "out")))
            for step in steps:

                def before(name: str, step: int = step) -> int:
                    return column(name)[step - 1] if step else 0

                if node.kind == "queue":
                    arrived = column("in")[step] + column("retried")[step]
                    grown = column("queued")[step] - before("queued")
                    done_with = sum(column(name)[step] for name in ("out", "late", "cancelled", "dropped"))
                    assert arrived == done_with + grown
                    waiting = column("waiting")[step] - before("waiting")
                    failed = column("dropped")[step] + column("timeouts")[step]
                    assert failed == column("abandoned")[step] + waiting + column("retried")[step]
                    assert column("stale")[step] <= column("queued")[step]
                elif node.kind == "log":
                    grown = column("unread")[step] - before("unread")
                    assert column("in")[step] == column("out")[step] + grown + column("expired_unread")[step]
                    assert column("untracked")[step] == 0
                elif node.kind == "split":
                    assert column("in")[step] == sum(column(port.name)[step] for port in node.ports)
                elif node.kind == "cache":
                    assert column("in")[step] == column("hits")[step] + column("misses")[step]
                    assert column("warm")[step] <= node.entries
                elif node.kind == "store":
                    missing = column("missing")[step] - before("missing")
                    assert missing == column("deleted")[step] - column("restored")[step]
                    held = before("held") if step else (node.held if label == done.scenario.labels[0] else 0)
                    assert column("held")[step] == held + column("in")[step] - missing
                elif node.kind == "sink":
                    assert column("total")[step] == before("total") + column("in")[step]
    for quantity in quantities.names():
        assert min(quantities.column(quantity.name, quantity.label), default=0) >= 0


def test_everything_balances_in_a_run_with_a_retry_storm_and_a_silent_drop() -> None:
    document = pipeline()
    document["flow"][1]["capacity"] = 6_000
    done = ran(document)
    assert done.total("total(ingest.retried)") > 0
    assert done.total("total(ingest.abandoned)") > 0
    assert done.total("total(stream.dropped)") > 0
    assert_balanced(done)


def test_what_was_dropped_is_recoverable_or_gone_or_was_replayed() -> None:
    done = world()
    for minute, target, into in ((70, "stop:edge", ""), (80, "replay:pipe", "side")):
        done.advance(minute * 60_000)
        done.submit(Command(done.now, minute, "responder", "act", target, {"into": into} if into else {}))
    done.advance(done.scenario.duration + 1)
    total = lambda name: done.total(f"total({name})")  # noqa: E731
    assert total("topic.replayed") > 0
    assert total("topic.expired_failed") > 0
    assert total("stream.dropped") == done.total("topic.failed") + total("topic.expired_failed") + total(
        "topic.replayed"
    )
    assert_balanced(done)


def test_a_careless_replay_counts_duplicates_and_a_careful_one_does_not() -> None:
    duplicates = {}
    for into in ("side", "place"):
        done = world()
        done.advance(40 * 60_000)
        done.submit(Command(done.now, 1, "responder", "act", "replay:pipe", {"into": into}))
        done.advance(done.scenario.duration + 1)
        duplicates[into] = done.total("total(topic.duplicates)")
    assert duplicates["side"] == 0
    assert duplicates["place"] > 0


@settings(max_examples=25, deadline=None)
@given(
    capacity=st.integers(0, 20_000),
    limit=st.integers(0, 5_000),
    retry=st.integers(0, 1_000_000),
    attempts=st.integers(0, 4),
    delay=st.integers(1, 5),
    consume=st.integers(0, 20_000),
    retention=st.integers(1, 60),
    size=st.integers(0, 200_000),
    drop=st.integers(0, 1_000_000),
    seed=st.integers(0, 2**32),
)
def test_it_balances_whatever_the_parameters(
    capacity: int, limit: int, retry: int, attempts: int, delay: int, consume: int, retention: int, size: int,
    drop: int, seed: int,
) -> None:  # fmt: skip
    document = pipeline(duration="40m")
    ingest, topic = document["flow"][1], document["flow"][2]
    ingest.update(capacity=capacity, limit=limit, retry=retry, retry_attempts=attempts, retry_delay=f"{delay}m")
    topic.update(capacity=consume, retention=f"{retention}m", size=size)
    document["faults"][0]["effects"][0]["to"] = drop
    assert_balanced(ran(document, seed))


@given(st.integers(0, 10**12), st.lists(st.integers(0, 10**9), max_size=8))
def test_dividing_gives_everything_away_exactly(amount: int, weights: list[int]) -> None:
    parts = divide(amount, weights)
    assert sum(parts) == (amount if sum(weights) else 0)
    assert all(part >= 0 for part in parts)


@given(st.integers(0, 10**6), st.dictionaries(st.sampled_from("abc"), st.integers(0, 10**6)))
def test_taking_never_takes_more_than_there_is(amount: int, available: dict[str, int]) -> None:
    taken = take(amount, available)
    assert sum(taken.values()) == min(amount, sum(available.values()))
    assert all(taken[label] <= available[label] for label in available)


@given(st.integers(0, 10**6), st.integers(1, 600_000), st.integers(1, 500))
def test_a_rate_is_met_exactly_over_any_number_of_steps(rate: int, step: int, steps: int) -> None:
    assert sum(per_step(rate, index, step) for index in range(steps)) == rate * step * steps // 60_000


def test_a_flow_in_a_circle_is_refused() -> None:
    document = pipeline()
    document["flow"][4]["to"] = "ingest"
    with pytest.raises(ValueError, match="circle"):
        in_flow_order(Scenario.model_validate(document).flow)
