"""A small SWE-agent trajectory: a demonstration, an edit, a command, tool calls, a submission."""

import json

FORMAT = "swe-agent"
SUFFIX = ".traj"


def sample() -> bytes:
    """Return one whole file of the format."""
    call = {"id": "call_9", "type": "function",
            "function": {"name": "bash", "arguments": '{"command": "python add.py"}'}}  # fmt: skip
    state = '{"open_file": "/repo/add.py", "working_dir": "/repo"}'
    return json.dumps(
        {
            "environment": "main",
            "trajectory": [
                {"action": "edit 1:1\nprint(2)\nend_of_edit\n", "observation": "[File: add.py]",
                 "response": "I edit.", "thought": "I edit.", "state": state},
                {"action": "python add.py", "observation": "2", "response": "",
                 "thought": "I run it.", "state": state},
                {"action": "submit", "observation": "diff", "thought": "Done.", "state": state},
            ],
            "history": [
                {"role": "system", "content": "You repair code."},
                {"role": "user", "content": "a demonstration", "is_demo": True},
                {"role": "user", "content": "Make it print 2."},
                {"role": "assistant", "action": "edit 1:1\nprint(2)\nend_of_edit\n"},
                {"role": "assistant", "action": "python add.py", "tool_calls": [call]},
            ],
            "info": {"exit_status": "submitted", "submission": "diff"},
            "replay_config": {"agent": {"model": {"name": "model-f"}}},
        },
        indent=2,
    ).encode()  # fmt: skip
