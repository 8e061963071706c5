"""Tables of queries against the plain way: go over every step, every label and every sample again."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from incidentsim.simulation.command import Command
from incidentsim.simulation.world import World
from tests.simulation.worlds import pipeline, world

STEP = 60_000
ASKED = 109 * STEP
NOW = ASKED + STEP
LABELS = ("8.3", "8.4")
BEHIND = {"accepted": "ingest.out", "served": "served.in"}
DECIMALS = {"lag": 0, "coverage": 3}


def document() -> dict[str, Any]:
    made = pipeline(query_takes="1m")
    for signal in made["signals"]:
        signal["measured"] = True
    return made


def asked(args: dict[str, Any]) -> tuple[World, dict[str, Any]]:
    """A world in which a player asked, at `NOW`, and the table that came."""
    made = world(document())
    made.advance(ASKED)
    made.submit(Command(ASKED, 1, "responder", "query", "", args), "")
    made.advance(NOW + 1)
    (table,) = [event.data["table"] for event in made.events if event.kind == "message" and "table" in event.data]
    return made, table


def seconds(clock: str) -> int:
    """Ms since midnight of ``HH:MM:SS`` or ``HH:MM``."""
    parts = [int(each) for each in clock.split(":")]
    return (parts[0] * 3600 + parts[1] * 60 + (parts[2] if len(parts) > 2 else 0)) * 1000


def bounds(start: int, end: int | None) -> range:
    """The steps that lie wholly between two moments, of those that are complete."""
    last = NOW if end is None else min(end, NOW)
    return range(*(each for each in (-(-start // STEP), last // STEP)))


def counted(made: World, dataset: str, labels: tuple[str, ...], steps: range) -> int:
    total = 0
    for label in labels:
        column = made.column(BEHIND[dataset], label)
        for step in steps:
            total += column[step]
    return total


def read(made: World, signal: str, measure: str, steps: range) -> Fraction | None:
    values = [Fraction(made.measured(signal)[step], 10 ** DECIMALS[signal]) for step in steps]
    if not values:
        return None
    match measure:
        case "min":
            return min(values)
        case "max":
            return max(values)
        case "last":
            return values[-1]
    places = 10 ** (DECIMALS[signal] + 1)
    return Fraction((sum(values) / len(values) * places).__floor__(), places)


def buckets(steps: range, width: int | None) -> list[range]:
    if width is None:
        return [steps]
    return [steps[at : at + width] for at in range(0, len(steps), width)]


moments = st.integers(0, NOW // STEP).map(lambda minute: minute * STEP) | st.integers(0, NOW)


@st.composite
def counts(draw):
    args: dict[str, Any] = {
        "datasets": draw(st.lists(st.sampled_from(list(BEHIND)), min_size=1, max_size=2, unique=True))
    }
    args["by"] = draw(st.lists(st.sampled_from(["time", "version"]), max_size=2, unique=True))
    args["bucket"] = draw(st.integers(1, 40)) * STEP
    start, end = sorted([draw(moments), draw(moments)])
    args["from"] = start
    if draw(st.booleans()) and end > start:
        args["to"] = end
    if draw(st.booleans()):
        args["where"] = {"version": draw(st.lists(st.sampled_from(LABELS), min_size=1, unique=True))}
    if len(args["datasets"]) == 2 and draw(st.booleans()):
        args["compare"] = "stages"
    return args


@settings(max_examples=60)
@given(counts())
@example(
    {"datasets": ["accepted"], "by": ["time", "version"], "bucket": 7 * STEP, "from": 5 * STEP + 1, "to": 61 * STEP - 1}
)
def test_a_count_is_what_going_over_every_step_gives(args):
    made, table = asked(args)
    steps = bounds(args["from"], args.get("to"))
    kept = tuple(each for each in LABELS if each in args.get("where", {}).get("version", LABELS))
    groups = [(each,) for each in kept] if "version" in args["by"] else [kept]
    expected = []
    for bucket in buckets(steps, args["bucket"] // STEP if "time" in args["by"] else None):
        for labels in groups:
            values = [counted(made, dataset, labels, bucket) for dataset in args["datasets"]]
            row = [labels[0]] if "version" in args["by"] else []
            if "time" in args["by"]:
                row.insert(0, bucket[0] * STEP)
            expected.append((row, values))
    width = len(args["by"])
    found = [(row[:width], row[width : width + len(args["datasets"])]) for row in table["rows"]]
    if "time" in args["by"]:
        zero = seconds(made.clock_text(0))
        found = [([(seconds(row[0]) - zero) % 86_400_000, *row[1:]], values) for row, values in found]
    if not len(steps) and "time" not in args["by"]:
        assert all(value in (0, None) for _, values in found for value in values)
        return
    assert found == expected
    if args.get("compare"):
        assert [row[-2] for row in table["rows"]] == [values[1] - values[0] for _, values in expected]
    if len(args["datasets"]) == 2:
        for row, (_, (first, second)) in zip(table["rows"], expected, strict=True):
            if first:
                off = Fraction(second, first) - Fraction(row[-1])
                assert 0 <= off < Fraction(1, 10_000)


@settings(max_examples=40)
@given(counts(), st.data())
def test_the_earlier_period_beside_it_is_what_asking_for_it_alone_gives(args, data):
    args.pop("compare", None)
    args["from"] = max(args["from"], 2 * STEP)
    if args.get("to", NOW) <= args["from"]:
        args.pop("to", None)
    end = data.draw(st.integers(1, args["from"]), label="against to")
    begin = data.draw(st.integers(0, end - 1), label="against from")
    _, both = asked({**args, "against": {"from": begin, "to": end}})
    _, early = asked({**args, "from": begin, "to": end})
    first = both["columns"].index(args["datasets"][0])
    alone = early["columns"].index(args["datasets"][0])
    beside = [
        [row[first + 4 * place + 1] for place in range(len(args["datasets"]))]
        for row in both["rows"]
        if row[first + 1] is not None
    ]
    wanted = [row[alone : alone + len(args["datasets"])] for row in early["rows"]]
    assert beside == wanted
    for row in both["rows"]:
        now, before, change = row[first : first + 3]
        if None not in (now, before):
            assert change == now - before


@settings(max_examples=30)
@given(
    st.lists(st.sampled_from(list(DECIMALS)), min_size=1, max_size=2, unique=True),
    st.sampled_from(["min", "mean", "max", "last", "values"]),
    st.none() | st.integers(1, 30),
    st.integers(0, NOW),
)
def test_a_signal_reads_as_going_over_every_sample_gives(signals, measure, width, start):
    args = {"signals": signals, "measure": measure, "by": ["time"] if width else [], "bucket": (width or 60) * STEP}
    made, table = asked({**args, "from": start})
    if not len(bounds(start, None)):
        assert all(cell is None for row in table["rows"] for cell in row)
        return
    measures = ("min", "mean", "max", "last") if measure == "values" else (measure,)
    expected = [
        [read(made, signal, each, bucket) for signal in signals for each in measures]
        for bucket in buckets(bounds(start, None), width)
    ]
    found = [
        [None if cell is None else Fraction(str(cell)) for cell in row[1 if width else 0 :]] for row in table["rows"]
    ]
    assert found == expected
