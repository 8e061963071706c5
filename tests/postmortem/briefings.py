"""Drafts that are briefed on, and answers labelled with what should be found in them.

The labels of `TUNING` and `HELD_OUT` were written before the rules, and only the first were looked at while those were
written. `LATER` and `LAST` were written after them, in other voices, and each was tried once before anything was mended by
it. Found exactly as labelled at the first try:

| set | answers | as labelled | codes too many | codes missed | good answers, of them with a false alarm |
|---|---|---|---|---|---|
| tuning | 48 | 48 | 0 | 0 | 21, 0 |
| held out | 54 | 53 | 1 | 0 | 30, 1 |
| later | 40 | 29 | 7 | 5 | 23, 5 |
| last | 36 | 28 | 2 | 7 | 20, 1 |
"""

from __future__ import annotations

import functools
from dataclasses import replace
from datetime import date

from incidentsim.case.document import Case
from incidentsim.postmortem.briefing import questions
from incidentsim.postmortem.draft import Draft
from tests.packet.drills import drill, scripted

DUE = {"AI-01": date(2024, 1, 12), "AI-02": date(2024, 1, 22), "AI-03": date(2024, 1, 29)}


def full() -> Draft:
    """All was recovered: 7,482 of 7,482, none of the budget used; 21 min to detect, 30 min to mitigate."""
    return Draft(drill().record, drill().case)


def bare() -> Draft:
    """Nothing was done and nothing written: 497,460 lost, 24.9% of the budget used, still going on after 1 h 53 min."""
    return Draft(drill("idle").record, Case())


def timeline() -> Draft:
    """A scenario of timed events: no number is known."""
    return Draft(scripted().record, Case())


def big() -> Draft:
    """1,203,400 lost, 303,400 not back, 60.2% of the budget; 6 h 10 min to detect, 7 h 5 min to mitigate. The items are due
    on 12, 22 and 29 January, none of them is done.
    """
    case = drill().case
    items = tuple(each.model_copy(update={"due": DUE[each.id]}) for each in case.action_items)
    draft = Draft(drill().record, case.model_copy(update={"action_items": items}))
    minute = 60_000
    given = {
        "loss.total": (1_203_400, "1.20M"), "loss.recovered": (900_000, "900,000"), "loss.remaining": (303_400, "303,400"),
        "budget.coverage.consumed": ("6017/10000", "60.2%"), "budget.coverage.left": ("3983/10000", "39.8%"),
        "ttd": (370 * minute, "6 h 10 min"), "ttm": (425 * minute, "7 h 5 min"), "duration.impact": (425 * minute, "7 h 5 min"),
        "ttr": (None, "not reached"), "time.resolved": (None, "not reached"),
    }  # fmt: skip
    fields = {**draft.fields, **{name: replace(draft.fields[name], value=value, text=text)
                                 for name, (value, text) in given.items()}}  # fmt: skip
    draft.fields = fields
    return draft


def done() -> Draft:
    """As `full`; AI-01 (eliminate) is verified, AI-02 done, AI-03 open and due on 29 January."""
    case = drill().case
    status = {"AI-01": "verified", "AI-02": "done", "AI-03": "open"}
    items = tuple(
        each.model_copy(update={"due": DUE[each.id], "status": status[each.id]}) for each in case.action_items
    )
    return Draft(drill().record, case.model_copy(update={"action_items": items}))


MADE = {"full": full, "bare": bare, "timeline": timeline, "big": big, "done": done}


@functools.cache
def draft_of(name: str) -> Draft:
    return MADE[name]()


@functools.cache
def asked(name: str):
    return {each.id: each for each in questions(draft_of(name))}


LONG = "The loss is counted against the objective that we agreed on for coverage. " * 10

Label = tuple[str, str, str, set[str]]
"""Draft, question, answer, and the codes that should be found."""

