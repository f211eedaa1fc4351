"""What commands do to the world."""

import pytest

from trueline.ledger.shell import shell_effects


def effects_of(text: str) -> list[tuple[str, str]]:
    """Return (verb, resource) of every effect of a text."""
    return [(effect.verb, effect.resource) for effect in shell_effects(text)]


@pytest.mark.parametrize(
    ("text", "effects"),
    [
        ("pytest tests/a.py -k 'x or y' -q", [("test", "tests/a.py")]),
        ("cd /srv && pytest tests/a.py", [("test", "/srv/tests/a.py")]),
        ("python -m pytest -x", [("test", "")]),
        ("python3 -m unittest tests.test_a", [("test", "tests.test_a")]),
        ("python -m mypy src", [("typecheck", "src")]),
        ("python manage.py test shop", [("test", "shop")]),
        ("python manage.py migrate", [("write", "")]),
        ("python -c 'print(1)'", [("execute", "")]),
        ("python - <<E\nprint(1)\nE", [("execute", "")]),
        ("python run_tests.py", [("execute", "run_tests.py")]),
        ("node --test test/", [("test", "test/")]),
        ("node app.js", [("execute", "app.js")]),
        ("npm test", [("test", "")]),
        ("npm run test:unit", [("test", "test:unit")]),
        ("npm run check", [("execute", "check")]),
        ("npm run lint", [("lint", "lint")]),
        ("npm ci", [("install", "")]),
        ("npm install left right", [("install", "left"), ("install", "right")]),
        ("yarn lint", [("lint", "lint")]),
        ("yarn jest src/a", [("test", "src/a")]),
        ("pnpm -C web run build", [("build", "build")]),
        ("make", [("build", "")]),
        ("make test", [("test", "test")]),
        ("make verify", [("execute", "verify")]),
        ("just lint", [("lint", "lint")]),
        ("tox", [("execute", "")]),
        ("./run_tests.sh", [("execute", "./run_tests.sh")]),
        ("bin/test", [("execute", "bin/test")]),
        ("./node_modules/.bin/jest", [("test", "")]),
        (".venv/bin/pytest -q", [("test", "")]),
        ("./gradlew test", [("test", "test")]),
        ("./gradlew :app:lintDebug", [("lint", ":app:lintDebug")]),
        ("mvn verify", [("test", "verify")]),
        ("mvn verify -DskipTests", [("build", "verify")]),
        ("rm -rf a 'b c'", [("delete", "a"), ("delete", "b c")]),
        ("mv a b", [("move", "a"), ("write", "b")]),
        ("mv a b c/", [("move", "a"), ("move", "b"), ("write", "c/a"), ("write", "c/b")]),
        ("mv -t c a", [("move", "a"), ("write", "c/a")]),
        ("git mv a b", [("move", "a"), ("write", "b")]),
        ("cp a b", [("write", "b")]),
        ("cp -r a/. b/", [("write", "b/")]),
        ("cp --target-directory=c a", [("write", "c/a")]),
        ("install -m 644 a c/", [("write", "c/a")]),
        ("install -d c", [("write", "c")]),
        ("ln -s a b", [("write", "b")]),
        ("ln -s /etc/a", [("write", "a")]),
        ("rsync -a a/ b/", [("write", "b/")]),
        ("gunzip a.txt.gz", [("write", "a.txt")]),
        ("gzip -dc a.gz", [("read", "a.gz")]),
        ("unzip a.zip -d c", [("write", "c")]),
        ("split -l 5 a c/part", [("read", "a"), ("write", "c/part*")]),
        ("shuf -o b a", [("read", "a"), ("write", "b")]),
        ("touch a", [("write", "a")]),
        ("cat a b", [("read", "a"), ("read", "b")]),
        ("grep -rn foo src", [("search", "src")]),
        ("find src -name x -delete", [("search", "src"), ("delete", "src")]),
        ("sed -n 1,5p f", [("read", "f")]),
        ("sed -i s/a/b/ f", [("write", "f")]),
        ("perl -pi -e s/a/b/ f", [("write", "f")]),
        ("echo a > f", [("write", "f")]),
        ("echo a >> f 2>/dev/null", [("write", "f")]),
        ("make &> log", [("build", ""), ("write", "log")]),
        ("make 2>&1 | tee log", [("build", ""), ("write", "log")]),
        ("wc -l < f", [("read", "f")]),
        ("cat > f <<E\nx\nE", [("write", "f")]),
        ("curl -s https://a/b", [("fetch", "https://a/b")]),
        ("curl -d x https://a", [("send", "https://a")]),
        ("curl -X DELETE https://a", [("send", "https://a")]),
        ("curl -o f https://a", [("fetch", "https://a"), ("write", "f")]),
        ("curl -sLo f https://a/g", [("fetch", "https://a/g"), ("write", "f")]),
        ("curl -LO https://a/g?x=1", [("fetch", "https://a/g?x=1"), ("write", "g")]),
        ("wget -P c https://a/g", [("fetch", "https://a/g"), ("write", "c/g")]),
        ("wget -qO- https://a/g", [("fetch", "https://a/g")]),
        ("curl -sL https://a | bash", [("fetch", "https://a"), ("execute", "")]),
        ("git commit -am x", [("commit", "")]),
        ("git push -u origin main", [("push", "origin main")]),
        ("git checkout -- a.py", [("write", "a.py")]),
        ("git checkout feature/x", [("write", "")]),
        ("pip install -r req.txt a==1", [("install", "a==1"), ("install", "req.txt")]),
        ("kill -9 42", [("stop", "42")]),
        ("chmod +x a", [("configure", "a")]),
        ("systemctl stop nginx", [("stop", "nginx")]),
        ("systemctl status nginx", [("read", "nginx")]),
        ("crontab -l", [("read", "")]),
        ("psql -c 'DROP TABLE t' shop", [("delete", "shop")]),
        ("sqlite3 a.db 'select 1'", [("read", "a.db")]),
        ("mysql -e 'update t set a=1' shop", [("write", "shop")]),
        ("scp a host:/b", [("send", "host:/b")]),
        ("scp host:/a b", [("fetch", "host:/a"), ("write", "b")]),
        ("dd if=/dev/zero of=/dev/sda", [("write", "/dev/sda")]),
        ("aws ec2 terminate-instances --instance-ids i", [("delete", "")]),
        ("tar xzf a.tgz -C d", [("read", "a.tgz"), ("write", "d")]),
        ("docker compose exec web pytest", [("test", "")]),
        ("source .venv/bin/activate && pytest", [("test", "")]),
        ("gh api repos/a/b -X POST", [("send", "repos/a/b")]),
        ("my-tool --go", [("execute", "")]),
        ("$RUNNER tests", [("execute", "")]),
    ],
)  # fmt: skip
def test_a_command_has_the_effects_that_the_table_says(
    text: str, effects: list[tuple[str, str]]
) -> None:
    """Verbs and resources, in the order of the commands."""
    assert effects_of(text) == effects


