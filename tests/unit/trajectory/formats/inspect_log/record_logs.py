"""Script: record real logs with Inspect itself, and what its own reader says of them.

Usage: python record_logs.py FOLDER

Run in a process of its own: importing Inspect is slow and changes the zip module.
"""

import json
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

MAKE_EVAL = Path(__file__).resolve().parents[5] / "benchmarks" / "make_eval.py"


def main() -> None:
    """Write `whole.eval`, `whole.json`, `nan.eval`, `nan.json`, `chunked/` and `expected.json`."""
    folder = Path(sys.argv[1])
    spec = spec_from_file_location("make_eval", MAKE_EVAL)
    assert spec is not None
    assert spec.loader is not None
    make_eval = module_from_spec(spec)
    spec.loader.exec_module(make_eval)
    make_eval.make_eval(3, 6, folder / "whole.eval")

    from inspect_ai.log import read_eval_log, write_eval_log
    from inspect_ai.log._recorders.chunked.convert import convert_eval_logs_to_chunked

    log = read_eval_log(str(folder / "whole.eval"), resolve_attachments=True)
    expected = [_told(sample) for sample in log.samples or []]
    (folder / "expected.json").write_text(json.dumps(expected))
    write_eval_log(log, str(folder / "whole.json"))
    convert_eval_logs_to_chunked(str(folder / "whole.eval"), str(folder / "chunked"), chunk_size=3)
    for sample in log.samples or []:
        for score in (sample.scores or {}).values():
            score.value = float("nan")
    write_eval_log(log, str(folder / "nan.eval"))
    write_eval_log(log, str(folder / "nan.json"))


def _told(sample: Any) -> dict[str, Any]:
    messages = [
        {
            "role": message.role,
            "text": message.text,
            "calls": [
                [call.id, call.function, call.arguments]
                for call in getattr(message, "tool_calls", None) or []
            ],
            "error": message.error.message if getattr(message, "error", None) else None,
        }
        for message in sample.messages
    ]
    return {"uuid": sample.uuid, "id": sample.id, "messages": messages}


if __name__ == "__main__":
    main()
