"""Whatever trajectories hold, the Parquet dataset gives them back."""

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from trueline.trajectory import Step, Trajectory
from trueline.trajectory.columns import read_columns, write_columns
from trueline.trajectory.columns.rows import RUN_TEXTS, STEP_FLAGS, STEP_NUMBERS, STEP_TEXTS
from trueline.trajectory.model import ACTORS, STEP_KINDS, TAGS

texts = st.text(st.characters(codec="utf-8"), max_size=20)
numbers = st.integers(-(2**63), 2**63 - 1)
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | numbers | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
objects = st.dictionaries(texts, values, max_size=3)
steps = st.builds(
    Step,
    index=st.just(0),
    kind=st.sampled_from(STEP_KINDS),
    actor=st.sampled_from(ACTORS),
    text=texts,
    time=st.none() | texts,
    tool=texts,
    arguments=st.none() | objects,
    call_id=texts,
    call_index=st.none() | st.integers(0, 10**6),
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
trajectories = st.builds(
    Trajectory,
    id=texts,
    format=texts,
    source=texts,
    agent=texts,
    model=texts,
    steps=st.lists(steps, max_size=4).map(
        lambda found: tuple(replace(step, index=index) for index, step in enumerate(found))
    ),
    parent_id=texts,
    cwd=texts,
    metadata=objects,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(trajectories, max_size=4))
def test_every_field_comes_back(trajectories: list[Trajectory]) -> None:
    """Nested values, empty trajectories and equal ids included."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.parquet"
        write_columns(trajectories, path)
        assert list(read_columns(path)) == trajectories


def test_every_field_of_the_model_has_a_column() -> None:
    """A field added to the model must come back too."""
    in_columns = {*STEP_TEXTS, *STEP_FLAGS, *STEP_NUMBERS, "time", "arguments", "extra"}
    assert in_columns == set(Step.__struct_fields__)
    assert {*RUN_TEXTS, "steps", "metadata"} == set(Trajectory.__struct_fields__)