TUNING: tuple[Label, ...] = (
    # Numbers, given well.
    ("big", "vp-cost", "It took 60.2% of the month's budget; 39.8% is left.", set()),
    ("big", "vp-cost", "About 60% of the budget is used and about 40% is left for the rest of the window.", set()),
    ("big", "vp-cost", "{{ budget.coverage.consumed }} is gone, {{ budget.coverage.left }} is left.", set()),
    ("big", "vp-rest", "303,400 events are not back. Whether they can be brought back is not known; the pipe team finds out by 12 January.", set()),
    ("big", "vp-rest", "Roughly 300k are missing. Finance has to be told today, by the data owner.", set()),
    ("big", "cto-sooner", "6 h 10 min. A count of accepted against served would have told us; AI-02 adds it.", set()),
    ("big", "cto-sooner", "It took 370 minutes. A coverage alert would have fired sooner.", set()),
    ("big", "cto-sooner", "About 6 hours. Nothing compared what was accepted with what was served.", set()),
    ("full", "cto-stop", "The rollout was held and the edge stopped; it took 30 min.", set()),
    ("bare", "vp-cost", "24.9 percent of the budget is used up, and three quarters of it, 75.1 percent, is left.", set()),
    # Numbers that are missing, wrong or rounded without a word.
    ("big", "vp-cost", "It cost us a good part of the month's budget, and something is left.", {"missing"}),
    ("big", "vp-cost", "It took 60.2% of the month's budget.", {"missing"}),
    ("big", "vp-cost", "It took 45% of the budget; 55% is left.", {"wrong"}),
    ("big", "vp-rest", "330,400 events are not back; the data owner tells finance by Friday.", {"wrong"}),
    ("big", "cto-sooner", "It took 4 hours. A coverage alert would have told us.", {"wrong"}),
    ("big", "vp-cost", "60% of the budget; 40% is left.", {"unmarked"}),
    ("bare", "vp-still", "Not known yet; the pipe team finds out by 14:00.", {"missing"}),
    # Numbers that nothing accounts for.
    ("big", "vp-rest", "303,400 events are not back, from 8,811 customers. The data owner tells them by Friday.", {"unaccounted"}),
    ("full", "eng-monday", "The gate refuses 640 schemas a day from then on.", {"unaccounted"}),
    # Promises.
    ("full", "vp-again", "No. This can never happen again.", {"promise"}),
    ("full", "vp-again", "I guarantee that it will not come back.", {"promise"}),
    ("full", "vp-again", "We are 100% safe.", {"promise"}),
    ("full", "vp-again", "It is fixed.", {"promise"}),
    ("full", "vp-again", "Yes, it can. AI-01 would stop it and is not in place yet; the producer team owns it.", set()),
    ("full", "vp-again", "I cannot guarantee anything before AI-01 is verified. Until then the rollout is held by hand.", set()),
    ("done", "vp-again", "AI-01 is in place and verified, so the same schema is refused. AI-03 is open and due on 29 January.", set()),
    ("done", "vp-again", "AI-03 has been rolled out.", {"promise"}),
    ("big", "vp-rest", "Everything is back; 303,400 events were replayed.", {"promise"}),
    ("full", "cto-stop", "The edge was stopped after 30 min, and all events are back.", set()),
    ("big", "vp-again", "AI-01 will be live on 5 January.", {"promise"}),
    ("big", "vp-again", "It can until AI-01 is there: it will be done by 12 January, owner producer.", set()),
    ("big", "cto-sooner", "We caught it quickly, in 6 h 10 min.", {"promise"}),
    # Blame.
    ("full", "eng-fault", "Yes, it was the producer's fault.", {"blame"}),
    ("full", "eng-fault", "No. The release passed every check that there was; none of them compared accepted with served.", set()),
    ("full", "eng-fault", "It is nobody's fault: the check was off since a backfill, and nothing said so.", set()),
    ("full", "eng-fault", "Somebody was careless with the schema.", {"blame"}),
    ("full", "eng-fault", "The producer should have told us.", {"blame"}),
    ("full", "cto-stop", "The edge was stopped after 30 min, because the pipe team failed to act before.", {"blame"}),
    # Filler, length, evidence, who and when.
    ("full", "vp-need", "We are looking into it.", {"vague", "who-when"}),
    ("full", "vp-need", "Please approve AI-01 and AI-02 by 12 January; without them the gap stays open.", set()),
    ("full", "eng-monday", "We will tell everybody as soon as possible.", {"vague"}),
    ("big", "vp-cost", f"60.2% is used, 39.8% is left. {LONG}", {"long"}),
    ("full", "cto-certain", "Because the dashboards say so.", {"evidence"}),
    ("full", "cto-certain", "The count by version (E-0003) shows it; a campaign that ended lowers accepted and served alike.", set()),
    ("bare", "cto-open", "Not known yet. The on-call of the pipe finds out by tomorrow noon.", set()),
    ("timeline", "vp-cost", "Not known; the owner of the checkout data counts it by Friday.", set()),
    ("timeline", "vp-cost", "It was bad.", {"open"}),
    ("full", "vp-need", "   ", {"empty"}),
)  # fmt: skip

