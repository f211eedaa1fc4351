"""The shape of a charter file, as pydantic checks it.

Single words stand for lists of one, so that `effect: pay` and `effect: [pay]` are the same.
Whatever is not named here does not load.
"""

from collections.abc import Callable
from difflib import get_close_matches
from typing import Annotated, Any, Final, Literal, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
)

from trueline.charter.model import Bound, default_charter
from trueline.charter.reading.examples import moments_of
from trueline.charter.rules.globs import MAX_GLOB
from trueline.charter.rules.phrases import amount_of, bound_of, span_of
from trueline.core.patterns import pattern
from trueline.ledger.model import VERBS, ResourceKind

_KINDS: Final[tuple[str, ...]] = get_args(ResourceKind)
_GROUPS: Final = tuple(one.group for one in default_charter().protected)
_MAX_PATTERN: Final = 2_000


def nearest(word: str, allowed: tuple[str, ...]) -> str:
    """Return the hint for a word that is none of `allowed`."""
    near = get_close_matches(word, allowed, 1, 0.6)
    return f"did you mean `{near[0]}`?" if near else f"one of: {', '.join(allowed)}"


def _listed(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


def _word_of(allowed: tuple[str, ...], what: str) -> Callable[[str], str]:
    def check(word: str) -> str:
        if word not in allowed:
            raise ValueError(f"`{word}` is no {what}; {nearest(word, allowed)}")
        return word

    return check


def _label(word: str, info: ValidationInfo) -> str:
    """Refuse a label that the file does not declare; the context of the validation says which."""
    declared: tuple[str, ...] = info.context["labels"] if info.context else (word,)
    if word not in declared:
        hint = nearest(word, declared)
        raise ValueError(f"`{word}` is not declared; declare it under `labels`, or {hint}")
    return word


def _example(lines: list[str]) -> list[str]:
    if not lines:
        raise ValueError("an example without lines; remove it")
    moments_of(lines)
    return lines


def _money(bounds: list[Bound]) -> list[Bound]:
    if any(one.measure == "count" for one in bounds):
        raise ValueError("a sum of money is meant; write `spend: 50 EUR`")
    return bounds


def _glob(glob: str) -> str:
    if not glob.strip():
        raise ValueError("an empty glob matches nothing; remove it, or write `**` for everything")
    if len(glob) > MAX_GLOB:
        raise ValueError(f"a glob of {len(glob)} characters; at most {MAX_GLOB}")
    if any(char < " " for char in glob):
        raise ValueError("a glob with a control character matches nothing; remove it")
    return glob


def _resource_glob(glob: str) -> str:
    _glob(glob)
    if "://" not in glob and (".." in glob.split("/") or "//" in glob):
        raise ValueError(
            f"`{glob}` can never match, for paths are compared without `..` and `//`; "
            "write the path that is meant"
        )
    return glob


def _pattern(source: str) -> str:
    if len(source) > _MAX_PATTERN:
        raise ValueError(f"a pattern of {len(source)} characters; at most {_MAX_PATTERN}")
    pattern(source)
    return source


def _span(text: Any) -> float:
    return span_of(str(text))


def _bound(text: Any) -> Bound:
    return bound_of(str(text))


def _count(value: Any) -> int:
    try:
        number, unit = amount_of(str(value))
    except ValueError:
        number, unit = 0.0, ""
    if unit or number < 1 or number != int(number):
        raise ValueError(f"`{value}` is no whole number from 1 on; write `500`, `20k` or `2M`")
    return int(number)


def _folder(path: str) -> str:
    if not path.startswith("/"):
        raise ValueError(f"`{path}` is not absolute; write the folder from `/` on")
    return path


def _lines(value: Any) -> Any:
    """Let one line stand for a list of one, in a list of examples."""
    return [item if isinstance(item, list) else [item] for item in _listed(value)]


def _as(key: str) -> BeforeValidator:
    """Let a word or a list stand for a mapping with `key` alone."""

    def convert(value: Any) -> Any:
        return value if isinstance(value, dict) else {key: value}

    return BeforeValidator(convert)


Verbs = Annotated[
    list[Annotated[str, AfterValidator(_word_of((*VERBS, "any"), "effect"))]],
    Field(min_length=1),
    BeforeValidator(_listed),
]
Kinds = Annotated[
    list[Annotated[str, AfterValidator(_word_of(_KINDS, "kind of resource"))]],
    BeforeValidator(_listed),
]
ResourceGlobs = Annotated[
    list[Annotated[str, AfterValidator(_resource_glob)]], BeforeValidator(_listed)
]
WordGlobs = Annotated[list[Annotated[str, AfterValidator(_glob)]], BeforeValidator(_listed)]
Bounds = Annotated[list[Annotated[Bound, BeforeValidator(_bound)]], BeforeValidator(_listed)]
Labels = Annotated[list[Annotated[str, AfterValidator(_label)]], BeforeValidator(_listed)]
ExampleLists = Annotated[
    list[Annotated[list[str], AfterValidator(_example)]], BeforeValidator(_lines)
]
Groups = Annotated[
    list[Annotated[str, AfterValidator(_word_of(_GROUPS, "group"))]], BeforeValidator(_listed)
]
AnswerWord = Literal["may", "must_ask", "must_not"]


OtherwiseWord = Annotated[str, AfterValidator(_word_of((*VERBS, "default", "any"), "effect"))]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)


