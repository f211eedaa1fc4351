"""What an agent's own past runs did: one profile per run, kept as counts and never as words.

A profile counts the effects of a run by verb and sort of resource, and by program or tool.
Names of programs and tools are the only words of a record that a baseline holds.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from trueline import __version__
from trueline.errors import ConfigError
from trueline.ledger import Ledger

SCHEMA: Final = "trueline.baseline"
SCHEMA_VERSION: Final = 1
MAX_BYTES: Final = 64 * 1024 * 1024
"""A larger file is no baseline."""

_MAX_NAME: Final = 60
_MAX_PROGRAMS: Final = 200


class Profile(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one run did, counted.

    Attributes:
        acts: effects by verb and sort of resource: `write file`.
        programs: effects by program or tool.
        effects: how many there were.
        failures: how many of them the record shows to have failed.
    """

    acts: dict[str, int]
    programs: dict[str, int]
    effects: int
    failures: int = 0


class Baseline(Struct, frozen=True, kw_only=True):
    """The profiles of past runs, by agent.

    Attributes:
        schema: always `trueline.baseline`.
        schema_version: a change that breaks a reader raises it.
        version: of Trueline.
        agents: profiles by the agent's name without its version, in order of reading.
    """

    schema: str = SCHEMA
    schema_version: int = SCHEMA_VERSION
    version: str = __version__
    agents: dict[str, tuple[Profile, ...]]

    @property
    def digest(self) -> str:
        """SHA-256 of the profiles, by which a calibration knows them again."""
        said = msgspec.json.encode(self.agents, order="deterministic")
        return f"sha256:{hashlib.sha256(said).hexdigest()}"


class _Head(Struct):
    schema: str = ""
    schema_version: int = 0


def agent_of(ledger: Ledger) -> str:
    """Return the agent's name without its version; the format where it has none.

    `Claude Code 2.1.39` and `Claude Code 2.2.0` are one agent.
    """
    words: list[str] = []
    for word in ledger.trajectory.agent.split():
        if word.lstrip("vV(")[:1].isdigit():
            break
        words.append(word)
    return " ".join(words)[:_MAX_NAME] or ledger.trajectory.format


def profile_of(ledger: Ledger) -> Profile:
    """Return the counts of one run."""
    acts: dict[str, int] = {}
    programs: dict[str, int] = {}
    failures = 0
    for effect, outcome in zip(ledger.effects, ledger.outcomes, strict=True):
        act = act_of(effect.verb, effect.resource_kind)
        acts[act] = acts.get(act, 0) + 1
        name = effect.program[:_MAX_NAME]
        if name in programs or (name and len(programs) < _MAX_PROGRAMS):
            programs[name] = programs.get(name, 0) + 1
        failures += outcome.status == "failed"
    return Profile(acts=acts, programs=programs, effects=len(ledger.effects), failures=failures)


def act_of(verb: str, kind: str) -> str:
    """Return what a profile calls an effect."""
    return f"{verb} {kind}"


def learnt(ledgers: Iterable[Ledger]) -> Baseline:
    """Return the baseline of past runs; runs without any effect say nothing and are left out."""
    agents: dict[str, list[Profile]] = {}
    for ledger in ledgers:
        profile = profile_of(ledger)
        if profile.effects:
            agents.setdefault(agent_of(ledger), []).append(profile)
    return Baseline(agents={name: tuple(found) for name, found in sorted(agents.items())})


def to_json(baseline: Baseline) -> bytes:
    """Return a baseline as the bytes of its file."""
    return msgspec.json.format(msgspec.json.encode(baseline, order="deterministic"), indent=1)


def read_baseline(path: Path) -> Baseline:
    """Return the baseline in a file.

    Raises:
        ConfigError: it cannot be read or is none.
    """
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror or type(error).__name__}") from error
    if not data:
        raise ConfigError(f"{path}: {size} bytes; a baseline has between 1 and {MAX_BYTES}")
    try:
        head = msgspec.json.decode(data, type=_Head)
        if (head.schema, head.schema_version) != (SCHEMA, SCHEMA_VERSION):
            raise ConfigError(
                f"{path}: expected JSON with the schema {SCHEMA!r} in version {SCHEMA_VERSION}; "
                "make one with `trueline baseline`"
            )
        found = msgspec.json.decode(data, type=Baseline)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise ConfigError(
            f"{path}: no baseline ({error}); make one with `trueline baseline`"
        ) from error
    if any(not _is_sound(one) for profiles in found.agents.values() for one in profiles):
        raise ConfigError(f"{path}: a count in it is negative or does not add up; learn it anew")
    return found


def _is_sound(profile: Profile) -> bool:
    counts = [*profile.acts.values(), *profile.programs.values()]
    return (
        0 < profile.effects == sum(profile.acts.values())
        and 0 <= profile.failures <= profile.effects
        and all(count > 0 for count in counts)
        and sum(profile.programs.values()) <= profile.effects
    )
