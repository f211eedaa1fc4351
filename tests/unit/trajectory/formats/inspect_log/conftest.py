"""Logs recorded by Inspect itself, once per test session."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of real logs and of what Inspect's own reader says of them."""
    folder = tmp_path_factory.mktemp("inspect")
    script = Path(__file__).with_name("record_logs.py")
    command = [sys.executable, "-W", "ignore", str(script), str(folder)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder
