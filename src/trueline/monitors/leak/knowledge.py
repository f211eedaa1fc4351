"""What a run has seen of secrets: their values, where each was read, and how sure that is.

`place`: read from a secret place (a file that the charter labels `secret`, a command or tool
that prints secrets).  `format`: has a published format and was read somewhere.  `named`: stood
under a secret's name in a result.  `told`: the user or the system said it.  `labelled`: read
from a resource that bears another label of the charter.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final, Literal

from msgspec import Struct

from trueline.charter import Mandate
from trueline.core.patterns import Pattern, pattern
from trueline.ledger.model import Effect
from trueline.ledger.provenance import source_of
from trueline.ledger.secrets import (
    is_secret_command,
    is_secret_tool,
    is_strong,
    is_template,
    may_be_secret_place,
    may_print_secrets,
    named_values,
    secrets_in,
)
from trueline.ledger.shell import parse
from trueline.trajectory import Step

Sureness = Literal["place", "format", "named", "told", "labelled", "made"]
KnownSort = Literal["credential", "personal", "contact", "labelled", "data"]

_RANK: Final[dict[Sureness, int]] = {
    "place": 0, "labelled": 1, "told": 2, "format": 3, "named": 4, "made": 5,
}  # fmt: skip
_MOST: Final = 512
SQUEEZED: Final = str.maketrans("", "", " \t\n-_.,|/")
"""Takes away what may stand between the characters of a value to hide it."""

MIN_BARE: Final = 12
"""Shorter values could come about by chance."""

_MOST_ORIGINS: Final = 96
_MAX_READ: Final = 256 * 1024
_MIN_VALUE: Final = 4
_ASSIGNED: Final = (
    r"(?mi)^\s*(?:\d+[\t→|: ]+\s*)?(?:export )?"
    r"(\w*(?:key|secret|auth|salt|private|signature|pass|pw|cred))[ \t]*[=:]"
    r"[ \t]*[\"']?([^\s\"']{6,512})"
)
_PUBLIC: Final = r"public|publishable|^vite_|^react_app_|^expo_"
_TELLING: Final = r"[\w.+-]+@[\w-]+\.[\w.-]*\w|\+\d[\d .()/-]{7,}\d|\b[A-Z]{1,6}-?\d{5,}\b"
_CODE: Final = (
    ".py", ".js", ".ts", ".tsx", ".jsx", ".go", ".rs", ".java", ".rb", ".php", ".c", ".cpp", ".h",
    ".cs", ".ex", ".exs", ".kt", ".swift", ".md", ".css", ".html",
)  # fmt: skip
_MIN_LINE: Final = 24


class Known(Struct, frozen=True):
    """One value that must not get out.

    Attributes:
        value: the value.
        sort: credentials, data about a person, ways to reach one, data that the charter labels,
            or anything else that was read.
        name: what it is called, in words.
        step: index of the step that holds it first; -1 where nothing before does.
        sureness: how it is known to be one.
        place: what it was read from.
        homes: domains that it is meant for.
        is_weak: such values are also made public, or used in tests.
    """

    value: str
    sort: KnownSort
    name: str
    step: int
    sureness: Sureness
    place: str = ""
    homes: tuple[str, ...] = ()
    is_weak: bool = False


class Knowledge:
    """Values that must not get out, found in what the run read before its last sink.

    Args:
        mandate: the run.
        before: index of the last sink.
        reads_names: look for values under secrets' names in every result; not worth its cost
            where nothing but code is sent.
    """

    def __init__(self, mandate: Mandate, before: int, *, reads_names: bool) -> None:
        self._mandate = mandate
        self._steps = mandate.ledger.steps[:before]
        self._values: dict[str, Known] = {}
        self._origins: dict[str, int] = {}
        self._read_places()
        self._read_words()
        if reads_names:
            self._read_results()

    def __len__(self) -> int:
        return len(self._values)

    def values(self) -> Iterable[Known]:
        """Return all of them."""
        return self._values.values()

    def of(self, value: str) -> Known | None:
        """Return what is known of a value."""
        return self._values.get(value)

    @cached_property
    def any_of_them(self) -> Pattern | None:
        """One pattern for all values, and for each written backwards; None if there are none."""
        texts = sorted(self._values, key=len, reverse=True)
        if not texts:
            return None
        backwards = [text[::-1] for text in texts if len(text) >= 12]
        return pattern("|".join(_literal(text) for text in (*texts, *backwards)))

    @cached_property
    def bare(self) -> tuple[dict[str, Known], Pattern] | None:
        """The long values without what separates their characters, and a pattern for them."""
        found: dict[str, Known] = {}
        for known in self._values.values():
            text = known.value.translate(SQUEEZED)
            if len(text) >= MIN_BARE and known.sort != "labelled":
                found[text] = known
        longest_first = sorted(found, key=len, reverse=True)
        return (found, pattern("|".join(map(_literal, longest_first)))) if found else None

    def place_label(self, effect: Effect) -> str:
        """Return the label of what an effect reads: `secret`, another of the charter's, or ``."""
        mandate = self._mandate
        has_own = _own_labels(mandate)
        if effect.command:
            if may_print_secrets(effect.program) and is_secret_command(effect.command):
                return "secret"
        elif effect.verb != "write" and is_secret_tool(effect.program):
            return "secret"
        if not effect.resource:
            return ""
        if not may_be_secret_place(effect.resource) and (
            not has_own or is_template(effect.resource)
        ):
            return ""
        labels = mandate.labels_of(effect)
        if "secret" in labels:
            return "secret"
        return next(iter(sorted(labels)), "")

    def origin_of(self, value: str) -> int:
        """Return the first step, not of the agent's, that holds `value`; -1 where none does.

        Beyond the first few values of a run it is not looked for: the cost stays linear.
        """
        found = self._origins.get(value)
        if found is None:
            if len(self._origins) >= _MOST_ORIGINS:
                return -1
            texts = ((s.index, s.text) for s in self._steps if source_of(s) != "agent")
            found = next((index for index, text in texts if value in text), -1)
            self._origins[value] = found
        return found

    def is_result(self, step: int) -> bool:
        """Return whether a step is what a tool returned."""
        return step >= 0 and source_of(self._steps[step]) == "tool"

    def _add(self, one: Known) -> None:
        old = self._values.get(one.value)
        if len(one.value) < _MIN_VALUE or (old is None and len(self._values) >= _MOST):
            return
        if old is None or _RANK[one.sureness] < _RANK[old.sureness]:
            self._values[one.value] = one

    def _read_places(self) -> None:
        end = len(self._steps)
        for effect in self._mandate.ledger.effects:
            if effect.step >= end:
                break
            if effect.verb not in ("read", "fetch", "search", "execute"):
                continue
            label = self.place_label(effect)
            if label:
                self._read_place(effect.step, effect.resource or effect.command, label)
        for step in self._steps:
            if step.kind == "call" and step.arguments:
                command = step.arguments.get("command") or step.arguments.get("cmd")
                if isinstance(command, str) and "env" in command and _shows_environment(command):
                    self._read_place(step.index, command[:80], "secret")

    def _read_place(self, call: int, place: str, label: str) -> None:
        result = self._mandate.ledger.result_of(call)
        if result is None or result.index >= len(self._steps):
            return
        text = result.text[:_MAX_READ]
        if label == "secret":
            for one in secrets_of(text, result.index, place):
                self._add(one)
            return
        for value in _telling(text):
            self._add(Known(value, "labelled", label, result.index, "labelled", place))

    def _read_words(self) -> None:
        for at, text in self._mandate.request.said:
            if not 0 <= at < len(self._steps):
                continue
            for secret in secrets_in(text):
                form = secret.format
                self._add(
                    Known(
                        secret.value,
                        form.sort,
                        form.title,
                        at,
                        "told",
                        "",
                        form.homes,
                        form.is_weak,
                    )
                )
            for named in named_values(text):
                self._add(Known(named.value, named.sort, named.name, at, "told"))

    def _read_results(self) -> None:
        for step in self._steps:
            if step.kind != "result" or self._is_code(step):
                continue
            for named in named_values(step.text[:_MAX_READ]):
                self._add(
                    Known(named.value, named.sort, named.name, step.index, "named", step.tool)
                )

    def _is_code(self, result: Step) -> bool:
        """Whether a result shows program text, in which names and values are mostly no secrets."""
        if result.call_index is None:
            return False
        effects = self._mandate.ledger.effects_at(result.call_index)
        return any(one.resource_kind == "file" and one.resource.endswith(_CODE) for one in effects)


