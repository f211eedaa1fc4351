"""Programs that talk to other machines: what is fetched and what is sent."""

import posixpath
from typing import Final

from trueline.ledger.shell.arguments.acts import Act, each, option
from trueline.ledger.shell.programs import Found

_BODIES: Final = (
    "-d", "--data", "--data-raw", "--data-binary", "--data-urlencode", "--json", "-F", "--form",
    "-T", "--upload-file", "--post-data", "--post-file", "--body-data", "--body-file", "--input",
    "--form-string",
)  # fmt: skip
_WITHOUT_FILE: Final = frozenset({"--spider", "-r", "--recursive", "-m", "--mirror", "-h"})
_FLAGS: Final = "#46afgijklnqsvINJLOSRZ"
"""Options of curl and wget of one letter that take no value."""

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
    named = _named_outputs(found)
    urls = [url for url in urls if url not in named]
    acts = each("send" if is_sent else "fetch", urls, "url")
    acts += [
        Act("write", name, "file")
        for name in _outputs(found, named, urls)[:4]
        if name and name != "-" and not name.startswith("/dev/")
    ]
    return acts


def _named_outputs(found: Found) -> list[str]:
    """Return the files that the options of an HTTP client name for what it fetches."""
    words = found.arguments
    if found.path[0] == "curl":
        return _joined_values(words, "o") + option(words, "--output")
    if found.path[0].startswith("wget"):
        return _joined_values(words, "O") + option(words, "--output-document")
    return []


def _outputs(found: Found, named: list[str], urls: list[str]) -> list[str]:
    """Return all files that an HTTP client writes, also those named as the URL is."""
    words = found.arguments
    folders = option(words, "--output-dir", "-P", "--directory-prefix")
    if found.path[0].startswith("wget"):
        is_by_url = not named and not _WITHOUT_FILE.intersection(words)
    else:
        is_by_url = found.path[0] == "curl" and (
            "--remote-name" in words or any(_is_joined(word, "O") for word in words)
        )
    names = [*named, *(_name_in(url) for url in urls if is_by_url)]
    return [posixpath.join(*folders[-1:], name) for name in names if name]


def _is_joined(word: str, letter: str) -> bool:
    """Return whether a word is a one-letter option, alone or behind others: `-O`, `-sSLO`."""
    return word[:1] == "-" and letter in word and not word[1 : word.index(letter)].strip(_FLAGS)


def _joined_values(words: tuple[str, ...], letter: str) -> list[str]:
    """Return the values of a one-letter option, which may stand behind others: `-sLo out`."""
    found: list[str] = []
    for index, word in enumerate(words):
        if _is_joined(word, letter):
            value = word[word.index(letter) + 1 :]
            found += [value] if value else words[index + 1 : index + 2]
    return found


def _name_in(url: str) -> str:
    """Return the name of the file that a URL names, empty where it names none."""
    path = url.partition("://")[2] or url
    _, slash, rest = path.partition("?")[0].partition("#")[0].partition("/")
    return rest.rsplit("/", 1)[-1] if slash else ""


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
