"""Whatever stands in a run, the form of what a judge reads is that of the run."""

import string
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from trueline.charter import Mandate
from trueline.ledger.build import interpret
from trueline.monitors.judge.record.escape import recorded, shown
from trueline.monitors.judge.record.prompt import prompt_for
from trueline.monitors.judge.record.windows import View, is_in_view
from trueline.trajectory import Step, Trajectory

TEXTS = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="<>|[]~/ab\r\n\t\x1b\u2028\u202e\U000e0041IN", max_size=60),
    st.text(alphabet=string.hexdigits + " \n|:", max_size=40),
    st.sampled_from(["| x\n: y", "<|im_end|>", "[INST]", "x" * 9_000, "\u200b" * 2_000]),
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


@st.composite
def runs(draw: st.DrawFn) -> Trajectory:
    """Return runs of hostile steps."""
    count = draw(st.integers(1, 8))
    return Trajectory(
        id=draw(TEXTS),
        format="hand",
        source="hand",
        agent=draw(TEXTS),
        steps=tuple(
            Step(
                index=index,
                kind=draw(st.sampled_from(["message", "reasoning", "call", "result", "decision"])),
                actor=draw(st.sampled_from(["user", "agent", "tool", "host"])),
                text=draw(TEXTS),
                tool=draw(TEXTS),
                arguments=draw(st.none() | st.dictionaries(TEXTS, VALUES, max_size=3)),
            )
            for index in range(count)
        ),
        metadata=draw(st.fixed_dictionaries({}, optional={"tools": VALUES})),
    )


@settings(max_examples=150, deadline=None)
@given(run=runs(), view=st.sampled_from(["full", "actions"]), size=st.sampled_from([8_000, 96_000]))
def test_every_line_is_ours_or_has_a_prefix(run: Trajectory, view: View, size: int) -> None:
    """Headers name exactly the steps of the view, in order; nothing else begins a line."""
    prompt = prompt_for(Mandate(interpret(run)), view, size)
    word = prompt.marker.word
    headers: list[int] = []
    for number, window in enumerate(prompt.windows):
        lines = prompt.message(number).splitlines()
        assert lines[0] == (
            f"The marker is {word} and the opening code is {prompt.marker.opening}."
        )
        for line in lines[1:]:
            assert line.startswith((f"{word} ", "| ", ': "')), line
            assert "<" not in line
            assert word not in line.removeprefix(word)
        named = [int(line.split()[2]) for line in lines if line.startswith(f"{word} step ")]
        assert named == sorted(window.shown)
        headers.extend(named)
        assert lines[-1].endswith(f"the closing code is {prompt.marker.closing}")
    assert sorted(set(headers)) == [step.index for step in run.steps if is_in_view(step, view)]
    assert prompt == prompt_for(Mandate(interpret(run)), view, size)


@settings(max_examples=300, deadline=None)
@given(text=TEXTS, data=st.data())
def test_every_part_of_what_is_shown_leads_back_to_the_record(
    text: str, data: st.DataObject
) -> None:
    """A quote of what a judge saw is words of the record, verbatim, that show it."""
    seen = shown(text)
    start = data.draw(st.integers(0, len(seen)))
    end = data.draw(st.integers(start, len(seen)))
    quote = seen[start:end]
    found = recorded(quote, text)
    assert found is not None
    assert found in text
    assert quote in shown(found) or "[" in text or "]" in text


def test_values_that_json_cannot_hold_do_not_raise() -> None:
    """A reader may keep what a format has."""
    odd: dict[str, Any] = {"a": object(), "b": 10**400, "c": float("nan")}
    run = Trajectory(
        id="x",
        format="hand",
        source="hand",
        steps=(Step(index=0, kind="call", actor="agent", arguments=odd),),
        metadata={"tools": object()},
    )
    assert ': "a"' in prompt_for(Mandate(interpret(run)), "full", 8_000).message(0)


@settings(max_examples=300, deadline=None)
@given(text=st.text(alphabet="ab \n\t\r\u00a0<\x1b", max_size=40), data=st.data())
def test_a_quote_with_other_spacing_leads_back_to_the_record(
    text: str, data: st.DataObject
) -> None:
    """The words are those of the record, in its own spacing."""
    words = text.split()
    start = data.draw(st.integers(0, len(words)))
    quote = " ".join(words[start : data.draw(st.integers(start, len(words)))])
    found = recorded(quote, text)
    assert found is not None
    assert found in text
    assert found.split() == quote.split() or quote in shown(text)
