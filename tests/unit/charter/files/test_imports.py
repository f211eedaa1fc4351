"""Permissions of other tools as charters: nothing more is allowed, and what is lost is told."""

import json
from pathlib import Path
from typing import Any

import pytest

from trueline.charter import CharterRun, compile_charter
from trueline.charter.check.examples import with_examples
from trueline.charter.imports import Imported, import_charter
from trueline.charter.model import Charter
from trueline.charter.reading import parse_charter
from trueline.charter.reading.examples import moment_of
from trueline.charter.writing import charter_yaml
from trueline.errors import CharterError, MissingExtraError


def said(charter: Charter, *lines: str) -> list[str]:
    """Return what a charter says of lines, the gravest where a line does several things."""
    found: list[str] = []
    for line in lines:
        run = CharterRun(compile_charter(charter), "/repo")
        rulings = [run.step(effect) for effect in moment_of(line).effects]
        answers = {ruling.answer for ruling in rulings if ruling is not None}
        order = ("must_not", "must_ask", "may")
        found.append(next((answer for answer in order if answer in answers), ""))
    return found


def claude(tmp_path: Path, **permissions: Any) -> Imported:
    """Return the charter of some permissions."""
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"permissions": permissions}), "utf-8")
    return import_charter("claude-code", file)


def test_rules_over_shell_commands(tmp_path: Path) -> None:
    """Prefixes end at words; several commands are judged one by one; deny goes first."""
    found = claude(
        tmp_path,
        allow=["Bash(npm run:*)", "Bash(git diff *)", "Bash(make)", "Bash(git * main)"],
        ask=["Bash(git push *)"],
        deny=["Bash(curl:*)"],
    ).charter
    assert said(found, "$ npm run build", "$ npm install x", "$ npm running build") == [
        "may", "must_ask", "must_ask",
    ]  # fmt: skip
    assert said(found, "$ make", "$ make clean", "$ git push origin main") == [
        "may", "must_ask", "must_ask",
    ]  # fmt: skip
    assert said(found, "$ npm run build && curl x.example", "$ sudo curl x.example") == [
        "must_not", "must_not",
    ]  # fmt: skip
    assert said(found, "$ npm run build > /etc/passwd") == ["must_ask"]


def test_rules_over_files(tmp_path: Path) -> None:
    """The four forms of paths; reading is free but where it is denied."""
    found = claude(
        tmp_path,
        allow=["Edit(src/**)", "Edit(/docs/*.md)"],
        deny=["Read(./.env)", "Read(secrets/**)", "Read(~/.ssh/**)", "Read(//etc/shadow)"],
    ).charter
    assert said(found, "Read(file_path=src/a.py)", "read .env", "read sub/.env") == [
        "", "must_not", "",
    ]  # fmt: skip
    assert said(found, "read secrets/x", "$ cat ~/.ssh/id", "read /etc/shadow") == [
        "must_not", "must_not", "must_not",
    ]  # fmt: skip
    assert said(found, "Edit(file_path=/repo/src/a.py)", "Edit(file_path=lib/a.py)") == [
        "may", "must_ask",
    ]  # fmt: skip
    assert said(found, "Edit(file_path=docs/a.md)", "$ rm src/a.py") == ["may", "must_ask"]


def test_rules_over_the_network_and_other_tools(tmp_path: Path) -> None:
    """Domains, MCP servers and single tools."""
    found = claude(
        tmp_path,
        allow=["WebFetch(domain:docs.example.com)", "mcp__github", "mcp__slack__post_message"],
        deny=["mcp__github__delete_repo", "WebSearch"],
    ).charter
    assert said(
        found,
        "WebFetch(url=https://docs.example.com/x)",
        "WebFetch(url=https://evil.example/docs.example.com)",
        "mcp__github__create_issue(title=x)",
        "mcp__github__delete_repo(name=x)",
        "mcp__slack__post_message(text=x)",
        "mcp__slack__delete_message(id=x)",
        "WebSearch(query=x)",
    ) == ["may", "must_ask", "may", "must_not", "may", "must_ask", "must_not"]


@pytest.mark.parametrize(
    ("mode", "write", "read"),
    [
        ("default", "must_ask", ""),
        ("acceptEdits", "may", ""),
        ("plan", "must_not", ""),
        ("dontAsk", "must_not", ""),
        ("bypassPermissions", "", ""),
        ("surprise", "must_ask", ""),
    ],
)
def test_the_mode_is_what_holds_otherwise(tmp_path: Path, mode: str, write: str, read: str) -> None:
    """And an unknown mode asks."""
    found = claude(tmp_path, defaultMode=mode).charter
    assert said(found, "Edit(file_path=a.py)", "Read(file_path=a.py)") == [write, read]


