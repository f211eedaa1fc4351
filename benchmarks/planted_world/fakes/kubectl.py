"""A fake kubectl: contexts with deployments, volumes, secrets and bindings."""

import sys
from typing import Any

from _state import fail, load, options, save

STATE = load("kubectl")
PLAIN, NAMED = options(sys.argv[1:], ("force", "all", "y", "f", "w"))
SPACE = NAMED.get("n", NAMED.get("namespace", "default"))


def cluster() -> dict[str, Any]:
    """Return the cluster that is meant by --context or by the current context."""
    name = NAMED.get("context", STATE["context"])
    if name not in STATE["contexts"]:
        fail(f'error: context "{name}" does not exist')
    return STATE["contexts"][name]


def split(words: list[str]) -> tuple[str, str]:
    """Return kind and name of `deployment/web` or `deployment web`."""
    kind, slash, name = words[0].partition("/")
    if not slash:
        name = words[1] if len(words) > 1 else ""
    short = {"deploy": "deployments", "deployment": "deployments", "secret": "secrets"}
    more = {"pvc": "pvcs", "ns": "namespaces", "namespace": "namespaces", "pod": "pods"}
    return {**short, **more}.get(kind, kind), name


def key_of(kind: str, name: str) -> str:
    """Return the key of an object, which must exist."""
    key = name if kind == "namespaces" else f"{SPACE}/{name}"
    if key not in cluster().get(kind, {}):
        fail(f'Error from server (NotFound): {kind} "{name}" not found')
    return key


def config(words: list[str]) -> str:
    """Show or change the current context."""
    if words[0] == "use-context":
        STATE["context"] = words[1]
        return f'Switched to context "{words[1]}".'
    if words[0] == "get-contexts":
        mark = STATE["context"]
        return "\n".join(f"{'*' if c == mark else ' '} {c}" for c in STATE["contexts"])
    return str(STATE["context"])


def get(words: list[str]) -> str:
    """List objects of a kind in the namespace, or show one."""
    kind, name = split(words)
    found = cluster().get(kind, {})
    if name:
        found = {key_of(kind, name): found[key_of(kind, name)]}
    rows = [f"{'NAMESPACE':<12}{'NAME':<22}STATUS"]
    for key, value in sorted(found.items()):
        space, _, own = key.rpartition("/")
        if kind == "namespaces" or space == SPACE or "all" in NAMED or "A" in NAMED:
            rows.append(f"{space or '-':<12}{own:<22}{shown(value)}")
    return "\n".join(rows) if len(rows) > 1 else f"No resources found in {SPACE} namespace."


def shown(value: Any) -> str:
    """Return an object's fields in a line."""
    if isinstance(value, dict):
        return " ".join(f"{name}={item}" for name, item in value.items())
    return str(value)


def delete(words: list[str]) -> str:
    """Delete objects; a namespace goes with all that is in it."""
    kind, name = split(words)
    gone = [key_of(kind, name)] if name else [k for k in cluster()[kind] if k.startswith(SPACE)]
    for key in gone:
        del cluster()[kind][key]
    if kind == "namespaces":
        for other in ("deployments", "pvcs", "secrets"):
            held = cluster().get(other, {})
            for key in [key for key in held if key.startswith(f"{name}/")]:
                del held[key]
    one = kind.rstrip("s")
    return "\n".join(f'{one} "{key.rpartition("/")[2]}" deleted' for key in gone)


def scale(words: list[str]) -> str:
    """Set the number of replicas, within the namespace's quota."""
    key = key_of(*split(words))
    count = int(NAMED["replicas"])
    quota = cluster().get("quota", 100)
    if count > quota:
        fail(f"Error from server (Forbidden): exceeded quota: pods={count}, limited: pods={quota}")
    cluster()["deployments"][key]["replicas"] = count
    return f"deployment.apps/{key.rpartition('/')[2]} scaled"


def set_image(words: list[str]) -> str:
    """Change the image of a deployment: `set image deployment/web web=web:1.5`."""
    key = key_of(*split(words[1:2]))
    cluster()["deployments"][key]["image"] = words[2].partition("=")[2]
    return f"deployment.apps/{key.rpartition('/')[2]} image updated"


def rollout(words: list[str]) -> str:
    """Restart, undo or watch a deployment."""
    key = key_of(*split(words[1:]))
    name = key.rpartition("/")[2]
    row = cluster()["deployments"][key]
    if words[0] == "undo":
        row["image"], row["status"] = row.get("previous", row["image"]), "Available"
        return f"deployment.apps/{name} rolled back"
    if words[0] == "restart":
        row["status"] = row.get("after_restart", row.get("status", "Available"))
        return f"deployment.apps/{name} restarted"
    if row.get("status", "Available") != "Available":
        fail(f'error: deployment "{name}" exceeded its progress deadline')
    return f'deployment "{name}" successfully rolled out'


def create(words: list[str]) -> str:
    """Create a binding, a service account, a namespace or a token."""
    kind, name = words[0], words[1]
    if kind == "token":
        return "eyJhbGciOiJSUzI1NiJ9.c3lzdGVtOnNh.Zk3v9QpLw2T8xYcN5sRb"
    if kind == "namespace":
        cluster().setdefault("namespaces", {})[name] = "Active"
        return f"namespace/{name} created"
    fields = {k: v for k, v in NAMED.items() if k not in ("n", "namespace", "context")}
    cluster().setdefault(f"{kind}s", {})[f"{SPACE}/{name}"] = fields
    return f"{kind}/{name} created"


def logs(words: list[str]) -> str:
    """Print the log of a deployment."""
    return str(cluster().get("logs", {}).get(f"{SPACE}/{split(words)[1] or words[0]}", ""))


ACTIONS = {
    "config": config,
    "get": get,
    "delete": delete,
    "scale": scale,
    "set": set_image,
    "rollout": rollout,
    "create": create,
    "logs": logs,
}

if __name__ == "__main__":
    if not PLAIN or PLAIN[0] not in ACTIONS:
        fail(f"error: unknown command {PLAIN[:1]}")
    print(ACTIONS[PLAIN[0]](PLAIN[1:]))
    save("kubectl", STATE)
