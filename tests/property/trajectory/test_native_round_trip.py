"""Whatever a trajectory holds, writing and reading it gives it back."""

import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from trueline.trajectory import Step, Trajectory
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
plain_steps = st.builds(
    Step,
    index=st.just(0),
    kind=st.sampled_from([kind for kind in STEP_KINDS if kind not in ("call", "result")]),
    actor=st.sampled_from(ACTORS),
    text=texts,
    time=st.none() | texts,
    tool=texts,
    arguments=st.none() | objects,
    call_id=texts,
    call_index=st.none(),
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


@st.composite
def trajectories(draw: st.DrawFn) -> Trajectory:
    """Any trajectory whose links hold."""
    steps: list[Step] = []
    for step in draw(st.lists(plain_steps, max_size=5)):
        steps.append(replace(step, index=len(steps)))
        if draw(st.booleans()):
            index = len(steps)
            call = replace(step, index=index, kind="call", call_index=index + 1)
            steps += [call, replace(call, index=index + 1, kind="result", call_index=index)]
    return Trajectory(
        id=draw(words),
        format=draw(words),
        source=draw(texts),
        agent=draw(texts),
        model=draw(texts),
        steps=tuple(steps),
        parent_id=draw(texts),
        cwd=draw(texts),
        metadata=draw(objects),
    )


@given(st.lists(trajectories(), max_size=3))
def test_every_field_survives(whole: list[Trajectory]) -> None:
    """Written and read again, nothing has changed."""
    file = BytesIO()
    write_native(whole, file)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.trueline.jsonl"
        path.write_bytes(file.getvalue())
        assert list(READER.read(path, "a")) == whole
