"""Inspect logs, as a zip of samples (`.eval`) and as one JSON document (`.json`)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final, final

import msgspec
from msgspec import Struct

from trueline.trajectory.decoding import DECODE_ERRORS, as_dict, as_list, as_text, decode
from trueline.trajectory.formats.inspect_log.archive import (
    Archive,
    ArchiveError,
    ArchiveLimitError,
)
from trueline.trajectory.formats.inspect_log.chunks import chunked_samples, joined_sample
from trueline.trajectory.formats.inspect_log.sample import (
    Run,
    UnreadableSampleError,
    decode_sample,
    trajectory_of,
)
from trueline.trajectory.glance import first_values
from trueline.trajectory.json_document import decode_document, read_bytes
from trueline.trajectory.model import ReadProblem, Trajectory
from trueline.trajectory.reader import Head

_SAMPLES: Final = "samples/"
_HEADERS: Final = ("header.json", "_journal/start.json")
_FIRST_MEMBERS: Final = (b"_journal/", b"header.json", b"samples/", b"summaries.json")
_SAMPLE_FIELDS: Final = {"id", "epoch", "input"}
"""With these a sample begins; Inspect writes its fields in one order."""

_FACTS: Final = ("task", "task_version", "created", "eval_id", "run_id")


class _Document(Struct):
    """The two fields of a `.json` log that are read, its samples one at a time."""

    eval: Any = None
    samples: list[msgspec.Raw] | None = None


_DOCUMENT_DECODER: Final = msgspec.json.Decoder(_Document)


@final
class InspectReader:
    """Reads the logs of Inspect AI, one trajectory per sample and epoch.

    A sample that was unpacked from an archive is read by itself, without task and model.
    """

    name = "inspect"

    def recognises(self, head: Head) -> bool:
        """Return whether `head` is a zip that begins as Inspect's do, a `.json` log or a sample."""
        if head.is_zip:
            name_length = int.from_bytes(head.data[26:28], "little")
            return head.data[30 : 30 + name_length].startswith(_FIRST_MEMBERS)
        values = first_values(head)
        if len(values) != 1 or not isinstance(values[0], dict):
            return False
        about = values[0].get("eval")
        if isinstance(about, dict):
            return "status" in values[0] and "task" in about
        return values[0].keys() >= _SAMPLE_FIELDS and isinstance(values[0]["epoch"], int)

    def read(self, path: Path, shown: str) -> Iterator[Trajectory | ReadProblem]:
        """Yield one trajectory per sample, and a problem per member that can't be read."""
        with path.open("rb") as file:
            if file.read(2) == b"PK":
                yield from _read_archive(file, shown)
                return
        yield from _read_document(path, shown)


def _read_archive(file: BinaryIO, shown: str) -> Iterator[Trajectory | ReadProblem]:
    try:
        archive = Archive(file)
    except ArchiveError as error:
        yield ReadProblem(path=shown, message=f"not a readable archive: {error}", is_fatal=True)
        return
    if archive.damage:
        yield ReadProblem(path=shown, message=archive.damage)
    about, problem = _archive_header(archive, shown)
    if problem is not None:
        yield problem
    try:
        yield from _archived_samples(archive, _run(about, shown))
    except ArchiveLimitError as error:
        yield ReadProblem(path=shown, message=str(error), is_fatal=True)


def _archived_samples(archive: Archive, run: Run) -> Iterator[Trajectory | ReadProblem]:
    """Yield the samples; raises `ArchiveLimitError` where enough was unpacked."""
    for name, member in archive.members.items():
        if name.startswith(_SAMPLES) and name.endswith(".json") and name.count("/") == 1:
            try:
                yield trajectory_of(decode_sample(archive.read(member)), run)
            except ArchiveLimitError:
                raise
            except (ArchiveError, UnreadableSampleError) as error:
                yield ReadProblem(path=run.source, message=f"{name}: {error}")
    for prefix, parts in chunked_samples(archive.members):
        try:
            sample, problems = joined_sample(archive, parts)
        except ArchiveLimitError:
            raise
        except (ArchiveError, UnreadableSampleError) as error:
            yield ReadProblem(path=run.source, message=f"{prefix}: {error}")
            continue
        yield from (ReadProblem(path=run.source, message=message) for message in problems)
        yield trajectory_of(sample, run)


def _archive_header(archive: Archive, shown: str) -> tuple[Any, ReadProblem | None]:
    message = "log has no header: task and model are unknown"
    for name in _HEADERS:
        member = archive.members.get(name)
        if member is None:
            continue
        try:
            header = decode(archive.read(member))
        except ArchiveError as error:
            message = f"{name}: {error}"
            continue
        if not header.failure:
            return as_dict(header.value).get("eval"), None
        message = f"{name}: {header.failure}"
    return None, ReadProblem(path=shown, message=message)


def _read_document(path: Path, shown: str) -> Iterator[Trajectory | ReadProblem]:
    data = read_bytes(path, shown)
    if isinstance(data, ReadProblem):
        yield data
        return
    try:
        document = _DOCUMENT_DECODER.decode(data)
    except DECODE_ERRORS:
        yield from _read_mended(data, shown)
        return
    if document.eval is None and document.samples is None:
        document.samples = [msgspec.Raw(data)]
    yield from _samples_of(document, shown)


def _read_mended(data: bytes, shown: str) -> Iterator[Trajectory | ReadProblem]:
    """Read a document that the fast decoder refused: Inspect writes `NaN` scores."""
    value, problems = decode_document(data, shown)
    yield from problems
    if isinstance(value, dict):
        is_sample = value.keys() >= _SAMPLE_FIELDS
        items = [value] if is_sample else as_list(value.get("samples"))
        samples = [msgspec.Raw(msgspec.json.encode(item)) for item in items]
        yield from _samples_of(_Document(eval=value.get("eval"), samples=samples), shown)
    elif not problems:
        yield ReadProblem(path=shown, message="not an Inspect log", is_fatal=True)


def _samples_of(document: _Document, shown: str) -> Iterator[Trajectory | ReadProblem]:
    run = _run(document.eval, shown)
    samples: list[msgspec.Raw] = document.samples or []
    for position, raw in enumerate(samples, 1):
        try:
            sample = decode_sample(bytes(raw))
        except UnreadableSampleError as error:
            yield ReadProblem(path=shown, line=position, message=f"sample {position}: {error}")
            continue
        yield trajectory_of(sample, run)


def _run(about: Any, shown: str) -> Run:
    fields = as_dict(about)
    metadata = {name: fields[name] for name in _FACTS if fields.get(name) is not None}
    version = as_text(as_dict(fields.get("packages")).get("inspect_ai"))
    if version:
        metadata["inspect_version"] = version
    return Run(
        source=shown,
        id=as_text(fields.get("eval_id")) or as_text(fields.get("run_id")),
        agent=as_text(fields.get("solver")) or as_text(fields.get("task")),
        model=as_text(fields.get("model")),
        metadata=metadata,
    )
