"""Which interests may be about which organisations: by NZBN, name, other name, owner links, and names that are alike.

Both ways round: for one interest among all organisations, and for one organisation among all interests. A name of one
or two letters is never compared by likeness. Each is answered by trigram indexes in a few milliseconds; see
docs/performance.md.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import Q
from django.db.models.functions import Greatest

from agreements.lookalikes import SHORTEST_FOR_LIKENESS, WORDS_WEIGH, Lookalike, lookalikes
from agreements.models import Organisation, OrganisationName
from agreements.normalise import normalise, whatever_the_tail
from conflicts.choices import How
from conflicts.models import Interest
from conflicts.taking_part import agencies_of, akin

WITHIN = 0.9  # the whole name of an organisation stands among the words
LONGEST = 6  # words of such a name
BEST = (How.NZBN, How.EXACT, How.OTHER_NAME, How.OWNER, How.FUZZY)


@dataclass(frozen=True)
class Found:
    """One interest, one organisation that takes part in the agency's arrangements, how they are alike, and how much."""

    interest: int
    organisation: int
    how: How
    score: Decimal

    @property
    def rank(self) -> tuple[Decimal, int]:
        """Greater is better."""
        return self.score, -BEST.index(self.how)


def of_interest(interest: Interest) -> list[Found]:
    """The organisations of the agency's arrangements that one interest may be about, each once, the best first."""
    direct = {body: (how, score) for body, how, score in _alike(interest) if score >= settings.CONFLICT_MATCH_FROM}
    found = [Found(interest.pk, body, how, _rounded(score)) for body, (how, score) in direct.items()]
    for body, others in akin(direct).items():
        found += [Found(interest.pk, one, How.OWNER, _rounded(direct[body][1])) for one in others]
    take_part = agencies_of({one.organisation for one in found})
    kept = [one for one in found if interest.agency_id in take_part.get(one.organisation, ())]
    return _best(one for one in kept if one.organisation != interest.supplier_id)


def of_organisations(organisations: Iterable[int]) -> list[Found]:
    """The interests that may be about these organisations, in every agency in whose arrangements they take part."""
    found = list[Found]()
    asked = akin(organisations)
    others = {one for ones in asked.values() for one in ones}
    take_part = agencies_of({*asked, *others})
    kin = akin(take_part) if others else asked
    names = _names({*take_part, *(one for ones in kin.values() for one in ones)})
    with narrow():
        for body, agencies in take_part.items():
            for via in (body, *sorted(kin[body])):
                found += _interests(body, agencies, names[via], owner=via != body)
    return _best(found)


def of_body(body: int, agency: int) -> list[Found]:
    """The interests of an agency that may be about one organisation, whether or not it takes part in anything."""
    kin = akin([body])[body]
    names = _names({body, *kin})
    with narrow():
        return _best(
            found for via in (body, *sorted(kin)) for found in _interests(body, {agency}, names[via], owner=via != body)
        )


def of_text(text: str, agency: int) -> list[Found]:
    """The interests of an agency that a name alone may be about; nothing has to be in the register."""
    with narrow():
        return _best(_interests(0, {agency}, [(How.EXACT, normalise(text), "")], owner=False))


def _alike(interest: Interest) -> Iterator[tuple[int, How, float]]:
    wanted = interest.normalised
    found = {one.organisation.pk: one for one in lookalikes(interest.named_as, nzbn=interest.nzbn)}
    for one in found.values():
        yield one.organisation.pk, _how(one, wanted, interest.nzbn), one.score
    for body in _named_within(wanted):
        if body not in found or found[body].score < WITHIN:
            yield body, How.FUZZY, WITHIN


def _how(one: Lookalike, wanted: str, nzbn: str) -> How:
    if nzbn and one.organisation.nzbn == nzbn:
        return How.NZBN
    if one.organisation.normalised == wanted:
        return How.EXACT
    return How.OTHER_NAME if one.score == 1 else How.FUZZY


