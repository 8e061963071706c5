"""A raw line looks as the service's own logging would have written it, in UTC."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from incidentsim.scenario.system import Service
from incidentsim.simulation.rendering import raw_line
from tests.simulation.patterns import MINUTE, NASTY, engine, pattern

START = datetime(2024, 3, 12, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("log_format", "text", "line"),
    [
        ("plain", "up", "2024-03-12T08:00:01.023Z WARN edge up"),
        ("log4j", "up (kafka.Log)", "[2024-03-12 08:00:01,023] WARN up (kafka.Log)"),
        ("logback", "c.i.b.Cache - up", "2024-03-12 08:00:01.023 WARN  c.i.b.Cache - up"),
        ("spark", "Executor: up", "24/03/12 08:00:01 WARN Executor: up"),
        ("airflow", "{pool.py:55} up {x}", "[2024-03-12T08:00:01.023+0000] {pool.py:55} WARN - up {x}"),
        ("airflow", "up", "[2024-03-12T08:00:01.023+0000] {edge} WARN - up"),
        ("dbt", "1 of 42 OK", "08:00:01  1 of 42 OK"),
        ("json", "up", '{"ts":"2024-03-12T08:00:01.023Z","level":"warn","msg":"up"}'),
        ("json", '{"event":"up"}', '{"ts":"2024-03-12T08:00:01.023Z","level":"warn","event":"up"}'),
        ("json", "{}", '{"ts":"2024-03-12T08:00:01.023Z","level":"warn","msg":"{}"}'),
        ("json", '{"ts":1}', '{"ts":"2024-03-12T08:00:01.023Z","level":"warn","msg":"{\\"ts\\":1}"}'),
        ("access", '10.0.0.1 "GET /" 200 2', '10.0.0.1 - - [12/Mar/2024:08:00:01 +0000] "GET /" 200 2'),
        ("access", '10.0.0.1 - bob "GET /" 200', '10.0.0.1 - bob [12/Mar/2024:08:00:01 +0000] "GET /" 200'),
        ("access", "tls: 3 handshakes", "[12/Mar/2024:08:00:01 +0000] WARN tls: 3 handshakes"),
    ],
)  # fmt: skip
def test_a_line_has_the_shape_of_its_format(log_format: str, text: str, line: str) -> None:
    assert raw_line(START, log_format, "edge", "WARN", 1_023, text) == line


def test_every_format_that_a_service_may_have_keeps_the_text_and_shows_the_time() -> None:
    formats = Service.model_json_schema()["properties"]["log_format"]["enum"]
    lines = {each: raw_line(START, each, "edge", "WARN", 1_023, NASTY) for each in formats}
    assert len(set(lines.values())) == len(formats)
    for each, line in lines.items():
        assert "08:00:01" in line
        assert NASTY in (json.loads(line)["msg"] if each == "json" else line)


def test_times_are_utc_whatever_the_zone_of_the_start() -> None:
    eastern = datetime(2024, 3, 12, 23, 30, tzinfo=timezone(timedelta(hours=-4)))
    assert raw_line(eastern, "plain", "edge", "INFO", 45 * MINUTE, "up") == "2024-03-13T04:15:00.000Z INFO edge up"


def test_a_block_writes_each_row_in_its_services_format() -> None:
    block = engine(pattern(id="a", service="stream", text="Executor: up"), pattern(id="b", text="up")).block(
        0, MINUTE, {}
    )
    formats = {"stream": "spark"}
    for position, row in enumerate(block.rows()):
        wanted = raw_line(START, formats.get(row.service, "plain"), row.service, row.level, row.t, row.text)
        assert block.raw_line(position, START, formats) == wanted
