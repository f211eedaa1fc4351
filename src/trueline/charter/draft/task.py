"""Rules from the plain limits in a task's words: "don't touch X", "at most 50 EUR", "only in src/".

What the words mean is read by `trueline.charter.asking`, as monitors read it; here it becomes
rules.  What cannot be put as a rule is told, so that its owner does.
"""

from typing import Final

from msgspec import Struct

from trueline.charter.asking.bans import Ban
from trueline.charter.asking.reading import Bound as SaidBound
from trueline.charter.asking.reading import read_message
from trueline.charter.draft.generalise import quoted
from trueline.charter.model import Answer, Bound, Rule, Selector, default_charter
from trueline.charter.rules.phrases import normal_unit
from trueline.core.display import one_line
from trueline.core.patterns import pattern
from trueline.ledger.model import VERBS, Verb

_EACH: Final = r"(?i)\b(?:each|every|per|apiece|pro|je|jeweils|chaque|par|cada|por)\b|每"
_UNIT: Final = r"([€$£¥])\s*{0}|{0}\s*([€$£¥]|[A-Za-z]{{2,12}})"
_UNITS: Final = {"euro": "EUR", "euros": "EUR", "dollar": "USD", "dollars": "USD", "bucks": "USD",
                 "pounds": "GBP", "pound": "GBP", "yen": "JPY"}  # fmt: skip
_GENERAL: Final = frozenset(
    {"folder", "folders", "directory", "directories", "file", "files", "code", "anything", "else"}
    | {"ordner", "verzeichnis", "datei", "dateien", "dossier", "fichier", "fichiers"}
    | {"carpeta", "archivo", "archivos", "branch", "zweig", "table", "database"}
)
_FILE_VERBS: Final = frozenset({"read", "write", "delete", "move"})


class TaskRules(Struct, frozen=True):
    """What a task's words come to.

    Attributes:
        rules: in the order said.
        closed: verbs that a `may` rule limits to some places, and nothing else is allowed.
        remarks: what could not be put as a rule.
    """

    rules: tuple[Rule, ...]
    closed: tuple[Verb, ...]
    remarks: tuple[str, ...]


def rules_of_task(text: str) -> TaskRules:
    """Return the rules that the words of a task come to."""
    reading = read_message(text)
    rules: list[Rule] = []
    remarks: list[str] = []
    closed: list[Verb] = []
    for number, ban in enumerate(reading.bans, 1):
        rule = _ban_rule(ban, f"task-{number}")
        if rule is None:
            remarks.append(f"not put as a rule: {one_line(ban.quote, 160)}")
            continue
        if rule.answer == "may":
            closed += rule.selector.verbs
        rules.append(rule)
    for number, bound in enumerate(reading.bounds, len(reading.bans) + 1):
        rules.append(_bound_rule(bound, f"task-{number}"))
    return TaskRules(tuple(rules), tuple(dict.fromkeys(closed)), tuple(remarks))


def _ban_rule(ban: Ban, name: str) -> Rule | None:
    verbs = _ordered(ban.verbs)
    why = f"the task says: {one_line(ban.quote, 160)}"
    if ban.form == "outside":
        places = tuple(_place(place) for place in ban.places)
        selector = Selector(verbs=verbs, resources=places)
        return Rule(id=name, answer="may", selector=selector, why=why) if places else None
    answer: Answer = "must_ask" if ban.form == "unasked" else "must_not"
    resources: list[str] = []
    for word in sorted(ban.objects):
        resources += _object_globs(word, is_file=bool(_FILE_VERBS.intersection(verbs)))
    if ban.objects and not resources:
        return None
    selector = Selector(verbs=verbs, resources=tuple(dict.fromkeys(resources)))
    return Rule(id=name, answer=answer, selector=selector, why=why)


def _object_globs(word: str, *, is_file: bool) -> list[str]:
    """Return globs for a thing as a person names it: a path, or a word in one."""
    if word.lower() in _GENERAL:
        return []
    if "/" in word or "." in word.strip("."):
        return [_place(word)]
    if not is_file:
        return [f"*{quoted(word)}*"]
    group = next((one for one in default_charter().protected if one.group == word.lower()), None)
    if group is not None:
        return list(group.resources)
    return [f"**/{quoted(word)}/**", f"*{quoted(word)}*"]


def _place(word: str) -> str:
    parts = quoted(word).split("/")
    kept = [part for index, part in enumerate(parts) if part not in ("", "..") or index == 0]
    return "/".join(kept) + ("/" if word.endswith("/") else "")


def _bound_rule(said: SaidBound, name: str) -> Rule:
    is_each = pattern(_EACH).search(said.quote) is not None
    if not said.is_amount:
        bound = Bound(measure="count", value=said.most)
    elif is_each:
        bound = Bound(measure="amount", value=said.most, unit=_unit(said))
    else:
        bound = Bound(measure="sum", value=said.most, unit=_unit(said))
    return Rule(
        id=name,
        answer="must_not",
        selector=Selector(verbs=_ordered(said.verbs)),
        bounds=(bound,),
        why=f"the task says: {one_line(said.quote, 160)}",
    )


def _unit(said: SaidBound) -> str:
    number = f"{said.most:g}".replace(".", r"\.")
    found = pattern(_UNIT.format(rf"\b{number}(?:[.,]0+)?")).search(said.quote)
    unit = "" if found is None else str(found.group(1) or found.group(2) or "")
    unit = _UNITS.get(unit.lower(), unit)
    return normal_unit(unit) if len(unit) == 1 or (len(unit) == 3 and unit.isupper()) else ""


def _ordered(verbs: frozenset[Verb]) -> tuple[Verb, ...]:
    return tuple(verb for verb in VERBS if verb in verbs)
