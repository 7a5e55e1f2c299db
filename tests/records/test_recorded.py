"""The base of tracked models and their history tables."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, models
from django.test.utils import isolate_apps
from django.utils import timezone

from people.models import User
from records.acting import acting
from records.models import Recorded
from tests.records.conftest import seal
from tests.records.shelf.models import Book, Shelf


def test_history_columns_are_nullable_and_without_default() -> None:
    for field in Book.history.model._meta.fields:
        if field.name in {each.name for each in Book._meta.fields} - {"id"}:
            assert field.null
            assert not field.has_default()


def test_history_ids_are_big() -> None:
    assert isinstance(Book.history.model._meta.pk, models.BigAutoField)


def test_untracked_fields_are_not_in_history_and_need_nobody(shelf: Shelf) -> None:
    shelf.last_dusted = timezone.now()
    shelf.save(update_fields=["last_dusted"])
    seal()
    assert shelf.history.count() == 1
    assert "last_dusted" not in {field.name for field in Shelf.history.model._meta.fields}


def test_untracked_and_tracked_fields_together_are_recorded(shelf: Shelf, keeper: User) -> None:
    shelf.last_dusted, shelf.notes = timezone.now(), "Dusted"
    with acting(by=keeper):
        shelf.save(update_fields=["last_dusted", "notes"])
    seal()
    assert shelf.history.count() == 2


def test_saving_outside_a_transaction_keeps_row_and_history_together(keeper: User) -> None:
    with acting(by=keeper):
        shelf = Shelf(name="Alone")
        shelf.save()
    assert shelf.history.get().history_type == "+"


def test_deleting_is_recorded(book: Book, keeper: User) -> None:
    key = book.pk
    with acting(by=keeper):
        book.delete()
    seal()
    assert Book.history.filter(id=key).first().history_type == "-"


@isolate_apps("tests.records.shelf")
def test_a_field_named_like_a_history_column_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="true_from"):

        class Clash(Recorded):
            true_from = models.DateField()

            class Meta:
                app_label = "shelf"


@pytest.mark.django_db
def test_history_is_indexed_by_object_and_number() -> None:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, "shelf_historicalbook")
    assert found["shelf_historicalbook_last"]["columns"] == ["id", "history_id"]
    assert found["shelf_historicalbook_when"]["columns"] == ["id", "history_date", "history_id"]
