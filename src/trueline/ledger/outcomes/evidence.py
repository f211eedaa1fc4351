"""What the record holds of one call's end, wherever it stands: at once, or later."""

from typing import Final

import msgspec
from msgspec import Struct

from trueline.ledger.outcomes.known import programs
from trueline.ledger.outcomes.results import Results
from trueline.ledger.outcomes.runners import parse_tests
from trueline.trajectory import Step

_EXIT_LINE: Final = ("Exit code ", "Error: Exit code ")


class Evidence(Struct, frozen=True, kw_only=True, gc=False):
    """The end of one call as recorded.

    Attributes:
        step: index of the result that shows it.
        text: what was printed.
        exit_status: of the whole call.
        is_error: the host marked it as failed.
        is_interrupted: it was cut off.
        is_truncated: `text` is not all.
        is_refused: the call was not carried out.
        is_running: it had not ended when it was last looked at.
    """

    step: int
    text: str
    exit_status: int | None = None
    is_error: bool = False
    is_interrupted: bool = False
    is_truncated: bool = False
    is_refused: bool = False
    is_running: bool = False

    @property
    def exit_quote(self) -> str:
        """The first line, if it is the host's word on the exit status."""
        if not self.text.startswith(_EXIT_LINE):
            return ""
        return self.text.partition("\n")[0].strip()[:80]


def evidence_of(call: Step, results: Results) -> Evidence | None:
    """Return how `call` ended, None where no result is recorded."""
    first = results.of(call)
    if first is None:
        return None
    if first.background_id and results.has_started(first):
        return _background(call, first, results)
    return Evidence(
        step=first.index,
        text=first.text,
        exit_status=_printed_status(first) if first.exit_status is None else first.exit_status,
        is_error=first.is_error,
        is_interrupted=first.is_interrupted,
        is_truncated=first.is_truncated,
        is_refused=first.is_error and _is_refused(call, first, results),
    )


class _Shell(Struct):
    exit_code: int | None = None
    exitCode: int | None = None  # noqa: N815 - as hosts write it
    returncode: int | None = None
    output: str | None = None
    stdout: str | None = None


def _printed_status(result: Step) -> int | None:
    """Return the status that a host's shell wrote beside its output, None if it wrote none."""
    text = result.text
    if text[:1] != "{" or not any(name in text for name in _STATUSES):
        return None
    try:
        shell = msgspec.json.decode(text, type=_Shell)
    except msgspec.DecodeError:
        return None
    if shell.output is None and shell.stdout is None:
        return None
    statuses = (shell.exit_code, shell.exitCode, shell.returncode)
    return next((status for status in statuses if status is not None), None)


_STATUSES: Final = ('"exit_code"', '"exitCode"', '"returncode"')


def _is_refused(call: Step, first: Step, results: Results) -> bool:
    return first.text.startswith(programs().refused) or results.is_refused(call)


def _background(call: Step, first: Step, results: Results) -> Evidence:
    """Return the end of a background task: its last status, its last output with totals."""
    later = results.later(call, first)
    ended = next((step for step in reversed(later) if _has_ended(step, call)), None)
    showing = next(
        (step for step in reversed(later) if parse_tests(step.text)),
        ended or (later or [first])[-1],
    )
    return Evidence(
        step=showing.index,
        text=showing.text if later else "",
        exit_status=ended.exit_status if ended else None,
        is_error=ended.is_error if ended else False,
        is_interrupted=ended.is_interrupted if ended else False,
        is_truncated=showing.is_truncated,
        is_running=ended is None,
    )


def _has_ended(step: Step, call: Step) -> bool:
    """Return whether a later result tells of the task's own end, not of looking at it."""
    if step.call_index == call.index:
        return step.exit_status is not None or step.is_interrupted or step.is_error
    return step.exit_status is not None and bool(step.background_id)
