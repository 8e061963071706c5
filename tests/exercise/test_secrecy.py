"""What a player may not know does not reach a seat, whatever the player does."""

from __future__ import annotations

import copy
import io
import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentsim.exercise import view
from incidentsim.exercise.pipe import serve
from incidentsim.exercise.seat import Seat
from incidentsim.scenario.base import SecretLeakError
from incidentsim.scenario.document import Scenario
from tests.exercise.runs import everything_seen, seat
from tests.simulation.worlds import pipeline

CANARY = "canary7"


def with_canaries() -> dict[str, Any]:
    """The small pipeline with the canary in every place that no play of these tests reveals."""
    document = pipeline()
    document["signals"][1].update(id=f"{CANARY}-true", title=f"{CANARY} a true signal nobody measures")
    document["slos"][0].update(id=f"{CANARY}-slo", title=f"{CANARY} an objective nobody has yet")
    fault = document["faults"][0]
    fault.update(id=f"{CANARY}-fault", title=f"{CANARY} the fault")
    document["truth"].update(
        effect=f"{CANARY} effect",
        trigger=f"{CANARY} trigger",
        severity_reason=f"{CANARY} reason",
        conditions=[{"id": f"{CANARY}-c", "text": f"{CANARY} cause", "category": "code", "branch": "occurred"}],
        clues=[{"id": f"{CANARY}-k", "shows": [f"{CANARY}-c"], "sources": ["row:*"]}],
        red_herrings=[{"id": f"{CANARY}-h", "text": f"{CANARY} herring"}],
    )
    document["injects"][0]["expectation"]["text"] = f"{CANARY} expected"
    document["injects"].append(
        {
            "id": f"{CANARY}-late",
            "at": "110m",
            "channel": "mail",
            "sender": "producer",
            "title": f"{CANARY} late",
            "text": CANARY,
        }
    )
    document["changes"] = [
        {"id": f"{CANARY}-after", "service": "edge", "title": f"{CANARY} learned after", "seen": "after"},
        {"id": f"{CANARY}-future", "at": "115m", "service": "edge", "title": f"{CANARY} not yet"},
    ]
    document["personas"][0]["interview"][0]["text"] = f"{CANARY} said afterwards"
    document["actions"][2]["outcomes"][0]["text"] = f"{CANARY} not done"
    document["actions"][0]["outcomes"].append({"id": f"{CANARY}-other", "text": f"{CANARY} outcome not taken"})
    document["anchors"] = [
        {"id": f"{CANARY}-anchor", "at": "5m", "effects": [{"kind": "flag", "flag": f"{CANARY}_flag"}]}
    ]
    document["variants"] = [{"id": f"{CANARY}-variant", "title": f"{CANARY} variant"}]
    document["rubric"] = [
        {"id": f"{CANARY}-r", "title": f"{CANARY} criterion", "family": "response", "weight": 1, "measure": "harm"}
    ]
    document["policies"] = [{"id": f"{CANARY}-p", "title": f"{CANARY} policy"}]
    document["controls"] = [
        {"id": f"{CANARY}-x", "title": f"{CANARY} control", "kind": "guardrail", "acts": "prevents"}
    ]
    document["flow"] += [
        {
            "kind": "source",
            "id": f"{CANARY}_writers",
            "service": "edge",
            "rate": 9,
            "share": {"8.4": 0},
            "to": f"{CANARY}_rows",
        },
        {
            "kind": "store",
            "id": f"{CANARY}_rows",
            "service": "edge",
            "held": 90,
            "snapshots": [{"id": f"{CANARY}-copy", "lacks": 9}],
        },
    ]
    document["scalers"] = [
        {
            "id": f"{CANARY}_fleet",
            "service": "edge",
            "parameter": "loader.capacity",
            "value": "loader.queued",
            "above": 10**9,
            "below": -1,
            "step": 1,
            "most": 10**9,
        }
    ]
    document["schedules"] = [
        {
            "id": f"{CANARY}-job",
            "every": "10m",
            "chance": "500000",
            "effects": [{"kind": "snapshot", "store": f"{CANARY}_rows", "snapshot": f"{CANARY}-hourly"}],
            "otherwise": [{"kind": "delete", "store": f"{CANARY}_rows"}],
        }
    ]
    document["couplings"] = [{"id": f"{CANARY}-link", "parameter": f"{CANARY}_writers.rate", "value": "9"}]
    document["siblings"] = [
        {
            "id": f"{CANARY}-sibling",
            "title": CANARY,
            "faults": [
                {
                    "id": f"{CANARY}-own",
                    "title": CANARY,
                    "at": "1m",
                    "effects": [{"kind": "flag", "flag": f"{CANARY}_own"}],
                }
            ],
        }
    ]
    document.setdefault("alerts", []).append(
        {
            "id": f"{CANARY}-alert",
            "kind": "script",
            "title": f"{CANARY} nobody is told",
            "service": "edge",
            "times": [["5m", "100m"]],
            "delivered": "0",
        }
    )
    return document  # fmt: skip


