"""A small agent that plays any scenario through the pipe: ``python agent.py SCENARIO [options of incidentsim play]``.

It uses the standard library only, and knows the protocol and kinds of verbs, but nothing of any scenario. It does what
a careful person does who has never seen the system: read what arrives, count at every stage and compare, look closer
where the counts differ, tell people, try one change at a time where it can be undone, count again, and undo.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

Data = dict[str, Any]
MINUTE = 60_000
BUCKET = 5 * MINUTE
STAGED = 10 * MINUTE
"""How long after an action its effect is measured; counts of what is under way settle in that time."""
UPDATES = 40 * MINUTE
TRIALS = 14
BETTER = 0.08
ENOUGH = 0.04
"""A share that is missing and may be left alone."""

KINDS = {
    "mend": r"push|patch|fix|mend|repair|revert|roll|undo",
    "stop": r"hold|freeze|halt|pause|stop|disable|block|isolate|quarantine|cordon",
    "relieve": r"shed|admit|empty|limit|throttle|drain|flush|drop|cancel|reject|scale|grow|add|raise|warm",
    "renew": r"restart|reboot|recycle|reset|fail|switch|promote",
    "recover": r"restore|replay|backfill|reload|recover|reprocess",
    "adjust": r"configure|set|tune|extend",
}
"""Kinds of verbs by words of their names."""
ORDERS = {
    "one label": ("mend", "stop", "recover", "renew", "adjust", "relieve"),
    "newcomer": ("stop", "relieve", "adjust", "mend", "renew", "recover"),
    "load": ("relieve", "adjust", "stop", "mend", "renew", "recover"),
    "loss": ("stop", "mend", "recover", "renew", "adjust", "relieve"),
}
"""What is tried first, by what the counts look like."""
OPPOSITE = {
    "stop": r"resume|release|start|enable|continue",
    "adjust": r"roll|undo|revert",
    "relieve": r"roll|undo|revert",
}
COPY, KEEPS = r"copy|snapshot|back-?up|dump", r"database|\bstore|\bdisk"
GENTLE = ("earlier", "quarter", "few", "part", "half", "side", "copy", "dry", "canary", "gradual", "slow", "new")
"""Words of choices that do less at once; what comes first is tried first."""
ROUGH = r"place|every|all|force|full|as-it|now|three|onto"
CROWD = r"refus|turned|retr|further|attempt|again|given up|closed|too late|timed out"
"""What counts are called that grow where callers crowd."""
EMPTYING = r"drain|empty|flush"
SENDERS, SENDING = r"config|push|publish|builder|generat", r"\bhold\b|push|send out"
"""What makes and sends things to everybody, and what one does to that."""


class Agent:
    """Plays one exercise. *ask* takes a request and gives the answer, both as JSON data."""

    def __init__(self, ask: Callable[[Data], Data]) -> None:
        self.ask = ask
        self.now = 0
        self.brief: Data = self.call("briefing")
        self.answered: set[str] = set()
        self.last_update = -UPDATES
        self.findings: list[Finding] = []
        self.base: Counts = {}
        """The first count, before anything was wrong."""
        self.grown: list[str] = []
        """Datasets that have grown out of next to nothing, what has grown most first."""
        self.suspicion: dict[str, float] = defaultdict(float)
        self.text = ""
        """Everything that was read, for words that point somewhere."""
        self.notes = 0
        self.proof = ""
        """The message with the newest count."""
        self.tried: set[str] = set()
        self.copied = False
        self.intakes: dict[str, int] = {}
        self.spent: tuple[int, float] | None = None
        self.missing = self.before = 1.0
        self.worst = 0.0
        self.options: dict[str, Data] = {}
        """The options that were chosen last, by action."""
        self.sources: set[str] = set()
        """Services that something new comes from."""
        self.kept = [each["id"] for each in self.brief["services"] if re.search(KEEPS, each["title"], re.I)]
        """Services that keep something, by their titles."""
        self.senders = [each["id"] for each in self.brief["services"] if re.search(SENDERS, each["title"], re.I)]
        self.silent: set[str] = set()
        """Services that no longer say how they are."""
        self.hurt: set[str] = set()
        """Services that say that they are unwell: it shows there, and comes from elsewhere."""

    def call(self, name: str, **args: Any) -> Any:
        """What a call gives; an error is a mistake in this program."""
        answer = self.ask({"call": name, "args": args})
        self.now = answer["t"]
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["result"]

    def do(self, verb: str, target: str = "", **args: Any) -> Data:
        """Give a command."""
        answer = self.ask({"do": verb, "target": target, "args": args})
        self.now = answer["t"]
        return dict(answer.get("result") or {"status": "refused", "text": answer["error"]})

    @property
    def over(self) -> bool:
        """Whether the scenario's time is up."""
        return self.now >= self.brief["duration"]

    # Reading, waiting, telling.

    def read(self) -> None:
        """Open what has arrived, and answer who asks."""
        for each in self.call("alerts"):
            if not each["opened"]:
                self.do("open", each["id"])
                self.suspect(each["service"], {"page": 2.0, "ticket": 0.5}.get(each["severity"], 0.2))
        for each in self.call("inbox"):
            if not each["opened"]:
                self.do("open", each["id"])
                self.text += "\n" + str((self.call("message", message_id=each["id"]) or {}).get("text", ""))
            asked = each["asks_by"] is not None or each["channel"] in {"call", "chat", "page", "ticket"}
            if asked and each["command"] is None and each["id"] not in self.answered:
                self.answered.add(each["id"])
                self.do("answer", each["id"], text=self.summary())

    def summary(self) -> str:
        """What is known now, in a sentence that stays true."""
        if not self.findings:
            return "We are looking into it and count at every stage. Nothing is proven yet; we come back to you."
        told = f"{self.findings[0].told}; at the last count it was {self.missing:.0%}"
        return f"{told}. Please treat figures and results of today as incomplete until we say more."

    def update(self) -> None:
        """Tell people, not too often."""
        if self.findings and self.now - self.last_update >= UPDATES and not self.over:
            self.last_update = self.now
            for audience in self.brief["audiences"]:
                self.do("announce", audience, text=f"{self.summary()} Next update in {UPDATES // MINUTE} minutes.")

    def live(self, until: int) -> None:
        """Let time pass, reading what arrives."""
        while self.now < min(until, self.brief["duration"]):
            self.call("wait", most=max(1000, min(until - self.now, 10 * MINUTE)))
            self.read()
            self.update()
            if self.now // (60 * MINUTE) > self.notes:
                self.notes = self.now // (60 * MINUTE)
                self.do("note", text=self.summary())

    def results(self, commands: list[int], most: int = 60 * MINUTE) -> list[Data]:
        """Wait for what commands bring, and give it."""
        end = self.now + most
        while True:
            found = [each for each in self.call("inbox") if each["command"] in commands]
            if len(found) >= len(commands) or self.now >= min(end, self.brief["duration"]):
                break
            self.live(min(end, self.now + 2 * MINUTE))
        messages = [self.call("message", message_id=each["id"]) for each in found]
        self.text += "".join("\n" + str(each.get("text", "")) for each in messages)
        return messages

    # Counting and comparing.

    def count(self, only: list[str] | None = None) -> Counts:
        """Count at every stage, or *only* at some, by time and, where there are labels, by label."""
        ids = only or [each["id"] for each in self.brief["datasets"]]
        counts: Counts = defaultdict(list)
        start = max(0, self.now - 60 * MINUTE) // BUCKET * BUCKET
        for first in range(0, len(ids), 12):
            asked = []
            for by in (["time"], ["time", self.brief["label_name"]])[: 2 if self.brief["labels"] else 1]:
                wanted = {"datasets": ids[first : first + 12], "by": by, "bucket": BUCKET, "from": start}
                asked += taken(self.do("query", **wanted))
            for message in self.results(asked, 20 * MINUTE):
                if "table" in message:
                    self.proof = message["id"]
                    add(counts, message["table"])
        return counts

    def signals(self) -> float:
        """How bad the measured signals look, and suspicion of the services that they belong to."""
        bad = 0.0
        self.silent.clear()
        self.hurt.clear()
        for each in self.call("signals", start=0, end=self.now, width=60):
            weight = {"critical": 1.0, "warn": 0.3, "gap": 0.4}.get(each["state"], 0.0)
            bad += weight
            self.suspect(each["service"], 2 * weight)
            if each["state"] == "gap":
                self.silent.add(each["service"])
            if each["state"] == "critical":
                self.hurt.add(each["service"])
        self.silent -= self.hurt
        return bad

    def suspect(self, service: str, weight: float) -> None:
        """What alerts and signals point at; how often they say it makes no difference."""
        self.suspicion[service] = max(self.suspicion[service], weight)

    def compare(self, counts: Counts) -> list[Finding]:
        """Where less comes out than went in, the largest and narrowest first."""
        order = [each["id"] for each in self.brief["datasets"]]
        self.base = self.base or counts
        grown = [each for each in order if rate(counts, each) > max(100, 8 * rate(self.base, each))]
        self.grown = sorted(grown, key=lambda each: -rate(counts, each))
        found = []
        for near, source in enumerate(order):
            for far in range(near + 1, len(order)):
                # Stages can be compared where everything arrived whole at first.
                if not 0.95 <= share(self.base, source, order[far], "", 1)[0] <= 1.05:
                    continue
                shares = {label: share(counts, source, order[far], label) for label in ["", *self.brief["labels"]]}
                for label, (ratio, size) in shares.items():
                    others = [each[0] for other, each in shares.items() if other not in {label, ""} and each[1]]
                    usual = min(1.0, max(others, default=0.0)) if label else 1.0
                    if size >= 20 and usual >= 0.95 and ratio < 0.9 * usual:
                        found.append(Finding(source, order[far], label, ratio, far - near, self.brief))
        return sorted(found, key=lambda each: (not each.label, -round(each.lost, 1), each.distance))

    def badness(self, afresh: bool = False) -> tuple[float, float]:
        """(the share that is missing, one number for how it stands with signals and budgets too). Less is better."""
        quick = bool(self.findings) and not afresh
        ends = [each for one in self.findings[:1] for each in (one.source, one.sink)]
        counts, missing, stopped = self.count(ends if quick else None), 0.0, 0.0
        found = [] if quick else self.compare(counts)
        if found and (not self.findings or found[0].lost > self.missing + 2 * BETTER):
            self.findings = found
        for each in self.findings[:1]:
            ratio, size = share(counts, each.source, each.sink, each.label, 1)
            _, intake = share(counts, each.source, each.sink, "", 1)
            missing = 1.0 - min(1.0, ratio if size else 0.0)
            # An intake that stops is no cure.
            most = self.intakes[each.source] = max(self.intakes.get(each.source, 1), intake)
            stopped = max(0.0, 0.5 - intake / most)
            self.missing = missing
            self.worst = max(self.worst, missing)
        consumed = sum(float(each["consumed"]) for each in self.call("status")["budgets"])
        before, self.spent = self.spent, (self.now, consumed)
        burnt = 0.0
        if before is not None and self.now > before[0]:
            burnt = min(1.0, (consumed - before[1]) * 10 * MINUTE / (self.now - before[0]))
        return missing, missing + stopped + burnt + 0.2 * self.signals()

    # Looking closer, and trying.

    def suspects(self) -> list[str]:
        """Services, the most suspect first: where counts differ, what changed, what pages, what logs errors."""
        score = defaultdict(float, self.suspicion)
        self.sources.clear()
        titles = {each["id"]: f"{each['id']} {each['title']}" for each in self.brief["services"]}
        datasets = {each["id"]: f"{each['id']} {each['title']} {each['explains']}" for each in self.brief["datasets"]}
        for finding in self.findings[:1]:
            for end in (finding.source, finding.sink):
                near = {
                    service: alike(title, datasets[end], list(datasets.values())) for service, title in titles.items()
                }
                for service, points in near.items():
                    score[service] += 5 * points / max(0.01, *near.values())
        for dataset in self.grown[: 2 if self.kind() == "one label" else 1]:
            near = {
                service: alike(title, datasets[dataset], list(datasets.values())) for service, title in titles.items()
            }
            service = max(near, key=lambda each: near[each])
            score[service] += 2.0 if self.kind() == "one label" else 6.0
            self.sources.add(service)
        changed: dict[str, float] = defaultdict(float)
        for change in self.call("changes"):
            if change["days_before"] == 0:
                named = any(each.label and each.label in change["title"] for each in self.findings)
                changed[change["service"]] = max(changed[change["service"]], 4.0 if named else 1.0)
        if not self.sources or self.kind() == "one label":
            self.sources |= set(changed)
        for service, points in changed.items():
            score[service] += points
        for row in self.call("rows", start=max(0, self.now - 10 * MINUTE), end=self.now, most=500, level="ERROR"):
            score[row["service"]] += 0.05
        return sorted(titles, key=lambda each: -score[each])

    def look(self, services: list[str]) -> None:
        """Do everything at these services that changes nothing and is quick."""
        asked = []
        for service in services:
            for verb in self.brief["verbs"]:
                if not verb["changes"] and service in verb["targets"] and verb["takes"] <= 8 * MINUTE:
                    for options in choices(verb)[:3]:
                        asked += taken(self.do("act", f"{verb['id']}:{service}", **options))
        self.results(asked, 90 * MINUTE)

    def copy(self) -> None:
        """Take copies of what is kept, before anything is changed; a copy harms nobody."""
        asked = []
        for verb in self.brief["verbs"]:
            if verb["changes"] and re.search(COPY, verb["id"]) and verb["reversibility"] != "irreversible":
                for service in [each for each in self.kept if each in verb["targets"]]:
                    asked += taken(self.do("act", f"{verb['id']}:{service}", **choices(verb)[0]))
        self.results(asked, 20 * MINUTE)

    def kind(self) -> str:
        """What the trouble looks like."""
        about = {
            each["id"]: f"{each['id']} {each['title']} {each['explains']}".lower() for each in self.brief["datasets"]
        }
        if self.findings and self.findings[0].label:
            return "one label"
        if any(re.search(CROWD, about[each]) for each in self.grown[:1]):
            return "load"
        return "newcomer" if self.grown else "loss"

    def trials(self) -> Iterator[tuple[Data, str, Data, str]]:
        """(verb, target, options, kind) worth trying, the most promising first; nothing that cannot be undone."""
        ranked, trouble = self.suspects(), self.kind()
        kinds = ORDERS[trouble]
        ranked = list(
            dict.fromkeys(
                [*ranked[:5], *self.senders, *sorted(self.sources | self.silent, key=ranked.index), *self.kept]
            )
        )
        found = []
        for verb in self.brief["verbs"]:
            kind = next(
                (each for each, words in KINDS.items() if re.search(words, f"{verb['id']} {verb['title']}", re.I)), ""
            )
            # Where nothing works and what keeps the data is silent, there is nothing to lose by bringing it back.
            dead = kind == "recover" and self.missing > 0.95 and bool(self.silent & set(self.kept))
            # Where next to nobody gets an answer, whatever waits in a line is too old for anybody.
            stale = (
                trouble == "load" and self.worst > 0.95 and re.search(EMPTYING, f"{verb['id']} {verb['title']}", re.I)
            )
            if not verb["changes"] or not kind or (verb["reversibility"] == "irreversible" and not (dead or stale)):
                continue
            cost = -8.0 if dead else {"costly": 3.0}.get(verb["reversibility"], 0.0)
            for place, service in enumerate(ranked):
                if service in verb["targets"] and (not dead or service in self.kept):
                    for number, options in enumerate(choices(verb)[:4]):
                        rank = kinds.index(kind) + 1.2 * place + cost + 0.7 * number
                        if kind == "stop":
                            known = service in self.sources - self.hurt and trouble in {"newcomer", "one label"}
                            rank += -3 if known else -2 if service in self.silent and trouble != "load" else 4
                        elif kind == "relieve" and service in self.sources and trouble == "load":
                            rank -= 4
                        if service in self.senders and re.search(SENDING, f"{verb['id']} {verb['title']}", re.I):
                            rank -= 8 if trouble in {"one label", "loss"} and number == 0 else 0
                        found.append((rank, len(found), (verb, service, options, kind)))
        yield from (each[2] for each in sorted(found, key=lambda each: each[:2]))

    def attempt(self, verb: Data, target: str, options: Data, kind: str, before: float) -> tuple[float, float]:
        """Make one change and see what comes of it; take it back where it made things worse. Gives `badness`."""
        self.before = self.missing
        self.do("predict", text=f"{verb['title']} {target}: the missing share falls", confidence=40)
        self.act(verb, target, options)
        self.live(self.now + STAGED)
        missing, after = self.badness()
        fewer, more = missing < self.before - BETTER, missing > self.before + BETTER
        if not more:
            self.options[f"{verb['id']}:{target}"] = options
        if fewer or (after < before - BETTER and not more):
            # It helps; what else it brings shows a little later.
            self.live(self.now + STAGED)
            return self.badness()
        if (more or after > before + BETTER) and not self.over:
            self.undo(verb, target, kind)
            self.escalate(target)
            self.live(self.now + STAGED)
            return self.badness()
        return missing, after

    def act(self, verb: Data, target: str, options: Data) -> None:
        """Carry out an action, and wait for its result."""
        self.results(taken(self.do("act", f"{verb['id']}:{target}", **options)), 90 * MINUTE)

    def undo(self, verb: Data, target: str, kind: str) -> None:
        """Take a change back: choose what was chosen before, or use the verb for it, where there is one."""
        before = self.options.get(f"{verb['id']}:{target}")
        if before is not None:
            self.act(verb, target, before)
            return
        for other in self.brief["verbs"]:
            fits = kind in OPPOSITE and other["changes"] and target in other["targets"]
            if fits and other["reversibility"] != "irreversible" and re.search(OPPOSITE[kind], other["id"]):
                self.act(other, target, choices(other)[0])
                return

    def escalate(self, service: str) -> None:
        """Ask the team that owns a service."""
        team = next((each["team"] for each in self.brief["services"] if each["id"] == service), "")
        for person in self.brief["personas"]:
            if person["team"] == team:
                self.do(
                    "ask",
                    person["id"],
                    text=f"We changed {service} and it got worse. {self.summary()} What do you see?",
                )

    # The whole.

    def play(self) -> None:
        """From the first minute to the last."""
        self.live(10 * MINUTE)
        while not self.over:
            if self.trouble() and len(self.tried) < TRIALS:
                self.respond()
            self.live(self.now + 12 * MINUTE)

    def trouble(self) -> bool:
        """Whether counts, signals or budgets say that something is wrong; counts that differ are kept as findings."""
        found = self.compare(self.count())
        if found:
            self.findings, self.missing = found, found[0].lost
        consumed = max((float(each["consumed"]) for each in self.call("status")["budgets"]), default=0.0)
        return bool(found) or self.signals() >= 2.0 or (consumed > 1.0 and not self.tried)

    def respond(self) -> None:
        """Declare, tell, look closer, and try changes until next to nothing is missing."""
        if not self.tried:
            severities = self.brief["severities"]
            self.do("declare", severities[min(1, len(severities) - 1)], text=self.summary())
            if self.findings:
                self.do("keep", self.proof, title=self.findings[0].told[:60])
                self.do("hypothesis", text=self.findings[0].told, confidence=70)
            self.update()
            if self.kind() == "one label":
                self.look(self.suspects()[:3])
        missing, best = self.badness(afresh=True)
        while not self.over and len(self.tried) < TRIALS:
            open_ones = [each for each in self.trials() if self.name(each) not in self.tried]
            if self.enough(missing, best):
                # What is silent is held even where nothing is missing: somebody may be at work there.
                open_ones = [each for each in open_ones if each[3] == "stop" and each[1] in self.silent]
            if not open_ones:
                break
            trial = open_ones[0]
            self.tried.add(self.name(trial))
            missing, best = self.attempt(*trial, best)
            if len(self.tried) % 3 == 0:
                missing, best = self.badness(afresh=True)
            if not self.copied and not self.silent:
                self.copied = True
                self.copy()
                if self.kind() != "one label":
                    self.look(self.suspects()[:2])
                missing, best = self.badness()
        if self.findings and not self.over:
            self.recover()

    def name(self, trial: tuple[Data, str, Data, str]) -> str:
        """What a trial is known by; what is silent may be held again an hour later."""
        hour = self.now // (90 * MINUTE) if trial[3] == "stop" and trial[1] in self.silent else ""
        return f"{trial[0]['id']}:{trial[1]}:{sorted(trial[2].items())}:{hour}"

    def enough(self, missing: float, bad: float) -> bool:
        """Whether to leave the system alone: next to nothing is missing, or, where nothing was, signals are quiet."""
        return missing < ENOUGH and (bool(self.findings) or bad < 2 * BETTER)

    def recover(self) -> None:
        """Bring back what is missing, gently."""
        wanted, done = [each for each in self.trials() if each[3] == "recover"], 0
        gentlest = {f"{verb['id']}:{target}": options for verb, target, options, _ in reversed(wanted)}
        for verb, target, options, kind in wanted:
            if self.over or self.name((verb, target, options, kind)) in self.tried:
                continue
            if gentlest[f"{verb['id']}:{target}"] == options and len(self.tried) < TRIALS + 4 and done < 4:
                done += 1
                self.tried.add(self.name((verb, target, options, kind)))
                self.act(verb, target, options)


