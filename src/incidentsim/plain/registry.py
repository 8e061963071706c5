"""Every command of the plain terminal. Help and docs/plain.md are made from this table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentsim.plain import (
    acting,
    counting,
    debriefing,
    logs,
    looking,
    modelling,
    passing,
    plots,
    reconstructing,
    recording,
    standing,
    system,
)
from incidentsim.plain.command import AFTER, PLAY, Command, meant
from incidentsim.plain.desk import NothingDoneError

if TYPE_CHECKING:
    from incidentsim.plain.desk import Desk

IN_PLAY, LATER = (PLAY,), (AFTER,)
LOOK, READ, DO, WRITE, TIME, LEARN = "Look", "Read", "Act and ask", "Write down", "Time and leaving", "Debrief"


def usable(desk: Desk) -> list[Command]:
    """The commands of the present phase."""
    phase = AFTER if desk.ended else PLAY
    return [command for command in COMMANDS if phase in command.phases]


def help_(desk: Desk, rest: str) -> None:
    """All commands in a line each, or one of them in full."""
    word = rest.partition(" ")[0]
    if word:
        command, hint = meant(word, COMMANDS)
        if command is None:
            raise NothingDoneError(hint)
        desk.say(f"{command.usage}", command.help, command.more)
        if command.also:
            desk.say(f"Also: {', '.join(command.also)}.")
        return
    group = ""
    for command in usable(desk):
        if command.group != group:
            group = command.group
            desk.say(f"{group}:")
        desk.say(f"{command.name}: {command.help}")
    desk.say("A beginning is enough where it is unique. help COMMAND says more.")


def table() -> str:
    """The commands as a table of Markdown."""
    lines = ["| command | what it does | when |", "|---|---|---|"]
    for command in COMMANDS:
        usage = command.usage.replace("|", "\\|")
        when = " and ".join({PLAY: "play", AFTER: "debrief"}[phase] for phase in command.phases)
        lines.append(f"| `{usage}` | {command.help} | {when} |")
    return "\n".join(lines) + "\n"


COMMANDS: tuple[Command, ...] = (
    Command("help", "help [COMMAND]", "List the commands, or say more of one.", help_, LOOK, also=("?",)),
    Command("status", "status", "Say the time, severity, budgets, what is unread and what runs.", looking.status, LOOK),
    Command("briefing", "briefing", "Say again what was said before play.", system.briefing, LOOK),
    Command("log", "log [N] [LEVEL] [SERVICE] [TEXT]", "Show the last log lines, those that pass a filter.", logs.log,
            LOOK, "Words: a number of lines; a level such as warn, which is that level or above; the id of a service; "
            "-word leaves out; /pattern/ is a regular expression; before 09:30; anything else is text to find. "
            "log more shows older ones, log counts [filters] how many there are over time. #120 names a line: read "
            "#120, pin #120; log #120 shows what was written around it."),
    Command("signals", "signals", "Say the latest value and state of all that is measured.", plots.signals, LOOK),
    Command("signal", "signal ID [MINUTES]", "Describe one signal: lowest, highest, latest, limits, slope.",
            plots.signal, LOOK, "Looking at a signal in play is evidence of its present value.", ("open",)),
    Command("inbox", "inbox [unread]", "List the messages.", looking.inbox, LOOK),
    Command("alerts", "alerts", "List the alerts that fired.", looking.alerts, LOOK),
    Command("timeline", "timeline [N]", "Say what was seen and done so far, or the last N of it.", standing.timeline,
            LOOK),
    Command("budgets", "budgets", "Say how much of each error budget is used, and how fast.", standing.budgets, LOOK),
    Command("record", "record", "Say everything that was written down so far.", standing.record, LOOK),
    Command("evidence", "evidence [pinned]", "List the evidence.", looking.evidence, LOOK),
    Command("read", "read ID", "Open a message, alert, log line, change or piece of evidence.", looking.read, READ,
            "IDs are those that lists show: M-0001, A-0001, E-0001, #120, a change's or runbook's id. What is opened "
            "is evidence. Without an ID the unread ones are offered.", ("open",), also=("open",)),
    Command("services", "services", "List the services and what each needs.", system.services, READ),
    Command("service", "service ID", "Describe one service, and what can be done to it.", system.service, READ),
    Command("people", "people", "List who can be asked, and the topics.", system.people, READ),
    Command("changes", "changes", "List the change history, newest first.", system.changes, READ),
    Command("runbooks", "runbooks", "List the runbooks.", system.runbooks, READ),
    Command("runbook", "runbook ID", "Read a runbook.", system.runbook, READ, verbs=("open",)),
    Command("actions", "actions [VERB]", "List what can be done to the system, with what it costs.", system.actions,
            DO, phases=IN_PLAY),
    Command("act", "act VERB TARGET [CHOICE]", "Do something to the system.", acting.act, DO,
            "It asks for what is missing, says what it costs and whether it can be undone, asks what you expect, and "
            "asks before it is done.", ("act", "predict"), IN_PLAY),
    Command("withdraw", "withdraw [T-0001]", "Call off what waits for hands or is under way.", acting.withdraw, DO,
            "It stops, its hands are free, and nothing comes of it. What was asked of somebody is asked.",
            ("withdraw",), IN_PLAY),
    Command("predict", "predict TEXT", "Write down what you expect, and how sure you are.", acting.predict, DO,
            verbs=("predict",), phases=IN_PLAY),
    Command("ask", "ask ROLE [TOPIC or QUESTION]", "Ask somebody.", acting.ask, DO,
            "people lists roles and topics. The reply comes to the inbox.", ("ask",), IN_PLAY),
    Command("reply", "reply ID [TEXT]", "Answer a message.", acting.reply, DO,
            "Without an ID those that want an answer are offered.", ("answer",), IN_PLAY, ("answer",)),
    Command("query", "query LINE", "Count what passed, or read signals, in the query language.", counting.query, DO,
            "After play its table comes at once. query help describes the language and lists the datasets; query "
            "explain LINE says what a line would count; query explain M-0001 says what the table of a count shows.",
            ("query",), also=("count",)),
    Command("search", "search [TEXT]", "Have log lines counted by hour, service or level.", counting.search, DO,
            "In play it takes hands and time. Its table is evidence; log only looks.", ("search",)),
    Command("keep", "keep ID [TITLE]", "Keep a count as a plot among the signals.", counting.keep, DO,
            verbs=("keep",), phases=IN_PLAY),
    Command("pin", "pin ID [NOTE]", "Pin something as evidence, with a note.", recording.pin, WRITE,
            "IDs as for read, and signals' ids.", ("pin",)),
    Command("hypothesis", "hypothesis [H-01] [TEXT]", "Write down an explanation, or change one.",
            recording.hypothesis, WRITE, "It asks how sure you are, and for evidence for and against.",
            ("hypothesis",), IN_PLAY),
    Command("decide", "decide [D-01] [TEXT]", "Record a decision, or change one.", recording.decide, WRITE,
            "It asks how hard it is to take back, why, who sees it otherwise, and for evidence.", ("decide",), IN_PLAY),
    Command("severity", "severity [LEVEL] [WHY]", "Declare the incident, or change its severity.", recording.severity,
            WRITE, "Without a level the house's criteria are said.", ("declare",), IN_PLAY, ("declare",)),
    Command("update", "update [AUDIENCE] [TEXT]", "Tell an audience how it stands.", recording.update, WRITE,
            "It asks for the impact and when the next update comes.", ("announce",), IN_PLAY, ("announce",)),
    Command("task", "task [TD-01] [TEXT]", "Add something to be done, or change it.", recording.task, WRITE,
            "task TD-01 done, or dropped, ticks it off.", ("task",), IN_PLAY),
    Command("role", "role [ID WHO]", "Say who holds which role, or give one to somebody.", recording.role, WRITE,
            verbs=("assign",), phases=IN_PLAY, also=("assign",)),
    Command("handover", "handover [TEXT]", "Write a handover note, drafted from the record.", recording.handover,
            WRITE, verbs=("handover",), phases=IN_PLAY),
    Command("note", "note [TEXT]", "Write a note.", recording.note, WRITE, verbs=("note",)),
    Command("mark", "mark [TIME] NAME", "Put a marker at a time, or now.", recording.mark, WRITE, verbs=("mark",),
            phases=IN_PLAY),
    Command("step", "step RUNBOOK N [undone]", "Tick a step of a runbook.", recording.step, WRITE, verbs=("step",),
            phases=IN_PLAY),
    Command("wait", "wait [MINUTES]", "Let time pass until something arrives.", passing.wait, TIME,
            "At most 10 minutes, or as many as you say, up to 30.", phases=IN_PLAY),
    Command("pause", "pause [WHY]", "Stop the clock; in an assessed exercise that is limited.", passing.pause, TIME,
            verbs=("pause",), phases=IN_PLAY),
    Command("resume", "resume", "Let the clock go on.", passing.resume, TIME, verbs=("resume",), phases=IN_PLAY),
    Command("real", "real", "Stop at once for a real incident; everything is kept.", passing.real, TIME,
            verbs=("pause",)),
    Command("end", "end [now]", "End play and go to the debrief; asks before, unless you say now.", passing.end, TIME,
            verbs=("end",), phases=IN_PLAY),
    Command("debrief", "debrief [PART]", "Go through the questions of the debrief, or one part of them.",
            debriefing.debrief, LEARN, "Parts: interviews, effect, whys, fishbone, sections, actions, briefing; apart "
            "from them categories, the bones of the fishbone. After all of them come the scorecard and the packet.",
            phases=LATER),
    Command("interview", "interview ROLE [TOPIC]", "Ask somebody after play; what is learned is evidence.",
            acting.interview, LEARN, verbs=("interview",), phases=LATER),
    Command("cite", "cite FILE:LINE", "Open a line of the exports of a reconstruction as evidence.",
            reconstructing.cite, LEARN, "Files are named as in the exports, such as chat.jsonl:3.", phases=LATER),
    Command("happened", "happened TIME TEXT", "Write a row of your own into the timeline, with its evidence.",
            reconstructing.happened, LEARN, "happened T-01 takes it out again.", phases=LATER),
    Command("milestone", "milestone [NAME]", "Mark a row of the timeline as the moment of a milestone.",
            reconstructing.milestone, LEARN, phases=LATER),
    Command("story", "story", "Say the timeline with its milestones.", debriefing.story, LEARN, phases=LATER),
    Command("written", "written", "Say what was written in the debrief, and what it still lacks.", debriefing.written,
            LEARN, phases=LATER),
    Command("change", "change ID", "Change a why, an action item or a statement; also rules a why out.",
            debriefing.change, LEARN, "Each question shows what there is: empty keeps it, a dash takes it out.",
            phases=LATER),
    Command("drop", "drop ID", "Take out a why, an action item or a statement.", debriefing.drop, LEARN,
            phases=LATER),
    Command("move", "move ID up or down", "Move an action item in rank.", debriefing.move, LEARN, phases=LATER),
    Command("preview", "preview", "Say the postmortem as it stands.", debriefing.preview, LEARN, phases=LATER),
    Command("scorecard", "scorecard", "Say the score and its criteria.", debriefing.scorecard, LEARN, phases=LATER),
    Command("whatif", "whatif", "Model what the controls of the action items would have changed; it takes a while.",
            modelling.whatif, LEARN, "Ctrl-C stops it and keeps what is finished.", phases=LATER),
    Command("prices", "prices", "Say what choices cost, each once you said what made it sensible at the time.",
            debriefing.prices, LEARN, phases=LATER),
    Command("packet", "packet [FOLDER]", "Write the packet, and say where it is.", debriefing.packet, LEARN,
            phases=LATER),
    Command("quit", "quit", "Leave; everything is kept, and can be gone on with.", passing.leave, TIME,
            also=("exit",)),
)  # fmt: skip
