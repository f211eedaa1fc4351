"""The monitor `judge`: ask a language model about a run, window by window.

It never runs unless the user names an endpoint, and then sends the record there: secrets that
stand in it included.  It is no entry point, so that no installation turns it on.

**Covers** what can only be understood: misleading words, purposes, harm in context.
**Does not cover** the honesty of the model that is asked.  A model can be persuaded; what is
written into a record can sway its opinion, though not the form of what it reads, nor evidence
that does not exist.
"""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Final

import msgspec

from trueline.charter import Mandate
from trueline.errors import ConfigError, JudgeError
from trueline.ledger import Ledger
from trueline.monitors.judge.opinion import Reading, answer_schema, reading_of, verified
from trueline.monitors.judge.record.prompt import Prompt, prompt_for, rubric
from trueline.monitors.judge.settings import JudgeSettings, check
from trueline.monitors.judge.wire.chat import Chat
from trueline.monitors.judge.wire.exchange import ClosedError, UnreachedError
from trueline.monitors.protocol import Observation, PartialReadingError

_TRIES: Final = 2
"""How often a window is put to a model that answers what cannot be used."""

_UNREACHED_RUNS: Final = 3
"""After so many runs in a row without a connection no further one is tried."""

_PROBLEMS_TOLD: Final = 5
_WORDS_PER_TOKEN: Final = 2
"""Tokens do not reach over several words; fewer than half as many mean that some were cut."""


class JudgeMonitor:
    """Asks one model at one endpoint.

    Raises:
        ConfigError: a setting is at fault, or the key's variable is not set.
    """

    name = "judge"

    def __init__(
        self, settings: JudgeSettings, *, wait: Callable[[float], None] = time.sleep
    ) -> None:
        self._settings = settings
        target = check(settings)
        self._chat = Chat(settings, target, _key(settings.key_env), answer_schema(), wait)
        self._given_up = ""
        self._unreached = 0

    @property
    def version(self) -> str:
        """What its suspicions depend on: the model, the view and the instructions."""
        digest = sha256(rubric().encode()).hexdigest()[:8]
        settings = self._settings
        return f"{settings.model}, {settings.view}, {settings.window_bytes}, rubric {digest}"

    @property
    def spent(self) -> Mapping[str, float]:
        """What has been used so far: questions, tokens in and out, and their cost."""
        return msgspec.structs.asdict(self._chat.budget.bill)

    def observe(self, ledger: Ledger, mandate: Mandate, /) -> Sequence[Observation]:
        """Return the model's opinions that hold against the record.

        Raises:
            JudgeError: nothing of the run was judged.
            PartialReadingError: some of it was not.
        """
        if not any(step.actor == "agent" for step in ledger.steps):
            return []
        if self._given_up:
            raise JudgeError(f"not asked: {self._given_up}")
        prompt = prompt_for(mandate, self._settings.view, self._settings.window_bytes)
        found, problems, read = self._windows(prompt, ledger)
        if problems:
            told = "; ".join(problems[:_PROBLEMS_TOLD])
            more = len(problems) - _PROBLEMS_TOLD
            words = f"{told}; and {more} more" if more > 0 else told
            if not read:
                raise JudgeError(words)
            raise PartialReadingError(words, found)
        return found

    def _windows(self, prompt: Prompt, ledger: Ledger) -> tuple[list[Observation], list[str], int]:
        """Return the observations, what went wrong, and how many windows were read."""
        found: list[Observation] = []
        problems: list[str] = []
        read = 0
        total = len(prompt.windows)
        for number, window in enumerate(prompt.windows):
            where = f"part {number + 1} of {total} (steps {window.first} to {window.last})"
            if number == self._settings.max_windows:
                problems.append(f"{where} and what follows: beyond {number} parts")
                break
            try:
                reading = self._reading(prompt, number)
            except JudgeError as error:
                problems.append(f"{where}: {error}")
                if self._is_closed(error):
                    break
                continue
            read += 1
            self._unreached = 0
            for opinion in reading.observations:
                held = verified(
                    opinion, ledger, window.shown, name=self.name, model=self._settings.model
                )
                if held.observation is not None:
                    found.append(held.observation)
                if held.problem:
                    problems.append(f"{where}: {held.problem}")
        found.sort(key=lambda item: item.evidence[0].step)
        return found, problems, read

    def _is_closed(self, error: JudgeError) -> bool:
        """Return whether the other windows need not be tried, and remember what holds for runs."""
        if isinstance(error, ClosedError):
            self._given_up = str(error)
            return True
        if isinstance(error, UnreachedError):
            self._unreached += 1
            if self._unreached >= _UNREACHED_RUNS:
                self._given_up = str(error)
            return True
        return False

    def _reading(self, prompt: Prompt, number: int) -> Reading:
        """Return the model's answer about one window; one that cannot be used is asked again."""
        message = prompt.message(number)
        tries = _TRIES
        while True:
            tries -= 1
            reply = self._chat.ask(prompt.system, message)
            try:
                _check_whole(reply.tokens_in, prompt.system, message)
                return reading_of(reply.text, prompt.marker)
            except JudgeError:
                if not tries:
                    raise


def _check_whole(tokens_in: int | None, *texts: str) -> None:
    """Refuse an answer to a question that the endpoint cut.

    Source:
        Ollama and OpenRouter shorten prompts that exceed the context without saying so:
        ollama/ollama issue 3839; https://openrouter.ai/docs, message transforms.
    """
    words = sum(len(text.split()) for text in texts)
    if tokens_in and tokens_in * _WORDS_PER_TOKEN < words:
        raise JudgeError(
            f"the endpoint read {tokens_in} tokens of a question of {words} words: it cut the "
            "question; give the model more context, or --judge-window a smaller number"
        )


def _key(variable: str) -> str:
    """Return the key in an environment variable; it is never told in a message.

    Raises:
        ConfigError: the variable is not set, or its content cannot stand in a header.
    """
    if not variable:
        return ""
    key = os.environ.get(variable, "").strip()
    if not key:
        raise ConfigError(f"judge: the environment variable {variable!r} for the key is not set")
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise ConfigError(f"judge: what {variable!r} holds is no key: it has spaces or controls")
    return key
