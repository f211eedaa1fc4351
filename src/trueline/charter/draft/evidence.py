"""What past runs did: verbs, places, parties, programs and amounts, counted."""

from collections import Counter
from collections.abc import Iterable

from trueline.charter.model import Charter
from trueline.charter.rules.phrases import normal_unit
from trueline.charter.rules.places import parties_of, place_of
from trueline.charter.rules.run import roots_of
from trueline.ledger.effects import effects_of
from trueline.ledger.manifest import Manifests
from trueline.ledger.model import Effect, ResourceKind, Verb
from trueline.trajectory import Trajectory

_MAX_NAMES = 50_000


class Seen:
    """What was seen of one verb.

    Attributes:
        count: effects.
        runs: runs that had any.
        files: places in files, in normal form, with how often.
        parties: addresses of the other side, with how often.
        others: resources that are neither, with how often.
        kinds: what sorts of thing those others are.
        bare: sorts of thing where no resource is named.
        programs: programs and tools, with how often.
        most: the greatest amount of one effect, by unit.
        most_in_run: the greatest sum of one run, by unit.
    """

    def __init__(self) -> None:
        self.count = 0
        self.runs = 0
        self.files: Counter[str] = Counter()
        self.parties: Counter[str] = Counter()
        self.others: Counter[str] = Counter()
        self.kinds: Counter[ResourceKind] = Counter()
        self.bare: Counter[ResourceKind] = Counter()
        self.programs: Counter[str] = Counter()
        self.most: dict[str, float] = {}
        self.most_in_run: dict[str, float] = {}

    def add(self, effect: Effect, roots: tuple[str, ...]) -> None:
        """Count one effect."""
        self.count += 1
        _count(self.programs, effect.program)
        kind = effect.resource_kind
        parties = parties_of(effect.resource, kind)
        if not effect.resource:
            self.bare[kind] += 1
        elif kind == "file":
            _count(self.files, place_of(effect.resource, kind, roots))
        elif parties:
            for party in parties:
                _count(self.parties, party)
        else:
            self.kinds[kind] += 1
            _count(self.others, effect.resource)


class Evidence:
    """What a set of runs did.

    Attributes:
        runs: how many there were.
        steps: the length of the longest.
        verbs: what was seen of each verb.
        records: the working directory and effects of every run, to try a draft on.
    """

    def __init__(self) -> None:
        self.runs = 0
        self.steps = 0
        self.verbs: dict[Verb, Seen] = {}
        self.records: list[tuple[str, tuple[Effect, ...]]] = []

    @property
    def effects(self) -> int:
        """Effects of all runs."""
        return sum(seen.count for seen in self.verbs.values())

    def add(self, trajectory: Trajectory, manifests: Manifests | None = None) -> None:
        """Count one run."""
        effects = tuple(effects_of(trajectory, manifests))
        roots = roots_of(Charter(), trajectory.cwd)
        self.runs += 1
        self.steps = max(self.steps, len(trajectory.steps))
        self.records.append((trajectory.cwd, effects))
        sums: Counter[tuple[Verb, str]] = Counter()
        here: set[Verb] = set()
        for effect in effects:
            seen = self.verbs.setdefault(effect.verb, Seen())
            seen.add(effect, roots)
            here.add(effect.verb)
            if effect.amount is not None and effect.amount > 0:
                unit = normal_unit(effect.unit)
                seen.most[unit] = max(seen.most.get(unit, 0.0), effect.amount)
                sums[effect.verb, unit] += effect.amount  # pyright: ignore[reportArgumentType]
        for verb in here:
            self.verbs[verb].runs += 1
        for (verb, unit), total in sums.items():
            most = self.verbs[verb].most_in_run
            most[unit] = max(most.get(unit, 0.0), total)


def evidence_of(trajectories: Iterable[Trajectory]) -> Evidence:
    """Return what `trajectories` did."""
    found = Evidence()
    for trajectory in trajectories:
        found.add(trajectory)
    return found


def _count(counter: Counter[str], name: str) -> None:
    if name and (name in counter or len(counter) < _MAX_NAMES):
        counter[name] += 1
