"""The lists of records that results hold, and which of their records an act is about.

A result that is JSON and holds a list of two or more objects is a list of records; an act is
about the record that alone holds one of its values.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, Final

import msgspec
from msgspec import Struct

from trueline.charter.asking.named import telling_words
from trueline.ledger import Ledger
from trueline.ledger.inference import name_words
from trueline.ledger.manifest import split_tool
from trueline.ledger.model import Effect
from trueline.ledger.provenance import words_of
from trueline.ledger.provenance.index import leaf_texts
from trueline.monitors.authority import Authority
from trueline.monitors.damage.words import tables

_MAX_RESULT: Final = 20_000
_MAX_RECORDS: Final = 50
_MAX_OBJECTS: Final = 200
_MIN_NAME: Final = 3

_Place = tuple[int, int, int]


class Pick(Struct, frozen=True):
    """One of several records that fit alike.

    Attributes:
        at: the result that lists them.
        value: what the act names it by.
        others: what the others are named by.
        name: what the user said, and they all fit.
        shown: words of the result that hold it.
        is_same: they bear the very same name.
    """

    at: int
    value: str
    others: tuple[str, ...]
    name: str
    shown: str
    is_same: bool


class Records:
    """The lists of records in the results of one run, read as far as they are asked for.

    Args:
        ledger: the run.
        authority: who may say which record is meant.
    """

    def __init__(self, ledger: Ledger, authority: Authority) -> None:
        self._ledger = ledger
        self._authority = authority
        self._records: dict[str, _Place] = {}
        self._lists: list[list[dict[str, str]]] = []
        self._upto = 0

    @cached_property
    def remade(self) -> frozenset[str]:
        """The words of the names of tools that made or changed something, and didn't fail."""
        outcomes = self._ledger.outcomes
        tools = {
            self._ledger.steps[effect.step].tool
            for index, effect in enumerate(self._ledger.effects)
            if effect.verb == "write" and outcomes[index].status != "failed" and not effect.command
        }
        return frozenset(word for tool in tools for word in name_words(split_tool(tool)[1]))

    def choice(self, effect: Effect) -> Pick | None:
        """Return the record that `effect` picked where others fit as well, None if none."""
        step = effect.step
        self._read(step)
        for _, leaf in leaf_texts(self._ledger.steps[step].arguments or {}):
            value = str(leaf)
            place = self._records.get(value) if isinstance(leaf, str | int) else None
            if place is None or self._is_settled(place, value, step):
                continue
            at, number, position = place
            records = self._lists[number]
            name, shown, fitting = self._fitting(number, position, at, step)
            if not fitting:
                continue
            field = next(key for key, text in records[position].items() if text == value)
            others = tuple(record[field] for record in fitting if field in record)
            return Pick(at, value, others, name, shown, name == shown)
        return None

    def beside(self, effect: Effect) -> Pick | None:
        """Return the record that `effect` is about, where the user named another of the list.

        None where the user named this one, spoke since, or wanted several.
        """
        step = effect.step
        self._read(step)
        request = self._authority.request
        for _, leaf in leaf_texts(self._ledger.steps[step].arguments or {}):
            value = str(leaf)
            place = self._records.get(value) if isinstance(leaf, str | int) else None
            if place is None or self._is_settled(place, value, step):
                continue
            at, number, position = place
            records = self._lists[number]
            if self._is_told(records[position], records, step):
                return None
            for other in records:
                named = self._told(other, records, step)
                if named and other is not records[position] and request.said:
                    return Pick(at, value, (), named, named, is_same=False)
        return None

    def _is_told(self, record: dict[str, str], records: list[dict[str, str]], step: int) -> bool:
        return bool(self._told(record, records, step))

    def _told(self, record: dict[str, str], records: list[dict[str, str]], step: int) -> str:
        """Return a value of `record` that the user's words point at, and at no other's."""
        common = {
            word
            for one in records
            if one is not record
            for text in one.values()
            for word in words_of(text)
        }
        for text in record.values():
            own = [word for word in telling_words(text) if word not in common]
            if any(self._authority.request.names(word, step) for word in own):
                return text
        return ""

    def _is_settled(self, place: _Place, value: str, step: int) -> bool:
        """Whether the user told which one, left the choice, or spoke in between."""
        at, number, position = place
        authority = self._authority
        if authority.spoke_between(at, step):
            return True
        if authority.request.names(value, step) or authority.speaks_of(tables().several, step):
            return True
        records = self._lists[number]
        others = {text for i, one in enumerate(records) if i != position for text in one.values()}
        return any(
            text not in others and authority.request.names(text, step)
            for text in records[position].values()
        )

    def _fitting(
        self, number: int, position: int, at: int, step: int
    ) -> tuple[str, str, list[dict[str, str]]]:
        """Return a name that the user gave, as one record shows it, and the others that fit."""
        records = self._lists[number]
        others = [one for place, one in enumerate(records) if place != position]
        for text in records[position].values():
            if len(text) >= _MIN_NAME and not text.isdigit():
                fitting = [one for one in others if text in one.values()]
                if fitting and self._authority.request.names(text, step):
                    return text, text, fitting
        call = self._ledger.steps[at].call_index
        asked = leaf_texts(self._ledger.steps[call].arguments or {}) if call is not None else ()
        for _, leaf in asked:
            if isinstance(leaf, str) and len(leaf) >= _MIN_NAME and not leaf.isdigit():
                wanted = leaf.casefold()
                shown = _holder(records[position], wanted)
                fitting = [one for one in others if _holder(one, wanted)]
                if shown and fitting and self._authority.request.names(leaf, step):
                    return leaf, shown, fitting
        return "", "", []

    def _read(self, before: int) -> None:
        for step in self._ledger.steps[self._upto : before]:
            if step.kind == "result" and step.text[:1] in "{[" and len(step.text) <= _MAX_RESULT:
                for records in _record_lists(step.text):
                    self._add(step.index, records)
        self._upto = max(self._upto, before)

    def _add(self, at: int, records: list[dict[str, str]]) -> None:
        number = len(self._lists)
        self._lists.append(records)
        counts: dict[str, int] = {}
        for record in records:
            for text in set(record.values()):
                counts[text] = counts.get(text, 0) + 1
        for position, record in enumerate(records):
            for text in record.values():
                if counts[text] == 1 and len(text) >= 2:
                    self._records[text] = (at, number, position)


def _holder(record: dict[str, str], wanted: str) -> str:
    return next((text for text in record.values() if wanted in text.casefold()), "")


def _record_lists(text: str) -> Iterator[list[dict[str, str]]]:
    """Yield the lists of two and more objects in a JSON text, fields of one value each."""
    try:
        content = msgspec.json.decode(text)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return
    queue: list[Any] = [content]
    seen = 0
    while queue and seen < _MAX_OBJECTS:
        seen += 1
        item = queue.pop()
        if isinstance(item, dict):
            queue.extend(value for value in item.values() if isinstance(value, dict | list))
        elif isinstance(item, list):
            objects = [one for one in item[:_MAX_RECORDS] if isinstance(one, dict)]
            if 2 <= len(objects) == len(item):
                yield [
                    {str(k): str(v) for k, v in one.items() if isinstance(v, str | int)}
                    for one in objects
                ]
            queue.extend(objects)
