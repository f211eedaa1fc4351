"""What a calibration holds for: the versions and the code of the monitors, and the charter.

A monitor of another version gives other suspicions, and so does another charter; a threshold
from the one means nothing for the other.
"""

import hashlib
from collections.abc import Sequence
from typing import Any, Final

import msgspec
from msgspec import Struct

from trueline import __version__
from trueline.calibration.code import code_digest
from trueline.charter import Charter, default_charter
from trueline.errors import CalibrationError
from trueline.monitors import Monitor

_NO_PART: Final = frozenset({"line", "source", "examples"})
"""Fields of a charter that say where it stands and what it is for, and judge nothing."""


class Identity(Struct, frozen=True, kw_only=True):
    """The monitors and the charter that suspicions came from.

    Attributes:
        monitors: the version of each, as `version_of` writes it.
        charter: the charter's name.
        charter_digest: SHA-256 over what it says.
    """

    monitors: dict[str, str]
    charter: str
    charter_digest: str


def identity_of(monitors: Sequence[Monitor], charter: Charter | None = None) -> Identity:
    """Return what the suspicions of `monitors` under `charter` are bound to."""
    charter = charter or default_charter()
    return Identity(
        monitors={monitor.name: version_of(monitor) for monitor in monitors},
        charter=charter.name,
        charter_digest=charter_digest(charter),
    )


def version_of(monitor: Monitor) -> str:
    """Return a monitor's version: its package's, its own where it has one, and its code's."""
    package = type(monitor).__module__.partition(".")[0]
    own = getattr(monitor, "version", "")
    versions = f"{package} {_version_of_package(package)}" + (f" ({own})" if own else "")
    return f"{versions}, code {code_digest(monitor)}"


def _version_of_package(package: str) -> str:
    if package == "trueline":
        return __version__
    from importlib import metadata  # slow, and asked for plug-ins alone  # noqa: PLC0415

    names = metadata.packages_distributions().get(package, ())
    return metadata.version(names[0]) if names else "unknown"


def charter_digest(charter: Charter) -> str:
    """Return the SHA-256 of what a charter says; where its file lies and its lines do not count."""
    said = msgspec.json.encode(_said(msgspec.to_builtins(charter)), order="sorted")
    return f"sha256:{hashlib.sha256(said).hexdigest()}"


def _said(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _said(item) for key, item in value.items() if key not in _NO_PART}
    if isinstance(value, list | tuple):
        return [_said(item) for item in value]
    return value


def check_identity(calibrated: Identity, running: Identity) -> None:
    """Refuse thresholds that were drawn with other monitors or another charter.

    A calibration may hold for more monitors than run.

    Raises:
        CalibrationError: a monitor is missing from it or has another version, or the charter
            is another one.
    """
    for name, version in running.monitors.items():
        before = calibrated.monitors.get(name)
        if before is None:
            raise CalibrationError(
                f"the calibration has no threshold for the monitor {name!r}, only for "
                f"{', '.join(sorted(calibrated.monitors))}; calibrate again, or name monitors "
                "with --monitor"
            )
        if before != version:
            raise CalibrationError(
                f"the calibration is of {name!r} as of {before!r}, "
                f"installed is {version!r}; calibrate again"
            )
    if calibrated.charter_digest != running.charter_digest:
        raise CalibrationError(
            f"the calibration is for the charter {calibrated.charter!r} "
            f"({calibrated.charter_digest[:19]}…), in force is {running.charter!r} "
            f"({running.charter_digest[:19]}…); calibrate again with this charter"
        )
