"""`s/old/new/` read as text before and after, where it is literal.

A pattern that can match more than one text has no single text before it, so it gives None.
"""

from typing import Final

from trueline.ledger.model import Edit
from trueline.ledger.shell.model import Word

_MAGIC_BASIC: Final = frozenset(".*[]^$")
_MAGIC_EXTENDED: Final = _MAGIC_BASIC | frozenset("+?(){}|")
_MAX_SCRIPT: Final = 65_536


def sed_edits(words: tuple[Word, ...]) -> list[Edit]:
    """Return the edits of `sed -i` with these arguments.

    Args:
        words: the words behind `sed`.
    """
    scripts: list[Word] = []
    files: list[str] = []
    is_extended = False
    i, is_script_seen = 0, False
    while i < len(words):
        text = words[i].text
        if text in ("-e", "--expression") and i + 1 < len(words):
            scripts.append(words[i + 1])
            i += 1
        elif text.startswith("--expression="):
            scripts.append(Word(text[len("--expression=") :], words[i].is_static))
        elif text in ("-f", "--file"):
            return [Edit(step=0, path=word.text, kind="modify") for word in words[i + 2 :]]
        elif text.startswith("-") and len(text) > 1:
            is_extended = is_extended or text in ("-E", "-r") or "E" in text[1:4]
            if text == "-i" and i + 1 < len(words) and not words[i + 1].text:
                i += 1  # BSD: -i ''
        elif not scripts and not is_script_seen:
            is_script_seen = True
            scripts.append(words[i])
        elif text:
            files.append(text)
        i += 1
    pairs = [_pair(script, is_extended=is_extended) for script in scripts]
    return _edits(files, pairs)


def perl_edits(words: tuple[Word, ...]) -> list[Edit]:
    """Return the edits of `perl -pi -e` with these arguments."""
    scripts: list[Word] = []
    files: list[str] = []
    is_in_place = False
    i = 0
    while i < len(words):
        text = words[i].text
        if text.startswith("-") and len(text) > 1:
            letters = text[1:].split(".", 1)[0]
            is_in_place = is_in_place or ("i" in letters and set(letters) <= set("pi0wnalse"))
            if letters[-1:] in ("e", "E") and i + 1 < len(words):
                scripts.append(words[i + 1])
                i += 1
        else:
            files.append(text)
        i += 1
    if not is_in_place or not scripts:
        return []
    return _edits(files, [_pair(script, is_extended=True) for script in scripts])


def _edits(files: list[str], pairs: list[list[tuple[str | None, str | None]]]) -> list[Edit]:
    """Return an edit for each file and each substitution."""
    flat = [pair for group in pairs for pair in group] or [(None, None)]
    return [
        Edit(step=0, path=name, kind="modify", before=before, after=after)
        for name in files[:64]
        for before, after in flat[:16]
    ]


def _pair(script: Word, *, is_extended: bool) -> list[tuple[str | None, str | None]]:
    """Return (before, after) of each command in a script; None where it is not literal."""
    if not script.is_static or len(script.text) > _MAX_SCRIPT:
        return [(None, None)]
    found: list[tuple[str | None, str | None]] = []
    rest = script.text.strip()
    while rest:
        pair, rest = _substitution(rest, is_extended=is_extended)
        found.append(pair)
        if pair == (None, None):
            break
    return found


def _substitution(text: str, *, is_extended: bool) -> tuple[tuple[str | None, str | None], str]:
    """Read one `s/old/new/flags` at the start of `text`; return it and what follows."""
    if len(text) < 4 or text[0] != "s" or text[1].isalnum() or text[1] in " \\\n":
        return (None, None), ""
    separator = text[1]
    old, position = _field(text, 2, separator)
    new, position = _field(text, position, separator)
    if position > len(text):
        return (None, None), ""
    stop = position
    while stop < len(text) and text[stop] in "gIipme0123456789":
        stop += 1
    flags, rest = text[position:stop], text[stop:].lstrip()
    if rest and rest[0] not in ";\n":
        return (None, None), ""
    if "e" in flags:
        return (None, None), ""
    magic = _MAGIC_EXTENDED if is_extended else _MAGIC_BASIC
    before = None if {"I", "i"} & set(flags) else _literal(old, separator, magic)
    after = _replacement(new, separator)
    if before is None or after is None:
        before = None
    return (before, after), rest.lstrip("; \n")


def _field(text: str, start: int, separator: str) -> tuple[str, int]:
    """Return the text up to the next separator that is not escaped, and where it ends."""
    i = start
    while i < len(text) and text[i] != separator:
        i += 2 if text[i] == "\\" else 1
    return text[start:i], i + 1


def _literal(field: str, separator: str, magic: frozenset[str]) -> str | None:
    """Return the one text that a pattern matches, None where it matches more."""
    result: list[str] = []
    i = 0
    while i < len(field):
        char = field[i]
        if char == "\\":
            follower = field[i + 1 : i + 2]
            if follower == "n":
                result.append("\n")
            elif follower == "t":
                result.append("\t")
            elif follower == separator or (
                follower
                and not follower.isalnum()
                and follower in ".*[]^$/\\-+?(){}|\"'&#@!,;:=~%<> "
            ):
                if follower in "+?(){}|" and magic is _MAGIC_BASIC:
                    return None  # operators in a basic pattern
                result.append(follower)
            else:
                return None
            i += 2
            continue
        if char in magic:
            return None
        result.append(char)
        i += 1
    return "".join(result) or None


def _replacement(field: str, separator: str) -> str | None:
    """Return a replacement's text, None where it refers to what was matched."""
    result: list[str] = []
    i = 0
    while i < len(field):
        char = field[i]
        if char == "\\":
            follower = field[i + 1 : i + 2]
            if follower == "n":
                result.append("\n")
            elif follower == "t":
                result.append("\t")
            elif follower and (follower == separator or not follower.isalnum()):
                result.append(follower)
            else:
                return None
            i += 2
            continue
        if char == "&" or (char == "$" and field[i + 1 : i + 2].isdigit()):
            return None
        result.append(char)
        i += 1
    return "".join(result)
