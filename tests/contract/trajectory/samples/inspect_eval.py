"""A small Inspect log as a zip archive, packed the way Inspect packed them before Zstandard."""

import io
import json
import zipfile
from typing import Any

FORMAT = "inspect"
SUFFIX = ".eval"


def _sample(name: str, words: str) -> dict[str, Any]:
    call = {"id": "c1", "function": "bash", "arguments": {"cmd": "ls"}, "type": "function"}
    return {
        "id": name,
        "epoch": 1,
        "messages": [
            {"role": "user", "content": words},
            {"role": "assistant", "content": "I look.", "tool_calls": [call]},
            {"role": "tool", "content": "a trunk", "tool_call_id": "c1", "function": "bash"},
        ],
        "scores": {"match": {"value": "C"}},
    }


def sample() -> bytes:
    """Return one whole file of the format."""
    about = {"version": 2, "eval": {"task": "attic", "model": "mock/model"}, "status": "success"}
    members = {
        "_journal/start.json": about,
        "samples/one_epoch_1.json": _sample("one", "What is in the attic?"),
        "samples/two_epoch_1.json": _sample("two", "And in the cellar?"),
        "summaries.json": [],
        "header.json": about,
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, value in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 2, 3, 4, 6)), json.dumps(value))
    return file.getvalue()
