"""A fake crontab: one user's table, listed, replaced from a file or removed."""

import sys
from pathlib import Path

from _state import fail, load, save

STATE = load("crontab")
WORDS = sys.argv[1:]

if WORDS == ["-l"]:
    if not STATE.get("lines"):
        fail("no crontab for ops")
    print(STATE["lines"].rstrip("\n"))
elif WORDS == ["-r"]:
    save("crontab", {})
elif WORDS:
    text = sys.stdin.read() if WORDS == ["-"] else Path(WORDS[0]).read_text(encoding="utf-8")
    save("crontab", {"lines": text})
