"""What the model's validation found, in plain words."""

from __future__ import annotations

import difflib
import types
import typing
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin

from pydantic import BaseModel

from incidentsim.scenario.findings import Note, Path

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_PATTERNS = {
    r"^[a-z0-9]+(?:[-._][a-z0-9]+)*$": "Use lower case letters, digits and single hyphens, dots or underscores.",
    r"^[a-z][a-z0-9_]*$": "Use lower case letters, digits and underscores, beginning with a letter.",
    r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*(\[[^\[\]]{1,32}\])?$": "Write node.parameter or node.parameter[label].",
    r"^0\.\d{1,6}$": 'Write the target as a decimal in quotes, such as "0.995".',
}
_KINDS = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "int_parsing_size": "a smaller whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "an object with keys",
    "model_type": "an object with keys",
    "model_attributes_type": "an object with keys",
    "datetime_type": "a date and time",
    "datetime_parsing": "a date and time",
    "datetime_from_date_parsing": "a date and time",
    "timezone_aware": "a date and time with its zone",
}
_DATES = "Write it as 2024-03-12T08:00:00Z."


def suggest(word: str, known: Iterable[str]) -> str:
    """``Did you mean x?`` where one of the known words is close, otherwise what there is."""
    words = list(dict.fromkeys(known))
    if not words:
        return ""
    close = difflib.get_close_matches(word[:100], words, n=1, cutoff=0.6)
    if close:
        return f"Did you mean {close[0]}?"
    shown = ", ".join(words[:12])
    return f"There is: {shown}{' …' if len(words) > 12 else ''}."


def explain(errors: Sequence[ErrorDetails], raw: Any, model: type[BaseModel]) -> list[Note]:
    """One note for each of the validation's errors. *raw* is what was validated against *model*."""
    # Half a character is reported with its place where the hash is taken.
    return [_note(error, raw, model) for error in errors if error["type"] != "string_unicode"]


def _note(error: ErrorDetails, raw: Any, model: type[BaseModel]) -> Note:
    path = _path(error["loc"], raw)
    kind, given, context = error["type"], error.get("input"), error.get("ctx", {})
    if kind == "missing":
        return Note("error", "missing", path, "this field is missing", "Add it.")
    if kind == "extra_forbidden":
        known = fields_at(model, raw, path[:-1])
        return Note("error", "unknown-field", path, "there is no such field", suggest(str(path[-1]), known), True)
    if kind == "literal_error":
        choices = [part.strip(" '\"") for part in str(context.get("expected", "")).replace(" or ", ", ").split(", ")]
        return Note("error", "choice", path, f"{_shown(given)} is none of {', '.join(choices)}",
                    suggest(str(given), choices) if isinstance(given, str) else f"Write {choices[0]}.")  # fmt: skip
    if kind == "union_tag_not_found":
        return Note("error", "missing", (*path, "kind"), "this field is missing", "Say which kind it is.")
    if kind == "union_tag_invalid":
        kinds, tag = _kinds(context), str(context.get("tag", ""))
        return Note("error", "choice", (*path, "kind"), f"{_shown(tag)} is none of {', '.join(kinds)}",
                    suggest(tag, kinds))  # fmt: skip
    if kind == "string_pattern_mismatch":
        mend = _PATTERNS.get(str(context.get("pattern")), f"It has to match {context.get('pattern')}.")
        return Note("error", "pattern", path, f"{_shown(given)} cannot stand here", mend)
    if kind in _KINDS:
        mend = (
            _DATES if "date" in _KINDS[kind] else "Put it in quotes." if kind == "string_type" and _plain(given) else ""
        )
        message = f"{_shown(given)} stands where {_KINDS[kind]} is needed"
        return Note("error", "type", path, message, mend or f"Write {_KINDS[kind]}.")
    if kind == "value_error":
        message = str(context.get("error", error["msg"]))
        if message.startswith("write "):
            return Note(
                "error", "value", path, f"{_shown(given)} cannot be read", message[:1].upper() + message[1:] + "."
            )
        return Note("error", "value", path, message, "Look at the value.")
    return _limit(kind, path, given, context) or Note(
        "error", kind.replace("_", "-"), path, error["msg"], "Look at the value."
    )