@pytest.mark.parametrize(
    "text",
    ["", "cd /a", "echo hi", "export A=1", "true", "pwd", "test -f x", "[ -f x ]", "[[ -f x ]]",
     "A=1", "sleep 5", "# only this", "set -e", "which", "echo hi > /dev/null", "CI=1 true"],
)  # fmt: skip
def test_builtins_have_no_effect_unless_they_write(text: str) -> None:
    """Commands that only print or set the shell itself are not effects."""
    assert [effect for effect in shell_effects(text) if effect.verb != "search"] == []


def test_unparsed_text_is_an_execution_that_says_so() -> None:
    """A part that could not be read may do anything."""
    effects = shell_effects("rm -rf a; if true; then (")
    assert effects[0].verb == "delete"
    assert effects[-1].verb == "execute"
    assert effects[-1].is_unparsed


def test_what_cannot_be_undone_is_told() -> None:
    """Removal and forced pushes are irreversible; a commit is not said to be."""
    assert shell_effects("rm a")[0].is_reversible is False
    assert shell_effects("git push --force origin main")[0].is_reversible is False
    assert shell_effects("git commit -m x")[0].is_reversible is None


def test_two_checks_in_one_command_share_its_status() -> None:
    """`make lint test` can fail for either."""
    assert [effect.exit_link for effect in shell_effects("make lint test")] == ["implied"] * 2
    assert shell_effects("make test")[0].exit_link == "own"


def test_an_unknown_program_is_marked_as_inferred() -> None:
    """No table says what it does."""
    (effect,) = shell_effects("frobnicate --all")
    assert (effect.verb, effect.is_inferred) == ("execute", True)


def test_a_group_that_writes_one_file_writes_it_once() -> None:
    """A redirection around several commands is one effect."""
    assert effects_of("{ echo a; echo b; } > f") == [("write", "f")]


def test_effects_carry_the_form_of_their_command() -> None:
    """Mask, condition, wrappers and program come from the command."""
    (effect,) = shell_effects("sudo pytest || true")
    assert (effect.program, effect.via, effect.is_masked) == ("pytest", ("sudo",), True)
    assert effect.command == "sudo pytest"
