"""The table of programs: every entry is well formed, and commands find their rule."""

from pathlib import Path

import msgspec
import pytest

from trueline.ledger.shell import programs
from trueline.ledger.shell.programs import entry_names, lookup, parse_rule
from trueline.ledger.shell.programs.table import Program, entry

FILES = sorted(Path(programs.__file__).parent.glob("*.json"))


def test_the_table_is_large_enough() -> None:
    """The table covers far more than the commonest programs."""
    assert len(entry_names()) > 1_500


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_of_the_table_decodes_strictly(path: Path) -> None:
    """Unknown fields, unknown verbs and unknown specials are errors."""
    table = msgspec.json.decode(path.read_bytes(), type=dict[str, str | Program])
    assert table


def test_every_entry_of_the_table_is_well_formed() -> None:
    """Each rule, with its subcommands and options, is made of known words."""
    for name in entry_names():
        assert entry(name) is not None
        assert name.strip() == name
        assert name


def test_no_program_stands_in_the_table_twice() -> None:
    """Two entries for one name would depend on the order of the files."""
    seen: dict[str, str] = {}
    for path in FILES:
        for names in msgspec.json.decode(path.read_bytes()):
            for name in names.split("|"):
                assert name not in seen, (name, path.stem, seen[name])
                seen[name] = path.stem


@pytest.mark.parametrize("rule", ["destroy", "read somewhere", "! read", "read file none rest x"])
def test_a_rule_with_an_unknown_word_is_refused(rule: str) -> None:
    """A slip in the data cannot pass."""
    with pytest.raises(ValueError, match="rule"):
        parse_rule(rule)


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("ruff check .", "lint"), ("ruff check --fix .", "write"), ("ruff format .", "write"),
        ("ruff format --check .", "format"), ("black --check .", "format"), ("black .", "write"),
        ("prettier --check .", "format"), ("prettier --write .", "write"),
        ("mix format --check-formatted", "format"), ("mix test", "test"), ("go test ./...", "test"),
        ("go vet ./...", "lint"), ("cargo clippy", "lint"), ("cargo test", "test"),
        ("cargo fmt --check", "format"), ("cargo build", "build"), ("dotnet test", "test"),
        ("deno test", "test"), ("bun test", "test"), ("swift test", "test"),
        ("tsc --noEmit", "typecheck"), ("mypy src", "typecheck"), ("eslint --fix a", "write"),
        ("git push --force", "push"), ("git status", "read"), ("git clean -fd", "delete"),
        ("git -C x commit -m y", "commit"), ("terraform destroy", "delete"),
        ("docker compose down -v", "delete"), ("kubectl delete pod x", "delete"),
        ("gh pr create", "send"), ("pytest --collect-only", "read"), ("crontab -r", "delete"),
        ("npm audit fix", "install"), ("rails db:drop", "delete"), ("ctest", "test"),
    ],
)  # fmt: skip
def test_subcommands_and_options_choose_the_rule(text: str, verb: str) -> None:
    """The same program does different things."""
    found = lookup(tuple(text.split()))
    assert found is not None
    assert found.rule.verb == verb
