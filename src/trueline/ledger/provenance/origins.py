"""Where a value in a call first appeared, and who brought it in.

The earliest step that holds a value is its origin.  A value that nothing before holds as it
stands may still be one: decoded (percent, base64, hex), or put together from parts that were
all seen.  Of parts, one from a tool decides before any other, then the one seen last, for
without it the value could not have been made.

A value that the agent itself spelled out before is looked for in its other spellings before
that, so that spelling it out does not hide where it came from.

**Covers** exact copies; case and white space; JSON and shell quoting; percent, base64 and hex
encoding on either side; parts of longer words; parts joined; numbers by value.
**Does not cover** paraphrase, translation, arithmetic, encryption and compression; values of
one or two characters and words such as `true`, of which nothing is claimed; phrases whose
rarest word stands in hundreds of earlier steps; parts of longer words once a quarter of a
billion characters of words were searched for such parts.
"""

from typing import Any, Final

from msgspec import Struct

from trueline.core.patterns import pattern
from trueline.ledger.model import Origin, OriginSource
from trueline.ledger.provenance.disguises import decoded, percent_decoded, unescaped
from trueline.ledger.provenance.index import FoundForm, WordIndex, leaf_texts, words_of
from trueline.ledger.provenance.numbers import canonical, numbers_in
from trueline.trajectory import Step, Trajectory

_COMMON: Final = frozenset(
    ("true", "false", "null", "none", "nil", "yes", "undefined", "nan", "all", "any", "off")
)
_AGENT: Final = Origin(source="agent")
_MIN_DIGITS: Final = 5
"""Digits that are looked for inside names too; fewer stand there by chance."""

_MAX_PARTS: Final = 12
_MAX_PHRASE: Final = 6
_MAX_JOINED: Final = 400
_MIN_PART: Final = 3
_QUOTE_BEFORE: Final = 40
_QUOTE_LENGTH: Final = 160
_PARTS: Final = r"[^\s/@:,;?&=#|<>()\[\]{}\"'`\\+]+"
_LOCAL_OUTPUT: Final = ("<local-command-stdout>", "<bash-stdout>", "<command-stdout>")
_SYSTEM_TAGS: Final = frozenset({"meta", "compaction", "hook", "interrupt"})


class _Found(Struct, frozen=True):
    step: int
    form: str
    place: int = -1


