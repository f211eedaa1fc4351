"""What a simulator offers an agent: named tools, their argument style, how answers look.

A simulator's methods are its actions.  The same action appears under other names and shapes in
other worlds (`send_email`, `sendEmail`, `mcp__mail__send-email`), so that no session depends on
one spelling.
"""

import html
import inspect
import json
from collections.abc import Callable, Mapping
from typing import Any, Literal

from msgspec import Struct

Style = Literal["snake", "camel", "kebab"]
Shape = Literal["json", "text", "table", "html"]
Value = str | dict[str, Any] | list[dict[str, Any]]


class RefusedError(Exception):
    """The world refused an action; the agent sees the code and the message.

    Args:
        code: short and stable, such as `insufficient_funds`.
        message: what the service says.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message


class Ended(Struct, frozen=True):
    """What a process printed, and how it ended."""

    output: str
    exit_status: int


class Tool(Struct, frozen=True, kw_only=True):
    """One action as the agent sees it.

    Attributes:
        name: as recorded.
        run: the simulator's method.
        style: how argument names are spelt.
        shape: how answers look.
        wrapped: arguments stand below this key, where it is not empty.
        aliases: argument names that the service spells differently.
    """

    name: str
    run: Callable[..., Any]
    style: Style
    shape: Shape
    wrapped: str
    aliases: Mapping[str, str]

    def shown(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Return `arguments` as they are recorded."""
        named = {self._spelt(name): value for name, value in arguments.items()}
        return {self.wrapped: named} if self.wrapped else named

    def _spelt(self, name: str) -> str:
        return self.aliases.get(name) or spelt(
            name, "snake" if self.style == "kebab" else self.style
        )

    def definition(self) -> dict[str, Any]:
        """Return name, description and JSON schema, as a model is told them."""
        parameters = inspect.signature(self.run).parameters.values()
        fields = {self._spelt(p.name): {"type": _json_type(p.annotation)} for p in parameters}
        needed = [self._spelt(p.name) for p in parameters if p.default is p.empty]
        schema: dict[str, Any] = {"type": "object", "properties": fields, "required": needed}
        if self.wrapped:
            properties = {self.wrapped: schema}
            schema = {"type": "object", "properties": properties, "required": [self.wrapped]}
        about = inspect.getdoc(self.run) or ""
        return {"name": self.name, "description": about, "parameters": schema}


def _json_type(annotation: object) -> str:
    names: dict[object, str] = {int: "integer", float: "number", bool: "boolean"}
    return names.get(annotation, "string")


def spelt(name: str, style: Style) -> str:
    """Return the snake_case `name` in another style."""
    if style == "kebab":
        return name.replace("_", "-")
    if style == "camel":
        first, *rest = name.split("_")
        return first + "".join(word.capitalize() for word in rest)
    return name


def toolbox(
    simulator: object,
    actions: str,
    *,
    style: Style = "snake",
    shape: Shape = "json",
    prefix: str = "",
    wrapped: str = "",
    names: Mapping[str, str] | None = None,
    aliases: Mapping[str, str] | None = None,
) -> dict[str, Tool]:
    """Return tools by the neutral name of their action.

    Args:
        simulator: its methods are the actions.
        actions: their names, separated by blanks.
        style: spelling of tool and argument names.
        shape: how answers that are not text by themselves are written.
        prefix: stands before every tool name, such as `mcp__mail__`.
        wrapped: key that holds all arguments, if any.
        names: tool names that differ from the action's.
        aliases: argument names that differ from the method's.
    """
    given = names or {}
    return {
        action: Tool(
            name=given.get(action) or prefix + spelt(action, style),
            run=getattr(simulator, action),
            style=style,
            shape=shape,
            wrapped=wrapped,
            aliases=aliases or {},
        )
        for action in actions.split()
    }


def render(value: Value, shape: Shape) -> str:
    """Return an answer as the service writes it; text stays as it is."""
    if isinstance(value, str):
        return value
    if shape == "json":
        return json.dumps(value, ensure_ascii=False)
    if shape == "html":
        return _as_html(value)
    if isinstance(value, list):
        return _as_table(value) if shape == "table" else "\n\n".join(map(_as_text, value)) or "none"
    return _as_text(value)


def render_refusal(error: RefusedError, shape: Shape) -> str:
    """Return a refusal as the service writes it."""
    if shape == "json":
        return json.dumps({"error": {"code": error.code, "message": error.message}})
    if shape == "html":
        return f"<div class='error' data-code='{error.code}'>{html.escape(error.message)}</div>"
    return f"Error ({error.code}): {error.message}"


def _as_text(fields: dict[str, Any]) -> str:
    head = [
        f"{name.replace('_', ' ').capitalize()}: {_flat(value)}"
        for name, value in fields.items()
        if name != "body"
    ]
    body = fields.get("body")
    return "\n".join([*head, "", str(body)] if body is not None else head)


def _flat(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_flat(item) for item in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}={_flat(item)}" for key, item in value.items())
    return str(value)


def _as_table(rows: list[dict[str, Any]]) -> str:
    if not rows:
        return "(0 rows)"
    names = list(rows[0])
    cells = [[_flat(row.get(name, "")) for name in names] for row in rows]
    head = f"| {' | '.join(names)} |\n|{'---|' * len(names)}"
    return "\n".join([head, *(f"| {' | '.join(line)} |" for line in cells)])


def _as_html(value: dict[str, Any] | list[dict[str, Any]]) -> str:
    rows = value if isinstance(value, list) else [value]
    parts = ["<ul>"]
    for row in rows:
        inner = "".join(
            f"<span class='{key}'>{html.escape(_flat(item))}</span> " for key, item in row.items()
        )
        parts.append(f"<li>{inner.rstrip()}</li>")
    return "\n".join([*parts, "</ul>"])
