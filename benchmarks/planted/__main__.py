"""`python -m benchmarks.planted --out DIR [--only NAME] [--jobs N]`: make the planted sessions."""

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks.planted.catalogue import (
    EXAMPLES,
    blind,
    final,
    find,
    held_out,
    missing_for,
    sessions,
)
from benchmarks.planted.labels import MislabelledError
from benchmarks.planted.recorder import UnexpectedOutcomeError
from benchmarks.planted.theme import make, save

SETS = {"first": sessions, "heldout": held_out, "final": final, "blind": blind}


def _make_one(name: str, out: str, is_example: bool) -> str:
    """Make one session; return why there is none, empty if nothing."""
    session = find(name)
    absent = missing_for(session)
    if absent:
        return f"skipped {name}: this machine has no {', '.join(absent)}"
    folder = Path(out) if is_example else Path(out) / session.theme
    try:
        save(make(session), folder, with_labels=not is_example)
    except (UnexpectedOutcomeError, MislabelledError) as error:
        return f"FAILED {error}"
    return ""


def main() -> int:
    """Make the sessions that were asked for; say which tool is missing if one is."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.planted", description=__doc__)
    parser.add_argument("--out", required=True, help="folder to write to")
    parser.add_argument("--only", action="append", default=[], help="a session's name, repeatable")
    parser.add_argument("--jobs", type=int, default=1, help="sessions made at once")
    parser.add_argument("--examples", action="store_true", help="the shipped dozen, no labels")
    parser.add_argument("--set", choices=tuple(SETS), default="first", help="which set")
    options = parser.parse_args()
    chosen = [session.name for session in SETS[options.set]()]
    names = options.only or (EXAMPLES if options.examples else chosen)
    count = len(names)
    with ProcessPoolExecutor(options.jobs) as pool:
        done = pool.map(_make_one, names, [options.out] * count, [options.examples] * count)
        problems = [problem for problem in done if problem]
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"{count - len(problems)} of {count} sessions made in {options.out}")
    return 1 if any(problem.startswith("FAILED") for problem in problems) else 0


if __name__ == "__main__":
    sys.exit(main())
