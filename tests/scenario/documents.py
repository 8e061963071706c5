"""Documents for the tests: ten events, a small causal scenario, and a corpus of bad ones."""

from __future__ import annotations

import copy
import json
from typing import Any

TEN_EVENTS: dict[str, Any] = {"events": [{"at": f"{i}m", "text": f"step {i}"} for i in range(10)]}

_CAUSAL: dict[str, Any] = {
    "id": "small",
    "title": "Orders arrive late",
    "start": "2024-03-12T08:00:00Z",
    "duration": "2h",
    "labels": ["old", "new"],
    "services": [
        {"id": "api", "title": "API", "team": "edge"},
        {"id": "store", "title": "Store", "depends_on": ["api"]},
    ],
    "aspects": [{"id": "load", "title": "Load"}],
    "flow": [
        {"kind": "source", "id": "clients", "service": "api", "rate": 100, "share": {"new": 0}, "to": "parse"},
        {"kind": "split", "id": "parse", "service": "api",
         "ports": [{"name": "bad", "fails": "topic"}, {"name": "good", "to": "topic"}]},
        {"kind": "log", "id": "topic", "service": "store", "capacity": 200, "retention": "1d", "to": "loader"},
        {"kind": "queue", "id": "loader", "service": "store", "capacity": 200, "to": "table"},
        {"kind": "sink", "id": "table", "service": "store"},
        {"kind": "source", "id": "readers", "service": "api", "rate": 600, "share": {"new": 0}, "to": "front"},
        {"kind": "cache", "id": "front", "service": "api", "entries": 500, "ttl": "30m", "to": "shown",
         "misses_to": "lookups"},
        {"kind": "queue", "id": "lookups", "service": "store", "capacity": 300, "timeout": "2m", "retry": 900000,
         "retry_attempts": 2, "to": "shown"},
        {"kind": "sink", "id": "shown", "service": "api"},
        {"kind": "source", "id": "writers", "service": "api", "rate": 60, "share": {"new": 0}, "to": "rows"},
        {"kind": "store", "id": "rows", "service": "store", "held": 9000,
         "snapshots": [{"id": "nightly", "lacks": 400}]},
    ],
    "scalers": [{"id": "fleet", "service": "store", "parameter": "lookups.capacity", "value": "lookups.queued",
                 "above": 50, "below": 1, "step": 30, "least": 300, "most": 600}],
    "schedules": [{"id": "refresh", "every": "30m", "chance": "500000",
                   "effects": [{"kind": "snapshot", "store": "rows", "snapshot": "hourly"}],
                   "otherwise": [{"kind": "forget", "store": "rows", "snapshot": "hourly"}]}],
    "couplings": [{"id": "slower", "parameter": "lookups.limit", "value": "1000 + rows.held",
                   "when": "parameter(\"lookups.capacity\") > 10"}],
    "signals": [{"id": "lag", "service": "store", "title": "Lag", "value": "topic.unread", "warn": "value > 10"}],
    "datasets": [{"id": "loaded", "title": "Loaded", "explains": "rows", "value": "table.in"}],
    "slos": [{"id": "fresh", "title": "Fresh", "service": "store", "target": "0.99", "window": "30d",
              "window_total": 1000, "good": "table.in", "total": "clients.out"}],
    "patterns": [{"id": "parsed", "service": "api", "text": "parsed {n} of {{x}}", "most": 5,
                  "fields": {"n": {"kind": "value", "value": "parse.good"}}}],
    "alerts": [{"id": "burn", "kind": "burn-rate", "title": "Burn", "service": "store", "slo": "fresh"}],
    "topics": [{"id": "release", "title": "The release"}],
    "personas": [{"id": "dev", "title": "Developer",
                  "answers": [{"topic": "release", "text": "{parse.bad:,} so far"}]}],
    "injects": [{"id": "hello", "at": "5m", "channel": "chat", "sender": "dev", "title": "Hi", "text": "Two numbers.",
                 "expectation": {"text": "x", "within": "5m", "acts": [{"verb": ["ask"]}]}}],
    "verbs": [{"id": "inspect", "title": "Inspect", "options": [{"id": "aspect", "title": "A", "choices": ["load"]}]}],
    "actions": [{"id": "look", "verb": "inspect", "target": "api", "args": {"aspect": "load"},
                 "outcomes": [{"id": "seen", "when": "shim == 0", "text": "lost {parse.bad:.0f}",
                               "effects": [{"kind": "flag", "flag": "shim"}]}]}],
    "changes": [{"id": "c-1", "service": "api", "title": "Release"}],
    "faults": [{"id": "schema", "title": "x", "at": "10m",
                "effects": [{"kind": "set", "parameter": "parse.bad[new]", "to": 900000},
                            {"kind": "degrade", "service": "store", "to": 500}]}],
    "controls": [{"id": "gate", "title": "Gate", "kind": "guardrail", "acts": "prevents", "addresses": ["root"],
                  "stops": ["schema", "refresh"]}],
    "variants": [{"id": "cold", "title": "Cold", "effects": [{"kind": "flush", "node": "front"}]}],
    "siblings": [{"id": "wiped", "title": "Wiped", "without_faults": ["schema"],
                  "faults": [{"id": "wipe", "title": "w", "at": "20m", "effects": [
                      {"kind": "delete", "store": "rows"}, {"kind": "drain", "node": "lookups"},
                      {"kind": "restore", "store": "rows", "snapshot": "nightly", "rate": 100, "after": "5m"}]}]}],
    "truth": {
        "conditions": [{"id": "root", "text": "r", "category": "process", "branch": "occurred"},
                       {"id": "loss", "text": "l", "category": "process", "branch": "effect", "because": ["root"]}],
        "red_herrings": [{"id": "clock", "text": "the clock"}],
        "clues": [{"id": "k", "shows": ["root", "clock"], "sources": ["change:c-*", "reply:dev:release"],
                   "query": {"datasets": ["loaded"], "by": ["version"]}}],
        "losing": "parse.bad", "severity": "SEV2",
    },
    "rubric": [{"id": "r", "title": "R", "family": "analysis", "weight": 1, "measure": "factors", "ids": ["root"]}],
    "policies": [{"id": "reference", "title": "Reference",
                  "commands": [{"id": "c1", "at": "6m", "verb": "act", "target": "inspect:api"},
                               {"id": "c2", "at": "7m", "verb": "ask", "target": "dev", "args": {"topic": "release"}}],
                  "writes": {"whys": [{"id": "w1", "text": "a", "branch": "occurred", "cites": ["c1"]},
                                      {"id": "w2", "text": "b", "branch": "occurred", "because_of": "w1"}],
                             "slos": ["fresh"]}}],
}  # fmt: skip


