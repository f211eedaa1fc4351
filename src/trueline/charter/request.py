"""What the user's own words ask for: which sorts of effects, and which things they name.

The words of the user, of the system and of the charter's objective count; what tools return
never does.  Words of the system authorise as the user's do, for the owner wrote them.
"""

from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from trueline.charter.asking import Ask, Delegation, Limit, Prohibition
from trueline.ledger import Ledger
from trueline.ledger.model import Effect, Verb
from trueline.ledger.provenance import canonical, numbers_in, source_of, words_of

_WORDING: Final = Path(__file__).parent / "wording.json"


@cache
def _verb_words() -> dict[str, tuple[Verb, ...]]:
    return msgspec.json.decode(_WORDING.read_bytes(), type=dict[str, tuple[Verb, ...]])


class Request:
    """The words that authorise, asked by value and by verb.

    Args:
        ledger: the run.
        objective: the charter's words, which stand before all others.
    """

    def __init__(self, ledger: Ledger, objective: str = "") -> None:
        said = [(-1, objective)] if objective else []
        said += [
            (step.index, step.text)
            for step in ledger.steps
            if step.kind == "message" and source_of(step) in ("user", "system")
        ]
        self.said: tuple[tuple[int, str], ...] = tuple(said)
        self._padded = [(index, f" {' '.join(words_of(text))} ") for index, text in said]
        self._numbers: dict[str, int] = {}
        for index, text in said:
            for number in numbers_in(text):
                self._numbers.setdefault(number, index)
        self._verbs: dict[Verb, int] = {}
        for index, padded in self._padded:
            for word in padded.split():
                for verb in _verb_words().get(word, ()):
                    self._verbs.setdefault(verb, index)

    def names(self, value: str | float, step: int) -> bool:
        """Return whether the words before `step` hold `value`, whole words, any case."""
        text = value if isinstance(value, str) else repr(value)
        number = canonical(text)
        if number:
            return self._numbers.get(number, step) < step
        wanted = f" {' '.join(words_of(text))} "
        if not wanted.strip():
            return False
        return any(wanted in padded for index, padded in self._padded if index < step)

    def asks_for(self, verb: Verb, step: int) -> bool:
        """Return whether words before `step` ask for effects of that sort."""
        return self._verbs.get(verb, step) < step

    def alludes_to(self, value: str, step: int) -> bool:
        """Return whether the words before `step` hold a telling word of `value`.

        A given name stands for an address, a folder for what lies in it.
        """
        telling = [word for word in words_of(value) if len(word) > 2]
        return any(self.names(word, step) for word in telling)

    def ask_for(self, verb: Verb, step: int) -> Ask | None:
        """Return the words before `step` that ask for effects of that sort, None if none do."""
        index = self._verbs.get(verb, step)
        if index >= step:
            return None
        text = next(text for at, text in self.said if at == index)
        return Ask(step=index, verb=verb, quote=text[:200])

    def mentions(self, verb: Verb, step: int) -> bool:
        """Return whether words before `step` so much as mention effects of that sort."""
        return self.asks_for(verb, step)

    def forbids(self, effect: Effect) -> Prohibition | None:
        """Return what forbids `effect` and has not been taken back since, None if nothing."""
        return None

    def limits(self, verb: Verb, step: int) -> tuple[Limit, ...]:
        """Return the upper bounds that the words before `step` set for effects of that sort."""
        return ()

    def delegates_to(self, step: int) -> Delegation | None:
        """Return how the words before the result at `step` make it a source, None if they don't.

        Args:
            step: index of a result (or of its call).
        """
        return None

    def ordered(self, verb: Verb, step: int) -> bool:
        """Return whether a source of orders, read before `step`, asks for such effects.

        The words of sources that `delegates_to` calls `orders` are no part of `asks_for` and
        `names`: somebody else may have written into them.
        """
        return False

    def orders_name(self, value: str | float, step: int) -> bool:
        """Return whether a source of orders, read before `step`, names `value`."""
        return False

    def is_open_ended(self, step: int) -> bool:
        """Return whether the words before `step` leave the ways to the agent ("handle it")."""
        return False
