"""Editors get a JSON Schema of the document."""

from __future__ import annotations

import json
import warnings

from incidentsim.scenario.document import Scenario
from incidentsim.scenario.schema import scenario_schema


def test_the_schema_names_its_dialect_and_every_field_without_a_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        schema = scenario_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == "https://incidentsim.dev/schemas/incident_scenario-1.json"
    assert set(schema["properties"]) == set(Scenario.model_fields)
    assert json.loads(json.dumps(schema)) == schema
