"""What rows say: the world's quantities at their moment, and the document's text to the letter."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentsim.scenario.logs import TimedEvent
from tests.simulation.patterns import MINUTE, NASTY, engine, pattern, shown
from tests.simulation.worlds import pipeline, ran

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


def test_a_row_shows_the_plotted_value_of_its_step() -> None:
    lag = [48_213_000, 7_000, 0]
    assert shown({"kind": "value", "value": "q"}, lag) == [
        (step, str(value // 1000)) for step, value in enumerate(lag) for _ in range(6)
    ]


def test_rows_of_a_world_show_its_columns() -> None:
    text = {"id": "lag", "service": "board", "text": "served={n}", "most": 20,
            "fields": {"n": {"kind": "value", "value": "served.in"}}}  # fmt: skip
    world = ran(pipeline(patterns=[text]))
    plotted = world.column("served.in")
    assert len(set(plotted)) > 100
    rows = world.block(0, world.scenario.duration).rows()
    assert len(rows) == 20 * 120
    assert [row.text for row in rows] == [f"served={plotted[row.t // world.scenario.step]}" for row in rows]


@pytest.mark.parametrize(
    ("milli", "options", "text"),
    [
        (2_500, {}, "2"),
        (3_500, {}, "4"),
        (3_501, {}, "4"),
        (-2_500, {}, "-2"),
        (-1_501, {}, "-2"),
        (1_234_567_000, {"grouped": True}, "1,234,567"),
        (1_234_567, {"decimals": 1, "grouped": True}, "1,234.6"),
        (1_250, {"decimals": 1}, "1.2"),
        (1_350, {"decimals": 1}, "1.4"),
        (7, {"decimals": 2}, "0.01"),
        (-7, {"decimals": 3}, "-0.007"),
        (-1_234_567, {"decimals": 2, "grouped": True}, "-1,234.57"),
        (-4, {"decimals": 2}, "0.00"),
        (1_002, {"decimals": 4}, "1.0020"),
    ],
)
def test_a_value_is_rounded_half_to_even_and_written_as_asked(milli: int, options: dict[str, Any], text: str) -> None:
    assert {each for _, each in shown({"kind": "value", "value": "q", **options}, [milli])} == {text}
    # A single row of a long run takes another way to the same text.
    assert {each for step, each in shown({"kind": "value", "value": "q", **options}, [milli, 0] * 9, 1) if not step % 2
            } == {text}  # fmt: skip


def test_jitter_stays_within_its_share_of_the_value() -> None:
    texts = {int(text) for _, text in shown({"kind": "value", "value": "q", "jitter": 10_000}, [50_000_000] * 50)}
    assert 49_500 <= min(texts) < 49_700
    assert 50_300 < max(texts) <= 50_500


@settings(max_examples=50, deadline=None)
@given(st.integers(-(10**30), 10**30), st.integers(0, 1_000_000), st.integers(0, 4))
def test_no_quantity_is_too_large_to_be_shown(milli: int, jitter: int, decimals: int) -> None:
    for _, text in shown({"kind": "value", "value": "q", "jitter": jitter, "decimals": decimals}, [milli], 3):
        assert re.fullmatch(r"-?\d+(\.\d+)?", text)
        assert abs(float(text)) <= min(abs(milli), 10**17) / 1000 * (1 + jitter / 1_000_000) * (1 + 1e-9) + 1


def test_drawn_fields_keep_to_what_they_declare() -> None:
    minutes = [0] * 200
    numbers = [int(text) for _, text in shown({"kind": "integer", "low": 4_000, "high": 4_200}, minutes)]
    assert (min(numbers) < 4_010, max(numbers) > 4_190) == (True, True)
    assert all(4_000 <= number <= 4_200 for number in numbers)
    wide = [int(text) for _, text in shown({"kind": "integer", "low": 10**14, "high": 10**15}, minutes)]
    assert all(10**14 <= number <= 10**15 for number in wide)
    assert len(set(wide)) == len(wide)
    for digits in (1, 8, 16):
        texts = [text for _, text in shown({"kind": "hex", "digits": digits}, minutes)]
        assert all(re.fullmatch(f"[0-9a-f]{{{digits}}}", text) for text in texts)
        assert len({text[0] for text in texts}) == 16
    chosen = [text for _, text in shown({"kind": "choice", "options": ["a", "b", ""]}, minutes)]
    assert {text: 300 < chosen.count(text) < 500 for text in ("a", "b", "")} == {"a": True, "b": True, "": True}


def test_a_serial_number_grows_with_the_index() -> None:
    block = engine(pattern(text="n={n}", fields={"n": {"kind": "serial", "start": 48_211, "step": 3}})).block(
        0, 9 * MINUTE, {}
    )
    assert [row.text for row in block.rows()] == [f"n={48_211 + 3 * row.index}" for row in block.rows()]


def test_a_field_that_stands_twice_says_the_same_twice() -> None:
    both = engine(pattern(text="{a}-{a}-{b}", fields={"a": {"kind": "hex"}, "b": {"kind": "hex"}})).block(0, MINUTE, {})
    for row in both.rows():
        first, second, other = row.text.split("-")
        assert first == second != other


def test_doubled_braces_are_braces() -> None:
    text = '{{"n":{n},"tags":{{}},"all":"{{n}}"}}'
    only = engine(pattern(text=text, fields={"n": {"kind": "integer", "low": 7, "high": 7}}))
    assert {row.text for row in only.block(0, MINUTE, {}).rows()} == {'{"n":7,"tags":{},"all":"{n}"}'}
    assert {row.text for row in engine(pattern(text="a{{b}}c")).block(0, MINUTE, {}).rows()} == {"a{b}c"}


def test_text_that_something_might_interpret_comes_through_as_it_is() -> None:
    hostile = pattern(text=f"{NASTY} {{{{0}}}} {{f}} {NASTY}",
                      fields={"f": {"kind": "choice", "options": [f"{{0.__class__}} {NASTY}"]}})  # fmt: skip
    block = engine(hostile, events=(TimedEvent(at=5, text=NASTY, service=NASTY[:90]),)).block(
        0, MINUTE, {}, [(9, NASTY, "INFO", NASTY)]
    )
    said = {row.pattern: (row.service, row.text) for row in block.rows()}
    assert said == {
        "p": ("edge", f"{NASTY} {{0}} {{0.__class__}} {NASTY} {NASTY}"),
        "event": (NASTY[:90], NASTY),
        "effect": (NASTY, NASTY),
    }
    assert [json.loads(line) for line in block.encoded().decode().split("\n")[:-1]] == [
        row._asdict() for row in block.rows()
    ]


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS, st.lists(TEXTS, min_size=1, max_size=4), TEXTS, st.integers(0, 10**9), st.integers(0, 4))
def test_the_encoding_is_that_of_json_to_the_byte(
    before: str, after: str, options: list[str], plain: str, milli: int, decimals: int
) -> None:
    def literal(text: str) -> str:
        return text.replace("{", "{{").replace("}", "}}")

    text = f"{literal(before)}{{choice}}{{value}}{literal(after)}{{hex}}"
    fields = {
        "choice": {"kind": "choice", "options": options},
        "value": {"kind": "value", "value": "q", "decimals": decimals, "grouped": True},
        "hex": {"kind": "hex"},
    }
    mixed = engine(pattern(text=text, fields=fields), pattern(id="plain", text=literal(before)),
                   events=(TimedEvent(at=60_000, text=plain, service=after),))  # fmt: skip
    block = mixed.block(0, 2 * MINUTE, {"q": [milli, 0]}, [(100, after, "WARN", plain)])
    expected = "".join(
        json.dumps(row._asdict(), ensure_ascii=False, separators=(",", ":")) + "\n" for row in block.rows()
    )
    assert block.encoded() == expected.encode()
    assert {row.text for row in block.rows() if row.pattern == "plain"} == {before}
