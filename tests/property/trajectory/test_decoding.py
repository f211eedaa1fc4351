"""Whatever bytes come in, decoding ends in a value that can be written, or in a reason."""

import json
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from trueline.trajectory.decoding import decode

values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(st.binary(max_size=200))
def test_bytes_give_a_value_or_a_reason(data: bytes) -> None:
    """Never both, never neither, never an exception."""
    found = decode(data)
    if found.failure:
        assert found.value is None
    else:
        msgspec.json.encode(found.value)


@given(values, st.booleans())
def test_what_python_writes_is_decoded(value: Any, ascii_only: bool) -> None:
    """Lone surrogates, `NaN` and numbers of any size included."""
    text = json.dumps(value, ensure_ascii=ascii_only)
    found = decode(text.encode(errors="surrogatepass"))
    assert not found.failure
    msgspec.json.encode(found.value)
