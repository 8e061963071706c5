"""What the documentation of agents shows is what happens."""

from __future__ import annotations

import contextlib
import io
import json
import re
from pathlib import Path
from typing import Any

from incidentsim.exercise.pipe import Connection
from incidentsim.exercise.protocol import CALLS, CHARGE, VERBS
from incidentsim.exercise.seat import Seat
from tests.exercise.runs import seat

DOCS = Path(__file__).parents[2] / "docs" / "agents.md"


def test_the_python_example_prints_what_the_page_says() -> None:
    text = DOCS.read_text(encoding="utf-8")
    (code,), (printed,) = (re.findall(rf"```{kind}\n(.*?)```", text, re.DOTALL) for kind in ("python", "text"))
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, str(DOCS), "exec"), {})
    assert out.getvalue() == printed


def test_the_page_names_every_request_and_the_charge() -> None:
    text = DOCS.read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z_]+)`", text)) | set(re.findall(r'"call": "([a-z]+)"', text))
    assert set(CALLS) <= named
    assert set(VERBS) - {"pause", "resume"} <= named
    assert f"by {CHARGE // 1000} seconds" in text


def test_the_lines_on_the_page_are_the_answers_that_the_pipe_gives() -> None:
    text = DOCS.read_text(encoding="utf-8")
    at: Seat = seat()
    connection = Connection(at)
    at.advance(20 * 60_000)
    for request, answer in re.findall(r"    > (.*)\n    < (.*)\n", text):
        given: dict[str, Any] = json.loads(connection.answer_line(request))
        shown = json.loads(answer.replace("…", ""))
        assert list(given) == list(shown)
        assert set(given.get("result", {})) == set(shown.get("result", {}))
        assert given.get("error") == shown.get("error")