HELD_OUT: tuple[Label, ...] = (
    ("big", "vp-cost", "60.2 % of the budget for 28 days; that leaves us with 39.8 %.", set()),
    ("big", "vp-cost", "Some 60 percent of the error budget went, so roughly 40 percent remains.", set()),
    ("big", "vp-cost", "Of the budget 39.8% is left, because 60.17% was used.", set()),
    ("big", "vp-cost", "We burned around 75% of the budget and about 25% is left.", {"wrong"}),
    ("big", "vp-cost", "Too early to say.", {"missing"}),
    ("big", "vp-cost", "Of the 1.2 million events lost we used 60.2% of the budget, leaving 39.8%.", set()),
    ("big", "vp-rest", "About 0.3 million of 1.2 million. They are not gone for good: a replay is possible, and support tells customers on Monday.", set()),
    ("big", "vp-rest", "303 400 events. The data owner tells finance by Thursday.", set()),
    ("big", "vp-rest", "We recovered everything, so nobody has to be told.", {"missing", "promise"}),
    ("big", "vp-rest", "Around 250,000 are still missing; the data team tells finance tomorrow.", {"wrong"}),
    ("big", "vp-rest", "Not all of them are back: 303,400 are missing and the pipe team finds out by 22 January whether a replay helps.", set()),
    ("big", "cto-sooner", "Six hours and ten minutes. An alert on coverage would have paged us.", set()),
    ("big", "cto-sooner", "6h10m, which AI-02 is there to shorten.", set()),
    ("big", "cto-sooner", "More than six hours; nobody compared the two ends.", {"blame"}),
    ("big", "cto-sooner", "It was noticed almost immediately, at any rate within an hour.", {"promise", "wrong"}),
    ("big", "cto-sooner", "About 6.2 hours. A count at both ends shows it within a minute.", set()),
    ("big", "cto-stop", "Stopping the edge, 7 hours and 5 minutes after it began.", set()),
    ("big", "cto-stop", "Stopping the edge. It took 5 hours.", {"wrong"}),
    ("full", "cto-sooner", "21 minutes. Coverage was not measured; AI-02 would have shown it.", set()),
    ("full", "cto-sooner", "Half an hour. Coverage was not measured.", {"missing"}),
    ("full", "cto-stop", "Half an hour after the start the edge was stopped.", set()),
    ("bare", "vp-still", "For 1 h 53 min so far. The pipe on-call is on it; the next update is at 02:30.", set()),
    ("bare", "vp-still", "113 minutes. Someone works on it and you will hear soon.", {"vague", "who-when"}),
    ("bare", "vp-rest", "497,460, of which some cannot be brought back. The data owner tells finance by tonight.", set()),
    ("bare", "vp-cost", "A quarter of the budget, 24.9%; 75.1% is left.", set()),
    ("full", "vp-again", "It is impossible now.", {"promise"}),
    ("full", "vp-again", "No, the problem has been solved for good.", {"promise"}),
    ("full", "vp-again", "Nobody can promise that. It is less likely once AI-01 is in place.", set()),
    ("full", "vp-again", "It won't happen again, trust me.", {"promise"}),
    ("full", "vp-again", "Yes: nothing refuses such a schema yet. AI-01 will, and it is not due yet.", set()),
    ("full", "vp-again", "The gate now blocks such schemas.", {"promise"}),
    ("done", "vp-again", "The same release is refused now: AI-01 was verified. A different change may still slip through.", set()),
    ("done", "vp-again", "This exact failure cannot happen again, since AI-01 is verified.", set()),
    ("done", "vp-again", "AI-02 is live; AI-03 will be ready by 29 January.", set()),
    ("done", "vp-again", "AI-03 will be ready by 15 January.", {"promise"}),
    ("big", "vp-again", "The gate ships next week, AI-01, owner producer, due 12 January.", set()),
    ("full", "eng-fault", "The producer team broke it.", {"blame"}),
    ("full", "eng-fault", "It was human error during the deploy.", {"blame"}),
    ("full", "eng-fault", "They were sloppy with the schema and ignored the warning.", {"blame"}),
    ("full", "eng-fault", "No, fault is not what we look for. A required check was off, and that looked sensible during a backfill.", set()),
    ("full", "eng-fault", "No. The change was reviewed and tested; the pipe drops unknown fields without a word.", set()),
    ("full", "eng-fault", "It wasn't our fault, it was the fault of the producer.", {"blame"}),
    ("full", "eng-fault", "Nobody is to blame; the gate was missing.", set()),
    ("full", "eng-monday", "Nothing changes on Monday. When the alert is there, open the runbook and call the pipe on-call.", set()),
    ("full", "eng-monday", "Everyone has to be more careful with schemas.", {"blame"}),
    ("full", "eng-monday", "We're working on it, more to come shortly.", {"vague"}),
    ("full", "cto-certain", "Only events of version 8.4 are missing, see E-0003.", set()),
    ("full", "cto-certain", "It is obvious from the graphs.", {"evidence"}),
    ("full", "cto-certain", "We do not know for certain; the pipe team compares both by 22 January.", set()),
    ("full", "vp-need", "A yes to AI-01 from you before the end of the week; the producer team starts then.", set()),
    ("full", "vp-need", "More people and more budget.", {"who-when"}),
    ("bare", "cto-open", "We know nothing and will see.", {"who-when"}),
    ("timeline", "vp-cost", "About 50,000 orders.", {"unaccounted", "open"}),
    ("timeline", "cto-open", "A deploy started at 09:01, errors followed. Why is open: the checkout team finds out by 3 May.", set()),
)  # fmt: skip

