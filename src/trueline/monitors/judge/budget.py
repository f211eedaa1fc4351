"""What asking costs: bounded before a question is sent, counted from what was used after it.

Before: a byte-level tokenizer never makes more tokens of a text than the text has bytes, so
bytes are an upper bound that nothing in a record can pass.  English text takes about a quarter
of it; what was held back too much is given back as soon as the endpoint says what it used.
After: what the endpoint reports; where it reports nothing, the upper bound counts.

**Does not cover** an endpoint that reports less than it charges, and prices that are not the
ones named: tokens read from a cache are counted at the full price.
"""

from typing import Final

from msgspec import Struct

from trueline.errors import JudgeError

_TEMPLATE_TOKENS: Final = 64
"""What chat templates add around the messages, at most."""

_MILLION: Final = 1_000_000


def bound_of(prompt_bytes: int, max_tokens: int) -> tuple[int, int]:
    """Return the most tokens that a question can have read and written."""
    return prompt_bytes + _TEMPLATE_TOKENS, max_tokens


class Bill(Struct, frozen=True, kw_only=True):
    """What was used.

    Attributes:
        questions: how many were put.
        tokens_in: tokens read.
        tokens_out: tokens written.
        cost: in the currency of the prices.
    """

    questions: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float = 0.0


class Budget:
    """The bill so far, held against its limit."""

    def __init__(self, price_in: float, price_out: float, max_cost: float | None) -> None:
        self._prices = (price_in, price_out)
        self._max_cost = max_cost
        self.bill = Bill()

    def check(self, prompt_bytes: int, max_tokens: int) -> None:
        """Refuse a question that might pass the limit.

        Raises:
            JudgeError: it might; the message gives both values.
        """
        if self._max_cost is None:
            return
        worst = self._cost(*bound_of(prompt_bytes, max_tokens))
        if self.bill.cost + worst > self._max_cost:
            raise JudgeError(
                f"not asked: {self.bill.cost:.4f} is spent, this question may cost {worst:.4f} "
                f"and the limit is {self._max_cost:.4f}; raise --judge-max-cost"
            )

    def count(self, tokens_in: int, tokens_out: int) -> None:
        """Add what one question used."""
        was = self.bill
        self.bill = Bill(
            questions=was.questions + 1,
            tokens_in=was.tokens_in + tokens_in,
            tokens_out=was.tokens_out + tokens_out,
            cost=was.cost + self._cost(tokens_in, tokens_out),
        )

    def _cost(self, tokens_in: int, tokens_out: int) -> float:
        price_in, price_out = self._prices
        return (tokens_in * price_in + tokens_out * price_out) / _MILLION