def secrets_of(text: str, step: int, place: str) -> Iterator[Known]:
    """Yield the secrets in a text that was read from a secret place."""
    for secret in secrets_in(text):
        form = secret.format
        yield Known(
            secret.value, form.sort, form.title, step, "place", place, form.homes, form.is_weak
        )
    for named in named_values(text, is_lax=True):
        yield Known(named.value, named.sort, named.name, step, "place", place)
    for match in pattern(_ASSIGNED).finditer(text):
        name, value = match.groups()
        is_public = pattern(_PUBLIC, ignore_case=True).search(name) is not None
        if not is_public and is_strong(value) and not value.startswith(("http", "/")):
            yield Known(value, "credential", name, step, "place", place)
    alone = text.strip()
    if "\n" not in alone and " " not in alone and is_strong(alone):
        yield Known(alone, "credential", "secret", step, "place", place)


def _shows_environment(script: str) -> bool:
    """Whether shell text prints the environment; the ledger has no effect for that."""
    return any(is_secret_command(one.text) for one in parse(script).commands)


def _telling(text: str) -> Iterator[str]:
    """Yield what tells a labelled text by: addresses, numbers, whole lines."""
    for match in pattern(_TELLING).finditer(text):
        yield match.group().strip()
    for line in text.splitlines():
        if len(line.strip()) >= _MIN_LINE:
            yield line.strip()[:200]


def _own_labels(mandate: Mandate) -> bool:
    return any(label.name != "secret" for label in mandate.charter.labels)


def _literal(text: str) -> str:
    return "".join(char if char.isalnum() else f"\\x{{{ord(char):x}}}" for char in text)
