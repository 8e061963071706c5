"""Whatever a file holds, the outcome is a scenario or one report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidentsim.scenario.findings import Finding, ScenarioError
from incidentsim.scenario.loading import LoadedScenario, canonical, load, load_text
from incidentsim.scenario.reading import UnreadableError, decode
from tests.scenario.documents import BAD, BAD_YAML, causal

GOOD = json.dumps(causal(), indent=1)


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gives_one_report(name: str, tmp_path: Path) -> None:
    _refused(tmp_path / "incident_scenario.json", BAD[name])


@pytest.mark.parametrize("name", BAD_YAML)
def test_a_bad_yaml_file_gives_one_report(name: str, tmp_path: Path) -> None:
    _refused(tmp_path / "incident_scenario.yaml", BAD_YAML[name])


def _refused(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    with pytest.raises(ScenarioError) as caught:
        load(path)
    assert caught.value.findings
    for finding in caught.value.findings:
        assert finding.message
        assert finding.mend
        assert finding.line is not None or finding.code in {"encoding", "file"}
    assert str(path) in str(caught.value)


def outcome(data: bytes, text_format: str) -> LoadedScenario | ScenarioError:
    """What loading comes to; any other exception fails the test."""
    try:
        loaded = load_text(decode(data), "s", "yaml" if text_format == "yaml" else "json")
    except UnreadableError as error:
        return ScenarioError("s", [Finding("error", error.code, "", None, None, error.message, error.mend)])
    except ScenarioError as error:
        return error
    return loaded


def sound(result: LoadedScenario | ScenarioError) -> bool:
    """Whether a result has a canonical form, and a report says what to do."""
    if isinstance(result, LoadedScenario):
        return bool(canonical(result.raw))
    return bool(result.findings and str(result) and all(finding.mend for finding in result.findings))


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=300), text_format=st.sampled_from(["json", "yaml"]))
def test_random_bytes_end_in_a_result_or_a_report(data: bytes, text_format: str) -> None:
    assert sound(outcome(data, text_format))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    at=st.integers(0, len(GOOD)),
    cut=st.integers(0, 40),
    put=st.text(alphabet=st.sampled_from(list("{}[]\",:\\0e-. \n&*!?|>#'a\x00\u202e")), max_size=8),
    text_format=st.sampled_from(["json", "yaml"]),
)
def test_a_damaged_document_ends_in_a_result_or_a_report(at: int, cut: int, put: str, text_format: str) -> None:
    assert sound(outcome((GOOD[:at] + put + GOOD[at + cut :]).encode(), text_format))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(alphabet=st.characters(), max_size=20)
    | st.sampled_from(["api", "parse.bad", "9" * 400 + "*9", "{", "{parse.in!r:>9}", "set", "topic", "1/0"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.text(max_size=8) | st.just("kind"), inner, max_size=3),
    max_leaves=5,
)  # fmt: skip


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_value_of_another_kind_anywhere_ends_in_a_result_or_a_report(data: st.DataObject) -> None:
    document: Any = causal()
    here: Any = document
    while True:
        key = data.draw(st.sampled_from(range(len(here)) if isinstance(here, list) else sorted(here)))
        if not isinstance(here[key], dict | list) or not here[key] or data.draw(st.booleans()):
            break
        here = here[key]
    here[key] = data.draw(VALUES)
    assert sound(outcome(json.dumps(document).encode(), "json"))
