"""The calls of a run that do something in the world, each with what came of it in plain words."""

from bisect import bisect_left
from collections.abc import Iterable
from contextlib import suppress
from functools import cached_property, lru_cache
from typing import Any, Final, Literal

from msgspec import Struct

from trueline.core.patterns import pattern
from trueline.ledger import Ledger
from trueline.ledger.inference import name_words
from trueline.ledger.model import CHECK_VERBS, Effect, Outcome, Verb
from trueline.monitors.deception.record.words import strings_of
from trueline.trajectory import Step

Sign = Literal["done", "failed", "pending", "unknown"]

QUIET: Final[frozenset[Verb]] = frozenset({"read", "search", "fetch", "plan", "ask", "finish"})
"""Verbs of calls that change nothing."""

_HOST_VERBS: Final = CHECK_VERBS | {"plan", "finish", "ask", "fetch", "delegate", "stop"}
_AT_HAND: Final = frozenset({"file", "url", "process", "repository", "package"})
"""What tools for code look at, too."""

_AMOUNT_KEYS: Final = frozenset(
    ("amount", "total", "price", "sum", "value", "refund", "payment", "cost", "fee", "fare")
)
_DEEP: Final = 6
_FAR: Final = 300
_LONG: Final = 4000
_HEAD: Final = 300
_FAILED: Final = pattern(
    r"(?i)^<\w+[^>]{0,40}\berror\b|^[\s\pP]*(?:error\b|sold out|out of stock|err:|failed\b|failure"
    r"|unable|could(?: no|n')t|can(?:no|')t|invalid\b|(?:access|permission|request) denied"
    r"|forbidden"
    r"|not found|no such|insufficient|unauthori[sz]ed|timed? ?out|undeliver\w+|bounced"
    r"|operation failed"
    r"|fehler|fehlgeschlagen|échec|erreur|fallo|失败|错误"
    r"|(?:the )?(?:your )?(?:[\w-]+ ){0,3}(?:was|were|is|has been|could|did|does)(?: not|n't|"
    r" rejected| denied| declined| refused| blocked| failed)\b"
    r"|(?:the )?(?:[\w-]+ ){1,3}(?:failed|declined|denied|rejected|refused|bounced)\b)"
)
_WAITS: Final = pattern(
    r"(?i)\b(?:drafts?|pending|await(?:s|ing)|on[ -]hold|held|under review|in review|not yet"
    r"|entwurf"
    r"|ausstehend|borrador|pendiente|brouillon|en attente|moving|in motion|en[ -]?route|in transit"
    r"|navigating|in progress|stuck|stalled|obstructed|jammed|fährt|en movimiento|en mouvement"
    r"|(?:requires?|needs?) (?:\w+ )?(?:approval|confirmation|review)"
    r"|approval (?:required|needed)|wait[ -]?list\w*)\b|草稿|待审批|待批准|待处理|移动中"
)
_STATUS_KEYS: Final = frozenset(
    ("status", "state", "result", "outcome", "delivery_status", "order_status", "payment_status",
     "refund_status", "approval_status", "motion", "delivery")
)  # fmt: skip
_BAD: Final = frozenset(
    (
        "failed", "failure", "error", "denied", "declined", "rejected", "refused", "bounced",
        "undelivered", "undeliverable", "blocked", "aborted", "expired", "invalid", "not_sent",
        "not_found", "forbidden", "timeout",
    )
)  # fmt: skip


class WorldCall(Struct, frozen=True, gc=False):
    """One call that may have changed something.

    Attributes:
        step: index of the call.
        tool: its tool's name.
        words: words of that name, or of the command of a shell call.
        verbs: what it does.
        keys: words in the names of its arguments.
        said: the text of its arguments, and their numbers.
        sums: the numbers that stand under the name of a sum among them.
        shown: the beginning of its result.
        result: index of the result, None where none is recorded.
        sign: what came of it.
        quote: words of the result that say so, empty where it did not fail or wait.
        is_shell: a command in a shell.
        is_known: its verbs are certain, or plain in its name.
        items: how many things it was done to at once, 0 where that can't be told.
    """

    step: int
    tool: str
    words: frozenset[str]
    verbs: frozenset[Verb]
    keys: frozenset[str]
    said: str
    shown: str
    result: int | None
    sign: Sign
    quote: str
    is_shell: bool
    is_known: bool
    items: int
    sums: frozenset[float] = frozenset()


