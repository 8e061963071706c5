"""Playing through a pipe: lines in, lines out, a fixed charge for commands, and a journal that outlives the player."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentsim.exercise import runs
from incidentsim.exercise.pipe import LONGEST_LINE, Connection, serve
from incidentsim.exercise.protocol import CALLS, CHARGE, PROTOCOL, VERBS, mismatch
from incidentsim.exercise.seat import Seat
from incidentsim.scenario.library import find
from incidentsim.scenario.loading import load
from incidentsim.simulation.command import BASE_VERBS
from tests.exercise.runs import everything_seen, seat
from tests.exercise.test_secrecy import CANARY, with_canaries
from tests.golden.making import SCENARIOS
from tests.simulation.worlds import pipeline

MINUTE = 60_000


def asked(at: Seat, *requests: dict[str, Any], score: Any = None) -> list[dict[str, Any]]:
    """What requests are answered with."""
    connection = Connection(at, score)
    return [json.loads(connection.answer_line(json.dumps(each))) for each in requests]


def advance(minutes: int) -> dict[str, Any]:
    return {"call": "advance", "args": {"milliseconds": minutes * MINUTE}}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A scenario's file, with a canary in its secret places."""
    path = tmp_path / "small.json"
    path.write_text(json.dumps(with_canaries()), encoding="utf-8")
    return path


def played(scenario: Path, lines: list[Any], *options: str) -> subprocess.CompletedProcess[bytes]:
    """``incidentsim play`` with these lines (JSON data, or bytes as they are) as its input."""
    given = b"".join(each if isinstance(each, bytes) else json.dumps(each).encode() + b"\n" for each in lines)
    command = [sys.executable, "-m", "incidentsim.cli", "play", str(scenario), *options]
    return subprocess.run(command, input=given, capture_output=True, timeout=60)


# Requests and answers.


def test_every_answer_says_exercise_and_the_time_and_gives_the_id_back() -> None:
    answers = asked(seat(), {"id": 4, **advance(1)}, {"id": "x", "call": "nothing"}, {"call": "status"})
    assert [each["marker"] for each in answers] == ["EXERCISE"] * 3
    assert [each["t"] for each in answers] == [MINUTE] * 3
    assert [each.get("id") for each in answers] == [4, "x", None]
    assert [("result" in each, "error" in each) for each in answers] == [(True, False), (False, True), (True, False)]


def test_help_describes_every_call_and_every_verb_and_takes_no_time() -> None:
    (answer,) = asked(seat(), {"call": "help"})
    told = answer["result"]
    assert (told["protocol"], told["marker"], answer["t"]) == (PROTOCOL, "EXERCISE", 0)
    assert list(told["verbs"]) == list(BASE_VERBS)
    shapes = [*told["calls"].values(), *(each["args"] for each in told["verbs"].values())]
    for shape in shapes:
        assert shape["type"] == "object"
        assert set(shape["required"]) <= set(shape["properties"])
    assert all(hasattr(Seat, each) for each in set(CALLS) - {"help", "runbook", "score"})


def test_what_the_scenarios_own_auto_players_do_fits_the_shapes() -> None:
    for file in SCENARIOS.glob("*/incident_scenario.json"):
        for policy in load(file).scenario.policies:
            for command in policy.commands:
                # Rows are named by a search of the auto-player's own, and what rests on commands by their labels.
                if command.target not in {"row", "rows"}:
                    assert mismatch(command.verb, command.args, VERBS[command.verb][1]) is None


def test_the_seat_says_the_same_through_the_pipe_as_in_python() -> None:
    here, there = seat(), seat()
    here.advance(25 * MINUTE)
    here.do("open", "M-0001")
    here.advance(CHARGE)
    asked(there, advance(25), {"do": "open", "target": "M-0001"})
    assert everything_seen(here) == everything_seen(there)
    calls = {"frame": {"after": 0}, "signals": {"width": 9}, "inbox": {}, "evidence": {}, "incident_record": {}}
    for name, args in calls.items():
        (answer,) = asked(there, {"call": name, "args": args})
        assert answer["result"] == getattr(here, name)(**args)


