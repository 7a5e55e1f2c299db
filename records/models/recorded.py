"""The base of every tracked model: a history table beside it, filled from whoever acts."""

from collections.abc import Collection, Sequence
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models, router, transaction
from django.utils import timezone
from simple_history.models import HistoricalRecords

from records import acting, moment
from records.guard_sql import history_model
from records.models.checks_at_once import asks, checks_hold
from records.models.mark import Frozen, Mark

OWN_NAMES = {"history_id", "history_date", "history_type", "history_user", "history_change_reason", "history_object"}


class HistoryRow(models.Model):
    """What a history row knows beyond the row it copies."""

    acting_agency = models.CharField(max_length=20, blank=True)
    request_id = models.UUIDField(db_index=True, null=True)
    true_from = models.DateField(null=True)
    # No foreign key: a history table must stand before the table of backfills does. The guard checks the number.
    backfill_id = models.BigIntegerField(null=True)

    class Meta:
        abstract = True


class History(HistoricalRecords):
    """History rows that old versions of a model still fit, and that say who, for which agency and in which request."""

    def __init__(self, **options: Any) -> None:
        options = {
            "inherit": True,
            "bases": (HistoryRow,),
            "history_id_field": models.BigAutoField(),
            "history_change_reason_field": models.TextField(null=True),
        } | options
        super().__init__(**options)

    def fields_included(self, model: type[models.Model]) -> list[models.Field]:
        """The tracked fields: all but those the model lists in ``not_in_history``."""
        untracked = getattr(model, "not_in_history", ())
        return [field for field in model._meta.fields if field.name not in untracked]

    def copy_fields(self, model: type[models.Model]) -> dict[str, models.Field]:
        """The tracked fields, nullable and without default: NULL in an old row says "not recorded then"."""
        copies: dict[str, models.Field] = super().copy_fields(model)
        for field in copies.values():
            _refuse_clash(model, field)
            field.default = field.db_default = models.NOT_PROVIDED
            if field.name == model._meta.pk.name:
                field.db_index = False  # type: ignore[attr-defined]  # the guard's own indexes begin with it
            else:
                field.null = True
        return copies

    def create_history_model(self, model: type[models.Model], inherited: bool) -> type[models.Model]:
        """As simple-history does, with the model's own list of untracked fields."""
        history_model: type[models.Model] = super().create_history_model(model, inherited)
        setattr(history_model, "_history_excluded_fields", list(getattr(model, "not_in_history", ())))  # noqa: B010
        return history_model

    def _get_history_user_fields(self) -> dict[str, models.Field]:
        """Users are never deleted; history would refuse to forget them."""
        user = models.ForeignKey(
            settings.AUTH_USER_MODEL, null=True, related_name="+", on_delete=models.PROTECT, db_index=False
        )
        return {"history_user": user}

    def create_historical_record(self, instance: models.Model, history_type: str, **_: object) -> None:
        """Write one history row beside ``instance``; raises NobodyActing outside an action."""
        history_row(instance, history_type).save(force_insert=True)
        moment.count_rows()


def history_row(instance: models.Model, history_type: str) -> Any:
    """An unsaved history row of ``instance`` as it is in memory, filled from whoever acts."""
    if isinstance(instance, Recorded):
        instance.refuse_if_past()
    now = acting.current()
    model = history_model(type(instance))
    return model(
        history_date=moment.backdated_to() or timezone.now(),
        history_type=history_type,
        history_user_id=now.by.pk,
        history_change_reason=getattr(instance, "_change_reason", None) or now.reason or None,
        acting_agency=now.agency,
        request_id=now.request_id,
        true_from=now.true_from,
        backfill_id=moment.backfill_id(),
        **{field.attname: getattr(instance, field.attname) for field in model.tracked_fields},
    )


def _refuse_clash(model: type[models.Model], field: models.Field) -> None:
    if field.name in {own.name for own in HistoryRow._meta.fields} | OWN_NAMES:
        raise ImproperlyConfigured(f"{model.__name__}.{field.name}: history rows have a column of that name already.")


class Recorded(models.Model):
    """A model whose every change is kept: it is saved inside an action, and the database refuses it otherwise."""

    # Fields that history leaves out, because it must not keep them (a password) or would drown in them (last_login).
    not_in_history: ClassVar[tuple[str, ...]] = ()

    # Text that the database does not let be empty: once disposed of, it says so.
    never_empty: ClassVar[tuple[str, ...]] = ()

    # Set on instances that were read from history: see records.as_at.
    as_at: Mark | None = None

    history = History()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row and its history in one transaction; raises NobodyActing outside an action.

        Saving nothing but untracked fields (by ``update_fields``) needs nobody and writes no history.
        """
        self.refuse_if_past()
        names = kwargs.get("update_fields")
        if names is not None and set(names) <= set(self.not_in_history):
            self._save_untracked(*args, **kwargs)
            return
        acting.require_actor()
        # Django commits a row without parents before post_save, where its history is written.
        with transaction.atomic(savepoint=False):
            super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the row and record that; raises NobodyActing outside an action."""
        self.refuse_if_past()
        acting.require_actor()
        return super().delete(*args, **kwargs)

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """As Django does, with one question for all check constraints; each is asked alone only to name what broke."""
        values = self._get_field_expression_map(meta=self._meta, exclude=exclude)  # type: ignore[attr-defined]  # Django
        self._checks_hold = checks_hold(type(self), values, router.db_for_write(type(self), instance=self))
        try:
            super().validate_constraints(exclude)
        finally:
            del self._checks_hold

    def get_constraints(self) -> list[tuple[type[models.Model], Sequence[models.BaseConstraint]]]:
        """Those still to be asked: the check constraints are not, once they are known to hold."""
        asked = super().get_constraints()
        if not getattr(self, "_checks_hold", False):
            return asked
        return [(model, [one for one in rules if not asks(one)]) for model, rules in asked]

    def refuse_if_past(self) -> None:
        """Raise Frozen for an instance that was read from history."""
        if self.as_at:
            raise Frozen(f"This {self._meta.verbose_name} is a picture of the past.")

    def _save_untracked(self, *args: Any, **kwargs: Any) -> None:
        self.skip_history_when_saving = True
        try:
            super().save(*args, **kwargs)
        finally:
            del self.skip_history_when_saving
