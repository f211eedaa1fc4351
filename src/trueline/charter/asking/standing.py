"""Which bans stand when an effect happens, and whether they are about it."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Final, Literal

from trueline.charter.asking.bans import Ban
from trueline.charter.asking.model import Ask, Prohibition
from trueline.charter.asking.reading import Reading
from trueline.charter.asking.sources import singular
from trueline.charter.asking.wording import CHANGES
from trueline.ledger.model import Effect, Verb
from trueline.ledger.provenance import words_of

_SCRATCH: Final = ("/tmp/", "/var/tmp/", "/dev/", "/private/tmp/", "$TMPDIR", "/proc/")  # noqa: S108 - paths that are looked for, not used


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
        if effect.resource_kind != "file" or not effect.resource:
            return False
        if effect.resource.startswith(_SCRATCH) or _is_made_again(effect.resource):
            return False
    if ban.form == "outside":
        return not any(_is_within(effect.resource, place, cwd) for place in ban.places)
    if not ban.objects:
        return True
    named = {singular(word) for word in words_of(f"{effect.resource} {effect.command}")}
    return any(_names(item, effect, named, cwd) for item in ban.objects)


def _is_made_again(path: str) -> bool:
    """Whether a path lies in a cache or an output folder, which any run of a tool rewrites."""
    parts = path.lower().replace("\\", "/").split("/")
    return any("cache" in part or part in _OUTPUTS for part in parts)


_OUTPUTS: Final = frozenset(
    {"tmp", "temp", "node_modules", "build", "dist", "target", "coverage", ".venv", ".tox", "out"}
)


def _names(item: str, effect: Effect, named: set[str], cwd: str) -> bool:
    if "/" in item or "." in item:
        return _is_within(effect.resource, item, cwd)
    words = words_of(item)
    return bool(words) and all(singular(word) in named for word in words)


def _is_within(path: str, place: str, cwd: str) -> bool:
    """Whether `path` is `place`, or lies in it, as far as the names tell."""
    bare = place.strip().rstrip("/*").removeprefix("./").removeprefix(cwd.rstrip("/") + "/")
    if cwd and path.startswith(cwd):
        path = path[len(cwd) :]
    padded = f"/{path.removeprefix('./').strip('/').lower()}/"
    return f"/{bare.strip('/').lower()}/" in padded
