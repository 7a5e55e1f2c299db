"""What a search finds: every word, at the beginning of a word, macrons or not; and names that are one slip away.

The words of an agreement stand normalised in its SearchEntry. Where nothing has all the words, names that differ from a
word by one letter are looked for, so that "kerefu" finds Kererū; the page says so.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Exists, F, Func, Q, QuerySet, TextField, Value

from agreements.models import Agreement
from agreements.normalise import normalise
from people.models import Agency

REFERENCE = re.compile(r"[A-Z]{2,8}-\d{4}-\d{4,}")
MOST_WORDS = 12
NAMES: "ArrayField[list[str], list[str]]" = ArrayField(TextField())
SHORTEST_SLIP = 4  # letters: shorter words are one slip from too many others


@dataclass(frozen=True)
class Search:
    """The words as they were typed, and for each what is looked for instead or besides."""

    text: str
    words: tuple[tuple[str, ...], ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was asked."""
        return not self.text

    @property
    def corrected(self) -> list[tuple[str, tuple[str, ...]]]:
        """Each word that nothing has, with the names one slip away that were looked for."""
        return [(first, rest) for first, *rest_list in self.words if (rest := tuple(rest_list))]

    def condition(self) -> Q:
        """Agreements that have every word; none where the text has no letter or digit at all."""
        if self.empty:
            return Q()
        return Q(search_entry__vector=self._query()) if self.words else Q(pk=None)

    def rank(self) -> SearchRank:
        """How well an agreement fits; titles, references and names weigh more."""
        return SearchRank(F("search_entry__vector"), self._query())

    def _query(self) -> SearchQuery:
        return _query(self.words)


def reference_in(text: str) -> str:
    """The reference that the text is, in capitals; empty where it is none."""
    found = REFERENCE.fullmatch(text.strip().upper())
    return found[0] if found else ""


def search(text: str, within: "QuerySet[Agreement]", agency: Agency) -> Search:
    """Read a search; one query, which looks for slips only where no agreement ``within`` has all the words."""
    typed = list(dict.fromkeys(normalise(text).split()))[:MOST_WORDS]
    asked = Search(text, tuple((word,) for word in typed))
    slipped = [word for word in typed if len(word) >= SHORTEST_SLIP and not word.isdecimal()]
    if not slipped:
        return asked
    known = _words_like(slipped, agency, unless=within.filter(asked.condition()))
    return Search(text, tuple((word, *_one_slip_from(word, known)) for word in typed)) if known else asked


def _words_like(words: Iterable[str], agency: Agency, unless: "QuerySet[Agreement]") -> set[str]:
    """Words of names that are like these (see migration 0006); none where ``unless`` has a row."""
    alike = [Func(Value(word), F("pk"), function="agreements_slips", output_field=NAMES) for word in words]
    found = Agency.objects.filter(~Exists(unless), pk=agency.pk).values_list(*alike)
    return {word for lists in found for names in lists for name in names for word in name.split()}


def _one_slip_from(word: str, known: set[str]) -> list[str]:
    if len(word) < SHORTEST_SLIP or any(other.startswith(word) for other in known):
        return []
    return sorted(other for other in known if one_slip_apart(word, other))


def one_slip_apart(one: str, other: str) -> bool:
    """Whether one letter more, less or different, or two swapped, turns one word into the other."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    swapped = len(a) > 1 and len(b) > 1 and a[0] == b[1] and a[1] == b[0] and a[2:] == b[2:]
    return swapped or a[1:] == b[1:] or a[1:] == b or a == b[1:]


def _query(words: Iterable[tuple[str, ...]]) -> SearchQuery:
    """Every word, or one of those that stand for it; the typed one also where it only begins a word."""
    terms = [" | ".join([f"'{typed}':*", *(f"'{other}'" for other in others)]) for typed, *others in words]
    return SearchQuery(" & ".join(f"({term})" for term in terms), config="simple", search_type="raw")
