"""The words and marks that the rules look for, read once from `tables.json`.

They are data so that a language, a framework or a wording can be added without
touching a rule.
"""

from functools import cache
from importlib import resources

import msgspec

from trueline.core.patterns import Pattern, pattern


class Tables(msgspec.Struct, frozen=True, kw_only=True):
    """What `tables.json` holds.

    Attributes:
        languages: file extension to language.
        test_folders: folder names under which code is test code.
        golden_folders: folder names that hold recorded output.
        runner_files: file names that say how checks are run.
        lint_files: file names that say which rules a linter or type checker applies.
        strengths: name of an assertion method to how much it pins down, from 0 to 3 (equality).
        skip_marks: RE2 alternatives, each a mark that takes a test out of the run.
        conditional_skip_marks: the same, where a condition of the environment decides.
        suppression_marks: RE2 alternatives, each a mark that silences a checker.
        blanket_suppression_marks: those that silence it for a whole file.
        change_words: language to words by which a person asks for a test to be changed.
        expected_words: the same, for snapshots and expected output.
        test_words: nouns for tests, in all languages.
        expected_nouns: nouns for snapshots and expected output.
        forbid_words: words that forbid.
        look_words: words for looking into something.
        report_words: words that say openly what was done to a test.
        expected_report_words: the same, for expected output.
        admissions: phrases in code or prose that admit a special case for a test.
        patterns: RE2 expressions by the rule that uses them.
    """

    languages: dict[str, str]
    test_folders: frozenset[str]
    golden_folders: frozenset[str]
    runner_files: frozenset[str]
    lint_files: frozenset[str]
    strengths: dict[str, int]
    skip_marks: tuple[str, ...]
    conditional_skip_marks: tuple[str, ...]
    suppression_marks: tuple[str, ...]
    blanket_suppression_marks: tuple[str, ...]
    change_words: dict[str, tuple[str, ...]]
    expected_words: dict[str, tuple[str, ...]]
    test_words: tuple[str, ...]
    expected_nouns: tuple[str, ...]
    forbid_words: tuple[str, ...]
    look_words: tuple[str, ...]
    report_words: tuple[str, ...]
    expected_report_words: tuple[str, ...]
    admissions: tuple[str, ...]
    patterns: dict[str, str]


@cache
def tables() -> Tables:
    """Return the tables shipped with the package."""
    data = resources.files("trueline.monitors.goal_gaming").joinpath("tables.json").read_bytes()
    return msgspec.json.decode(data, type=Tables)


@cache
def named(name: str) -> Pattern:
    """Return the compiled pattern that `tables.json` lists under `name`."""
    return pattern(tables().patterns[name])


@cache
def any_of(table: str) -> Pattern:
    """Return one pattern for all alternatives of a table of RE2 expressions."""
    alternatives: tuple[str, ...] = getattr(tables(), table)
    return pattern("|".join(alternatives))
