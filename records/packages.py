"""What a package (DOCX, XLSX: a ZIP) really unpacks to: each part is inflated into nothing and counted.

What the package states about itself is judged first, since that costs nothing; then what is there. A program that
trusts the stream rather than the statement would fill its memory, and so would one that opens a package in a package.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

LARGEST_UNPACKED = 150 * 1024 * 1024  # bytes
LARGEST_RATIO = 200  # an honest document packs to a tenth, a bomb to a thousandth
SMALL = 50_000  # bytes up to which a file may unpack as if it had that size
MOST_PARTS = 5_000
DEEPEST = 3  # a workbook in a document is common, another in that one rare
PIECE = 1024 * 1024  # bytes inflated at once
BEGINS = b"PK\x03\x04"
HEADER = struct.Struct("<4s5H3I2H")  # before each part: APPNOTE 4.3.7
TOLD_LATER, LARGER = 8, 0xFFFFFFFF  # its sizes stand after the part, or in a wider field


class TooMuch(Exception):
    """It unpacks to far more than a document holds."""


class Untrue(Exception):
    """It is not what it states: a part is longer, shorter or packed otherwise than the list of parts says."""


@dataclass
class Budget:
    """How many bytes, parts and packages may still come out of one file."""

    left: int
    parts: int = MOST_PARTS

    def take(self, number: int) -> None:
        """Count bytes that came out. Raises TooMuch."""
        self.left -= number
        if self.left < 0:
            raise TooMuch


def parts_of(content: bytes) -> list[ZipInfo] | None:
    """What a package says it holds; nothing is unpacked. None where it is no package that can be opened."""
    try:
        with ZipFile(BytesIO(content)) as package:
            return package.infolist()
    except (BadZipFile, ValueError, NotImplementedError, OSError, struct.error):
        return None


def check_unpacked(content: bytes) -> None:
    """Count what the package really unpacks to, packages in it included. Raises TooMuch or Untrue."""
    limit = min(LARGEST_UNPACKED, LARGEST_RATIO * max(len(content), SMALL))
    stated = parts_of(content) or []
    if sum(part.file_size for part in stated) > limit or len(stated) > MOST_PARTS:
        raise TooMuch
    _count(content, Budget(limit), depth=1)


def _count(content: bytes, budget: Budget, depth: int) -> None:
    parts = parts_of(content)
    if parts is None:
        return  # only begins like a package: nothing opens it
    budget.parts -= len(parts)
    if depth > DEEPEST or budget.parts < 0:
        raise TooMuch
    for part in parts:
        inner = _count_part(content, part, budget)
        if inner:
            _count(inner, budget, depth + 1)


def _count_part(content: bytes, part: ZipInfo, budget: Budget) -> bytes:
    """Count one part; its bytes where it is a package itself, else nothing."""
    found, kept, checksum = 0, bytearray(), 0
    for piece in _pieces(content, part):
        budget.take(len(piece))
        if kept or (found == 0 and piece.startswith(BEGINS)):
            kept += piece
        found += len(piece)
        checksum = zlib.crc32(piece, checksum)
    if found != part.file_size or checksum != part.CRC:
        raise Untrue
    return bytes(kept)


def _pieces(content: bytes, part: ZipInfo) -> Iterator[bytes]:
    """The part as it stands in the file, never more than PIECE at once."""
    packed = _packed(content, part)
    if part.compress_type == ZIP_STORED or not packed:
        yield from (packed[start : start + PIECE] for start in range(0, len(packed), PIECE))
        return
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        while not inflate.eof:
            piece = inflate.decompress(packed, PIECE)
            packed = inflate.unconsumed_tail
            yield piece
            if not piece and not packed:
                break
    except zlib.error:
        raise Untrue from None
    if not inflate.eof or inflate.unused_data:
        raise Untrue


def _packed(content: bytes, part: ZipInfo) -> bytes:
    """The bytes of the part, where both of its headers agree how they are packed."""
    head = content[part.header_offset : part.header_offset + HEADER.size]
    if len(head) < HEADER.size or part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise Untrue
    begins, _, flags, method, _, _, _, packed_size, size, name, extra = HEADER.unpack(head)
    told_here = not flags & TOLD_LATER and LARGER not in (packed_size, size)
    if told_here and (packed_size, size) != (part.compress_size, part.file_size):
        raise Untrue
    start = part.header_offset + HEADER.size + name + extra
    packed = content[start : start + part.compress_size]
    if begins != BEGINS or method != part.compress_type or len(packed) != part.compress_size:
        raise Untrue
    return packed
