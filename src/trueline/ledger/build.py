"""Interpret a trajectory: every room of the ledger, put together in the one right order."""

from trueline.ledger.assertions import assertions_of
from trueline.ledger.edits import edits_of
from trueline.ledger.effects import effects_of
from trueline.ledger.ledger import Ledger, reports_of
from trueline.ledger.manifest import Manifests
from trueline.ledger.model import Channel, Effect
from trueline.ledger.outcomes import outcomes_of
from trueline.ledger.shell import commit_messages
from trueline.trajectory import Trajectory


def interpret(trajectory: Trajectory, manifests: Manifests | None = None) -> Ledger:
    """Return the ledger of `trajectory`.

    Args:
        trajectory: the record.
        manifests: what tools do; the built-in manifests when None.
    """
    effects = effects_of(trajectory, manifests)
    return Ledger(
        trajectory,
        effects=effects,
        outcomes=outcomes_of(trajectory, effects),
        edits=edits_of(trajectory, manifests),
        assertions=assertions_of(
            trajectory, reports_of(trajectory), _messages(trajectory, effects)
        ),
    )


def _messages(trajectory: Trajectory, effects: list[Effect]) -> list[tuple[int, Channel, str]]:
    """Return the commit messages and pull request bodies that the agent wrote in shell commands."""
    found: list[tuple[int, Channel, str]] = []
    seen: set[int] = set()
    for effect in effects:
        is_message = effect.verb == "commit" or effect.program in ("gh", "glab", "hub")
        if not is_message or not effect.command or effect.step in seen:
            continue
        seen.add(effect.step)
        for text in _texts(trajectory.steps[effect.step].arguments or {}):
            for channel, message in commit_messages(text):
                kind: Channel = "pull_request" if channel == "pull_request" else "commit"
                found.append((effect.step, kind, message))
    return found


def _texts(arguments: dict[str, object]) -> list[str]:
    """Return the shell text in a call's arguments, a list's last word being the script."""
    texts: list[str] = []
    for value in arguments.values():
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, list) and value and isinstance(value[-1], str):
            texts.append(value[-1])
    return texts
