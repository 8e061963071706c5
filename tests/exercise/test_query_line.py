"""The line of a query: what completion offers can be read, and line and arguments say the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentsim.exercise.query_completion import complete
from incidentsim.exercise.query_explained import preview
from incidentsim.exercise.query_line import parse_query, query_text
from incidentsim.exercise.query_words import NotReadError
from incidentsim.simulation.querying import understand_query
from tests.exercise.query_lines import NOW, brief, exercise, lines, read


def refused(line: str) -> NotReadError | None:
    try:
        parse_query(line, brief())
    except NotReadError as error:
        return error
    return None


@settings(max_examples=400)
@given(lines())
def test_what_completion_writes_is_read_and_the_engine_takes_it(line):
    args = read(line)
    if args is None:
        return
    understand_query(args, exercise().scenario)
    assert parse_query(query_text(args, brief()), brief()) == args
    assert preview(args, brief(), NOW).endswith(".")


@settings(max_examples=300)
@given(
    st.text(max_size=60)
    | lines().flatmap(lambda line: st.integers(0, len(line)).map(lambda at: line[:at] + "¿" + line[at:]))
)
def test_any_text_is_read_or_refused_at_a_place_in_it(line):
    error = refused(line)
    assert error is None or (str(error) and 0 <= error.start <= error.end <= max(len(line), error.start))
    for cursor in (0, len(line) // 2, len(line)):
        for fit in complete(line, cursor, brief(), NOW).fits:
            assert fit.word


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("", "What to do"),
        ("count", "A dataset"),
        ("count nothing.such", "a dataset"),
        ("compare ingest.accepted", "second dataset"),
        ("count ingest.accepted by app_version by time", "by"),
        ("count ingest.accepted by time 7s", "whole steps"),
        ("count ingest.accepted from 25:00", "a time"),
        ("count ingest.accepted from 09:00 to 08:30", "before"),
        ("count ingest.accepted from 08:10 against 08:00 to 09:00", "before"),
        ("mean consumer-lag by app_version", "group"),
    ],
)
def test_what_is_wrong_is_said_in_words(line, told):
    with pytest.raises(NotReadError, match=told):
        parse_query(line, brief())
