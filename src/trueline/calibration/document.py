"""A calibration as a file: what was measured, on what, and for which monitors and charter.

It holds no words of any record: suspicions, and the names of the groups.
"""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from trueline import __version__
from trueline.calibration.exchangeability import HeldOut
from trueline.calibration.identity import Identity
from trueline.calibration.permutation import Permuted
from trueline.calibration.thresholds import Thresholds
from trueline.errors import CalibrationError, UnreadableError
from trueline.monitors.combination import ANY

SCHEMA: Final = "trueline.calibration"
SCHEMA_VERSION: Final = 1
MAX_BYTES: Final = 64 * 1024**2
MAX_RUNS: Final = 10_000_000
"""A file that claims more would fill the memory of whoever compares with it."""


class Level(Struct, frozen=True, array_like=True):
    """How many runs of the sample have one suspicion."""

    suspicion: float
    runs: int


class Score(Struct, frozen=True, kw_only=True):
    """One monitor's suspicions, or those of all together.

    Attributes:
        threshold: a run is above it where its suspicion is strictly greater.
        above: runs of the sample that are above.
        levels: the sample's suspicions, ascending.
        exchangeability: the test over the groups; None where there is nothing to compare.
        is_exchangeable: no difference between groups was found (None: not tested).
        held_out_runs: runs of groups that could be held out.
        held_out_alarms: how many of them are above a threshold from the other groups.
        standing_out: the groups with more alarms than chance gives.
    """

    threshold: float
    above: int
    levels: tuple[Level, ...]
    exchangeability: Permuted | None
    is_exchangeable: bool | None
    held_out_runs: int
    held_out_alarms: int
    standing_out: tuple[HeldOut, ...]


class Calibration(Struct, frozen=True, kw_only=True):
    """Thresholds for a false-alarm rate, with all that is needed to judge them.

    Attributes:
        schema: always `trueline.calibration`.
        schema_version: a change that breaks a reader raises it.
        version: of Trueline.
        created: when, RFC 3339, UTC.
        rate: the wished false-alarm rate, a fraction.
        runs: size of the sample.
        rank: of the thresholds in the sample, from 1.
        group_by: what the groups are.
        groups: how many runs each has.
        sample_digest: SHA-256 over runs, groups and suspicions.
        identity: the monitors and the charter it holds for.
        scores: by monitor, `any` last.
    """

    schema: str = SCHEMA
    schema_version: int = SCHEMA_VERSION
    version: str = __version__
    created: str
    rate: float
    runs: int
    rank: int
    group_by: str
    groups: dict[str, int]
    sample_digest: str
    identity: Identity
    scores: dict[str, Score]

    def thresholds(self) -> Thresholds:
        """Return the thresholds alone."""
        return Thresholds({name: score.threshold for name, score in self.scores.items()})


def to_json(calibration: Calibration) -> bytes:
    """Return the document as indented UTF-8 JSON with a final newline."""
    return msgspec.json.format(msgspec.json.encode(calibration), indent=2) + b"\n"


def read_calibration(path: Path) -> Calibration:
    """Return the calibration in a file.

    Raises:
        CalibrationError: the content is no calibration of this version's kind.
        UnreadableError: the file cannot be opened or is over the limit.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableError(f"{path}: {error.strerror or type(error).__name__}") from error
    if len(data) > MAX_BYTES:
        raise UnreadableError(f"{path}: a calibration of over {MAX_BYTES} bytes is not read")
    _check_version(path, data)
    try:
        found = msgspec.json.decode(data, type=Calibration)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise CalibrationError(f"{path}: no calibration: {error}") from error
    problem = _flaw(found)
    if problem:
        raise CalibrationError(f"{path}: no calibration: {problem}")
    return found


class _Head(Struct):
    """What tells a calibration from other JSON, whatever its version."""

    schema: str = ""
    schema_version: int = 0


def _check_version(path: Path, data: bytes) -> None:
    try:
        head = msgspec.json.decode(data, type=_Head)
    except (msgspec.DecodeError, ValueError, RecursionError):
        head = _Head()
    if head.schema != SCHEMA:
        raise CalibrationError(
            f"{path}: no calibration: expected JSON with the schema {SCHEMA!r}; "
            "make one with `trueline calibrate`"
        )
    if head.schema_version != SCHEMA_VERSION:
        raise CalibrationError(
            f"{path}: schema_version {head.schema_version}, this Trueline ({__version__}) reads "
            f"{SCHEMA_VERSION}; calibrate again"
        )


def _flaw(found: Calibration) -> str:
    """Return what does not hold together in a document, empty when all does."""
    if set(found.scores) != {*found.identity.monitors, ANY}:
        return "its scores are not those of its monitors and `any`"
    if not 0 < found.rate < 1 or not 1 <= found.rank <= found.runs <= MAX_RUNS:
        return f"rate {found.rate}, rank {found.rank} of {found.runs} runs"
    flaws = (
        _flaw_of(name, score.threshold, score.levels, found.runs, found.rank)
        for name, score in found.scores.items()
    )
    return next(filter(None, flaws), "")


def _flaw_of(name: str, threshold: float, levels: Sequence[Level], runs: int, rank: int) -> str:
    if sum(level.runs for level in levels) != runs or any(level.runs < 1 for level in levels):
        return f"the levels of {name!r} do not hold {runs} runs"
    if any(a.suspicion >= b.suspicion for a, b in pairwise(levels)):
        return f"the levels of {name!r} do not rise"
    below = 0
    for level in levels:
        below += level.runs
        if below >= rank:
            is_right = level.suspicion == threshold and 0.0 <= threshold <= 1.0
            return "" if is_right else f"the threshold of {name!r} is not what its levels give"
    return f"the levels of {name!r} end before the threshold"
