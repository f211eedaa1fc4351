"""Programs on files: which are read, which written, which deleted."""

from typing import Final

from trueline.ledger.shell.arguments.acts import Act, each, option
from trueline.ledger.shell.programs import Found, operands

_SCRIPT_FIRST: Final = frozenset(
    {"sed", "gsed", "ssed", "awk", "gawk", "mawk", "nawk", "jq", "gojq", "jaq", "yq", "xq", "pup",
     "htmlq", "xmlstarlet", "xpath", "mlr", "miller", "sd", "dasel", "choose", "rpl"}
)  # fmt: skip
_ALWAYS_WRITE: Final = frozenset(
    {"tee", "truncate", "fallocate", "sponge", "dos2unix", "unix2dos", "ed", "ex", "fastmod",
     "codemod", "jscodeshift", "sd", "rpl", "vipe"}
)  # fmt: skip
_VALUES: Final[dict[str, frozenset[str]]] = {
    "sed": frozenset({"-e", "--expression", "-f", "--file", "-l"}),
    "awk": frozenset({"-v", "-F", "-f", "--assign", "-i"}),
    "jq": frozenset({"--indent", "-f", "--from-file"}),
    "truncate": frozenset({"-s", "--size", "-r"}),
    "fallocate": frozenset({"-l", "-o"}),
    "cut": frozenset({"-d", "-f", "-c", "-b"}),
    "sort": frozenset({"-k", "-t", "-o", "-S", "-T"}),
    "column": frozenset({"-s", "-o", "-N"}),
    "paste": frozenset({"-d"}),
    "join": frozenset({"-t", "-1", "-2", "-o"}),
    "split": frozenset({"-l", "-b", "-n", "-d"}),
    "shuf": frozenset({"-n", "-i", "-o"}),
    "base64": frozenset({"-w"}),
    "patch": frozenset({"-i", "--input", "-d", "--directory", "-o", "-r"}),
    "iconv": frozenset({"-f", "-t", "-o"}),
}
_FAMILIES: Final = {
    "gsed": "sed", "ssed": "sed", "gawk": "awk", "mawk": "awk", "nawk": "awk", "gojq": "jq",
    "jaq": "jq",
}  # fmt: skip
_OUTPUT_OPTION: Final = frozenset({"sort", "shuf", "iconv"})
_NO_FILES: Final = frozenset({"tr", "seq", "numfmt", "ts", "jo"})


def text_filter(found: Found, stdin: str | None) -> list[Act]:
    """Read a filter: in place it writes its files, otherwise it reads them."""
    del stdin
    program = found.path[0]
    family = _FAMILIES.get(program, program)
    words = found.arguments
    names = operands(words, _VALUES.get(family, frozenset()))
    if family == "dd":
        return _dd(words)
    if family == "patch":
        if "--dry-run" in words:
            return [Act("read")]
        return each("write", option(words, "-o", "--output") or names[:1])
    if family in ("rename", "prename", "mmv"):
        return each("move", names[1:])
    if family in _OUTPUT_OPTION:
        outputs = option(words, "-o", "--output")
        return each("read", names) + [Act("write", name, "file") for name in outputs]
    if family in ("split", "csplit"):
        return [*each("read", names[:1]), *each("write", [f"{name}*" for name in names[1:2]])]
    if program in _SCRIPT_FIRST and not _has_script_option(family, words):
        names = names[1:] if program not in ("sd", "rpl") else names[2:]
    if program in _ALWAYS_WRITE or is_in_place(family, words):
        return each("write", [name for name in names if name != "/dev/null"]) if names else []
    if program in _NO_FILES or not names:
        return []
    return each("read", names)


def _has_script_option(family: str, words: tuple[str, ...]) -> bool:
    """Return whether the script stands in an option, so that every operand is a file."""
    if family not in ("sed", "awk", "jq"):
        return False
    return any(
        word in ("-e", "-f", "--expression", "--file", "--from-file")
        or (family == "sed" and word.startswith("--expression="))
        for word in words
    )


