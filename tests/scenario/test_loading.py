"""Scenarios load from JSON and YAML alike, and everything that is wrong is said at once, with its place."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
import yaml

from incidentsim.scenario.findings import Finding, ScenarioError
from incidentsim.scenario.loading import load, load_raw, load_text, scenario_hash
from tests.scenario.documents import TEN_EVENTS, causal


def findings(text: str, text_format: str = "json") -> tuple[Finding, ...]:
    with pytest.raises(ScenarioError) as caught:
        load_text(text, "s", "yaml" if text_format == "yaml" else "json")
    return caught.value.findings


def test_ten_events_and_nothing_else_are_a_scenario(tmp_path: Path) -> None:
    path = tmp_path / "incident_scenario.json"
    path.write_text(json.dumps(TEN_EVENTS))
    loaded = load(path)
    assert len(loaded.scenario.events) == 10
    assert loaded.scenario.duration == 600_000
    assert loaded.warnings == ()


def test_ten_events_may_have_dates() -> None:
    events = [{"at": f"2024-03-12T08:{minute:02}:30Z", "text": "x"} for minute in range(10)]
    scenario = load_text(json.dumps({"events": events}), "s").scenario
    assert scenario.start.isoformat() == "2024-03-12T08:00:00+00:00"
    assert [event.at for event in scenario.events] == [minute * 60_000 + 30_000 for minute in range(10)]


def test_json_and_yaml_of_one_document_have_one_hash() -> None:
    raw = causal()
    from_json = load_text(json.dumps(raw, indent=3), "s")
    from_yaml = load_text(yaml.safe_dump(raw), "s", "yaml")
    assert from_json.hash == from_yaml.hash == scenario_hash(raw) == load_raw(raw, "s").hash
    assert from_json.scenario == from_yaml.scenario
    assert from_json.raw == raw
    assert from_json.warnings == ()


def test_a_byte_order_mark_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(causal()).encode())
    assert load(path).hash == scenario_hash(causal())


def test_yaml_words_stay_words() -> None:
    raw = load_text("title: no\nevents:\n- {at: 1m, text: 2024-01-01}\n- {at: 2m, text: 1:30}", "s", "yaml").raw
    assert raw["title"] == "no"
    assert [event["text"] for event in raw["events"]] == ["2024-01-01", "1:30"]


def test_all_problems_are_reported_at_once_each_with_its_place() -> None:
    text = '{\n "evnts": [],\n "hands": "x",\n "flow": [\n  {"kind": "queue", "capacty": 3}\n ],\n "id": "A b"\n}'
    found = {each.path: each for each in findings(text)}
    assert (found["evnts"].line, found["evnts"].column) == (2, 2)
    assert "Did you mean events?" in found["evnts"].mend
    assert (found["hands"].line, found["hands"].column) == (3, 11)
    assert (found["flow[0].capacty"].line, found["flow[0].capacty"].column) == (5, 21)
    assert "capacity" in found["flow[0].capacty"].mend
    assert (found["flow[0].service"].line, found["flow[0].service"].code) == (5, "missing")
    assert found["id"].line == 7
    assert all(each.message and each.mend for each in found.values())


def test_yaml_problems_have_places_too() -> None:
    found = {each.path: each for each in findings("title: x\nflow:\n  - kind: sink\n    idd: a\nhands: 99", "yaml")}
    assert (found["flow[0].idd"].line, found["flow[0].idd"].column) == (4, 5)
    assert (found["hands"].line, found["hands"].column) == (5, 8)


def test_defects_and_errors_of_fields_come_together() -> None:
    codes = [each.code for each in findings('{"title": "a",\n"title": "b",\n"hands": NaN, "evnts": 1}')]
    assert {"duplicate-key", "number", "unknown-field"} <= set(codes)


def test_the_list_is_capped_and_says_how_many_more() -> None:
    with pytest.raises(ScenarioError) as caught:
        load_text(json.dumps({"events": [{"at": 1}] * 500}), "s")
    assert len(caught.value.findings) == 200
    assert caught.value.more == 300
    assert "300 more" in str(caught.value)


def test_reading_stops_at_devices_pipes_and_folders(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    for path in (
        pipe,
        Path("/dev/zero"),
        Path("/dev/null"),
        tmp_path,
        tmp_path / "none.json",
        Path("a\0b"),
        Path("a" * 5000),
    ):
        with pytest.raises(ScenarioError) as caught:
            load(path)
        assert caught.value.findings[0].mend


def test_a_file_beyond_32_mb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    with path.open("wb") as file:
        file.truncate(33 * 1024 * 1024)
    with pytest.raises(ScenarioError, match="32 MB"):
        load(path)


def test_secrets_do_not_show_in_the_scenario_that_was_loaded() -> None:
    assert "schema" not in repr(load_raw(causal(), "s").scenario.faults)
