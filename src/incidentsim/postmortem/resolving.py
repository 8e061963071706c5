"""``{{ field.id }}`` in what a person wrote: replaced by fields, and by nothing else.

This is no template language: a name is looked up, and that is all that can happen.
"""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from incidentsim.postmortem.document import Span, Spans

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incidentsim.postmortem.document import SpanKind
    from incidentsim.postmortem.fields import Field, Fields

PLACEHOLDER = re.compile(r"\{\{[ \t]{0,8}([A-Za-z0-9][A-Za-z0-9._-]{0,99})[ \t]{0,8}\}\}")
ZONE = " UTC"


def resolved(words: str, fields: Fields, kind: SpanKind = "words") -> Spans:
    """The spans of a text: words, and a field for each placeholder.

    A placeholder that names no field becomes an open question; braces that are no placeholder stay as they are.
    Where ``UTC`` follows a time in the text it is not said twice.
    """
    spans: list[Span] = []
    end = 0
    for match in PLACEHOLDER.finditer(words):
        if match.start() > end:
            spans.append(Span(kind, words[end : match.start()]))
        spans.append(_span(match[1], fields, words[match.end() :]))
        end = match.end()
    if end < len(words):
        spans.append(Span(kind, words[end:]))
    return tuple(spans)


def unknown(words: str, fields: Fields) -> list[str]:
    """What to say of each placeholder that names no field."""
    return [_missing(name, fields) for name in PLACEHOLDER.findall(words) if name not in fields]


def field_span(field: Field) -> Span:
    """A field as a span; one that is not known is an open question."""
    if field.evidence_class == "TODO":
        return Span("todo", field.text, field.id)
    return Span("field", field.text, field.id)


def _span(name: str, fields: Fields, rest: str) -> Span:
    field = fields.get(name)
    if field is None:
        return Span("todo", _missing(name, fields))
    span = field_span(field)
    if span.kind == "field" and span.text.endswith(ZONE) and rest.startswith(ZONE):
        return Span("field", span.text.removesuffix(ZONE), span.ref)
    return span


def _missing(name: str, fields: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(fields), 1, 0.6)
    return f"there is no field {name}{'; did you mean ' + near[0] + '?' if near else ''}"
