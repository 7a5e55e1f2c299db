"""What the words of a sheet say about the provisions C1 to C25: which one, whether it is there, and where. Pure.

An answer is taken only where the words leave no doubt: unknown is not the same as absent, and neither is silence.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agreements.choices import Answer
from agreements.imports import values
from agreements.normalise import normalise
from agreements.provisions import BY_CODE, PROVISIONS

PREFIX = "provision_"
LONGEST_CLAUSE = 60
CODE = re.compile(r"(?:provision|clause|requirement)?\s*c[\s.]*0?(\d{1,2})(?!\d)", re.IGNORECASE)
RANGE = re.compile(r"c[\s.]*(\d{1,2})\s*(?:-|–|to)\s*c?[\s.]*(\d{1,2})", re.IGNORECASE)
YES = re.compile(r"(?:yes|y|present|included|✓)(?:\b|(?<=✓))[\s,:;.–—-]*(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
NO = re.compile(
    r"(?:no|n|absent|missing|not (?:included|present|covered))\s*(?:[,:;.–—(-]\s*(?P<rest>.*))?",
    re.IGNORECASE | re.DOTALL,
)
NOT_APPLICABLE = re.compile(r"(?:n/?a|not applicable)\s*[,:;.–—(-]\s*(?P<rest>.+)", re.IGNORECASE | re.DOTALL)
PLACES = {
    "clause", "clauses", "cl", "section", "sections", "s", "ss", "schedule", "schedules", "sch", "part", "parts",
    "para", "paras", "paragraph", "paragraphs", "appendix", "annex", "article", "articles", "page", "pages", "p", "pp",
}  # fmt: skip
BETWEEN_PLACES = {"and", "to", "of", "the", "in", "agreement", "mou", "deed", "contract", "main", "body"}
NUMBER = re.compile(r"\(?\d+(?:\.\d+)*\.?(?:\(\w+\))*\)?|\(?[a-z]\)?|[ivx]+")
PAGE = re.compile(r"[\s,;(]*\b(?:pages?|pp?)\.?\s*(\d+(?:\s*[-–]\s*\d+)?)\)?", re.IGNORECASE)


@dataclass(frozen=True)
class Stands:
    """What a cell says about one provision: fields of Provision, or nothing that can be told without a person."""

    fields: Mapping[str, str] | None
    said: str = ""


def code_in(heading: str) -> str:
    """The code that a heading begins with, `C7` or `C.07 Security`; empty for none."""
    found = CODE.match(heading.strip())
    code = f"C{int(found[1])}" if found else ""
    return code if code in BY_CODE else ""


def titled(heading: str) -> str:
    """The code of the provision whose title a heading is; empty for none."""
    plain = normalise(heading)
    return next((kind.code for kind in PROVISIONS if normalise(kind.title) == plain), "")


def looks_answered(texts: Sequence[str]) -> bool:
    """Whether cells read like answers about a provision, rather than like prose."""
    spoken = [text for text in texts if not values.says_nothing(text)]
    return bool(spoken) and sum(read_answer(text).fields is not None for text in spoken) >= 0.7 * len(spoken)


def read_answer(text: str) -> Stands:
    """What one cell says: yes or no, where it stands, or why it does not apply."""
    plain = " ".join(text.split())
    absent, applicable = NO.fullmatch(plain), NOT_APPLICABLE.fullmatch(plain)
    if applicable and _reason(applicable):
        return Stands({"answer": Answer.NOT_APPLICABLE, "why_absent": _reason(applicable)})
    if normalise(plain) in values.YES:
        return Stands({"answer": Answer.PRESENT})
    if normalise(plain) in values.NO or (absent and not (absent["rest"] or "")[:1].isdigit()):
        return Stands({"answer": Answer.ABSENT, "why_absent": _reason(absent) if absent else ""})
    if _is_place(plain):
        return _standing(plain)
    yes = YES.fullmatch(plain)
    if yes is None:
        return Stands(None)
    known = not yes["rest"] or _is_place(yes["rest"])
    return _standing(yes["rest"]) if known else Stands({"answer": Answer.PRESENT}, "the rest is not recorded")


def _is_place(text: str) -> bool:
    """Whether a text is nothing but a place in a document: `cl 4.2(b)`, `Schedule 2, page 7`, `12 and 13`."""
    words = re.findall(r"[\w.()]+", text.lower())
    if (
        not words
        or not re.fullmatch(r"[\w\s.(),;&–-]+", text)
        or not all(word in PLACES | BETWEEN_PLACES or NUMBER.fullmatch(word) for word in words)
    ):
        return False
    return (words[0] in PLACES and len(words) > 1) or words[0][:1].isdigit() or words[0][:2].strip("(").isdigit()


def _reason(found: re.Match[str]) -> str:
    return (found["rest"] or "").strip().removesuffix(")").rstrip()[:2000]


def _standing(where: str) -> Stands:
    """Present, with clause and page as far as they fit."""
    page = PAGE.search(f" {where}")
    clause = (PAGE.sub("", f" {where}", count=1) if page else where).strip(" ,;.")
    clause = clause if clause.count("(") == clause.count(")") else clause.strip("()")
    clause = re.sub(r"^(?:clause|cl)\.?\s*(?=\d)", "", clause, flags=re.IGNORECASE)
    said = ""
    if len(clause) > LONGEST_CLAUSE:
        said, clause = f"its place has more than {LONGEST_CLAUSE} characters and is not recorded", ""
    return Stands({"answer": Answer.PRESENT, "clause": clause, "page": page[1][:20] if page else ""}, said)


def codes_in(piece: str) -> list[str]:
    """The provisions that a piece of text names: a code, a range of codes, or a title."""
    between = RANGE.fullmatch(piece.strip())
    if between:
        numbers = range(int(between[1]), int(between[2]) + 1)
        return [f"C{number}" for number in numbers if f"C{number}" in BY_CODE]
    code = code_in(piece) or titled(piece)
    return [code] if code else []
