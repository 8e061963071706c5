"""The JSON Schema of a scenario, for editors."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, PydanticJsonSchemaWarning
from pydantic_core import core_schema

IDENTIFIER = "https://incidentsim.dev/schemas/incident_scenario-1.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _Generator(GenerateJsonSchema):
    """Leaves out defaults that are secret models, which cannot be written down."""

    ignored_warning_kinds = frozenset({"skipped-choice", "non-serializable-default"})  # type: ignore[assignment]

    def encode_default(self, value: Any) -> Any:
        return super().encode_default(value)

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        try:
            return super().default_schema(schema)
        except (RuntimeError, PydanticJsonSchemaWarning):
            return self.generate_inner(schema["schema"])


def scenario_schema() -> dict[str, Any]:
    """The schema of `incident_scenario.json`, version 1, Draft 2020-12."""
    from incidentsim.scenario.document import Scenario

    generated = Scenario.model_json_schema(mode="validation", schema_generator=_Generator)
    generated.pop("title", None)
    return {"$schema": DIALECT, "$id": IDENTIFIER, "title": "Incident scenario, version 1", **generated}
