"""Plays a scripted agent in a throw-away repository and keeps what really happened."""

import hashlib
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.planted.archives import lay_out
from benchmarks.planted.events import (
    Collected,
    Delegated,
    Edited,
    Entry,
    Event,
    Looked,
    Ran,
    Recording,
    Said,
    Thought,
    Wrote,
)
from benchmarks.planted.labels import Mark, attach
from benchmarks.planted.sandbox import Sandbox


class UnexpectedOutcomeError(Exception):
    """A command of a session did not do what the session's author wrote that it does."""


class Recorder:
    """One scripted agent at work.

    Args:
        name: the session's name; seeds the clock and every id.
        project: which little repository to work in.
        sandbox: where it happens.
        cwd: the working directory; made from `project` when not given.
    """

    def __init__(self, name: str, project: str, sandbox: Sandbox, cwd: Path | None = None) -> None:
        self.name = name
        self.project = project
        self.sandbox = sandbox
        self.cwd = cwd or sandbox.home / project
        self.entries: list[Entry] = []
        self._is_started = cwd is not None
        self._background: dict[str, tuple[str, str, int]] = {}
        if cwd is None:
            self.cwd.mkdir()
            lay_out(project, self.cwd)

    # What was there before the session: nothing of it is recorded.

    def before(self, path: str, old: str, new: str) -> None:
        """Change the repository before the session starts."""
        target = self.cwd / path
        content = target.read_text(encoding="utf-8")
        if content.count(old) != 1:
            raise UnexpectedOutcomeError(f"{self.name}: {old!r} is not once in {path}")
        target.write_text(content.replace(old, new), encoding="utf-8")

    def before_write(self, path: str, content: str) -> None:
        """Write a file before the session starts."""
        target = self.cwd / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")
        if content.startswith("#!"):
            target.chmod(0o755)

    def before_run(self, command: str) -> None:
        """Run a command before the session is recorded, after the first commit."""
        self._start()
        output, status, _ = self.sandbox.run(command, self.cwd)
        if status:
            raise UnexpectedOutcomeError(f"{self.name}: {command}: {output}")

    def _start(self) -> None:
        if self._is_started:
            return
        self._is_started = True
        self.before_run("git init -q && git add -A && git commit -q -m 'Import the project'")

    # What is recorded.

    def _add(self, event: Event, text: str, marks: Sequence[Mark], seconds: float) -> None:
        self._start()
        digest = hashlib.sha256(f"{self.name}:{len(self.entries)}".encode()).digest()
        self.sandbox.pass_time(seconds + digest[0] / 60 + digest[1] / 1000)
        entry = Entry(event=event, at=self.sandbox.now)
        self.entries.append(attach(entry, text, tuple(marks), self.name))

    def user(self, text: str) -> None:
        """The user types."""
        self._add(Said(who="user", text=text), text, (), 20)

    def host(self, text: str) -> None:
        """The host puts words into the conversation (a notification, an interruption)."""
        self._add(Said(who="host", text=text), text, (), 0)

    def think(self, text: str) -> None:
        """The agent reasons."""
        self._add(Thought(text=text), text, (), 1)

    def say(self, text: str, *marks: Mark) -> None:
        """The agent speaks."""
        self._add(Said(who="agent", text=text), text, marks, 3)

    def mark(self, *marks: Mark) -> None:
        """Add marks to the entry recorded last."""
        entry = self.entries[-1]
        event = entry.event
        text = event.command if isinstance(event, Ran) else getattr(event, "text", "")
        self.entries[-1] = attach(entry, text, marks, self.name)

    def bash(
        self,
        command: str,
        *marks: Mark,
        exits: int = 0,
        shows: str | Sequence[str] = (),
        about: str = "",
        limit_s: int = 0,
        aborted: bool = False,
    ) -> str:
        """Run a command; fail unless it exits with `exits` and prints every one of `shows`.

        Args:
            limit_s: a time limit that the command is meant to run into.
            aborted: record the cut at the limit as the user's.
        """
        self._start()
        output, status, timed_out = self.sandbox.run(command, self.cwd, limit_s or 60)
        wanted = (shows,) if isinstance(shows, str) else tuple(shows)
        if timed_out != bool(limit_s) or (not limit_s and status != exits):
            raise UnexpectedOutcomeError(f"{self.name}: {command!r} exited {status}:\n{output}")
        for piece in wanted:
            if piece not in output:
                raise UnexpectedOutcomeError(
                    f"{self.name}: no {piece!r} from {command!r}:\n{output}"
                )
        event = Ran(
            command=command,
            output=output,
            exit_status=status,
            seconds=float(limit_s or 1),
            description=about,
            timeout_s=0 if aborted else limit_s,
            aborted=aborted,
        )
        self._add(event, command, marks, event.seconds)
        return output

    def background(self, command: str, *, exits: int = 0, about: str = "") -> str:
        """Start a command in the background; returns its id for `collect`."""
        self._start()
        task = "b" + hashlib.sha256(f"{self.name}{command}".encode()).hexdigest()[:6]
        output, status, _ = self.sandbox.run(command, self.cwd)
        if status != exits:
            raise UnexpectedOutcomeError(f"{self.name}: {command!r} exited {status}:\n{output}")
        self._background[task] = (about, output, status)
        event = Ran(
            command=command,
            output="",
            exit_status=0,
            seconds=0,
            description=about,
            background_id=task,
        )
        self._add(event, command, (), 0)
        return task

    def collect(self, task: str) -> None:
        """Fetch the output of a background command."""
        about, output, status = self._background.pop(task)
        event = Collected(background_id=task, description=about, output=output, exit_status=status)
        self._add(event, "", (), 30)

    def write(self, path: str, content: str, *marks: Mark) -> None:
        """Write a whole file."""
        self._start()
        target = self.cwd / path
        before = target.read_text(encoding="utf-8") if target.exists() else None
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")
        self._add(Wrote(path=path, before=before, after=content), content, marks, 4)

    def edit(self, path: str, old: str, new: str, *marks: Mark, missing: bool = False) -> None:
        """Replace one piece of a file; with `missing`, the piece must not be there."""
        self._start()
        target = self.cwd / path
        before = target.read_text(encoding="utf-8")
        if before.count(old) != (0 if missing else 1):
            raise UnexpectedOutcomeError(
                f"{self.name}: {old!r} is {before.count(old)} times in {path}"
            )
        after = before.replace(old, new)
        target.write_text(after, encoding="utf-8")
        error = f"String to replace not found in file.\nString: {old}" if missing else ""
        event = Edited(path=path, old=old, new=new, before=before, after=after, error=error)
        self._add(event, new, marks, 3)

    def read(self, path: str, *marks: Mark) -> None:
        """Read a file with the host's tool."""
        self._start()
        content = (self.cwd / path).read_text(encoding="utf-8")
        self._add(Looked(path=path, content=content), content, marks, 1)

    @contextmanager
    def task(self, description: str, prompt: str) -> Generator["Recorder", None, None]:
        """Hand work to a subagent; the last thing it says is its report."""
        self._start()
        digest = hashlib.sha256(f"{self.name}{description}".encode()).hexdigest()[:7]
        child = Recorder(f"{self.name}/{digest}", self.project, self.sandbox, self.cwd)
        yield child
        last = child.entries[-1].event
        if not isinstance(last, Said):
            raise UnexpectedOutcomeError(f"{self.name}: the subagent does not end with a report")
        event = Delegated(
            description=description,
            prompt=prompt,
            agent_id="a" + digest,
            entries=tuple(child.entries),
            report=last.text,
        )
        self._add(event, "", (), 2)

    def finish(self, honest: bool) -> Recording:
        """Return what was recorded."""
        return Recording(
            name=self.name,
            project=self.project,
            cwd=f"/home/dev/{self.project}",
            branch="main",
            honest=honest,
            entries=tuple(self.entries),
        )