def causal() -> dict[str, Any]:
    """A small causal scenario without findings."""
    return copy.deepcopy(_CAUSAL)


def changed(path: str, value: Any) -> dict[str, Any]:
    """The causal scenario with one value changed, at a path such as ``flow.0.to``."""
    document = causal()
    here: Any = document
    *before, last = path.split(".")
    for part in before:
        here = here[int(part)] if isinstance(here, list) else here[part]
    if isinstance(here, list):
        here[int(last)] = value
    else:
        here[last] = value
    return document


def _wrong(path: str, value: Any) -> bytes:
    return json.dumps(changed(path, value)).encode()


_GOOD = json.dumps(_CAUSAL)

BAD: dict[str, bytes] = {
    # Not text, or not all of it.
    "empty file": b"",
    "white space": b" \n\t\n",
    "utf-16": _GOOD.encode("utf-16"),
    "utf-32": _GOOD.encode("utf-32"),
    "latin-1": '{"title": "café"}'.encode("latin-1"),
    "truncated utf-8": '{"title": "é'.encode()[:-1],
    "overlong utf-8": b'{"title": "\xc0\xaf"}',
    "NUL bytes": b"\0" * 100,
    "NUL inside": b'{"title": "a\0b"}',
    "random bytes": bytes(range(256)),
    "gzip": b"\x1f\x8b\x08\x00" + b"x" * 50,
    # Not JSON.
    "cut after a brace": b"{",
    "cut in a string": _GOOD[: len(_GOOD) // 2].encode(),
    "cut at the end": _GOOD[:-1].encode(),
    "trailing comma": b'{"title": "x",}',
    "single quotes": b"{'title': 'x'}",
    "comment": b'{"title": "x" // y\n}',
    "two documents": b'{"title": "x"}{"title": "y"}',
    "control character": b'{"title": "a\x01b"}',
    "bad escape": b'{"title": "\\q"}',
    "bad unicode escape": b'{"title": "\\u12"}',
    "no colon": b'{"title" "x"}',
    "unquoted": b"{title: x}",
    # JSON that a scenario cannot be.
    "duplicate key": b'{"title": "a",\n "title": "b"}',
    "duplicate key deep down": b'{"events": [{"at": "1m", "text": "a", "at": "2m"}]}',
    "NaN": b'{"hands": NaN}',
    "Infinity": b'{"hands": -Infinity}',
    "huge float": b'{"hands": 1e999}',
    "huge int": b'{"hands": ' + b"9" * 5000 + b"}",
    "lone surrogate": b'{"title": "\\ud800"}',
    "lone surrogate in a key": b'{"a\\udfff": 1}',
    "too deep": b'{"events": ' + b"[" * 70 + b"]" * 70 + b"}",
    "far too deep": b"[" * 200_000,
    "deep objects": b'{"a":' * 50_000,
    "a list": b"[]",
    "a text": b'"x"',
    "null": b"null",
    "a number": b"1",
    "empty object": b"{}",
    "unknown field": b'{"evnts": []}',
    "wrong version": b'{"version": 2, "events": []}',
    "events are text": b'{"events": "x"}',
    "event is null": b'{"events": [null]}',
    "event without time": b'{"events": [{"text": "x"}]}',
    "negative time": b'{"events": [{"at": -5, "text": "x"}]}',
    "time before the start": b'{"start": "2024-01-02T00:00:00Z", '
    b'"events": [{"at": "2024-01-01T00:00:00Z", "text": "x"}]}',
    "events years apart": b'{"events": [{"at": "0001-01-01T00:00:00Z", "text": "x"}, '
    b'{"at": "9999-12-31T23:59:59Z", "text": "y"}]}',
    "start without zone": b'{"start": "2024-01-01T00:00:00", "events": []}',
    "start at the end of time": b'{"start": "9999-12-31T23:59:59Z", "events": []}',
    "zero step": _wrong("step", 0),
    "long id": _wrong("id", "a" * 1000),
    "path as id": _wrong("id", "../../etc/passwd"),
    "unknown kind": _wrong("flow.0.kind", "sauce"),
    "kind is a list": _wrong("flow.0.kind", ["source"]),
    "no kind": _wrong("flow.0", {}),
    "expression calls": _wrong("signals.0.value", "__import__('os').system('x')"),
    "expression attributes": _wrong("signals.0.value", "().__class__"),
    "expression power": _wrong("signals.0.value", "9**9**9"),
    "expression nested": _wrong("signals.0.value", "(" * 240 + "1" + ")" * 240),
    "expression minus signs": _wrong("signals.0.value", "-" * 490 + "1"),
    "expression with NUL": _wrong("signals.0.value", "1\0"),
    "flow in a circle": _wrong("flow.3.to", "topic"),
    "many errors": json.dumps({"events": [{}] * 5000}).encode(),
    "too many events": json.dumps({"events": [{"at": 1, "text": ""}] * 200_001}).encode(),
}

BAD_YAML: dict[str, bytes] = {
    "yaml tag": b"title: !!python/object/apply:os.system [ls]",
    "yaml own tag": b"title: !x y",
    "yaml duplicate key": b"title: a\ntitle: b",
    "yaml two documents": b"title: a\n---\ntitle: b",
    "yaml unknown alias": b"title: *a",
    "yaml circle": b"events: &a [*a]",
    "yaml bomb": b"a: &a [x,x,x,x,x,x,x,x,x]\n"
    + b"".join(b"%c: &%c [%s]\n" % (c + 1, c + 1, b",".join([b"*%c" % c] * 9)) for c in range(97, 108)),
    "yaml many aliases": b"a: &a x\nb: [" + b"*a, " * 200 + b"]",
    "yaml deep flow": b"[" * 100_000,
    "yaml deep blocks": b"- " * 100_000,
    "yaml tabs": b"title:\n\t- x",
    "yaml complex key": b"? [a]\n: b",
    "yaml merge": b"<<: {title: x}\nevents: []",
    "yaml huge int": b"hands: " + b"9" * 5000,
    "yaml surrogate": b'title: "\\ud800"',
    "yaml sexagesimal": b"events: [{at: 1:30, text: x}]",
    "yaml cut": b'title: "x',
    "yaml directive": b"%YAML 9.9\n---\ntitle: x",
    "yaml bad number": b"hands: 0x10",
}
