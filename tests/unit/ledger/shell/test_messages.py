"""What commands say in commits and pull requests."""

import pytest

from trueline.ledger.shell import commit_messages


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("git commit -m 'fix it'", [("commit", "fix it")]),
        ("git commit -am 'a' -m 'b'", [("commit", "a\n\nb")]),
        ("git commit --message='a b'", [("commit", "a b")]),
        ("git commit -m'a b'", [("commit", "a b")]),
        ("git -C d commit --amend -m x", [("commit", "x")]),
        ("git commit -F - <<E\na\n\nb\nE", [("commit", "a\n\nb")]),
        ("git commit -m \"$(cat <<'E'\nfeat: a \"b\" (c)\n\n- d\nE\n)\"",
         [("commit", "feat: a \"b\" (c)\n\n- d")]),
        ("git add . && git commit -q -m x && git push", [("commit", "x")]),
        ("git commit -v", []),
        ("git commit --dry-run -m x", []),
        ("git log --grep commit", []),
        ("echo git commit -m x", []),
        ("gh pr create --title t --body 'b c'", [("pull_request", "t\n\nb c")]),
        ("gh pr create -t t -b \"$(cat <<E\nb\nE\n)\"", [("pull_request", "t\n\nb")]),
        ("gh pr create -t t -F - <<E\nb\nE", [("pull_request", "t\n\nb")]),
        ("gh pr comment 3 -b done", [("pull_request", "done")]),
        ("glab mr create --title t --description d", [("pull_request", "t\n\nd")]),
        ("gh release create v1 -n notes", [("pull_request", "notes")]),
        ("printf 'a\\n' | git commit -F -", [("commit", "a\\n")]),
        ("jj describe -m x", [("commit", "x")]),
    ],
)  # fmt: skip
def test_messages_are_found_in_every_usual_form(text: str, messages: list[tuple[str, str]]) -> None:
    """Options, joined options, heredocs and substitutions of heredocs."""
    assert list(commit_messages(text)) == messages
