"""A limit on how long one call of a plug-in may take, by the system's interval timer.

**Covers** Python code that loops, sleeps or waits: it is interrupted where it stands.
**Does not cover** native code that does not come back to Python, and code that catches
`BaseException` and goes on; systems without interval timers, and threads but the main one,
where asking for a limit is refused.
"""

import signal
import threading
from collections.abc import Callable
from typing import Final, NoReturn, TypeVar

from trueline.errors import ConfigError

_AGAIN_S: Final = 1.0
"""The timer goes off again after this, where the first interruption was swallowed."""

_Result = TypeVar("_Result")


class OutOfTimeError(BaseException):
    """The call took too long; no `Exception`, so that a plug-in does not catch it by the way."""


def require_timer() -> None:
    """Refuse where no limit could be held.

    Raises:
        ConfigError: the system has no interval timer, or this is not the main thread.
    """
    if not hasattr(signal, "setitimer"):
        raise ConfigError("a time limit for monitors needs a system with interval timers (POSIX)")
    if threading.current_thread() is not threading.main_thread():
        raise ConfigError("a time limit for monitors can be held in the main thread only")


def call_within(limit_s: float, call: Callable[[], _Result]) -> _Result:
    """Return what `call` returns, unless it takes longer than `limit_s` seconds of wall clock.

    Args:
        limit_s: 0 for no limit.
        call: must run in the main thread when there is a limit.

    A timer of the caller's own starts again with what was left of it.

    Raises:
        OutOfTimeError: it took longer.
    """
    if not limit_s:
        return call()
    outer = signal.setitimer(signal.ITIMER_REAL, 0)
    handler = signal.signal(signal.SIGALRM, _expire)
    try:
        signal.setitimer(signal.ITIMER_REAL, limit_s, _AGAIN_S)
        try:
            return call()
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    finally:  # once more: the timer may have gone off while it was being stopped
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)
        signal.setitimer(signal.ITIMER_REAL, *outer)


def _expire(signal_number: int, frame: object) -> NoReturn:
    del signal_number, frame
    raise OutOfTimeError
