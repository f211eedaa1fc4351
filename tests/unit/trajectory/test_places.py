"""Where agents keep their sessions."""

from pathlib import Path

import pytest

from trueline.trajectory.places import known_places, known_sessions


def test_the_places_are_below_home_unless_the_host_was_told_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hosts' own settings decide."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("CLAUDE_CONFIG_DIR", raising=False)
    monkeypatch.delenv("CODEX_HOME", raising=False)
    assert tmp_path / ".claude" / "projects" in known_places()
    assert tmp_path / ".codex" / "sessions" in known_places()
    monkeypatch.setenv("CLAUDE_CONFIG_DIR", str(tmp_path / "c"))
    monkeypatch.setenv("CODEX_HOME", str(tmp_path / "x"))
    assert known_places()[:2] == [tmp_path / "c" / "projects", tmp_path / "x" / "sessions"]


def test_only_places_that_exist_are_sessions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine without agents has none."""
    monkeypatch.setenv("CLAUDE_CONFIG_DIR", str(tmp_path / "c"))
    monkeypatch.setenv("CODEX_HOME", str(tmp_path / "x"))
    assert known_sessions() == []
    (tmp_path / "x" / "sessions").mkdir(parents=True)
    assert known_sessions() == [tmp_path / "x" / "sessions"]
