"""A record and its children at the end of a day."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people.models import User
from records.acting import acting
from records.as_at import as_at, end_of
from records.backfill import backfill
from records.family import Branch
from records.models import Frozen
from tests.records.shelf.models import Book, Shelf

FAMILY = Branch(Shelf, branches=(Branch(Book, "shelf"),))
TODAY = timezone.localdate()


def day(back: int) -> datetime:
    """Noon some days ago."""
    return timezone.now().replace(hour=0) - timedelta(days=back)


@pytest.fixture
def story(keeper: User) -> Shelf:
    """A shelf made 30 days ago; a book came 20 days ago, was renamed 10 days ago and went 5 days ago."""
    with backfill(by=keeper, why="Story", start=day(60), end=timezone.now()) as door, acting(by=keeper):
        with door.at(day(30)):
            shelf = Shelf.objects.create(name="First name")
        with door.at(day(20)):
            book = Book.objects.create(shelf=shelf, title="Early title")
            Book.objects.create(shelf=shelf, title="Sequel", sequel_of=book)
        with door.at(day(10)):
            book.title, shelf.name = "Late title", "Second name"
            book.save()
            shelf.save()
        with door.at(day(5)):
            book.delete()
    return shelf


def titles(shelf: Shelf, back: int) -> list[str]:
    found = as_at(FAMILY, shelf.pk, timezone.localdate(day(back)))
    assert found is not None
    return [book.title for book in found.of(Book)]


def test_each_day_has_its_own_picture(story: Shelf) -> None:
    assert as_at(FAMILY, story.pk, timezone.localdate(day(31))) is None
    assert titles(story, 30) == []
    assert titles(story, 15) == ["Early title", "Sequel"]
    assert titles(story, 10) == ["Late title", "Sequel"]
    assert titles(story, 5) == []
    found = as_at(FAMILY, story.pk, timezone.localdate(day(15)))
    assert found is not None
    assert (found.record.name, found.entered_afterwards) == ("First name", True)


def test_what_was_recorded_at_its_time_is_not_marked(shelf: Shelf) -> None:
    found = as_at(FAMILY, shelf.pk, TODAY)
    assert found is not None
    assert not found.entered_afterwards


def test_relations_answer_from_the_picture(story: Shelf, django_assert_num_queries: Any) -> None:
    found = as_at(FAMILY, story.pk, timezone.localdate(day(15)))
    assert found is not None
    with django_assert_num_queries(0):
        first, sequel = found.record.books.all()
        assert sequel.sequel_of is first
        assert list(first.sequels.all()) == [sequel]
        assert sequel.shelf is found.record
        assert sequel.shelf.name == "First name"


def test_the_past_cannot_be_saved_or_deleted(story: Shelf, keeper: User) -> None:
    found = as_at(FAMILY, story.pk, TODAY)
    assert found is not None
    with acting(by=keeper):
        for change in (found.record.save, found.record.delete):
            with pytest.raises(Frozen, match="picture of the past"):
                change()


def test_a_child_that_moved_away_is_not_here_any_more(book: Book, keeper: User) -> None:
    was_on = book.shelf
    with acting(by=keeper):
        book.shelf = Shelf.objects.create(name="Elsewhere")
        book.save()
    found = as_at(FAMILY, was_on.pk, TODAY)
    assert found is not None
    assert found.of(Book) == []


def test_a_day_ends_at_midnight_here() -> None:
    assert end_of(date(2026, 7, 1)) == datetime(2026, 7, 1, 12, tzinfo=UTC)
    assert end_of(date(2026, 1, 1)) == datetime(2026, 1, 1, 11, tzinfo=UTC)


@pytest.mark.parametrize("books", [1, 50])
def test_the_number_of_queries_does_not_grow(
    shelf: Shelf, keeper: User, books: int, django_assert_max_num_queries: Any
) -> None:
    with acting(by=keeper):
        for number in range(books):
            Book.objects.create(shelf=shelf, title=f"Book {number}")
    with django_assert_max_num_queries(4):
        as_at(FAMILY, shelf.pk, TODAY)


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=200)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXT, lambda inner: st.lists(inner, max_size=3)
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    title=TEXT,
    price=st.none() | st.decimals(-999999, 999999, places=2),
    weight=st.none() | st.floats(allow_nan=False),
    printed_on=st.none() | st.dates(),
    lent_at=st.none()
    | st.datetimes(
        min_value=datetime(1800, 1, 1),  # noqa: DTZ001 - Hypothesis adds the zone
        timezones=st.just(UTC),
    ),
    opens_at=st.none() | st.times(),
    loan=st.none() | st.timedeltas(timedelta(days=-9999), timedelta(days=9999)),
    facts=st.dictionaries(TEXT, JSON, max_size=3),
    tags=st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=50), max_size=3),
    code=st.none() | st.uuids(),
    cover=st.binary(max_size=100),
    signed=st.booleans(),
)
def test_every_value_comes_back_as_it_was(shelf: Shelf, keeper: User, **values: Any) -> None:
    with acting(by=keeper):
        book = Book.objects.create(shelf=shelf, **values)
    found = as_at(FAMILY, shelf.pk, TODAY)
    assert found is not None
    now = Book.objects.get(pk=book.pk)
    then = found.pictures[Book][book.pk]
    for name in values:
        assert _plain(getattr(then, name)) == _plain(getattr(now, name)), name


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def test_what_was_recorded_later_answers_as_it_stands_now(keeper: User, django_assert_num_queries: Any) -> None:
    with acting(by=keeper):
        later = [Book.objects.create(shelf=Shelf.objects.create(name="Later"), title=f"Later {n}") for n in range(20)]
    door = backfill(by=keeper, why="Story", start=day(60), end=timezone.now())
    with door as opened, acting(by=keeper), opened.at(day(30)):
        shelf = Shelf.objects.create(name="Early")
        for book in later:
            Book.objects.create(shelf=shelf, title="Sequel", sequel_of=book)
    found = as_at(FAMILY, shelf.pk, timezone.localdate(day(15)))
    assert found is not None
    with django_assert_num_queries(0):
        assert {sequel.sequel_of.title for sequel in found.of(Book)} == {book.title for book in later}
        assert {sequel.sequel_of.shelf.name for sequel in found.of(Book)} == {"Later"}
