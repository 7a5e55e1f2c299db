"""Judge a file: issued by this register and unchanged, altered since, or not ours. Nothing of it is kept."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import islice
from typing import Any
from zlib import decompressobj, error

from assurance.models import Statement
from records.models import IssuedFile, LedgerLink

# Each PDF and each data file carries the head of the ledger it was issued at.
OUR_HEAD = re.compile(rb"register-ledger-head (\d{1,18}) ([0-9a-f]{64})")
HEX = re.compile(rb"[0-9a-f]{64}")
MOST_HEADS = 200  # of a file that holds nothing but them
STREAM = re.compile(rb"stream\r?\n")
MOST_PARTS, LONGEST = 2_000, 20_000  # our mark stands at the beginning of the part that describes the file


@dataclass(frozen=True)
class Verdict:
    """``kind`` is ours, altered or not_ours; the rest only as far as it is known and may be said."""

    kind: str
    sha256: str
    entry: int | None = None
    at: datetime | None = None
    what: str = ""
    url: str = ""


def judge(content: bytes, user: Any) -> Verdict:
    """At most four queries. What the file is, is told only to whoever may read it here."""
    told = sha256(content).hexdigest()
    issued = IssuedFile.objects.filter(file__sha256=told).order_by("pk").first()
    if issued is not None:
        what, url = _named(issued, user)
        return Verdict("ours", told, issued.ledger_seq, issued.at, what, url)
    link = _head_in(content)
    return Verdict("altered", told, link.seq, link.at) if link else Verdict("not_ours", told)


def _named(issued: IssuedFile, user: Any) -> tuple[str, str]:
    if not user.is_authenticated:
        return "", ""
    found = Statement.objects.visible_to(user).filter(code=issued.subject).first()
    return (
        (f"{issued.kind[:1].upper()}{issued.kind[1:]}, {found.code}", found.get_absolute_url()) if found else ("", "")
    )


def unpacked(content: bytes) -> Iterator[bytes]:
    """The beginnings of what a PDF packs: never more than MOST_PARTS of LONGEST bytes, whatever the file claims."""
    for found in islice(STREAM.finditer(content), MOST_PARTS):
        try:
            yield decompressobj().decompress(content[found.end() : found.end() + LONGEST], LONGEST)
        except error:
            continue


def _head_in(content: bytes) -> LedgerLink | None:
    """A head of this register's chain that stands in the file, or in a packed part of a PDF."""
    parts = [content, *unpacked(content)]
    marked = [bytes.fromhex(found[2].decode()) for part in parts for found in OUR_HEAD.finditer(part)]
    plain = [bytes.fromhex(found.decode()) for found in HEX.findall(content)[:MOST_HEADS]]
    return LedgerLink.objects.filter(head__in=[*marked, *plain][:MOST_HEADS]).order_by("-seq").first()
