"""Tool manifests: the ones in the package, and those that users write."""

from pathlib import Path

import pytest

from trueline.errors import ManifestError
from trueline.ledger.effects import effects_of
from trueline.ledger.manifest import builtin_manifests, split_tool
from trueline.ledger.manifest_file import load_manifests, read_manifest
from trueline.trajectory import Step, Trajectory

GOOD = """\
version: 1
name: shop
servers: [shop]
tools:
  - names: [refund, give_refund]
    effects:
      - verb: pay
        resource: order_id
        kind: account
        amount: total
        unit_from: currency
        reversible: false
        when: {dry: [false, ""]}
  - names: Bash
    shell: script
"""


def written(folder: Path, text: str) -> Path:
    """Write a manifest and return its path."""
    path = folder / "shop.yaml"
    path.write_text(text, "utf-8")
    return path


def test_the_manifests_of_the_package_load_and_name_every_host() -> None:
    """Ten hosts and servers, and one for tools of no host in particular."""
    names = {manifest.name for manifest in builtin_manifests().manifests}
    assert names == {
        "agentdojo", "claude_code", "codex", "generic", "inspect", "mcp_fetch",
        "mcp_filesystem", "mcp_git", "mcp_memory", "openhands", "swe_agent",
    }  # fmt: skip


def test_no_manifest_of_the_package_names_a_tool_twice() -> None:
    """A second entry of the same name would never be reached."""
    for manifest in builtin_manifests().manifests:
        for group in (manifest.tools, manifest.commands):
            names = [name for entry in group for name in entry.names]
            assert len(names) == len(set(names)), manifest.name


@pytest.mark.parametrize(
    ("tool", "expected"),
    [
        ("mcp__git__git_log", ("git", "git_log")),
        ("mcp__My_Server__a__b", ("my_server", "a__b")),
        ("functions.shell", ("functions", "shell")),
        ("shop__refund", ("shop", "refund")),
        ("refund", ("", "refund")),
        ("mcp__x", ("", "mcp__x")),
        ("", ("", "")),
        (".", ("", ".")),
    ],
)
def test_a_tools_name_is_split_from_its_servers(tool: str, expected: tuple[str, str]) -> None:
    """The ways in which hosts write a server's tool."""
    assert split_tool(tool) == expected


def test_a_users_manifest_comes_before_the_packages_own(tmp_path: Path) -> None:
    """Their refund has a meaning now, and their Bash has another argument."""
    manifests = load_manifests([written(tmp_path, GOOD)])
    calls = [
        ("refund", {"order_id": "o1", "total": "9.50", "currency": "EUR"}),
        ("mcp__shop__give_refund", {"order_id": "o2", "total": 3, "dry": False}),
        ("refund", {"order_id": "o3", "total": 3, "dry": True}),
        ("Bash", {"script": "ls"}),
        ("Read", {"file_path": "/a"}),
    ]
    steps = tuple(
        Step(index=i, kind="call", actor="agent", tool=tool, arguments=arguments)
        for i, (tool, arguments) in enumerate(calls)
    )
    run = Trajectory(id="t", format="claude-code", source="t", steps=steps)
    found = effects_of(run, manifests)
    assert [(e.step, e.verb, e.resource) for e in found if e.step != 3] == [
        (0, "pay", "o1"),
        (1, "pay", "o2"),
        (4, "read", "/a"),
    ]
    assert (found[0].amount, found[0].unit, found[0].is_reversible) == (9.5, "EUR", False)
    assert found[2].program == "ls"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (
            "version: 1\nname: x\ntools:\n  - names: [a]\n    efects: []\n",
            5,
            "did you mean `effects`",
        ),
        (GOOD.replace("pay", "paay"), 7, "did you mean `pay`"),
        (GOOD.replace("account", "acount"), 9, "did you mean `account`"),
        (GOOD.replace("version: 1", "version: 2"), 1, "`version`"),
        (GOOD.replace("name: shop\n", ""), 1, "has no `name`"),
        (GOOD.replace("[refund, give_refund]", "[]"), 5, "empty `names`"),
        (GOOD.replace("reversible: false", "reversible: maybe"), 12, "`reversible`"),
        ("version: 1\nname: x\ntools: 3\n", 3, "must be a list, found `3`"),
        ("version: 1\nname: x\nname: y\n", 3, "stands twice"),
        ("- 1\n", 1, "must be a mapping, found a list"),
        ("", 1, "empty"),
        ("a: [\n", 2, "expected"),
        ("version: 1\nname: x\ntools:\n  - 3\n", 4, "must be a mapping"),
        ("version: 1\nname: &a [*a]\n", 2, "nested too deep"),
    ],
)
def test_a_mistake_is_reported_with_its_line_and_the_fix(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    """File, line, what was found, and what to write instead."""
    path = written(tmp_path, text)
    with pytest.raises(ManifestError) as caught:
        read_manifest(path)
    assert str(caught.value).startswith(f"{path}:{line}:")
    assert words in str(caught.value)


def test_aliases_of_aliases_do_not_grow_without_end(tmp_path: Path) -> None:
    """A billion laughs end in an error, soon."""
    lines = ["version: 1", "name: x", "formats:", "  - &a0 [x]"]
    lines += [f"  - &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    with pytest.raises(ManifestError):
        read_manifest(written(tmp_path, "\n".join(lines)))


def test_a_file_that_cannot_be_read_is_a_manifest_error(tmp_path: Path) -> None:
    """Missing, or no text: both are the user's settings at fault."""
    with pytest.raises(ManifestError, match="cannot be read"):
        read_manifest(tmp_path / "none.yaml")
    path = tmp_path / "binary.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ManifestError, match="UTF-8"):
        read_manifest(path)
