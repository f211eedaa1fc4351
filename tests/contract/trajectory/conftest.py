"""The samples that the contract is run on: one module a format in `samples/`.

A sample module has `FORMAT` (the reader's name), `SUFFIX` (of a file of it), and `sample()`,
which returns the bytes of one small whole file.  A new reader joins by adding such a module.
"""

from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import NamedTuple

import pytest

from trueline.trajectory.reader import Reader
from trueline.trajectory.registry import readers

SAMPLES = Path(__file__).parent / "samples"


class Sample(NamedTuple):
    """One format's reader with a file of that format, and where to write variants of it."""

    reader: Reader
    data: bytes
    write: Callable[[bytes], Path]


def _load(path: Path) -> tuple[str, str, bytes]:
    spec = spec_from_file_location(f"sample_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.FORMAT, module.SUFFIX, module.sample()


@pytest.fixture(scope="session", params=sorted(SAMPLES.glob("*.py")), ids=lambda path: path.stem)
def sample(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """One format after the other."""
    name, suffix, data = _load(request.param)
    reader = next(reader for reader in readers() if reader.name == name)
    target = tmp_path_factory.mktemp(request.param.stem) / f"file{suffix}"

    def write(content: bytes) -> Path:
        target.write_bytes(content)
        return target

    return Sample(reader, data, write)


@pytest.fixture(scope="session")
def sample_formats() -> set[str]:
    """The names of the formats that have a sample."""
    return {_load(path)[0] for path in SAMPLES.glob("*.py")}