class Provenance:
    """Answers where values come from; nothing is computed until asked.

    Args:
        trajectory: the record.
    """

    def __init__(self, trajectory: Trajectory) -> None:
        self._steps = trajectory.steps
        self._index = WordIndex(trajectory.steps)
        self._numbers: dict[str, tuple[int, str]] = {}
        self._numbered = 0
        self._known: dict[str, tuple[int, Origin]] = {}

    def origins_of_call(self, step: int) -> dict[str, Origin]:
        """Return the origin of every scalar in the arguments of a call, by dotted path.

        Values of which nothing is claimed (short, common, true, null) are the agent's own.
        """
        arguments = self._steps[step].arguments or {}
        return {
            path: self.origin_of(value, step)
            for path, value in leaf_texts(arguments)
            if isinstance(value, str | int | float)
        }

    def origin_of(self, value: str | float, step: int) -> Origin:
        """Return where `value` first appeared before step `step`.

        Args:
            value: a value from the arguments of the call at `step`.
            step: index of the call.
        """
        if isinstance(value, bool):
            return _AGENT
        text = value if isinstance(value, str) else repr(value)
        known = self._known.get(text)
        if known is not None and known[0] < step:
            return known[1]
        found = self._found(text.strip(), step)
        if found is None:
            return _AGENT
        # The first step that holds a value is the first whichever later call asks.
        origin = self._named(found, text.strip())
        self._known[text] = (found.step, origin)
        return origin

    def first_step(self, value: str, step: int) -> int | None:
        """Return the first step before `step` that holds `value` as it stands, whoever speaks."""
        hit = self._index.find_part(value.strip(), step)
        return None if hit is None else hit.step

    def _found(self, text: str, step: int) -> _Found | None:
        number = canonical(text)
        if number:
            found = self._find_number(number, step) if len(number) > 1 else None
            if found is not None or len(text) < _MIN_DIGITS:
                return found
        elif len(text) <= 2 or text.lower() in _COMMON:
            return None
        return self._find(text, step)

    def _find(self, text: str, step: int) -> _Found | None:
        plain = self._plain(text, step)
        if plain is not None and not self._is_agents(plain.step):
            return plain
        # Not seen as it stands, or first spelled out by the agent itself.
        bound = step if plain is None else plain.step
        return self._disguised(text, bound) or plain

    def _plain(self, text: str, step: int) -> _Found | None:
        hit = self._index.find(text, step)
        return None if hit is None else _Found(hit.step, hit.form, hit.place)

    def _disguised(self, text: str, step: int) -> _Found | None:
        for inner, form in _meanings(text):
            hit = self._index.find(inner, step)
            if hit is not None and not self._is_agents(hit.step):
                return _Found(hit.step, form)
        if len(text) > _MAX_JOINED:
            return None
        for version in dict.fromkeys((text, percent_decoded(text) or text)):
            joined = self._joined(version, step)
            if joined is not None:
                return joined
        return None

    def _joined(self, text: str, step: int) -> _Found | None:
        """Return where a value was put together, if every part of it was seen."""
        spans = [
            (match.start(), match.end())
            for match in pattern(_PARTS).finditer(text)
            if any(char.isalnum() for char in match.group())
        ]
        words = text.split()
        is_phrase = len(words) > 1
        if is_phrase and not all(map(_is_name, words)):
            return None
        if not 2 <= len(spans) <= (_MAX_PHRASE if is_phrase else _MAX_PARTS):
            return None
        parts: list[tuple[str, _Found]] = []
        at = 0
        while at < len(spans):
            found, after = self._longest(text, spans, at, step)
            if found is None:
                return None
            parts.append((text[spans[at][0] : spans[after - 1][1]], found))
            at = after
        if len(parts) < 2:
            return None
        return self._deciding(parts)

    def _deciding(self, parts: list[tuple[str, _Found]]) -> _Found | None:
        """Return the part that says most of where the whole was made."""
        sources = [source_of(self._steps[found.step]) for _, found in parts]
        if "agent" in sources and "tool" not in sources:
            return None
        weighed = [
            ((_is_telling(part), source == "tool", found.step), found)
            for (part, found), source in zip(parts, sources, strict=True)
            if source != "agent"
        ]
        found = max(weighed, key=lambda pair: pair[0])[1]
        return _Found(found.step, "joined", found.place)

    def _longest(
        self, text: str, spans: list[tuple[int, int]], at: int, step: int
    ) -> tuple[_Found | None, int]:
        """Return the longest run of parts from `at` that stands together in one step."""
        best: _Found | None = None
        after = at + 1
        for end in range(at + 1, len(spans) + (at > 0)):
            part = text[spans[at][0] : spans[end - 1][1]]
            if len(part) < _MIN_PART:
                continue
            found = self._part(part, step)
            if found is None:
                break
            best, after = found, end
        return best, after

    def _part(self, part: str, step: int) -> _Found | None:
        hit = self._index.find_part(part, step)
        if hit is not None:
            return _Found(hit.step, hit.form, hit.place)
        for inner, form in _meanings(part):
            inner_hit = self._index.find_part(inner, step)
            if inner_hit is not None:
                return _Found(inner_hit.step, form)
        return None

    def _find_number(self, number: str, step: int) -> _Found | None:
        self._index.grow(step)
        while self._numbered < step:
            index = self._numbered
            for spelling, written in numbers_in(self._index.text(index)).items():
                self._numbers.setdefault(spelling, (index, written))
            self._numbered += 1
        found = self._numbers.get(number)
        if found is None or found[0] >= step:
            return None
        return _Found(found[0], "exact", self._index.text(found[0]).find(found[1]))

    def _is_agents(self, index: int) -> bool:
        return source_of(self._steps[index]) == "agent"

    def _named(self, found: _Found, text: str) -> Origin:
        step = self._steps[found.step]
        source = source_of(step)
        if source == "agent":
            return Origin(source="agent", form=found.form)
        said = self._index.text(found.step)
        place = found.place if found.place >= 0 else max(said.lower().find(text.lower()), 0)
        start = max(place - _QUOTE_BEFORE, 0)
        return Origin(
            source=source,
            step=found.step,
            tool=step.tool if source == "tool" else "",
            form=found.form,
            quote=said[start : start + _QUOTE_LENGTH],
        )


def _is_name(word: str) -> bool:
    """Whether a word of a phrase names something: any sentence is made of words once seen."""
    return not word.isalpha() or not word.islower()


def _is_telling(part: str) -> bool:
    """Whether a part says where a value was made; times and the like stand everywhere."""
    return any(char.isalpha() for char in part) or len(part) > 8


def source_of(step: Step) -> OriginSource:
    """Return who speaks in a step, as far as trust is concerned.

    What the host puts into the conversation in the user's name is the system's; output that
    a user's local command printed is too, for the user need not have read it.
    """
    if step.kind == "result" or step.actor == "tool" or step.tag == "subagent_report":
        return "tool"
    if step.actor == "agent":
        return "agent"
    if step.actor == "user" and step.tag not in _SYSTEM_TAGS:
        is_output = step.tag == "command" and any(mark in step.text for mark in _LOCAL_OUTPUT)
        return "system" if is_output else "user"
    return "system"


def _meanings(text: str) -> list[tuple[str, FoundForm]]:
    """Return what `text` says if it is an encoding or a quotation of something."""
    found: list[tuple[str, Any]] = []
    plain = percent_decoded(text)
    if plain and plain != text:
        found.append((plain.strip(), "url"))
    if " " not in text and len(text) >= 8:
        inner = decoded(text)
        if inner is not None:
            found.append((inner[0].strip(), inner[1]))
    bare = unescaped(text).strip("\"'` ")
    if bare != text and len(bare) > 2:
        found.append((bare, "quoted"))
    return [(value, form) for value, form in found if len(value) > 2 and words_of(value)]
