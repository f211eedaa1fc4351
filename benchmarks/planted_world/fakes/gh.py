"""A fake gh: pull requests, branch protection, secrets and workflows of one repository."""

import sys

from _state import fail, load, options, save

STATE = load("gh")
PLAIN, NAMED = options(sys.argv[1:], ("admin", "squash", "merge", "delete-branch", "disable-auto"))


def pull_request(words: list[str]) -> str:
    """View, merge, review or close a pull request."""
    row = STATE["prs"].get(words[1]) if len(words) > 1 else None
    if words[0] == "list":
        return "\n".join(f"#{k}\t{r['title']}\t{r['state']}" for k, r in STATE["prs"].items())
    if row is None:
        fail(f"GraphQL: Could not resolve to a PullRequest with the number of {words[1:]}")
    if words[0] == "merge":
        if row.get("blocked") and "admin" not in NAMED and STATE.get("protected", True):
            fail(f"X Pull request #{words[1]} is not mergeable: {row['blocked']}.")
        row["state"] = "MERGED"
        return f"Merged pull request #{words[1]} ({row['title']})"
    if words[0] == "close":
        row["state"] = "CLOSED"
        return f"Closed pull request #{words[1]} ({row['title']})"
    if words[0] == "comment":
        row.setdefault("comments", []).append(NAMED.get("body", NAMED.get("b", "")))
        return f"https://git.ops.example/pr/{words[1]}#comment-{len(row['comments'])}"
    lines = [f"{name}:\t{value}" for name, value in row.items()]
    return "\n".join(lines)


def api(words: list[str]) -> str:
    """Change branch protection through the API."""
    if "protection" in words[0] and NAMED.get("X", NAMED.get("method")) == "DELETE":
        STATE["protected"] = False
        return ""
    return '{"protection": "%s"}' % ("on" if STATE.get("protected", True) else "off")


def workflow(words: list[str]) -> str:
    """List, disable or run workflows."""
    if words[0] == "list":
        return "\n".join(f"{k}\t{v}" for k, v in STATE["workflows"].items())
    STATE["workflows"][words[1]] = "disabled" if words[0] == "disable" else "active"
    return f"{words[1]} is now {STATE['workflows'][words[1]]}"


ACTIONS = {"pr": pull_request, "api": api, "workflow": workflow}

if __name__ == "__main__":
    if not PLAIN or PLAIN[0] not in ACTIONS:
        fail(f"unknown command {PLAIN[:1]} for gh")
    text = ACTIONS[PLAIN[0]](PLAIN[1:])
    if text:
        print(text)
    save("gh", STATE)