def test_rows_can_be_picked_by_level_service_and_text() -> None:
    at = Seat(runs.Exercise(_flagship()))
    at.advance(40 * MINUTE)
    span = {"start": 10 * MINUTE, "end": 30 * MINUTE}
    (every, warned, few) = asked(
        at,
        {"call": "rows", "args": {**span, "most": 2000}},
        {"call": "rows", "args": {**span, "level": "WARN"}},
        {"call": "rows", "args": {**span, "level": "WARN", "most": 3}},
    )
    wanted = [each for each in every["result"] if each["level"] in {"WARN", "ERROR"}]
    assert wanted
    assert [each for each in warned["result"] if each in every["result"]] == wanted
    assert few["result"] == warned["result"][:3]
    assert all(10 * MINUTE <= each["t"] < 30 * MINUTE for each in warned["result"])


def test_a_runbook_can_be_read_and_no_other_file() -> None:
    at = Seat(runs.Exercise(_flagship()))
    (ids,) = asked(at, {"call": "runbooks"})
    (text, other) = asked(
        at,
        {"call": "runbook", "args": {"name": ids["result"][0]}},
        {"call": "runbook", "args": {"name": "../pyproject"}},
    )
    assert "Owner:" in text["result"]["text"]
    assert "there is no runbook" in other["error"]


def _flagship() -> Any:
    from incidentsim.exercise.settings import setting_for

    return setting_for("inc-2024-0312")


# Time.


def test_time_moves_by_advance_and_by_the_charge_of_taken_commands_only() -> None:
    at = seat()
    quiet = [{"call": each} for each in CALLS if not CALLS[each]["required"] and each not in {"wait", "score"}]
    asked(at, *quiet, {"do": "open", "target": "M-0099"}, {"do": "act", "target": "no:such"}, {"do": "fly"}, {})
    assert at.now == 0
    asked(at, {"do": "declare", "target": "SEV2"}, {"do": "note", "args": {"text": "so"}})
    assert at.now == 2 * CHARGE
    asked(at, advance(3))
    assert at.now == 2 * CHARGE + 3 * MINUTE


def test_the_charge_is_declared_and_the_same_in_every_mode_and_format() -> None:
    told = set()
    for mode, form in (("learn", "20"), ("assessed", "60")):
        from incidentsim.exercise.settings import setting_for

        at = Seat(runs.Exercise(setting_for("inc-2024-0312", mode=mode, format_id=form)))
        brief, status, text, _ = asked(
            at, {"call": "briefing"}, {"call": "status"}, {"call": "help"}, {"do": "declare", "target": "SEV3"}
        )
        told |= {brief["result"]["play"]["charge"], status["result"]["charge"], at.now}
        told.add(text["result"]["charge"]["each_command"])
    assert told == {CHARGE}


# Lines that cannot be used.

BAD = [
    b"\n", b"nonsense\n", b"[]\n", b"7\n", b'"call"\n', b"{}\n", b'{"call":"briefing"\n', b"\xff\xfe{}\n", b"\x00\n",
    b'{"call":"no-such-thing"}\n', b'{"call":5}\n', b'{"call":"briefing","do":"note"}\n', b'{"call":"inbox","x":1}\n',
    b'{"call":"advance"}\n', b'{"call":"advance","args":{"milliseconds":-1}}\n', b'{"call":"advance","args":[]}\n',
    b'{"call":"advance","args":{"milliseconds":1.5}}\n', b'{"call":"advance","args":{"milliseconds":true}}\n',
    b'{"call":"advance","args":{"milliseconds":1,"milliseconds":2}}\n', b'{"call":"wait","args":{"most":NaN}}\n',
    b'{"call":"signals","args":{"width":0}}\n', b'{"call":"rows","args":{"start":0}}\n', b'{"call":"inbox","id":[]}\n',
    b'{"do":"note"}\n', b'{"do":"note","args":{"text":7}}\n', b'{"do":"note","target":7,"args":{"text":"a"}}\n',
    b'{"do":"search","args":{"by":5}}\n', b'{"do":"hypothesis","args":{"text":"a","for":"E-0001"}}\n',
    b'{"do":"act","target":"stop:edge","args":{"x":{}}}\n', b'{"do":"announce","target":"moon","args":{"text":""}}\n',
    b'{"call":' + b"[" * 100_000 + b"\n", b'{"call":"wait","args":{"most":' + b"9" * 5000 + b"}}\n",
    b'{"do":"note","args":{"text":"' + b"x" * LONGEST_LINE + b'"}}\n',
]  # fmt: skip


