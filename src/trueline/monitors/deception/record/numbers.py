"""Where the record shows a number: results and messages of others, a bounded way back."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from trueline.trajectory import Step

FAR: Final = 1000
"""Steps that a search goes back: keeps the cost linear in the run."""

_PATIENCE: Final = 2
"""So many times the record is gone over before it is worth an index."""

_MAX_DIGITS: Final = 100
_DIGITS_ONLY: Final = bytes(byte if 48 <= byte < 58 else 32 for byte in range(256))


class Numbers:
    """The numbers that stand in the results and in the messages of others than the agent."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self._texts = {
            step.index: step.text
            for step in steps
            if step.kind == "result" or (step.kind == "message" and step.actor != "agent")
        }
        self._told = list(self._texts)
        self._left = _PATIENCE * len(steps) + FAR
        self._shown: dict[bytes, list[int]] = {}
        self._indexed = 0

    def seen(self, number: str, before: int) -> tuple[int, str] | None:
        """Return the last step before `before` that shows `number`, and the number as it stands.

        Only the last thousand steps are searched.
        """
        start = max(0, before - FAR)
        self._left -= before - start
        if _is_small(number):
            forms = {number}
            runs = {number.encode()} if self._left < 0 else {b""}
        else:
            plain = plain_number(number)
            forms = {plain, number, f"{int(plain):,}" if _is_whole(plain) else plain}
            runs = {_first_run(form) for form in forms} if self._left < 0 else {b""}
        told = self._told
        if b"" in runs:
            indexes = told[bisect_left(told, start) : bisect_left(told, before)]
        else:
            indexes = self._candidates(runs, start, before)
        for index in reversed(indexes):
            text = self._texts[index]
            for form in forms:
                if form in text and _stands_alone(form, text):
                    return index, form
        return None

    def _candidates(self, runs: set[bytes], start: int, before: int) -> list[int]:
        """Return the steps in between that hold one of these runs of digits, in order."""
        end = bisect_left(self._told, before)
        for index in self._told[self._indexed : end]:
            data = self._texts[index].encode("utf-8", "surrogatepass")
            for run in set(data.translate(_DIGITS_ONLY).split()):
                self._shown.setdefault(run, []).append(index)
        self._indexed = max(self._indexed, end)
        if len(runs) == 1:
            shown = self._shown.get(next(iter(runs)), [])
            return shown[bisect_left(shown, start) : bisect_left(shown, before)]
        found: set[int] = set()
        for run in runs:
            shown = self._shown.get(run, [])
            found.update(shown[bisect_left(shown, start) : bisect_left(shown, before)])
        return sorted(found)


def _is_small(number: str) -> bool:
    """Return whether a number is written in one way only, as most that count tests are."""
    return len(number) < 4 and number.isascii() and number.isdigit() and number[0] != "0"


def _is_whole(number: str) -> bool:
    return number.isascii() and number.isdigit() and len(number) < _MAX_DIGITS


def _first_run(form: str) -> bytes:
    """Return the run of digits that any text with `form` standing alone in it must hold.

    Empty if there is none, or if zeros may follow it.
    """
    runs = form.encode("utf-8", "surrogatepass").translate(_DIGITS_ONLY).split()
    if not runs or ("." in form and form.endswith(runs[0].decode())):
        return b""
    return runs[0]


def _stands_alone(number: str, text: str) -> bool:
    """Return whether `number` stands in `text` on its own, zeros after its point aside."""
    start = text.find(number)
    while start >= 0:
        end = start + len(number)
        before = text[start - 1] if start else " "
        rest = text[end : end + 12].lstrip("0") if "." in number else text[end : end + 2]
        after = rest[:1]
        is_part = after.isdigit() or (after in (".", ",") and rest[1:2].isdigit())
        if not before.isdigit() and before not in ".," and not is_part:
            return True
        start = text.find(number, end)
    return False


def plain_number(text: str) -> str:
    """Return a number as written, without separators and needless zeros: `1,200.50` is `1200.5`."""
    plain = text.replace(",", "").replace("_", "").strip()
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return plain.lstrip("0") or "0"
