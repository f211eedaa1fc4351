"""What a script given to an interpreter does to files, as far as its own text says.

A replacement of one literal by another is an edit of the file named last before it; a literal
written whole is the file's new content; other files named are only known to be in reach.
"""

import ast
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from msgspec import Struct

from trueline.core.patterns import pattern
from trueline.monitors.goal_gaming.syntax import parse
from trueline.monitors.goal_gaming.tables import tables

INTERPRETERS: Final = ("python", "node", "ruby", "perl", "deno", "bun", "php", "tsx", "npx")
_MAX_CODE: Final = 100_000
_TEXT: Final = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`"
_REPLACE: Final = (
    r"\.(?:replace|replaceAll|sub!?|gsub!?)\("
    rf"\s*({_TEXT}|/(?:[^/\\\n]|\\.)+/[a-z]*)\s*,\s*({_TEXT})"
)
_WRITE: Final = (
    r"(?:writeFileSync|writeFile|File\.write|IO\.write|file_put_contents)\("
    rf"\s*({_TEXT})\s*,\s*({_TEXT})\s*[,)]"
)
_PATH: Final = r"^/?(?:[\w@.~-]+/)*[\w@~.-]*[\w-]\.\w{1,12}$|^/?(?:[\w@.~-]+/)+[\w@~-]+$"
_WRITING: Final = ("write", "unlink", "remove", "rename", "replace(", "truncate", "'w'", '"w"')


class ScriptChange(Struct, frozen=True):
    """What a script does to one file; neither side is known where it only names the file."""

    path: str
    before: str | None = None
    after: str | None = None
    is_whole: bool = False


@lru_cache(maxsize=128)
def script_changes(code: str) -> tuple[ScriptChange, ...]:
    """Return what `code` changes, in its order; nothing where it writes nothing."""
    if len(code) > _MAX_CODE or not any(word in code for word in _WRITING):
        return ()
    tree = parse(code)
    made = list(_of_python(tree) if tree is not None else _of_other(code))
    told = {change.path for change in made if change.after is not None}
    return tuple(c for c in made if c.after is not None or c.path not in told)


def is_path(text: str) -> bool:
    """Return whether a literal looks like the path of a file."""
    if len(text) > 200 or not text:
        return False
    if text.rsplit("/", 1)[-1].lower() in tables().runner_files:
        return True
    return pattern(_PATH).match(text) is not None


def _of_python(tree: ast.Module) -> Iterator[ScriptChange]:
    """Read a Python script by its syntax tree."""
    known: dict[str, str] = {}
    path = ""
    nodes = [n for n in ast.walk(tree) if hasattr(n, "lineno")]
    nodes.sort(key=lambda n: (n.lineno, n.col_offset))  # type: ignore[attr-defined]
    calls: list[ast.Call] = []
    for node in nodes:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            text = _text(node.value, known)
            if text is not None:
                known[node.targets[0].id] = text
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and is_path(node.value):
            path = node.value
            yield ScriptChange(path)
        if isinstance(node, ast.Call):
            calls.append(node)
    paths = [
        (n.lineno, n.value)
        for n in nodes
        if isinstance(n, ast.Constant) and isinstance(n.value, str) and is_path(n.value)
    ]
    for call in calls:
        before = [value for line, value in paths if line <= call.lineno]
        name = before[-1] if before else paths[0][1] if paths else ""
        made = _of_call(call, name, known)
        if made is not None and name:
            yield made


def _of_call(call: ast.Call, path: str, known: dict[str, str]) -> ScriptChange | None:
    """Return what one call of a Python script changes."""
    if not isinstance(call.func, ast.Attribute):
        return None
    name, args = call.func.attr, [_text(arg, known) for arg in call.args]
    if name == "replace" and len(args) >= 2 and args[0] and args[1] is not None:
        return ScriptChange(path, args[0], args[1])
    if name in ("sub", "subn") and len(args) >= 3 and args[0] and args[1] is not None:
        plain = _literal(args[0])
        return ScriptChange(path, plain, args[1]) if plain and "\\" not in args[1] else None
    if name in ("write_text", "write") and len(args) == 1 and args[0] is not None:
        is_whole = args[0].count("\n") > 1
        return ScriptChange(path, None, args[0], is_whole) if is_whole else None
    return None


def _text(node: ast.expr, known: dict[str, str]) -> str | None:
    """Return the text that an expression is sure to be."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.Name):
        return known.get(node.id)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _text(node.left, known), _text(node.right, known)
        return left + right if left is not None and right is not None else None
    return None


def _literal(source: str) -> str | None:
    """Return the one text that a pattern matches, None where it matches more."""
    plain = pattern(r"\\([^\w])").sub(r"\1", source)
    bare = pattern(r"\\[^\w]").sub("", source)
    return None if pattern(r"[\\.*+?\[\]{}()|^$]").search(bare) is not None else plain


def _of_other(code: str) -> Iterator[ScriptChange]:
    """Read a script of another language by its words."""
    spots = [(m.start(), _unquoted(str(m.group(0)))) for m in pattern(_TEXT).finditer(code)]
    paths = [(at, text) for at, text in spots[:400] if is_path(text)]
    for _, path in paths:
        yield ScriptChange(path)
    if not paths:
        return
    for found in pattern(_WRITE).finditer(code):
        yield ScriptChange(
            _unquoted(str(found.group(1))), None, _unquoted(str(found.group(2))), True
        )
    for found in pattern(_REPLACE).finditer(code):
        old, new = str(found.group(1)), _unquoted(str(found.group(2)))
        before = _literal(old.rsplit("/", 1)[0][1:]) if old.startswith("/") else _unquoted(old)
        earlier = [path for at, path in paths if at <= found.start()]
        if before:
            yield ScriptChange(earlier[-1] if earlier else paths[0][1], before, new)


def _unquoted(text: str) -> str:
    """Return what a quoted literal stands for."""
    inner = text[1:-1]
    if "\\" not in inner:
        return inner
    plain = inner.replace("\\n", "\n").replace("\\t", "\t")
    return pattern(r"\\(.)").sub(r"\1", plain)
