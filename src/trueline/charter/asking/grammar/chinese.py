"""Requests in Chinese, which writes no spaces: clause by clause, by the words found in them.

**Covers** orders with and without 请/帮/把, polite questions, 不要/别/勿 prohibitions, 如果 …,
and tells what was done (了, 已) from what is to be done.
**Does not cover** classical or dialect wording.
"""

from collections.abc import Iterator
from functools import cache
from typing import Final

from trueline.charter.asking.grammar.acts import Act, Sense
from trueline.charter.asking.tokens import Sentence, Token
from trueline.charter.asking.wording import CHANGES, Wording, wording
from trueline.core.patterns import Pattern, pattern
from trueline.ledger.model import Verb

_CUT: Final = frozenset("，,、;；:：")
_NAME: Final = "\x01"
"""Stands for a name, or a word of another script, while a clause is read."""

_RUNS: Final = r"[\x{4e00}-\x{9fff}]+|[^\x{4e00}-\x{9fff}]+"
_POLITE: Final = ("请", "帮", "能不能", "可以", "可否", "能否", "可不可以", "麻烦")


@cache
def _finder() -> tuple[Pattern, dict[str, tuple[Verb, ...]]]:
    meanings: dict[str, dict[Verb, None]] = {}
    table = wording("zh").table
    for verb, listed in table.verbs.items():
        for word in listed.split():
            meanings.setdefault(word, {})[verb] = None
    for word in table.touch.split():
        meanings.setdefault(word, {}).update(dict.fromkeys(sorted(CHANGES)))
    longest = sorted(meanings, key=len, reverse=True)
    return pattern("|".join(longest)), {word: tuple(verbs) for word, verbs in meanings.items()}


def acts_of_chinese(sentence: Sentence) -> Iterator[Act]:
    """Yield what a sentence asks for, forbids and mentions, in order."""
    words = wording("zh")
    finder, meanings = _finder()
    for clause in _clauses(sentence):
        text = "".join(token.word if _is_han(token.word) else _NAME for token in clause)
        starts_condition = _has(text, words, "condition") and "就" not in text and "则" not in text
        sense = _sense(text, words, is_question=sentence.is_question)
        for match in finder.finditer(text):
            meant: Sense = sense
            after = text[match.end() : match.end() + 1]
            if starts_condition or (meant == "asked" and after in ("了", "过", "的")):
                meant = "mentioned"
            if meant == "forbidden" and not _has(text[: match.start()], words, "never"):
                meant = "asked"
            rest = _objects(text[match.end() :], clause, finder)
            yield Act(meant, meanings[match.group()], match.group(), rest, tuple(clause))


def _objects(rest: str, clause: list[Token], finder: Pattern) -> tuple[Token, ...]:
    """Return the names in the clause, and what follows the verb as one word."""
    names = tuple(token for token in clause if token.is_name or not _is_han(token.word))
    bare = finder.split(rest, 1)[0].strip(_NAME + "任何的了吧或和与及跟以 ")
    if not bare or not clause:
        return names
    return (*names, Token(bare, clause[0].start, clause[-1].end))


def _is_han(word: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in word)


def _clauses(sentence: Sentence) -> Iterator[list[Token]]:
    run: list[Token] = []
    for token in sentence.tokens:
        if token.is_name:
            run.append(token)
            continue
        pieces = token.word.translate(_SPLIT)
        for number, piece in enumerate(pieces.split("\n")):
            if number and run:
                yield run
                run = []
            run += (Token(word, token.start, token.end) for word in pattern(_RUNS).findall(piece))
    if run:
        yield run


_SPLIT: Final = {ord(mark): "\n" for mark in _CUT}


def _sense(text: str, words: Wording, *, is_question: bool) -> Sense:
    if _has(text, words, "soft"):
        return "asked" if "忘" in text else "mentioned"
    if _has(text, words, "never"):
        return "forbidden"
    is_polite = any(word in text for word in _POLITE)
    asks = _has(text, words, "info") or is_question
    if asks and not is_polite:
        return "mentioned"
    if _has(text, words, "others") and text.startswith(tuple(words.table.others)):
        return "mentioned"
    if "已经" in text or text.endswith("了"):
        return "mentioned"
    return "asked"


def _has(text: str, words: Wording, key: str) -> bool:
    return any(word in text for word in getattr(words.table, key))
