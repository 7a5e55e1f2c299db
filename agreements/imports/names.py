"""Organisations by whatever name a spreadsheet gives them, and cells that name several. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from agreements.normalise import normalise, without_legal_tail

STRONG = re.compile(r"\s*[;\n|]\s*")
WEAK = re.compile(r"\s*/\s*|\s*,\s*(?:and\s+)?|\s+(?:and|&|with)\s+", re.IGNORECASE)
NEAR = 0.55  # of shared three-letter groups: below, two names are two bodies to anyone
MOST_PIECES = 14


@dataclass(frozen=True)
class Near:
    """A name that is like another, and how much (0 to 1)."""

    name: str
    key: int
    score: float


@dataclass
class Names:
    """Every name of every organisation, for finding one by it."""

    exact: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    shown: dict[int, str] = field(default_factory=dict)
    _groups: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, key: int, name: str, others: Iterable[str] = ()) -> None:
        """Know an organisation by its name and its other names."""
        self.shown[key] = name
        for spelling in (name, *others):
            plain = normalise(spelling)
            self.exact[plain].add(key)
            for group in groups(plain):
                self._groups[group].add(plain)

    def find(self, text: str) -> int | None:
        """The one organisation of this name, its abbreviation perhaps in brackets. None for none or several."""
        for spelling in spellings(text):
            keys = self.exact.get(spelling, set())
            if len(keys) == 1:
                return next(iter(keys))
        return self._with_lost_letters(text) if "?" in text or "\N{REPLACEMENT CHARACTER}" in text else None

    def _with_lost_letters(self, text: str) -> int | None:
        marked = re.sub(r"(?<=\w)[?\N{REPLACEMENT CHARACTER}]", "qxq", text)
        pattern = re.compile(re.escape(normalise(marked)).replace("qxq", "."))
        keys = {key for known, keys in self.exact.items() if pattern.fullmatch(known) for key in keys}
        return next(iter(keys)) if len(keys) == 1 else None

    def near(self, text: str, most: int = 4) -> list[Near]:
        """Organisations whose name is much like this one, the most alike first."""
        plain = normalise(text)
        candidates = {name for group in groups(plain) for name in self._groups.get(group, ())}
        best: dict[int, float] = {}
        for name in candidates:
            score = likeness(plain, name)
            if score >= NEAR:
                for key in self.exact[name]:
                    best[key] = max(best.get(key, 0), score)
        ranked = sorted(best.items(), key=lambda item: (-item[1], self.shown[item[0]]))
        return [Near(self.shown[key], key, score) for key, score in ranked[:most]]


@lru_cache(maxsize=5_000)
def spellings(text: str) -> list[str]:
    """The ways to look a name up: whole, without what stands in brackets, what stands in them, without its article."""
    outside = re.sub(r"\([^)]*\)", " ", text)
    inside = re.findall(r"\(([^)]*)\)", text)
    plain = [normalise(text), normalise(outside), *(normalise(part) for part in inside)]
    return [name for name in (*plain, *(name.removeprefix("the ") for name in plain)) if name]


@lru_cache(maxsize=20_000)
def groups(plain: str) -> frozenset[str]:
    """The groups of three letters in a normalised name, word by word."""
    return frozenset(f"  {word} "[at : at + 3] for word in plain.split() for at in range(len(word) + 1))


def likeness(one: str, other: str) -> float:
    """How alike two normalised names are, 0 to 1; a name that the other only lengthens is nearly the same."""
    if without_legal_tail(one) == without_legal_tail(other):
        return 1.0
    first, second = groups(one), groups(other)
    shared = len(first & second) / len(first | second) if first and second else 0.0
    shorter, longer = sorted((one, other), key=len)
    lengthened = longer.startswith(f"{shorter} ") and len(shorter.split()) > 1
    return max(shared, 0.9) if lengthened else shared


@dataclass(frozen=True)
class Split:
    """The names in one cell; ``sure`` where no person needs to be asked whether they are one or several."""

    names: tuple[str, ...]
    sure: bool


def split_names(text: str, names: Names) -> Split:
    """The names in a cell. Semicolons and lines always part; "/", "," and "and" part where known names show it."""
    found: list[str] = []
    sure = True
    for piece in STRONG.split(text.strip()):
        if piece:
            parts, certain = _weak(re.sub(r"^[-•*\d.)\s]+(?=\D)", "", piece), names)
            found += parts
            sure = sure and certain
    return Split(tuple(found), sure)


def _weak(text: str, names: Names) -> tuple[list[str], bool]:
    if names.find(text) is not None:
        return [text], True
    separators = WEAK.findall(text)
    atoms = [atom.strip() for atom in WEAK.split(text)]
    if len(atoms) < 2 or len(atoms) > MOST_PIECES or not all(atoms):
        return [text], True
    pieces = _segments(atoms, separators, names)
    unknown = [piece for piece in pieces if names.find(piece) is None]
    return pieces, len(pieces) > 1 and not unknown


def _segments(atoms: Sequence[str], separators: Sequence[str], names: Names) -> list[str]:
    """Join neighbours that together are a known name, the longest first; what is left stands alone."""
    found: list[str] = []
    at = 0
    while at < len(atoms):
        for end in range(len(atoms), at, -1):
            joined = atoms[at] + "".join(separators[i - 1] + atoms[i] for i in range(at + 1, end))
            if end == at + 1 or names.find(joined) is not None:
                found.append(joined.strip())
                at = end
                break
    return found
