"""A throw-away machine for one scripted agent: a home folder, a clean environment, a fake clock.

What is recorded differs from what was printed in four ways only, all in `neutral`: the
temporary root is cut off, the interpreter's folders get neutral names, measured durations get
fixed values, and memory addresses become 0x7f0000000000.
"""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from trueline.core.patterns import pattern

HOME: Final = "home/dev"
EPOCH: Final = 1_772_442_000  # 2026-03-02T09:00:00Z: every session starts on this day

_DURATIONS: Final = (
    (r"(\bin )\d+\.\d\ds\b", "0.05s"),
    (r"(Ran \d+ tests? in )\d+\.\d+s", "0.002s"),
    (r"(duration_ms:? )\d+(\.\d+)?", "1.25"),
    (r"(\()\d+(\.\d+)?ms\)", "1.25ms)"),
    (r"(0x)[0-9a-f]{8,16}\b", "7f0000000000"),
)
"""What is measured, with the words before it as group 1, and the value that replaces it."""


def missing_tools(needed: Iterable[str]) -> list[str]:
    """Return which of the tools `needed` are absent on this machine."""
    beside = Path(sys.executable).parent
    return [name for name in needed if not (beside / name).exists() and not shutil.which(name)]


class Sandbox:
    """One temporary root with a home folder in it; commands run there and nowhere else.

    Args:
        root: an empty folder; its real path never shows in what is recorded.
        seed: makes the start time differ from session to session, always in the same way.
    """

    def __init__(self, root: Path, seed: str) -> None:
        self.root = root.resolve()
        self.home = self.root / HOME
        self.home.mkdir(parents=True, exist_ok=True)
        offset = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:2], "big") % 36_000
        self.now = float(EPOCH + offset)
        (self.home / ".gitconfig").write_text(
            "[user]\n\tname = Test Agent\n\temail = agent@example.invalid\n"
            "[init]\n\tdefaultBranch = main\n[core]\n\tpager = cat\n"
            "[advice]\n\tdetachedHead = false\n",
            encoding="utf-8",
        )

    def _environment(self) -> dict[str, str]:
        stamp = f"{int(self.now)} +0000"
        tools = str(Path(sys.executable).parent)
        return {
            "PATH": f"{tools}:{os.environ.get('PATH', '/usr/bin:/bin')}",
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
            "COLUMNS": "80",
            "GIT_AUTHOR_DATE": stamp,
            "GIT_COMMITTER_DATE": stamp,
            "GIT_CONFIG_NOSYSTEM": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONHASHSEED": "0",
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
            "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1",
            "RUFF_NO_CACHE": "true",
            "npm_config_update_notifier": "false",
            "npm_config_logs_max": "0",
            "npm_config_offline": "true",
        }

    def neutral(self, text: str) -> str:
        """Return `text` without what differs from one run or machine to the next."""
        text = text.replace(str(self.root) + "/", "/").replace(str(self.root), "/")
        beside = Path(sys.executable).parent.parent
        for folder, shown in ((beside, "/home/dev/.venv"), (Path(sys.base_prefix), "/usr/local")):
            text = text.replace(str(folder), shown)
        for source, fixed in _DURATIONS:
            text = pattern(source).sub(lambda match, fixed=fixed: (match[1] or "") + fixed, text)
        return text

    def run(self, command: str, cwd: Path, limit_s: float = 60.0) -> tuple[str, int, bool]:
        """Run `command` with bash in `cwd`.

        Returns:
            Its neutral output (both streams, as they came), its exit status, and whether the
            time limit ended it.
        """
        process = subprocess.Popen(
            ["bash", "-c", command],
            cwd=cwd,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        timed_out = False
        try:
            raw, _ = process.communicate(timeout=limit_s)
        except subprocess.TimeoutExpired:
            timed_out = True
            os.killpg(process.pid, signal.SIGTERM)
            raw, _ = process.communicate()
        text = self.neutral(raw.decode("utf-8", "replace")).rstrip("\n")
        return text, (143 if timed_out else process.returncode), timed_out

    def pass_time(self, seconds: float) -> None:
        """Let the fake clock go on."""
        self.now += seconds


def iso(at: float) -> str:
    """Return the time stamp of `at` as session logs write it."""
    whole = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(int(at)))
    return f"{whole}.{int(at * 1000) % 1000:03d}Z"
