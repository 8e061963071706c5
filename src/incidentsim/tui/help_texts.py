"""What help says about each place, beside its keys."""

from __future__ import annotations

HELP = {
    "library": (
        "The library lists the scenarios that were found: built in, in your folder, in this folder. Exercises that "
        "were left before their end stand above them and go on where they were left.\n\n"
        "Nothing here touches a real system."
    ),
    "log": (
        "Rows as they arrive. End follows, any move stops following. Filters (f adds, F lists) all have to hold; click "
        "one to switch it. The bars above are rows over time, those of WARN and above below them: click one, or G and "
        "the arrows. / searches backwards, n and N go on; /…/ is a regular expression. With filters on, . shows the "
        "rows around the one in focus. v selects lines, y copies. * pins a row, a second time with a note."
    ),
    "query": (
        "A query is a verb, what to count, and clauses: count A, B by version, time 30m from 08:00 where version=8.4.\n"
        "compare A, B gives difference and ratio; against 06:00 to 08:00 puts an earlier period beside it; values, "
        "min, mean, max and last read a signal.\n\n"
        "The list says what fits where the cursor is; tab takes it. F4 turns the line into a form and back. A query "
        "takes minutes and hands; the table comes to the inbox."
    ),
    "query-result": (
        "What was counted. x explains each column, b draws bars for another one, k keeps the count as a plot from now "
        "on, r asks the same again up to now, e takes the line back to change it."
    ),
    "runbook": (
        "What somebody wrote down for times like this; it may be old. Space ticks a step as done; ticks go into the "
        "timeline. Reading it is evidence of what it says, not of what is so."
    ),
    "service": (
        "What is known of a service: what is measured of it, what rang, what changed, who owns it. “no signal” means "
        "that nobody measures it, not that it is well."
    ),
    "briefing": (
        "What you are told before play. The format decides how fast the clock runs: the same hours fit into 20, 45 "
        "or 60 minutes of yours. In learn mode you may pause as you like; in assessed mode pauses are limited. "
        "Neither counts how fast you type."
    ),
    "war-room": (
        "Find out what is going on, limit the damage, tell the people who need to know.\n\n"
        "The log, the signals and the inbox show what the organisation measures and what you were told; nothing "
        "more. A query (q) is how to see what nobody measures: sum datasets, group them by time or label, compare two, "
        "and keep the table as a plot.\n\n"
        "Act (a) is a verb on a target. It says what it costs, and takes hands and minutes; results come to the "
        "inbox. Ask (m) somebody: the reply takes minutes too. Wait (w) lets time pass until something arrives that "
        "you can see.\n\n"
        "What you open, count, are told or pin (*) is evidence, and only that. In the debrief every why cites it.\n\n"
        "In a small window the panes are tabs: 1 to 6. F10 stops at once for a real incident; everything is kept."
    ),
    "record": (
        "The incident record is what a second person could take over from: severity, roles, who was told what and "
        "when they hear next, hypotheses with the evidence for and against them, decisions with who saw it otherwise, "
        "tasks.\n\nEnter changes the entry in focus. A one-way door (→|) cannot be taken back; a two-way door (⇄) can."
    ),
    "timeline": (
        "Everything that you saw (◂) and did (▸) so far, in order; times are UTC. Enter opens what an entry refers "
        "to. Narrow it by kind with [ and ], by text with /. t adds a note, at this moment or at one that has passed."
    ),
    "review": (
        "This is the room as it was. Move it with the arrows on the line of time at the bottom, a minute at a time, or "
        "from one of your own steps (•) to the next with , and . – a click on the line goes there too. < and > move it "
        "from any pane.\n\n"
        "Nothing can be done here. F6 starts a new exercise that goes on from this moment, without what came after; "
        "the one that you look at stays as it is."
    ),
    "debrief": (
        "Play is over. Go through the steps from left to right, and back as you like:\n\n"
        "1 Learn more: interviews, the log, messages and the whole change history. What you learn now is marked as "
        "learned after. In a reconstruction f cites a line of the exports, such as chat.jsonl:3.\n"
        "2 Timeline: what happened when, as far as you saw it; a writes a row of your own, m marks a milestone.\n"
        "3 Whys: from the effect down; each why cites evidence. Ask what made it sensible at the time.\n"
        "4 Fishbone: the whys by category, drawn.\n"
        "5 Actions: what would have prevented, detected, limited or repaired it. Say who owns it and when it is "
        "done; w models what its control would have changed.\n"
        "6 Postmortem: statements by section on the left, the document as it stands on the right.\n"
        "7 Brief: what leadership asks about these slides. Answers are checked against the record.\n\n"
        "Then S shows the scorecard, and P writes the packet. Everything is saved as you go."
    ),
    "scorecard": (
        "What went well comes first. Each criterion shows its rule and the evidence for it, with a senior-grade and "
        "a staff-grade answer to compare. The score is yours; it leaves this machine only if you send it."
    ),
    "prices": (
        "Each choice that cost or saved something, against what else could have been done, as far as what you held "
        "then could tell the two apart. Say first what made it sensible at the time; that stands beside the price. "
        "Prices are modelled: the same run again without that step, or with it sooner."
    ),
    "modelled": (
        "Your own commands are given again, in this incident, in related failures that are held back, and in quiet "
        "weeks; each time with one control more that an action item says it adds. That is done with five seeds, of "
        "which yours is the first. Everything is modelled by the scenario's world, and rests on the assumptions at "
        "the end; nothing of it was measured in a real system."
    ),
    "packet": "The packet is the set of files that leaves the tool. Each says EXERCISE until a person removes it.",
    "picker": "Type to narrow the list, move with the arrows, take with enter. Escape goes one question back.",
    "form": (
        "Tab goes from field to field; enter too, in a field of one line. Left and right change a choice, space "
        "marks in a list. Ctrl+S confirms from anywhere. A star marks what has to be filled in."
    ),
    "reading": "Read, scroll with the arrows, close with escape. The last line names the keys that apply.",
    "confirm": "y or enter for yes, n or escape for no.",
    "dialog": "Escape closes.",
    "help": "Escape closes.",
}
