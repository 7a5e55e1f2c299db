"""The timeline of a record and its children."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from people.models import User
from records.acting import acting
from records.backfill import backfill
from records.family import Branch
from records.timeline import Change, ObjectChange, Timeline, changes
from tests.records.shelf.models import Book, Shelf

FAMILY = Branch(Shelf, branches=(Branch(Book, "shelf"),))


def said(change: ObjectChange) -> dict[str, tuple[str, str]]:
    return {each.label: (each.old, each.new) for each in change.fields}


def newest(shelf: Shelf) -> Change:
    return changes(FAMILY, shelf.pk).changes[0]


def test_creation_says_who_why_and_what(shelf: Shelf, keeper: User) -> None:
    card = newest(shelf)
    assert (card.who, card.why, card.true_from, card.entered_on) == (str(keeper), "New shelf", None, None)
    (made,) = card.objects
    assert (made.model, made.name, made.created) == ("shelf", "Whānau stories", True)
    assert said(made) == {"Name": ("", "Whānau stories")}


def test_fields_are_told_in_words(shelf: Shelf, book: Book, keeper: User) -> None:
    with acting(by=keeper, true_from=date(2014, 7, 1)):
        book.title, book.kind, book.price, book.signed = "Te Ao", "atlas", None, True
        book.printed_on, book.tags, book.facts = date(2025, 7, 1), ["a", "ā"], {"pages": 3}
        book.sequel_of = Book.objects.create(shelf=shelf, title="First")
        book.save()
    card = newest(shelf)
    assert card.true_from == date(2014, 7, 1)
    assert said(next(each for each in card.objects if each.pk == book.pk)) == {
        "Full title": ("Pounamu, Pounamu", "Te Ao"),
        "Kind": ("Novel", "Atlas of the world"),
        "Price": ("19.50", ""),
        "Signed": ("No", "Yes"),
        "Printed on": ("", "1\N{NO-BREAK SPACE}July 2025"),
        "Tags": ("", "a, ā"),
        "Facts": ("", "pages: 3"),
        "Sequel of": ("", "First"),
    }


def test_a_request_is_one_card_and_only_its_net_effect(shelf: Shelf, keeper: User) -> None:
    with acting(by=keeper):
        for name in ("One", "Two", "Three"):
            shelf.name = name
            shelf.save()
        Book.objects.create(shelf=shelf, title="Gone at once").delete()
    assert [said(each) for each in newest(shelf).objects] == [{"Name": ("Whānau stories", "Three")}]


def test_saving_without_a_change_is_no_card(shelf: Shelf, keeper: User) -> None:
    with acting(by=keeper):
        shelf.save()
    assert len(changes(FAMILY, shelf.pk).changes) == 1


def test_deleted_children_are_told_by_their_last_name(book: Book, shelf: Shelf, keeper: User) -> None:
    with acting(by=keeper, reason="Lost"):
        book.delete()
    (gone,) = newest(shelf).objects
    assert (gone.removed, gone.name, said(gone)["Full title"]) == (True, "Pounamu, Pounamu", ("Pounamu, Pounamu", ""))
    assert len(changes(FAMILY, shelf.pk).changes) == 3


def test_other_records_are_not_told(shelf: Shelf, keeper: User) -> None:
    with acting(by=keeper):
        other = Shelf.objects.create(name="Other")
        Book.objects.create(shelf=other, title="Elsewhere")
    assert len(changes(FAMILY, shelf.pk).changes) == 1


def test_what_was_entered_afterwards_says_so(keeper: User) -> None:
    now = timezone.now()
    moment = now - timedelta(days=40)
    with (
        backfill(by=keeper, why="Demo", start=now - timedelta(days=90), end=now) as door,
        door.at(moment),
        acting(by=keeper),
    ):
        shelf = Shelf.objects.create(name="Old")
    card = newest(shelf)
    assert (card.at, card.entered_why) == (moment, "Demo")
    assert card.entered_on is not None
    assert card.entered_on >= now


def test_pages(shelf: Shelf, keeper: User) -> None:
    for number in range(6):
        with acting(by=keeper):
            shelf.notes = str(number)
            shelf.save()
    first = changes(FAMILY, shelf.pk, per_page=3)
    assert (first.total, first.pages, first.has_next, first.has_previous) == (7, 3, True, False)
    last = changes(FAMILY, shelf.pk, page=3, per_page=3)
    assert ([card.why for card in last.changes], last.has_next) == (["New shelf"], False)


def test_a_page_beyond_the_last_is_empty(shelf: Shelf) -> None:
    assert changes(FAMILY, shelf.pk, page=9) == Timeline((), 0, 9, 20)


def fill(shelf: Shelf, keeper: User, books: int) -> None:
    with acting(by=keeper):
        for number in range(books):
            Book.objects.create(shelf=shelf, title=f"Book {number}").save()


@pytest.mark.parametrize("books", [1, 50])
def test_the_number_of_queries_does_not_grow(
    shelf: Shelf, keeper: User, books: int, django_assert_max_num_queries: Any
) -> None:
    fill(shelf, keeper, books)
    with django_assert_max_num_queries(6):
        changes(FAMILY, shelf.pk)
