"""The members of a zip archive that an adversary may have made, one at a time and bounded.

The standard library's `zipfile` cannot read Zstandard members before Python 3.14, which is
what Inspect writes now, and builds an object per member before anything can be refused.

**Covers** archives of too many members, members over the size limit or of a hostile ratio,
archives that hold more in all than a log of their size does, members that overlap, damaged
members (check sum), and archives cut off before their directory, whose whole members are
still found.
**Does not cover** encrypted or split archives: their members are reported.

Source: PKWARE APPNOTE 6.3.10, sections 4.3 and 4.5.3 (zip64); method 93 is Zstandard.
"""

import io
import struct
import zlib
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any, BinaryIO, Final, final

from msgspec import Struct

from trueline.trajectory.reader import MAX_DOCUMENT_BYTES

MAX_MEMBERS: Final = 1_000_000
MAX_MEMBER_BYTES: Final = MAX_DOCUMENT_BYTES
MAX_RATIO: Final = 2_000
"""A member that unpacks to more than this many times its size is refused beyond 64 MiB."""

MAX_ARCHIVE_RATIO: Final = 100
"""Members are unpacked until they come to this many times the size of the archive.

Logs shrink to between a fifth and a thirtieth; Deflate can do a thousandth, Zstandard far less.
"""

FREE_BYTES: Final = 512 * 1024**2
"""So much is unpacked of every archive, however small it is."""

_RATIO_FREE_BYTES: Final = 64 * 1024**2
_LOCAL: Final = struct.Struct("<4s5H3I2H")
_CENTRAL: Final = struct.Struct("<4s6H3I5H2I")
_END: Final = struct.Struct("<4s4H2IH")
_END64_LOCATOR: Final = struct.Struct("<4sIQI")
_END64: Final = struct.Struct("<4sQ2H2I4Q")
_STORED, _DEFLATED, _ZSTANDARD = 0, 8, 93
_ENCRYPTED, _SIZES_FOLLOW = 0x1, 0x8
_MAX_32: Final = 0xFFFFFFFF


class ArchiveError(Exception):
    """Why an archive or one of its members cannot be read; never leaves the reader."""


class ArchiveLimitError(ArchiveError):
    """As much was unpacked of the archive as is; its other members stay unread."""


class Member(Struct, frozen=True):
    """One member, before it is unpacked."""

    name: str
    method: int
    flags: int
    check_sum: int
    packed_bytes: int
    unpacked_bytes: int
    offset: int


