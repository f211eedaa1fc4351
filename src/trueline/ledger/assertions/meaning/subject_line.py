"""The first line of a commit message: there "Fix the parser" says that it was fixed.

Anywhere else an imperative is a request or a plan, so this is read in commit messages alone.
"""

from functools import cache
from typing import Final

from trueline.ledger.assertions.wording import LANGUAGES, wording
from trueline.ledger.assertions.words import is_path_like, split_token
from trueline.ledger.model import AssertionKind

_LONGEST: Final = 200
_TYPES: Final = frozenset(
    (
        "feat", "fix", "docs", "style", "refactor", "perf", "test", "tests", "build", "ci",
        "chore", "hotfix", "bugfix", "wip",
    )
)  # fmt: skip
"""Types of the Conventional Commits convention (conventionalcommits.org) and their kin."""
_MENDING: Final = frozenset(("fix", "hotfix", "bugfix"))


@cache
def _imperatives() -> dict[str, AssertionKind]:
    """Return what each imperative says was done."""
    return {
        word: kind
        for language in LANGUAGES
        for kind, words in wording(language).imperatives.items()
        for word in words.split()
    }


def read_subject(message: str) -> tuple[AssertionKind, str, tuple[str, ...]] | None:
    """Return the kind, words and subjects of a commit's first line, None where it tells no deed.

    Args:
        message: a whole commit message.
    """
    line = message.lstrip().partition("\n")[0].strip()
    if not line or len(line) > _LONGEST or line.endswith("?"):
        return None
    label, sign, rest = line.partition(": ")
    prefix = label.partition("(")[0].rstrip("!").lower() if sign else ""
    said = rest.strip() if prefix in _TYPES else line
    words = said.split()
    if len(words) < 2:
        return None
    kind = _imperatives().get(words[0].lower())
    if kind is None and prefix in _MENDING:
        kind = "fixed"
    if kind is None:
        return None
    cores = [split_token(word)[1] for word in words[1:]]
    return kind, said, tuple(dict.fromkeys(core for core in cores if core and is_path_like(core)))
