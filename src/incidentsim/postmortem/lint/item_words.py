"""Words by which an action item is told to be one: what it begins with, what says nothing, what tells it is done."""

from __future__ import annotations

import re

_VERBS = """
accept add adopt alert allow announce answer archive assign audit automate backfill block bound bring budget build
buy cap capture change check choose close collect combine compare compute confirm connect convert copy count cover
create cut define delete deny deploy derive detect disable divide document drop emit enable encode encrypt end
enforce ensure expire export extend fail fetch fix fold forbid freeze gate generate give grant guard halt hold hide
include install introduce isolate keep label lead let limit link list load lock log lower make mark measure merge
migrate mirror model move name negotiate notify open order own page partition pause pay pin place plan prevent print
probe propagate prove provide provision publish pull push put quarantine raise rate read rebuild record reconcile
redirect reduce refuse register reject release remove rename render repair replace replay replicate report require
reserve reset restore restrict retire retry return reuse rewrite rework roll rotate route run sample scale schedule
seal search send separate serve set shadow shard shed ship show sign simulate size slow snapshot split stage start
state stop store strip subscribe switch synchronise synchronize tag take teach tell test throttle time trace track
transfer trim turn unify unite unlink update upgrade use validate verify version warn watch widen withdraw wrap
write
"""
VERBS = frozenset(_VERBS.split())
"""Verbs that an item may begin with: each names a thing that is done once, and then is done."""
VAGUE = re.compile(
    r"^(?:improve|better|enhance|optimi[sz]e|strengthen|harden|look (?:at|into)|consider|think about|discuss|explore|"
    r"review|monitor|investigate|evaluate|assess|try|be |become|ensure awareness|raise awareness|make sure|ensure|"
    r"encourage|communicate|align|revisit|study|address|handle|deal with|work on)\b"
    r"|\bmake \w+ (?:better|more robust|more reliable|safer)\b|\bas (?:needed|appropriate)\b|\bbest practi[cs]es?\b",
    re.IGNORECASE,
)
AT_PEOPLE = re.compile(
    r"\b(?:re-?train|train(?:ing)?|remind|coach|reprimand|discipline|teach)\b[^.]{0,40}"
    r"\b(?:people|person|engineers?|developers?|operators?|on-call|staff|everyone|everybody|team|teams|colleagues?)\b"
    r"|\b(?:be|being) (?:more )?(?:careful|vigilant|attentive)\b|\bpay (?:more )?attention\b|\bdouble-?check\b",
    re.IGNORECASE,
)
OBSERVABLE = re.compile(
    r"\d|\w[._]\w|\b(?-i:[A-Z]{3,})\b|\b(?:test|check|alert|query|job|dashboard|page|report|rule|gate|blocks?|rejects?"
    r"|fails?|fires?|refuse[sd]?|build|pipeline|contract|merged?|deployed?|removed?|exists?|passes|shows?|runs?)\b",
    re.IGNORECASE,
)
NOBODY = frozenset(
    {"", "team", "the team", "all", "everyone", "everybody", "tbd", "todo", "unknown", "nobody", "n-a", "n/a", "us"}
)
SEVERAL = re.compile(r",|/|&|\band\b|\bor\b|\+", re.IGNORECASE)
DASHBOARD = re.compile(r"\b(?:dashboards?|graphs?|charts?|plots?|panels?)\b", re.IGNORECASE)
ACTS = re.compile(
    r"\b(?:page|pages|alert|alerts|gate|block|halt|stop|reject|refuse|fail|fails|rule|require)\b", re.IGNORECASE
)
NOTHING = re.compile(r"^\W*(?:nothing|none|no|n/?a|-|–)\W*$", re.IGNORECASE)

_DOCUMENT = (
    r"^(?:document|write down|remind|train|teach|announce)\b"
    r"|^(?:rewrite|update|write|add|extend) (?:the |a |an )?(?:\w+ )?"
    r"(?:runbook|policy|guide|wiki|documentation|checklist)\b"
)
BY_HIERARCHY = {
    level: re.compile(words, re.IGNORECASE)
    for level, words in (
        ("document", _DOCUMENT),
        ("guardrail", r"^(?:block|reject|refuse|require|limit|restrict|cap|forbid|deny|throttle|gate|lock|hold)\b"),
        ("automate", r"^(?:automate|auto-?\w*|generate|schedule)\b|\bautomatically\b|\bself-\w+"),
        ("eliminate", r"^(?:delete|remove|merge|drop|eliminate|retire|unify)\b|\bmake \w+ impossible\b"),
    )
}
"""What a title sounds like; the first that fits counts."""


def first_word(title: str) -> str:
    """The word that a title begins with, in small letters."""
    found = re.match(r"[a-z]+", title.strip().casefold())
    return found.group() if found else ""


def sounds_like(title: str) -> str:
    """The level of the hierarchy that a title sounds like; empty where it sounds like none."""
    return next((level for level, words in BY_HIERARCHY.items() if words.search(title.strip())), "")