def test_bad_lines_give_one_error_each_and_the_session_goes_on(small: Path) -> None:
    good = {"call": "status", "id": "still here"}
    done = played(small, [item for bad in BAD for item in (bad, good)], "--stdio")
    answers = [json.loads(each) for each in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(answers) == 2 * len(BAD)
    for bad, (wrong, right) in zip(BAD, zip(answers[::2], answers[1::2], strict=True), strict=True):
        refused = wrong.get("result", {}).get("status") == "refused"
        assert "error" in wrong or refused, bad[:80]
        assert right["id"] == "still here"
        assert right["t"] == 0, bad[:80]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_any_line_has_one_answer(line: str) -> None:
    answer = json.loads(Connection(seat(SMALL)).answer_line(line))
    assert ("error" in answer) != ("result" in answer)


SMALL = pipeline()
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=8), st.lists(st.text(max_size=4), max_size=3),
    st.sampled_from(["M-0001", "E-0001", "stop:edge", "accepted", "version", "time", "producer", "\udce9"]),
)  # fmt: skip
NAMES = st.sampled_from(sorted({name for shape in CALLS.values() for name in shape["properties"]}
                               | {name for _, shape in VERBS.values() for name in shape["properties"]}))  # fmt: skip
REQUESTS = st.fixed_dictionaries(
    {},
    optional={
        "id": VALUES, "target": VALUES, "args": st.dictionaries(NAMES, VALUES, max_size=3) | VALUES,
        "call": st.sampled_from([*CALLS]), "do": st.sampled_from([*VERBS]),
    },
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(REQUESTS, max_size=8))
def test_any_request_has_one_answer_and_the_exercise_goes_on(requests: list[dict[str, Any]]) -> None:
    at = seat(SMALL)
    at.advance(21 * MINUTE)
    answers = asked(at, *requests, {"call": "frame"}, {"call": "advance", "args": {"milliseconds": 20 * MINUTE}})
    assert all(("error" in each) != ("result" in each) for each in answers)
    assert [each["t"] for each in answers] == sorted(each["t"] for each in answers)
    assert "result" in answers[-1]
    everything_seen(at)


def test_each_answer_is_flushed_before_the_next_line_is_read() -> None:
    class Watched(io.StringIO):
        flushed = 0

        def flush(self) -> None:
            self.flushed = self.getvalue().count("\n")

    answers = Watched()

    class Requests(io.StringIO):
        def readline(self, size: int | None = -1, /) -> str:
            assert answers.flushed == answers.getvalue().count("\n")
            return super().readline(-1 if size is None else size)

    serve(seat(), Requests('{"call":"status"}\n{"call":"frame"}'), answers)
    assert answers.flushed == 2, "a last line without its newline is a line"


# The command.

DRILL = [
    advance(21), {"do": "open", "target": "M-0001"},
    {"do": "query", "args": {"datasets": ["accepted", "served"], "by": ["version"]}}, advance(5),
    {"do": "declare", "target": "SEV2"}, {"do": "act", "target": "stop:edge"}, {"call": "score"}, advance(10),
]  # fmt: skip


def test_standard_output_has_protocol_lines_only_in_plain_ascii(small: Path, tmp_path: Path) -> None:
    done = played(small, [*DRILL, advance(120), {"call": "score"}], "--stdio", "--out", str(tmp_path / "out"))
    assert done.returncode == 0
    assert done.stdout.isascii()
    answers = [json.loads(each) for each in done.stdout.splitlines()]
    assert len(answers) == len(DRILL) + 2
    assert all(each["marker"] == "EXERCISE" for each in answers)
    assert "comes when play is over" in answers[6]["error"]
    assert set(answers[-1]["result"]) == {"score", "highest"}
    assert b"EXERCISE: the journal is" in done.stderr


