"""Whatever trajectories hold, each of our formats gives them back."""

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from trueline.trajectory import Step, Trajectory
from trueline.trajectory.columns import read_columns, write_columns
from trueline.trajectory.columns.rows import RUN_TEXTS, STEP_FLAGS, STEP_NUMBERS, STEP_TEXTS
from trueline.trajectory.formats.native import READER, write_native
from trueline.trajectory.model import ACTORS, STEP_KINDS, TAGS

texts = st.text(st.characters(codec="utf-8"), max_size=30)
words = texts.filter(bool)
numbers = st.integers(-(2**63), 2**63 - 1)
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | numbers | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
objects = st.dictionaries(texts, values, max_size=3)


def steps_of(kinds: list[str], call_indexes: st.SearchStrategy[int | None]) -> Any:
    """Return any step of one of `kinds`."""
    return st.builds(
        Step,
        index=st.just(0),
        kind=st.sampled_from(kinds),
        actor=st.sampled_from(ACTORS),
        text=texts,
        time=st.none() | texts,
        tool=texts,
        arguments=st.none() | objects,
        call_id=texts,
        call_index=call_indexes,
        exit_status=st.none() | numbers,
        is_error=st.booleans(),
        is_interrupted=st.booleans(),
        is_truncated=st.booleans(),
        background_id=texts,
        child_id=texts,
        tag=st.sampled_from(TAGS),
        line=st.integers(0, 10**9),
        extra=objects,
    )


def runs_of(steps: Any, names: st.SearchStrategy[str]) -> st.SearchStrategy[Trajectory]:
    """Return any trajectory of `steps` whose id and format are `names`."""
    return st.builds(
        Trajectory,
        id=names,
        format=names,
        source=texts,
        agent=texts,
        model=texts,
        steps=steps,
        parent_id=texts,
        cwd=texts,
        metadata=objects,
    )


def numbered(found: list[Step]) -> tuple[Step, ...]:
    """Return the steps with their indexes."""
    return tuple(replace(step, index=index) for index, step in enumerate(found))


@st.composite
def linked_steps(draw: st.DrawFn) -> tuple[Step, ...]:
    """Any steps whose links hold, as the native format requires."""
    plain = [kind for kind in STEP_KINDS if kind not in ("call", "result")]
    steps: list[Step] = []
    for step in draw(st.lists(steps_of(plain, st.none()), max_size=5)):
        steps.append(replace(step, index=len(steps)))
        if draw(st.booleans()):
            index = len(steps)
            call = replace(step, index=index, kind="call", call_index=index + 1)
            steps += [call, replace(call, index=index + 1, kind="result", call_index=index)]
    return tuple(steps)


loose_steps = steps_of(list(STEP_KINDS), st.none() | st.integers(0, 10**6))


@given(st.lists(runs_of(linked_steps(), words), max_size=3))
def test_the_native_format_gives_every_field_back(runs: list[Trajectory]) -> None:
    """Written and read again, nothing has changed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.trueline.jsonl"
        with path.open("wb") as file:
            write_native(runs, file)
        assert list(READER.read(path, "a")) == runs


@settings(max_examples=60, deadline=None)
@given(st.lists(runs_of(st.lists(loose_steps, max_size=4).map(numbered), texts), max_size=4))
def test_the_columns_give_every_field_back(runs: list[Trajectory]) -> None:
    """Nested values, empty trajectories and equal ids included."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.parquet"
        write_columns(runs, path)
        assert list(read_columns(path)) == runs


def test_every_field_of_the_model_has_a_column() -> None:
    """A field added to the model must come back too."""
    in_columns = {*STEP_TEXTS, *STEP_FLAGS, *STEP_NUMBERS, "time", "arguments", "extra"}
    assert in_columns == set(Step.__struct_fields__)
    assert {*RUN_TEXTS, "steps", "metadata"} == set(Trajectory.__struct_fields__)
