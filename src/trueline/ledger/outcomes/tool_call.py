"""What came of a call to a tool that is no shell: the host's flag, else the tool's own.

A tool's own flag is a field of its JSON result, or an error at the very start of a result that
is not something read; a word further in decides nothing.
"""

from typing import Any, Final

import msgspec

from trueline.ledger.model import Effect
from trueline.ledger.outcomes.evidence import Evidence
from trueline.ledger.outcomes.judgement import Ground, Sign, judge

_READING: Final = frozenset({"read", "search", "fetch"})
_ERROR_HEADS: Final = ("Error: ", "ERROR: ", "Error executing ", "Traceback (most recent call last")
_MAX_JSON: Final = 65_536
_FLAGS: Final = ('"error"', '"success"', '"isError"', '"is_error"', '"ok"', '"status"')
_MAX_QUOTE: Final = 200
_NO_ERROR: Final = Ground("succeeded", "the tool returned without an error")


def judge_tool(effect: Effect, evidence: Evidence) -> Ground:
    """Judge the effect of a tool that is no shell, by the host's flag or the tool's own."""
    text = evidence.text
    if evidence.is_error:
        return Ground("failed", "marked as failed by the host", first_line(text))
    if evidence.is_interrupted:
        return Ground("unknown", "interrupted before it ended")
    if evidence.is_running:
        return Ground("unknown", "still running in the background when last looked at")
    # The status in the answer to a look at a background task is that of the task.
    if evidence.exit_status is not None and effect.verb not in _READING:
        return judge(effect, Sign(evidence.exit_status, effect.exit_link), [], [])
    if effect.verb not in _READING:
        if text.startswith(_ERROR_HEADS):
            return Ground("failed", "the tool returned an error", first_line(text))
        if text[:1] == "{" and any(flag in text[:_MAX_JSON] for flag in _FLAGS):
            found = _error_field(text)
            if found:
                return Ground("failed", "the tool returned an error", found)
    return _NO_ERROR


def first_line(text: str) -> str:
    """Return the first line of a result that has words on it, short enough to quote."""
    return text.strip().partition("\n")[0].strip()[:_MAX_QUOTE]


def _error_field(text: str) -> str:
    """Return the words around the field of a JSON result that says that it failed."""
    if len(text) > _MAX_JSON:
        return ""
    try:
        value: Any = msgspec.json.decode(text.encode("utf-8", "replace"))
    except (msgspec.DecodeError, RecursionError):
        return ""
    if not isinstance(value, dict):
        return ""
    bad = {"success": (False,), "ok": (False,), "isError": (True,), "is_error": (True,)}
    for name, found in value.items():
        is_bad = (
            (name == "error" and found not in (None, "", False, 0, [], {}))
            or (name in bad and any(found is wrong for wrong in bad[name]))
            or (name == "status" and found in ("error", "failed", "failure"))
        )
        if is_bad:
            start = text.find(f'"{name}"')
            return text[start : start + _MAX_QUOTE].partition("\n")[0].strip()
    return ""
