"""Words brought to a common form: stems, and one word for those that mean the same where software fails."""

from __future__ import annotations

import functools
import re
import unicodedata

import snowballstemmer

ALIKE = """
drop discard lose lost skip swallow throw thrown ignore blank empty
alert alarm page monitor rule threshold
nobody noone none unowned ownerless
old outdated stale previous former legacy obsolete
restart bounce reboot
remove removal delete deletion wipe erase rm gone
host machine server box node
standby replica follower secondary
primary serving active live leader prod production
copy backup snapshot dump
restore readback
manual hand memory
release deploy deployment rollout ship
retry attempt repeat try
queue line backlog
silent silently silence quiet mute
limit cap maximum ceiling throttle brake
staging test ci fixture recording recorded
grant right permission privilege
twice double duplicate
compare reconcile reconciliation versus against
abandon abandoned hung left stop
telemetry metric sample
signin login logon sign-in
together everywhere
slow slowly
schema shape format structure payload contract
object nested structured
field attribute attribution
mail mailing email
refuse reject bounces
name label tag flag
app application mobile
keep kept hold held retention retain
load traffic demand
explain explanation reason story
compute calculate sum math size worked
parse parser
warning warn
week weekly
autoscaler autoscale autoscaling scaler
eleven 11
december dec
"""
"""One group a line. What a word means in passing ("page" as a verb) is lost; a wrong word in common costs little."""
PASSING = """
a an the of in on at to and or but is are was were be been it its that this these those which who whom what for from by
with as into than then so such there their them they he she we our us you your i has have had do does did can could
will would should may might not no only any all some one also just even more most very s t because when while if out up
over about per each every since
"""
COMMON = frozenset(PASSING.split())
_WORD = re.compile(r"[^\W_][\w.\-]*")
_stemmer = snowballstemmer.stemmer("english")


@functools.lru_cache(maxsize=16_384)
def term(word: str) -> str:
    """The common form of a word in small letters."""
    stem = str(_stemmer.stemWord(word))
    return _groups().get(stem, stem)


@functools.cache
def _groups() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in ALIKE.strip().splitlines():
        stems = [str(_stemmer.stemWord(word)) for word in line.split()]
        for stem in stems:
            found.setdefault(stem, stems[0])
    return found


@functools.lru_cache(maxsize=4096)
def terms(text: str) -> frozenset[str]:
    """The terms of a text, without common words."""
    return frozenset(term(part) for word in _words(text) if word not in COMMON for part in _parts(word))


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    found = _WORD.findall(re.sub(r"n't\b", " not", plain))
    return [each.strip(".-") or each for each in found]


def _parts(word: str) -> list[str]:
    """A word, and the parts of one with hyphens."""
    return [word, *(part for part in word.split("-") if part and part not in COMMON)] if "-" in word else [word]