class SelectorPart(_Part):
    """Which effects."""

    effect: Verbs
    resource: ResourceGlobs = []
    kind: Kinds = []
    to: WordGlobs = []
    program: WordGlobs = []
    command: WordGlobs = []
    via: WordGlobs = []
    label: Labels = []
    reversible: bool | None = None


class ExamplesPart(_Part):
    """Lines that show when a rule speaks, and when not."""

    fires: ExampleLists = []
    holds: ExampleLists = []


class MayPart(SelectorPart):
    """A rule under `may`."""

    id: str = ""
    up_to: Bounds = []
    why: str = ""
    examples: ExamplesPart = ExamplesPart()


class MustPart(SelectorPart):
    """A rule under `must_ask` or `must_not`."""

    id: str = ""
    over: Bounds = []
    why: str = ""
    examples: ExamplesPart = ExamplesPart()


class SequencePart(_Part):
    """A sequence."""

    id: str = ""
    after: Annotated[list[SelectorPart], Field(min_length=1), BeforeValidator(_listed)]
    never: SelectorPart | None = None
    ask: SelectorPart | None = None
    until: SelectorPart | None = None
    why: str = ""
    examples: ExamplesPart = ExamplesPart()


class PartiesPart(_Part):
    """Who is on one's own side."""

    inside: WordGlobs = []


class LabelPart(_Part):
    """What bears a label."""

    resource: ResourceGlobs = []
    pattern: Annotated[
        list[Annotated[str, AfterValidator(_pattern)]], BeforeValidator(_listed)
    ] = []


class SourcesPart(_Part):
    """Sources of one trust."""

    tool: WordGlobs = []
    server: WordGlobs = []
    resource: ResourceGlobs = []


class TrustPart(_Part):
    """Sources by trust."""

    trusted: SourcesPart = SourcesPart()
    local: SourcesPart = SourcesPart()
    untrusted: SourcesPart = SourcesPart()


class ProtectedPart(_Part):
    """What guards the rest."""

    resource: ResourceGlobs = []
    group: Groups = []
    answer: Literal["must_ask", "must_not"] = "must_not"


class LimitsPart(_Part):
    """Limits of a whole run."""

    steps: Annotated[int, BeforeValidator(_count)] | None = None
    wall_time: Annotated[float, BeforeValidator(_span)] | None = None
    tokens: Annotated[int, BeforeValidator(_count)] | None = None
    spend: Annotated[Bounds, AfterValidator(_money)] = []


class CharterPart(_Part):
    """The whole file."""

    version: Literal[1]
    name: str = ""
    objective: str = ""
    workspace: Annotated[
        list[Annotated[str, AfterValidator(_folder)]], BeforeValidator(_listed)
    ] = []
    parties: PartiesPart = PartiesPart()
    labels: dict[str, Annotated[LabelPart, _as("resource")]] = {}
    trust: TrustPart = TrustPart()
    protected: Annotated[ProtectedPart, _as("resource")] = ProtectedPart()
    limits: LimitsPart = LimitsPart()
    may: list[MayPart] = []
    must_ask: list[MustPart] = []
    must_not: list[MustPart] = []
    otherwise: Annotated[dict[OtherwiseWord, AnswerWord], _as("default")] = {}
    sequences: list[SequencePart] = []
    on_failure: Literal["closed", "open"] = "closed"
