"""Whatever a model writes as a tool's name and arguments, effects and edits come out."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from trueline.ledger.edits import FileHistory, edits_of
from trueline.ledger.effects import effects_of
from trueline.ledger.inference import infer_entry, name_words
from trueline.ledger.manifest import builtin_manifests
from trueline.ledger.model import VERBS
from trueline.trajectory import Step, Trajectory

TOOLS = sorted(
    {
        name
        for manifest in builtin_manifests().manifests
        for entry in (*manifest.tools, *manifest.commands)
        for name in entry.names
    }
)
KEYS = sorted(
    {
        key
        for manifest in builtin_manifests().manifests
        for entry in manifest.tools
        for key in entry.arguments()
    }
)
FORMATS = ["claude-code", "codex", "inspect", "swe-agent", "openhands", "agentdojo", "openai"]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
ARGUMENTS = st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=8), VALUES, max_size=5)


@settings(max_examples=400, deadline=None)
@given(
    form=st.sampled_from(FORMATS),
    tool=st.sampled_from(TOOLS) | st.text(max_size=30),
    arguments=st.none() | ARGUMENTS,
    text=st.text(max_size=80),
)
def test_any_call_gives_effects_and_edits_of_its_own_step(
    form: str, tool: str, arguments: dict[str, Any] | None, text: str
) -> None:
    """Nothing raises, every verb is one of ours, and everything points at the call."""
    steps = (
        Step(index=0, kind="message", actor="user", text=text),
        Step(index=1, kind="call", actor="agent", tool=tool, arguments=arguments, call_index=2),
        Step(index=2, kind="result", actor="tool", tool=tool, text=text, call_index=1),
    )
    run = Trajectory(id="t", format=form, source="t", steps=steps)
    effects = effects_of(run)
    assert all(effect.step == 1 and effect.verb in VERBS for effect in effects)
    edits = edits_of(run)
    assert all(edit.step == 1 and edit.path for edit in edits)
    history = FileHistory(run, edits)
    for edit in edits:
        assert isinstance(history.content_before(edit), str | None)
        assert isinstance(history.content_after(edit), str | None)


@settings(max_examples=300, deadline=None)
@given(tool=st.text(max_size=60), keys=st.lists(st.text(max_size=8), max_size=4))
def test_any_name_is_guessed_at(tool: str, keys: list[str]) -> None:
    """A guess has at least one effect, or shell text to read."""
    entry = infer_entry(tool, tuple(keys))
    assert entry.effects or entry.shell
    assert all(word == word.lower() for word in name_words(tool))
