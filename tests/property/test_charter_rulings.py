"""Compiled rulings are those of a plain evaluator that looks at every rule and all that was."""

from collections.abc import Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from trueline.charter import Charter, CharterRun, Ruling, compile_charter
from trueline.charter.model import Answer, Bound, Label, Rule, Selector
from trueline.charter.model import Sequence as SequenceRule
from trueline.ledger.model import Effect, ResourceKind, Verb

Happened = tuple[float, Effect]

VERBS: list[Verb] = ["read", "write", "delete", "send", "pay"]
KINDS: list[ResourceKind] = ["file", "message", "url"]
RESOURCES = [
    "src/a.py", "src/core/b.py", "a.py", ".env", "docs/x", "src/../.env", "/etc/passwd",
    "/repo/src/a.py", "kim@in.example", "lee@out.example", "https://in.example/x",
    "https://out.example/y", "", "src", "src/*",
]  # fmt: skip
GLOBS = ["src/**", "*.py", ".env", "/etc/**", "**/core/**", "src/*.py", "https://*/**", "**"]
PARTIES = ["inside", "outside", "unnamed", "*@in.example", "lee@*", "out.example"]


def matches(glob: str, path: str) -> bool:
    """Match a glob part by part, without any pattern engine."""
    if "://" not in glob and "/" not in glob and glob != "**":
        return part_matches(glob, path.rsplit("/", 1)[-1])
    if glob == "**":
        return True
    return parts_match(glob.split("/"), path.split("/"))


def parts_match(globs: list[str], parts: list[str]) -> bool:
    """Return whether parts of a path match parts of a glob; `**` is any number of parts."""
    if not globs:
        return not parts
    if globs[0] == "**":
        return any(parts_match(globs[1:], parts[n:]) for n in range(len(parts) + 1))
    return bool(parts) and part_matches(globs[0], parts[0]) and parts_match(globs[1:], parts[1:])


def part_matches(glob: str, part: str) -> bool:
    """Return whether one part matches a glob with stars."""
    if not glob:
        return not part
    if glob[0] == "*":
        return any(part_matches(glob[1:], part[n:]) for n in range(len(part) + 1))
    return bool(part) and glob[0] == part[0] and part_matches(glob[1:], part[1:])


def holds(place: str, glob: str) -> bool:
    """Return whether a place is a folder above what a glob means."""
    if "/" not in glob or "://" in glob or glob.startswith("**/"):
        return False
    parts = glob.split("/")
    above = ["/".join(parts[:count]) for count in range(1, len(parts)) if "**" not in parts[:count]]
    return place in ("/",) or any(part and matches_whole(part, place) for part in above)


def matches_whole(glob: str, path: str) -> bool:
    """Match a glob from the first part on, even one without a slash."""
    return parts_match(glob.split("/"), path.split("/"))


NORMAL = {"src/../.env": ".env", "/repo/src/a.py": "src/a.py"}
ADDRESS = {
    "kim@in.example": "kim@in.example", "lee@out.example": "lee@out.example",
    "https://in.example/x": "in.example", "https://out.example/y": "out.example",
}  # fmt: skip


def places(effect: Effect) -> list[str]:
    """Return the places of an effect as the plain evaluator sees them."""
    place = NORMAL.get(effect.resource, effect.resource)
    if effect.resource_kind != "file" and "://" not in effect.resource:
        place = effect.resource
    if effect.verb == "delete" and place.endswith("/*"):
        return [place, place[:-2]]
    return [place]


def address(effect: Effect) -> str:
    """Return the other side, `""` for none."""
    if effect.resource_kind == "file":
        return ""
    if effect.resource_kind == "url" and "://" not in effect.resource:
        return effect.resource.split("/")[0].rpartition("@")[2]
    return ADDRESS.get(effect.resource, effect.resource.lower())


def is_meant(one: Selector, effect: Effect, charter: Charter, *, is_may: bool) -> bool | None:
    """Return whether a selector means an effect, by looking at everything it says."""
    if one.verbs and effect.verb not in one.verbs:
        return False
    if one.kinds and effect.resource_kind not in one.kinds:
        return False
    takes_along = effect.verb == "delete" and not is_may
    if one.resources and not any(
        matches(glob, place) or (takes_along and holds(place, glob))
        for glob in one.resources
        for place in places(effect)
    ):
        return False
    if one.labels:
        globs = [glob for label in charter.labels for glob in label.resources]
        if not any(matches(glob, place) for glob in globs for place in places(effect)):
            return False
    if not one.to:
        return True
    party = address(effect)
    if not party:
        return True if "unnamed" in one.to else (None if is_may else False)
    side = "inside" if party.endswith("in.example") else "outside"
    return side in one.to or any(
        part_matches(glob, party) for glob in one.to if glob not in ("inside", "outside", "unnamed")
    )


def passed(bound: Bound, past: Sequence[Happened], now: float) -> bool | None:
    """Return whether a bound is passed by the last of the effects that count for it."""
    effect = past[-1][1]
    if bound.measure == "amount":
        return None if effect.amount is None else effect.amount > bound.value
    recent = [one for at, one in past if bound.window_s is None or at > now - bound.window_s]
    if bound.measure == "count":
        return len(recent) > bound.value
    if effect.amount is None:
        return None
    return sum(one.amount or 0.0 for one in recent) > bound.value + 1e-6


RANK: dict[Answer, int] = {"must_not": 0, "must_ask": 1, "may": 2}


