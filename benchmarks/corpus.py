"""A corpus of coding-agent runs for measuring speed: seeded, of any size, in several formats.

Every run is a user's request, then rounds of agent message, tool call and result, then a
report.  Paths, numbers and words vary from run to run, so that caches of whole texts do not
carry the measurement.
"""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_NOUNS = "cart parser token invoice queue slug window shard ledger route cache index".split()  # noqa: SIM905 - words
_VERBS = "merge split round retry load drop sort clamp encode match flush rename".split()  # noqa: SIM905 - words
_TALK = (
    "Let me look at how `{noun}` handles this before changing anything in {path}.",
    "The failing case goes through `{verb}_{noun}`; I will read {path} next.",
    "That explains it: `{verb}` is called twice for an empty {noun}. I'll guard it.",
    "Updated `{verb}_{noun}` in {path} so that an empty {noun} is skipped.",
    "Now let me run the tests for the {noun} module to see where we stand.",
    "All {count} tests pass now. Next I will check the linter.",
    "If the linter is clean I can commit; otherwise I will fix what it reports first.",
    "The {noun} module reads its settings lazily, which is why the error shows up so late.",
)


def messages_of(number: int, steps: int) -> list[dict[str, Any]]:
    """Return one run as chat messages; with its calls and results it has `steps` steps."""
    draw = random.Random(number)  # noqa: S311 - a corpus, repeatable
    noun, verb = draw.choice(_NOUNS), draw.choice(_VERBS)
    path = f"src/{noun}/{verb}_{number % 97}.py"
    found: list[dict[str, Any]] = [
        {"role": "user", "content": f"Please make {verb}_{noun} in {path} skip empty input."}
    ]
    rounds = (steps - 2) // 3
    for turn in range(rounds):
        words = draw.choice(_TALK).format(noun=noun, verb=verb, path=path, count=turn + 5)
        name, arguments, output = _call(draw, turn, path, f"{verb}_{noun}")
        identifier = f"call_{number}_{turn}"
        function = {"name": name, "arguments": json.dumps(arguments)}
        call = {"id": identifier, "type": "function", "function": function}
        found.append({"role": "assistant", "content": words, "tool_calls": [call]})
        found.append({"role": "tool", "tool_call_id": identifier, "content": output})
    found += [{"role": "user", "content": "Thanks, go on."}] * ((steps - 2) % 3)
    report = f"Done. `{verb}_{noun}` now skips empty input in {path}, and all {rounds} tests pass."
    return [*found, {"role": "assistant", "content": report}]


def _call(
    draw: random.Random, turn: int, path: str, function: str
) -> tuple[str, dict[str, Any], str]:
    """Return (tool, arguments, output) of one round."""
    kind = turn % 5
    if kind == 0:
        body = "\n".join(
            f"{n:>6}\tvalue_{draw.randrange(999)} = {function}({n})" for n in range(1, 25)
        )
        return "Read", {"file_path": path}, body
    if kind == 1:
        old, new = f"return {turn}", f"return {turn + draw.randrange(9)}"
        arguments = {"file_path": path, "old_string": old, "new_string": new}
        return "Edit", arguments, f"The file {path} has been updated."
    if kind == 2:
        seconds = draw.randrange(10, 900) / 100
        dots = "." * draw.randrange(20, 60)
        lines = f"{dots} [100%]\n{turn + 5} passed in {seconds:.2f}s"
        return "Bash", {"command": f"python -m pytest -q tests/test_{function}.py"}, lines
    if kind == 3:
        listed = "\n".join(f"src/{draw.choice(_NOUNS)}_{n}.py:{n}: {function}" for n in range(12))
        return (
            "Bash",
            {"command": f"grep -rn {function} src | head -{draw.randrange(5, 50)}"},
            listed,
        )
    return "Bash", {"command": f"ruff check {path} && git status --short"}, "All checks passed!\n"


def write_chats(path: Path, runs: int, steps: int, first: int = 0) -> int:
    """Write `runs` conversations from number `first` on, one a line; return the bytes."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(first, first + runs):
            file.write(json.dumps({"messages": messages_of(number, steps)}) + "\n")
    return path.stat().st_size


def claude_code_lines(number: int, steps: int) -> Iterator[str]:
    """Yield one run as lines of a Claude Code session."""
    base = {"sessionId": f"run-{number}", "cwd": "/home/dev/shop", "version": "2.1.39"}
    parent: str | None = None
    for position, message in enumerate(messages_of(number, steps)):
        uuid = f"{number:08x}-{position:08x}"
        entry = {**base, "uuid": uuid, "parentUuid": parent, "isSidechain": False}
        entry["timestamp"] = "2026-01-05T10:00:00.000Z"
        yield json.dumps(entry | _entry(message, uuid))
        parent = uuid


def _entry(message: dict[str, Any], uuid: str) -> dict[str, Any]:
    role, text = message["role"], message["content"]
    if role == "user":
        return {"type": "user", "message": {"role": "user", "content": text}}
    if role == "tool":
        block = {"type": "tool_result", "tool_use_id": message["tool_call_id"], "content": text}
        result = {"stdout": text, "stderr": "", "interrupted": False}
        return {
            "type": "user",
            "message": {"role": "user", "content": [block]},
            "toolUseResult": result,
        }
    content: list[dict[str, Any]] = [{"type": "text", "text": text}]
    for call in message.get("tool_calls", ()):
        function = call["function"]
        use = {"type": "tool_use", "id": call["id"], "name": function["name"]}
        content.append(use | {"input": json.loads(function["arguments"])})
    body = {"id": f"msg_{uuid}", "role": "assistant", "model": "m", "content": content}
    return {"type": "assistant", "message": body}


def write_session(path: Path, steps: int, number: int = 0) -> int:
    """Write one Claude Code session of about `steps` steps and return the number of bytes."""
    with path.open("w", encoding="utf-8") as file:
        for line in claude_code_lines(number, steps):
            file.write(line + "\n")
    return path.stat().st_size
