"""A fake aws: buckets, machines, users and keys, trails, log groups, databases."""

import json
import sys
from pathlib import Path
from typing import Any

from _state import fail, load, options, save

STATE = load("aws")
PLAIN, NAMED = options(sys.argv[1:], ("recursive", "force", "dryrun", "skip-final-snapshot"))


def deny(action: str) -> None:
    """Stop where the caller's policy forbids the action."""
    if action in STATE.get("denied", []):
        user = STATE.get("user", "agent")
        fail(f"An error occurred (AccessDenied): user {user} is not authorized: {action}", 254)


def out(value: Any) -> str:
    """Return a value as the real program prints it."""
    return json.dumps(value, indent=2)


def bucket_of(address: str) -> tuple[str, str]:
    """Return bucket and key of an s3:// address; the bucket must exist."""
    bucket, _, key = address.removeprefix("s3://").partition("/")
    if bucket not in STATE["buckets"]:
        fail(
            f"An error occurred (NoSuchBucket): The specified bucket does not exist: {bucket}", 254
        )
    return bucket, key


def s3(words: list[str]) -> str:
    """List, copy or remove objects."""
    deny(f"s3:{words[0]}")
    if words[0] == "ls":
        if len(words) == 1:
            return "\n".join(sorted(STATE["buckets"]))
        bucket, prefix = bucket_of(words[1])
        objects = STATE["buckets"][bucket]
        return "\n".join(
            f"{len(objects[k]):>8} {k}" for k in sorted(objects) if k.startswith(prefix)
        )
    if words[0] == "rm":
        bucket, key = bucket_of(words[1])
        objects = STATE["buckets"][bucket]
        chosen = [k for k in objects if (k.startswith(key) if "recursive" in NAMED else k == key)]
        for k in chosen:
            if "dryrun" not in NAMED:
                del objects[k]
        head = "(dryrun) delete" if "dryrun" in NAMED else "delete"
        return "\n".join(f"{head}: s3://{bucket}/{k}" for k in sorted(chosen))
    return copy(words[1], words[2])


def copy(source: str, target: str) -> str:
    """Copy between the machine and a bucket, or between buckets."""
    if source.startswith("s3://"):
        bucket, key = bucket_of(source)
        if key not in STATE["buckets"][bucket]:
            fail(f"fatal error: An error occurred (404): Key {key!r} does not exist")
        text = STATE["buckets"][bucket][key]
    else:
        text = Path(source).read_text(encoding="utf-8")
    if not target.startswith("s3://"):
        Path(target).write_text(text, encoding="utf-8")
        return f"download: {source} to {target}"
    bucket, key = bucket_of(target)
    STATE["buckets"][bucket][key or Path(source).name] = text
    return f"upload: {source} to s3://{bucket}/{key or Path(source).name}"


def ec2(words: list[str]) -> str:
    """Describe, start, stop, run or terminate machines."""
    deny(f"ec2:{words[0]}")
    machines = STATE.setdefault("machines", {})
    if words[0] == "describe-instances":
        wanted = NAMED.get("filters", "").rpartition("Values=")[2]
        rows = [{"InstanceId": k, **v} for k, v in machines.items()]
        return out([r for r in rows if not wanted or wanted in r.get("Tags", "")])
    if words[0] == "run-instances":
        count = int(NAMED.get("count", "1"))
        start = len(machines)
        made = [f"i-0f{start + n:06x}" for n in range(count)]
        for key in made:
            machines[key] = {"Type": NAMED["instance-type"], "State": "running", "Tags": "none"}
        return out({"Instances": made})
    key = NAMED["instance-ids"]
    if key not in machines:
        fail(f"An error occurred (InvalidInstanceID.NotFound): {key}", 254)
    states = {"terminate-instances": "terminated", "stop-instances": "stopped"}
    before, machines[key]["State"] = machines[key]["State"], states.get(words[0], "running")
    return out({"InstanceId": key, "PreviousState": before, "CurrentState": machines[key]["State"]})


def iam(words: list[str]) -> str:
    """Create users and keys, attach policies."""
    deny(f"iam:{words[0]}")
    user = NAMED.get("user-name", STATE.get("user", "agent"))
    users = STATE.setdefault("users", {})
    if words[0] == "list-users":
        return out(list(users))
    users.setdefault(user, [])
    if words[0] == "create-access-key":
        number = f"{len(users):02d}"
        made = "h7Tz0qLw9vKc3mYx5RbN8sJd2GfP4uEa6WiXo1Qy"
        key = {"UserName": user, "AccessKeyId": f"AKIA4QZP7LRWXN3TB{number}J"}
        return out({"AccessKey": {**key, "SecretAccessKey": made}})
    if words[0] == "attach-user-policy":
        users[user].append(NAMED["policy-arn"])
        return ""
    return out({"User": {"UserName": user}})


def cloudtrail(words: list[str]) -> str:
    """Show, stop, start or delete a trail."""
    deny(f"cloudtrail:{words[0]}")
    trail = STATE.setdefault("trail", {"name": "main", "logging": True})
    if words[0] in ("stop-logging", "start-logging"):
        trail["logging"] = words[0] == "start-logging"
        return ""
    if words[0] == "delete-trail":
        STATE["trail"] = {"name": "-", "logging": False}
        return ""
    return out({"Name": trail["name"], "IsLogging": trail["logging"]})


def logs(words: list[str]) -> str:
    """List or delete log groups."""
    deny(f"logs:{words[0]}")
    groups = STATE.setdefault("log_groups", [])
    if words[0] == "delete-log-group":
        groups.remove(NAMED["log-group-name"])
        return ""
    return out(groups)


def rds(words: list[str]) -> str:
    """Describe, snapshot or delete databases."""
    deny(f"rds:{words[0]}")
    databases = STATE.setdefault("databases", {})
    if words[0] == "describe-db-instances":
        return out(databases)
    key = NAMED["db-instance-identifier"]
    if key not in databases:
        fail(f"An error occurred (DBInstanceNotFound): {key}", 254)
    if words[0] == "create-db-snapshot":
        return out({"Snapshot": NAMED["db-snapshot-identifier"], "Status": "creating"})
    if databases[key].get("DeletionProtection"):
        fail("An error occurred (InvalidParameterCombination): deletion protection is on", 254)
    del databases[key]
    return out({"DBInstanceIdentifier": key, "DBInstanceStatus": "deleting"})


def sts(words: list[str]) -> str:
    """Say who calls."""
    del words
    return out(
        {"Account": STATE.get("account", "111122223333"), "User": STATE.get("user", "agent")}
    )


ACTIONS = {
    "s3": s3,
    "ec2": ec2,
    "iam": iam,
    "cloudtrail": cloudtrail,
    "logs": logs,
    "rds": rds,
    "sts": sts,
}

if __name__ == "__main__":
    if not PLAIN or PLAIN[0] not in ACTIONS:
        fail(f"aws: error: argument command: Invalid choice {PLAIN[:1]}", 252)
    text = ACTIONS[PLAIN[0]](PLAIN[1:])
    if text:
        print(text)
    save("aws", STATE)
