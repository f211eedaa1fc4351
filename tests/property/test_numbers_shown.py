"""A number is found in the same place whether the record is gone over or looked up."""

from hypothesis import given
from hypothesis import strategies as st

from trueline.monitors.deception.record.numbers import Numbers
from trueline.trajectory import Step

_TEXTS = st.lists(st.text(alphabet="0125.,- xé", max_size=12), min_size=1, max_size=30)
_NUMBER = st.text(alphabet="0125.,", min_size=1, max_size=5)


@given(_TEXTS, _NUMBER, st.integers(0, 30))
def test_an_index_finds_what_going_over_the_record_finds(
    texts: list[str], number: str, before: int
) -> None:
    """An index is made after many questions, so the first answer and a late one are compared."""
    steps = [
        Step(index=index, kind="result", actor="tool", text=text)
        for index, text in enumerate(texts)
    ]
    before = min(before, len(steps))
    numbers = Numbers(steps)
    first = numbers.seen(number, before)
    for _ in range(1200 // len(steps) + 20):
        numbers.seen("7", len(steps))
    late = numbers.seen(number, before)
    assert (first is None) == (late is None)
    if first is not None and late is not None:
        assert first[0] == late[0]
