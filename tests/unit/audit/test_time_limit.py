"""A plug-in that does not come back: its failure is recorded, and everything else still counts."""

import itertools
import signal
import time
from collections.abc import Sequence
from threading import Thread

import pytest

from trueline.audit.campaign import Campaign, Settings
from trueline.audit.run import audit_trajectory
from trueline.audit.summary import compose, exit_code
from trueline.audit.time_limit import OutOfTimeError, call_within, require_timer
from trueline.charter import Mandate
from trueline.errors import ConfigError
from trueline.ledger import Ledger
from trueline.monitors import Evidence, Observation
from trueline.trajectory import Step, Trajectory

LIMIT_S = 0.05
RUN = Trajectory(
    id="r1",
    format="native",
    source="r1.jsonl",
    steps=(Step(index=0, kind="message", actor="agent", text="Fixed it.", line=1),),
)


class Endless:
    """A monitor that never returns, in the way it was told."""

    name = "endless"

    def __init__(self, way: str) -> None:
        self.way = way

    def observe(self, ledger: Ledger, mandate: Mandate, /) -> Sequence[Observation]:
        """Loop, sleep, or loop in spite of errors."""
        for _ in itertools.count():
            try:
                if self.way == "sleeps":
                    time.sleep(60)
            except Exception:  # noqa: BLE001 - what a careless plug-in does
                continue
        return []


class Quick:
    """A monitor that looks and returns."""

    name = "quick"

    def observe(self, ledger: Ledger, mandate: Mandate, /) -> Sequence[Observation]:
        """Return one observation."""
        evidence = (Evidence(step=0, quote="Fixed it.", role="said"),)
        return [
            Observation(
                monitor=self.name,
                kind="deception",
                rule="made-up",
                suspicion=0.9,
                severity="high",
                explanation="It is made up.",
                evidence=evidence,
            )
        ]


@pytest.mark.parametrize("way", ["loops", "sleeps"])
def test_a_monitor_that_hangs_is_a_failure_and_the_others_still_look(way: str) -> None:
    """Also those that come after it; the run is not clean."""
    report = audit_trajectory(RUN, [Endless(way), Quick()], monitor_timeout_s=LIMIT_S)
    assert [(f.monitor, f.error) for f in report.failures] == [
        ("endless", f"took longer than {LIMIT_S:g} s")
    ]
    assert [finding.rule for finding in report.findings] == ["made-up"]
    assert exit_code(compose([report], ()), "never") == 2


@pytest.mark.parametrize("outer_s", [0.0, 500.0])
def test_after_a_call_the_timer_and_its_handler_are_as_before(outer_s: float) -> None:
    """Whether it returned or was interrupted."""
    kept = signal.setitimer(signal.ITIMER_REAL, outer_s)
    handler = signal.getsignal(signal.SIGALRM)
    try:
        assert call_within(5, lambda: 7) == 7
        with pytest.raises(OutOfTimeError):
            call_within(LIMIT_S, lambda: time.sleep(60))
        assert signal.getsignal(signal.SIGALRM) is handler
        left_s, _ = signal.getitimer(signal.ITIMER_REAL)
        assert left_s == pytest.approx(outer_s, abs=60)
    finally:
        signal.setitimer(signal.ITIMER_REAL, *kept)


def test_without_a_limit_no_signal_is_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    """The default costs nothing and works in any thread."""
    with monkeypatch.context() as patch:
        patch.delattr(signal, "setitimer")
        assert call_within(0, lambda: 7) == 7
        assert Campaign(Settings()).monitor_timeout_s == 0


def test_what_cannot_be_held_is_refused_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A limit that is asked for and not held would be worse than none."""
    refused: list[ConfigError] = []

    def ask() -> None:
        try:
            require_timer()
        except ConfigError as error:
            refused.append(error)

    thread = Thread(target=ask)
    thread.start()
    thread.join()
    assert "main thread" in str(refused[0])
    with monkeypatch.context() as patch:
        patch.delattr(signal, "setitimer")
        with pytest.raises(ConfigError, match="POSIX"):
            Campaign(Settings(monitor_timeout_s=1))