COMMANDS = st.lists(
    st.sampled_from(
        [
            ("act", "stop:edge", {}), ("act", "replay:pipe", {"into": "side"}), ("act", "stop:board", {}),
            ("ask", "producer", {"topic": "changed"}), ("ask", "producer", {"text": "anything else?"}),
            ("query", "", {"datasets": ["accepted", "served"], "by": ["version", "time"]}),
            ("search", "", {"text": "a", "by": ["service"]}), ("announce", "internal", {"text": "looking"}),
            ("declare", "SEV2", {}), ("answer", "M-0001", {"text": "yes"}), ("open", "M-0001", {}),
            ("open", "signal:lag", {}), ("open", f"signal:{CANARY}-true", {}), ("open", f"change:{CANARY}-after", {}),
            ("open", f"change:{CANARY}-future", {}), ("pin", "E-0001", {}), ("keep", "E-0001", {}),
            ("interview", "producer", {"topic": "changed"}), ("hypothesis", "", {"text": "lag"}),
            ("act", f"stop:{CANARY}-x", {}), ("query", "", {"datasets": [f"{CANARY}-true"]}),
        ]
    ),
    max_size=12,
)  # fmt: skip


def play(at: Seat, commands: list[tuple[str, str, dict[str, Any]]]) -> list[dict[str, Any]]:
    """Give commands with minutes between them; the answers."""
    answers = []
    for verb, target, args in commands:
        at.advance(7 * 60_000)
        # What the player says comes back in the answer; that is not a leak.
        answer = at.do(verb, target, args)
        answers.append(
            {key: value for key, value in answer.items() if key != "text" or CANARY not in target + str(args)}
        )
    return answers


@settings(max_examples=60, deadline=None)
@given(COMMANDS)
def test_no_canary_reaches_the_seat_in_any_play(commands: list[tuple[str, str, dict[str, Any]]]) -> None:
    at = seat(with_canaries())
    answers = play(at, commands)
    assert CANARY not in json.dumps(answers)
    assert CANARY not in everything_seen(at)


@settings(max_examples=30, deadline=None)
@given(COMMANDS)
def test_two_scenarios_that_differ_only_in_secrets_look_the_same(
    commands: list[tuple[str, str, dict[str, Any]]],
) -> None:
    plain, secret = with_canaries(), copy.deepcopy(with_canaries())
    truth = secret["truth"]
    truth.update(
        losing="0", mitigated="1", resolved="0", conditions=[], clues=[], red_herrings=[], loss=[], severity="SEV1"
    )
    secret["rubric"] = secret["policies"] = secret["controls"] = secret["variants"] = secret["siblings"] = []
    secret["scalers"] = secret["schedules"] = secret["couplings"] = []
    del secret["flow"][-2:], secret["alerts"][-1]
    secret["injects"][2].update(text="another", title="another", channel="call", at="112m")
    secret["injects"].append(
        {"id": "more", "at": "111m", "channel": "chat", "sender": "producer", "title": "m", "text": "m"}
    )
    secret["personas"][0]["interview"] = []
    secret["changes"] = []
    secret["signals"][1].update(value="served.total", title="another")
    secret["anchors"] = []
    secret["actions"][0]["outcomes"].pop()
    seen = []
    for document in (plain, secret):
        at = seat(document)
        answers = play(at, commands)
        seen.append((json.dumps(answers), everything_seen(at)))
    assert seen[0] == seen[1]