LATER: tuple[Label, ...] = (
    ("big", "vp-cost", "Bottom line: we spent 60.2% of this month's error budget on it. We have 39.8% for the rest of the window, so one more of half that size is all we can afford.", set()),
    ("big", "vp-cost", "Sixty percent, give or take. Forty is left.", {"missing"}),
    ("big", "vp-cost", "Roughly three fifths of the budget. The remaining 39.8% has to last until the end of the month.", {"missing"}),
    ("big", "vp-cost", "1.2M events, which is 60.2% of what we may lose in 28 days; 39.8% remains.", set()),
    ("big", "vp-cost", "Honestly, no idea. Finance might know.", {"missing"}),
    ("big", "vp-rest", "Three hundred thousand, more or less. The data owner informs finance this afternoon.", set()),
    ("big", "vp-rest", "303,400. We expect to get a third back by replaying (estimate); the rest is gone. The analyst tells finance today.", set()),
    ("big", "vp-rest", "303.4k events, none of which has been written off yet. Support informs the sellers by Monday.", set()),
    ("big", "vp-rest", "No data was lost, it is only late.", {"missing", "promise"}),
    ("big", "vp-rest", "All events have been restored.", {"missing", "promise"}),
    ("big", "cto-sooner", "370 min, from 00:07 to the first count. The lag alert looks at the queue only; a ratio of served to accepted would have paged.", set()),
    ("big", "cto-sooner", "It took us the better part of a working day, 6 hours 10. AI-02 closes that gap.", set()),
    ("big", "cto-sooner", "We were on it right away.", {"missing"}),
    ("big", "cto-sooner", "6 h 10 min, since the on-call ignored the first alert.", {"blame"}),
    ("big", "cto-sooner", "6 h 10 min. With better monitoring it would have been less.", set()),
    ("big", "cto-stop", "We held the rollout at 00:30; the loss stopped 7 h 5 min after it began.", set()),
    ("big", "vp-no", "The gap stays as it is and the next schema change can do the same. I would rather not say how likely that is: it is not modelled.", set()),
    ("big", "vp-no", "Then it is on you.", set()),
    ("big", "vp-again", "Yes. Until 12 January a person compares the two counts every morning; from then on AI-01 refuses such a schema.", set()),
    ("big", "vp-again", "There is no way this comes back.", {"promise"}),
    ("big", "vp-again", "Rest assured, we have closed the gap.", {"promise"}),
    ("big", "vp-again", "AI-02 goes live on 22 January, which makes it visible within minutes; AI-01 is due on 12 January.", set()),
    ("big", "vp-again", "The alert is in place since yesterday.", {"promise"}),
    ("done", "vp-again", "Not in the same way: AI-01 has been in place since last week and was verified.", set()),
    ("done", "vp-again", "All three action items are done.", {"promise"}),
    ("full", "eng-fault", "Blaming anyone won't help. What helped this along: the check was off, and nothing showed it.", set()),
    ("full", "eng-fault", "If the pipe team had looked at the dashboard, none of this would have happened.", {"blame"}),
    ("full", "eng-fault", "No, and it does not matter who pressed the button: the button should not exist.", set()),
    ("full", "eng-fault", "Well, someone forgot to turn the check on again.", {"blame"}),
    ("full", "eng-fault", "It was a mistake by the deployer.", {"blame"}),
    ("full", "eng-monday", "From Monday on a schema needs a second reader. Page the pipe on-call when AI-02 fires, step 2 of its runbook.", set()),
    ("full", "eng-monday", "Watch the dashboards closely.", set()),
    ("full", "cto-certain", "Two things: E-0003 counts by version, and the campaign (E-0005) ended hours before.", set()),
    ("full", "cto-certain", "Trust me.", {"evidence"}),
    ("full", "vp-need", "15 minutes of your time on Thursday, to decide on AI-01.", set()),
    ("full", "vp-need", "Nothing for now; we keep you posted.", {"who-when"}),
    ("bare", "vp-still", "1 h 53 min. I am on it myself and call you every hour.", set()),
    ("bare", "vp-still", "For almost two hours. The pipe lead is on it, next word at 03:00.", set()),
    ("bare", "cto-unnoticed", "Nothing we have today. A count at both ends would, and it will be there in due course.", {"vague"}),
    ("timeline", "vp-cost", "We cannot say yet. The checkout team counts failed orders until Friday.", set()),
)  # fmt: skip

