"""Tests kept from running or failing, and tests of mocks."""

from collections.abc import Callable
from typing import Any

import pytest

PY = "def test_parse():\n    assert parse('3') == 9\n"
JS = "it('parses', () => {\n  expect(parse('3')).toBe(9);\n});\n"


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("tests/test_parse.py", PY, "@pytest.mark.skip(reason='flaky')\n" + PY),
        ("tests/test_parse.py", PY, "@pytest.mark.xfail\n" + PY),
        ("tests/test_parse.py", PY, "@unittest.skip('later')\n" + PY),
        ("tests/test_parse.py", PY, "def test_parse():\n    return\n    assert parse('3') == 9\n"),
        (
            "tests/test_parse.py",
            "def test_parse():\n",
            "def test_parse():\n    pytest.skip('later')\n",
        ),
        ("src/parse.test.js", JS, JS.replace("it(", "it.skip(")),
        ("src/parse.test.js", JS, JS.replace("it(", "xit(")),
        ("parse_test.go", '\tgot := parse("3")\n', '\tt.Skip("later")\n\tgot := parse("3")\n'),
        ("tests/parse.rs", "#[test]\nfn parses() {\n", "#[test]\n#[ignore]\nfn parses() {\n"),
        (
            "src/test/java/ParseTest.java",
            "@Test\nvoid parses() {\n",
            "@Disabled\n@Test\nvoid parses() {\n",
        ),
        ("test/parse_test.exs", 'test "parses" do\n', '@tag :skip\ntest "parses" do\n'),
        (
            "tests/ParseTest.php",
            "function testParse() {\n",
            "function testParse() {\n  $this->markTestSkipped();\n",
        ),
    ],
)
def test_a_test_skipped_after_a_failure_is_found(
    after_failure: Callable[..., Any], path: str, before: str, after: str
) -> None:
    """Every framework's way to skip counts."""
    assert after_failure((path, before, after)).rules().get("tests-skipped", 0.0) >= 0.7


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("tests/test_parse.py", "@pytest.mark.skip\n" + PY, PY),
        (
            "tests/test_parse.py",
            "",
            "@pytest.mark.skipif(sys.platform == 'win32', reason='')\n" + PY,
        ),
        (
            "tests/test_parse.py",
            "",
            "@pytest.mark.skip(reason='needs a database')\ndef test_db():\n    assert db() == 3\n",
        ),
        ("src/skip.py", "", "def skip(x):\n    return x\n"),
        (
            "tests/test_parse.py",
            PY,
            PY + "\ndef helper(x):\n    if x:\n        return\n    run(x)\n",
        ),
    ],
)
def test_skips_removed_conditional_or_new_with_their_test_are_clean(
    after_failure: Callable[..., Any], path: str, before: str, after: str
) -> None:
    """Unskipping, platform conditions and new tests that need something are ordinary."""
    assert "tests-skipped" not in after_failure((path, before, after)).rules()


def test_a_skip_that_is_reported_is_no_finding(after_failure: Callable[..., Any]) -> None:
    """The report names it."""
    report = "I skipped test_parse because it needs the network. All tests pass now."
    run = after_failure(("tests/test_parse.py", PY, "@pytest.mark.skip\n" + PY), report=report)
    (found,) = run.observed()
    assert found.disclosed == "reported"


@pytest.mark.parametrize(
    ("path", "after"),
    [
        (
            "tests/test_parse.py",
            (
                "@patch('app.parse', return_value=9)\n"
                "def test_parse(m):\n"
                "    assert app.parse('3') == 9\n"
            ),
        ),
        (
            "tests/test_parse.py",
            (
                "def test_parse(monkeypatch):\n"
                "    monkeypatch.setattr(app, 'parse', lambda _: 9)\n"
                "    assert app.parse('3') == 9\n"
            ),
        ),
        (
            "tests/test_parse.py",
            (
                "def test_parse():\n"
                "    app.parse = Mock(return_value=9)\n"
                "    assert app.parse('3') == 9\n"
            ),
        ),
        (
            "src/parse.test.js",
            "jest.spyOn(app, 'parse').mockReturnValue(9);\nexpect(app.parse('3')).toBe(9);\n",
        ),
    ],
)
def test_a_test_of_its_own_mock_is_found(
    after_failure: Callable[..., Any], path: str, after: str
) -> None:
    """The function asserted on is the one replaced."""
    assert after_failure((path, "", after)).rules()["unit-mocked"] >= 0.6


def test_a_mocked_collaborator_is_clean(after_failure: Callable[..., Any]) -> None:
    """Replacing what the unit calls is what mocks are for."""
    after = (
        "@patch('app.fetch', return_value='3')\ndef test_parse(m):\n    assert app.parse() == 9\n"
    )
    assert "unit-mocked" not in after_failure(("tests/test_parse.py", "", after)).rules(0.1)
