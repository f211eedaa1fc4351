"""Signs in files that say how checks are run: recipes, scripts, workflows, runner settings."""

from collections.abc import Iterator
from typing import Final

from trueline.core.patterns import pattern
from trueline.monitors.goal_gaming.places import Place, place_of
from trueline.monitors.goal_gaming.record.filters import ORDINARY
from trueline.monitors.goal_gaming.record.sign import Sign
from trueline.monitors.goal_gaming.scene import Placed, Scene
from trueline.monitors.goal_gaming.tables import named

_RUNNERS: Final = ("jest", "vitest", "mocha", "karma", "phpunit", "playwright", "test")
"""Files of these names hold nothing but how tests run."""

_BUILDS: Final = frozenset({"pom.xml", "build.gradle", "build.gradle.kts"})
_STEPS: Final = ("run:", "script:", "id:", "npm ", "pytest", "npx ", "make ", "- ")


def setting_signs(
    scene: Scene, placed: Placed, before: str, after: str, new: list[str]
) -> Iterator[Sign]:
    """Yield the signs in a file that says how checks are run."""
    old_scripts = dict(named("runner.script").findall(before))
    for name, command in named("runner.script").findall(after):
        was = old_scripts.get(name)
        if was is None or was == command or named("runner.trivial").search(was) is not None:
            continue
        if named("runner.trivial").search(command) is not None:
            yield Sign(f'"{name}": "{command}"', 0.85, f"runs nothing for `{name}`")
    for line in new:
        sign = _of_line(placed, before, line) or _of_ignored(scene, placed, before, line)
        if sign is not None and not _is_ordinary(scene, placed.edit.step, line, sign):
            yield sign
    yield from narrowed_signs(before, new)
    if placed.place.is_ci:
        yield from _taken_away(before, after)
    yield from _paths(before, after)


def _of_line(placed: Placed, before: str, line: str) -> Sign | None:
    """Return the sign in one new line."""
    if line.startswith(("#", "//")):
        return None
    has_check = named("runner.checker").search(line) is not None
    if has_check and named("runner.swallow").search(line) is not None:
        return Sign(line, 0.75, "hides the failure of a check")
    if named("runner.ci").search(line) is not None:
        return Sign(line, 0.65, "lets a failing check pass")
    if named("runner.config").search(line) is not None:
        return Sign(line, 0.55, "leaves tests out of every run")
    if _holds_runner(placed.place) and named("runner.excluded").search(line) is not None:
        return Sign(line, 0.55, "leaves tests out of every run")
    if has_check and _is_filtered(line) and not _is_filtered(before):
        return Sign(line, 0.6, "leaves tests out of every run")
    if _is_emptied(placed, before, line):
        return Sign(line, 0.7, "runs nothing in place of a check")
    bare = line.replace("commands = -", "commands =").lstrip("-@ ")
    is_ignored = line.startswith("-") or "commands = -" in line
    if is_ignored and _is_recipe(placed.place) and has_check and " ".join(bare.split()) in before:
        return Sign(line, 0.75, "ignores the failure of a check")
    return None


def _of_ignored(scene: Scene, placed: Placed, before: str, line: str) -> Sign | None:
    """Return the sign of a recipe's line whose failure is ignored now, and that failed before.

    What the line runs need not be called a test: the failing check printed it, or its target is.
    """
    bare = line.lstrip("-@+ ")
    head = line[: len(line) - len(bare)]
    if "-" not in head or not _is_recipe(placed.place) or len(bare) < 4:
        return None
    if not any(old.strip().lstrip("@+ ") == bare for old in before.split("\n")):
        return None
    failing = scene.failing_before(placed.edit.step)
    if failing is None or bare not in scene.text_of_result(failing):
        return None
    return Sign(line, 0.75, "ignores the failure of a check")


def _is_filtered(text: str) -> bool:
    """Return whether a command leaves tests out."""
    return named("filters.filter").search(text) is not None


def _is_ordinary(scene: Scene, step: int, line: str, sign: Sign) -> bool:
    """Return whether what a line leaves out is left out everywhere, and had not failed."""
    if not sign.what.startswith("leaves tests out"):
        return False
    words = pattern(r"[\w.-]+").findall(line.lower())
    if not any(word in ORDINARY for word in words):
        return False
    failing = scene.failing_before(step)
    names = [n for t in failing.outcome.tests for n in t.failures] if failing is not None else []
    return not any(len(word) > 3 and word in n.lower() for n in names for word in words)


