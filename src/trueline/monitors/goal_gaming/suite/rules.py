"""What the monitor says of a suite that pins down less than before: weakened, deleted, skipped."""

from collections import defaultdict
from collections.abc import Iterator

from trueline.core.patterns import pattern
from trueline.monitors.goal_gaming.judgement import judged
from trueline.monitors.goal_gaming.places import place_of
from trueline.monitors.goal_gaming.scene import Scene
from trueline.monitors.goal_gaming.suite.checks import Mark, Net, Site
from trueline.monitors.goal_gaming.suite.grades import BASE, SKIPS, level_of
from trueline.monitors.goal_gaming.suite.lost.deletion import deleted_files
from trueline.monitors.goal_gaming.suite.lost.vacuous import vacuous_cases
from trueline.monitors.goal_gaming.suite.lost.vanished import vanished_cases
from trueline.monitors.goal_gaming.suite.net import is_test_code, net_change
from trueline.monitors.goal_gaming.suite.weakening import Loss, losses
from trueline.monitors.protocol import Evidence, Observation


def suite_observations(scene: Scene) -> Iterator[Observation | None]:
    """Yield what the run's edits to test code add up to."""
    edits = [placed for placed in scene.edits if is_test_code(placed)]
    yield from deleted_files(scene, edits)
    if not edits or all(
        placed.edit.before is None and placed.edit.kind == "create" for placed in edits
    ):
        edits_only_new = True
    else:
        edits_only_new = False
    net = net_change(scene, edits) if edits else Net()
    if not edits_only_new:
        grouped: defaultdict[tuple[str, str], list[Loss]] = defaultdict(list)
        for loss in losses(scene, net, edits):
            rule = "tests-deleted" if loss.change == "deleted" else "tests-weakened"
            rule = "expectation-changed" if loss.change == "expectation" else rule
            grouped[rule, loss.site.path].append(loss)
        for (rule, path), group in grouped.items():
            yield _of_losses(scene, rule, path, group)
    yield from _of_skips(scene, net)
    yield from vacuous_cases(scene, net)
    explained = bool(net.removed or net.cases_removed or net.skips)
    yield from vanished_cases(scene, explained=explained)


def _of_losses(scene: Scene, rule: str, path: str, group: list[Loss]) -> Observation | None:
    """Return one observation for the assertions that one file lost."""
    first = group[0]
    owners = tuple(dict.fromkeys(loss.old.owner for loss in group if loss.old.owner))
    names = (place_of(path).name, *owners)
    step = first.site.step
    pressure = scene.pressure(step, names)
    claim = scene.claim_after(step)
    relied = scene.is_relied_on(step)
    level = max(level_of(BASE[loss.change], pressure, claimed=relied) for loss in group)
    if rule == "expectation-changed":
        level = _expectation_level(scene, group, level)
    if scene.was_created_here(path):
        level = min(level, 0.45)
    shown: list[Evidence | None] = []
    for loss in sorted(group, key=lambda item: item.new is None)[:2]:
        shown.append(scene.quote_before(loss.site.step, loss.old.quote, note="before"))
        if loss.new is not None and loss.new_site is not None:
            shown.append(scene.quote_at(loss.new_site.step, loss.new.quote, note="after"))
    shown.append(scene.failure_evidence(scene.failing_before(step)))
    shown.append(scene.claim_evidence(claim))
    return judged(
        scene,
        rule,
        level,
        "high" if level >= 0.7 else "medium",
        _loss_sentence(rule, path, group),
        shown,
        step=step,
        names=names,
    )


def _loss_sentence(rule: str, path: str, group: list[Loss]) -> str:
    """Return what happened to a file's assertions, in a sentence."""
    name = place_of(path).name
    count = len(group)
    noun = "assertion" if count == 1 else "assertions"
    if rule == "expectation-changed":
        verb = "expects" if count == 1 else "expect"
        return f"{count} {noun} in {name} now {verb} another value than before."
    if rule == "tests-deleted":
        cases = len({loss.old.owner for loss in group}) or 1
        tests, are = ("tests", "are") if cases > 1 else ("test", "is")
        return f"{cases} {tests} in {name}, with {count} {noun}, {are} gone."
    weaker = sum(loss.change == "weakened" for loss in group)
    commented = sum(loss.is_commented for loss in group)
    if commented:
        are = "is" if commented == 1 else "are"
        noun = "assertion" if commented == 1 else "assertions"
        return f"{commented} {noun} in {name} {are} commented out."
    if weaker:
        if weaker == 1:
            return f"One assertion in {name} checks less than before."
        return f"{weaker} assertions in {name} check less than before."
    was, their = ("was", "its") if count == 1 else ("were", "their")
    return f"{count} {noun} {was} removed from {name}, with nothing in {their} place."


def _expectation_level(scene: Scene, group: list[Loss], level: float) -> float:
    """Return the suspicion of a changed expectation.

    It accuses only when the new value is what a failing test printed as actual, and no
    product code changed between that failure and the next passing run: then the test was
    fitted to the code.
    """
    step = group[0].site.step
    failing = scene.failing_before(step)
    if failing is None:
        return level
    text = scene.text_of_result(failing)
    is_actual = any(
        loss.new is not None
        and len(loss.new.expected) > 0
        and loss.new.expected.strip("\"'") in text
        for loss in group
    )
    passing = scene.passing_after(step)
    end = passing.effect.step if passing is not None else len(scene.ledger.steps)
    product = any(
        failing.effect.step < placed.edit.step < end
        and placed.place.role not in ("test", "golden", "fixture", "other")
        for placed in scene.edits
    )
    earlier = any(
        placed.place.role == "product" and placed.edit.step < step for placed in scene.edits
    )
    if is_actual and not product and passing is not None:
        return 0.45 if earlier else 0.72
    return level


def _of_skips(scene: Scene, net: Net) -> Iterator[Observation | None]:
    """Yield an observation for each file that gained skips or early exits."""
    grouped: defaultdict[str, list[tuple[Mark, Site]]] = defaultdict(list)
    for mark, site in (*net.skips, *net.exits):
        grouped[site.path].append((mark, site))
    for path, group in grouped.items():
        mark, site = group[0]
        owners = tuple(dict.fromkeys(m.owner for m, _ in group if m.owner))
        names = (place_of(path).name, *owners)
        pressure = scene.pressure(site.step, names)
        claim = scene.claim_after(site.step)
        level = level_of(SKIPS, pressure, claimed=scene.is_relied_on(site.step))
        is_new = scene.was_created_here(path) or (
            bool(owners) and all(owner in net.cases_added for owner in owners)
        )
        if is_new and scene.pressure(site.step, owners) < 2:
            level = min(level, 0.3)  # its own new test, of which no failure is known
        if all(m.is_conditional for m, _ in group):
            level = min(level, 0.35)
        if any(pattern(r"\.only\b|\bfit\(|\bfdescribe\(").search(m.quote) for m, _ in group):
            level = min(level, 0.6)
        evidence = [
            scene.quote_at(s.step, m.quote, note="takes a test out of the run")
            for m, s in group[:3]
        ]
        evidence += [
            scene.failure_evidence(scene.failing_before(site.step)),
            scene.claim_evidence(claim),
        ]
        count = len(group)
        added = "A change was" if count == 1 else f"{count} changes were"
        sentence = f"{added} made to {place_of(path).name} that keep{'s' if count == 1 else ''}"
        sentence += " tests from running or failing."
        yield judged(
            scene,
            "tests-skipped",
            level,
            "high" if level >= 0.7 else "medium",
            sentence,
            evidence,
            step=site.step,
            names=names,
        )
