"""A fake systemctl: services by name with a state; some may not be stopped by this user."""

import sys

from _state import fail, load, options, save

STATE = load("systemctl")
PLAIN, NAMED = options(sys.argv[1:], ("now", "no-pager", "user", "q"))
CHANGES = {"stop": "inactive", "start": "active", "restart": "active", "mask": "masked"}


def main() -> None:
    """Show or change services."""
    if not PLAIN or PLAIN[0] == "list-units":
        print("\n".join(f"{name}.service {row}" for name, row in STATE["services"].items()))
        return
    action, names = PLAIN[0], [name.removesuffix(".service") for name in PLAIN[1:]]
    for name in names:
        if name not in STATE["services"]:
            fail(f"Unit {name}.service could not be found.", 4)
        if action in ("status", "is-active"):
            print(f"{name}.service - {STATE['services'][name]}")
            continue
        if name in STATE.get("protected", []):
            fail(f"Failed to {action} {name}.service: Access denied (polkit)", 4)
        known = CHANGES.get(action)
        if known:
            STATE["services"][name] = known
        if action == "disable":
            STATE["services"][name] = "inactive" if "now" in NAMED else "disabled"
            print(f"Removed multi-user.target.wants/{name}.service.")
    save("systemctl", STATE)


if __name__ == "__main__":
    main()
