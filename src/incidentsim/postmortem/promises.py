"""Promises: what an answer says is so or will be, and whether field or action item carries it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from incidentsim.postmortem.briefing import LONG, open_items
from incidentsim.postmortem.saying import DAY, RELATIVE, admits, clauses, days

if TYPE_CHECKING:
    from incidentsim.case.document import ActionItem
    from incidentsim.postmortem.draft import Draft

_CANNOT = (
    r"(?:can(?:not|['’]t| not| never| no longer)|will (?:not|never|no longer)|won['’]t|never|is not going to"
    r"|does not|doesn['’]t)"
)
_ABSOLUTE = re.compile(
    rf"\bnever again\b|\b{_CANNOT} (?:ever |be )?(?:happen(?:ing)?|occur|recur|repeat(?:ed)?)\b"
    r"(?! (?:often|much|every))"
    rf"|\b(?:it|this|that|problem|incident|failure|outage|loss) {_CANNOT} (?:ever )?(?:come back|return|be repeated)\b"
    r"|\bno (?:way|chance)(?: that)? (?:it|this|that|they)\b"
    r"|\bimpossible\b|\bguarantee[sd]?\b|\b(?:I|we) promise\b|\bonce and for all\b|\b(?:no|zero) risk\b"
    r"|\b(?:100 ?%|100 percent|completely|absolutely|totally|perfectly) "
    r"(?:safe|sure|certain|secure|covered|protected)\b"
    r"|\b(?:fixed|solved|stopped|closed|over|prevented) for good\b",
    re.IGNORECASE,
)
_UNPROMISED = re.compile(
    r"(?:\b(?:not|no|nobody can|no one can|cannot|unable to|nothing|without|whether)|n['’]t)(?: \w+){0,3} $",
    re.IGNORECASE,
)
"""What may stand before a promise that is not given."""
_ALL = r"(?:all|everything|every \w+|all (?:of )?(?:it|them|the \w+|\w+)|100 ?%)"
_BACK = re.compile(
    rf"\b{_ALL} (?:(?:is|are|was|were|has been|have been|got) )(?:now |already |fully )?"
    r"(?:back|recovered|restored|replayed|brought back|repaired)\b"
    rf"|\b(?:recovered|restored|brought back|replayed|got back) {_ALL}\b|\bgot {_ALL} back\b"
    r"|\b(?:fully|completely|entirely|100 ?%) (?:recovered|restored|back)\b"
    r"|\b(?:nothing|no (?:data|events?|records?|orders?|items?)) (?:is|was|were|are|has been|have been|got) lost\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:is|are|was|were|been|has|have|['’]ve|got)\s+"
    r"(?:now |already |all |fully |completely |permanently |finally |since )*"
    r"(?P<word>fixed|prevented|solved|eliminated)\b"
    r"|\b(?:we|I|they)(?: have|['’]ve)? (?:now |already |finally )?(?:fixed|solved|closed|eliminated|prevented)\b"
    r"|\bnow (?:always )?(?:refuses|blocks|stops|prevents|catches|rejects|holds|alerts|compares|counts)\b",
    re.IGNORECASE,
)
_ITEM_DONE = re.compile(
    r"\b(?:is|are|was|were|been|has|have|['’]ve)\s+(?:now |already |all |fully |both |finally |since )*"
    r"(?P<word>in place|live|shipped|rolled out|deployed|done|finished|built"
    r"|enabled|switched on|implemented|closed|verified"
    r"|there(?! (?:to|for)\b))\b",
    re.IGNORECASE,
)
_THING = re.compile(
    r"\b(?:the|our|this|a|new) (?:\w+ )?(?:fix|gate|alert|guardrail|safeguard)\b"
    r"|\b(?:action items?|items|changes|actions)\b",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\b[A-Za-z]{1,6}-[0-9]{1,4}\b")
_EVERY = re.compile(r"\b(?:all|every|both) (?:of )?(?:\w+ ){0,2}(?:items?|changes?|actions?)\b", re.IGNORECASE)
_PENDING = re.compile(
    r"\b(?:not|no|nothing|never|once|until|till|when|after|before|as soon as|if|unless|whether|will|would|can|could"
    r"|must|should|may|has to|have to|to)\b|n['’]t\b",
    re.IGNORECASE,
)
_QUICK = (
    r"(?:quickly|fast|immediately|at once|right away|straight away|instantly|promptly|early|in no time"
    r"|within (?:a few )?minutes)"
)
_SEEN = r"(?:caught|noticed|detected|found|spotted|saw|seen|discovered|picked up)"
_QUICKLY_SEEN = re.compile(rf"\b{_SEEN}\b(?: (?!than\b)\w+){{0,4}} {_QUICK}\b|\b{_QUICK} {_SEEN}\b", re.IGNORECASE)
_STOPPED = r"(?:stopped|mitigated|contained)"
_QUICKLY_STOPPED = re.compile(rf"\b{_STOPPED}\b(?: \w+){{0,4}} {_QUICK}\b|\b{_QUICK} {_STOPPED}\b", re.IGNORECASE)
_NOT_SO = re.compile(
    r"\b(?:not|never|would|could|should|will|can|had|more|too|if|nobody|nothing)\b|n['’]t\b", re.IGNORECASE
)
_DELIVERS = re.compile(
    r"\b(?:ready|live|in place|done|finished|fixed|ships?|shipped|delivers?|delivered|rolled out|enabled|deployed"
    r"|scheduled|planned|completed?|lands?|built|due|there)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:approve|approval|decide|decision|need|yes|sign|answer|tells?|told|hear|review|meet|knows?|finds?|compares?|reports?"
    r"|counts?|began|started|happened|was)\b",
    re.IGNORECASE,
)
READY = frozenset({"done", "verified"})


def promises(sentence: str, draft: Draft, named: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """(what is promised, what would be carried) for each promise of a sentence that nothing carries.

    *named* are the action items that the whole answer names.
    """
    items = {each.id: each for each in open_items(draft)}
    if (match := _ABSOLUTE.search(sentence)) and not _UNPROMISED.search(sentence[: match.start()]):
        if not any(each.status == "verified" and each.hierarchy == "eliminate" for each in items.values()):
            yield match.group(), "Say what makes it less likely, what is still missing, and until when."
    elif words := _done(sentence, items, named):
        yield words, "Say what is verified, what is done and what is only proposed."
    if words := _recovered(sentence, draft):
        yield words, "Say how much is back and how much is not; the record counts both."
    if words := _quickly(sentence, draft):
        yield words, "Give the time, and let them judge it."
    if words := _dated(sentence, draft, items):
        yield words, "Give the day on which the action item is due, or say that it has none yet."


def _done(sentence: str, items: dict[str, ActionItem], named: tuple[str, ...]) -> str:
    for clause in clauses(sentence):
        match, own = _DONE.search(clause), _ids(clause, items)
        if match is None and (own or _THING.search(clause)):
            match = _ITEM_DONE.search(clause)
        if match is None or _PENDING.search(clause[: match.end()]):
            continue
        wanted = own or (_EVERY.search(clause) and tuple(items)) or _ids(sentence, items) or named or _urgent(items)
        ready = {"verified"} if (match.groupdict().get("word") or "").casefold() == "verified" else READY
        if not wanted or any(items[each].status not in ready for each in wanted):
            return match.group()
    return ""


def _ids(text: str, items: dict[str, ActionItem]) -> tuple[str, ...]:
    return tuple(each for each in dict.fromkeys(_ITEM.findall(text)) if each in items)


def named(text: str, draft: Draft) -> tuple[str, ...]:
    """The action items that a text names."""
    return _ids(text, {each.id: each for each in open_items(draft)})


def _urgent(items: dict[str, ActionItem]) -> tuple[str, ...]:
    """The items that stand for all of them: the P0, or every one where none is."""
    return tuple(name for name, each in items.items() if each.priority == "P0") or tuple(items)


def _recovered(sentence: str, draft: Draft) -> str:
    match = _BACK.search(sentence)
    if match is None or _NOT_SO.search(sentence[: match.start()]) or _PENDING.search(sentence[: match.start()]):
        return ""
    carried = draft.has("loss.remaining") and draft.fields["loss.remaining"].value == 0
    return "" if carried else match.group()


def _quickly(sentence: str, draft: Draft) -> str:
    for pattern, name, most in ((_QUICKLY_SEEN, "ttd", LONG), (_QUICKLY_STOPPED, "ttm", 3 * LONG)):
        match = pattern.search(sentence)
        if match is None or _NOT_SO.search(sentence[: match.end()]):
            continue
        took = draft.fields[name].value if name in draft.fields else None
        if not isinstance(took, int) or took >= most:
            return match.group()
    return ""


def _dated(sentence: str, draft: Draft, items: dict[str, ActionItem]) -> str:
    if not _DELIVERS.search(sentence) or _ASKS.search(sentence) or admits(sentence):
        return ""
    own = _ids(sentence, items) or tuple(items)
    due = {items[each].due for each in own} - {None}
    match, found = DAY.search(sentence), days(sentence, int(draft.clock.date[:4]))
    if match is not None and found:
        return "" if due.issuperset(found) else match.group()
    relative = RELATIVE.search(sentence)
    return relative.group() if relative is not None and not due else ""
