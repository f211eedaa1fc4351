"""Entries become steps: links by id, by order within a turn, by tool name."""

from trueline.trajectory.chat import Chat, Entry


def call(tool: str = "t", call_id: str = "", **arguments: object) -> Entry:
    """Return a call."""
    return Entry(kind="call", tool=tool, call_id=call_id, arguments=arguments or None)


def result(tool: str = "", call_id: str = "") -> Entry:
    """Return a result."""
    return Entry(kind="result", actor="tool", tool=tool, call_id=call_id, text="r")


SAID = Entry(kind="message", text="m")


def links(*entries: Entry) -> list[int | None]:
    """Return the links of the steps that entries become."""
    chat = Chat()
    chat.add_all(entries)
    return [step.call_index for step in chat.steps]


def test_results_without_ids_answer_the_calls_of_their_turn_in_order() -> None:
    """Two calls, two results."""
    assert links(call(), call(), result(), result()) == [2, 3, 0, 1]


def test_a_missing_result_does_not_shift_the_next_turn() -> None:
    """What was not answered in its turn stays unanswered."""
    assert links(call(), call(), result(), SAID, call(), result()) == [2, None, 0, None, 5, 4]


def test_a_result_that_names_its_tool_answers_a_call_of_that_tool() -> None:
    """And none of another."""
    assert links(call("a"), call("b"), result("b"), result("a")) == [3, 2, 1, 0]
    assert links(call("a"), result("b")) == [None, None]


def test_made_up_ids_link_a_result_to_its_call() -> None:
    """Both carry the same."""
    chat = Chat()
    chat.add_all([call(), result()])
    assert chat.steps[0].call_id == chat.steps[1].call_id != ""


def test_an_unanswered_call_is_found_by_tool_and_arguments() -> None:
    """Equal arguments first; exactly means nothing else."""
    chat = Chat()
    chat.add_all([call("t", "one", n=1), call("t", "two", n=2)])
    assert chat.unanswered("t", {"n": 2}, exactly=True) == "two"
    assert chat.unanswered("t", {"n": 3}, exactly=False) == "one"
    assert chat.unanswered("t", {"n": 3}, exactly=True) == ""
    assert chat.unanswered("u", None, exactly=False) == ""


def test_a_decision_keeps_the_id_of_what_it_decides() -> None:
    """As any entry with an id does."""
    step = Chat().add(Entry(kind="decision", actor="user", text="no", call_id="c"))
    assert (step.kind, step.call_id) == ("decision", "c")
