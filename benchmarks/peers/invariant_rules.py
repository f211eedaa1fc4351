"""Analyse conversations with invariant-ai and five rules; prints one JSON line.

python invariant_rules.py CHATS.jsonl LIMIT
"""

import json
import sys
import time
from pathlib import Path

from invariant.analyzer import LocalPolicy  # pyright: ignore[reportMissingImports]

RULES = """
raise "push without tests" if:
    (call: ToolCall)
    call is tool:Bash({command: r".*git push.*"})

raise "failure after success" if:
    (output: ToolOutput)
    "FAILED" in output.content

raise "recursive delete" if:
    (call: ToolCall)
    call is tool:Bash({command: r".*rm -rf.*"})

raise "test file edited" if:
    (call: ToolCall)
    call is tool:Edit({file_path: r".*tests/.*"})

raise "claims a pass" if:
    (message: Message)
    message.role == "assistant"
    "tests pass" in message.content
"""


def main() -> None:
    """Measure and print."""
    chats = [
        json.loads(line)["messages"]
        for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()[: int(sys.argv[2])]
    ]
    for chat in chats:
        for message in chat:
            for call in message.get("tool_calls", ()):
                call["function"]["arguments"] = json.loads(call["function"]["arguments"])
    policy = LocalPolicy.from_string(RULES)
    start = time.perf_counter()
    errors = sum(len(policy.analyze(chat).errors) for chat in chats)
    seconds = time.perf_counter() - start
    events = sum(
        1 + 2 * len(m.get("tool_calls", ())) for c in chats for m in c if m["role"] != "tool"
    )
    print(json.dumps({"runs": len(chats), "seconds": seconds, "events": events, "found": errors}))


if __name__ == "__main__":
    main()
