"""What pydantic found wrong, in words that name the line and the fix."""

from collections.abc import Iterator
from difflib import get_close_matches
from types import UnionType
from typing import Any, Final, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from trueline.charter.reading.document import Document, Place
from trueline.charter.reading.schema import CharterPart, nearest

_SHAPES: Final = {
    "string_type": "text",
    "list_type": "a list",
    "dict_type": "a mapping of keys to values",
    "model_type": "a mapping of keys to values",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
}
MAX_NAME: Final = 100
_IMPLIED: Final = ("protected.", "limits.")
"""Beginnings of the ids of rules that other parts of a charter come to."""

_ELSEWHERE: Final = {
    ("must_ask", "up_to"): "`up_to` is for rules under `may`; write `over`",
    ("must_not", "up_to"): "`up_to` is for rules under `may`; write `over`",
    ("may", "over"): "`over` is for rules that ask or forbid; under `may` write `up_to`",
    ("must_ask", "amount"): "write `over: 50 EUR`",
    ("must_not", "amount"): "write `over: 50 EUR`",
    ("may", "amount"): "write `up_to: 50 EUR`",
}


def id_at(place: Place, given: str) -> str:
    """Return the id of the rule or sequence at `place`: its own, or one by its position."""
    return given.strip() or f"{place[0]}-{int(place[1]) + 1}"


def note_contradictions(document: Document) -> None:
    """Add what is wrong between the parts of a document, however ill-formed they are."""
    seen: set[str] = set()
    for place, rule in _rules_in(document.value):
        given = rule.get("id", "")
        if isinstance(given, str):
            _note_id(id_at(place, given), seen, (*place, "id"), document)
        if place[0] == "sequences":
            answers = [key for key in ("never", "ask") if rule.get(key) is not None]
            if len(answers) != 1:
                found = "both" if answers else "neither"
                words = f"a sequence has one of `never` and `ask`, found {found}"
                document.add(place, words)


def _note_id(name: str, seen: set[str], place: Place, document: Document) -> None:
    if name in seen:
        document.add(place, f"`id: {name}` stands twice; give each rule its own")
    seen.add(name)
    if len(name) > MAX_NAME or name == "otherwise" or name.startswith(_IMPLIED):
        words = f"`id: {name[:40]}` is kept for what the charter implies, or too long"
        document.add(place, f"{words}; choose another")


def _rules_in(value: Any) -> Iterator[tuple[Place, dict[str, Any]]]:
    for key in ("must_not", "must_ask", "may", "sequences"):
        found: Any = value.get(key) if isinstance(value, dict) else None
        rules: list[Any] = found if isinstance(found, list) else []
        for index, rule in enumerate(rules):
            if isinstance(rule, dict):
                yield (key, index), rule


def note_problems(error: ValidationError, document: Document) -> None:
    """Add everything that `error` tells to the problems of `document`."""
    details = error.errors(include_url=False)
    meant = {_meant(one["loc"]) for one in details if one["type"] == "extra_forbidden"}
    for detail in details:
        if detail["type"] == "missing" and detail["loc"] in meant:
            continue  # a misspelt key is one mistake
        place = _in_document(detail["loc"], document)
        document.add(place, _words(detail, place))


def _meant(loc: Place) -> Place:
    """Return the key that a misspelt one probably stands for."""
    model = _model_at(loc[:-1])
    near = get_close_matches(str(loc[-1]), model.model_fields if model else (), 1, 0.6)
    return (*loc[:-1], *near)


def _in_document(loc: Place, document: Document) -> Place:
    """Return the part of a location that is in the file: single words stand for lists there."""
    value: Any = document.value
    for depth, part in enumerate(loc):
        parts: Any = dict(enumerate(value)) if isinstance(value, list) else value
        if not isinstance(parts, dict) or part not in parts:
            return loc[:depth]
        value = parts[part]
    return loc


def _words(detail: ErrorDetails, place: Place) -> str:
    kind, loc = detail["type"], detail["loc"]
    if loc[-1:] == ("[key]",):
        loc = loc[:-2]
    name = next((str(part) for part in reversed(loc) if isinstance(part, str)), "the charter")
    if kind == "extra_forbidden":
        return _unknown(loc)
    if kind == "missing":
        where = f" of this {_noun(place)}" if place else ""
        return f"`{name}`{where} is missing; add it"
    if kind == "value_error":
        return f"`{name}`: {detail['msg'].removeprefix('Value error, ')}"
    if kind == "literal_error":
        allowed = tuple(word.strip("' ") for word in _expected(detail))
        given = str(detail["input"])
        return f"`{name}`: `{given}` is not allowed; {nearest(given, allowed)}"
    if kind == "too_short":
        return f"`{name}` is empty; name at least one"
    wanted = _SHAPES.get(kind)
    if wanted is not None:
        return f"`{name}` must be {wanted}, found {_shown(detail['input'])}"
    return f"`{name}`: {detail['msg']}"


def _expected(detail: ErrorDetails) -> list[str]:
    words = str(detail.get("ctx", {}).get("expected", ""))
    return words.replace(" or ", ",").split(",")


def _unknown(loc: Place) -> str:
    word = str(loc[-1])
    if word == "<<":
        return "`<<` is not read; write out what it would bring in"
    top = str(loc[0])
    elsewhere = _ELSEWHERE.get((top, word))
    if elsewhere:
        return f"`{word}` is no key here; {elsewhere}"
    model = _model_at(loc[:-1])
    names = tuple(model.model_fields) if model is not None else ()
    return f"`{word}` is no key here; {nearest(word, names)}"


def _model_at(loc: Place) -> type[BaseModel] | None:
    """Return the model that stands at a location of the schema."""
    annotation: Any = CharterPart
    for part in loc:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            field = annotation.model_fields.get(str(part))
            if field is None:
                return None
            annotation = field.annotation
            while _is_wrapper(annotation):
                annotation = get_args(annotation)[0]
        elif get_origin(annotation) in (list, dict):
            annotation = get_args(annotation)[-1]
            while _is_wrapper(annotation):
                annotation = get_args(annotation)[0]
    is_model = isinstance(annotation, type) and issubclass(annotation, BaseModel)
    return annotation if is_model else None


def _is_wrapper(annotation: Any) -> bool:
    """Return whether a type stands around another: `X | None`, `Annotated[X, …]`."""
    return get_origin(annotation) in (Union, UnionType) or hasattr(annotation, "__metadata__")


def _noun(place: Place) -> str:
    return {"sequences": "sequence"}.get(str(place[0]), "rule")


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    return "nothing" if value is None else f"`{value}`"
