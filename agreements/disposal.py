"""What search keeps of content that was disposed of: nothing."""

from collections.abc import Iterator, Sequence

from django.db.models import ForeignKey

from agreements.actions.search_entry import rebuild_search_entries
from agreements.history import AGREEMENT
from agreements.models import Agreement, Organisation, OrganisationName
from records.family import Branch
from records.models import Recorded


def forget_in_search(*, model: type[Recorded], pks: Sequence[int]) -> None:
    """Rebuild the search entry of every agreement that the rows belong to; stands in settings.AFTER_DISPOSAL."""
    path = dict(_paths()).get(model)
    if path:
        found = Agreement.objects.filter(**{f"{path}__in": pks})
        rebuild_search_entries(found.values_list("pk", flat=True).distinct())


def _paths() -> Iterator[tuple[type[Recorded], str]]:
    """How each kind of row is reached from an agreement."""
    yield Agreement, "pk"
    yield from _below(AGREEMENT, "")
    yield Organisation, "terms__parties__organisation"
    yield OrganisationName, "terms__parties__organisation__names"


def _below(branch: Branch, path: str) -> Iterator[tuple[type[Recorded], str]]:
    for child in branch.branches:
        via = child.model._meta.get_field(child.via)
        if not isinstance(via, ForeignKey):
            raise TypeError(f"{child.model.__name__}.{child.via} is no foreign key.")
        longer = f"{path}{via.related_query_name()}"
        yield child.model, longer
        yield from _below(child, f"{longer}__")
