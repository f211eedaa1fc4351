"""Read one assertion of a language other than Python by its words and argument list."""

from typing import Final

from msgspec.structs import replace

from trueline.core.patterns import pattern
from trueline.monitors.goal_gaming.suite.checks import Assert
from trueline.monitors.goal_gaming.tables import tables

_TRUE: Final = {"true", "!0", "1", "!!1", "true()"}


def arguments_of(text: str, start: int) -> tuple[list[str], int]:
    """Split the argument list that opens at `text[start]`; return it and the index after it.

    Quotes and nested brackets are respected; an unclosed list ends with the text.
    """
    parts: list[str] = []
    depth, quote, begin, index = 0, "", start + 1, start
    while index < len(text):
        char = text[index]
        if quote:
            if char == "\\":
                index += 1
            elif char == quote:
                quote = ""
        elif char in "\"'`":
            quote = char
        elif char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
            if depth == 0:
                parts.append(text[begin:index])
                return [" ".join(p.split()) for p in parts if p.strip()], index + 1
        elif char == "," and depth == 1:
            parts.append(text[begin:index])
            begin = index + 1
        index += 1
    parts.append(text[begin:])
    return [" ".join(p.split()) for p in parts if p.strip()], len(text)


def _is_literal(text: str) -> bool:
    """Return whether an argument is a constant."""
    return (
        pattern(
            r"^(?:-?[\d._]+\w*|\"[^\"]*\"|'[^']*'|`[^`]*`|true|false|null|nil|undefined|None|\[\]|\{\})$"
        ).match(text)
        is not None
    )


def _callee(text: str) -> str:
    """Return the function or value that an expression starts from."""
    call = pattern(r"(\w+)\s*\(").search(text)
    name = call or pattern(r"([A-Za-z_]\w*)").search(text)
    return str(name.group(1)) if name is not None else ""


def _made(subject: str, expected: str, strength: int, quote: str, owner: str,
          slack: float | None = None, words: str = "") -> Assert:  # fmt: skip
    """Return an assertion in normal form."""
    return Assert(
        key=f"{subject} <{words}:{strength}:{slack}> {expected}",
        subject=subject,
        expected=expected,
        strength=strength,
        slack=slack,
        callee=_callee(subject),
        quote=quote.strip(),
        owner=owner,
    )


def read_condition(statement: str, owner: str) -> list[Assert]:
    """Return what a shell condition such as `[ "$output" = "3" ]` pins down."""
    text = statement.strip()
    body = pattern(r"^(?:\[\[?|test)\s+(.*?)\s*(?:\]\]?)?\s*(?:\|\|.*|&&.*)?$").match(text)
    if body is None:
        return [_of_bare(text, owner)]
    inner = str(body.group(1))
    compare = pattern(r"^(.+?)\s+(==?|!=|=~|-eq|-ne|-lt|-le|-gt|-ge)\s+(.+)$").match(inner)
    if compare is None:
        subject = inner.rsplit(maxsplit=1)[-1] if inner.strip() else ""
        return [_made(subject, "", 1, text, owner, words=inner[:3])]
    left, sign, right = (str(group) for group in compare.groups())
    strength = 3 if sign in ("=", "==", "-eq") else 1 if sign in ("!=", "-ne") else 2
    if strength == 3 and right.strip("\"'").startswith("*"):
        strength = 2
    return [_made(left, right, 0 if left == right else strength, text, owner, words=sign)]


def _of_failing_branch(condition: str, text: str, owner: str) -> Assert:
    """Return what `if got := f(x); got != 3 { t.Errorf(…) }` pins down."""
    inner = pattern(r"^(?:\} else )?if\s+(.*?)\s*\{$").match(condition)
    body = str(inner.group(1)) if inner is not None else condition
    setup, _, test = body.rpartition(";")
    test = test.strip()
    bound = pattern(r"^\s*(\w+)(?:\s*,\s*\w+)*\s*:?=\s*(.+)$").match(setup)
    compare = pattern(r"^(.+?)\s*(!=|==|<=?|>=?)\s*(.+)$").match(test)
    quote = f"{condition}\n{text}"
    if compare is None:
        return _made(test, "", 1, quote, owner, words="if")
    left, sign, right = (str(group) for group in compare.groups())
    if bound is not None and left == str(bound.group(1)):
        left = str(bound.group(2))
    level = 3 if sign == "!=" else 1 if sign == "==" else 2
    return _made(left, right, level, quote, owner, words=sign)


def read_call(statement: str, owner: str, condition: str = "") -> list[Assert]:
    """Return the assertion that one statement makes, in a branch taken on `condition`."""
    text = statement.strip()
    expect = pattern(r"\bexpect(?:Type)?\s*[\(\{]|\bassertThat\(").search(text)
    if expect is not None:
        return [_of_chain(text, expect.end() - 1, owner)]
    if ".should" in text or ".Should()" in text:
        marker = ".should" if ".should" in text else ".Should()"
        subject, _, rest = text.partition(marker)
        return [_of_matcher(subject.strip(), rest, text, owner)]
    head = pattern(
        r"\b((?:\w+(?:\.|->|::))*(?:assert|refute|require|EXPECT|ASSERT|XCTAssert|debug_assert|Assert|REQUIRE|CHECK|verify|Error|Fatal)\w*(?:\.\w+)*!?)\s*\("
    ).search(text)
    if head is None:
        return [_of_bare(text, owner)]
    name = str(head.group(1)).rstrip("!")
    last = pattern(r"\.|->|::").split(name)[-1]
    args, _ = arguments_of(text, head.end() - 1)
    if last in {"Error", "Errorf", "Fatal", "Fatalf", "Fail", "FailNow"} and name.startswith("t."):
        if condition:
            return [_of_failing_branch(condition, text, owner)]
        if args:
            return [_made("", ", ".join(args), 2, text, owner)]
        return [_made("", " ".join(text.split()), 2, text, owner)]
    if args and args[0] in {"t", "s.T()", "suite.T()", "self"}:
        args = args[1:]
    return [_of_arguments(last, args, text, owner)]