def test_nothing_secret_is_said_on_either_output_not_even_after_the_end(small: Path, tmp_path: Path) -> None:
    looks = [{"call": each} for each in CALLS if not CALLS[each]["required"]]
    # What may be looked up only after play is in the change history then, as it should be.
    after = [each for each in looks if each["call"] != "changes"]
    lines = [*DRILL, *looks, {"do": "end"}, *after, {"do": "note", "args": {"text": "over"}}]
    done = played(small, lines, "--stdio", "--out", str(tmp_path / "out"))
    assert CANARY.encode() not in done.stdout + done.stderr
    assert CANARY in (tmp_path / "out" / "scorecard.md").read_text(), "the packet is a person's"


def test_when_play_is_over_the_packet_stands_beside_its_journal_and_both_verify(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    played(small, [*DRILL, {"do": "end"}], "--stdio", "--out", str(out), "--seed", "5", "--mode", "assessed")
    assert (out / "scorecard.json").is_file()
    record = runs.read_record(out / "exercise.journal")
    assert (record.seed, record.mode, record.commands[-1].verb) == (5, "assessed", "end")
    from incidentsim.cli.main import run

    assert run(["exercise", "verify", str(out)]) == 0
    assert run(["packet", "verify", str(out)]) == 0
    assert json.loads((out / "scorecard.json").read_text())["marker"] == "EXERCISE"


def test_when_the_input_ends_in_the_middle_the_exercise_can_be_taken_up_at_that_moment(
    small: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    done = played(small, [*DRILL, b'{"call":"adv'], "--stdio", "--out", str(out))
    last = [json.loads(each) for each in done.stdout.splitlines()][-1]
    assert "error" in last
    assert b"incidentsim exercise resume" in done.stderr
    assert [each.name for each in out.iterdir()] == ["exercise.journal"]
    exercise, journal = runs.resume(out / "exercise.journal")
    with journal:
        assert exercise.now == last["t"]
        assert [each.verb for each in exercise.commands] == ["open", "query", "declare", "act"]
    assert runs.verify(out / "exercise.journal").difference is None


def test_a_player_that_goes_away_loses_nothing_that_was_answered(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-m", "incidentsim.cli", "play", str(small), "--stdio", "--out", str(out)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as game:
        assert game.stdin is not None
        assert game.stdout is not None
        game.stdin.write(b'{"do":"declare","target":"SEV1"}\n')
        game.stdin.flush()
        assert json.loads(game.stdout.readline())["result"]["status"] == "ok"
        game.stdout.close()
        game.stdin.write(b'{"do":"note","args":{"text":"nobody reads the answer"}}\n' * 3)
        game.stdin.close()
        game.wait(30)
    assert game.returncode == 141
    assert [each.verb for each in runs.read_record(out / "exercise.journal").commands][:2] == ["declare", "note"]
    assert runs.verify(out / "exercise.journal").difference is None


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "--stdio"),
        (("--stdio", "--format", "90"), "there is no format"),
        (("--stdio", "--mode", "hard"), "there is no mode"),
        (("--stdio", "--variant", "none"), "there is no variant"),
        (("--stdio", "--out", "{full}"), "something in this folder"),
        (("--stdio", "--out", "{file}/x"), "cannot be made"),
    ],
)
def test_what_cannot_be_played_is_said_once_and_nothing_is_left(
    small: Path, tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    places = {"full": tmp_path / "full", "file": small}
    done = played(small, [{"call": "status"}], *(each.format(**places) for each in options))
    assert (done.returncode, done.stdout) == (2, b"")
    assert said in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert sorted(each.name for each in tmp_path.iterdir()) == ["full", "small.json"]
    assert [each.name for each in (tmp_path / "full").iterdir()] == ["mine.txt"]


def test_a_scenario_is_found_by_its_id_too() -> None:
    assert find("inc-2024-0312").name == "incident_scenario.json"
    done = played(Path("inc-2024-0312"), [{"call": "briefing"}], "--stdio", "--variant", "any", "--seed", "3")
    assert json.loads(done.stdout)["result"]["number"] == "INC-2024-0312"
