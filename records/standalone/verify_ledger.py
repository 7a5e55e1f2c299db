r"""Verify an exported ledger of the Information Sharing Register, offline, with Python alone (3.8 or newer).

    python3 verify_ledger.py ledger.jsonl
    python3 verify_ledger.py ledger.jsonl --head 5f2c... --head heads.txt --file summary.pdf
    python3 verify_ledger.py ledger.jsonl --file mcw-wa-2026-1.pdf --file mcw-wa-2026-1.json

The ledger holds the text of every change the register ever recorded. Each line of the export is one *link*: a JSON
object with ``seq``, ``at``, ``prev``, ``head`` and ``rows``; each row is [table, number, text, hash], and its text is
null where the content was disposed of. With || for joining bytes, a ledger is as it was written if in every line

    seq      = the line's place, counted from 1
    prev     = head of the line before; 32 zero bytes in the first
    row hash = sha256(table || "\n" || text)
    head     = sha256(prev || "\n" seq "\n" at "\n" number of rows "\n" || sha256(the row hashes, joined))

and if every text that is gone is accounted for by a disposal that the ledger itself records later.

What this cannot see: whoever holds the whole ledger can cut off its end, or write it anew from some point on with
every hash fitting. A head that was kept outside shows both. It is printed on each PDF the register issues and sent
out daily; give it with --head. Without one, only the changes of somebody less thorough are found.

A file is one the register issued if the ledger records its SHA-256; a PDF that carries a head of this ledger and is not
recorded was altered. The data of a written assurance (JSON) is judged by what it says too: its hash is made anew from
every figure, list and answer, and a signature in the ledger has to name it.

Exit status: 0 as it was written, 1 not so (the first wrong row is named first), 2 nothing could be verified.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

NOTHING = bytes(32)
HEX = re.compile(r"[0-9a-fA-F]{64}")
DISPOSALS, FILES = "records_historicaldisposal", "records_historicalstoredfile"
SIGNINGS = "assurance_historicalsigning"
STREAM, MARK = re.compile(rb"stream\r?\n"), re.compile(rb"register-ledger-head \d+ ([0-9a-f]{64})")
PACKED = 20_000  # bytes of a packed part of a PDF that are looked at
# Tables whose rows name heads that were given out, and where in the row: they must be in the chain as well.
NAMED_HEADS = {"records_historicalheadsent": "head", "records_historicalissuedfile": "ledger_head"}
SHOWN = 20


@dataclass
class Ledger:
    """What was read, and every sentence about what is wrong, with its place (link, row)."""

    links: int = 0
    rows: int = 0
    newest: bytes = NOTHING
    sealed: str = ""
    heads: set[bytes] = field(default_factory=lambda: {NOTHING})
    given_out: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    signings: set[str] = field(default_factory=set)
    gone: list[tuple[int, int, str, int]] = field(default_factory=list)
    disposals: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    wrong: list[tuple[int, int, str]] = field(default_factory=list)

    def say(self, link: int, row: int, sentence: str) -> None:
        """Note something wrong; row 0 is the link as a whole."""
        self.wrong.append((link, row, sentence))


def read(path: Path) -> Iterator[tuple[int, Any]]:
    """Each line with its number, parsed; None where it is no JSON object. Lines end with a line feed, nothing else."""
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                yield number, json.loads(line.decode("utf-8"))
            except ValueError:
                yield number, None


def verify(path: Path, renamed: dict[str, str]) -> Ledger:
    """Read the whole ledger, one line in memory at a time, and judge every hash in it."""
    ledger = Ledger()
    for place, link in read(path):
        if not well_formed(link):
            ledger.say(place, 0, f"Line {place} is not a link of a ledger: it was damaged or put in.")
            continue
        judge_link(ledger, place, link)
        for at, row in enumerate(link["rows"], start=1):
            judge_row(ledger, place, at, row)
    judge_disposals(ledger, renamed)
    for head, where in ledger.given_out.items():
        if bytes.fromhex(head) not in ledger.heads:
            ledger.say(ledger.links, 0, f"{where} names the head {head}, which is not in this ledger: it was rebuilt.")
    return ledger


def well_formed(link: Any) -> bool:
    """Whether a line has the form of a link; what it says is judged elsewhere."""
    if not isinstance(link, dict) or type(link.get("seq")) is not int or not isinstance(link.get("at"), str):
        return False
    if not all(isinstance(link.get(name), str) and HEX.fullmatch(link[name]) for name in ("prev", "head")):
        return False
    return isinstance(link.get("rows"), list) and all(row_well_formed(row) for row in link["rows"])


def row_well_formed(row: Any) -> bool:
    """Whether a row is [table, number, text or null, hash]."""
    if not isinstance(row, list) or len(row) != 4:
        return False
    table, number, text, told = row
    right = isinstance(table, str) and type(number) is int and isinstance(told, str)
    return right and (text is None or isinstance(text, str)) and bool(HEX.fullmatch(told))


def judge_link(ledger: Ledger, place: int, link: dict[str, Any]) -> None:
    """It stands in its place, follows the link before it, and holds exactly the rows that its head was made of."""
    prev, head, named = bytes.fromhex(link["prev"]), bytes.fromhex(link["head"]), f"Link {link['seq']}"
    named += f", sealed at {link['at']},"
    if link["seq"] != place:
        ledger.say(place, 0, f"{named} stands where link {place} should: a link was removed, put in or moved.")
    elif prev != ledger.newest:
        ledger.say(place, 0, f"{named} does not follow the link before it: one of the two was altered.")
    if head != head_of(link):
        ledger.say(place, 0, f"{named} is not what its head was made of: it or a row in it was edited, removed,"
                             " put in or moved.")  # fmt: skip
    ledger.links, ledger.rows = ledger.links + 1, ledger.rows + len(link["rows"])
    ledger.newest, ledger.sealed = head, link["at"]
    ledger.heads.add(head)


def head_of(link: dict[str, Any]) -> bytes:
    """The head that this link should have by what it holds."""
    told = f"\n{link['seq']}\n{link['at']}\n{len(link['rows'])}\n".encode("utf-8", "replace")
    joined = b"".join(bytes.fromhex(row[3]) for row in link["rows"])
    return sha256(bytes.fromhex(link["prev"]) + told + sha256(joined).digest()).digest()


def judge_row(ledger: Ledger, place: int, at: int, row: list[Any]) -> None:
    """Its text is what its hash says. Remember what other judgements need: disposals, files, heads given out."""
    table, number, text, told = row
    named = f"Link {place}, row {at}: history row {number} of {table}"
    if text is None:
        ledger.gone.append((place, at, table, number))
    elif sha256(f"{table}\n{text}".encode("utf-8", "replace")).hexdigest() != told.lower():
        ledger.say(place, at, f"{named} is not what its hash says: its text was edited.")
    elif table in NAMED_HEADS or table in (DISPOSALS, FILES, SIGNINGS):
        remember(ledger, place, at, table, text, named)


def remember(ledger: Ledger, place: int, at: int, table: str, text: str, named: str) -> None:
    """Keep what a row says about disposals, files, and heads that were given out."""
    try:
        values = dict(json.loads(text))
    except (TypeError, ValueError):
        ledger.say(place, at, f"{named} holds no record: its text was put in.")
        return
    if table == DISPOSALS:
        ledger.disposals.append((place, values))
    elif table == FILES:
        ledger.files[str(values.get("sha256")).lower()] = named
    elif table == SIGNINGS:
        ledger.signings.add(str(values.get("sha256")).lower())
    elif HEX.fullmatch(str(values.get(NAMED_HEADS[table]))):
        ledger.given_out[values[NAMED_HEADS[table]].lower()] = named


def judge_disposals(ledger: Ledger, renamed: dict[str, str]) -> None:
    """Every text that is gone is accounted for by a disposal of its table that was recorded no earlier."""
    for place, at, table, number in ledger.gone:
        covered = any(
            disposal.get("history_table") in (table, renamed.get(table))
            and number <= disposal.get("last_history_id", 0)
            and place <= recorded
            for recorded, disposal in ledger.disposals
        )
        if not covered:
            ledger.say(place, at, f"Link {place}, row {at}: the text of history row {number} of {table} is gone,"
                                  " and no disposal accounts for that.")  # fmt: skip


def judge_outside(ledger: Ledger, heads: list[str], files: list[Path]) -> None:
    """Heads that were kept outside are in this chain, and each file is one that the register recorded."""
    for head in heads:
        if bytes.fromhex(head) not in ledger.heads:
            ledger.say(ledger.links + 1, 0, f"The head {head}, kept outside, is not in this ledger: its end was cut"
                                            " off, or it was rebuilt after that head was given out.")  # fmt: skip
    for path in files:
        content = path.read_bytes()
        digest = sha256(content).hexdigest()
        if digest not in ledger.files:
            ledger.say(ledger.links + 1, 0, f"{path} is no file that this ledger records (SHA-256 {digest}).")
            if heads_inside(content) & ledger.heads:
                ledger.say(ledger.links + 2, 0, f"{path} carries a head of this ledger: it was issued, and altered.")
        judge_statement(ledger, path, content)


def heads_inside(content: bytes) -> set[bytes]:
    """The heads that a PDF carries in the part that describes it, packed or not."""
    parts = [content]
    for found in STREAM.finditer(content):
        try:
            parts.append(zlib.decompressobj().decompress(content[found.end() : found.end() + PACKED], PACKED))
        except zlib.error:
            continue
    return {bytes.fromhex(mark.decode()) for part in parts for mark in MARK.findall(part)}


def judge_statement(ledger: Ledger, path: Path, content: bytes) -> None:
    """The data of a written assurance says what its own hash says, and somebody signed that hash."""
    try:
        data = json.loads(content.decode("utf-8"))
    except ValueError:
        return
    if not isinstance(data, dict) or "statement" not in data:
        return
    made = sha256(json.dumps(data["statement"], sort_keys=True, ensure_ascii=False).encode("utf-8")).hexdigest()
    if made != data.get("sha256"):
        ledger.say(ledger.links + 1, 0, f"{path} does not say what its own hash says: something in it was edited.")
    elif made not in ledger.signings:
        ledger.say(ledger.links + 1, 0, f"No signature in this ledger names what {path} says (SHA-256 {made}).")


def heads_in(asked: list[str]) -> list[str]:
    """Heads given as they are, or every head in a file (the register's own: number, head, time on each line)."""
    found: list[str] = []
    for text in asked:
        if HEX.fullmatch(text):
            found.append(text.lower())
            continue
        in_file = HEX.findall(Path(text).read_text("utf-8"))
        if not in_file:
            raise ValueError(f"There is no head (64 hexadecimal digits) in {text}.")
        found += [head.lower() for head in in_file]
    return found


def tell(ledger: Ledger) -> None:
    """Say what was read and what is wrong with it, the first wrong row first."""
    print(f"{ledger.links:,} links with {ledger.rows:,} rows, the newest sealed at {ledger.sealed}.")
    print(f"Head: {ledger.newest.hex()}")
    for _, disposal in ledger.disposals:
        print(f"Disposed under {disposal.get('authority')} on {disposal.get('at')}: {disposal.get('reason')}")
    if not ledger.wrong:
        print("Everything is as it was written.")
        return
    print("NOT as it was written. The first place that shows it comes first:")
    for _, _, sentence in sorted(ledger.wrong)[:SHOWN]:
        print(f"- {sentence}")
    if len(ledger.wrong) > SHOWN:
        print(f"- and {len(ledger.wrong) - SHOWN:,} more.")


def main() -> int:
    """Read the arguments, verify, tell."""
    parser = argparse.ArgumentParser(description="Verify an exported ledger of the Information Sharing Register.")
    parser.add_argument("ledger", type=Path, help="the output of manage.py export_ledger")
    parser.add_argument("--head", action="append", default=[], help="a head kept outside, or a file of heads")
    parser.add_argument(
        "--file", action="append", default=[], type=Path, help="a PDF the register is said to have issued"
    )
    parser.add_argument(
        "--renamed", action="append", default=[], metavar="OLD=NEW", help="a table that got another name"
    )
    asked = parser.parse_args()
    try:
        heads = heads_in(asked.head)
        ledger = verify(asked.ledger, dict(pair.split("=", 1) for pair in asked.renamed))
        judge_outside(ledger, heads, asked.file)
    except (OSError, TypeError, ValueError) as problem:
        print(f"Nothing could be verified: {problem}", file=sys.stderr)
        return 2
    if not ledger.links and not ledger.wrong:
        print("Nothing could be verified: there is no link in this file.", file=sys.stderr)
        return 2
    tell(ledger)
    return 1 if ledger.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
