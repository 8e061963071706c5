"""The document through a template: ``postmortem_templates/google-sre.md.j2``, or one of the user's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from incidentsim.postmortem.markdown import Markdown, Registry, RenderedLine, evidence_links
from incidentsim.scenario.content import folders
from incidentsim.text.escaping import for_markdown, one_line
from incidentsim.text.problem import Problem

if TYPE_CHECKING:
    from pathlib import Path

    from incidentsim.postmortem.document import Document, Section

TEMPLATE = "google-sre"
LARGEST = 1_000_000


def render(document: Document, template: str = TEMPLATE) -> list[RenderedLine]:
    """The lines of the Markdown file. Raises `Problem` where the template is not there or has an error."""
    import jinja2
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    place = find(template)
    registry = Registry()
    environment = ImmutableSandboxedEnvironment(
        undefined=jinja2.StrictUndefined, finalize=_escaped, keep_trailing_newline=True, autoescape=False,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["blocks"] = registry.section
    environment.filters["md"] = lambda value: Markdown(for_markdown(str(value)))
    values: dict[str, Any] = {
        "doc": document,
        "marker": document.marker,
        "sections": _Sections(document),
        "front_matter": front_matter(document.front),
        "evidence_links": evidence_links(document),
    }
    try:
        text = place.read_text(encoding="utf-8")
        if len(text) > LARGEST:
            raise Problem("a template has at most a million characters", place=str(place))
        return registry.read(environment.from_string(text).render(values))
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(f"the template cannot be read ({error})", place=str(place), mend="Choose another.") from error
    except jinja2.TemplateSyntaxError as error:
        raise Problem(str(error.message), place=f"{place}:{error.lineno}", mend="Mend the template.") from error
    except (jinja2.TemplateError, TypeError, KeyError, ValueError, ArithmeticError, AttributeError) as error:
        message = str(error) or type(error).__name__
        raise Problem(message, place=str(place), mend="Mend the template, or use google-sre.") from error


def find(template: str) -> Path:
    """The file of a template, in the current folder, the user's or the installed. Raises `Problem`."""
    known = []
    for _, folder in folders("postmortem_templates"):
        path = folder / f"{template}.md.j2"
        if "/" not in template and path.is_file():
            return path
        known += [each.name.removesuffix(".md.j2") for each in sorted(folder.glob("*.md.j2"))]
    names = ", ".join(dict.fromkeys(known)) or "none"
    raise Problem(f"there is no template {template!r}", mend=f"There is: {names}.")


def _escaped(value: object) -> object:
    """What a template prints is escaped, unless it is Markdown already."""
    import jinja2

    if isinstance(value, (Markdown, jinja2.Undefined)):
        return value
    return for_markdown(str(value))


class _Sections:
    """The sections of a document by name, with underscores for hyphens; another name is an error."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def __getattr__(self, name: str) -> Section:
        try:
            return self._document.section(name.replace("_", "-"))
        except KeyError:
            raise AttributeError(name) from None


def front_matter(front: dict[str, Any]) -> Markdown:
    """The head of the file, as YAML between two rulers."""
    shown = {key: one_line(value) if isinstance(value, str) else value for key, value in front.items()}
    body = yaml.safe_dump(shown, sort_keys=False, allow_unicode=True, width=10_000)
    return Markdown(f"---\n{body}---")


def text_of(lines: list[RenderedLine]) -> str:
    """The file that lines make up."""
    return "\n".join(line.text for line in lines) + "\n"
