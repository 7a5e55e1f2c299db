"""Rebuild what lists and search look through."""

from collections.abc import Iterable

from django.contrib.postgres.search import SearchVector
from django.db.models import Value
from django.utils import timezone

from agreements.choices import Sensitivity
from agreements.facts import gather
from agreements.models import Agreement, Information, Organisation, Party, SearchEntry
from agreements.normalise import normalise
from agreements.sections import missing
from records.choices import YesNoUnknown
from records.moment import backdated_to

ORDER = [Sensitivity.UNKNOWN, Sensitivity.LOW, Sensitivity.MEDIUM, Sensitivity.HIGH]
FLAGS = ("children", "health", "maori")
VECTOR_LIMIT = 200_000  # characters: a tsvector holds at most a megabyte


BATCH = 500


def rebuild_search_entry(agreement: Agreement) -> None:
    """Write the agreement's one row: normalised words, names of parties, sensitivity, flags, sections missing."""
    rebuild_search_entries([agreement.pk])


def rebuild_search_entries(keys: Iterable[int], *, touched: bool = True) -> None:
    """The same for many agreements, in a fixed number of queries a batch; ``touched`` also notes the time."""
    untouched = set() if touched else {"touched_at"}
    columns = [f.name for f in SearchEntry._meta.concrete_fields if not f.primary_key and f.name not in untouched]
    ordered = sorted(keys)
    for start in range(0, len(ordered), BATCH):
        agreements = Agreement.objects.for_search().filter(pk__in=ordered[start : start + BATCH])
        SearchEntry.objects.bulk_create(
            [_entry(agreement) for agreement in agreements],
            update_conflicts=True,
            unique_fields=["agreement"],
            update_fields=columns,
        )


def rebuild_entries_of_organisations(organisations: Iterable[Organisation]) -> None:
    """After an organisation was renamed, merged or moved: every agreement it is in, of every agency."""
    parties = Party.objects.filter(organisation__in=list(organisations), terms__current_of__isnull=False)
    rebuild_search_entries(set(parties.values_list("terms__agreement_id", flat=True)), touched=False)


def _entry(agreement: Agreement) -> SearchEntry:
    terms = agreement.terms_now
    parties = list(terms.parties.all())
    others = [party for party in parties if party.organisation.agency_id != agreement.agency_id]
    information = [item for flow in terms.flows.all() for item in flow.information.all()]
    heading = _heading(agreement, parties)
    words = [terms.purpose, terms.service, *(item.name for item in information)]
    body = " ".join([heading, *(normalise(text) for text in words if text)])
    return SearchEntry(
        agreement=agreement,
        names=heading,
        vector=SearchVector(Value(heading), config="simple", weight="A")
        + SearchVector(Value(body[:VECTOR_LIMIT]), config="simple", weight="B"),
        parties=_shown(others),
        sectors=sorted({party.organisation.state_services for party in others}),
        parts=_parts(others),
        sensitivity=max((item.sensitivity for item in information), key=_rank, default=Sensitivity.UNKNOWN),
        flags=_flags(agreement, information),
        missing=missing(gather(agreement)),
        touched_at=backdated_to() or timezone.now(),
    )


def _heading(agreement: Agreement, parties: Iterable[Party]) -> str:
    own = [agreement.reference, agreement.title, agreement.known_as]
    bodies = dict.fromkeys(party.organisation for party in parties)
    known = [name for body in bodies for name in (body.normalised, *(other.normalised for other in body.names.all()))]
    return " ".join([*(normalise(text) for text in own if text), *known])


def _parts(others: Iterable[Party]) -> list[str]:
    pairs = [(str(party.organisation_id), str(party.role)) for party in others]
    return sorted({token for body, role in pairs for token in (body, role, f"{body}:{role}")})


def _rank(sensitivity: str) -> int:
    return ORDER.index(Sensitivity(sensitivity))


def _shown(others: Iterable[Party]) -> list[str]:
    """Those outside the State services before the rest; no name twice."""
    bodies = sorted((party.organisation for party in others), key=_outside_first)
    return list(dict.fromkeys(body.name for body in bodies))


def _outside_first(body: Organisation) -> tuple[bool, str]:
    return body.state_services != YesNoUnknown.NO, body.name


def _flags(agreement: Agreement, information: Iterable[Information]) -> list[str]:
    terms, items = agreement.terms_now, list(information)
    found = {flag for flag in FLAGS for item in items if getattr(item, flag) == YesNoUnknown.YES}
    found |= {"maori"} if terms.maori_data == YesNoUnknown.YES else set()
    found |= {"overseas"} if terms.overseas == YesNoUnknown.YES else set()
    return sorted(found)
