"""A trajectory interpreted: effects, outcomes, edits, assertions and provenance as plain values.

Everything points back at the steps it was read from, so that whatever is built on a
ledger can show the record itself.
"""

from typing import Final, Literal, get_args

from msgspec import Struct

Verb = Literal[
    "read",
    "write",
    "delete",
    "move",
    "execute",
    "fetch",
    "search",
    "send",
    "pay",
    "grant",
    "install",
    "test",
    "lint",
    "typecheck",
    "format",
    "build",
    "commit",
    "push",
    "deploy",
    "configure",
    "stop",
    "delegate",
    "ask",
    "plan",
    "finish",
]
VERBS: Final[tuple[Verb, ...]] = get_args(Verb)

CHECK_VERBS: Final = frozenset({"test", "lint", "typecheck", "format", "build"})
"""Verbs whose outcome says whether the code is in order."""

ResourceKind = Literal[
    "file", "url", "host", "process", "package", "repository", "service", "account",
    "message", "database", "container", "setting", "agent", "unknown",
]  # fmt: skip

ExitLink = Literal["own", "implied", "hidden"]
"""What the recorded exit status of a call says of one command in it.

`own`: zero if and only if the command succeeded. `implied`: zero means it succeeded, anything
else may be another command's. `hidden`: the status says nothing of it.
"""

Status = Literal["succeeded", "failed", "unknown"]

Language = Literal["en", "de", "es", "fr", "zh"]


