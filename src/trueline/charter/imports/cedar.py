"""Cedar policies, as a charter (extra `cedar`).

    permit(principal, action == Action::"pay", resource) when { context.amount <= 50 };
    forbid(principal, action, resource) when { resource.path like "infra/*" };

Actions are effects by name (`Action::"pay"`) or tools (`Action::"send_money"`).  Of conditions,
comparisons of `context.amount` with a number, of `context.unit` with a text, and `==` or `like`
of a resource's, recipient's or command's text are understood.  What Cedar does not permit it
denies, and so does the charter.

A `permit` with anything else is left out; for a `forbid`, all that it may mean is to be asked for.

Source:
    https://docs.cedarpolicy.com/policies/json-format.html
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from trueline.charter.imports.model import Collected, Imported, everywhere
from trueline.charter.model import Answer, Bound, Selector
from trueline.charter.rules.globs import MAX_GLOB
from trueline.charter.rules.phrases import normal_unit
from trueline.core.display import one_line
from trueline.errors import CharterError, MissingExtraError
from trueline.ledger.model import VERBS, Verb

_AMOUNTS: Final = frozenset({"amount", "total", "price"})
_UNITS: Final = frozenset({"unit", "currency"})
_FIELDS: Final[dict[str, str]] = {
    "path": "resources", "name": "resources", "id": "resources", "url": "resources",
    "file_path": "resources", "to": "to", "recipient": "to", "domain": "to", "host": "to",
    "command": "commands",
}  # fmt: skip
_OPPOSITE: Final = {"<=": ">", "<": ">=", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
_WILD: Final = frozenset("*?{}")


class _UnmappableError(Exception):
    """A part of a policy has no equal in a charter."""


def import_cedar(text: str, name: str) -> Imported:
    """Return the charter of a set of policies.

    Raises:
        MissingExtraError: the package that reads Cedar is not installed.
        CharterError: the text is no set of Cedar policies.
    """
    found = Collected()
    for key, policy in _policies(text, name).items():
        shown = f"policy `{one_line(policy.get('annotations', {}).get('id', key), 80)}`"
        _policy(policy, shown, found)
    return found.charter(name, everywhere("must_not"))


def _policies(text: str, name: str) -> dict[str, Any]:
    try:
        import cedarpy  # an optional extra  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError(
            "reading Cedar needs the extra `cedar`: pip install 'trueline[cedar]'"
        ) from error
    try:
        policies = json.loads(cedarpy.policies_to_json_str(text))
    except ValueError as error:
        raise CharterError(f"{name}: no Cedar policies: {error}") from error
    if policies.get("templates"):
        raise CharterError(f"{name}: templates have no equal; write the policies out")
    return dict(policies["staticPolicies"])


def _policy(policy: Mapping[str, Any], shown: str, found: Collected) -> None:
    answer: Answer = "may" if policy["effect"] == "permit" else "must_not"
    parts: dict[str, tuple[str, ...]] = {}
    bounds: list[Bound] = []
    lost = list(_scope(policy, parts))
    unit = ""
    for condition in policy["conditions"]:
        is_unless = condition["kind"] == "unless"
        try:
            for test in _tests(condition["body"], is_unless=is_unless):
                said = _unit_of(test)
                unit = said or unit
                if not said:
                    _take(test, answer, parts, bounds)
        except _UnmappableError as error:
            lost.append(f"{condition['kind']} {error}")
    if lost:
        fate = "left out" if answer == "may" else "what it may mean is asked for"
        found.leave(shown, f"no equal for {'; '.join(lost)}; {fate}")
        if answer == "may":
            return
        answer = "must_ask"
    bounds = [Bound(measure="amount", value=one.value, unit=unit) for one in bounds]
    for selector in _selectors(policy, parts):
        found.add(answer, selector, f"Cedar {shown}", tuple(bounds))


def _scope(policy: Mapping[str, Any], parts: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """Take over principal and resource; yield what has no equal."""
    if policy["principal"]["op"] != "All":
        yield "the principal: a charter is one agent's"
    resource = policy["resource"]
    if resource["op"] == "==" and "entity" in resource:
        try:
            parts["resources"] = (_literal(resource["entity"]["id"], "resources"),)
        except _UnmappableError as error:
            yield f"the resource: {error}"
    elif resource["op"] != "All":
        yield "the resource's type or place in a hierarchy"
    action = policy["action"]
    if action["op"] not in ("All", "==", "in"):
        yield "the action"


def _selectors(
    policy: Mapping[str, Any], parts: Mapping[str, tuple[str, ...]]
) -> Iterator[Selector]:
    """Yield a selector for the actions that are effects, and one for those that are tools."""
    action = policy["action"]
    entities = action.get("entities") or ([action["entity"]] if "entity" in action else [])
    names = [str(entity["id"]) for entity in entities]
    if not names:
        yield _selector(parts)
        return
    verbs: tuple[Verb, ...] = tuple(
        verb for verb in VERBS if verb in {name.lower() for name in names}
    )
    tools = tuple(name for name in names if name.lower() not in VERBS)
    if verbs:
        yield Selector(
            verbs=verbs,
            resources=parts.get("resources", ()),
            to=parts.get("to", ()),
            commands=parts.get("commands", ()),
        )
    if tools:
        yield _selector(parts, tools)


def _selector(parts: Mapping[str, tuple[str, ...]], tools: tuple[str, ...] = ()) -> Selector:
    return Selector(
        resources=parts.get("resources", ()),
        to=parts.get("to", ()),
        commands=parts.get("commands", ()),
        programs=tuple("".join("?" if char in _WILD else char for char in name) for name in tools),
    )


def _tests(body: Mapping[str, Any], *, is_unless: bool) -> Iterator[tuple[str, Any]]:
    """Yield the comparisons of a condition that is a chain of `&&`, turned round for `unless`."""
    operator, inner = next(iter(body.items()))
    if operator == "&&" and not is_unless:
        yield from _tests(inner["left"], is_unless=False)
        yield from _tests(inner["right"], is_unless=False)
        return
    if operator == "||" and is_unless:
        yield from _tests(inner["left"], is_unless=True)
        yield from _tests(inner["right"], is_unless=True)
        return
    if operator == "!":
        yield from _tests(inner["arg"], is_unless=not is_unless)
        return
    if is_unless:
        if operator not in _OPPOSITE:
            raise _UnmappableError(f"`{operator}` turned round")
        operator = _OPPOSITE[operator]
    yield operator, inner


def _unit_of(test: tuple[str, Any]) -> str:
    """Return the unit that a comparison names, `""` for another comparison."""
    operator, inner = test
    if operator != "==" or _attribute(inner.get("left")) not in _UNITS:
        return ""
    value = inner["right"].get("Value")
    if not isinstance(value, str) or not value.isalpha():
        raise _UnmappableError("a unit that is no word")
    return normal_unit(value)


def _take(
    test: tuple[str, Any],
    answer: Answer,
    parts: dict[str, tuple[str, ...]],
    bounds: list[Bound],
) -> None:
    """Take over one comparison."""
    operator, inner = test
    name = _attribute(inner.get("left"))
    if name in _AMOUNTS and operator in ("<=", "<", ">", ">="):
        bounds.append(_bound(operator, inner["right"].get("Value"), answer))
        return
    field = _FIELDS.get(name)
    if field is None or field in parts or operator not in ("==", "like"):
        raise _UnmappableError(f"`{name or operator}` with `{operator}`")
    if operator == "==":
        value = inner["right"].get("Value")
        if not isinstance(value, str):
            raise _UnmappableError(f"`{name}` compared with no text")
        parts[field] = (_literal(value, field),)
        return
    parts[field] = (_like(inner["pattern"], field),)


def _bound(operator: str, value: Any, answer: Answer) -> Bound:
    """Return the bound of a whole number: `may` is up to it, `must_not` over it."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise _UnmappableError("an amount compared with no number")
    if answer == "may" and operator in ("<=", "<"):
        most = value if operator == "<=" else value - 1
    elif answer == "must_not" and operator in (">", ">="):
        most = value if operator == ">" else value - 1
    else:
        raise _UnmappableError(f"an amount with `{operator}`")
    if most < 0:
        raise _UnmappableError("an amount below nothing")
    return Bound(measure="amount", value=float(most))


