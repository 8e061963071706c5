"""Untrusted text, made to show as text wherever it is shown.

Pure functions, one for each place. None of them fails, whatever the text holds.
"""

from __future__ import annotations

import re

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
"""Controls (but tab and newline), and characters that reorder or hide what stands beside them."""
_SPACES = re.compile(r"[\s\u2028\u2029\x85]+")
_BLANK_LINES = re.compile(r"\n\s*\n")


def _visible(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def visible(text: str) -> str:
    """The text with control, reordering and invisible characters shown by their names, such as ``␛``.

    Tabs and newlines stay; a return before a newline goes.
    """
    return _HIDDEN.sub(_visible, text.replace("\r\n", "\n"))


def one_line(text: str) -> str:
    """The text in one line: any run of white space is one space, none at the ends; hidden characters shown."""
    return _HIDDEN.sub(_visible, _SPACES.sub(" ", text).strip(" "))


def for_terminal(text: str, newlines: bool = False) -> str:
    """The text for a terminal: no character of it moves the cursor, colours, or reorders.

    With *newlines* line breaks stay; otherwise they are shown as ``␊``. A tab becomes four spaces.
    """
    if text.isascii() and text.isprintable():
        return text
    shown = visible(text).replace("\t", "    ")
    return shown if newlines else shown.replace("\n", "␊")


def for_markup(text: str) -> str:
    """The text for Textual's content markup: brackets show as brackets. Line breaks stay.

    A backslash at the very end is followed by a zero-width space, so that it cannot escape markup after it.
    """
    escaped = for_terminal(text, newlines=True).replace("[", "\\[")
    return escaped + "\u200b" if escaped.endswith("\\") else escaped


def for_html(text: str) -> str:
    """The text for HTML, in an element or in a quoted attribute."""
    return _entities(visible(text))


def for_svg(text: str) -> str:
    """The text for XML 1.0, in an element or in a quoted attribute; what XML cannot hold is shown by name."""
    return _entities(visible(text)).replace("\t", "&#9;").replace("\n", "&#10;")


def _entities(text: str) -> str:
    for character, entity in (
        ("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;"),
    ):  # fmt: skip
        text = text.replace(character, entity)
    return text


_MARKDOWN = re.compile(
    r"[\\`*\[\]<>|~$@]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # an underscore inside a word is not emphasis
    r"|&(?=#?\w+;)"
    r"|:(?=//)|(?<=mailto):|(?<=xmpp):"
    r"|(?<=www)\.",
    re.IGNORECASE,
)
_LINE_START = re.compile(r"^(=|#(?=[#\s]|$)|\+(?=\s|$)|-(?=[-\s]|$))")
_NUMBERED = re.compile(r"^(\d{1,9})([.)])")


def for_markdown(text: str, newlines: bool = False) -> str:
    """The text for Markdown (CommonMark and GitHub's), in a paragraph, heading, list item or table cell.

    It is put in one line; with *newlines* blank lines part paragraphs and single breaks stay breaks in the
    source. Only what Markdown would read as its own is escaped, so that the source stays readable.
    """
    if not newlines:
        return _markdown_line(one_line(text))
    paragraphs = _BLANK_LINES.split(text.replace("\r\n", "\n").replace("\r", "\n").strip())
    return "\n\n".join(
        "\n".join(line for part in paragraph.split("\n") if (line := _markdown_line(one_line(part))))
        for paragraph in paragraphs
    )


def _markdown_line(line: str) -> str:
    escaped = _MARKDOWN.sub(lambda match: "\\" + match.group(), line)
    numbered = _NUMBERED.match(escaped)
    if numbered:
        return f"{numbered[1]}\\{escaped[numbered.end(1) :]}"
    return "\\" + escaped if _LINE_START.match(escaped) else escaped


def for_markdown_code(text: str, in_table: bool = False) -> str:
    """The text as a code span of Markdown, in one line; *in_table* for a cell, where a pipe needs a backslash."""
    code = one_line(text)
    if not code:
        return ""
    longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if code[0] == "`" or code[-1] == "`" else ""
    if in_table:
        code = code.replace("|", "\\|")
    return f"{fence}{pad}{code}{pad}{fence}"


_FORMULA = re.compile(r"^[\s'\u200b\ufeff]*[=+\-@＝＋－＠|%]|^[\t\r\n]")


def for_csv(text: str) -> str:
    """The text for a cell of a CSV file: a spreadsheet reads no formula in it. Quoting is the writer's.

    What begins like a formula (``=``, ``+``, ``-``, ``@``, tab, return) gets an apostrophe before it.
    """
    shown = _HIDDEN.sub(lambda match: match.group() if match.group() in "\r" else _visible(match), text)
    return "'" + shown if _FORMULA.match(text) else shown


_MERMAID = re.compile(r"[#\"<>&`;%{}\\]")


def for_mermaid(text: str) -> str:
    """The text for a Mermaid label in double quotes, in one line: by Mermaid's own entity codes."""
    return _MERMAID.sub(lambda match: f"#{ord(match.group())};", one_line(text))


def for_dot(text: str) -> str:
    """The text for a Graphviz string in double quotes; its line breaks are kept."""
    shown = visible(text).replace("\t", "    ").replace("&", "&amp;")
    return shown.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
