"""What the user's own words ask for, name, forbid, limit, hand over to a source and confirm.

The words of the user, of the system and of the charter's objective count; what tools return
never does.  Words of the system authorise as the user's do, for the owner wrote them: what
they so much as mention ("you can help users book flights") is the agent's business.  Where
the user agrees to what the agent proposed, the agent's proposal counts from then on.

Each message is read once, when the first question is asked.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Final, Literal

from trueline.charter.asking import Ask, Delegation, Limit, Prohibition
from trueline.charter.asking.named import NamedWords, telling_words
from trueline.charter.asking.reading import Reading, forbidding_part, read_message
from trueline.charter.asking.standing import Standing
from trueline.charter.asking.taken import TakenSources
from trueline.ledger import Ledger
from trueline.ledger.model import Effect, Verb
from trueline.ledger.provenance import source_of

_KEPT_PROPOSAL: Final = 8000

_LOOKING: Final[frozenset[Verb]] = frozenset({"read", "search", "fetch", "test"})
_MAX_POLICY: Final = 4000
"""A longer text of the system is a manual: its bans hold under conditions that stand elsewhere."""

Voice = Literal["user", "system"]


class Request:
    """The words that authorise, asked by value and by verb.

    Args:
        ledger: the run.
        objective: the charter's words, which stand before all others.
    """

    def __init__(self, ledger: Ledger, objective: str = "") -> None:
        self._ledger = ledger
        voices: list[tuple[int, Voice, str]] = [(-1, "system", objective)] if objective else []
        answers = _answers(ledger)
        for step in ledger.steps:
            if step.kind == "message":
                voice = source_of(step)
                if voice in ("user", "system"):
                    voices.append((step.index, voice, step.text))
            elif step.kind == "result" and step.call_index in answers:
                voices.append((step.index, "user", step.text))
        self._voices = voices
        self._mentioned: dict[Verb, int] = {}
        self._read: list[tuple[int, Voice, Reading]] = []
        self.said: tuple[tuple[int, str], ...] = tuple((at, text) for at, _, text in voices)

    @cached_property
    def readings(self) -> tuple[tuple[int, Voice, Reading], ...]:
        """Every message that authorises, read: its step, who speaks, and what it says."""
        return tuple(self._each())

    def _each(self, before: int | None = None) -> Iterator[tuple[int, Voice, Reading]]:
        """Yield the messages before a step in order, each read when it is come to."""
        known = self._read
        for place, (at, voice, text) in enumerate(self._voices):
            if before is not None and at >= before:
                return
            if place == len(known):
                known.append((at, voice, read_message(text)))
            yield known[place]

    @cached_property
    def _proposals(self) -> tuple[tuple[int, str], ...]:
        """What the user agreed to: the step of the agreement, and the agent's words."""
        found: list[tuple[int, str]] = []
        for at, voice, reading in self.readings:
            if voice == "user" and reading.is_yes and at > 0:
                proposal = self._agent_before(at)
                if proposal:
                    found.append((at, proposal))
        return tuple(found)

    def _agent_before(self, at: int) -> str:
        steps = self._ledger.steps
        for index in range(at - 1, -1, -1):
            step = steps[index]
            if step.kind == "message":
                return step.text[-_KEPT_PROPOSAL:] if step.actor == "agent" else ""
        return ""

    @cached_property
    def _named(self) -> NamedWords:
        return NamedWords((*self.said, *self._proposals))

    @cached_property
    def _asks(self) -> dict[Verb, list[Ask]]:
        found: dict[Verb, list[Ask]] = {}
        for at, voice, reading in self.readings:
            for verb, quote in reading.asked.items():
                found.setdefault(verb, []).append(
                    Ask(step=at, verb=verb, quote=quote, source=voice)
                )
            for verb in (
                sorted(reading.mentioned - reading.asked.keys()) if voice == "system" else ()
            ):
                found.setdefault(verb, []).append(Ask(step=at, verb=verb, quote="", source=voice))
        for at, proposal in self._proposals:
            for verb in sorted(_all_verbs(read_message(proposal))):
                ask = Ask(step=at, verb=verb, quote=proposal[-200:], source="confirmation")
                found.setdefault(verb, []).append(ask)
        for asks in found.values():
            asks.sort(key=lambda ask: ask.step)
        return found

    @cached_property
    def _standing(self) -> Standing:
        agreed = [at for at, voice, reading in self.readings if reading.is_yes and voice == "user"]
        return Standing(self.readings, self._asks, agreed)

    @cached_property
    def _sources(self) -> TakenSources:
        return TakenSources(self._ledger, self.readings)

    def names(self, value: str | float, step: int) -> bool:
        """Return whether the words before `step` hold `value`, whole words, any case."""
        return self._named.holds(value, step)

    def alludes_to(self, value: str, step: int) -> bool:
        """Return whether the words before `step` hold a telling word of `value`.

        A given name stands for an address, a folder for what lies in it.
        """
        return any(self._named.holds(word, step) for word in telling_words(value))

    def asks_for(self, verb: Verb, step: int) -> bool:
        """Return whether words before `step` ask for effects of that sort."""
        asks = self._asks.get(verb)
        return bool(asks) and asks[0].step < step

    def ask_for(self, verb: Verb, step: int) -> Ask | None:
        """Return the latest words before `step` that ask for such effects, None if none do."""
        before = [ask for ask in self._asks.get(verb, ()) if ask.step < step]
        return before[-1] if before else None

    def mentions(self, verb: Verb, step: int) -> bool:
        """Return whether words before `step` so much as mention doing such a thing."""
        if verb not in self._mentioned:
            for at, voice, reading in self._each(step):
                spoken = reading.mentioned | reading.asked.keys()
                if verb in spoken or (voice == "system" and verb in reading.nouns):
                    self._mentioned[verb] = at
                    break
        return self._mentioned.get(verb, step) < step or self._is_proposed(verb, step)

    def _is_proposed(self, verb: Verb, step: int) -> bool:
        return any(at < step and verb in _all_verbs(read_message(p)) for at, p in self._proposals)

    def speaks_of(self, verb: Verb, step: int) -> bool:
        """Return whether words before `step` speak of such effects at all, also as things."""
        return any(at < step and verb in _all_verbs(reading) for at, _, reading in self.readings)

    def forbids(self, effect: Effect) -> Prohibition | None:
        """Return what forbids `effect` and has not been taken back since, None if nothing.

        A ban is taken back by later words that ask for the same sort of effect, and by
        agreement to the agent's proposal of it.
        """
        cwd = self._ledger.trajectory.cwd
        if self._suspected.against(effect, cwd) is None:
            return None
        return self._standing.against(effect, cwd)

    @cached_property
    def _suspects(self) -> tuple[tuple[int, Voice, Reading], ...]:
        """The lines that could forbid or bound something, read by themselves."""
        found: list[tuple[int, Voice, Reading]] = []
        for at, voice, text in self._voices:
            part = forbidding_part(text) if voice == "user" or len(text) <= _MAX_POLICY else ""
            reading = read_message(part) if part else None
            if reading is not None and (reading.bans or reading.bounds):
                found.append((at, voice, reading))
        return tuple(found)

    @cached_property
    def _suspected(self) -> Standing:
        return Standing(self._suspects, {}, ())

    @property
    def may_forbid(self) -> bool:
        """Whether any words could forbid or bound anything, told without reading the rest."""
        return bool(self._suspects)

    def is_confirmed(self, verb: Verb, step: int) -> bool:
        """Return whether the user agreed to such an effect that the agent had proposed."""
        return any(
            ask.step < step for ask in self._asks.get(verb, ()) if ask.source == "confirmation"
        )

    def is_clear(self, step: int) -> bool:
        """Return whether the user's words before `step` were understood and ask for something."""
        if self._ledger.steps[0].kind not in ("message", "note"):
            return False  # the record starts in the middle
        own = [reading for at, voice, reading in self.readings if at < step and voice == "user"]
        return (
            bool(own)
            and all(reading.is_understood for reading in own)
            and any(reading.asked or reading.orders for reading in own)
        )

    def only_looks(self, step: int) -> bool:
        """Return whether all that the user asked for before `step` is to be told something."""
        return all(
            reading.asked.keys() <= _LOOKING and not reading.orders
            for _, voice, reading in self._each(step)
            if voice == "user"
        )

    def wants_things(self, step: int) -> bool:
        """Return whether the words before `step` want something that may have to be bought."""
        return any(
            at < step and voice == "user" and reading.is_wish
            for at, voice, reading in self.readings
        )

    def first_asking(self, step: int) -> Ask | None:
        """Return the first words of the user before `step` that ask for anything."""
        for at, voice, reading in self.readings:
            if at < step and voice == "user" and reading.asked:
                verb, quote = next(iter(reading.asked.items()))
                return Ask(step=at, verb=verb, quote=quote, source=voice)
        return None

    def limits(self, verb: Verb, step: int) -> tuple[Limit, ...]:
        """Return the upper bounds that the words before `step` set for effects of that sort."""
        return tuple(
            Limit(step=at, verb=verb, most=bound.most, is_amount=bound.is_amount, quote=bound.quote)
            for at, _, reading in self._suspects
            if at < step
            for bound in reading.bounds
            if verb in bound.verbs
        )

    def delegates_to(self, step: int) -> Delegation | None:
        """Return how the words before the result at `step` make it a source, None if they don't.

        Args:
            step: index of a result (or of its call).
        """
        return self._sources.delegation(step)

    def ordered(self, verb: Verb, step: int) -> bool:
        """Return whether a source of orders, read before `step`, asks for such effects.

        The words of sources that `delegates_to` calls `orders` are no part of `asks_for` and
        `names`: somebody else may have written into them.
        """
        return any(
            at < step and verb in _all_verbs(reading) for at, reading in self._sources.orders_read
        )

    def orders_name(self, value: str | float, step: int) -> bool:
        """Return whether a source of orders, read before `step`, names `value`."""
        return self._sources.words.holds(value, step)

    def is_open_ended(self, step: int) -> bool:
        """Return whether the words before `step` leave the ways to the agent ("handle it")."""
        return any(at < step and reading.is_open for at, _, reading in self.readings)


def _answers(ledger: Ledger) -> frozenset[int]:
    """Return the calls that only ask the user something: what they return, the user said."""
    asking = {effect.step for effect in ledger.effects if effect.verb == "ask"}
    return frozenset(
        call for call in asking if all(effect.verb == "ask" for effect in ledger.effects_at(call))
    )


def _all_verbs(reading: Reading) -> frozenset[Verb]:
    return reading.mentioned | reading.asked.keys() | reading.nouns
