"""What stands in the way of undoing an import: read from history and from whatever refers to its agreements."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q

from agreements.extensions import derived
from agreements.models import (
    AccessHolder,
    Agreement,
    Author,
    Flow,
    ImportBatch,
    ImportRow,
    Information,
    LegalBasis,
    Organisation,
    Party,
    Provision,
    Responsibility,
    SearchEntry,
    StatusChange,
    Terms,
)
from records.models import IssuedFile, Recorded

# What an import writes, children first, and the way from each to its agreement.
WRITTEN: tuple[tuple[type[Recorded], str], ...] = (
    (Responsibility, "terms__agreement"),
    (Provision, "terms__agreement"),
    (AccessHolder, "agreement"),
    (Information, "flow__terms__agreement"),
    (Flow, "terms__agreement"),
    (LegalBasis, "terms__agreement"),
    (Party, "terms__agreement"),
    (StatusChange, "agreement"),
    (Agreement, ""),
    (Terms, "agreement"),
    (Author, "terms__agreement"),
)
NOT_REFERRING = (ImportRow, SearchEntry)


@dataclass(frozen=True)
class Obstacle:
    """One agreement that was touched, and how."""

    agreement: Agreement
    how: str

    @property
    def says(self) -> str:
        """The whole sentence."""
        return f"{self.agreement.reference} {self.how}"


def obstacles(batch: ImportBatch) -> list[Obstacle]:
    """Every agreement of the batch that was changed, referred to or issued since, in the order of references."""
    agreements = {agreement.pk: agreement for agreement in batch.agreements.order_by("reference")}
    found: dict[int, str] = {}
    for model, path in WRITTEN:
        for key, how in _touched(batch, model, path):
            found.setdefault(key, how)
    for key, how in _worked_on(agreements):
        found.setdefault(key, how)
    issued = {agreement.reference: key for key, agreement in agreements.items()}
    for subject in IssuedFile.objects.filter(subject__in=issued).values_list("subject", flat=True):
        found.setdefault(issued[subject], "was issued as a document")
    return [Obstacle(agreement, found[key]) for key, agreement in agreements.items() if key in found]


def _touched(batch: ImportBatch, model: type[Recorded], path: str) -> Iterator[tuple[int, str]]:
    """Keys of agreements whose rows of this model have more than the one line of history that the import wrote."""
    prefix = f"{path}__" if path else ""
    rows = dict(model._meta.base_manager.filter(**{f"{prefix}batch": batch}).values_list("pk", f"{prefix}pk"))
    history = model.history.filter(id__in=rows, history_type="~")
    for key in history.values_list("id", flat=True).distinct():
        yield rows[key], "was changed since"
    for relation in model._meta.related_objects:
        yield from _referring(relation, rows)
    yield from _came_or_went(model, path, batch)


def _referring(relation: Any, rows: dict[int, int]) -> Iterator[tuple[int, str]]:
    """Rows of models that no import writes, which point at one that it did."""
    model = relation.related_model
    written = {one for one, _ in WRITTEN}
    if model in (*NOT_REFERRING, *derived()) or (model in written and relation.field.name != "copied_from"):
        return
    noun = model._meta.verbose_name
    for key in _pointing(model, relation.field.name, rows):
        yield rows[key], "was duplicated since" if relation.field.name == "copied_from" else f"has a {noun} since"


def _worked_on(agreements: dict[int, Any]) -> Iterator[tuple[int, str]]:
    """Rows that people added to what the register itself made beside an agreement."""
    for model in derived():
        rows = dict(model._meta.base_manager.filter(agreement__in=agreements).values_list("pk", "agreement"))
        for relation in model._meta.related_objects:
            added: Any = relation.related_model
            if added not in derived():
                for key in _pointing(added, relation.field.name, rows):
                    yield rows[key], f"has a {added._meta.verbose_name} since"


def _pointing(model: type[Model], field: str, rows: dict[int, int]) -> Sequence[int]:
    found = model._meta.base_manager.filter(**{f"{field}__in": list(rows)})
    return list(found.values_list(field, flat=True).distinct())


def _came_or_went(model: type[Recorded], path: str, batch: ImportBatch) -> Iterator[tuple[int, str]]:
    """Rows that were added to an agreement of the batch later, or taken from it: another request than the import's."""
    if not path:
        return
    imported = batch.history.filter(state="done").order_by("history_id").values_list("request_id", flat=True).first()
    parent_field = path.split("__", maxsplit=1)[0]
    parent = model._meta.get_field(parent_field).related_model
    above = dict(WRITTEN)[parent] if parent is not Agreement else ""  # type: ignore[index]
    prefix = f"{above}__" if above else ""
    parents = dict(parent._meta.base_manager.filter(**{f"{prefix}batch": batch}).values_list("pk", f"{prefix}pk"))  # type: ignore[union-attr]
    later = model.history.filter(~Q(request_id=imported), **{f"{parent_field}_id__in": list(parents)})
    noun = model._meta.verbose_name
    for key in later.values_list(f"{parent_field}_id", flat=True).distinct():
        yield parents[key], f"had its {noun} changed since"


def belongings(batch: ImportBatch) -> list[list[Any]]:
    """Everything an import wrote, locked, in the order in which it can go."""
    found = []
    for model, path in WRITTEN:
        rows = model._meta.base_manager.filter(**{f"{path}__batch" if path else "batch": batch})
        found.append(list(rows.select_for_update(of=("self",)).order_by("-pk")))
    return found


def made_beside(batch: ImportBatch) -> tuple[list[Any], list[list[Any]]]:
    """What the register itself made of the agreements: rows without history as querysets, and rows of record."""
    rows = [model._meta.base_manager.filter(agreement__batch=batch) for model in derived()]
    plain = [one for one in rows if not issubclass(one.model, Recorded)]
    return plain, [list(one.order_by("-pk")) for one in rows if issubclass(one.model, Recorded)]


def added_organisations(batch: ImportBatch) -> list[Organisation]:
    """Organisations that the import added, unchanged since, which only its own agreements name."""
    imported = batch.history.filter(state="done").order_by("history_id").values_list("request_id", flat=True).first()
    added = Organisation.history.filter(request_id=imported, history_type="+").values("id")
    changed = Organisation.history.exclude(request_id=imported).values("id")
    found = Organisation.objects.filter(pk__in=added).exclude(pk__in=changed)
    for relation in Organisation._meta.related_objects:
        name, others = relation.field.name, relation.related_model._meta.base_manager.all()
        if relation.related_model is Party:
            others = others.exclude(terms__agreement__batch=batch)
        if relation.related_model is AccessHolder:
            others = others.exclude(agreement__batch=batch)
        found = found.exclude(pk__in=others.filter(**{f"{name}__isnull": False}).values(name))
    return list(found)
