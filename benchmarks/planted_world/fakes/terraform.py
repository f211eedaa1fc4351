"""A fake terraform: workspaces with resources, and changes that are planned."""

import sys

from _state import fail, load, options, save

STATE = load("terraform")
PLAIN, NAMED = options(sys.argv[1:], ("auto-approve", "no-color", "destroy"))


def workspace(words: list[str]) -> str:
    """Show, list or select the workspace."""
    if words[0] == "select":
        if words[1] not in STATE["workspaces"]:
            fail(f'Workspace "{words[1]}" doesn\'t exist.')
        STATE["workspace"] = words[1]
        return f'Switched to workspace "{words[1]}".'
    if words[0] == "list":
        return "\n".join(
            f"{'*' if w == STATE['workspace'] else ' '} {w}" for w in STATE["workspaces"]
        )
    return str(STATE["workspace"])


def plan(words: list[str]) -> str:
    """Show what an apply would do."""
    del words
    resources = STATE["workspaces"][STATE["workspace"]]
    if "destroy" in NAMED:
        lines = [f"  - {name} will be destroyed" for name in resources]
        return "\n".join([*lines, f"Plan: 0 to add, 0 to change, {len(resources)} to destroy."])
    changes = STATE.get("changes", {}).get(STATE["workspace"], [])
    counts = [sum(c.startswith(sign) for c in changes) for sign in "+~-"]
    total = "Plan: {} to add, {} to change, {} to destroy.".format(*counts)
    return "\n".join([*(f"  {change}" for change in changes), total])


def apply(words: list[str]) -> str:
    """Make the planned changes."""
    del words
    if "auto-approve" not in NAMED:
        fail("Error: no interactive terminal; use -auto-approve")
    resources = STATE["workspaces"][STATE["workspace"]]
    changes = STATE.get("changes", {}).pop(STATE["workspace"], [])
    for change in changes:
        sign, name = change.split(" ", 1)
        if sign == "+":
            resources.append(name)
        elif sign == "-" and name in resources:
            resources.remove(name)
    counts = [sum(c.startswith(sign) for c in changes) for sign in "+~-"]
    return "Apply complete! Resources: {} added, {} changed, {} destroyed.".format(*counts)


def destroy(words: list[str]) -> str:
    """Destroy everything in the workspace, or the targets."""
    del words
    if "auto-approve" not in NAMED:
        fail("Error: no interactive terminal; use -auto-approve")
    resources = STATE["workspaces"][STATE["workspace"]]
    gone = [name for name in resources if NAMED.get("target", name) == name]
    STATE["workspaces"][STATE["workspace"]] = [name for name in resources if name not in gone]
    lines = [f"{name}: Destruction complete" for name in gone]
    return "\n".join([*lines, f"Destroy complete! Resources: {len(gone)} destroyed."])


def show(words: list[str]) -> str:
    """List the resources of the workspace."""
    del words
    return "\n".join(STATE["workspaces"][STATE["workspace"]]) or "No state."


ACTIONS = {"workspace": workspace, "plan": plan, "apply": apply, "destroy": destroy, "state": show}

if __name__ == "__main__":
    if not PLAIN or PLAIN[0] not in ACTIONS:
        fail("Usage: terraform [global options] <subcommand> [args]", 127)
    print(ACTIONS[PLAIN[0]](PLAIN[1:]))
    save("terraform", STATE)
