"""Programs that talk to other machines: what is fetched and what is sent."""

from typing import Final

from trueline.ledger.shell.arguments.acts import Act, each, option
from trueline.ledger.shell.programs import Found

_BODIES: Final = (
    "-d", "--data", "--data-raw", "--data-binary", "--data-urlencode", "--json", "-F", "--form",
    "-T", "--upload-file", "--post-data", "--post-file", "--body-data", "--body-file", "--input",
    "--form-string",
)  # fmt: skip
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE", ""})
_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})


def http(found: Found, stdin: str | None) -> list[Act]:
    """Read an HTTP client: a request with a body or an unsafe method sends."""
    del stdin
    words, urls = found.arguments, list(found.operands)
    method = ""
    if urls and urls[0].upper() in _METHODS:
        method = urls.pop(0).upper()
    method = next((value.upper() for value in option(words, "-X", "--request", "--method")), method)
    has_body = bool(option(words, *_BODIES))
    if found.path[0] == "gh" and option(words, "-f", "--field", "--raw-field"):
        has_body = True
    if found.path[0] in ("http", "https", "xh", "xhs", "curlie"):
        has_body = has_body or any("=" in word and "==" not in word for word in urls[1:])
        urls = urls[:1]
    if any(word in ("-G", "--get", "-I", "--head") for word in words):
        has_body = False
    urls += option(words, "--url")
    is_sent = method not in _SAFE or (has_body and method == "")
    acts = each("send" if is_sent else "fetch", urls, "url")
    output = option(words, "-o", "--output") if found.path[0] == "curl" else []
    if found.path[0].startswith("wget"):
        output = option(words, "-O", "--output-document")
    acts += [
        Act("write", name, "file")
        for name in output[:4]
        if name not in ("-", "/dev/null") and not name.startswith("/dev/")
    ]
    return acts


def _is_remote(name: str) -> bool:
    """Return whether a copy's source or target is on another machine."""
    if "://" in name:
        return not name.startswith("file://")
    head, colon, _ = name.partition(":")
    return bool(colon) and "/" not in head and len(head) > 1


def copy_remote(found: Found, stdin: str | None) -> list[Act]:
    """Read a copy that may cross machines: sent, fetched, or written here."""
    del stdin
    names = found.operands
    if found.rule.verb == "read" or not names:
        return each(found.rule.verb or "execute", names[-1:])
    target, sources = names[-1], names[:-1]
    final = found.rule.is_irreversible
    if _is_remote(target):
        return [Act("send", target, "host", is_irreversible=final)]
    fetched = [name for name in sources if _is_remote(name)]
    acts = [Act("fetch", name, "host") for name in fetched[:8]]
    return [*acts, Act("write", target, "file", is_irreversible=final)]
