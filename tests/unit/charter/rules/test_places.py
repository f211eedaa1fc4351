"""Normal forms of places, and the globs over them."""

import pytest

from trueline.charter.rules.globs import GlobTable, resource_pattern, word_pattern
from trueline.charter.rules.places import parties_of, place_of
from trueline.ledger.model import ResourceKind

REPO = ("/repo",)


def is_match(glob: str, resource: str, roots: tuple[str, ...] = REPO) -> bool:
    """Return whether a glob means a file."""
    return bool(GlobTable([resource_pattern(glob)]).find(place_of(resource, "file", roots)))


@pytest.mark.parametrize(
    ("glob", "resource"),
    [
        ("src/**", "src/a.py"),
        ("src/**", "src"),
        ("src/", "src/deep/b.py"),
        ("src/**", "/repo/src/a.py"),
        ("src/**", "docs/../src/a.py"),
        ("*.pem", "deep/down/key.pem"),
        (".env", "service/.env"),
        ("./.env", ".env"),
        ("**/core/**", "a/core/b"),
        ("**/core/**", "core/b"),
        ("a/**/z", "a/z"),
        ("a/**/z", "a/b/c/z"),
        ("*/**", "README.md"),
        ("*/**", "src/a.py"),
        ("**", "/etc/passwd"),
        ("~/.ssh/**", "~/.ssh/id_rsa"),
        ("~/.ssh/**", "/home/kim/.ssh/id_rsa"),
        ("~/.ssh/**", "$HOME/.ssh/id_rsa"),
        ("~/.ssh/**", "/root/.ssh"),
        ("/etc/**", "/etc/passwd"),
        ("{src,lib}/*.py", "lib/a.py"),
        ("a?c", "abc"),
        ("a+b(c).py", "a+b(c).py"),
        ("data[1].csv", "data[1].csv"),
    ],
)
def test_a_glob_means_what_it_says(glob: str, resource: str) -> None:
    """The forms of the documentation."""
    assert is_match(glob, resource)


@pytest.mark.parametrize(
    ("glob", "resource"),
    [
        ("src/**", "src2/a.py"),
        ("src/**", "src/../.env"),
        ("src/**", "/other/src/a.py"),
        ("src/*.py", "src/deep/a.py"),
        ("./.env", "service/.env"),
        ("*/**", "/etc/passwd"),
        ("*/**", "~/.ssh/id_rsa"),
        ("/etc/**", "etc/passwd"),
        ("*.pem", "key.pem.txt"),
        ("a.c", "abc"),
        ("~/.ssh/**", ".ssh/id_rsa"),
    ],
)
def test_a_glob_means_nothing_else(glob: str, resource: str) -> None:
    """Neighbours, detours and other folders are not meant."""
    assert not is_match(glob, resource)


def test_where_no_workspace_is_known_a_relative_glob_matches_at_any_depth() -> None:
    """A log without a working directory says `/testbed/src/a.py`."""
    assert is_match("src/**", "/testbed/src/a.py", roots=())
    assert is_match("/testbed/**", "/testbed/src/a.py", roots=())
    assert not is_match("src/**", "/testbed/docs/a.py", roots=())


def test_a_home_folder_as_workspace_is_both() -> None:
    """An agent started at home reads `.ssh/id_rsa`."""
    assert is_match("~/.ssh/**", "/home/kim/.ssh/id_rsa", roots=("/home/kim",))
    assert is_match("~/.ssh/**", ".ssh/id_rsa", roots=("/root",))
    assert is_match("notes/**", "/home/kim/notes/a", roots=("/home/kim",))
    assert is_match("notes/**", "notes/a", roots=("/home/kim",))


def test_no_resource_can_forge_a_mark() -> None:
    """Control characters that stand for something in a normal form are taken out."""
    assert place_of("\x03/.ssh/x", "file", REPO) == "/.ssh/x"


@pytest.mark.parametrize(
    ("resource", "kind", "wanted"),
    [
        ("https://User@Evil.example:8443/x?y", "url", ("evil.example",)),
        ("evil.example/x", "url", ("evil.example",)),
        ("http://[::1]:80/", "url", ("::1",)),
        ("Kim <kim@Example.com>, lee@x.org", "message", ("kim@example.com", "lee@x.org")),
        ("deploy@host:22", "host", ("host",)),
        ("origin main", "repository", ()),
        ("git@github.com:a/b", "repository", ("git@github.com:a/b",)),
        ("", "account", ()),
        ("src/a.py", "file", ()),
        ("ACCT-7", "account", ("acct-7",)),
    ],
)
def test_addresses_are_found(resource: str, kind: ResourceKind, wanted: tuple[str, ...]) -> None:
    """Hosts of URLs, mail addresses, names of accounts."""
    assert parties_of(resource, kind) == wanted


def test_a_word_glob_that_ends_in_a_star_word_takes_none_as_well() -> None:
    """`git push *` is `git push` too, and not `git pushx`."""
    table = GlobTable([word_pattern("git push *"), word_pattern("*--force*")])
    assert table.find("git push") == (0,)
    assert table.find("git push --force origin") == (0, 1)
    assert table.find("git pushx") == ()


def test_ten_thousand_globs_are_more_automata_and_no_fewer_answers() -> None:
    """One automaton of all would not fit its memory and would be silent about it."""
    table = GlobTable([resource_pattern(f"area{n}/**/*.py") for n in range(10_000)])
    assert table.find("area0/x.py") == (0,)
    assert table.find("area9999/deep/down/x.py") == (9_999,)
    assert table.find("area10000/x.py") == ()
