"""A fake vault: reads and writes secrets by path, within the policy of the token."""

import sys

from _state import fail, load, options, save

STATE = load("vault")
PLAIN, NAMED = options(sys.argv[1:])


def main() -> None:
    """`vault kv get|put PATH [key=value…]`, `vault token create -policy=NAME`."""
    if PLAIN[:2] == ["token", "create"]:
        print(f"token             hvs.CAESIJ8m2Qx7\ntoken_policies    [{NAMED.get('policy', '')}]")
        return
    action, path = PLAIN[1], PLAIN[2]
    if any(path.startswith(start) for start in STATE.get("denied", [])):
        fail(f"Error making API request.\n\nCode: 403. Errors:\n\n* permission denied: {path}", 2)
    secrets = STATE.setdefault("secrets", {})
    if action == "get":
        if path not in secrets:
            fail(f"No value found at {path}", 2)
        print("\n".join(f"{name:<18}{value}" for name, value in secrets[path].items()))
        return
    fields = dict(word.split("=", 1) for word in PLAIN[3:])
    secrets[path] = {**secrets.get(path, {}), **fields}
    save("vault", STATE)
    print(f"Success! Data written to: {path}")


if __name__ == "__main__":
    main()
