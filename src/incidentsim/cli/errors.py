"""How errors reach the user: one message, and an exit status."""

from __future__ import annotations

import errno
import os
import sys
import traceback

import click

from incidentsim.text.escaping import for_terminal
from incidentsim.text.problem import Problem

MENDABLE = 2
INTERRUPTED = 130
PIPE_CLOSED = 141
UNEXPECTED = 70
DEBUG = "INCIDENTSIM_DEBUG"


class UsageProblem(Problem):
    """The command line cannot be understood."""


def report(error: BaseException) -> int:
    """Show an error on standard error, and give the exit status that goes with it."""
    match error:
        case click.exceptions.Exit():
            return error.exit_code
        case KeyboardInterrupt() | EOFError() | click.Abort():
            return INTERRUPTED
        case BrokenPipeError():
            _silence_output()
            return PIPE_CLOSED
        case click.ClickException():
            return _usage(error)
        case Problem():
            _say(error.report())
            return MENDABLE
        case OSError():
            if error.errno == errno.EPIPE:
                _silence_output()
                return PIPE_CLOSED
            place = f"{error.filename}: " if error.filename else ""
            _say(f"{place}{error.strerror or error}.")
            return MENDABLE
    return _unexpected(error)


def _usage(error: click.ClickException) -> int:
    context = getattr(error, "ctx", None)
    help_for = f" See: {context.command_path} --help" if context is not None else ""
    _say(f"{error.format_message()}{help_for}")
    return error.exit_code if error.exit_code != 1 else MENDABLE


def _unexpected(error: BaseException) -> int:
    _say(
        f"incidentsim stopped on an error of its own ({type(error).__name__}: {str(error)[:300]}). "
        f"Please report it to whoever gave you incidentsim, with what {DEBUG}=1 shows.",
        newlines=False,
    )
    if os.environ.get(DEBUG) == "1":
        traceback.print_exception(error)
    return UNEXPECTED


def _say(message: str, newlines: bool = True) -> None:
    try:
        sys.stderr.write(for_terminal(message, newlines=newlines) + "\n")
        sys.stderr.flush()
    except OSError:
        # Nobody listens any more; the exit status still tells.
        return


def _silence_output() -> None:
    """Let the interpreter's last flush go nowhere, so that it complains of no closed pipe."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return
