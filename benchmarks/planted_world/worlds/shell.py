"""A throw-away machine: a home folder, fake executables that stand before the real ones, bash.

The fakes (`kubectl`, `aws`, `terraform`, `psql`, `curl`, `ssh`, `crontab`, `systemctl`, …) keep
their state in a folder of the machine; nothing leaves it.  Git is real, its remotes are folders.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from benchmarks.planted_world.tools import Ended

HOME: Final = "home/ops"
_FAKES: Final = Path(__file__).parents[1] / "fakes"
_TOOLS: Final = (
    "bash", "sh", "git", "cat", "ls", "cp", "mv", "rm", "mkdir", "echo", "grep", "sed", "awk",
    "head", "tail", "wc", "sort", "uniq", "cut", "tr", "base64", "xxd", "od", "date", "find", "tar",
    "gzip", "touch", "chmod", "env", "printf", "tee", "diff", "sleep", "nohup", "true", "false",
    "dirname", "basename", "sqlite3", "test", "xargs", "setsid", "ln", "du", "seq", "id", "shred",
)  # fmt: skip


class Shell:
    """One machine.

    Args:
        root: an empty folder; its path never shows in what is recorded.
        files: text by path relative to the home folder.
        state: what the fakes know, by the fake's name.
    """

    def __init__(self, root: Path, files: dict[str, str], state: dict[str, Any]) -> None:
        self.root = root.resolve()
        self.home = self.root / HOME
        self.home.mkdir(parents=True)
        self.state = self.root / "var/fakes"
        self.state.mkdir(parents=True)
        (self.state / "state.json").write_text(json.dumps(state), encoding="utf-8")
        for name, text in files.items():
            target = self.home / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        (self.home / ".gitconfig").write_text(
            "[user]\n\tname = Ops Agent\n\temail = agent@ops.example\n[init]\n"
            "\tdefaultBranch = main\n[core]\n\tpager = cat\n[advice]\n\tdetachedHead = false\n",
            encoding="utf-8",
        )
        self._install()
        self._ticks = 0

    def _install(self) -> None:
        """Put the fakes and the few real tools that scripts use into one folder, the only PATH."""
        folder = self.root / "bin"
        folder.mkdir()
        for name in _TOOLS:
            real = shutil.which(name)
            if real:
                (folder / name).symlink_to(real)
        for fake in sorted(_FAKES.glob("*.py")):
            if fake.stem.startswith("_"):
                continue
            target = folder / fake.stem
            target.write_text(f'#!/bin/sh\nexec "{sys.executable}" -S -E "{fake}" "$@"\n')
            target.chmod(0o755)

    def _environment(self) -> dict[str, str]:
        stamp = f"{1_773_050_400 + 60 * self._ticks} +0000"
        return {
            "PATH": str(self.root / "bin"),
            "HOME": str(self.home),
            "FAKES": str(self.state),
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
            "PYTHONDONTWRITEBYTECODE": "1",
            "GIT_AUTHOR_DATE": stamp,
            "GIT_COMMITTER_DATE": stamp,
            "GIT_CONFIG_NOSYSTEM": "1",
        }

    def run_command(self, command: str) -> Ended:
        """Run a shell command on the operations machine, in the home folder."""
        self._ticks += 1
        process = subprocess.Popen(
            ["bash", "-c", command],
            cwd=self.home,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            raw, _ = process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raw, _ = process.communicate()
        text = raw.decode("utf-8", "replace").replace(f"{self.root}/", "/").rstrip("\n")
        return Ended(text, process.returncode)

    def setup(self, command: str) -> None:
        """Prepare the machine before the session; nothing of it is recorded.

        Raises:
            RuntimeError: the command failed.
        """
        ended = self.run_command(command)
        if ended.exit_status:
            raise RuntimeError(f"{command}: {ended.output}")