@final
class Archive:
    """The members of one archive, unpacked one at a time until they come to too much.

    Attributes:
        members: by name, in the order of the archive.
        damage: what is wrong with the archive, empty if nothing is.

    Raises:
        ArchiveError: nothing can be found.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.members, self.damage = members(file)
        self._file = file
        self._most = max(FREE_BYTES, file.seek(0, io.SEEK_END) * MAX_ARCHIVE_RATIO)
        self._unpacked = 0

    def read(self, member: Member) -> bytes:
        """Return the unpacked bytes of `member`.

        Raises:
            ArchiveLimitError: too much would be unpacked in all.
            ArchiveError: it is damaged, over a limit, or of a kind that cannot be read.
            OSError: the file cannot be read.
        """
        _refuse_oversized(member)
        self._unpacked += member.unpacked_bytes
        if self._unpacked > self._most:
            raise ArchiveLimitError(
                f"members unpack to over {self._most} bytes, more than a log of this size holds; "
                "the rest was not read: if it is yours, unpack it first (`unzip`)"
            )
        return read_member(self._file, member)


def members(file: BinaryIO) -> tuple[dict[str, Member], str]:
    """Return the members by name in the order of the archive, and what is wrong with it.

    The last member of a name counts.  Where the directory at the end is missing or damaged,
    the members are found by walking through the file.

    Raises:
        ArchiveError: nothing can be found.
    """
    size = file.seek(0, io.SEEK_END)
    try:
        found = _by_name(_directory(file, size))
        problem = ""
    except (ArchiveError, struct.error) as error:
        found = _by_name(_walk(file, size))
        problem = f"archive has no usable directory ({error}); its whole members were read"
    if not found:
        raise ArchiveError("no members found")
    if sum(member.packed_bytes for member in found.values()) > size:
        raise ArchiveError("members overlap, as in a zip bomb")
    return found, problem


def _by_name(found: Iterator[Member]) -> dict[str, Member]:
    result: dict[str, Member] = {}
    for member in found:
        if len(result) >= MAX_MEMBERS:
            raise ArchiveError(f"more than {MAX_MEMBERS} members")
        result[member.name] = member
    return result


def _directory(file: BinaryIO, size: int) -> Iterator[Member]:
    start, length = _directory_place(file, size)
    if start + length > size:
        raise ArchiveError("the directory lies outside the file")
    file.seek(start)
    data = file.read(length)
    at = 0
    while at + _CENTRAL.size <= len(data):
        fields = _CENTRAL.unpack_from(data, at)
        if fields[0] != b"PK\x01\x02":
            raise ArchiveError("damaged directory entry")
        name_length, extra_length, comment_length = fields[10:13]
        name_end = at + _CENTRAL.size + name_length
        extra = data[name_end : name_end + extra_length]
        unpacked, packed, offset = _wide(extra, fields[9], fields[8], fields[16])
        yield Member(
            name=data[at + _CENTRAL.size : name_end].decode("utf-8", "replace"),
            method=fields[4],
            flags=fields[3],
            check_sum=fields[7],
            packed_bytes=packed,
            unpacked_bytes=unpacked,
            offset=offset,
        )
        at = name_end + extra_length + comment_length


def _directory_place(file: BinaryIO, size: int) -> tuple[int, int]:
    tail_start = max(0, size - _END.size - 0xFFFF)
    file.seek(tail_start)
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0:
        raise ArchiveError("no end record")
    fields = _END.unpack_from(tail, at)
    length, start = fields[5], fields[6]
    locator_at = at - _END64_LOCATOR.size
    if locator_at >= 0 and tail[locator_at : locator_at + 4] == b"PK\x06\x07":
        file.seek(min(_END64_LOCATOR.unpack_from(tail, locator_at)[2], size))
        record = file.read(_END64.size)
        wide = _END64.unpack(record)
        if wide[0] != b"PK\x06\x06":
            raise ArchiveError("damaged zip64 end record")
        length, start = wide[8], wide[9]
    return start, length


def _wide(extra: bytes, unpacked: int, packed: int, offset: int) -> tuple[int, int, int]:
    """Return sizes and offset, from the zip64 extra field where the 32-bit ones overflow."""
    if _MAX_32 not in (unpacked, packed, offset):
        return unpacked, packed, offset
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == 1:
            values = iter(struct.unpack_from(f"<{length // 8}Q", extra, at + 4))
            return (
                next(values, 0) if unpacked == _MAX_32 else unpacked,
                next(values, 0) if packed == _MAX_32 else packed,
                next(values, 0) if offset == _MAX_32 else offset,
            )
        at += 4 + length
    return unpacked, packed, offset


def _walk(file: BinaryIO, size: int) -> Iterator[Member]:
    at = 0
    while at + _LOCAL.size <= size:
        file.seek(at)
        fields = _LOCAL.unpack(file.read(_LOCAL.size))
        if fields[0] != b"PK\x03\x04":
            return
        name = file.read(fields[9])
        unpacked, packed, _ = _wide(file.read(fields[10]), fields[8], fields[7], 0)
        end = at + _LOCAL.size + fields[9] + fields[10] + packed
        if fields[2] & _SIZES_FOLLOW or end > size:
            return
        yield Member(
            name=name.decode("utf-8", "replace"),
            method=fields[3],
            flags=fields[2],
            check_sum=fields[6],
            packed_bytes=packed,
            unpacked_bytes=unpacked,
            offset=at,
        )
        at = end


def read_member(file: BinaryIO, member: Member) -> bytes:
    """Return the unpacked bytes of `member`.

    Raises:
        ArchiveError: it is damaged, over a limit, or of a kind that cannot be read.
        OSError: the file cannot be read.
    """
    size = member.unpacked_bytes
    _refuse_oversized(member)
    if member.flags & _ENCRYPTED:
        raise ArchiveError("member is encrypted")
    data = _unpacked(_packed(file, member), member.method, size)
    if len(data) != size or zlib.crc32(data) != member.check_sum:
        raise ArchiveError("member is damaged: size or check sum differ from the directory")
    return data


def _refuse_oversized(member: Member) -> None:
    size = member.unpacked_bytes
    if size > MAX_MEMBER_BYTES:
        raise ArchiveError(f"member unpacks to {size} bytes, over the limit of {MAX_MEMBER_BYTES}")
    if size > _RATIO_FREE_BYTES and size > MAX_RATIO * max(1, member.packed_bytes):
        raise ArchiveError(
            f"member unpacks to {size // max(1, member.packed_bytes)} times its size"
        )


def _packed(file: BinaryIO, member: Member) -> bytes:
    file.seek(member.offset)
    header = file.read(_LOCAL.size)
    if len(header) < _LOCAL.size or not header.startswith(b"PK\x03\x04"):
        raise ArchiveError("member has no local header")
    fields = _LOCAL.unpack(header)
    file.seek(fields[9] + fields[10], io.SEEK_CUR)
    data = file.read(member.packed_bytes)
    if len(data) != member.packed_bytes:
        raise ArchiveError("member is cut off")
    return data


def _unpacked(data: bytes, method: int, size: int) -> bytes:
    """Unpack at most one byte more than `size`."""
    if method == _STORED:
        return data
    if method == _DEFLATED:
        try:
            return zlib.decompressobj(-15).decompress(data, size + 1)
        except zlib.error as error:
            raise ArchiveError(f"member is damaged: {error}") from error
    if method == _ZSTANDARD:
        return _zstandard_unpacked(data, size)
    raise ArchiveError(f"member is packed by the unknown method {method}")


def _zstandard_unpacked(data: bytes, size: int) -> bytes:
    opened, errors = _zstandard()
    try:
        with opened(io.BytesIO(data)) as stream:
            return stream.read(size + 1)
    except errors as error:
        raise ArchiveError(f"member is damaged: {error}") from error


@cache
def _zstandard() -> tuple[Any, tuple[type[Exception], ...]]:
    """Return what opens a Zstandard stream of several frames, and what it raises."""
    try:
        native = import_module("compression.zstd")
    except ImportError:
        pass
    else:
        return native.ZstdFile, (native.ZstdError, EOFError)
    try:
        package = import_module("zstandard")
    except ImportError:
        raise ArchiveError(
            "member is packed with Zstandard, which Python before 3.14 cannot unpack by itself; "
            "install it with: pip install zstandard"
        ) from None
    unpacker = package.ZstdDecompressor()

    def opened(source: BinaryIO) -> Any:
        return unpacker.stream_reader(source, read_across_frames=True)

    return opened, (package.ZstdError,)
