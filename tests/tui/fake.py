"""A seat, a session and a library that need no world: the same data each time, and a clock moved by hand."""

# ruff: noqa: A001, A002

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

from incidentsim.exercise.incident_record import RECORDING, IncidentRecord
from incidentsim.exercise.log_filter import LEVEL_ORDER, filters_of
from incidentsim.simulation.command import Command
from incidentsim.tui.drafts import Drafts

MINUTE = 60_000
START = datetime(2024, 3, 12, 8, 0, tzinfo=UTC)
HOSTILE = "[red]x[/] [link=file:///etc]y[/link] \x1b[31mred\x1b[0m <b>&"
SERVICES = ("apps", "ingest", "registry", "broker", "stream", "loader", "warehouse", "dashboards")
KNOWN = SimpleNamespace(roles=(), runbooks=("consumer-lag", "replay"))
"""What the incident record asks of a scenario."""
LEVELS = ("INFO", "INFO", "INFO", "WARN", "INFO", "DEBUG", "INFO", "ERROR")


class FakeLog:
    def __init__(self, seat, keep=None):
        self.seat, self.keep = seat, keep
        self.complete, self.seen, self.reached = True, 1.0, 0

    def scan(self, cost=2_000):
        return True

    def all_size(self):
        return self.seat.now // 2000 if self.seat.log_size is None else self.seat.log_size

    def row(self, i):
        t = i * 2000
        return {
            "t": t,
            "time": (START + timedelta(milliseconds=t)).strftime("%H:%M:%S"),
            "service": SERVICES[i % 8],
            "level": LEVELS[i % 8],
            "text": HOSTILE
            if i == 5
            else f"batch {48_000 + i} in={98_000 + i * 7 % 900:,} took {i % 9}.{i % 7} s status=LOADED",
            "address": f"row:p{i % 8}:{i // 8}",
        }

    def _indices(self):
        return [i for i in range(self.all_size()) if self.keep(self.row(i))]

    def size(self):
        return self.all_size() if self.keep is None else len(self._indices())

    def index(self, position):
        return position if self.keep is None else self._indices()[position]

    def position(self, index):
        return min(index, self.all_size()) if self.keep is None else bisect_left(self._indices(), index)

    def first_at(self, t):
        return self.position(-(-t // 2000))

    def line(self, position):
        return self.row(self.index(position))

    def runs(self):
        return range(self.size())

    def counts(self, edges):
        at = [self.first_at(edge) for edge in edges]
        counts = [after - before for before, after in pairwise(at)]
        return counts, [count // 4 for count in counts]

    def selected(self, filters):
        wanted = filters_of(filters)

        def passes(one, line):
            match one.kind:
                case "level":
                    return LEVEL_ORDER[line["level"]] >= LEVEL_ORDER[one.value]
                case "service":
                    return line["service"] == one.value
                case "like":
                    return line["address"].split(":")[1] == one.value
                case _:
                    return one.says(line["text"]) is not one.exclude

        def keep(line):
            return all(passes(one, line) is not one.exclude for one in wanted if one.on)

        return FakeLog(self.seat, keep)


class FakeSeat:
    def __init__(self, now=47 * MINUTE, fmt="45", mode="learn"):
        self.now, self.fmt, self.mode = now, fmt, mode
        self.log_size = None
        self.blind = False
        self.commands = []
        self.state = "running"
        self.severity, self.declared_at = "", None
        self.minted, self.thoughts, self.kept, self.tasks, self.written = [], [], [], [], IncidentRecord()
        self.asked = {}
        self.ticks = 0
        self.arrivals = []
        self.doings = []
        self.messages = [
            self._message(1, 0, "status", "overnight", "Handover: a quiet night", "Nothing open.", opened=True),
            self._message(2, 31 * MINUTE, "chat", "analyst", f"revenue board is 4% under {HOSTILE}",
                          f"Two boards disagree. {HOSTILE}\nProbably the campaign that ended."),
            self._message(3, 40 * MINUTE, "mail", "vp-finance", "Is the 13:00 number safe, yes or no?", "Please answer.",
                          asks_by=70 * MINUTE),
        ]  # fmt: skip

    def _message(self, n, t, channel, sender, title, text, asks_by=None, opened=False, table=None, command=None):
        item = {"id": f"M-{n:04d}", "t": t, "opened": opened, "channel": channel, "sender": sender, "to": "on-call",
                "title": title, "asks_by": asks_by, "command": command, "text": text}  # fmt: skip
        if table:
            item["table"] = table
        return item

    def briefing(self):
        def verb(
            id,
            title,
            targets,
            options=(),
            takes=6,
            hands=1,
            changes=True,
            reversibility="reversible",
            longest=None,
            worst=None,
            needs="",
        ):
            return {"id": id, "title": title, "targets": list(targets), "options": list(options), "takes": takes * MINUTE,
                    "shortest": takes * MINUTE, "longest": (longest or takes) * MINUTE, "hands": hands,
                    "changes": changes, "reversibility": reversibility, "at_best": reversibility,
                    "at_worst": worst or reversibility, "needs": needs}  # fmt: skip

        return {
            "id": "inc-2024-0312", "number": "INC-2024-0312", "title": "Two dashboards disagree",
            "start": START.isoformat(), "duration": 360 * MINUTE, "local_zone": "America/New_York", "organisation": "A shop",
            "role": "You are on call for the event platform.",
            "situation": "It is early. The night was quiet. An analyst says that two dashboards do not agree.",
            "goal": "Find out what is going on, limit the damage, tell the people who need to know.",
            "notes": ["Two people are at hand.", HOSTILE], "format": self.fmt, "mode": self.mode, "objectives": [],
            "formats": [{"id": str(n), "title": f"{n} minutes", "wall": n * MINUTE} for n in (20, 45, 60)],
            "roles": [], "label_name": "version", "labels": ["8.3", "8.4"],
            "services": [
                {"id": id, "title": f"{id.title()} service", "team": "data", "log_format": "plain", "about": f"The {id}.",
                 "depends_on": [SERVICES[n + 1]] if n + 1 < len(SERVICES) else []} for n, id in enumerate(SERVICES)],
            "verbs": [
                verb("pause", "Pause", SERVICES, takes=4),
                verb("inspect", "Inspect", SERVICES, takes=5, changes=False, reversibility="none-needed"),
                verb("replay", "Replay", SERVICES, hands=2, takes=30, reversibility="costly",
                     longest=45, worst="irreversible", needs="Something kept that can be read again.",
                     options=[{"id": "into", "title": "Into", "choices": ["side-table", "in-place"]}]),
                verb("purge", "Purge", SERVICES, reversibility="irreversible"),
            ],
            "personas": [{"id": "analyst", "title": "Analyst", "team": "bi", "about": "Reads dashboards."},
                         {"id": "mobile", "title": "Mobile lead", "team": "apps", "about": "Ships the app."}],
            "topics": [{"id": "changes", "title": "Recent changes"}, {"id": "numbers", "title": "The numbers"}],
            "datasets": [{"id": "accepted", "title": "Events accepted", "explains": "Events that ingest answered 200.", "unit": "events"},
                         {"id": "served", "title": "Events served", "explains": "Events in the warehouse tables.", "unit": "events"}],
            "signals": [{"id": "lag", "title": "Consumer lag", "unit": "", "service": "broker"},
                        {"id": "disk", "title": "Broker disk", "unit": "%", "service": "broker"}],
            "query": {"takes": 4 * MINUTE, "hands": 1, "step": MINUTE},
            "audiences": ["internal", "customers", "executives", "status"],
            "severities": ["SEV1", "SEV2", "SEV3"], "runbooks": ["consumer-lag", "replay"],
            "slos": [{"id": "ingest", "title": "Ingest answers", "target": "0.999", "window": 1, "description": "Requests answered."}],
        }  # fmt: skip

    def status(self):
        clock = (START + timedelta(milliseconds=self.now)).strftime("%H:%M:%S")
        return {
            "t": self.now, "clock": clock, "duration": 360 * MINUTE, "state": self.state, "severity": self.severity,
            "declared_at": self.declared_at, "hands_free": 2 - len(self.tasks), "hands": 2,
            "running": [{"command": c, "number": f"T-{c:04d}", "title": title, "state": "started", "hands": 1, "left": max(0, until - self.now)}
                        for c, title, until in self.tasks],
            "unread": sum(not m["opened"] for m in self.messages), "format": self.fmt, "mode": self.mode, "pauses": 0,
            "budgets": [{"slo": "ingest", "title": "Ingest answers", "consumed": "3.20"}],
        }  # fmt: skip

    def tick(self):
        self.ticks += 1
        return {"v": 0, "t": self.now, "events": []}

    def wait(self, most=600_000):
        self.now += most
        events = []
        for command, title, _ in self.tasks:
            self._arrive("result", "result", title, f"{title}: done.", command)
            events.append({"kind": "message", "t": self.now, "v": 1, "channel": "result", "title": title})
        self.tasks = []
        return {"v": len(events), "t": self.now, "events": events, "due": []}

    def _arrive(self, channel, sender, title, text, command, table=None):
        self.messages.append(
            self._message(len(self.messages) + 1, self.now, channel, sender, title, text, None, True, table, command)
        )
        return self._mint(channel, title, text)

    def query_of(self, message_id):
        return self.asked.get(message_id)

    def signals(self, start=0, end=None, width=60):
        limits = {"disk": [{"name": "warn", "value": 75.0, "above": True}, {"name": "critical", "value": 95.0, "above": True}],
                  "errors": [{"name": "critical", "value": 40.0, "above": True}]}  # fmt: skip

        def one(id, title, unit, points, state, last, own=False):
            return {"id": id, "service": "" if own else "broker", "title": title, "unit": unit, "points": points, "scale": 1,
                    "last": last, "state": state, "own": own, "from": 0, "each": max(1, self.now // max(1, len(points))),
                    "since": 40 * MINUTE if state == "gap" else None, "limits": limits.get(id, [])}  # fmt: skip

        wave = [(i * 37) % 50 + 200 for i in range(width)]
        ramp = [70 + i * 10 // width for i in range(width)]
        return [
            one("lag", "consumer lag", "", wave, "ok", "212"),
            one("jobs", "job success", "%", [100] * width, "ok", "100"),
            one("disk", f"broker disk {HOSTILE}", "%", ramp, "warn", "78"),
            one("errors", "error rate", "/s", [None, *wave[1:]], "critical", "41"),
            *(
                [one("cpu", "edge CPU", "%", [40] * (width - width // 5) + [None] * (width // 5), "gap", None)]
                if self.blind
                else []
            ),
            *[one(f"K-{n}", title, "", wave, "none", "9,812", own=True) for n, title in enumerate(self.kept)],
        ]

    def samples(self, plot, start=0, end=None):
        found = next((each for each in self.signals(0, None, self.now // MINUTE) if each["id"] == plot), None)
        return found and {**found, "each": MINUTE}

    def budgets(self):
        steps = self.now // MINUTE
        burn = [
            {"window": n * MINUTE, "covered": min(steps, n) * MINUTE, "bad": 0, "total": n, "rate": "0.00"}
            for n in (5, 30, 60, 360)
        ]
        return [{"slo": "ingest", "title": "Ingest answers", "service": "ingest", "description": "Requests answered.",
                 "target": "0.999", "window": 28 * 1440 * MINUTE, "window_total": 5_620_000, "allowed": "5,620.00",
                 "good": 99_820, "total": 100_000, "bad": 180, "consumed": "3.20", "left": "96.80", "burn": burn,
                 "exhausted_in": None, "exhausted_at": None, "points": [10_000 - 320 * n // max(1, steps) for n in range(steps + 1)],
                 "times": [n * MINUTE for n in range(steps + 1)], "scale": 100}]  # fmt: skip

    def log(self):
        return FakeLog(self)

    def row_counts(self, start, end, width):
        return [(i * 7) % 13 + 3 for i in range(width)]

    def inbox(self):
        return [{k: v for k, v in m.items() if k not in ("text", "table")} for m in self.messages]

    def message(self, id):
        return next((m for m in self.messages if m["id"] == id), None)

    def alerts(self):
        return [{"id": "A-0001", "t": 20 * MINUTE, "opened": False, "resolved_at": None, "state": "fires",
                 "title": "broker disk 78%", "service": "broker", "severity": "ticket", "text": ""}]  # fmt: skip

    def standing(self):
        known = {e["title"]: e for e in self.minted}
        said = {target for verb, target, _ in self.commands if verb == "answer"}
        return {m["id"]: {"answered_at": self.now if m["id"] in said else None,
                          "evidence": known[m["title"]]["id"] if m["title"] in known else "",
                          "pinned": m["title"] in known and known[m["title"]]["pinned"]}
                for m in [*self.messages, *self.alerts()]}  # fmt: skip

    def changes(self):
        items = [
            {"id": "deploy", "t": 2 * MINUTE, "days_before": 0, "service": "checkout", "title": "checkout-web 5.2"}
        ]
        if self.state == "ended":
            items.append(
                {"id": "parser", "t": 0, "days_before": 77, "service": "stream", "title": "tolerant parsing on"}
            )
        return items

    def excerpts(self):
        shown = {"id": "parser", "service": "stream", "title": "Parser", "kind": "code", "path": "parser.py"}
        return [shown] if self.state == "ended" else []

    def runbook(self, name):
        return f"# Runbook {name}\n\n1. Look at **{name}**\n2. Tell somebody\n"

    def find_in_runbooks(self, text):
        return [{"runbook": "replay", "block": 0, "text": f"{text} is replayed here"}] if text != "nowhere" else []

    def runbooks(self):
        return ["consumer-lag", "replay"]

    def evidence(self):
        return [dict(e) for e in self.minted]

    def hypotheses(self):
        return [dict(h) for h in self.thoughts]

    def incident_record(self):
        return {"severity": self.severity, "declared_at": self.declared_at, **self.written.to_json(), "predictions": []}

    def timeline(self):
        rows = [{"t": m["t"], "kind": m["channel"], "text": m["title"], "ref": m["id"]} for m in self.messages]
        return sorted([*rows, *self.doings], key=lambda row: row["t"])

    def _mint(self, kind, title, text, pinned=False):
        phase = "after" if self.state == "ended" else "during"
        e = {"id": f"E-{len(self.minted) + 1:04d}", "t": self.now, "kind": kind, "title": title, "text": text, "by": "responder",
             "phase": phase, "pinned": pinned, "command": len(self.commands), "about": None, "note": ""}  # fmt: skip
        self.minted.append(e)
        return e["id"]

    def do(self, verb, target="", **args):
        self.commands.append((verb, target, args))
        number, ref, evidence, text = len(self.commands), "", [], ""
        if verb in RECORDING:
            command = Command(self.now, number, "responder", verb, target, args)
            if refusal := self.written.refusal(command, KNOWN):
                self.commands.pop()
                return {"status": "refused", "text": refusal}
            ref = self.written.write(command)
        said = str(args.get("text", "")) or target
        self.doings.append({"t": self.now, "kind": verb, "text": said, "ref": ref or target})
        match verb:
            case "open" | "pin":
                known = next((e for e in self.minted if e["id"] == target), None)
                if known is None:
                    m = self.message(target)
                    if m:
                        m["opened"] = True
                    known = next((e for e in self.minted if e["title"] == (m["title"] if m else target)), None)
                if known is None:
                    m = self.message(target)
                    self._mint(target.split(":")[0] if ":" in target else "message", m["title"] if m else target,
                               m["text"] if m else f"what {target} says {HOSTILE}")  # fmt: skip
                    known = self.minted[-1]
                known["pinned"] = known["pinned"] or verb == "pin"
                evidence, ref = [known["id"]], known["id"]
            case "act" | "ask":
                text = f"{verb} {target}"
                self.tasks.append((number, text, self.now + 6 * MINUTE))
            case "withdraw":
                text = f"Called off: {target}"
                self.tasks = [each for each in self.tasks if each[0] != int(target.removeprefix("T-"))]
            case "query":
                names = args["datasets"]
                counts = {"accepted": (412_120, 21_701), "served": (411_980, 0)}
                table = {"columns": ["version", *names, *(["ratio"] if len(names) == 2 else [])], "cut": 0, "from": 0,
                         "to": self.now,
                         "rows": [[label, *[counts[name][row] for name in names], *([ratio] if len(names) == 2 else [])]
                                  for row, (label, ratio) in enumerate([("8.3", "0.9997"), ("8.4", "0.0000")])]}  # fmt: skip
                self._arrive("query", "query", "Count accepted, served", "8.4 21,701 0", number, table)
                self.asked[self.messages[-1]["id"]] = args
            case "declare":
                self.severity, self.declared_at = target, self.now
                self.written.declared.append({"t": self.now, "severity": target, "text": str(args.get("text", ""))})
            case "hypothesis":
                ref = target or f"H-{len(self.thoughts) + 1:02d}"
                past = next((h["history"] for h in self.thoughts if h["id"] == ref), [])
                past = [*past, {"t": self.now, "confidence": args["confidence"], "state": args["state"]}]
                self.thoughts = [h for h in self.thoughts if h["id"] != ref]
                self.thoughts.append({"id": ref, "t": self.now, "text": args["text"], "confidence": args["confidence"],
                                      "state": args["state"], "for": args["for"], "against": args["against"],
                                      "history": past})  # fmt: skip
            case "keep":
                self.kept.append(args["title"])
            case "interview":
                if self.state != "ended":
                    return {"status": "refused", "text": "Interviews come after play."}
                ref = self._mint(
                    "interview", f"{target} on {args['topic']}", "We set it eleven weeks ago for a backfill."
                )
                evidence = [ref]
            case "pause":
                self.state = "paused"
            case "resume":
                self.state = "running"
            case "end":
                self.state = "ended"
        return {"status": "ok", "command": number, "text": text, "ref": ref, "evidence": evidence}


class FakeCase:
    """Keeps lists of data."""

    def __init__(self):
        self.head, self._whys, self._actions = "", [], []
        self._sections = {"summary": [], "went-well": []}
        self.rows = {}
        self.answers = {}
        self.said = {}

    def refresh(self):
        return False

    def sensible(self):
        return dict(self.said)

    def put_sensible(self, choice, text):
        self.said[choice] = text

    def put_answer(self, question, answer):
        self.answers[question] = answer

    def fishbone_findings(self):
        return [f"{why['id']}: It is suspected. Cite what shows it." for why in self._whys if not why["cites"]]

    def causes(self):
        names = [why["id"] for why in self._whys]
        return {"texts": {why["id"]: why["text"] for why in self._whys}, "necessary": names[:1],
                "sets": [[name] for name in names], "changeable": [], "cut": False, "unsaid": [],
                "items": [each["id"] for each in self._actions],
                "cells": {name: ["direct" if name in each["addresses"] else "" for each in self._actions]
                          for name in names},
                "bare": names, "documented": [], "idle": []}  # fmt: skip

    def item_findings(self):
        return [f"{each['id']}: It lacks an owner. Name one." for each in self._actions if not each.get("owner")]

    def entry(self, id):
        return None

    def put_row(self, key, **parts):
        self.rows.setdefault(key, {}).update(parts)

    def vocabulary(self):
        def pairs(*names):
            return [(name, name) for name in names]

        return {
            "marks": pairs("detected", "mitigated"), "branches": pairs("occurred", "undetected", "lasted", "recovered"), "gates": pairs("and", "or"),
            "categories": pairs("code", "detection"), "stops": pairs("controllable", "unknown"),
            "hierarchies": pairs("eliminate", "automate", "guardrail", "document"), "types": pairs("prevent", "detect"),
            "priorities": pairs("P0", "P1", "P2"), "owners": pairs("data", "bi"), "slos": pairs("coverage"),
            "controls": pairs("compatibility-gate"),
        }  # fmt: skip

    def effect(self):
        return self.head

    def put_effect(self, text):
        self.head = text

    def whys(self):
        return [{**why, "state": "ruled out" if why["ruled_out"] else "ok" if why["cites"] else "no evidence"}
                for why in self._whys]  # fmt: skip

    def _put(self, items, item, letter):
        new = {**item, "id": item.get("id") or f"{letter}-{len(items) + 1:02d}"}
        if any(each["id"] == new["id"] for each in items):
            items[:] = [new if each["id"] == new["id"] else each for each in items]
        else:
            items.append(new)
        return new["id"]

    def put_why(self, why):
        return self._put(self._whys, why, "W")

    def drop_why(self, id):
        self._whys = [why for why in self._whys if why["id"] != id]

    def findings(self):
        return [f"{why['id']} cites no evidence. {HOSTILE}" for why in self._whys if not why["cites"]]

    def categories(self):
        return "code: Code\ndetection: Detection"

    def put_categories(self, text):
        self.bones = text

    def actions(self):
        return [{**item, "state": "ok" if item["addresses"] else "addresses no why"} for item in self._actions]

    def put_action(self, action):
        return self._put(self._actions, action, "AI")

    def drop_action(self, id):
        self._actions = [item for item in self._actions if item["id"] != id]

    def move_action(self, id, by):
        place = next(n for n, item in enumerate(self._actions) if item["id"] == id)
        item = self._actions.pop(place)
        self._actions.insert(max(0, place + by), item)

    def sections(self):
        return [{"id": id, "title": id.title(), "hint": "One or two sentences.", "statements": list(items)}
                for id, items in self._sections.items()]  # fmt: skip

    def put_statement(self, section, statement):
        return self._put(self._sections[section], statement, "S")

    def drop_statement(self, section, id):
        self._sections[section] = [item for item in self._sections[section] if item["id"] != id]


class FakePast(FakeSeat):
    """The double's past: the same data, up to the moment that was gone to."""

    def __init__(self, seat):
        super().__init__(seat.now, seat.fmt, seat.mode)
        self.last = seat.now

    def go_to(self, t):
        self.now = max(0, min(t, self.last))
        return self.now

    def story(self):
        return [{"t": 31 * MINUTE, "kind": "page", "text": f"lag {HOSTILE}", "own": False},
                {"t": 40 * MINUTE, "kind": "declare", "text": "SEV2 declared", "own": True}]  # fmt: skip

    def do(self, verb, target="", **args):
        return {"status": "refused", "text": "This is a review."}


class FakeReview:
    waiting = False
    scenario = "inc-2024-0312"

    def __init__(self, session):
        self.session = session
        self.drafts = Drafts()
        self.seat = FakePast(session.seat)

    def fork(self, at, name):
        return FakeSession(FakeSeat(at))


class FakeSession:
    def __init__(self, seat=None):
        self.seat = seat or FakeSeat()
        self.case = FakeCase()
        self.written = []
        self.seen = False
        self.waiting = False
        self.origin = ""
        self.drafts = Drafts()

    def go_on(self):
        self.waiting = False

    def close(self):
        self.closed = True

    def review(self):
        return FakeReview(self)

    def where(self):
        return "The exercise is kept as drill-1.journal; the library offers to go on."

    def timeline(self):
        rows = [{"t": 31 * MINUTE, "kind": "chat", "text": f"revenue board is under {HOSTILE}", "milestone": "", "evidence": ["E-0001"]},
                {"t": 40 * MINUTE, "kind": "declared", "text": "SEV2", "milestone": "declared", "evidence": []}]  # fmt: skip
        blank = {"wording": "", "pinned": False, "milestone": "", "phase": "", "into": ""}
        told = []
        for number, row in enumerate(rows):
            edit = {**blank, **self.case.rows.get(f"row:{number}", {})}
            if edit["into"]:
                told[-1]["parts"].append({**row, "key": f"row:{number}"})
                continue
            told.append({**row, "key": f"row:{number}", "after": False, "parts": [], "wording": edit["wording"],
                         "pinned": edit["pinned"], "phase": edit["phase"], "marked": edit["milestone"]})  # fmt: skip
        return told

    def fishbone(self, width):
        bones = "\n".join(f"  {why['category'] or 'other'}: {why['text']}" for why in self.case.whys())
        return f"FISHBONE {width}\n{bones}\n{'─' * (width - 4)}▶ {self.case.effect()}"

    def preview(self):
        lines = [f"## {s['title']}\n\n" + "\n\n".join(i["text"] for i in s["statements"]) for s in self.case.sections()]
        text = "# EXERCISE INC-2024-0312\n\n" + "\n\n".join(lines)
        return {
            "markdown": text,
            "findings": ["summary.1: 14 is not in what it cites"],
            "fields": [("loss.total", "14.2M")],
        }

    def briefing(self):
        asked = [("vp-cost", "VP: cost and risk", "What did that cost?"), ("vp-again", "VP: cost and risk", "Can it happen again?"),
                 ("eng-fault", "Engineer: what it means for me", f"Whose fault was it? {HOSTILE}")]  # fmt: skip
        blank = {"text": "", "cites": [], "estimate": False}
        return {
            "questions": [{"id": id, "frame": frame, "question": question, "raised": f"Slide 1 says: “14.2M {HOSTILE}”.",
                           "hint": "Two numbers.", **(given := {**blank, **self.case.answers.get(id, {})}),
                           "findings": [(f"“{given['text']}” is more than is carried.", "Say less.")]
                           if "never" in given["text"] else []} for id, frame, question in asked],
            "fields": [("loss.total", "14.2M")],
        }  # fmt: skip

    def graded(self):
        return self.seen

    def close_attempt(self):
        self.seen = True

    def scorecard(self):
        return "# EXERCISE scorecard: 61 of 100\n\n## What went well\n\n- You counted by version at 08:44.\n\n| criterion | points |\n|---|---|\n| detection | 12 of 15 |"

    def prices(self):
        return [
            {"id": "waiting", "at": "08:42 UTC", "choice": f"Patch at 09:10 {HOSTILE}", "option": "28 min sooner",
             "evidence": [("E-0001", f"Count by version {HOSTILE}")], "priced": True, "text": "It cost 81,400 events."},
            {"id": "act-7", "at": "09:20 UTC", "choice": "Restart", "option": "leave it", "evidence": [],
             "priced": False, "text": "It could not be told apart."},
        ]  # fmt: skip

    def modelled(self, progress):
        progress(1, 1)
        items = [item["id"] for item in self.case.actions() if item["control"]]
        return {
            "controls": [{"control": "compatibility-gate", "title": f"gate {HOSTILE}", "items": items,
                          "short": "saves 11.8 % of budget",
                          "sentences": ["It works in 4 of 5 runs.", "Saved: 11.8 [3.6, 20.0] % of budget."]}],
            "without": "Without any of them: 14.8 % of budget.", "seeds": 5, "partly": False,
            "assumptions": ["Every number is modelled by the scenario's world.", f"All share its luck {HOSTILE}."],
        }  # fmt: skip

    def write_packet(self, out):
        self.written.append(out)
        return {
            "folder": "out/packet",
            "files": ["INC-2024-0312-postmortem.md", "scorecard.md"],
            "findings": ["a number was edited"],
        }


class FakeLibrary:
    def __init__(self, session=None, unfinished=()):
        self.session = session or FakeSession()
        self._unfinished = unfinished
        self.started = []

    def entries(self):
        from incidentsim.tui.session import Entry

        return [Entry("inc-2024-0312", "INC-2024-0312", "Two dashboards disagree", "built in", "fictional"),
                Entry("mine", "MINE", f"Mine {HOSTILE}", "this folder", "timeline")]  # fmt: skip

    def unfinished(self):
        return list(self._unfinished)

    def briefing(self, scenario):
        from incidentsim.text.problem import Problem

        if scenario == "broken":
            raise Problem("broken.json line 3: [b]no[/b] such field")
        return {**self.session.seat.briefing(), "provenance": "fictional, after public facts"}

    def start(self, scenario, format_id, mode, waiting=False):
        self.session.waiting = waiting
        self.started.append((scenario, format_id, mode))
        self.session.seat.fmt, self.session.seat.mode = format_id, mode
        return self.session

    def resume(self, path: Path):
        self.session.waiting = True
        return self.session
