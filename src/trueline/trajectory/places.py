"""The places where agents keep their sessions on this machine."""

import os
from pathlib import Path


def known_places() -> list[Path]:
    """Return the folders that may hold sessions, whether or not they exist.

    Source:
        Claude Code: `projects` in `$CLAUDE_CONFIG_DIR`, by default `~/.claude`.
        Codex CLI: `sessions` and `archived_sessions` in `$CODEX_HOME`, by default `~/.codex`.
    """
    home = Path.home()
    claude = Path(os.environ.get("CLAUDE_CONFIG_DIR") or home / ".claude")
    codex = Path(os.environ.get("CODEX_HOME") or home / ".codex")
    return [claude / "projects", codex / "sessions", codex / "archived_sessions"]


def known_sessions() -> list[Path]:
    """Return those of the known places that exist, in a fixed order."""
    return [place for place in known_places() if place.is_dir()]