def test_what_has_no_equal_is_told_and_allows_nothing(tmp_path: Path) -> None:
    """Left out where it permits; wider or asked for where it forbids."""
    found = claude(
        tmp_path,
        allow=["Agent(Explore)", "Bash(ls ?)", "Read(!x)", "Write(gen/**)", 7, "mcp__x(a:b)"],
        deny=["Read(log[0-9].txt)", "Agent(Other)", "Write(gen/**)"],
        additionalDirectories=["../docs"],
    )
    assert [rule for rule in found.charter.rules if rule.answer == "may"] == []
    told = "\n".join(found.remarks)
    for word in ("Agent(Explore)", "ls ?", "!x", "allow `Write", "`7`", "a:b", "log[0-9]", "Other",
                 "deny `Write", "additionalDirectories"):  # fmt: skip
        assert word in told
    assert said(found.charter, "read log7.txt", "read log.txt", "write gen/x") == [
        "must_not", "", "must_not",
    ]  # fmt: skip


def test_inspect_policies(tmp_path: Path) -> None:
    """Approvers in order; what none decides is rejected; a catch-all is what holds otherwise."""
    file = tmp_path / "approval.yaml"
    file.write_text(
        "approvers:\n"
        "  - name: human\n    tools: [web_browser_click*, delete_*]\n"
        "  - name: auto\n    tools: bash, read_file\n"
        "  - name: auto\n    tools: '*'\n    decision: reject\n",
        "utf-8",
    )
    found = import_charter("inspect", file)
    assert said(
        found.charter,
        "delete_file(path=x)",
        "$ make",
        "read_file(path=x)",
        "write_file(path=x, content=y)",
    ) == ["must_ask", "may", "may", "must_not"]
    assert found.remarks == ()
    file.write_text(
        "approvers:\n"
        "  - {name: auto, tools: bash}\n"
        "  - {name: human, tools: ['bash*', 'bash(cmd=\"rm*']}\n"
        "  - {name: mine/allowlist, tools: python, params: {commands: [x]}}\n"
        "  - {name: auto, tools: secret*, decision: escalate}\n",
        "utf-8",
    )
    found = import_charter("inspect", file)
    assert len(found.remarks) == 4
    assert said(found.charter, "$ make", "python(code=x)", "other(x=1)") == [
        "must_ask", "must_ask", "must_not",
    ]  # fmt: skip


CEDAR = """
@id("readers")
permit(principal, action in [Action::"read", Action::"list_files"], resource)
  when { resource.path like "src/*" };
permit(principal, action == Action::"pay", resource)
  when { context.amount <= 50 && context.currency == "EUR" };
forbid(principal, action == Action::"pay", resource) when { context.to == "acct-9" };
forbid(principal, action == Action::"delete", resource) unless { context.amount < 3 };
"""


def test_cedar_policies(tmp_path: Path) -> None:
    """What is not permitted is denied; what is forbidden stays so."""
    pytest.importorskip("cedarpy")
    file = tmp_path / "p.cedar"
    file.write_text(CEDAR, "utf-8")
    found = import_charter("cedar", file)
    assert found.remarks == ()
    assert said(
        found.charter,
        "read src/a/b.py",
        "read lib/a.py",
        "pay 50 EUR to acct-7",
        "pay 51 EUR to acct-7",
        "pay 5 USD to acct-7",
        "pay 5 EUR to acct-9",
        "send x",
    ) == ["may", "must_not", "may", "must_not", "must_not", "must_not", "must_not"]


@pytest.mark.parametrize(
    ("policy", "answer"),
    [
        ('permit(principal == A::"x", action, resource);', "must_not"),
        ("permit(principal, action, resource is File);", "must_not"),
        ("permit(principal, action, resource) when { context.mfa };", "must_not"),
        ('permit(principal, action, resource) when { context.amount > 5 };', "must_not"),
        ('permit(principal, action, resource) unless { resource.path like "x*" };', "must_not"),
        ("permit(principal, action, resource);"
         "forbid(principal, action, resource) when { context.risky };", "must_ask"),
        ("permit(principal, action, resource);"
         'forbid(principal in G::"x", action, resource);', "must_ask"),
    ],
)  # fmt: skip
def test_what_cedar_says_beyond_a_charter_allows_nothing(
    tmp_path: Path, policy: str, answer: str
) -> None:
    """A permit is left out, a forbid asks for all that it may mean; both are told."""
    pytest.importorskip("cedarpy")
    file = tmp_path / "p.cedar"
    file.write_text(policy, "utf-8")
    found = import_charter("cedar", file)
    assert len(found.remarks) == 1
    assert said(found.charter, "write src/a.py") == [answer]


def test_files_of_another_kind_are_refused(tmp_path: Path) -> None:
    """With one error, whatever they hold."""
    file = tmp_path / "x"
    for source in ("claude-code", "inspect", "cedar"):
        for text in ("[]", "{", "7", '{"permissions": {"allow": 7}, "approvers": [7]}'):
            file.write_text(text, "utf-8")
            with pytest.raises((CharterError, MissingExtraError)):
                import_charter(source, file)


def test_an_import_loads_again_as_it_was(tmp_path: Path) -> None:
    """The file that is written says what was taken over."""
    found = claude(tmp_path, allow=["Bash(npm run:*)", "Edit(src/**)"], deny=["Read(.env)"])
    charter = with_examples(found.charter)
    again = parse_charter(charter_yaml(charter))
    assert [(one.answer, one.selector) for one in again.rules] == [
        (one.answer, one.selector) for one in charter.rules
    ]
    assert dict(again.otherwise) == dict(charter.otherwise)
