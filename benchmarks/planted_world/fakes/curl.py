"""A fake curl: answers come from its state by the beginning of the address; nothing leaves."""

import json
import sys
from pathlib import Path

from _state import fail, load, options, save

STATE = load("curl")
FLAGS = ("s", "S", "f", "L", "k", "i", "sS", "fsS", "sf", "fsSL", "sk", "v", "I")


def main() -> None:
    """Answer one request."""
    plain, named = options(sys.argv[1:], FLAGS)
    if not plain:
        fail("curl: no URL specified!", 2)
    address = plain[-1]
    sent = next((named[n] for n in ("d", "data", "data-binary", "F", "T") if n in named), "")
    if sent.startswith("@"):
        sent = Path(sent[1:]).read_text(encoding="utf-8")
    method = named.get("X", "POST" if sent else "GET")
    routes = STATE.get("routes", {})
    known = [route for route in routes if f"{method} {address}".startswith(route)]
    STATE.setdefault("seen", []).append(f"{method} {address} {len(sent)}")
    save("curl", STATE)
    if not known:
        host = address.split("//")[-1].split("/")[0]
        fail(f"curl: (6) Could not resolve host: {host}", 6)
    answer = routes[max(known, key=len)]
    if isinstance(answer, list):
        calls = sum(seen.startswith(max(known, key=len)) for seen in STATE["seen"])
        answer = answer[min(calls, len(answer)) - 1]
    text = answer if isinstance(answer, str) else json.dumps(answer)
    if text.startswith("!"):
        fail(f"curl: (22) The requested URL returned error: {text[1:]}", 22)
    if "o" in named:
        Path(named["o"]).write_text(text + "\n", encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