def evaluate(charter: Charter, past: list[Happened]) -> tuple[Answer, str] | None:
    """Return what a charter says of the last effect of a run, from all of it."""
    now, effect = past[-1]
    found: list[tuple[int, int, int, str, Answer]] = []
    is_unsure = False
    for index, rule in enumerate(charter.rules):
        is_may = rule.answer == "may"
        counted = [
            one for one in past if is_meant(rule.selector, one[1], charter, is_may=is_may) is True
        ]
        meant = is_meant(rule.selector, effect, charter, is_may=is_may)
        if meant is not True:
            is_unsure = is_unsure or meant is None
            continue
        over = [passed(bound, counted, now) for bound in rule.bounds]
        if is_may and True not in over and None in over:
            is_unsure = True
            continue
        applies = True not in over if is_may else not over or True in over
        if applies:
            found.append((RANK[rule.answer], 0, index, rule.id, rule.answer))
    for index, one in enumerate(charter.sequences):
        stage = 0
        for _, before in past[:-1]:
            if stage < len(one.after) and is_meant(one.after[stage], before, charter, is_may=False):
                stage += 1
        if stage == len(one.after) and is_meant(one.then, effect, charter, is_may=False):
            found.append((RANK[one.answer], 1, index, one.id, one.answer))
    if found:
        best = min(found)
        return best[4], best[3]
    answer = dict(charter.otherwise).get(effect.verb)
    if answer is None or answer == "may":
        return None
    return ("must_ask" if is_unsure else answer), "otherwise"


def subsets(values: list[Any], most: int = 2) -> st.SearchStrategy[tuple[Any, ...]]:
    """Return a few of some values, mostly none."""
    return st.one_of(
        st.just(()), st.lists(st.sampled_from(values), unique=True, max_size=most).map(tuple)
    )


selectors = st.builds(
    Selector,
    verbs=subsets(list(VERBS)),
    resources=subsets(GLOBS),
    kinds=subsets(list(KINDS), 1),
    to=subsets(PARTIES),
    labels=st.sampled_from([(), (), ("secret",)]),
)
bounds = st.one_of(
    st.builds(Bound, measure=st.just("amount"), value=st.integers(0, 9).map(float)),
    st.builds(
        Bound,
        measure=st.sampled_from(["count", "sum"]),
        value=st.integers(1, 12).map(float),
        window_s=st.sampled_from([None, 5.0, 60.0]),
    ),
)
rules = st.builds(
    Rule,
    id=st.just(""),
    answer=st.sampled_from(["must_not", "must_ask", "may"]),
    selector=selectors,
    bounds=st.lists(bounds, max_size=2).map(tuple),
)
sequences = st.builds(
    SequenceRule,
    id=st.just(""),
    answer=st.sampled_from(["must_not", "must_ask"]),
    after=st.lists(selectors, min_size=1, max_size=2).map(tuple),
    then=selectors,
)


def charter_of(
    given_rules: list[Rule], given_sequences: list[SequenceRule], otherwise: Any
) -> Charter:
    """Return a charter whose rules have names."""
    return Charter(
        rules=tuple(replace(rule, id=f"r{n}") for n, rule in enumerate(given_rules)),
        sequences=tuple(replace(one, id=f"s{n}") for n, one in enumerate(given_sequences)),
        otherwise=tuple(otherwise.items()),
        inside=("*in.example",),
        labels=(Label(name="secret", resources=(".env", "**/core/**")),),
    )


charters = st.builds(
    charter_of,
    st.lists(rules, max_size=6),
    st.lists(sequences, max_size=2),
    st.dictionaries(st.sampled_from(VERBS), st.sampled_from(["may", "must_ask", "must_not"])),
)
effects = st.builds(
    Effect,
    step=st.just(0),
    verb=st.sampled_from(VERBS),
    resource=st.sampled_from(RESOURCES),
    resource_kind=st.sampled_from(KINDS),
    amount=st.one_of(st.none(), st.integers(0, 9).map(float)),
)
runs = st.lists(st.tuples(st.integers(0, 30), effects), max_size=8)


@settings(deadline=None)
@given(charters, runs)
def test_a_compiled_charter_rules_as_the_plain_evaluator(
    charter: Charter, run: list[tuple[int, Effect]]
) -> None:
    """Index, automata, windows and flags change what it costs, never what it says."""
    state = CharterRun(compile_charter(charter), "/repo")
    past: list[Happened] = []
    now = 0.0
    for pause, effect in run:
        now += pause
        past.append((now, effect))
        state.at(now)
        ruling = state.step(effect)
        wanted = evaluate(charter, past)
        assert (None if ruling is None else (ruling.answer, ruling.rule)) == wanted


@settings(deadline=None)
@given(charters, runs)
def test_what_is_withdrawn_leaves_no_trace(charter: Charter, run: list[tuple[int, Effect]]) -> None:
    """An effect that was refused fills no window and begins no sequence."""
    program = compile_charter(charter)
    with_refused, without = CharterRun(program, "/repo"), CharterRun(program, "/repo")
    now = 0.0
    for number, (pause, effect) in enumerate(run):
        now += pause
        with_refused.at(now)
        without.at(now)
        first = with_refused.step(effect)
        if number % 2:
            with_refused.withdraw()
        else:
            assert _said(first) == _said(without.step(effect))


def _said(ruling: Ruling | None) -> tuple[str, str] | None:
    return None if ruling is None else (ruling.answer, ruling.rule)