class Effect(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """What one call, or one command inside a call, does to the world.

    Attributes:
        step: index of the call.
        verb: what is done.
        resource: what it is done to: a path, URL, address, package, branch; empty if unnamed.
        resource_kind: what sort of thing `resource` names.
        program: for shell commands, the program run (`pytest`, `git`); for tools, the tool name.
        command: for shell commands, the text of this simple command as written.
        parameter: name of the call's argument that `resource` was read from, empty for shell.
        amount: a quantity of money or items, where one is named.
        unit: the unit of `amount`.
        is_reversible: whether it can be undone; None where the table does not say.
        is_inferred: guessed from names and arguments; no manifest or program table says so.
        is_unparsed: part of the command could not be parsed, so there may be more effects.
        exit_link: what the recorded exit status says of it.
        is_masked: the command is written so that its failure does not show (`|| true`,
            `; exit 0`, `2>/dev/null || echo ok`, `set +e`).
        is_conditional: runs only if something else in the command goes a certain way.
        via: wrappers it runs under, outermost first (`ssh host`, `sudo`, `bash -c`, `docker exec`).
    """

    step: int
    verb: Verb
    resource: str = ""
    resource_kind: ResourceKind = "unknown"
    program: str = ""
    command: str = ""
    parameter: str = ""
    amount: float | None = None
    unit: str = ""
    is_reversible: bool | None = None
    is_inferred: bool = False
    is_unparsed: bool = False
    exit_link: ExitLink = "own"
    is_masked: bool = False
    is_conditional: bool = False
    via: tuple[str, ...] = ()


class TestReport(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """The totals that one run of one test runner printed.

    Attributes:
        runner: the runner's name (`pytest`, `mix test`, `node:test`).
        passed: tests that passed; None where the output does not say and it can't be computed.
        failed: tests that failed, or 0 where the runner's format says that none did.
        errors: tests or files that could not run.
        skipped: skipped, pending, ignored and expected failures.
        total: tests selected, as printed or as the sum of the known parts; None if unknown.
        is_ok: whether the runner's own output says that the run as a whole passed.
        quote: the line or lines that say so, as printed, colour codes removed.
        failures: names of failing tests, where the output names them (at most 50).
    """

    __test__ = False  # not a test class, whatever pytest thinks

    runner: str
    passed: int | None = None
    failed: int = 0
    errors: int = 0
    skipped: int = 0
    total: int | None = None
    is_ok: bool = True
    quote: str = ""
    failures: tuple[str, ...] = ()


class Diagnosis(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """What one linter, type checker, formatter or build printed as its result.

    Attributes:
        tool: the tool (`ruff`, `mypy`, `tsc`, `cargo build`, `mix credo`).
        verb: which sort of check it is: `lint`, `typecheck`, `format` or `build`.
        is_ok: whether its own output says that nothing is wrong.
        errors: problems counted, None where not stated.
        warnings: warnings counted, None where not stated.
        quote: the line that says so.
    """

    tool: str
    verb: Verb
    is_ok: bool
    errors: int | None = None
    warnings: int | None = None
    quote: str = ""


class Outcome(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """What the recorded result says happened to one effect.

    Attributes:
        effect: index of the effect in `Ledger.effects`; outcomes stand in the same order.
        step: index of the result step; None while (or because) none is recorded.
        status: what is known. `unknown` is an answer, never a guess.
        exit_status: the exit status recorded for the call, None where there is none.
        because: one short phrase naming the ground (`exit status 1`, `pytest: 2 failed`).
        quote: the words of the result that show it, empty where an absence does.
        tests: test totals parsed from the result, only on effects that ran tests.
        diagnoses: results of linters, type checkers, formatters and builds.
        is_truncated: the result is not all there was.
    """

    effect: int
    step: int | None = None
    status: Status = "unknown"
    exit_status: int | None = None
    because: str = ""
    quote: str = ""
    tests: tuple[TestReport, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()
    is_truncated: bool = False


EditKind = Literal["create", "modify", "delete", "move", "overwrite"]


class Edit(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One change to one file, as text before and after.

    Attributes:
        step: index of the call.
        path: as written in the call, resolved against the working directory where known.
        kind: `overwrite` replaces whole content whose earlier text may be unknown.
        before: the text replaced: a fragment, or the whole file when `is_whole`; None if unknown.
        after: the text put in its place; None if unknown or deleted.
        is_whole: `before` and `after` are whole files, not fragments.
        status: whether the record shows that the edit took place.
        new_path: for a move, where to.
    """

    step: int
    path: str
    kind: EditKind
    before: str | None = None
    after: str | None = None
    is_whole: bool = False
    status: Status = "unknown"
    new_path: str = ""


AssertionKind = Literal[
    "tests_pass",  # counts may be given
    "tests_fail",  # an honest report of failure
    "build_clean",
    "lint_clean",
    "types_clean",
    "format_clean",
    "ran",  # ran / executed a command or program
    "checked",  # verified / checked / confirmed something
    "read",
    "created",
    "changed",
    "deleted",
    "untouched",  # did not change / left alone
    "reverted",
    "committed",
    "pushed",
    "deployed",
    "installed",
    "sent",
    "paid",
    "booked",
    "notified",
    "acted",  # did something else in the world: delivered, restarted, granted, approved
    "fixed",
    "done",
    "figure",  # a number said to come from output
]
ASSERTION_KINDS: Final[tuple[AssertionKind, ...]] = get_args(AssertionKind)

Channel = Literal["message", "commit", "pull_request", "result_report"]


class Assertion(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Something the agent said it did, or said that holds.

    Attributes:
        step: index of the step that says it (a message, or the call with a commit message).
        kind: what sort of thing is asserted.
        quote: the words, exactly as they stand in the step's text.
        start: where the quote starts in the step's text, in characters; -1 if not in `text`.
        subject: what it is about: a path, command, test name, tool; empty for "the tests".
        subjects: every such thing, when several are named.
        scope: `all` when the words claim the whole (all tests, full suite), `part` when they
            name a part (these tests, the new test, tests in X), `unsaid` otherwise.
        passed: number of tests said to pass.
        failed: number of tests said to fail.
        total: number of tests said to exist ("12 of 14", "12/12").
        figure: for `figure`, the number and its unit as written.
        language: the language it was recognised in.
        is_report: the step is the agent's last message before the user speaks or the run ends.
        is_hedged: it is softened ("should", "I believe", "seems to").
        channel: where it was said.
    """

    step: int
    kind: AssertionKind
    quote: str
    start: int = -1
    subject: str = ""
    subjects: tuple[str, ...] = ()
    scope: Literal["all", "part", "unsaid"] = "unsaid"
    passed: int | None = None
    failed: int | None = None
    total: int | None = None
    figure: str = ""
    language: Language = "en"
    is_report: bool = False
    is_hedged: bool = False
    channel: Channel = "message"


OriginSource = Literal["user", "system", "agent", "tool"]


class Origin(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Where a value in a call first appeared.

    Attributes:
        source: who brought it in. `agent` means that nothing before holds it.
        step: index of the step that holds it first; None for `agent`.
        tool: for `tool`, the name of the tool whose result it is.
        form: how it was found: `exact`, `case`, `space`, `quoted`, `url`, `base64`, `hex`,
            `split`, `joined`.
        quote: the words around it there.
    """

    source: OriginSource
    step: int | None = None
    tool: str = ""
    form: str = "exact"
    quote: str = ""
