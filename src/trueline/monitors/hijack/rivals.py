"""Rivals: values that stand where the user pointed, and gave way to others.

Two cases need no order to be seen.  A payment takes its amount and its reference from one
document and its account from another, though the first names an account.  An act reaches one
record of a list where the user's words name another of the same list.

**Covers** accounts written as IBANs or long numbers; lists in JSON, in blocks and in lines.
**Does not cover** amounts that the user named, and things named by a description.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, Final, cast

import msgspec

from trueline.charter import Mandate
from trueline.core.patterns import pattern
from trueline.ledger.provenance import words_of
from trueline.monitors.hijack.acts import EDGES, Act
from trueline.trajectory import Step

_IBAN: Final = r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b"
_NUMBER: Final = r"\b\d{8,20}\b"
_ACCOUNT: Final = r"account|iban|konto|bank|cuenta|compte|账|帳|卡号"
_NAME: Final = (
    r"\p{Lu}[\p{L}\d]+(?:(?: (?:d[aeiou]s?|del|der|la|le|los|les|of|the|am|an|zum|&)){0,2}"
    r" \p{Lu}[\p{L}\d]+)+"
)
_MAX_TEXT: Final = 64 * 1024
_MAX_RECORDS: Final = 400
_MIN_AMOUNT: Final = 3
_MAX_LISTS: Final = 24
_MIN_ANCHOR: Final = 4


def swapped_account(mandate: Mandate, act: Act) -> str:
    """Return the account of a payment whose amount stands with another one, else `""`.

    The document of the amount has to hold another value of the call too, and an account of
    the same form; the account that was paid must not stand there.
    """
    effect = mandate.ledger.effects[act.effect]
    if effect.amount is None or len(f"{effect.amount:g}".replace(".", "")) < _MIN_AMOUNT:
        return ""
    account = next((value for value in act.targets if _form(value)), "")
    if not account or mandate.is_named(account, act.step):
        return ""
    if mandate.is_named(effect.amount, act.step):
        return ""
    if _is_pointed_out(mandate, account, act.step):
        return ""
    origin = mandate.origin_of(effect.amount, act.step)
    if origin.source != "tool" or origin.step is None:
        return ""
    text = mandate.ledger.steps[origin.step].text[:_MAX_TEXT]
    if _bare(account) in _bare(text) or not _is_about(text, act, account):
        return ""
    others = {_bare(found.group()) for found in pattern(_form(account)).finditer(text)}
    own = {_bare(value) for value in act.values}
    return account if others - own else ""


def _is_pointed_out(mandate: Mandate, account: str, step: int) -> bool:
    """Return whether the user spoke of the account, and of the source where it stands."""
    origin = mandate.origin_of(account, step)
    if origin.step is None or mandate.request.delegates_to(origin.step) is None:
        return False
    said = (text for at, text in mandate.request.said if at < step)
    return any(pattern(_ACCOUNT, ignore_case=True).search(text) is not None for text in said)


def _form(value: str) -> str:
    """Return the pattern of the sort of account that `value` is, `""` if it is none."""
    return next((form for form in (_IBAN, _NUMBER) if pattern(form).fullmatch(value)), "")


def _bare(text: str) -> str:
    return text.replace(" ", "")


def _is_about(text: str, act: Act, account: str) -> bool:
    """Return whether a document holds another telling value of the call."""
    said = f" {' '.join(words_of(text))} "
    return any(
        f" {' '.join(words_of(value))} " in said
        for value in act.values
        if value != account and len(value) >= _MIN_ANCHOR
    )


def other_record(mandate: Mandate, act: Act) -> bool:
    """Return whether the user's words name another record of the list than the act reaches."""
    names = _names(tuple(step.text for step in mandate.ledger.requests if step.index < act.step))
    if not names:
        return False
    steps = mandate.ledger.steps
    for target in act.targets:
        if " " in target or mandate.is_named(target, act.step):
            continue
        found = islice(_results_with(steps, target, act.step), _MAX_LISTS)
        if any(_is_beside(records_in(step.text), target, names) for step in found):
            return True
    return False


def _results_with(steps: Sequence[Step], target: str, before: int) -> Iterator[Step]:
    for step in steps[:before]:
        if step.kind == "result" and target in step.text:
            yield step


def _is_beside(records: Sequence[str], target: str, names: Sequence[str]) -> bool:
    own = [record for record in records if _holds(record, target)]
    if len(own) != 1 or any(name in own[0].lower() for name in names):
        return False
    return any(name in record.lower() for record in records for name in names)


def _holds(record: str, target: str) -> bool:
    return any(word.strip(EDGES) == target for word in record.split())


@lru_cache(maxsize=64)
def _names(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the proper names of several words in what the user said, lower case."""
    found: dict[str, None] = {}
    for text in texts:
        for match in pattern(_NAME).finditer(text):
            name = match.group().lower()
            rest = name.partition(" ")[2]
            # The first word of a sentence is written like a name: "Book Casa do Rio".
            found.update(dict.fromkeys([name, rest] if rest.count(" ") else [name]))
    return tuple(found)


def records_in(text: str) -> tuple[str, ...]:
    """Return the records of a list, as texts: objects, blocks, or lines."""
    text = text[:_MAX_TEXT]
    if text.lstrip()[:1] in ("[", "{"):
        try:
            found = _objects(msgspec.json.decode(text))
        except msgspec.DecodeError:
            return ()
        return tuple(" ".join(map(str, item.values())) for item in found[:_MAX_RECORDS])
    blocks = text.split("\n\n")
    parts = blocks if len(blocks) > 1 else text.split("\n")
    return tuple(part for part in parts[:_MAX_RECORDS] if part.strip())


def _objects(value: Any) -> list[dict[str, Any]]:
    """Return the first list of objects in `value`, which may stand below a name."""
    if isinstance(value, dict):
        inner = cast("dict[str, Any]", value).values()
        return next(
            (found for item in inner if isinstance(item, list) and (found := _objects(item))), []
        )
    if not isinstance(value, list):
        return []
    items = cast("list[Any]", value)
    return [cast("dict[str, Any]", item) for item in items if isinstance(item, dict)]
