"""No text makes the reading of shell slower than linear."""

import time

import pytest

from trueline.ledger.shell import commit_messages, parse, shell_edits, shell_effects

PIECES = [
    "(", "$(", "a|", "a=(", "a=(b ", '"', "'", "`", "{ ", "if a; then ", "cat <<E\n",
    "cat <<E$i\n", "a && ", "case x in ", "${", "$((", "<(", "[", "f() {\n", ";", "a ", "#", "\n",
    'a $( "b ', "a & ", "\\", "&", "<<", "! ", ")", "esac ", "}", ">", "a`", "do ", "a|a=",
    "[[ ", "(( ", '"$(', '"`', "${a:-", "a() ", "@(", "$'", "<<E <<F\n", '"${', "`\\`",
    "a <<$(b\n", "bash -c 'a'\n", "eval a;", "f(){ f;};f;", "sed -i s/a/b/ f\n", "a;a||",
    "git commit -m a\n", "echo a>f\n", "$((a) ", "sudo ", "env ", "trap a 0;", "find -exec ",
]  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_a_megabyte_of_anything_is_read_in_seconds(piece: str) -> None:
    """Every reader stays within a bound that a quadratic one would break a hundredfold."""
    text = (piece * (1_000_000 // len(piece) + 1))[:1_000_000]
    start = time.process_time()
    parse(text)
    shell_effects(text)
    shell_edits(text)
    commit_messages(text)
    assert time.process_time() - start < 5


def test_cost_grows_with_length_and_not_faster() -> None:
    """Eight times the script costs about eight times the time."""

    def cost(count: int) -> float:
        text = "".join(f"cd d{i} && pytest -k 'x{i}' 2>&1 | tail -3\n" for i in range(count))
        best = float("inf")
        for _ in range(3):
            parse.cache_clear()
            start = time.process_time()
            parse(text)
            best = min(best, time.process_time() - start)
        return best

    assert cost(400) < cost(50) * 8 * 3 + 0.01
