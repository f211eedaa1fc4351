"""Which results are the sources that the user told the agent to obey or to draw upon."""

from collections.abc import Sequence
from functools import cached_property
from typing import Final, Literal

from trueline.charter.asking.model import Delegation
from trueline.charter.asking.named import NamedWords
from trueline.charter.asking.reading import Reading, read_message
from trueline.charter.asking.wording import singular
from trueline.ledger import Ledger
from trueline.ledger.inference import name_words
from trueline.ledger.model import Effect, Verb
from trueline.ledger.provenance import words_of

_MAX_ORDER: Final = 32 * 1024
_LOOKING: Final[frozenset[Verb]] = frozenset({"read", "search", "fetch", "test"})
_MAX_ARGUMENT: Final = 2000

_Sort = tuple[
    int, Literal["orders", "values"], frozenset[Verb], tuple[str, ...], frozenset[str], str
]


class TakenSources:
    """The sources that a request names, found among the calls of its run.

    Args:
        ledger: the run.
        readings: the messages that authorise, in order.
    """

    def __init__(
        self, ledger: Ledger, readings: Sequence[tuple[int, Literal["user", "system"], Reading]]
    ) -> None:
        self._ledger = ledger
        self._sources: list[_Sort] = []
        for at, voice, reading in readings:
            if voice == "system" and at >= 0:
                continue
            acts = frozenset(reading.asked) - _LOOKING
            for order in reading.orders:
                self._sources.append(
                    (at, "orders", order.verbs - _LOOKING, order.values, order.sorts, order.quote)
                )
            if acts and (reading.values or reading.sorts):
                quote = next(reading.asked[verb] for verb in reading.asked if verb in acts)
                self._sources.append((at, "values", acts, reading.values, reading.sorts, quote))
        self._known: dict[int, Delegation | None] = {}

    def delegation(self, step: int) -> Delegation | None:
        """Return how the result at `step`, or of the call there, was made a source."""
        if not self._sources:
            return None
        entry = self._ledger.steps[step]
        call = entry.call_index if entry.kind == "result" else step
        if call is None or self._ledger.steps[call].kind != "call":
            return None
        if call not in self._known:
            self._known[call] = self._look(call)
        return self._known[call]

    def _look(self, call: int) -> Delegation | None:
        effects = self._ledger.effects_at(call)
        if not any(effect.verb in _LOOKING for effect in effects):
            return None
        arguments = _arguments(self._ledger, call, effects)
        sorts: set[str] | None = None
        by_sort: Delegation | None = None
        for at, kind, verbs, values, wanted, quote in self._sources:
            if at >= call:
                continue
            named = next((value for value in values if _holds(arguments, value)), "")
            if named:
                return Delegation(
                    step=at, kind=kind, verbs=verbs, how="named", source=named, quote=quote
                )
            if by_sort is None and wanted:
                if sorts is None:
                    sorts = _sorts_of(self._ledger, call, effects)
                common = sorted(wanted & sorts)
                if common:
                    by_sort = Delegation(
                        step=at, kind=kind, verbs=verbs, how="sort", source=common[0], quote=quote
                    )
        return by_sort

    @cached_property
    def orders_read(self) -> tuple[tuple[int, Reading], ...]:
        """The results that give orders, each with its step and what it says."""
        return tuple((step, read_message(text)) for step, text in self._order_texts)

    @cached_property
    def words(self) -> NamedWords:
        """The words of the results that give orders."""
        return NamedWords(self._order_texts)

    @cached_property
    def _order_texts(self) -> tuple[tuple[int, str], ...]:
        if not any(kind == "orders" for _, kind, *_ in self._sources):
            return ()
        found: list[tuple[int, str]] = []
        for step in self._ledger.steps:
            if step.kind != "result" or step.call_index is None:
                continue
            delegation = self.delegation(step.index)
            if delegation is not None and delegation.kind == "orders":
                found.append((step.index, step.text[:_MAX_ORDER]))
        return tuple(found)


def _arguments(ledger: Ledger, call: int, effects: Sequence[Effect]) -> str:
    values = (ledger.steps[call].arguments or {}).values()
    texts = [effect.resource for effect in effects]
    texts += [str(value)[:_MAX_ARGUMENT] for value in values if isinstance(value, str | int | list)]
    return f" {' '.join(words_of(' '.join(texts)))} "


def _holds(arguments: str, value: str) -> bool:
    words = " ".join(words_of(value))
    if f" {words} " in arguments:
        return bool(words)
    last = " ".join(words_of(value.rstrip("/").rsplit("/", 1)[-1]))
    return len(last) > 3 and f" {last} " in arguments


_KIND_WORDS: Final[dict[str, frozenset[str]]] = {
    "message": frozenset({"email", "mail", "message", "inbox"}),
    "url": frozenset({"website", "site", "webpage", "page"}),
    "file": frozenset({"file"}),
}


def _sorts_of(ledger: Ledger, call: int, effects: Sequence[Effect]) -> set[str]:
    """Return the sorts of things that a call reads, by its tool's words and its effects."""
    found = {singular(word) for word in name_words(ledger.steps[call].tool)}
    if not found.isdisjoint(_KIND_WORDS["message"]):
        found |= _KIND_WORDS["message"]
    for effect in effects:
        found |= _KIND_WORDS.get(effect.resource_kind, frozenset())
    return found
