"""Requests that repeat the conversation tell only what is new."""

from trueline.trajectory.chat import Chat, Entry, History


def user(text: str) -> Entry:
    """Return what a user said."""
    return Entry(kind="message", actor="user", text=text)


def agent(text: str) -> Entry:
    """Return what the agent said."""
    return Entry(kind="message", text=text)


def told(*turns: tuple[list[Entry], list[Entry]]) -> list[str]:
    """Return the texts of the steps that requests and responses become."""
    chat = Chat()
    history = History(chat)
    for given, answered in turns:
        history.request(given)
        history.response(answered)
    return [step.text or step.call_id for step in chat.steps]


def test_a_growing_conversation_is_told_once() -> None:
    """The second request repeats the first and its answer."""
    first, answer, second = user("a"), agent("b"), user("c")
    assert told(([first], [answer]), ([first, answer, second], [agent("d")])) == list("abcd")


def test_words_said_twice_are_told_twice() -> None:
    """As often as they stand in one request."""
    go, ok = user("go"), agent("ok")
    assert told(([go], [ok]), ([go, ok, go], [ok]), ([go, ok, go, ok, go], [])) == [
        "go", "ok", "go", "ok", "go",
    ]  # fmt: skip


def test_a_request_cut_short_tells_nothing_again() -> None:
    """Hosts drop the oldest messages."""
    a, b, c, d = user("a"), agent("b"), user("c"), agent("d")
    assert told(([a], [b]), ([a, b, c], [d]), ([c, d, user("e")], [])) == list("abcde")


def test_a_request_without_words_of_the_agent_starts_over() -> None:
    """Where every request holds only the new message."""
    assert told(([user("go")], [agent("x")]), ([user("go")], [agent("y")])) == [
        "go", "x", "go", "y",
    ]  # fmt: skip


def test_a_retry_that_was_not_answered_tells_nothing_again() -> None:
    """The same request twice, one answer."""
    assert told(([user("go")], []), ([user("go")], [agent("x")])) == ["go", "x"]


def test_calls_and_results_with_ids_are_told_once_whatever_else_changes() -> None:
    """Formats repeat them in other words."""
    call = Entry(kind="call", tool="t", call_id="c1", arguments={"a": 1})
    again = Entry(kind="call", tool="t", call_id="c1", arguments={"input": "{"})
    result = Entry(kind="result", call_id="c1", text="r")
    assert told(([user("a")], [call]), ([user("a"), again, result], [])) == ["a", "c1", "r"]


def test_a_result_told_with_an_id_is_known_without_one() -> None:
    """A tool span has the id, the next request has not."""
    call = Entry(kind="call", tool="t", call_id="c1")
    result = Entry(kind="result", call_id="c1", text="r")
    bare = Entry(kind="result", text="r")
    assert told(([user("a")], [call, result]), ([user("a"), bare], [])) == ["a", "c1", "r"]
