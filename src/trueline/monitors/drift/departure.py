"""Departure from an agent's own past runs: four statistics, each with a conformal p value.

The run is put among the n runs of its agent's baseline, and each of the n + 1 is scored against
the n others:

- mix: the run's mean surprise, -sum of share(t) ln q(t), over acts and over programs, with
  q(t) = (C(t) + a / (V + 1)) / (n + a); C(t) is the sum of the other runs' shares of t, V the
  number of different t in all runs, and a = 1/2 (Krichevsky and Trofimov's);
- news: how many acts and programs it has that no other run has;
- length: how many effects, on either side;
- failures: the share of effects that failed.

Each statistic gives each run the part of the n + 1 that are as high, ties counted in full.  The
sum of -ln of the four (Fisher's) is the run's score, and p is the part of the n + 1 scores that
are as high.  Every run is treated alike, so if the run is exchangeable with the baseline, p is
at most x with a probability of at most x, whatever the distribution and however the four hang
together.  p is never below 1 / (n + 1): 99 runs are needed for 0.01.

Cost: n + 1 scores over the different acts and programs of each run.

**Does not cover** why: another task, another project or another version departs too.

Source:
    Vovk, Gammerman and Shafer, Algorithmic Learning in a Random World (2005), 2.2;
    Krichevsky and Trofimov, The performance of universal encoding, IEEE Trans. IT 27 (1981).
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from math import log
from typing import Final

from msgspec import Struct

from trueline.core.kinds import Severity
from trueline.ledger import Ledger
from trueline.monitors.drift.baseline import Profile, act_of, profile_of
from trueline.monitors.drift.sign import NAME, shown_call
from trueline.monitors.protocol import Observation

LEAST_RUNS: Final = 10
"""A smaller baseline says nothing."""
LEAST_EFFECTS: Final = 5
"""A shorter run says nothing."""
TOLD: Final = 0.01
"""p from which a departure is a finding of severity low."""
NOTED: Final = 0.1
"""p from which it is noted."""

_PSEUDO: Final = 0.5
_WORDS: Final = {
    "mix": "it does other things than they did",
    "news": "it does things that none of them did",
    "length": "it is far longer or shorter",
    "failures": "more of what it does fails",
}


class Departure(Struct, frozen=True, kw_only=True):
    """How far a run is from the others.

    Attributes:
        p_values: by statistic, each in (0, 1].
        p_value: of all together.
        new: acts and programs that no run of the baseline has.
        runs: of the baseline.
    """

    p_values: dict[str, float]
    p_value: float
    new: tuple[str, ...]
    runs: int


class Past:
    """The runs of one agent's baseline, summed up once."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        self.runs = len(profiles)
        self._profiles = profiles
        self._acts = _Mix([profile.acts for profile in profiles])
        self._programs = _Mix([profile.programs for profile in profiles])

    def departure(self, profile: Profile) -> Departure:
        """Return how far a run is from these."""
        acts, act_news = self._acts.scores(profile.acts)
        programs, program_news = self._programs.scores(profile.programs)
        mixes = [a + b for a, b in zip(acts, programs, strict=True)]
        news = [a + b for a, b in zip(act_news, program_news, strict=True)]
        everyone = [*self._profiles, profile]
        lengths = [float(one.effects) for one in everyone]
        failed = [one.failures / one.effects if one.effects else 0.0 for one in everyone]
        longer, shorter = _tails(lengths), _tails([-length for length in lengths])
        tails = {
            "mix": _tails(mixes),
            "news": _tails(news),
            "length": [min(1.0, 2 * min(pair)) for pair in zip(longer, shorter, strict=True)],
            "failures": _tails(failed),
        }
        scores = [-sum(log(p) for p in parts) for parts in zip(*tails.values(), strict=True)]
        new = (*self._acts.unknown(profile.acts), *self._programs.unknown(profile.programs))
        return Departure(
            p_values={name: parts[-1] for name, parts in tails.items()},
            p_value=_tails([round(score, 9) for score in scores])[-1],
            new=new,
            runs=self.runs,
        )


class _Mix:
    """The shares of one sort of names in each run."""

    def __init__(self, counts: Sequence[dict[str, int]]) -> None:
        self._shares = [_shares(one) for one in counts]
        self._sum: dict[str, float] = {}
        self._holders: dict[str, int] = {}
        for shares in self._shares:
            for name, share in shares.items():
                self._sum[name] = self._sum.get(name, 0.0) + share
                self._holders[name] = self._holders.get(name, 0) + 1

    def unknown(self, counts: dict[str, int]) -> tuple[str, ...]:
        return tuple(sorted(name for name in counts if name not in self._sum))

    def scores(self, counts: dict[str, int]) -> tuple[list[float], list[float]]:
        """Return surprise and number of news of each run and, last, of the one with `counts`."""
        own = _shares(counts)
        others = len(self._shares)
        names = len(self._sum) + sum(1 for name in own if name not in self._sum)
        floor = _PSEUDO / (names + 1)
        total = log(others + _PSEUDO)
        surprises: list[float] = []
        news: list[float] = []
        for shares in (*self._shares, own):
            is_own = shares is own
            surprise, count = 0.0, 0
            for name, share in shares.items():
                rest = self._sum.get(name, 0.0)
                if not is_own:
                    rest = max(0.0, rest - share) + own.get(name, 0.0)
                    count += self._holders[name] == 1 and name not in own
                else:
                    count += name not in self._sum
                surprise += share * (total - log(rest + floor))
            surprises.append(round(surprise, 9))
            news.append(float(count))
        return surprises, news


def _shares(counts: dict[str, int]) -> dict[str, float]:
    whole = sum(counts.values())
    return {name: count / whole for name, count in counts.items()} if whole else {}


def _tails(scores: Sequence[float]) -> list[float]:
    """Return for each score the part of all scores that are at least as high."""
    ordered = sorted(scores)
    count = len(ordered)
    return [(count - bisect_left(ordered, score)) / count for score in scores]


def departures(ledger: Ledger, past: Past) -> Iterator[Observation]:
    """Yield one observation where a run departs from its agent's own past runs."""
    profile = profile_of(ledger)
    if past.runs < LEAST_RUNS or profile.effects < LEAST_EFFECTS:
        return
    found = past.departure(profile)
    if found.p_value > NOTED:
        return
    least = min(found.p_values.values())
    told = [name for name, p in found.p_values.items() if p <= max(least, NOTED)]
    reasons = "; ".join(_WORDS[name] for name in told)
    news = f" New: {', '.join(found.new[:5])}." if found.new else ""
    is_told = found.p_value <= TOLD
    severity: Severity = "low" if is_told else "note"
    step = _where(ledger, found.new)
    yield Observation(
        monitor=NAME,
        kind="drift",
        rule="departure",
        suspicion=0.5 if is_told else round(0.45 - 2.5 * (found.p_value - TOLD), 4),
        severity=severity,
        explanation=f"The run departs from {found.runs} earlier runs of this agent "
        f"(p {found.p_value:.2g}): {reasons}.{news}",
        evidence=(shown_call(ledger, step, "first effect that departs"),),
    )


def _where(ledger: Ledger, new: Sequence[str]) -> int:
    """Return the step of the first effect that is new, else of the first effect."""
    names = frozenset(new)
    for effect in ledger.effects:
        if effect.program in names or act_of(effect.verb, effect.resource_kind) in names:
            return effect.step
    return ledger.effects[0].step
