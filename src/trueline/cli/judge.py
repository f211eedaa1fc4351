"""The options that name a judge: without `--judge` nothing is asked and nothing leaves."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from trueline.errors import ConfigError

if TYPE_CHECKING:
    from trueline.audit.model import RunReport
    from trueline.monitors.judge import JudgeSettings

_Command = TypeVar("_Command", bound=Callable[..., Any])

_DETAILS: Final = (
    "judge_model",
    "judge_key_env",
    "judge_price",
    "judge_max_cost",
    "judge_view",
    "judge_window",
    "judge_timeout",
    "judge_allow_http",
)

_OPTIONS: Final = (
    click.option(
        "--judge",
        metavar="URL",
        help="Ask a model at this OpenAI-compatible API; the records are sent there.",
    ),
    click.option("--judge-model", metavar="NAME", help="The judge's model, as the API names it."),
    click.option(
        "--judge-key-env", metavar="VAR", help="Environment variable that holds the API's key."
    ),
    click.option(
        "--judge-price",
        type=(float, float),
        metavar="IN OUT",
        help="Price of a million tokens read, and of a million written.",
    ),
    click.option("--judge-max-cost", type=float, metavar="SUM", help="Spend at most this in all."),
    click.option(
        "--judge-view",
        type=click.Choice(["full", "actions"]),
        help="What the judge is shown: all, or all but what the agent says.  [default: full]",
    ),
    click.option(
        "--judge-window", type=int, metavar="BYTES", help="Most in one question.  [default: 96000]"
    ),
    click.option(
        "--judge-timeout", type=float, metavar="SECONDS", help="For one answer.  [default: 180]"
    ),
    click.option(
        "--judge-allow-http", is_flag=True, help="Send records unencrypted to another machine."
    ),
)


def judge_options(command: _Command) -> _Command:
    """Add the judge's options to a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def take_judge(options: dict[str, Any], jobs: int) -> "JudgeSettings | None":
    """Take the judge's options out of a command's, and return what they say.

    Each process counts its own cost, so the limit is divided between them.

    Raises:
        ConfigError: there are some without `--judge`, or it has no model.
    """
    endpoint = options.pop("judge")
    given = {
        name.removeprefix("judge_"): value
        for name in _DETAILS
        if (value := options.pop(name)) is not None and value is not False
    }
    if endpoint is None:
        if given:
            names = ", ".join(f"--judge-{name.replace('_', '-')}" for name in given)
            raise ConfigError(f"{names}: there is no judge; name its endpoint with --judge URL")
        return None
    if "model" not in given:
        raise ConfigError("--judge needs --judge-model NAME, as the endpoint names it")
    # Start-up time: most audits have no judge.
    from trueline.monitors.judge.settings import JudgeSettings, check  # noqa: PLC0415

    if "price" in given:
        given["price_in"], given["price_out"] = given.pop("price")
    if "max_cost" in given:
        given["max_cost"] /= jobs
    for name, field in (
        ("window", "window_bytes"),
        ("timeout", "timeout_s"),
        ("allow_http", "allow_plain_http"),
    ):
        if name in given:
            given[field] = given.pop(name)
    settings = JudgeSettings(endpoint=endpoint, **given)
    check(settings)
    return settings


def bill_of(runs: "Iterable[RunReport]") -> str:
    """Return what the judge used on these runs, in a line; empty if it used nothing."""
    total: dict[str, float] = {}
    for run in runs:
        for name, amount in run.spent.items():
            total[name] = total.get(name, 0.0) + amount
    questions = total.get("judge:questions", 0.0)
    if not questions:
        return ""
    tokens_in, tokens_out = total.get("judge:tokens_in", 0.0), total.get("judge:tokens_out", 0.0)
    words = (
        f"judge: questions {questions:.0f}, tokens read {tokens_in:.0f}, written {tokens_out:.0f}"
    )
    cost = total.get("judge:cost", 0.0)
    return f"{words}, cost {cost:.4f}" if cost else words