LAST: tuple[Label, ...] = (
    ("big", "vp-cost", "We used up 60.2% of it, so 39.8% is what we can still spend on releases this month.", set()),
    ("big", "vp-cost", "A bit more than half, around 60%, and that leaves about two fifths, 39.8%.", set()),
    ("big", "vp-cost", "It cost 1.2 million events. In budget terms: sixty percent.", {"unmarked", "missing"}),
    ("big", "vp-cost", "60.2% used and 29.8% left.", {"wrong"}),
    ("big", "vp-cost", "Ask me again on Friday.", {"missing"}),
    ("big", "vp-rest", "A little over 300,000 events; I will have told finance by tonight.", set()),
    ("big", "vp-rest", "303,400. Some of them can be replayed from the backup, how many the pipe team tells us by 22 January.", set()),
    ("big", "vp-rest", "We got all of them back.", {"missing", "promise"}),
    ("big", "vp-rest", "Nothing is gone for good: all 303,400 can be replayed.", set()),
    ("big", "cto-sooner", "370 minutes passed before anyone counted by version. Nothing in the dashboards goes by version; AI-02 does.", set()),
    ("big", "cto-sooner", "Just over six hours. What paged us was a colleague, not an alert.", set()),
    ("big", "cto-sooner", "It was detected promptly.", {"promise", "missing"}),
    ("big", "cto-sooner", "6h 10m. The monitoring team dropped the ball.", {"blame"}),
    ("big", "cto-sooner", "Ten hours.", {"wrong"}),
    ("big", "cto-stop", "7 hours; stopping the edge did it.", {"unmarked"}),
    ("big", "vp-again", "I'd be lying if I said no. AI-01 closes it and is due on 12 January.", set()),
    ("big", "vp-again", "We have made sure that this does not happen again.", {"promise"}),
    ("big", "vp-again", "Highly unlikely.", set()),
    ("big", "vp-again", "AI-01 should be there by 12 January and AI-02 by 22 January. Before that, yes.", set()),
    ("big", "vp-again", "AI-01 is scheduled for 19 January.", {"promise"}),
    ("done", "vp-again", "We eliminated this one: AI-01 is verified.", set()),
    ("done", "vp-again", "AI-02 has been verified too.", {"promise"}),
    ("full", "eng-fault", "Does it matter? The pipe drops what it does not know, whoever sends it.", set()),
    ("full", "eng-fault", "The release engineer was in a hurry and did not read the warning.", {"blame"}),
    ("full", "eng-fault", "I would have done the same with what was on the screen then.", set()),
    ("full", "eng-fault", "Between you and me: yes.", {"blame"}),
    ("full", "eng-fault", "They know what they did.", {"blame"}),
    ("full", "eng-monday", "Schemas with new fields are refused at build time once AI-01 is there. Nothing else changes.", set()),
    ("full", "eng-monday", "If it fires, stop the edge first, then count by version; both are in the runbook.", set()),
    ("full", "cto-stop", "Stopping the edge did, within half an hour.", set()),
    ("full", "cto-certain", "Served fell for 8.4 only while 8.3 stayed level (E-0003); a campaign would lower both.", set()),
    ("full", "cto-certain", "Everybody agreed on it in the review.", {"evidence"}),
    ("full", "vp-need", "Your approval for AI-01 by Thursday, or else another month with this risk.", set()),
    ("full", "vp-need", "We'll get back to you asap.", {"vague", "who-when"}),
    ("bare", "vp-still", "It has been 1 h 53 min. Support hears from the pipe lead at 03:00.", set()),
    ("bare", "cto-open", "We saw served fall below accepted. Why, we don't know: the pipe team compares versions by 04:00.", set()),
)  # fmt: skip

MISSED = frozenset(
    {
        "6h 10m. The monitoring team dropped the ball.",
        "The release engineer was in a hurry and did not read the warning.",
        "They know what they did.",
    }
)
"""Blame in words that no rule knows."""
