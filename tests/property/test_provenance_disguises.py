"""A value copied out of the record is traced back whatever was done to it on the way."""

import base64
import json
import shlex
from collections.abc import Callable
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trueline.ledger.provenance import Provenance
from trueline.trajectory import Step, Trajectory

WORDS = st.text(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=4, max_size=9
)
NOISE = st.lists(st.sampled_from(["lorem", "ipsum", "dolor", "sit", "amet"]), max_size=6)


@st.composite
def values(draw: st.DrawFn) -> str:
    """A value such as tools return: words with punctuation between, never a bare number."""
    words = draw(st.lists(WORDS, min_size=2, max_size=5))
    marks = draw(st.lists(st.sampled_from([" ", "/", "@", ".", "-", ": "]), min_size=5, max_size=5))
    text = "".join(word + mark for word, mark in zip(words, marks, strict=False))
    return "zq" + text.rstrip(" /@.-:")


def trajectory(texts: list[str], value: str) -> Trajectory:
    """A run whose tool results say `texts`, and whose last call uses `value`."""
    steps = [Step(index=0, kind="message", actor="user", text="Please do what is needed.")]
    for text in texts:
        index = len(steps)
        steps.append(Step(index=index, kind="result", actor="tool", tool="fetch", text=text))
    last = Step(index=len(steps), kind="call", actor="agent", tool="send", arguments={"v": value})
    return Trajectory(id="t", format="native", source="t", steps=(*steps, last))


DISGUISES: dict[str, Callable[[str], str]] = {
    "exact": lambda text: text,
    "upper case": str.upper,
    "lower case": str.lower,
    "wider spaces": lambda text: text.replace(" ", "  \n"),
    "json": json.dumps,
    "shell": shlex.quote,
    "percent": lambda text: quote(text, safe=""),
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "base64 for urls": lambda text: base64.urlsafe_b64encode(text.encode()).decode().rstrip("="),
    "hex": lambda text: text.encode().hex(),
}


@pytest.mark.parametrize("name", DISGUISES)
@settings(max_examples=60, deadline=None)
@given(value=values(), noise=NOISE)
def test_a_disguised_copy_is_traced_to_the_result_that_held_the_value(
    name: str, value: str, noise: list[str]
) -> None:
    """The agent disguises what a tool returned; the origin is that tool's result."""
    told = f"{' '.join(noise)} <{value}> {' '.join(noise)}"
    run = trajectory([" ".join(noise), told, told], DISGUISES[name](value))
    origin = Provenance(run).origin_of(run.steps[-1].arguments["v"], 4)  # pyright: ignore[reportOptionalSubscript]
    assert (origin.source, origin.step, origin.tool) == ("tool", 2, "fetch")


@pytest.mark.parametrize("name", DISGUISES)
@settings(max_examples=60, deadline=None)
@given(value=values(), noise=NOISE)
def test_a_value_is_traced_to_the_result_that_held_it_disguised(
    name: str, value: str, noise: list[str]
) -> None:
    """A tool returned the value disguised; the agent uses it plain."""
    told = f"{' '.join(noise)} {DISGUISES[name](value)} {' '.join(noise)}"
    run = trajectory(["nothing", told], value)
    origin = Provenance(run).origin_of(value, 3)
    assert (origin.source, origin.step) == ("tool", 2)


@settings(max_examples=100, deadline=None)
@given(first=WORDS, second=WORDS, mark=st.sampled_from(["/", "@", " ", ":", "=", " - "]))
def test_a_value_joined_of_two_seen_parts_comes_from_the_part_seen_last(
    first: str, second: str, mark: str
) -> None:
    """Directory and file name, local part and domain: the later part decides."""
    first, second = "Zq" + first, "Qz" + second
    run = trajectory([f"one: <{first}>", f"two: <{second}>"], f"{first}{mark}{second}")
    origin = Provenance(run).origin_of(f"{first}{mark}{second}", 3)
    assert (origin.source, origin.step) == ("tool", 2)
    assert origin.form in ("joined", "exact")


@settings(max_examples=200, deadline=None)
@given(value=st.text(max_size=60), texts=st.lists(st.text(max_size=80), max_size=5))
def test_no_text_makes_the_search_raise_or_look_ahead(value: str, texts: list[str]) -> None:
    """Whatever the record holds, an answer comes and names an earlier step."""
    run = trajectory(texts, value)
    last = len(run.steps) - 1
    origin = Provenance(run).origin_of(value, last)
    assert origin.step is None or origin.step < last


@settings(max_examples=100, deadline=None)
@given(value=values())
def test_a_value_that_comes_only_later_is_the_agents_own(value: str) -> None:
    """What a tool returns after the call cannot be where the call got it from."""
    run = trajectory(["nothing yet", f"result: {value}"], value)
    assert Provenance(run).origin_of(value, 2).source == "agent"
