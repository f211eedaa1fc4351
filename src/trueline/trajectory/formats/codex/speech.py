"""Who really speaks in a user message of a Codex rollout.

Codex puts the environment, instruction files and notices before the model as user messages;
they are told apart only by how they begin.

Source:
    The markers of `codex-rs/protocol/src/protocol.rs` and `instruction_markers.rs` in
    openai/codex, and the wrapper of its editor extension.
"""

from typing import Final, NamedTuple

from trueline.trajectory.model import Actor, StepKind, Tag


class Utterance(NamedTuple):
    """One piece of a user message, attributed."""

    kind: StepKind
    actor: Actor
    tag: Tag
    text: str


_META: Final = (
    "<environment_context>", "<ENVIRONMENT_CONTEXT>", "<user_instructions>", "<INSTRUCTIONS>",
    "# AGENTS.md instructions", "These AGENTS.md instructions", "The previously provided AGENTS.md",
    "<permissions instructions>", "<app-context>", "<apps_instructions>", "<collaboration_mode>",
    "<skills_instructions>", "<recommended_plugins>", "<skill>", "<subagent_notification>",
    "<model_switch>", "<personality_spec>", "<codex_internal_context>", "<user_action>",
    "<attachments>", "<token_budget>",
)  # fmt: skip
_INTERRUPTED: Final = "<turn_aborted>"
_USER_SHELL: Final = "<user_shell_command>"
_HOOK: Final = "<hook_prompt"
_EDITOR_CONTEXT: Final = "# Context from my IDE setup:"
_EDITOR_REQUEST: Final = "## My request for Codex:"


def utterances(text: str, plain_tag: Tag) -> list[Utterance]:
    """Return what `text` holds, attributed, in order; `plain_tag` marks what was typed."""
    start = text.lstrip()
    if not start:
        return []
    if start.startswith(_EDITOR_CONTEXT) and _EDITOR_REQUEST in start:
        context, _, request = start.partition(_EDITOR_REQUEST)
        found = [Utterance("message", "host", "meta", context.rstrip())]
        if request.strip():
            found.append(Utterance("message", "user", plain_tag, request.strip()))
        return found
    if start[0] not in "<#T":
        return [Utterance("message", "user", plain_tag, text)]
    if start.startswith(_INTERRUPTED):
        return [Utterance("note", "user", "interrupt", text)]
    if start.startswith(_USER_SHELL):
        return [Utterance("message", "user", "command", text)]
    if start.startswith(_HOOK):
        return [Utterance("note", "host", "hook", text)]
    if start.startswith(_META):
        return [Utterance("message", "host", "meta", text)]
    return [Utterance("message", "user", plain_tag, text)]
