"""Organisations that somebody may mean: found by any of their names, by NZBN, or by a name that is nearly the same.

Two queries however many organisations there are, answered by the trigram and name indexes. Postgres thinks the
comparing of trigrams cheap and would read a table of 10,000 names from end to end, five to eight times as slow as the
index, so it is told not to, and told so no longer afterwards.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Greatest

from agreements.choices import NameKind
from agreements.models import Organisation, OrganisationName
from agreements.normalise import normalise, whatever_the_tail, without_legal_tail

NEAR = 0.55  # from here on a new name is questioned: "Te Whare Tautoko" against "Te Whare Tautoko Trust" is 0.74
WORDS_WEIGH = 0.85  # a name that only contains the words typed is less alike than one that equals them
SHORTEST_FOR_LIKENESS = 3  # letters; below that trigrams say nothing
ALSO = {
    NameKind.MAORI: "In te reo Māori",
    NameKind.ABBREVIATION: "Abbreviation",
    NameKind.FORMER: "Formerly",
    NameKind.TRADING: "Trades as",
    NameKind.OTHER: "Also known as",
}


@dataclass(frozen=True)
class Lookalike:
    """An organisation, how alike it is (0 to 1; 1 is the same name or number), and how in words."""

    organisation: Organisation
    score: float
    how: str


def lookalikes(text: str, *, nzbn: str = "", but: int = 0, limit: int = 8) -> list[Lookalike]:
    """The current organisations that ``text`` (a name, part of one, or an NZBN) may mean, the most alike first.

    ``but`` is the key (none by default) of one to leave out: the organisation whose own form is being filled in.
    """
    wanted = normalise(text)
    numbers = [number for number in (only_digits(nzbn), only_digits(text)) if len(number) == 13]
    if not wanted and not numbers:
        return []
    bodies = Organisation.objects.current().exclude(pk=but)
    names = OrganisationName.objects.filter(organisation__merged_into=None).exclude(organisation=but)
    with _by_index():
        found = [_of_body(body, wanted, numbers) for body in _alike(bodies, wanted, limit, Q(nzbn__in=numbers))]
        found += [_of_name(name, wanted) for name in _alike(names.select_related("organisation"), wanted, limit)]
    return _best(found)[:limit]


def exactly(text: str) -> list[Organisation]:
    """The current organisations that have this very name, other name, former name, abbreviation or NZBN."""
    wanted, number = normalise(text), only_digits(text)
    if not wanted:
        return []
    named = Q(normalised=wanted) | Q(pk__in=OrganisationName.objects.filter(normalised=wanted).values("organisation"))
    if len(number) == 13:
        named |= Q(nzbn=number)
    found = list(Organisation.objects.current().filter(named).order_by("name"))
    return [body for body in found if body.normalised == wanted] or found


def near(text: str, *, nzbn: str = "", but: int = 0) -> list[Lookalike]:
    """Those so alike that adding another is questioned first."""
    return [one for one in lookalikes(text, nzbn=nzbn, but=but) if one.score >= NEAR]


def only_digits(text: str) -> str:
    """The digits of a number that may be written with spaces."""
    return re.sub(r"[\s-]", "", text) if re.fullmatch(r"[\d\s-]+", text) else ""


@contextmanager
def _by_index() -> Iterator[None]:
    """Queries inside read no table from end to end where an index serves."""
    say = "SELECT set_config('enable_seqscan', %s, true)"
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(say, ["off"])
        yield
        cursor.execute(say, ["on"])


def _alike(rows: QuerySet, wanted: str, limit: int, also: Q | None = None) -> Iterable[Any]:
    if not wanted:
        return rows.filter(also).annotate(alike=Value(1.0)) if also else []
    ways = [Q(normalised__in=whatever_the_tail(wanted)), Q(normalised__startswith=wanted)]
    if len(wanted) >= SHORTEST_FOR_LIKENESS:
        ways += [Q(normalised__trigram_similar=wanted), Q(normalised__trigram_word_similar=wanted)]
    fits = Q()
    for way in ways:  # each on its own, so that each has an index to itself
        fits |= Q(pk__in=rows.model.objects.filter(way).order_by().values("pk"))
    alike = Greatest(TrigramSimilarity("normalised", wanted), TrigramWordSimilarity(wanted, "normalised") * WORDS_WEIGH)
    fits = fits | also if also else fits
    first = F("normalised").asc()
    return rows.filter(fits).annotate(alike=alike).order_by("-alike", first)[: 2 * limit]


def _of_body(body: Any, wanted: str, numbers: list[str]) -> Lookalike:
    if body.nzbn and body.nzbn in numbers:
        return Lookalike(body, 1.0, "Has this NZBN")
    if body.normalised == wanted:
        return Lookalike(body, 1.0, "Same name")
    if without_legal_tail(body.normalised) == without_legal_tail(wanted):
        return Lookalike(body, 0.95, "Same name but for the legal form")
    return Lookalike(body, min(body.alike, 0.94), "Similar name")


def _of_name(row: Any, wanted: str) -> Lookalike:
    how = f"{ALSO[NameKind(row.kind)]} {row.name}"
    if row.normalised == wanted:
        return Lookalike(row.organisation, 1.0, how)
    return Lookalike(row.organisation, min(row.alike, 0.94), how)


def _best(found: list[Lookalike]) -> list[Lookalike]:
    """Each organisation once, by what is most alike about it."""
    best: dict[int, Lookalike] = {}
    for one in sorted(found, key=lambda one: (-one.score, one.organisation.name)):
        best.setdefault(one.organisation.pk, one)
    return list(best.values())
