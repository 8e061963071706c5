"""``postmortem.json``: its data, and its JSON Schema (Draft 2020-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from incidentsim.postmortem.document import Document
    from incidentsim.postmortem.markdown import RenderedLine

SCHEMA = "incidentsim.dev/postmortem/v1"


def postmortem_json(document: Document, rendered: dict[str, list[RenderedLine]]) -> dict[str, Any]:
    """The document and its fields as JSON data.

    *rendered* is what the Markdown files say line by line, so that a person's edits can be told from the tool's text.
    """
    return {
        "exercise": document.marker,
        "schema": SCHEMA,
        "id": document.number,
        "title": document.title,
        "front": document.front,
        "fields": [each.to_json() for each in document.fields.values()],
        "sections": [each.to_json() for each in document.sections],
        "cited": list(document.cited),
        "findings": [each.to_json() for each in document.findings],
        "rendered": {name: [line.to_json() for line in lines] for name, lines in rendered.items()},
    }


def _object(properties: dict[str, Any], optional: tuple[str, ...] = ()) -> dict[str, Any]:
    required = [each for each in properties if each not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def json_schema() -> dict[str, Any]:
    """The schema of ``postmortem.json``."""
    string: dict[str, Any] = {"type": "string"}
    moment = {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "null"}]}
    span = _object(
        {"kind": {"enum": ["text", "strong", "words", "plan", "field", "evidence", "todo", "code", "link"]},
         "text": string, "ref": string},
        ("ref",),
    )  # fmt: skip
    spans = {"type": "array", "items": {"$ref": "#/$defs/span"}}
    line = _object({"id": string, "spans": spans})
    row = _object({"id": string, "cells": {"type": "array", "items": spans}})
    blocks = [
        _object({"kind": {"const": "paragraph"}, "id": string, "spans": spans}),
        _object({"kind": {"const": "bullets"}, "items": {"type": "array", "items": {"$ref": "#/$defs/line"}}}),
        _object({"kind": {"const": "table"}, "id": string, "columns": {"type": "array", "items": string},
                 "rows": {"type": "array", "items": {"$ref": "#/$defs/row"}}}),
        _object({"kind": {"const": "verbatim"}, "id": string, "language": string, "text": string}),
    ]  # fmt: skip
    field = _object({
        "id": string, "value": {"type": ["integer", "string", "null"]}, "unit": string, "text": string,
        "class": {"enum": ["OBSERVED", "DERIVED", "INFERRED", "MODELLED", "TODO"]}, "formula": string, "source": string,
    })  # fmt: skip
    section = _object({
        "id": string, "title": string, "blocks": {"type": "array", "items": {"anyOf": blocks}},
        "sections": {"type": "array", "items": {"$ref": "#/$defs/section"}},
    })  # fmt: skip
    strings = {"type": "array", "items": string}
    front = _object({
        "exercise": {"const": "EXERCISE"}, "schema": {"const": SCHEMA}, "id": string, "title": string,
        "severity": {"type": ["string", "null"]}, "status": {"enum": ["draft", "in-review", "reviewed", "closed"]},
        "owner": string, "authors": {"type": "array", "items": string, "minItems": 1}, "services": strings,
        "trigger_class": {"enum": ["binary-push", "configuration-push", "user-behaviour", "processing-pipeline",
                                   "provider-change", "performance-decay", "capacity", "hardware", "unknown"]},
        "cause_categories": strings, "started_at": moment, "detected_at": moment, "acknowledged_at": moment,
        "mitigated_at": moment, "resolved_at": moment, "published_at": moment,
        "budget": {"anyOf": [_object({"slo": string, "consumed": string}), {"type": "null"}]}, "tags": strings,
    })  # fmt: skip
    finding = _object({"kind": {"enum": ["number", "reference", "gap"]}, "place": string, "text": string})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"https://{SCHEMA}.schema.json",
        "title": "A postmortem of an exercise",
        **_object({
            "exercise": {"const": "EXERCISE"},
            "schema": {"const": SCHEMA},
            "id": string,
            "title": string,
            "front": front,
            "fields": {"type": "array", "items": field},
            "sections": {"type": "array", "items": {"$ref": "#/$defs/section"}},
            "cited": {"type": "array", "items": {"type": "string", "pattern": "^E-[0-9]{4,}$"}},
            "findings": {"type": "array", "items": finding},
            "rendered": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "array"}}},
        }),
        "$defs": {"span": span, "line": line, "row": row, "section": section},
    }  # fmt: skip
