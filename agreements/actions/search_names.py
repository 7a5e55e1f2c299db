"""Keep the names of organisations in what lists look through, in one statement however many agreements name them."""

from django.db.models import F, Func, QuerySet, Value
from django.db.models.functions import Concat

from agreements.models import Organisation, SearchEntry
from agreements.normalise import normalise


def add_to_search(organisation: Organisation, name: str) -> None:
    """Let every agreement of the organisation be found by one name more."""
    more = f" {normalise(name)}"
    heavy = Func(
        Func(Value("simple"), Value(more), function="to_tsvector", template="%(function)s(%(expressions)s)"),
        Value("A"),
        function="setweight",
    )
    _entries(organisation).update(
        names=Concat(F("names"), Value(more)),
        vector=Func(F("vector"), heavy, arg_joiner=" || ", template="%(expressions)s"),
    )


def rename_in_search(organisation: Organisation, before: str) -> None:
    """Show the new name in lists, and find agreements by both."""
    _entries(organisation).update(
        parties=Func(F("parties"), Value(before), Value(organisation.name), function="array_replace")
    )
    add_to_search(organisation, organisation.name)


def _entries(organisation: Organisation) -> "QuerySet[SearchEntry]":
    return SearchEntry.objects.filter(
        pk__in=SearchEntry.objects.filter(agreement__current_terms__parties__organisation=organisation).values("pk")
    )
