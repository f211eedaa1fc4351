"""Plug-ins are found as `importlib.metadata` finds them."""

import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from trueline.monitors.plugins import installed


def _install(folder: Path, name: str, entries: str) -> None:
    metadata = folder / name
    metadata.mkdir()
    (metadata / "METADATA").write_text(f"Name: {name.partition('-')[0]}\nVersion: 1\n")
    (metadata / "entry_points.txt").write_text(entries)


@pytest.mark.parametrize("group", ["console_scripts", "trueline.monitors", "pytest11", "none"])
def test_what_is_installed_here_is_found(group: str) -> None:
    """Every group of this environment gives the same names and values as the standard library."""
    wanted = {point.name: point.value for point in entry_points(group=group)}
    assert {name: plugin.value for name, plugin in installed(group).items()} == wanted


def test_only_the_group_asked_for_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other groups, comments and blank lines are passed over; extras do not matter."""
    entries = "[other]\nx = a:b\n\n[our.group]\n# note\nflag = os.path:join [extra]\nmod = os\n"
    _install(tmp_path, "plug_in-1.dist-info", entries)
    monkeypatch.syspath_prepend(str(tmp_path))
    found = installed("our.group")
    assert sorted(found) == ["flag", "mod"]
    assert found["flag"].load() is __import__("os").path.join
    assert found["mod"].load() is __import__("os")


def test_of_two_packages_by_one_name_the_first_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with imports, the folder that comes first on the path wins."""
    for number in (1, 2):
        folder = tmp_path / str(number)
        folder.mkdir()
        _install(folder, f"plug_in-{number}.dist-info", f"[our.group]\nname = module{number}:x\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path / "1"), str(tmp_path / "2"), *sys.path])
    assert installed("our.group")["name"].value == "module1:x"


def test_an_archive_on_the_path_is_left_to_the_standard_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What can't be listed as a folder is asked of `importlib.metadata`, with the same answer."""
    archive = tmp_path / "packages.zip"
    archive.write_bytes(b"PK\x05\x06" + bytes(18))
    monkeypatch.syspath_prepend(str(archive))
    assert "deception" in installed("trueline.monitors")