def _attribute(value: Any) -> str:
    """Return the last name of `context.x`, `context.input.x`, `resource.x`; `""` for others."""
    if not isinstance(value, Mapping) or "." not in value:
        return ""
    inner = value["."]
    root = inner["left"]
    while isinstance(root, Mapping) and "." in root:
        root = root["."]["left"]
    is_known = isinstance(root, Mapping) and root.get("Var") in ("context", "resource")
    return str(inner["attr"]) if is_known else ""


def _literal(value: str, field: str) -> str:
    """Return a glob that means just `value`."""
    if not value or len(value) > MAX_GLOB or _WILD.intersection(value) or not value.isprintable():
        raise _UnmappableError(f"the text {one_line(repr(value), 60)}")
    is_path = field == "resources" and "://" not in value
    return f"./{value}" if is_path and "/" not in value else value


def _like(pieces: list[Any], field: str) -> str:
    """Return the glob of a `like` pattern, whose `*` goes over everything."""
    wild = "**" if field == "resources" else "*"
    texts: list[str] = []
    for piece in pieces:
        if piece == "Wildcard":
            if texts[-1:] != [wild]:
                texts.append(wild)
        else:
            literal = str(piece["Literal"])
            if literal in _WILD or not literal.isprintable():
                raise _UnmappableError(f"the character {literal!r} in a pattern")
            texts.append(literal)
    glob = "".join(texts)
    if not glob or len(glob) > MAX_GLOB or (field == "resources" and ".." in glob.split("/")):
        raise _UnmappableError("the pattern")
    return f"./{glob}" if field == "resources" and "/" not in glob and "*" not in glob else glob
