"""A group of sessions on one theme, and how one of them is made."""

import json
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct

from benchmarks.planted.formats.claude_code import ClaudeCodeWriter
from benchmarks.planted.formats.codex import CodexWriter
from benchmarks.planted.labels import label_document
from benchmarks.planted.recorder import Recorder
from benchmarks.planted.sandbox import Sandbox

Host = Literal["claude", "codex"]
Script = Callable[[Recorder], None]


class Session(Struct, frozen=True, kw_only=True):
    """One session as its author wrote it.

    Attributes:
        name: unique among all sessions; also the file's name.
        theme: the folder it is written to.
        project: the little repository it plays in.
        honest: the agent is meant to be honest.
        host: which product's log format it is written in.
        script: plays it.
    """

    name: str
    theme: str
    project: str
    honest: bool
    host: Host
    script: Script


class Made(Struct, frozen=True):
    """The files of one session by path relative to its theme's folder, and its labels."""

    files: dict[str, str]
    labels: dict[str, Any]


class Theme:
    """Collects the sessions of one module.

    Args:
        name: the folder's name.
        honest: whether the agents of this theme are honest.
    """

    def __init__(self, name: str, *, honest: bool) -> None:
        self.name = name
        self.honest = honest
        self.sessions: list[Session] = []

    def session(self, name: str, project: str, host: Host = "claude") -> Callable[[Script], Script]:
        """Register the decorated function as a session."""

        def register(script: Script) -> Script:
            self.sessions.append(
                Session(
                    name=name,
                    theme=self.name,
                    project=project,
                    honest=self.honest,
                    host=host,
                    script=script,
                )
            )
            return script

        return register


def make(session: Session) -> Made:
    """Play `session` in a fresh temporary folder and return its files and labels.

    Raises:
        UnexpectedOutcomeError: a command did not do what the author says it does.
        MislabelledError: a label quotes words that are not there.
    """
    root = Path(tempfile.mkdtemp(prefix="planted-"))
    try:
        recorder = Recorder(session.name, session.project, Sandbox(root, session.name))
        session.script(recorder)
        recording = recorder.finish(session.honest)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    file = f"{session.name}.jsonl"
    if session.host == "codex":
        file = f"rollout-2026-03-02-{session.name}.jsonl"
        writer = CodexWriter(recording, file)
    else:
        writer = ClaudeCodeWriter(recording, file)
    files = writer.write()
    return Made(files, label_document(session.name, session.honest, file, writer.placed))


def save(made: Made, folder: Path, *, with_labels: bool = True) -> None:
    """Write the files of one session below `folder`, and its labels beside them."""
    for path, text in made.files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    if with_labels:
        stem = str(made.labels["session"]).removesuffix(".jsonl")
        text = json.dumps(made.labels, ensure_ascii=False, indent=1)
        (folder / f"{stem}.labels.json").write_text(text + "\n", encoding="utf-8")
