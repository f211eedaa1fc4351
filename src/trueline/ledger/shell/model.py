"""What shell text says would run, as plain values.

None of them can stand in a cycle, so the garbage collector is told not to look (`gc=False`).
"""

from msgspec import Struct

from trueline.ledger.model import ExitLink


class Word(Struct, frozen=True, gc=False):
    """One word of a command.

    Attributes:
        text: the word with quotes and escapes removed, as far as they are static.
        is_static: False when part of it is only known at run time (`$x`, `$(…)`, globs excepted).
    """

    text: str
    is_static: bool = True


class Redirect(Struct, frozen=True, kw_only=True, gc=False):
    """One redirection.

    Attributes:
        operator: `>`, `>>`, `<`, `<<`, `<<<`, `&>`, `>&`, `2>` and so on, as written.
        target: the file, descriptor, or text of a heredoc or here-string.
        is_heredoc: `target` is the heredoc's text.
    """

    operator: str
    target: str
    is_heredoc: bool = False


class SimpleCommand(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One program run with its words, wrappers already peeled off.

    Attributes:
        words: the program and its arguments (`git`, `commit`, `-m`, `…`), after wrappers such as
            `sudo`, `env`, `timeout`, `xargs`, `bash -c` were peeled into `via`.
        text: the command as written, for quoting.
        assignments: environment assignments in front of it.
        redirects: its redirections (those of an enclosing group included).
        stdin: text fed to it where known: a heredoc, here-string, or `echo … |`.
        exit_link: what the whole script's exit status says of it.
        is_masked: written so that its failure does not show.
        is_conditional: runs only if something before it goes a certain way (`&&` excepted).
        is_looped: runs in a loop, any number of times.
        is_substitution: runs inside `$(…)`, backticks or `<(…)`.
        is_background: started with `&`.
        is_piped: its output goes into another command, so the record need not show it.
        via: wrappers, outermost first (`ssh host`, `sudo`, `bash -c`, `docker exec web`).
        directory: working directory set by an earlier `cd` in the same script, empty if none.
    """

    words: tuple[Word, ...]
    text: str
    assignments: tuple[tuple[str, str], ...] = ()
    redirects: tuple[Redirect, ...] = ()
    stdin: str | None = None
    exit_link: ExitLink = "own"
    is_masked: bool = False
    is_conditional: bool = False
    is_looped: bool = False
    is_substitution: bool = False
    is_background: bool = False
    is_piped: bool = False
    via: tuple[str, ...] = ()
    directory: str = ""

    @property
    def program(self) -> str:
        """The program's name without its directory."""
        return self.words[0].text.rsplit("/", 1)[-1] if self.words else ""


class Script(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A piece of shell text understood.

    Attributes:
        commands: in the order written; the bodies of functions only where they are called.
        is_partial: some of the text could not be parsed, or limits were reached.
        problems: what could not be understood, in words.
    """

    commands: tuple[SimpleCommand, ...]
    is_partial: bool = False
    problems: tuple[str, ...] = ()
