"""Untrusted text shows as text, told by the parsers that will read it."""

from __future__ import annotations

import csv
import html
import io
import re
import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from incidentsim.text.escaping import (
    for_csv,
    for_dot,
    for_html,
    for_markdown,
    for_markdown_code,
    for_markup,
    for_mermaid,
    for_svg,
    for_terminal,
    one_line,
    visible,
)

SPECIAL = st.text(alphabet=st.sampled_from("ab1 \t\n\\`*_[]<>|~$@&;:#+-=!.(){}\"'/%\x1b\u202eé"))
ANY = st.one_of(st.text(alphabet=st.characters()), SPECIAL)
PARSERS = [MarkdownIt("commonmark"), MarkdownIt("gfm-like")]


def text_of(rendered: str) -> str:
    """What a reader sees of rendered HTML that may hold one paragraph only."""
    assert re.sub(r"^<p>|</p>$", "", rendered.strip()).count("<") == 0, rendered
    return html.unescape(re.sub(r"<[^>]*>", "", rendered)).strip()


@pytest.mark.parametrize("parser", PARSERS)
@settings(max_examples=300, deadline=None)
@given(text=ANY)
def test_markdown_shows_the_text_itself(parser: MarkdownIt, text: str) -> None:
    assert text_of(parser.render(for_markdown(text))) == one_line(text)


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("text", [
    "# heading", "- item", "1. item", "1) item", "> quote", "***", "---", "===", "```", "<script>x</script>",
    "<!-- gone -->", "[a](javascript:x)", "![a](b)", "http://a.example", "www.a.example", "me@a.example",
    "<http://a.example>", "&copy; &#35;", "a | b", "~~x~~", "a\\", "__x__", "[x]: y", "    code", "a_b_c",
])  # fmt: skip
def test_markdown_keeps_no_construct_alive(parser: MarkdownIt, text: str) -> None:
    assert text_of(parser.render(for_markdown(text))) == one_line(text)


def test_plain_prose_stays_readable_in_markdown() -> None:
    prose = "At 08:31 UTC stream-job dropped 1,234 events (8.4 %), because max_retries was 0."
    assert for_markdown(prose) == prose


@settings(max_examples=200, deadline=None)
@given(text=SPECIAL)
def test_a_table_cell_stays_one_cell(text: str) -> None:
    table = f"| a | b |\n|---|---|\n| {for_markdown(text)} | {for_markdown_code(text, in_table=True)} |\n"
    rendered = PARSERS[1].render(table)
    cells = re.findall(r"<td>(.*?)</td>", rendered, re.DOTALL)
    assert len(cells) == 2
    assert html.unescape(cells[0]) == one_line(text)
    assert html.unescape(re.sub("</?code>", "", cells[1])).strip() == one_line(text)


@settings(max_examples=200, deadline=None)
@given(text=ANY)
def test_paragraphs_stay_paragraphs_and_nothing_else(text: str) -> None:
    rendered = PARSERS[1].render(for_markdown(text, newlines=True))
    assert set(re.findall(r"<[^>]*>", rendered)) <= {"<p>", "</p>"}


@settings(max_examples=300, deadline=None)
@given(text=ANY)
def test_svg_holds_the_text_in_element_and_attribute(text: str) -> None:
    root = ElementTree.fromstring(f'<svg a="{for_svg(text)}">{for_svg(text)}</svg>')
    assert root.text in {visible(text), None if not text else ""}
    assert root.get("a") == visible(text)


@given(text=ANY)
def test_html_is_closed_to_markup(text: str) -> None:
    assert not set("<>\"'") & set(for_html(text))
    assert html.unescape(for_html(text)) == visible(text)


@settings(max_examples=300, deadline=None)
@given(text=ANY)
def test_a_terminal_is_moved_by_nothing(text: str) -> None:
    shown = for_terminal(text)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown)
    assert "\n" not in shown
    assert for_terminal("a\nb", newlines=True) == "a\nb"


def test_escape_sequences_show_their_name() -> None:
    assert for_terminal("\x1b[31mred\x9b\u202e\x7f") == "␛[31mred\\x9b\\u202e␡"


@settings(max_examples=300, deadline=None)
@given(text=ANY)
def test_markup_shows_brackets_and_styles_nothing(text: str) -> None:
    from textual.content import Content

    content = Content.from_markup(f"[b]{for_markup(text)}[/b]")
    assert content.plain.removesuffix("\u200b") == for_terminal(text, newlines=True)
    assert {span.style for span in content.spans} <= {"b"}


@given(text=ANY)
def test_a_csv_cell_is_no_formula_and_reads_back(text: str) -> None:
    stream = io.StringIO()
    csv.writer(stream).writerow([for_csv(text), "next"])
    cell, following = next(csv.reader(io.StringIO(stream.getvalue(), newline="")))
    assert following == "next"
    assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])
def test_formulas_get_an_apostrophe(text: str) -> None:
    assert for_csv(text).startswith("'")
    assert for_csv("8.4 = new") == "8.4 = new"


@given(text=ANY)
def test_mermaid_and_dot_labels_cannot_be_left(text: str) -> None:
    assert not set('"<>`\n') & set(for_mermaid(text))
    assert not re.search(r'(?<!\\)(?:\\\\)*"', for_dot(text))
    assert "\n" not in for_dot(text)
    assert not re.search(r"(?<!\\)(?:\\\\)*\\$", for_dot(text))