Counts = dict[tuple[str, str], list[int]]
"""Numbers by (dataset, label), one a bucket; the label is empty for all together."""


class Finding:
    """Less arrives at *sink* than left *source*: *ratio* of it, of one label or of all."""

    def __init__(self, source: str, sink: str, label: str, ratio: float, distance: int, brief: Data) -> None:
        titles = {each["id"]: each["title"] for each in brief["datasets"]}
        self.source, self.sink, self.label, self.distance = source, sink, label, distance
        self.lost = 1 - ratio
        of = f" of {brief['label_name']} {label}" if label else ""
        self.told = f"Counted: {1 - ratio:.0%}{of} are missing between '{titles[source]}' and '{titles[sink]}'"


def add(counts: Counts, table: Data) -> None:
    """Take in a table's rows, by time and perhaps by label, but not of the last bucket: it is not complete yet."""
    times = list(dict.fromkeys(row[0] for row in table["rows"]))[: (table["to"] - table["from"]) // BUCKET]
    by = 2 if table["rows"] and isinstance(table["rows"][0][1], str) else 1
    for row in table["rows"]:
        for column, number in list(zip(table["columns"], row, strict=True))[by:]:
            if isinstance(number, int) and row[0] in times:
                counts[column, row[1] if by == 2 else ""].append(number)


def share(counts: Counts, source: str, sink: str, label: str, span: int = 2) -> tuple[float, int]:
    """(what arrives of what left, what left) in the last buckets."""
    went, came = counts.get((source, label), [])[-span:], counts.get((sink, label), [])[-span:]
    return (sum(came) / sum(went) if sum(went) else 0.0), sum(went) if came else 0


def rate(counts: Counts, dataset: str) -> float:
    """How much passed in the last bucket."""
    return float((counts.get((dataset, "")) or [0])[-1])


def alike(title: str, text: str, texts: list[str]) -> float:
    """How many of a title's words a text uses, by their beginnings; words that few texts use count for more."""
    words = {each[:5] for each in re.findall(r"[a-z]{3,}", title.lower())}
    used = [each for each in words if each in text.lower()]
    return sum(1 / sum(each in other.lower() for other in texts) for each in used)


def taken(answer: Data) -> list[int]:
    """The number of a command, where it was taken."""
    return [answer["command"]] if answer["status"] == "ok" else []


def gentleness(choice: str) -> int:
    """Where a choice stands among gentle ones, by its name."""
    return next((place for place, word in enumerate(GENTLE) if word in choice), len(GENTLE))


def choices(verb: Data) -> list[Data]:
    """A verb's options: each choice once, the gentle ones first."""
    made: list[Data] = [{}]
    for option in verb["options"]:
        gentle = sorted(option["choices"], key=lambda each: (bool(re.search(ROUGH, each)), gentleness(each)))
        made = [{**each, option["id"]: choice} for choice in gentle for each in made]
    return made


def main() -> int:
    """Start an exercise, play it, and say what it came to."""
    command = [sys.executable, "-m", "incidentsim.cli", "play", *sys.argv[1:], "--stdio"]
    with subprocess.Popen(  # noqa: S603 - the command is its user's own
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as game:

        def ask(request: Data) -> Data:
            if game.stdin is None or game.stdout is None:
                raise RuntimeError("there is no pipe")
            game.stdin.write(json.dumps(request) + "\n")
            game.stdin.flush()
            line = game.stdout.readline()
            if not line:
                raise SystemExit(game.wait() or 1)
            return dict(json.loads(line))

        agent = Agent(ask)
        agent.play()
        score = agent.call("score")["score"]
        print(f"EXERCISE  {agent.brief['number']}: score {score} of 100. {agent.summary()}")  # noqa: T201
    return game.returncode


if __name__ == "__main__":
    sys.exit(main())
