"""The chat API as OpenAI defined it and others speak it: ask, and get text and a count of tokens.

Servers differ in what they accept.  A refused parameter (HTTP 400 or 422) is left out or
exchanged, one a time, and stays so for the questions after it: `response_format` goes from a
schema to plain JSON to nothing, `temperature` goes, `max_tokens` becomes
`max_completion_tokens`.

Source:
    https://platform.openai.com/docs/api-reference/chat/create (`max_tokens` is deprecated for
    `max_completion_tokens`, which models that reason demand and Ollama does not know);
    https://docs.vllm.ai/en/stable/serving/openai_compatible_server/;
    https://docs.ollama.com/api/openai-compatibility (supported request fields);
    https://openrouter.ai/docs/structured-outputs; llama.cpp, tools/server/README.md.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

import msgspec
from msgspec import Struct

from trueline.core.display import one_line
from trueline.errors import JudgeError
from trueline.monitors.judge.budget import Budget, bound_of
from trueline.monitors.judge.settings import JudgeSettings, Target
from trueline.monitors.judge.wire.exchange import (
    Answer,
    ClosedError,
    NotSentError,
    UnreachedError,
    is_json,
    post,
)

_BUSY: Final = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
"""Statuses after which another attempt may do better."""

_CLOSED: Final = frozenset({401, 402, 403, 404})
"""Statuses that every further question would meet too."""

_BAD_REQUEST: Final = frozenset({400, 422})
_FIRST_WAIT_S: Final = 0.5
_MAX_TOKENS_COUNTED: Final = 1_000_000_000
_CUT: Final = frozenset({"length", "max_tokens", "model_length", "content_filter", "error"})
"""Reasons to finish with which an answer is not whole."""

_FORMATS: Final = ("json_schema", "json_object", "")


class Reply(Struct, frozen=True):
    """What the model said.

    Attributes:
        text: its message.
        tokens_in: tokens that the endpoint says it read; None where it does not say.
    """

    text: str
    tokens_in: int | None


class _Message(Struct):
    content: str | None = None
    refusal: str | None = None


class _Choice(Struct):
    message: _Message
    finish_reason: str | None = None


class _Usage(Struct):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class _Completion(Struct):
    choices: list[_Choice]
    usage: _Usage | None = None


_DECODER: Final = msgspec.json.Decoder(_Completion)


class Chat:
    """A way to one model at one endpoint.

    What a server does not accept is remembered, so that it is tried once; nothing of a
    conversation is kept.
    """

    def __init__(
        self,
        settings: JudgeSettings,
        target: Target,
        key: str,
        schema: dict[str, Any],
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._settings = settings
        self._target = target
        self._key = key
        self._schema = schema
        self._wait = wait
        self._format = 0
        self._has_temperature = True
        self._limit_name = "max_tokens"
        self.budget = Budget(settings.price_in, settings.price_out, settings.max_cost)

    def ask(self, system: str, user: str) -> Reply:
        """Put one question, as often as the settings allow.

        Raises:
            ClosedError: no further question will be answered.
            JudgeError: there is no answer, or one that cannot be used; without the key in it.
        """
        left = self._settings.attempts
        wait_s = _FIRST_WAIT_S
        while True:
            left -= 1
            try:
                answer = self._post(self._body(system, user))
            except UnreachedError:
                if not left:
                    raise
                asked_s = None
            else:
                if answer.status in _BAD_REQUEST and self._adapt(answer):
                    left += 1  # each way to ask is tried once, whatever the attempts
                    continue
                if answer.status not in _BUSY or not left:
                    return self._reply(answer)
                asked_s = _seconds(answer.retry_after)
                self._check_wait(asked_s, answer)
            pause_s = max(wait_s, asked_s or 0.0)
            self._wait(min(pause_s, self._settings.longest_wait_s))
            wait_s *= 4

    def _check_wait(self, asked_s: float | None, answer: Answer) -> None:
        longest_s = self._settings.longest_wait_s
        if asked_s is not None and asked_s > longest_s:
            raise JudgeError(
                f"{self._target.shown}: HTTP {answer.status}: it asks to wait {asked_s:.0f} s, "
                f"longer than {longest_s:g} s"
            )

    def _body(self, system: str, user: str) -> bytes:
        body: dict[str, Any] = {
            "model": self._settings.model,
            "messages": [
                {"role": "system", "content": system},
                {"role": "user", "content": user},
            ],
            "stream": False,
            self._limit_name: self._settings.max_tokens,
        }
        if self._has_temperature:
            body["temperature"] = 0
        wanted = _FORMATS[self._format]
        if wanted == "json_schema":
            said = {"name": "reading", "strict": True, "schema": self._schema}
            body["response_format"] = {"type": wanted, wanted: said}
        elif wanted:
            body["response_format"] = {"type": wanted}
        return msgspec.json.encode(body)

    def _post(self, body: bytes) -> Answer:
        """Send one question; what it may cost is held against the limit before, and counted.

        A question that broke off may have been answered and charged all the same.
        """
        most_out = self._settings.max_tokens
        self.budget.check(len(body), most_out)
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        bound = bound_of(len(body), most_out)
        used: tuple[int, int] | None = bound
        try:
            answer = post(
                self._target,
                body,
                headers,
                connect_timeout_s=self._settings.connect_timeout_s,
                timeout_s=self._settings.timeout_s,
            )
            used = _usage(answer) or bound if answer.status == 200 else None
        except (ClosedError, NotSentError) as error:
            used = None
            raise type(error)(self._without_key(str(error))) from None
        except JudgeError as error:
            raise type(error)(self._without_key(str(error))) from None
        else:
            return answer
        finally:  # also where a time limit on monitors ended it
            if used is not None:
                self.budget.count(*used)

    def _adapt(self, answer: Answer) -> bool:
        """Leave out or exchange what a server refused; return whether anything is left to try."""
        words = answer.body[:8_192].decode("utf-8", "replace").lower()
        can_swap_limit = self._limit_name == "max_tokens"
        can_loosen = self._format < len(_FORMATS) - 1
        if "max_completion_tokens" in words and can_swap_limit:
            self._limit_name = "max_completion_tokens"
        elif "temperature" in words and self._has_temperature:
            self._has_temperature = False
        elif can_loosen and any(
            word in words for word in ("response_format", "json_schema", "schema", "structured")
        ):
            self._format += 1
        else:
            return False
        return True

    def _reply(self, answer: Answer) -> Reply:
        if answer.status != 200:
            words = self._without_key(_words_of(answer))
            raised = ClosedError if answer.status in _CLOSED else JudgeError
            raise raised(f"{self._target.shown}: HTTP {answer.status}: {words}")
        if not is_json(answer):
            kind = one_line(answer.content_type, 60) or "nothing"
            raise JudgeError(f"{self._target.shown}: answered {kind}, expected application/json")
        try:
            completion = _DECODER.decode(answer.body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            words = self._without_key(f"{one_line(str(error), 200)}: {_words_of(answer)}")
            raise JudgeError(
                f"{self._target.shown}: answered no chat completion: {words}"
            ) from None
        usage = completion.usage
        return Reply(self._text_of(completion), usage.prompt_tokens if usage else None)

    def _text_of(self, completion: _Completion) -> str:
        if not completion.choices:
            raise JudgeError("the model answered nothing")
        choice = completion.choices[0]
        if choice.message.refusal:
            words = self._without_key(one_line(choice.message.refusal, 300))
            raise JudgeError(f"the model refused: {words}")
        if choice.finish_reason in _CUT:
            raise JudgeError(f"the answer is not whole: finish_reason {choice.finish_reason!r}")
        if not choice.message.content or choice.message.content.isspace():
            raise JudgeError("the model answered an empty text")
        return self._without_key(choice.message.content)

    def _without_key(self, text: str) -> str:
        return text.replace(self._key, "[key]") if self._key else text


def _usage(answer: Answer) -> tuple[int, int] | None:
    """Return the tokens that an endpoint says it read and wrote, None where it says nothing."""
    try:
        usage = _DECODER.decode(answer.body).usage
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    if usage is None or not usage.prompt_tokens or usage.completion_tokens is None:
        return None
    counts = (usage.prompt_tokens, usage.completion_tokens)
    return counts if all(0 <= count <= _MAX_TOKENS_COUNTED for count in counts) else None


def _words_of(answer: Answer) -> str:
    """Return the beginning of what a server says of a failure."""
    return one_line(answer.body[:2_000].decode("utf-8", "replace"), 300) or "no words"


def _seconds(retry_after: str) -> float | None:
    """Return the seconds that a `Retry-After` header asks for, None where it asks for nothing.

    Source:
        RFC 9110, 10.2.3: a number of seconds or an HTTP date.
    """
    if retry_after.isascii() and retry_after.isdigit():
        return float(retry_after[:9])
    try:
        at = parsedate_to_datetime(retry_after)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())
