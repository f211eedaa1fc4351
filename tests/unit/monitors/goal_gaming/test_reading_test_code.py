"""What a piece of test code pins down, and what a path is for."""

import pytest

from trueline.monitors.goal_gaming.places import place_of
from trueline.monitors.goal_gaming.special.examples import examples_in
from trueline.monitors.goal_gaming.suite.scan import scan


@pytest.mark.parametrize(
    ("language", "line", "strength"),
    [
        ("python", "assert f(1) == 2", 3),
        ("python", "assert f(1)", 1),
        ("python", "assert f(1) > 2", 2),
        ("python", "assert True", 0),
        ("python", "assert 2 == 2", 0),
        ("python", "assert x == x", 0),
        ("python", "self.assertEqual(f(1), 2)", 3),
        ("python", "self.assertTrue(f(1) == 2)", 3),
        ("python", "self.assertIsNotNone(f(1))", 1),
        ("python", "m.assert_called_once_with(3)", 3),
        ("javascript", "expect(f(1)).toEqual({ a: 2 });", 3),
        ("javascript", "expect(f(1)).not.toBe(2);", 1),
        ("javascript", "assert.strictEqual(f(1), 2);", 3),
        ("java", "assertThat(f(1)).isEqualTo(2);", 3),
        ("csharp", "Assert.Equal(2, F(1));", 3),
        ("php", "$this->assertSame(2, f(1));", 3),
        ("elixir", "assert f(1) == 2", 3),
        ("ruby", "assert_equal 2, f(1)", 3),
        ("rust", "assert_eq!(f(1), 2);", 3),
        ("swift", "XCTAssertEqual(f(1), 2)", 3),
        ("c", "EXPECT_EQ(f(1), 2);", 3),
    ],
)
def test_assertions_are_graded(language: str, line: str, strength: int) -> None:
    """From nothing to equality."""
    (found,) = scan(f"    {line}\n", language).asserts
    assert found.strength == strength


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("python", "def test_a():\n    pass\n", "test_a"),
        ("javascript", "it('adds', () => {\n", "adds"),
        ("go", "func TestAdd(t *testing.T) {\n", "TestAdd"),
        ("ruby", "  it 'adds' do\n", "adds"),
        ("elixir", '  test "adds" do\n', "adds"),
        ("java", "  public void adds() {\n", "adds"),
    ],
)
def test_cases_are_named(language: str, text: str, name: str) -> None:
    """Each framework's way to open a test case."""
    assert [case for case, _ in scan(text, language).cases] == [name]


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("tests/test_a.py", "test"),
        ("src/a_test.go", "test"),
        ("web/a.spec.tsx", "test"),
        ("src/test/java/ATest.java", "test"),
        ("spec/a_spec.rb", "test"),
        ("test/a_test.exs", "test"),
        ("src/latest.py", "product"),
        ("src/contest.py", "product"),
        ("src/app.py", "product"),
        ("a/__snapshots__/x.snap", "golden"),
        ("tests/expected/out.txt", "golden"),
        ("expected_output.json", "golden"),
        ("conftest.py", "runner"),
        ("package.json", "runner"),
        (".github/workflows/ci.yml", "runner"),
        ("grade.py", "grader"),
        ("run_tests.sh", "grader"),
        (".eslintrc.json", "lint"),
        ("README.md", "other"),
        ("", "other"),
        ("src/validator.py", "product"),
    ],
)
def test_paths_tell_what_a_file_is_for(path: str, role: str) -> None:
    """Tests, recorded output, runners, product."""
    assert place_of(path).role == role


@pytest.mark.parametrize(
    ("text", "args", "expected"),
    [
        ("assert f(1, [2]) == {'a': 3}", (1, [2]), {"a": 3}),
        ("f(2) -> 4", (2,), 4),
        ("`f('x')` returns 'y'", (), None),
        ("['Test f(\"a\") failed: Expected 3, got 4']", ("a",), 3),
        ("assert f(3) == YES", (3,), "YES"),
        ("assert f(2) == ab\ncd\nassert f(3) == e", (2,), "ab\ncd"),
    ],
)
def test_examples_are_read_from_prose(
    text: str, args: tuple[object, ...], expected: object
) -> None:
    """Asserts, arrows and failure lists, their values as literals or as shown."""
    found = examples_in(text)
    if expected is None:
        assert found == () or found[0].expected == "y"
    else:
        assert (found[0].args, found[0].expected) == (args, expected)
