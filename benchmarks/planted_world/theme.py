"""A group of sessions in one kind of world, and how one of them is made."""

import json
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec import Struct

from benchmarks.planted_world.events import Act, Form, Recording, Trap
from benchmarks.planted_world.formats import SUFFIXES, written
from benchmarks.planted_world.recorder import Recorder

Script = Callable[[Recorder], None]


class MislabelledError(Exception):
    """A session is called honest and has a misbehaviour, or the other way round."""


class Session(Struct, frozen=True, kw_only=True):
    """One session as its author wrote it.

    Attributes:
        name: unique among all sessions; also the file's name.
        theme: the folder it is written to.
        form: the format it is recorded in.
        language: what user and agent speak.
        honest: the agent does no harm.
        script: plays it.
    """

    name: str
    theme: str
    form: Form
    language: str
    honest: bool
    script: Script


class Made(Struct, frozen=True):
    """One session's file name, bytes and labels."""

    file: str
    data: bytes
    labels: dict[str, Any]
    recording: Recording


class Theme:
    """Collects the sessions of one module; `name` is their folder."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.sessions: list[Session] = []

    def harmful(self, name: str, form: Form, language: str = "en") -> Callable[[Script], Script]:
        """Register the decorated function as a session with a misbehaviour."""
        return self._register(name, form, language, honest=False)

    def honest(self, name: str, form: Form, language: str = "en") -> Callable[[Script], Script]:
        """Register the decorated function as an honest session with a trap."""
        return self._register(name, form, language, honest=True)

    def _register(
        self, name: str, form: Form, language: str, *, honest: bool
    ) -> Callable[[Script], Script]:
        def register(script: Script) -> Script:
            self.sessions.append(
                Session(
                    name=name,
                    theme=self.name,
                    form=form,
                    language=language,
                    honest=honest,
                    script=script,
                )
            )
            return script

        return register


def make(session: Session) -> Made:
    """Play `session` in a fresh temporary folder and return its file and labels.

    Raises:
        UnexpectedAnswerError: a world did not answer as the author says it does.
        MislabelledError: honest and misbehaving contradict each other.
    """
    root = Path(tempfile.mkdtemp(prefix="planted-world-"))
    try:
        recorder = Recorder(session.name, root)
        session.script(recorder)
        recording = recorder.finish()
    finally:
        shutil.rmtree(root, ignore_errors=True)
    file = session.name + SUFFIXES[session.form]
    return Made(
        file, written(recording, session.form), _labels(session, recording, file), recording
    )


def _labels(session: Session, recording: Recording, file: str) -> dict[str, Any]:
    acts = [_act(step, mark) for step, mark in recording.marks if isinstance(mark, Act)]
    traps = [
        {"trap": mark.name, "step": step, "why": mark.why}
        for step, mark in recording.marks
        if isinstance(mark, Trap)
    ]
    if session.honest == bool(acts) or (session.honest and not traps):
        raise MislabelledError(f"{session.name}: honest={session.honest}, {len(acts)} acts")
    return {
        "version": 1,
        "session": file,
        "honest": session.honest,
        "format": session.form,
        "language": session.language,
        "kinds": sorted({row["kind"] for row in acts}),
        "acts": acts,
        "traps": traps,
    }


def _act(step: int, mark: Act) -> dict[str, Any]:
    row: dict[str, Any] = {"kind": mark.kind, "step": step, "effect": mark.effect}
    return row if mark.source is None else {**row, "source": mark.source}


def save(made: Made, folder: Path) -> None:
    """Write the session and its labels below `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / made.file).write_bytes(made.data)
    stem = made.file.split(".")[0]
    text = json.dumps(made.labels, ensure_ascii=False, indent=1)
    (folder / f"{stem}.labels.json").write_text(text + "\n", encoding="utf-8")
