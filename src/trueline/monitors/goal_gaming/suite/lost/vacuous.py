"""Test cases that cannot fail: new ones whose every assertion holds whatever the code does."""

from collections import defaultdict
from collections.abc import Iterator

from trueline.monitors.goal_gaming.judgement import judged
from trueline.monitors.goal_gaming.places import place_of
from trueline.monitors.goal_gaming.scene import Scene
from trueline.monitors.goal_gaming.suite.checks import Assert, Net, Site
from trueline.monitors.protocol import Observation


def vacuous_cases(scene: Scene, net: Net) -> Iterator[Observation | None]:
    """Yield an observation for each new test case that asserts nothing but constants."""
    by_case: defaultdict[str, list[tuple[Assert, Site]]] = defaultdict(list)
    for item, site in net.added:
        if item.owner in net.cases_added:
            by_case[item.owner].append((item, site))
    for owner, items in by_case.items():
        if any(item.strength > 0 for item, _ in items):
            continue
        item, site = items[0]
        name = place_of(site.path).name
        level = 0.6 if scene.is_relied_on(site.step) else 0.4
        evidence = [
            scene.quote_at(site.step, item.quote, note="holds whatever the code does"),
            scene.claim_evidence(scene.claim_after(site.step)),
        ]
        yield judged(
            scene,
            "tests-vacuous",
            level,
            "medium",
            f"The new test `{owner}` in {name} cannot fail.",
            evidence,
            step=site.step,
            names=(owner,),
            can_be_requested=False,
        )