class World:
    """The calls of one ledger that change something outside the files at hand."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    @cached_property
    def calls(self) -> tuple[WorldCall, ...]:
        """Every such call, in order."""
        return tuple(self._read())

    def before(self, step: int) -> tuple[WorldCall, ...]:
        """Return the last few hundred calls before a step."""
        end = bisect_left(self.calls, step, key=lambda call: call.step)
        return self.calls[max(0, end - _FAR) : end]

    @cached_property
    def is_here(self) -> bool:
        """Whether the run has tools other than shells and editors of files."""
        steps = {
            effect.step
            for effect in self._ledger.effects
            if not effect.command
            and effect.verb not in _HOST_VERBS
            and (effect.resource_kind not in _AT_HAND or effect.verb not in QUIET)
        }
        return bool(steps) and not steps.issubset(edit.step for edit in self._ledger.edits)

    @cached_property
    def has_code(self) -> bool:
        """Whether files were edited or shells used."""
        return bool(self._ledger.edits) or any(effect.command for effect in self._ledger.effects)

    def tool_words(self, tool: str) -> frozenset[str]:
        """Return the words in the name of a tool."""
        return _words_in(tool)

    def words_of(self, step: Step) -> frozenset[str]:
        """Return the words in the names of a call's tool and of its arguments."""
        found = _words_in(step.tool)
        for key in step.arguments or {}:
            found |= _words_in(key)
        return found

    def _read(self) -> Iterable[WorldCall]:
        pairs: dict[int, list[tuple[Effect, Outcome]]] = {}
        for effect, outcome in zip(self._ledger.effects, self._ledger.outcomes, strict=True):
            if effect.verb not in QUIET and effect.verb not in CHECK_VERBS:
                pairs.setdefault(effect.step, []).append((effect, outcome))
        for step, found in pairs.items():
            yield self._call(self._ledger.steps[step], found)

    def _call(self, step: Step, found: list[tuple[Effect, Outcome]]) -> WorldCall:
        result = self._ledger.result_of(step.index)
        shown = result.text[:_LONG] if result is not None else ""
        is_shell = bool(found[0][0].command)
        said = found[0][0].command if is_shell and len(found) == 1 else text_of(step.arguments)
        sign, quote = _sign_of([outcome for _, outcome in found], shown, is_shell=is_shell)
        keys: set[str] = set()
        for key in step.arguments or {}:
            keys.update(_words_in(key))
        is_guess = any(effect.is_inferred and not effect.command for effect, _ in found)
        return WorldCall(
            step=step.index,
            tool=step.tool,
            words=_words_in(said if is_shell else step.tool),
            verbs=frozenset(effect.verb for effect, _ in found),
            keys=frozenset(keys),
            said=said[:_LONG],
            shown=shown,
            result=None if result is None else result.index,
            sign="unknown" if result is None else sign,
            quote=quote,
            is_shell=is_shell,
            is_known=not (is_guess and any(e.verb == "execute" for e, _ in found)),
            items=_items(step.arguments or {}, is_shell=is_shell),
            sums=frozenset(_sums_in(step.arguments or {})),
        )


@lru_cache(maxsize=2048)
def _words_in(name: str) -> frozenset[str]:
    return frozenset(name_words(name))


def _sums_in(value: Any, depth: int = 0, *, is_sum: bool = False) -> Iterable[float]:
    """Yield the numbers under the name of a sum: `payment_id` and dates are none."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _sums_in(item, depth + 1, is_sum=bool(_words_in(key) & _AMOUNT_KEYS))
    elif isinstance(value, list) and depth <= _DEEP:
        for item in value:
            yield from _sums_in(item, depth + 1, is_sum=is_sum)
    elif is_sum and isinstance(value, (int, float, str)) and not isinstance(value, bool):
        with suppress(ValueError):
            yield abs(float(value))


def text_of(value: Any, depth: int = 0) -> str:
    """Return all text and numbers inside arguments, a line each."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None or depth > 6:
        return ""
    if isinstance(value, (int, float)):
        return f"{value:.10g}" if isinstance(value, float) else str(value)
    if isinstance(value, dict):
        return "\n".join(text_of(item, depth + 1) for item in value.values())
    if isinstance(value, list):
        return "\n".join(text_of(item, depth + 1) for item in value)
    return strings_of(value)


def _items(arguments: dict[str, Any], *, is_shell: bool) -> int:
    """Return to how many things a call was done: the length of its one list, else 1."""
    if is_shell:
        return 0
    lists = [len(value) for value in arguments.values() if isinstance(value, list) and value]
    if any(isinstance(value, dict) for value in arguments.values()):
        return 0
    texts = [value for value in arguments.values() if isinstance(value, str)]
    if any(text.count("@") > 1 or text.count(",") > 2 for text in texts if len(text) < _LONG):
        return 0
    return max(lists, default=1)


def _sign_of(outcomes: list[Outcome], shown: str, *, is_shell: bool) -> tuple[Sign, str]:
    """Return what came of a call, and the words of its result that say so where it is not done."""
    statuses = {outcome.status for outcome in outcomes}
    if "failed" in statuses:
        quote = next((o.quote for o in outcomes if o.status == "failed" and o.quote), "")
        return "failed", quote
    if is_shell:
        return ("unknown" if "unknown" in statuses else "done"), ""
    return sign_in(shown)


@lru_cache(maxsize=512)
def sign_in(shown: str) -> tuple[Sign, str]:
    """Return what the result of a tool says came of its call, and the words that say so."""
    for key, value, quote in statuses_in(shown):
        low = value.lower().replace(" ", "_").replace("-", "_")
        if low in _BAD:
            return "failed", quote
        if key in _STATUS_KEYS and _WAITS.search(value.replace("_", " ")) is not None:
            return "pending", quote
    head = shown.strip()[:_HEAD].partition("\n")[0]
    if head[:1] in "{[" and head:
        return "done", ""
    if _FAILED.search(head) is not None:
        return "failed", head
    if _WAITS.search(head) is not None:
        return "pending", head
    return "done", ""


_FIELD: Final = pattern(
    r"[\"']?\b([A-Za-z_]{2,30})[\"']?\s*[:=]\s*[\"']?([A-Za-z][A-Za-z _-]{1,40}[A-Za-z])[\"']?"
    r"(?:\s*[,}\n\]]|$)"
)
_FIELD_MARKS: Final = ("stat", "result", "motion", "outcome", "deliver")


def statuses_in(shown: str) -> list[tuple[str, str, str]]:
    """Return the fields of a result that say how things stand: key, value, and the words."""
    if not any(mark in shown for mark in _FIELD_MARKS):
        return []
    found: list[tuple[str, str, str]] = []
    for match in _FIELD.finditer(shown[:_LONG]):
        key = match.group(1).lower()
        if key in _STATUS_KEYS:
            quote = match.group().rstrip(",}]\n ").strip()
            found.append((key, match.group(2).strip(), quote))
    return found
