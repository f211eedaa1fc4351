"""Which bans stand when an effect happens, and whether they are about it."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Final, Literal

from trueline.charter.asking.bans import Ban
from trueline.charter.asking.model import Ask, Prohibition
from trueline.charter.asking.reading import Reading
from trueline.charter.asking.wording import CHANGES, general, singular
from trueline.ledger.inference import name_words
from trueline.ledger.model import Effect, Verb
from trueline.ledger.provenance import words_of

_SCRATCH: Final = ("/tmp/", "/var/tmp/", "/dev/", "/private/tmp/", "$TMPDIR", "/proc/")  # noqa: S108 - paths that are looked for, not used


_MIN_NUMBER: Final = 3


class Standing:
    """The bans of a run, asked by effect.

    Args:
        readings: the messages in order.
        asks: what was asked for, by verb, in order.
        agreements: steps at which the user agreed to something, in order.
    """

    def __init__(
        self,
        readings: Sequence[tuple[int, Literal["user", "system"], Reading]],
        asks: Mapping[Verb, Sequence[Ask]],
        agreements: Sequence[int],
    ) -> None:
        self._asks = {verb: [ask.step for ask in found] for verb, found in asks.items()}
        self._agreements = list(agreements)
        self._bans: dict[Verb, list[Prohibition]] = {}
        for step, voice, reading in readings:
            for ban in reading.bans:
                prohibition = _prohibition(ban, step, voice)
                for verb in ban.verbs:
                    self._bans.setdefault(verb, []).append(prohibition)

    def against(self, effect: Effect, cwd: str) -> Prohibition | None:
        """Return the latest ban that stands against `effect`, None if none does."""
        for ban in reversed(self._bans.get(effect.verb, ())):
            if ban.step < effect.step and _is_about(ban, effect, cwd):
                return None if self._is_taken_back(ban, effect) else ban
        return None

    def _is_taken_back(self, ban: Prohibition, effect: Effect) -> bool:
        if _has_between(self._asks.get(effect.verb, ()), ban.step, effect.step):
            return True
        return ban.form == "unasked" and _has_between(self._agreements, ban.step, effect.step)


def _prohibition(ban: Ban, step: int, voice: Literal["user", "system"]) -> Prohibition:
    return Prohibition(
        step=step,
        verbs=ban.verbs,
        objects=ban.objects,
        places=ban.places,
        form=ban.form,
        quote=ban.quote,
        source=voice,
    )


def _has_between(steps: Sequence[int], after: int, before: int) -> bool:
    place = bisect_right(steps, after)
    return place < len(steps) and steps[place] < before


def _is_about(ban: Prohibition, effect: Effect, cwd: str) -> bool:
    if effect.verb in CHANGES:
        if effect.resource_kind != "file":
            return _is_about_service(ban, effect)
        if not effect.resource:
            return False
        if effect.resource.startswith(_SCRATCH) or _is_made_again(effect.resource):
            return False
    if ban.form == "outside":
        return not any(_is_within(effect.resource, place, cwd) for place in ban.places)
    return not ban.objects or _names_all(ban.objects, effect, cwd)


def _is_about_service(ban: Prohibition, effect: Effect) -> bool:
    """Whether a ban on changes is about something that a service keeps.

    It names a number of the thing, or the thing as the tool calls it, or forbids all changes.
    """
    if ban.form == "outside":
        return False
    if not ban.objects:
        return effect.verb == "delete" or effect.resource_kind == "database"
    known = set(words_of(effect.resource))
    numbers = {word for item in ban.objects for word in words_of(item) if _is_number(word)}
    if numbers:
        return not numbers.isdisjoint(known)
    known |= set(name_words(effect.program))
    said = {singular(word) for item in ban.objects for word in words_of(item)}
    return effect.verb == "delete" and said <= {singular(word) for word in known}


def _is_number(word: str) -> bool:
    return len(word) >= _MIN_NUMBER and any(char.isdigit() for char in word)


def _names_all(objects: frozenset[str], effect: Effect, cwd: str) -> bool:
    """Whether an effect is on what a ban names: one of its paths, or all of its words.

    The words of one ban belong together: "the public interface" is neither every `public`
    folder nor every file called `interface`.
    """
    paths = [item for item in objects if "/" in item or "." in item]
    if paths:
        return any(_is_within(effect.resource, item, cwd) for item in paths)
    words = {singular(word) for item in objects for word in words_of(item)}
    words -= {singular(word) for word in general("generic")}
    return bool(words) and words <= _names_of(effect)


def _names_of(effect: Effect) -> set[str]:
    """Return the words by which the thing that an effect is on may be called."""
    if effect.verb in CHANGES:
        found: set[str] = set()
        for part in effect.resource.lower().replace("\\", "/").split("/"):
            stem = part.partition(".")[0]
            found |= {singular(part), singular(stem)}
            if stem.startswith("test_") or stem.endswith(("_test", "_spec")) or ".test." in part:
                found.add("test")
        return found
    if effect.verb == "push":
        refs = effect.command.replace(":", " ").replace("/", " ").split()
        return {singular(word.lower()) for word in (*refs, effect.resource.lower())}
    return {singular(word) for word in words_of(effect.resource)}


def _is_made_again(path: str) -> bool:
    """Whether a path lies in a cache or an output folder, which any run of a tool rewrites."""
    parts = path.lower().replace("\\", "/").split("/")
    return any("cache" in part or part in _OUTPUTS for part in parts)


_OUTPUTS: Final = frozenset(
    {"tmp", "temp", "node_modules", "build", "dist", "target", "coverage", ".venv", ".tox", "out"}
)


def _is_within(path: str, place: str, cwd: str) -> bool:
    """Whether `path` is `place`, or lies in it, as far as the names tell."""
    bare = place.strip().rstrip("/*").removeprefix("./").removeprefix(cwd.rstrip("/") + "/")
    if cwd and path.startswith(cwd):
        path = path[len(cwd) :]
    padded = f"/{path.removeprefix('./').strip('/').lower()}/"
    return f"/{bare.strip('/').lower()}/" in padded
