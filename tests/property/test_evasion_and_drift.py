"""Laws of the evasion and drift monitors that hold for any input."""

from fnmatch import fnmatchcase
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from trueline.monitors.drift.baseline import Profile
from trueline.monitors.drift.departure import Past
from trueline.monitors.evasion.acts.commands import fits
from trueline.monitors.evasion.acts.services import words_of

COUNTS = st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 50), min_size=1)


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    """Profiles whose counts add up."""
    acts = draw(COUNTS)
    effects = sum(acts.values())
    return Profile(
        acts=acts, programs=dict(acts), effects=effects, failures=draw(st.integers(0, effects))
    )


@given(st.text("ab*/", max_size=8), st.text("ab/", max_size=12))
def test_words_fit_globs_as_file_names_do(glob: str, word: str) -> None:
    """The published meaning of a star, without its special cases."""
    assert fits(glob, word) is fnmatchcase(word, glob)


@given(st.text(max_size=60))
def test_words_of_a_name_are_lower_case_letters(name: str) -> None:
    """Whatever a tool is called."""
    assert all(word.isascii() and word.isalpha() and word.islower() for word in words_of(name))


@given(st.lists(profiles(), min_size=1, max_size=8), profiles())
def test_p_values_lie_between_the_least_possible_and_one(past: list[Profile], run: Profile) -> None:
    """No run is rarer than one among all."""
    found = Past(past).departure(run)
    least = 1 / (len(past) + 1)
    assert least <= found.p_value <= 1
    assert all(least <= p <= 1 for p in found.p_values.values())


@given(st.lists(profiles(), min_size=1, max_size=6), profiles(), st.randoms())
def test_the_order_of_past_runs_does_not_matter(
    past: list[Profile], run: Profile, draw: Random
) -> None:
    """A baseline is a set of runs."""
    shuffled = list(past)
    draw.shuffle(shuffled)
    assert Past(past).departure(run) == Past(shuffled).departure(run)


@given(profiles(), st.integers(2, 8))
def test_a_run_like_all_others_never_departs(run: Profile, count: int) -> None:
    """Ties count in full."""
    assert Past([run] * count).departure(run).p_value == 1


@given(st.lists(profiles(), min_size=2, max_size=6))
def test_of_all_runs_few_are_rare(runs: list[Profile]) -> None:
    """Leaving each out in turn, at most the part x has a p of at most x: the conformal promise."""
    count = len(runs)
    p_values = [
        Past([*runs[:place], *runs[place + 1 :]]).departure(run).p_value
        for place, run in enumerate(runs)
    ]
    for part in range(1, count + 1):
        assert sum(p <= part / count for p in p_values) <= part
