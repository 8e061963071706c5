"""A seat through a pipe: one JSON request a line in, one JSON answer a line out."""

from __future__ import annotations

import json
from bisect import bisect_left
from typing import IO, TYPE_CHECKING, Any

from incidentsim.exercise.protocol import CALLS, CHARGE, CHARGE_TEXT, MARKER, PROTOCOL, VERBS, help_text, mismatch

if TYPE_CHECKING:
    from collections.abc import Callable

    from incidentsim.exercise.logview import LogView
    from incidentsim.exercise.seat import Seat

LONGEST_LINE = 1_000_000
MOST_IN_AN_ID = 200
MOST_VIEWS = 16


class RequestError(ValueError):
    """A request that cannot be answered; it has changed nothing. The message is for whoever wrote it."""


class Connection:
    """A player at the other end of a pipe: requests to a seat, and the time that its commands take.

    *score* gives the number that is told when play is over, if it is asked for.
    """

    def __init__(self, seat: Seat, score: Callable[[], int] | None = None) -> None:
        self.seat = seat
        self._score = score
        self._views: dict[tuple[str, str, str], LogView] = {}

    def answer_line(self, line: str) -> str:
        """The answer to a line, without its newline, in plain ASCII."""
        known: dict[str, Any] = {}
        try:
            request = _request(line)
            known = {"id": request["id"]} if "id" in request else {}
            body = {"result": self.answer(request)}
        except RequestError as error:
            body = {"error": str(error)}
        return json.dumps({"marker": MARKER, **known, "t": self.seat.now, **body}, separators=(",", ":"))

    def answer(self, request: dict[str, Any]) -> Any:
        """The result of a request, as JSON data. Raises `RequestError`."""
        args = request.get("args", {})
        if not isinstance(args, dict):
            raise RequestError("args is an object")
        if ("do" in request) == ("call" in request):
            raise RequestError('a request has either call or do; help lists them: {"call": "help"}')
        unknown = [each for each in request if each not in {"id", "call", "do", "target", "args"}]
        if unknown:
            raise RequestError(f"a request has no {unknown[0][:40]!r}; arguments stand in args")
        return self._do(request, args) if "do" in request else self._call(request, args)

    def _do(self, request: dict[str, Any], args: dict[str, Any]) -> dict[str, Any]:
        verb, target = request["do"], request.get("target", "")
        if not isinstance(verb, str) or verb not in VERBS:
            raise RequestError(f"do is one of {', '.join(VERBS)}")
        if not isinstance(target, str):
            raise RequestError("target is a text")
        _fits(verb, args, VERBS[verb][1])
        result = self.seat.do(verb, target, args)
        if result["status"] == "ok":
            self.seat.advance(CHARGE)
        return result

    def _call(self, request: dict[str, Any], args: dict[str, Any]) -> Any:
        name, seat = request["call"], self.seat
        if not isinstance(name, str) or name not in CALLS:
            raise RequestError(f"call is one of {', '.join(CALLS)}")
        if "target" in request:
            raise RequestError("only do has a target")
        _fits(name, args, CALLS[name])
        match name:
            case "help":
                return help_text()
            case "briefing":
                return {**seat.briefing(), "play": {"protocol": PROTOCOL, "charge": CHARGE, "about": CHARGE_TEXT}}
            case "status":
                return {**seat.status(), "charge": CHARGE}
            case "rows":
                return self._rows(**args)
            case "runbook":
                return self._runbook(args["name"])
            case "score":
                return self._told_score()
            case "wait" if seat.status()["state"] == "ended":
                # Time stands still then, so nothing would ever arrive.
                return seat.advance(0)
        return getattr(seat, name)(**args)

    def _rows(
        self, start: int, end: int, most: int = 1000, level: str = "", service: str = "", text: str = ""
    ) -> list[dict[str, Any]]:
        if not (level or service or text):
            return self.seat.rows(start, end, most)
        asked = (level, service, text)
        # A filter that was asked for before has looked at the rows of that time already.
        view = self._views.pop(asked, None) or self.seat.log().filtered(level, service, text)
        self._views[asked] = view
        if len(self._views) > MOST_VIEWS:
            del self._views[next(iter(self._views))]
        positions = range(view.size())
        first = bisect_left(positions, start, key=lambda at: view.line(at)["t"])
        last = bisect_left(positions, end, key=lambda at: view.line(at)["t"])
        return view.lines(first, min(last, first + most))

    def _runbook(self, name: str) -> dict[str, Any]:
        from incidentsim.scenario.library import runbook

        if name not in self.seat.runbooks():
            raise RequestError(f"there is no runbook {name[:40]!r}")
        return {"id": name, "text": runbook(name)}

    def _told_score(self) -> dict[str, Any]:
        if self.seat.status()["state"] != "ended":
            raise RequestError("the score comes when play is over")
        if self._score is None:
            raise RequestError("no score is kept here")
        return {"score": self._score(), "highest": 100}


def serve(seat: Seat, requests: IO[str], answers: IO[str], score: Callable[[], int] | None = None) -> None:
    """Answer requests until the other end closes; each answer is flushed.

    A request is ``{"call": name, "args": {…}}`` or ``{"do": verb, "target": …, "args": {…}}``, see
    `incidentsim.exercise.protocol`. The answer is ``{"marker": "EXERCISE", "t": ms, "result": …}``, or has
    ``error`` instead; a request that cannot be read changes nothing.
    """
    connection = Connection(seat, score)
    for line in iter(lambda: requests.readline(LONGEST_LINE), ""):
        rest = line
        while len(rest) == LONGEST_LINE and not rest.endswith("\n"):
            rest = requests.readline(LONGEST_LINE)
        answers.write(connection.answer_line(line) + "\n")
        answers.flush()


def _fits(name: str, args: dict[str, Any], shape: dict[str, Any]) -> None:
    wrong = mismatch(name, args, shape)
    if wrong is not None:
        raise RequestError(wrong)


def _request(line: str) -> dict[str, Any]:
    """The JSON object of a line. Raises `RequestError`."""
    if len(line) >= LONGEST_LINE and not line.endswith("\n"):
        raise RequestError(f"a line has fewer than {LONGEST_LINE:,} characters")
    if not line.isascii() and any("\udc80" <= each <= "\udcff" for each in line):
        raise RequestError("a line is UTF-8")
    try:
        request = json.loads(line, object_pairs_hook=_pairs, parse_constant=_no_number)
    except RequestError:
        raise
    except RecursionError as error:
        raise RequestError("this is nested too deeply") from error
    except json.JSONDecodeError as error:
        raise RequestError(f"a request is one JSON object a line (column {error.colno}: {error.msg})") from error
    except ValueError as error:
        raise RequestError("a number is too long") from error
    if not isinstance(request, dict):
        raise RequestError("a request is one JSON object a line")
    number = request.get("id")
    if "id" in request and not (type(number) is int or (isinstance(number, str) and len(number) <= MOST_IN_AN_ID)):
        del request["id"]
        raise RequestError("id is a whole number or a short text")
    return request


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise RequestError("a name stands twice in one object")
    return made


def _no_number(name: str) -> Any:
    raise RequestError(f"{name} is no number of JSON")