def is_in_place(family: str, words: tuple[str, ...]) -> bool:
    """Return whether a filter writes back to its files."""
    for index, word in enumerate(words):
        if word == "--":
            return False
        is_joined = family in ("sed", "yq") and word[:1] == "-" and word[1:2] != "-"
        if is_joined and "i" in word[1:].split(".", 1)[0] and "e" not in word[: word.index("i")]:
            return True
        if word in ("--in-place", "--inplace") or word.startswith("--in-place="):
            return True
        if family == "awk" and word == "-i" and words[index + 1 : index + 2] == ("inplace",):
            return True
        if family in ("ast-grep", "sg", "comby") and word in ("-U", "--update-all", "-i"):
            return True
    return False


def _dd(words: tuple[str, ...]) -> list[Act]:
    """Read dd: what it writes cannot be undone where it is a device."""
    acts: list[Act] = []
    for word in words:
        if word.startswith("if=") and not word.startswith("if=/dev/"):
            acts.append(Act("read", word[3:], "file"))
        elif word.startswith("of="):
            target = word[3:]
            if target != "/dev/null":
                acts.append(Act("write", target, "file", is_irreversible=target[:5] == "/dev/"))
    return acts or [Act("read")]


def find(found: Found, stdin: str | None) -> list[Act]:
    """Read find: where it looks, and whether it deletes."""
    del stdin
    words = found.arguments
    places: list[str] = []
    for word in words:
        if (word[:1] == "-" and word not in ("-L", "-H", "-P")) or word[:1] in ("(", "!"):
            break
        if word[:1] != "-":
            places.append(word)
    acts = each("search", places[:4])
    if "-delete" in words:
        acts += each("delete", places[:4], is_irreversible=True)
    for name in option(words, "-fprint", "-fprintf", "-fls")[:4]:
        acts.append(Act("write", name, "file"))
    return acts


def tar(found: Found, stdin: str | None) -> list[Act]:
    """Read tar's mode: it lists, packs or unpacks."""
    del stdin
    words = found.arguments
    letters = "".join(
        word.lstrip("-")
        for word in words[:3]
        if word[:2] != "--" and (word[:1] == "-" or word is words[0])
    )
    archive = next(iter(option(words, "--file")), "")
    for index, word in enumerate(words):
        is_letters = word[:2] != "--" and (word[:1] == "-" or index == 0)
        if is_letters and word.endswith("f") and index + 1 < len(words):
            archive = words[index + 1]
            break
    if "t" in letters or "--list" in words:
        return each("read", [archive] if archive else [])
    if "x" in letters or "--extract" in words:
        target = next(iter(option(words, "-C", "--directory")), "")
        return [Act("read", archive, "file"), Act("write", target, "file")]
    return each("write", [archive] if archive and archive != "-" else [])


def git_checkout(found: Found, stdin: str | None) -> list[Act]:
    """Read `git checkout`: a change of branch, or files put back."""
    del stdin
    words = found.arguments
    if found.rule.verb is None or any(word in ("-b", "-B", "--orphan") for word in words):
        return [Act("write", "", "repository")]
    return [
        Act("write", name, "file", is_irreversible=True) for name in checked_out(words)[:32]
    ] or [Act("write", "", "repository")]


def checked_out(words: tuple[str, ...]) -> list[str]:
    """Return the files that the arguments of `git checkout` put back."""
    if "--" in words:
        return list(words[words.index("--") + 1 :])
    names = [word for word in words if word[:1] != "-"]
    return [name for name in names if name == "." or _has_extension(name)]


def _has_extension(name: str) -> bool:
    """Return whether `name` ends as files do and branches and versions do not."""
    last = name.rsplit("/", 1)[-1]
    stem, dot, ending = last.rpartition(".")
    return bool(dot and stem) and ending.isalnum() and not ending[0].isdigit() and len(ending) <= 5
