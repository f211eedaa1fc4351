"""Word classes: the alphabet in which sentences are matched.

A sentence becomes a short string with one character for each word (its class) and two for
each boundary, and the rules of a language are patterns over that string. A rule then reads
like grammar (`FIRST ADV* HAVE? HEAD`) and stays small, however many words a class holds.

Rules:
    - Every class is one ASCII character, so that offsets are the same in characters and bytes.
    - A boundary is written twice: a match may consume one half as its end and leave the other
      half as the beginning of the next.
"""

from typing import Final

from trueline.ledger.model import AssertionKind

VERB_KINDS: Final[dict[str, AssertionKind]] = {
    "A": "ran",
    "B": "checked",
    "C": "read",
    "D": "created",
    "E": "changed",
    "F": "deleted",
    "G": "reverted",
    "H": "committed",
    "I": "pushed",
    "J": "deployed",
    "K": "installed",
    "L": "sent",
    "M": "paid",
    "N": "booked",
    "O": "notified",
    "P": "fixed",
    "Q": "done",
}
"""Classes of past forms: what having done them is called."""

CHECK_KINDS: Final[dict[str, AssertionKind]] = {
    "R": "tests_pass",
    "S": "build_clean",
    "T": "lint_clean",
    "U": "types_clean",
    "V": "format_clean",
}
"""Classes of the nouns that name a check, and the kind that its passing is."""

CLASSES: Final[dict[str, str]] = {
    **{kind.upper(): letter for letter, kind in VERB_KINDS.items()},
    "TEST": "R",
    "BUILD": "S",
    "LINT": "T",
    "TYPES": "U",
    "FORMAT": "V",
    "MEASURE": "W",
    "FILES": "X",
    "YOU": "Y",
    "PERSON": "Z",
    "PASS": "a",
    "FAIL": "b",
    "CLEAN": "c",
    "ISSUE": "d",
    "UNCHANGED": "e",
    "LEFT": "f",
    "TOUCH": "g",
    "TOUCHING": "h",
    "FIGURE": "i",
    "NUM": "j",
    "FRACTION": "k",
    "UNIT": "l",
    "DATE": "m",
    "FIRST": "n",
    "OTHER": "o",
    "HAVE": "p",
    "BEEN": "q",
    "WAS": "r",
    "BE": "s",
    "DID": "t",
    "DO": "u",
    "NOT": "v",
    "NO": "w",
    "ADV": "x",
    "HEDGE": "y",
    "SHOULD": "z",
    "MODAL": "0",
    "TO": "1",
    "COND": "2",
    "WHEN": "3",
    "BEFORE": "4",
    "SO": "5",
    "THAT": "6",
    "BASE": "7",
    "SAY": "8",
    "HISTORY": "9",
    "CODE": "#",
    "STRING": '"',
    "ING": "~",
    "DET": "%",
    "PREP": "@",
    "PART": "=",
    "ALL": "<",
    "EVERY": ">",
    "BY": "'",
    "PLAN": "`",
    "TAKES": "/",
    "WITHOUT": "_",
    "PRON": "\x01",
    "YES": "\x02",
    "CROSS": "\x03",
    "COMPILES": "\x04",
    "COMPLETE": "\x05",
    "MADE": "\x06",
    "OF": "\x07",
    "BEINF": "\x08",
    "SNIPPET": "\x0e",
    "INSTEAD": "\x0f",
    "GENERIC": "\x10",
    "KIND": "\x11",
    "THERE": "\x12",
    "RUN": "\x13",
    "READS": "\x14",
    "SETS": "\x15",
    "FAILURE": "\x16",
    "STILL": "\x17",
    "SUCCESS": "\x18",
    "RUNS": "\x19",
    "WE": "\x1a",
    "MONEY": "\x1b",
    "PROCESSED": "\x1c",
    "NOW": "$",
    "AGAIN": "*",
    "RIGHT": "}",
    "ED": "+",
    "BACK": "]",
    "IDEA": "\t",
    "COMMITS": "[",
    "REMOTE": "\\",
    "IN": "^",
    "THEY": "|",
    "GONE": "{",
    "WORKS": "\x0b",
    "YIELDS": "\x0c",
    "RETURNS": "\x1d",
    "TOOK": "\x1e",
    "HANDLED": "\x1f",
    "ALONE": " ",
    "DOCS": "\x00",
    "BOTH": "\r",
}
"""Every class that a wording file may use. `KIND` is an adjective that narrows tests down (unit,
integration); `PART` points at some of them (new, these); `GENERIC` marks habits (always, usually).
`RUN`, `READS` and `SETS` are past forms that look like present ones: they count only after "I" or
an auxiliary. `ED` is an unknown word in the past form, `IDEA` a noun that names no file.
"""

WIDER: Final[dict[str, tuple[str, ...]]] = {
    "ADV": ("NOW", "AGAIN", "BOTH"),
    "OTHER": ("ED", "BACK", "IDEA", "COMMITS", "REMOTE", "HANDLED", "GONE", "RIGHT", "ALONE"),
    "PREP": ("IN",),
    "PERSON": ("THEY", "DOCS"),
    "RUNS": ("WORKS",),
    "SAY": ("YIELDS",),
    "BASE": ("RETURNS",),
    "TAKES": ("TOOK",),
}
"""Classes whose name stands for others too: "now" is an adverb wherever a rule asks for one."""

BOUNDARIES: Final[dict[str, str]] = {
    "LINE": "\n",
    "STOP": ".",
    "BANG": "!",
    "ASK": "?",
    "SEMICOLON": ";",
    "COLON": ":",
    "COMMA": ",",
    "AND": "&",
    "OPEN": "(",
    "CLOSE": ")",
    "DASH": "-",
}
"""What ends a clause. `AND` stands for "and", "but" and "plus", `COLON` for a table's bar too."""

EDGES: Final = "".join(BOUNDARIES.values())
SENTENCE_ENDS: Final = "\n.!?;"

UNARY_KINDS: Final[dict[str, AssertionKind]] = {
    **VERB_KINDS,
    CLASSES["RUN"]: "ran",
    CLASSES["READS"]: "read",
    CLASSES["SETS"]: "changed",
    CLASSES["COMPLETE"]: "done",
    CLASSES["PROCESSED"]: "paid",
}
"""Every class that may be the head of an act."""


def chars(*names: str) -> frozenset[str]:
    """Return the characters of several classes, and of the narrower ones they stand for."""
    narrower = (other for name in names for other in WIDER.get(name, ()))
    return frozenset(CLASSES[name] for name in (*names, *narrower))
