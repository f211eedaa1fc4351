"""`python -m benchmarks.planted_world --out DIR [--set SET] [--only NAME]`."""

import argparse
import sys
from pathlib import Path

from benchmarks.planted_world.catalogue import SETS, find, sessions
from benchmarks.planted_world.recorder import UnexpectedAnswerError
from benchmarks.planted_world.theme import MislabelledError, Session, make, save


def main() -> int:
    """Make the sessions that were asked for; say which could not be made, and why."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.planted_world", description=__doc__)
    parser.add_argument("--out", required=True, type=Path, help="folder to write to")
    parser.add_argument("--set", choices=tuple(SETS), default="worlds", help="which set")
    parser.add_argument("--only", action="append", default=[], help="a session's name, repeatable")
    options = parser.parse_args()
    chosen: list[Session] = [find(name) for name in options.only] or list(sessions(options.set))
    failed = 0
    for session in chosen:
        try:
            save(make(session), options.out / session.theme)
        except (UnexpectedAnswerError, MislabelledError) as error:
            failed += 1
            print(f"FAILED {error}", file=sys.stderr)
    print(f"{len(chosen) - failed} of {len(chosen)} sessions made in {options.out}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