def _named_within(wanted: str) -> set[int]:
    """Organisations of which the whole name, but for the legal form, stands in the words: "my job at Tui Foods"."""
    words = wanted.split()
    sizes = range(2, LONGEST + 1)
    parts = {" ".join(words[at : at + size]) for size in sizes for at in range(len(words) - size + 1)} - {wanted}
    names = [name for part in sorted(parts)[:60] for name in whatever_the_tail(part)]
    if not names:
        return set()
    current = Organisation.objects.current().filter(normalised__in=names).values_list("pk", flat=True)
    others = OrganisationName.objects.filter(normalised__in=names, organisation__merged_into=None)
    return {*current, *others.values_list("organisation", flat=True)}


def _names(bodies: set[int]) -> dict[int, list[tuple[How, str, str]]]:
    """By organisation, its name with its NZBN, and its other names. Two queries."""
    rows = Organisation.objects.filter(pk__in=bodies).values_list("pk", "normalised", "nzbn")
    found = {key: [(How.EXACT, name, nzbn)] for key, name, nzbn in rows}
    for key, name in OrganisationName.objects.filter(organisation__in=bodies).values_list("organisation", "normalised"):
        found[key].append((How.OTHER_NAME, name, ""))
    return found


def _interests(body: int, agencies: set[int], names: list[tuple[How, str, str]], *, owner: bool) -> Iterator[Found]:
    """The interests that are alike to any of the names; one query a name."""
    for how, name, nzbn in names:
        if not name:
            continue
        for row in _rows(name, nzbn):
            if row.agency_id in agencies and row.supplier_id != body:
                said, score = _compared(row, how, name, nzbn)
                if score >= settings.CONFLICT_MATCH_FROM:
                    yield Found(row.pk, body, How.OWNER if owner else said, _rounded(score))


def _rows(name: str, nzbn: str) -> Iterable[Any]:
    ways = [Q(normalised__in=whatever_the_tail(name))] + ([Q(nzbn=nzbn)] if nzbn else [])
    if len(name) >= SHORTEST_FOR_LIKENESS:
        ways += [Q(normalised__trigram_similar=name), Q(normalised__trigram_word_similar=name)]
    # Each way is asked on its own, with an index to itself: joined they are planned forty times as slow.
    standing = Interest.objects.standing().order_by()
    keys = {key for way in ways for key in standing.filter(way).values_list("pk", flat=True)}
    alike = Greatest(TrigramSimilarity("normalised", name), TrigramWordSimilarity(name, "normalised") * WORDS_WEIGH)
    rows = Interest.objects.filter(pk__in=keys).annotate(alike=alike)
    return rows.only("pk", "agency_id", "supplier_id", "normalised", "nzbn") if keys else ()


def _compared(row: Any, how: How, name: str, nzbn: str) -> tuple[How, float]:
    if nzbn and row.nzbn == nzbn:
        return How.NZBN, 1.0
    if row.normalised == name:
        return how, 1.0
    if row.normalised in whatever_the_tail(name):
        return How.FUZZY, 0.95
    if len(name.split()) > 1 and f" {name} " in f" {row.normalised} ":
        return How.FUZZY, WITHIN
    return How.FUZZY, min(row.alike, 0.94)


@contextmanager
def narrow() -> Iterator[None]:
    """Queries inside read no table from end to end, and hold only names as alike that may reach the threshold."""
    near = settings.CONFLICT_MATCH_FROM
    inside = ("off", str(near), str(min(near / WORDS_WEIGH, 0.99)))
    say = (
        "SELECT set_config('enable_seqscan', %s, true), set_config('pg_trgm.similarity_threshold', %s, true), "
        "set_config('pg_trgm.word_similarity_threshold', %s, true)"
    )
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(say, inside)
        yield
        cursor.execute(say, ("on", "0.3", "0.6"))


def _rounded(score: float) -> Decimal:
    return Decimal(str(round(score, 3)))


def _best(found: Iterable[Found]) -> list[Found]:
    """Each pair once, by what is most alike about it."""
    best: dict[tuple[int, int], Found] = {}
    for one in sorted(found, key=lambda one: one.rank, reverse=True):
        best.setdefault((one.interest, one.organisation), one)
    return list(best.values())