def _limit(kind: str, path: Path, given: Any, context: Mapping[str, Any]) -> Note | None:
    def note(message: str, mend: str) -> Note:
        return Note("error", "limit", path, message, mend)

    match kind:
        case "string_too_long":
            most = context["max_length"]
            return note(f"this text has {len(str(given))} characters", f"At most {most} fit here.")
        case "string_too_short":
            return note("this text is empty", "Write something.")
        case "too_long":
            most = context["max_length"]
            return note(f"there are more than {most} entries", f"At most {most} fit here.")
        case "too_short":
            least = context["min_length"]
            return note(f"there are {context['actual_length']} entries", f"At least {least} must stand here.")
        case "greater_than_equal" | "greater_than":
            return note(f"{_shown(given)} is too small", f"The least is {context.get('ge', context.get('gt'))}.")
        case "less_than_equal" | "less_than":
            return note(f"{_shown(given)} is too large", f"The most is {context.get('le', context.get('lt'))}.")
        case "missing_positional_only_argument" | "tuple_too_short":
            return note("this list is too short", "Write all of its parts.")
    return None


def _kinds(context: Mapping[str, Any]) -> list[str]:
    return [part.strip(" '\"") for part in str(context.get("expected_tags", "")).split(",")]


def _plain(value: Any) -> bool:
    return isinstance(value, int | float)


def _shown(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list | tuple):
        return "an object" if isinstance(value, dict) else "a list"
    text = value if isinstance(value, str) else str(value)
    short = text if len(text) <= 60 else text[:59] + "…"
    return f"'{short}'" if isinstance(value, str) else short


def _path(location: Iterable[str | int], raw: Any) -> Path:
    """The place in the document: without the names of kinds that validation puts into its locations."""
    path: list[str | int] = []
    here: Any = raw
    tagged = False
    for part in location:
        if isinstance(here, dict) and not tagged and part == here.get("kind") and isinstance(part, str):
            tagged = True
            continue
        if part == "[key]" or (isinstance(part, str) and part.startswith("function-")):
            continue
        path.append(part)
        tagged = False
        if isinstance(here, dict):
            here = here.get(part)
        elif isinstance(here, list) and isinstance(part, int) and part < len(here):
            here = here[part]
        else:
            here = None
    return tuple(path)


def fields_at(model: type[BaseModel], raw: Any, path: Path) -> list[str]:
    """The names of the fields that the model knows at a path of the document."""
    here: Any = raw
    kinds: list[Any] = [model]
    for part in path:
        kinds = [inner for kind in _models(kinds, here) for inner in _into(kind, part)] + [
            inner for kind in kinds for inner in _items(kind)
        ]
        if isinstance(here, dict):
            here = here.get(part)
        else:
            here = here[part] if isinstance(here, list) and isinstance(part, int) else None
    return [name for kind in _models(kinds, here) for name in kind.model_fields]


def _models(kinds: Iterable[Any], here: Any) -> list[type[BaseModel]]:
    """The models among some annotations; of several kinds, the one that the document's ``kind`` names."""
    found = [each for kind in kinds for each in _flat(kind) if isinstance(each, type) and issubclass(each, BaseModel)]
    if len(found) > 1 and isinstance(here, dict):
        named = [each for each in found if here.get("kind") in get_args(each.model_fields["kind"].annotation)]
        return named or found
    return found


def _into(model: type[BaseModel], part: str | int) -> list[Any]:
    field = model.model_fields.get(str(part))
    return [] if field is None else [field.annotation]


def _flat(kind: Any) -> list[Any]:
    """The members of a union, without annotations."""
    origin = get_origin(kind)
    if origin is typing.Annotated:
        return _flat(get_args(kind)[0])
    if origin in {Union, types.UnionType}:
        return [each for member in get_args(kind) for each in _flat(member)]
    return [kind]


def _items(kind: Any) -> list[Any]:
    """What a list or an object holds."""
    found: list[Any] = []
    for each in _flat(kind):
        arguments = [argument for argument in get_args(each) if argument is not Ellipsis]
        if get_origin(each) in {tuple, list} and arguments:
            found.append(arguments[0])
        elif get_origin(each) is dict:
            found.append(arguments[1])
    return found