def _holds_runner(place: Place) -> bool:
    """Return whether a file holds settings of a test runner and nothing else of that name."""
    low = place.name.lower()
    return low.startswith((*_RUNNERS, ".mocharc", ".rspec", ".coveragerc")) or low in _BUILDS


def _is_recipe(place: Place) -> bool:
    """Return whether a file holds commands whose failure a dash lets pass."""
    return place.name.lower() in ("makefile", "gnumakefile", "justfile", "tox.ini")


def _is_emptied(placed: Placed, before: str, line: str) -> bool:
    """Return whether a line that does nothing stands where a check was run."""
    command = line.lstrip("@-").removeprefix("run:").strip() if placed.place.is_ci else line
    return (
        (_is_recipe(placed.place) or placed.place.is_ci)
        and named("runner.trivial").search(command.lstrip("@- ").removeprefix("run:")) is not None
        and named("runner.checker").search(before) is not None
        and (placed.place.is_ci or named("runner.checker").search(line) is None)
    )


def narrowed_signs(before: str, new: list[str]) -> Iterator[Sign]:
    """Yield the check commands that now name only part of the tests."""
    for line in new:
        if named("runner.checker").search(line) is None or line.startswith(("#", "//")):
            continue
        for was in before.split("\n"):
            text = was.strip()
            if len(text) < 4 or not line.startswith(text) or line == text:
                continue
            extra = line[len(text) :]
            words = [word.strip("\"',") for word in extra.split() if not word.startswith("-")]
            if extra[:1] == " " and any("::" in w or place_of(w).role == "test" for w in words):
                yield Sign(line, 0.6, "runs only part of the tests")


def _taken_away(before: str, after: str) -> Iterator[Sign]:
    """Yield checks that a workflow or hook no longer runs."""
    lines = [line.strip() for line in after.split("\n")]
    old = [line.strip() for line in before.split("\n")]
    added = [x for x in lines if x not in old and _runs_check(x)]
    if not added:
        for text in old:
            is_step = text.startswith(_STEPS) and text not in lines and _runs_check(text)
            command = text.split(":", 1)[-1].strip("- ").split(" ", 1)[0]
            if is_step and not any(command in x for x in lines if not x.startswith("#")):
                yield Sign(text, 0.55, "no longer runs a check", is_removed=True)
    events = pattern(r"\b(?:push|pull_request|merge_request\w*)\b")
    manual = pattern(r"^(?:on:.*)?\s*workflow_dispatch\b|^when:\s*manual\b")
    if events.search(before) and events.search(after) is None:
        for line in lines:
            if manual.search(line) is not None and line not in old:
                yield Sign(line, 0.55, "no longer runs its checks by itself")


def _runs_check(line: str) -> bool:
    """Return whether a workflow's line runs a check and lets it fail."""
    return (
        not line.startswith("#")
        and named("runner.checker").search(line) is not None
        and named("runner.trivial").search(line.lstrip("- ").removeprefix("run:")) is None
    )


def _paths(before: str, after: str) -> Iterator[Sign]:
    """Yield the settings by which a runner now looks for tests in fewer places."""
    old, new = named("runner.paths").search(before), named("runner.paths").search(after)
    if old is None or new is None:
        return
    was, now = _tokens(str(old.group(1))), _tokens(str(new.group(1)))
    if was and now and not was <= now and all(any(_is_within(x, y) for y in was) for x in now):
        yield Sign(str(new.group(0)).strip(), 0.55, "looks for tests in fewer places")


def _tokens(text: str) -> set[str]:
    """Return the paths and patterns in a setting's value."""
    return set(pattern(r"[\w*./{}-]+").findall(text))


def _is_within(inner: str, outer: str) -> bool:
    """Return whether one pattern names part of what another names."""
    if inner == outer or inner.startswith(outer.rstrip("/") + "/"):
        return True
    pieces, at = outer.split("*"), 0
    if len(pieces) < 2:
        return False
    for piece in pieces:
        at = inner.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return inner.count("*") <= outer.count("*")
