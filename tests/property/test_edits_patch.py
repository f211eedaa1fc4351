"""Patches in Codex's format: what is written is read back, and applying reproduces the target."""

from difflib import SequenceMatcher

from hypothesis import given, settings
from hypothesis import strategies as st

from trueline.ledger.edits.patch import Hunk, apply_hunks, parse_patch
from trueline.ledger.edits.patch_calls import unified_hunks

LINES = st.lists(
    st.sampled_from(["a", "b", "  c", "d = 1", "", "end", "x y"]), min_size=1, max_size=30
)


def patch_text(old: list[str], new: list[str], context: int) -> str:
    """Return a patch from `old` to `new` with `context` lines around every change."""
    out = ["*** Begin Patch", "*** Update File: f.txt"]
    for group in SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(context):
        out.append("@@")
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                out += [" " + line for line in old[i1:i2]]
            else:
                out += ["-" + line for line in old[i1:i2]]
                out += ["+" + line for line in new[j1:j2]]
    return "\n".join([*out, "*** End Patch"])


def numbered(lines: list[str]) -> list[str]:
    """Make every line unique, so that a hunk has one place only."""
    return [f"{number}:{line}" for number, line in enumerate(lines)]


@settings(max_examples=200, deadline=None)
@given(old=LINES, data=st.data(), context=st.integers(1, 4))
def test_a_generated_patch_applies_to_the_target(
    old: list[str], data: st.DataObject, context: int
) -> None:
    """Lines deleted, changed and inserted anywhere come out exactly."""
    old = numbered(old)
    new = list(old)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(new) - 1))
        action = data.draw(st.sampled_from(["change", "insert", "delete"]))
        if action == "change":
            new[at] += "!"
        elif action == "insert":
            new.insert(at, f"new {len(new)}")
        elif len(new) > 1:
            new.pop(at)
    if new == old:
        new[0] += "?"
    patch = parse_patch(patch_text(old, new, context))
    assert patch.problem == ""
    assert apply_hunks("\n".join(old) + "\n", patch.files[0].hunks) == "\n".join(new) + "\n"


@settings(max_examples=100, deadline=None)
@given(old=LINES, new=LINES)
def test_a_whole_file_hunk_replaces_even_repetitive_text(old: list[str], new: list[str]) -> None:
    """With all lines as context nothing is ambiguous, however often a line repeats."""
    hunk = Hunk("", tuple(old), tuple(new))
    assert apply_hunks("\n".join(old) + "\n", [hunk]) == "\n".join(new) + "\n"


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=300))
def test_no_text_makes_the_reader_raise(text: str) -> None:
    """What is no patch is no files and a problem, never an exception."""
    parsed = parse_patch(f"*** Begin Patch\n{text}")
    assert parsed.problem or parsed.files or "*** End Patch" in text
    unified_hunks(text)
    parse_patch(text)


@settings(max_examples=100, deadline=None)
@given(content=st.text(max_size=200), old=LINES, new=LINES)
def test_applying_a_patch_to_another_file_gives_nothing_or_text(
    content: str, old: list[str], new: list[str]
) -> None:
    """A hunk that finds no place is unknown, never an exception."""
    assert isinstance(apply_hunks(content, [Hunk("", tuple(old), tuple(new))]), str | None)


@settings(max_examples=100, deadline=None)
@given(old=LINES, new=LINES)
def test_unified_diffs_read_like_patches(old: list[str], new: list[str]) -> None:
    """The diffs in Codex's event log give the same result."""
    old, new = numbered(old), [f"{line}~" for line in numbered(new)]
    body = ["@@ -1 +1 @@", *("-" + line for line in old), *("+" + line for line in new)]
    hunks = unified_hunks("\n".join(body) + "\n")
    assert apply_hunks("\n".join(old) + "\n", hunks) == "\n".join(new) + "\n"
