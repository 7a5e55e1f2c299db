"""Packages that lie about themselves, made by hand: what counts is what comes out of them."""

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile

import pytest

from records.packages import DEEPEST, MOST_PARTS, TooMuch, Untrue, check_unpacked
from records.sheets.reading_xlsx import check_package
from records.sheets.sheet import Unreadable
from records.uploads import NotAccepted, accept
from tests.files import DOCX, HONEST, XLSX, package

MUCH = 40_000_000  # bytes of nothing: 40 kB packed
TYPES = "[Content_Types].xml"


def packed(content: bytes) -> bytes:
    """Deflated as a ZIP holds it."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return deflate.compress(content) + deflate.flush()


def lying(
    content: bytes, *, says: int, name: str = "word/document.xml", here: int | None = None, method: int = ZIP_DEFLATED
) -> bytes:
    """A package of one part that the list of parts says to be ``says`` bytes long, its own header ``here``."""
    data, crc, title = packed(content), zlib.crc32(content[:says]), name.encode()
    common = struct.pack("<4H", 0, method, 0, 0)
    local = b"PK\3\4" + struct.pack("<H", 20) + common
    local += struct.pack("<3I2H", crc, len(data), says if here is None else here, len(title), 0) + title + data
    central = b"PK\1\2" + struct.pack("<2H", 20, 20) + common
    central += struct.pack("<3I5H2I", crc, len(data), says, len(title), 0, 0, 0, 0, 0, 0) + title
    return local + central + b"PK\5\6" + struct.pack("<4H2IH", 0, 0, 1, 1, len(central), len(local), 0)


def within(content: bytes, depth: int) -> bytes:
    """The bytes in a package in a package and so on."""
    for level in range(depth):
        made = BytesIO()
        with ZipFile(made, "w", ZIP_STORED if level else ZIP_DEFLATED) as archive:
            archive.writestr(TYPES, "<x/>")
            archive.writestr("word/document.xml", "<x/>")
            archive.writestr("word/embeddings/inner.docx", content)
        content = made.getvalue()
    return content


@pytest.mark.parametrize("says", [0, 1, 1000, MUCH // 2])
def test_a_part_larger_than_it_says_is_refused(says: int) -> None:
    with pytest.raises((TooMuch, Untrue)):
        check_unpacked(lying(b"\0" * MUCH, says=says))
    with pytest.raises(NotAccepted, match=r"unpacks to far more|larger inside than it says"):
        accept("a.docx", lying(b"\0" * MUCH, says=says))


def test_it_is_counted_no_further_than_the_ceiling(monkeypatch: pytest.MonkeyPatch) -> None:
    taken, bomb = list[int](), lying(b"\0" * MUCH, says=1000)

    def count(piece: bytes, _: int) -> int:
        taken.append(len(piece))
        return 0

    monkeypatch.setattr("records.packages.zlib.crc32", count)
    with pytest.raises(TooMuch):
        check_unpacked(bomb)
    assert 0 < sum(taken) <= 200 * 50_000


@pytest.mark.parametrize(
    "content",
    [
        lying(b"<x/>" * 100, says=4),
        lying(b"<x/>", says=400),
        lying(b"<x/>", says=4, here=1),
        lying(b"<x/>", says=4, method=ZIP_LZMA),
        lying(b"<x/>", says=4).replace(packed(b"<x/>"), packed(b"<y/>")),
        lying(b"<x/>", says=4).replace(packed(b"<x/>"), b"\xff" * len(packed(b"<x/>"))),
    ],
    ids=["shorter", "longer", "two minds", "another way", "other content", "garbage"],
)
def test_a_package_that_is_not_what_it_states_is_refused(content: bytes) -> None:
    with pytest.raises(Untrue):
        check_unpacked(content)
    with pytest.raises(NotAccepted, match="damaged, or is larger inside than it says, so it is not kept"):
        accept("a.docx", content)


def test_a_package_in_a_package_counts_with_it() -> None:
    bomb = package(TYPES, "word/document.xml", filling=b"\0" * MUCH)
    with pytest.raises(NotAccepted, match="unpacks to far more"):
        accept("a.docx", within(bomb, 1))
    with pytest.raises(NotAccepted, match=r"larger inside than it says|unpacks to far more"):
        accept("a.docx", within(lying(b"\0" * MUCH, says=1000), 1))
    with pytest.raises(NotAccepted, match="unpacks to far more"):
        accept("a.docx", within(DOCX, DEEPEST))


def test_many_parts_are_too_many_wherever_they_are() -> None:
    parts = [f"word/{number}" for number in range(MOST_PARTS // 2)]
    many = package(TYPES, "word/document.xml", *parts, filling=b"")
    check_unpacked(many)
    with pytest.raises(TooMuch):
        check_unpacked(package_of(many, many))


def package_of(*inner: bytes) -> bytes:
    """A package that holds others."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for number, content in enumerate(inner):
            archive.writestr(f"{number}.docx", content)
    return made.getvalue()


def test_honest_ones_pass() -> None:
    assert accept("a.docx", within(XLSX, 1)).type.name == "Word document"
    assert accept("a.docx", DOCX).type.name == "Word document"
    for name, content in HONEST.items():
        assert accept(name, content)
    check_unpacked(package(TYPES, "empty", filling=b""))
    check_unpacked(package_of(b"PK\3\4 only begins like one"))


def test_an_import_counts_too() -> None:
    check_package(XLSX)
    with pytest.raises(Unreadable, match="unpacks to far more than a list needs"):
        check_package(lying(b"\0" * MUCH, says=1000, name="xl/workbook.xml"))
    with pytest.raises(Unreadable, match="larger inside than it says"):
        check_package(lying(b"<x/>" * 100, says=4, name="xl/workbook.xml"))
