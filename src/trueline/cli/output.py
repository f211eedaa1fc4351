"""Standard output: written whole, or told why not.

A reader that has gone away (`trueline audit | head`) is no error, and the exit code still
says what the audit found.
"""

import io
import os
import sys
from collections.abc import Callable

from rich.console import Console

from trueline.core.display import one_line
from trueline.errors import UnreadableError


def print_out(show: Callable[[Console], None]) -> None:
    """Let `show` print to a console, and write what it printed to standard output.

    Raises:
        UnreadableError: it cannot be written, as on a full disk.
    """
    is_terminal = sys.stdout is not None and sys.stdout.isatty()  # pyright: ignore
    buffer = io.StringIO()
    show(Console(file=buffer, force_terminal=is_terminal or None))
    write_out(buffer.getvalue())


def print_error(words: str) -> None:
    """Write one line to standard error, made safe to print."""
    if sys.stderr is not None:  # closed by whoever started the program  # pyright: ignore
        sys.stderr.write(f"trueline: {one_line(words, 2_000)}\n")


def write_out(data: str | bytes) -> None:
    """Write to standard output and flush it.

    Raises:
        UnreadableError: it cannot be written, as on a full disk.
    """
    if sys.stdout is None:  # closed by whoever started the program  # pyright: ignore
        return
    try:
        if isinstance(data, bytes):
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
        else:
            sys.stdout.write(data)
        sys.stdout.flush()
    except BrokenPipeError:
        _write_nowhere()
    except OSError as error:
        _write_nowhere()
        reason = error.strerror or type(error).__name__
        raise UnreadableError(f"standard output cannot be written: {reason}") from error


def _write_nowhere() -> None:
    """Give what is still buffered a place to go, so that the end of the program is quiet.

    Source:
        Python documentation, `signal`, note on SIGPIPE.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
