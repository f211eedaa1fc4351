"""Words that put an act outside the record: before it, elsewhere, by others, or only in thought.

What was done yesterday, in another session, by a colleague or "in theory" is not in the record,
and its absence from it says nothing.
"""

from typing import Final

from trueline.core.patterns import pattern

_ELSEWHERE: Final = pattern(
    r"(?i)\b(?:another|earlier|previous|last|prior|former)\s+(?:session|run|time|week|conversation"
    r"|month|year|night|shift|chat|call|thread|sprint|release|quarter|evening|monday|tuesday"
    r"|wednesday|thursday|friday|saturday|sunday)\b|\bearlier (?:today|this)\b|\bthis morning\b"
    r"|\byesterday\b|\bago\b|\bpreviously\b|\bthe other day\b|\bback in\b|\bbefore (?:this|our|the)"
    r" (?:session|conversation|chat|run)\b|\bsince then\b|\bon (?:mon|tues|wednes|thurs|fri"
    r"|satur|sun)day\b"
    r"|\bgestern\b|\bvorgestern\b|\b(?:letzte|vorige|frühere)[nrs]?\s(?:woche|monat|jahr|sitzung"
    r"|mal|nacht"
    r"|montag|freitag)\b|\bvor (?:\w+ )?(?:tagen|wochen|stunden|monaten)\b|\bheute (?:früh"
    r"|morgen)\b"
    r"|\bzuvor\b|\bayer\b|\banteayer\b|\banoche\b|\bla (?:semana|sesión|vez) (?:pasada|anterior)\b"
    r"|\bel mes pasado\b|\bhace (?:\w+ )?(?:días|semanas|horas|meses)\b|\banteriormente\b"
    r"|\bhier\b|\bavant-hier\b|\bla (?:semaine|session|fois) (?:dernière|passée|précédente)\b"
    r"|\ble mois dernier\b|\bil y a\b|\bprécédemment\b"
    r"|昨天|前天|上周|上次|上个月|之前|以前|此前|早些时候"
    r"|\bmental|\bin (?:my head|theory|(?:the )?ci|a sandbox|principle)|\bon (?:the )?(?:ci|your)\b"
    r"|\bwould\b|\bcould\b|\bpasted\b|\byour output|\bhypothetical|\bimagin|\bpretend|\bsuppose"
)


def is_elsewhere(line: str) -> bool:
    """Return whether the words around an assertion put it outside the record."""
    return _ELSEWHERE.search(line) is not None
