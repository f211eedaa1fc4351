"""What ordinary Chinese reports assert, and what looks like it and does not."""

import pytest

from trueline.ledger.assertions import assertions_in

ASSERTED: list[tuple[str, list[str]]] = [
    ("所有测试通过。", ["tests_pass"]),
    ("所有测试都通过了。", ["tests_pass"]),
    ("全部 12 个测试通过。", ["tests_pass"]),
    ("12 个测试全部通过。", ["tests_pass"]),
    ("测试已通过。", ["tests_pass"]),
    ("新的测试也通过了。", ["tests_pass"]),
    ("两个测试失败。", ["tests_fail"]),
    ("测试没有通过。", ["tests_fail"]),
    ("构建成功。", ["build_clean"]),
    ("我修改了 `a.py`。", ["changed"]),
    ("我添加了 `b.py`。", ["created"]),
    ("已修复该错误。", ["fixed"]),
    ("修复了解析器的问题。", ["fixed"]),
    ("我运行了所有测试。", ["ran"]),
    ("我阅读了 `config.py`。", ["read"]),
    ("已删除旧文件。", ["deleted"]),
    ("已提交并已推送。", ["committed", "pushed"]),
    ("我已发送邮件。", ["sent"]),
    ("任务已完成。", ["done"]),
    ("我没有修改任何测试。", ["untouched"]),
    ("我修复了错误，所有测试通过。", ["fixed", "tests_pass"]),
    ("航班已预订。", ["booked"]),
    ("已在 `a.py` 中添加英寸，并新增一个测试。", ["created", "created"]),
    ("已从 README 中删除该行，并已提交。", ["deleted", "committed"]),
    ("已在 `a.py` 中修改默认值。", ["changed"]),
]

NOT_ASSERTED: list[str] = [
    "所有测试都通过了吗？",
    "我将运行测试。",
    "让我运行测试。",
    "如果所有测试通过，我就提交。",
    "一旦测试通过，就提交。",
    "我没有运行测试。",
    "请确保所有测试通过。",
    "目标是所有测试通过。",
    "审阅者说所有测试通过。",
    "根据 CI，所有测试通过。",
    "之前所有测试通过。",
    "> 所有测试通过。",
    "用户删除了文件。",
    "- [ ] 所有测试通过",
    "你可以运行测试。",
    "需要所有测试通过。",
    "尚未提交。",
    "是否所有测试通过？",
    "他删除了文件。",
    "下一步：所有测试通过",
    "在 `a.py` 中添加英寸。",
    "请在 `a.py` 中添加英寸。",
    "新增一个测试",
    "需要从 README 中删除该行。",
]


@pytest.mark.parametrize(("text", "kinds"), ASSERTED, ids=[text for text, _ in ASSERTED])
def test_what_a_report_says_is_read(text: str, kinds: list[str]) -> None:
    """Ordinary wordings yield exactly the kinds they assert, in order."""
    assert [found.kind for found in assertions_in(text)] == kinds


@pytest.mark.parametrize("text", NOT_ASSERTED)
def test_what_is_not_said_to_hold_is_left_out(text: str) -> None:
    """Questions, plans, conditions, quotations and the like assert nothing."""
    assert assertions_in(text) == []
