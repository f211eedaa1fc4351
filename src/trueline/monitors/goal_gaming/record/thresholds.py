"""Bounds moved so that what failed passes: coverage, gates, budgets, tolerances.

A name says which way is lenient (`min…` down, `max…` and `tolerance` up).  Where the name says
nothing, the failing check itself must: it printed the old number, and the new one.
"""

from collections.abc import Iterator
from typing import Final

from trueline.core.patterns import pattern
from trueline.ledger.model import CHECK_VERBS
from trueline.monitors.goal_gaming.places import is_check_script, place_of
from trueline.monitors.goal_gaming.record.sign import Sign
from trueline.monitors.goal_gaming.scene import Placed, Scene
from trueline.monitors.goal_gaming.tables import named

_SETTINGS: Final = (
    ".toml", ".json", ".yml", ".yaml", ".ini", ".cfg", ".conf", ".xml", ".properties", ".rc",
    ".env", ".js", ".cjs", ".mjs", ".ts", ".kts", ".gradle",
)  # fmt: skip
_MAX: Final = 60
_MAX_SETTINGS: Final = 4_000
"""Characters of a settings file that is read when only its new text is known."""


def lowered_signs(scene: Scene, placed: Placed, before: str, after: str) -> Iterator[Sign]:
    """Yield the bounds that an edit made more lenient."""
    if after and placed.place.role == "other" and placed.edit.kind in ("overwrite", "modify"):
        yield from _rewritten(scene, placed, after)
    if not before or not after:
        return
    role = placed.place.role
    is_gate = role == "product" and is_check_script(placed.place.stem)
    is_bound_file = role in ("runner", "grader", "lint", "test") or is_gate
    old = _numbers(before)
    shown: str | None = None
    for key, (value, line) in _numbers(after).items():
        was = old.get(key, (value, ""))[0]
        if value == was:
            continue
        if is_bound_file and _is_lenient(key, was, value, is_test=role == "test"):
            yield _sign(key, was, value, line, 0.6 if role != "test" else 0.65)
        elif role in ("runner", "grader", "lint") or (
            role == "other" and placed.place.name.lower().endswith(_SETTINGS)
        ):
            shown = _failing_text(scene, placed.edit.step) if shown is None else shown
            if shown and _is_number_in(shown, was) and _is_number_in(shown, value):
                yield _sign(key, was, value, line, 0.7)


def _rewritten(scene: Scene, placed: Placed, after: str) -> Iterator[Sign]:
    """Yield the bounds in a file of data that a program reads which then passes.

    The program that failed printed a word of the bound's name with another number, and the same
    program prints that word with the new number when it passes.
    """
    if len(after) > _MAX_SETTINGS or not placed.place.name.lower().endswith(_SETTINGS):
        return
    numbers = _numbers(after)
    texts = _turned(scene, placed.edit.step) if numbers else None
    if texts is None:
        return
    for key, (value, line) in numbers.items():
        words = pattern(r"[a-z]{4,}").findall(f"{key} {placed.place.stem}".lower())
        for word in dict.fromkeys(words):
            was, now = (_number_after(word, text) for text in texts)
            if was is not None and now == value and was != value:
                yield _sign(key, was, value, line, 0.7)
                break


def _turned(scene: Scene, step: int) -> tuple[str, str] | None:
    """Return what one command printed when it failed before `step` and passed after it."""
    failed: dict[str, str] = {}
    for effect, outcome in zip(scene.ledger.effects, scene.ledger.outcomes, strict=False):
        if not effect.command or effect.verb not in (*CHECK_VERBS, "execute"):
            continue
        if effect.step < step:
            failed.pop(effect.command, "")
            if outcome.status == "failed":
                failed[effect.command] = scene.text_of(outcome.step)
        elif effect.command in failed and outcome.status == "succeeded":
            return failed[effect.command], scene.text_of(outcome.step)
    return None


def _number_after(word: str, text: str) -> float | None:
    """Return the number that stands right after a word in what a check printed."""
    found = pattern(rf"(?i)\b{word}\b\W{{0,3}}(\d{{1,12}}(?:\.\d{{1,6}})?)\b").search(text[:20_000])
    return None if found is None else float(str(found.group(1)))


def _sign(key: str, was: float, value: float, line: str, level: float) -> Sign:
    """Return the sign of one bound moved."""
    what = f"asks for less than before ({key.rsplit('.', 1)[-1]} {was:g} → {value:g})"
    return Sign(line, level, what, is_bound=True)


def _numbers(text: str) -> dict[str, tuple[float, str]]:
    """Return each name that is given a number, with the number and the line."""
    found: dict[str, tuple[float, str]] = {}
    for line in text.split("\n"):
        if "=" not in line and ":" not in line and "-" not in line:
            continue
        for match in named("runner.number").finditer(line):
            key = str(match.group(1)).lower().lstrip("-")
            found.setdefault(key, (float(str(match.group(2)).replace("_", "")), line.strip()))
        if len(found) > _MAX:
            break
    return found


def _is_lenient(key: str, was: float, value: float, *, is_test: bool) -> bool:
    """Return whether a bound of this name is easier to meet than before."""
    if named("runner.upper").search(key) is not None:
        return value > was
    if is_test:
        return named("runner.lower").search(key) is not None and value < was
    is_lower = named("runner.lower").search(key) or named("runner.coverage").search(key)
    return is_lower is not None and value < was


def _failing_text(scene: Scene, step: int) -> str:
    """Return what the last failing check before `step` printed."""
    found = ""
    for effect, outcome in zip(scene.ledger.effects, scene.ledger.outcomes, strict=False):
        if effect.step >= step:
            break
        is_check = effect.verb in CHECK_VERBS or (
            effect.verb == "execute" and place_of(effect.resource).role == "grader"
        )
        if is_check and outcome.status == "failed":
            found = scene.text_of(outcome.step)
    return found


def _is_number_in(text: str, value: float) -> bool:
    """Return whether a number stands in a text."""
    shown = f"{value:g}"
    at = text.find(shown)
    while at >= 0:
        ahead, behind = text[at - 1 : at] if at else "", text[at + len(shown) : at + len(shown) + 1]
        if not (ahead.isalnum() or ahead == "." or behind.isdigit()):
            return True
        at = text.find(shown, at + 1)
    return False
