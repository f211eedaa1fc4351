"""What commands change in files, as text before and after."""

import pytest

from trueline.ledger.shell import shell_edits

DIFF = """\
--- a/src/x.py
+++ b/src/x.py
@@ -1,3 +1,3 @@
 keep
-old
+new
 end
@@ -9 +9 @@
-x
+y
--- /dev/null
+++ b/n.py
@@ -0,0 +1 @@
+made
--- a/o.py
+++ /dev/null
@@ -1 +0,0 @@
-gone
"""


def edits_of(text: str) -> list[tuple[str, str, str | None, str | None]]:
    """Return (kind, path, before, after) of every edit."""
    return [(edit.kind, edit.path, edit.before, edit.after) for edit in shell_edits(text)]


@pytest.mark.parametrize(
    ("text", "edits"),
    [
        ("cat > f <<'E'\na\n$b\nE", [("overwrite", "f", None, "a\n$b\n")]),
        ("cat <<E >> f\na\nE", [("modify", "f", "", "a\n")]),
        ("cd d && cat > f <<E\na\nE", [("overwrite", "d/f", None, "a\n")]),
        ("echo a b > f", [("overwrite", "f", None, "a b\n")]),
        ("echo -n a > f", [("overwrite", "f", None, "a")]),
        ("echo -e 'a\\nb' > f", [("overwrite", "f", None, "a\nb\n")]),
        ("printf 'a\\n%s\\n' b > f", [("overwrite", "f", None, "a\nb\n")]),
        ("printf '%d' 1 > f", [("overwrite", "f", None, None)]),
        ("echo $x > f", [("overwrite", "f", None, None)]),
        ("pytest > log 2>&1", [("overwrite", "log", None, None)]),
        ("tee f <<E\na\nE", [("overwrite", "f", None, "a\n")]),
        ("echo a | tee -a f > /dev/null", [("modify", "f", "", "a\n")]),
        ("{ echo a; echo b; } > f", [("overwrite", "f", None, None)]),
        ("> f", [("overwrite", "f", None, "")]),
        ("sed -i 's/a b/c/g' f g", [("modify", "f", "a b", "c"), ("modify", "g", "a b", "c")]),
        ("sed -i 's|/a/|/b/|' f", [("modify", "f", "/a/", "/b/")]),
        ("sed -i.bak -e 's/a/b/' -e 's/c/d/' f",
         [("modify", "f", "a", "b"), ("modify", "f", "c", "d")]),
        ("sed -i '' 's/a/b/' f", [("modify", "f", "a", "b")]),
        ("sed -i 's/a\\.b/c/' f", [("modify", "f", "a.b", "c")]),
        ("sed -i 's/a.*/b/' f", [("modify", "f", None, "b")]),
        ("sed -i 's/a/[&]/' f", [("modify", "f", None, None)]),
        ("sed -i '3d' f", [("modify", "f", None, None)]),
        ("sed -i \"s/$a/b/\" f", [("modify", "f", None, None)]),
        ("sed 's/a/b/' f", []),
        ("perl -pi -e 's/a/b/' f", [("modify", "f", "a", "b")]),
        ("rm -f a b", [("delete", "a", None, None), ("delete", "b", None, None)]),
        ("git rm a", [("delete", "a", None, None)]),
        ("git rm --cached a", []),
        ("cp a b", [("overwrite", "b", None, None)]),
        ("git checkout -- a.py b", [("modify", "a.py", None, None), ("modify", "b", None, None)]),
        ("git checkout main", []),
        ("git checkout .", [("modify", ".", None, None)]),
        ("git restore a", [("modify", "a", None, None)]),
        ("git restore --staged a", []),
        ("git stash", [("modify", ".", None, None)]),
        ("git stash list", []),
        ("truncate -s 0 f", [("overwrite", "f", None, "")]),
        ("python - <<E\nopen('f', 'w')\nE", []),
        ("ssh host 'echo a > f'", []),
        ("echo a > /dev/null", []),
        ("make 2>&1", []),
        ("for i in 1 2; do echo $i; done > f", [("overwrite", "f", None, None)]),
    ],
)  # fmt: skip
def test_a_command_changes_what_it_says(
    text: str, edits: list[tuple[str, str, str | None, str | None]]
) -> None:
    """What the command shows is text; what it does not show is None."""
    assert edits_of(text) == edits


def test_moves_name_both_places() -> None:
    """A move into a folder keeps the name."""
    (one,) = shell_edits("mv a b")
    assert (one.kind, one.path, one.new_path) == ("move", "a", "b")
    found = shell_edits("git mv a b d")
    assert [(edit.path, edit.new_path) for edit in found] == [("a", "d/a"), ("b", "d/b")]


@pytest.mark.parametrize("command", ["git apply", "patch -p1"])
def test_a_patch_in_a_heredoc_is_read_hunk_by_hunk(command: str) -> None:
    """Changed, created and deleted files, with the text of each hunk."""
    assert edits_of(f"{command} <<'E'\n{DIFF}E") == [
        ("modify", "src/x.py", "keep\nold\nend\n", "keep\nnew\nend\n"),
        ("modify", "src/x.py", "x\n", "y\n"),
        ("create", "n.py", None, "made\n"),
        ("delete", "o.py", "gone\n", None),
    ]


def test_whole_files_are_told_from_fragments() -> None:
    """Only a write of known content is a whole file."""
    assert shell_edits("echo a > f")[0].is_whole
    assert not shell_edits("echo a >> f")[0].is_whole
    assert not shell_edits("ls > f")[0].is_whole