def _of_arguments(name: str, args: list[str], text: str, owner: str) -> Assert:
    """Return what a call such as `assertEquals(3, f(1))` pins down."""
    strength = tables().strengths.get(name, 1)
    if not args:
        return _made("", name, strength, text, owner, words=name)
    if strength >= 2 and len(args) > 1:
        left, right = args[0], args[1]
        if left == right:
            return _made("", left, 0, text, owner, words=name)
        if _is_literal(left) and not _is_literal(right):
            left, right = right, left
        slack = _number(args[2]) if len(args) > 2 else None
        made = _made(left, right, strength, text, owner, slack, name)
        return _bounded(made, name, right)
    return _of_condition(args[0], name, strength, text, owner)


def _of_condition(condition: str, name: str, strength: int, text: str, owner: str) -> Assert:
    """Return what a truth assertion pins down, reading a comparison inside it."""
    if condition in _TRUE and "alse" not in name:
        return _made("", condition, 0, text, owner, words=name)
    compare = pattern(r"^(.+?)\s*(===?|!==?|<=?|>=?|=~)\s*(.+)$").match(condition)
    if compare is not None:
        left, op, right = (str(g) for g in compare.groups())
        if left == right and "=" in op and "!" not in op:
            return _made("", condition, 0, text, owner, words=name)
        if _is_literal(left) and not _is_literal(right):
            left, right = right, left
        level = 3 if op in {"==", "==="} else 1 if op.startswith("!") else 2
        return _bounded(_made(left, right, level, text, owner, words=op), op, right)
    return _made(condition, "", strength, text, owner, words=name)


def _bounded(made: Assert, word: str, right: str) -> Assert:
    """Return an assertion with the number that its comparison holds the subject against."""
    number = _number(right.split(",", maxsplit=1)[0].replace("_", ""))
    if word.startswith("<") or "Less" in word or "less" in word:
        return replace(made, upper=number)
    if word.startswith(">") or "Greater" in word or "greater" in word:
        return replace(made, lower=number)
    return made


def _number(text: str) -> float | None:
    """Return a plain number, None for anything else."""
    try:
        return float(text)
    except ValueError:
        return None


def _of_chain(text: str, at: int, owner: str) -> Assert:
    """Return what `expect(x).toBe(3)` and its like pin down."""
    args, end = arguments_of(text, at)
    subject = args[0] if args else ""
    return _of_matcher(subject, text[end:], text, owner)


def _of_matcher(subject: str, rest: str, text: str, owner: str) -> Assert:
    """Return what the matchers in `rest` say of `subject`."""
    known = tables().strengths
    best: tuple[int, str, str] | None = None
    slack: float | None = None
    for name, args in _chained(rest):
        if name not in known:
            continue
        if name == "toBeCloseTo":
            digits = _number(args[1]) if len(args) > 1 else 2.0
            slack = 10.0 ** -min(max(digits or 0.0, 0.0), 300.0)
        if best is None or known[name] > best[0]:
            best = (known[name], ", ".join(args[:1]), name)
    if best is None:
        return _made(subject, " ".join(rest.split()), 1, text, owner)
    strength, expected, name = best
    negated = pattern(r"\bnot\b|\bnot_to\b|\bto_not\b|\bNot").search(rest[:20]) is not None
    if strength == 3 and subject and expected == subject:
        return _made("", expected, 0, text, owner, words=name)
    if _is_literal(subject) and (expected == subject or name in {"toBeTruthy", "toBeDefined"}):
        return _made("", expected, 0, text, owner, words=name)
    if expected in {"true", "false"} and strength == 3:
        strength = 1
    made = _made(
        subject, expected, min(strength, 1) if negated else strength, text, owner, slack, name
    )
    return made if negated else _bounded(made, name, expected)


def _chained(rest: str) -> list[tuple[str, list[str]]]:
    """Return the words of a matcher chain with their arguments, those inside arguments left out."""
    found: list[tuple[str, list[str]]] = []
    position = 0
    while len(found) < 12:
        word = pattern(r"\b([A-Za-z_]\w*\??)\s*(\(?)").search(rest, position)
        if word is None:
            break
        if word.group(2):
            args, position = arguments_of(rest, word.end() - 1)
        else:
            args, position = [" ".join(rest[word.end() :].split())], word.end()
        found.append((str(word.group(1)), args))
    return found


def _of_bare(text: str, owner: str) -> Assert:
    """Return what `assert x == 3` and its like (Elixir, Ruby, Java, shell) pin down."""
    body = pattern(r"^.*?\b(?:assert_?\w*|refute\w*|expect)!?\s+").sub(
        "", " ".join(text.split()), count=1
    )
    head = pattern(r"\b(assert\w*|refute\w*)").search(text)
    name = str(head.group(1)) if head is not None else "assert"
    args, _ = arguments_of(f"({body})", 0)
    if name not in {"assert", "refute"} and len(args) > 1:
        return _of_arguments(name, args, text, owner)
    return _of_condition(body.rstrip(";"), name, tables().strengths.get(name, 1), text, owner)