def test_the_canary_test_notices_a_view_that_shows_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(view.VISIBLE, "fault", ("fault",))
    at = seat(with_canaries())
    at.advance(60 * 60_000)
    assert CANARY in everything_seen(at)


def test_the_canary_test_notices_a_message_that_shows_its_source(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "MESSAGE_FIELDS", (*view.MESSAGE_FIELDS, "source"))
    at = seat(with_canaries())
    at.advance(115 * 60_000)
    assert CANARY in everything_seen(at)


def test_secret_parts_refuse_to_be_written_or_printed() -> None:
    scenario = Scenario.model_validate(with_canaries())
    for text in (repr(scenario), str(scenario), f"{scenario.truth}", repr(scenario.faults), str(scenario.policies)):
        assert f"{CANARY} effect" not in text
        assert f"{CANARY} fault" not in text
    with pytest.raises(Exception, match="secret") as refusal:
        scenario.model_dump_json()
    assert isinstance(refusal.value.__cause__ or refusal.value, SecretLeakError | Exception)
    with pytest.raises(Exception, match="secret"):
        scenario.truth.model_dump()


def test_numbers_of_messages_have_no_gaps_that_tell_of_hidden_ones() -> None:
    at = seat()
    at.advance(119 * 60_000)
    assert [each["id"] for each in at.inbox()] == ["M-0001", "M-0002"]
    assert [each["v"] for each in at.frame(0)["events"]] == list(range(1, len(at.frame(0)["events"]) + 1))


def test_a_message_says_nothing_before_it_is_opened() -> None:
    at = seat()
    at.advance(21 * 60_000)
    header = at.message("M-0001")
    assert header is not None
    assert "text" not in header
    at.do("open", "M-0001")
    opened = at.message("M-0001")
    assert opened is not None
    assert opened["text"] == "The board is lower than the counter at 08:20." or "counter at" in opened["text"]


REQUESTS = [
    {"call": "briefing"},
    {"call": "advance", "args": {"milliseconds": 1_500_000}},
    {"do": "open", "target": "M-0001"},
    {"do": "query", "args": {"datasets": ["accepted", "served"], "by": ["version"]}},
    {"call": "wait", "args": {"most": 600_000}},
    {"call": "frame", "args": {"after": 0}},
    {"call": "signals", "args": {"start": 0, "end": 1_800_000, "width": 20}},
    {"call": "rows", "args": {"start": 0, "end": 1_800_000}},
    {"call": "evidence"},
    {"call": "no-such-thing"},
    {"do": "interview", "target": "producer", "args": {"topic": "changed"}},
]


def test_a_seat_in_process_and_one_through_a_pipe_give_the_same_bytes() -> None:
    lines = "".join(json.dumps(each) + "\n" for each in REQUESTS)
    here = io.StringIO()
    serve(seat(with_canaries()), io.StringIO(lines), here)
    script = (
        "import sys; from incidentsim.exercise.pipe import serve; from tests.exercise.runs import seat;"
        "from tests.exercise.test_secrecy import with_canaries; serve(seat(with_canaries()), sys.stdin, sys.stdout)"
    )
    there = subprocess.run(
        [sys.executable, "-c", script], input=lines, capture_output=True, text=True, check=True, timeout=60
    )
    assert there.stdout == here.getvalue()
    assert CANARY not in there.stdout
    assert "accepted" in there.stdout
    assert "ratio" in there.stdout


@pytest.mark.parametrize(
    "line", ["", "nonsense", "[]", "{}", '{"call":"do"}', '{"do":5}', '{"call":"wait","args":{"x":1}}']
)
def test_a_request_that_cannot_be_read_changes_nothing(line: str) -> None:
    at = seat()
    before = everything_seen(at)
    answers = io.StringIO()
    serve(at, io.StringIO(line + "\n"), answers)
    assert "error" in answers.getvalue()
    assert everything_seen(at) == before
