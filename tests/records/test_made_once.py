"""Statements made once: they say what the query says, whatever stands in it, and the server keeps their plan."""

import pytest
from django.db import connection
from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.test.utils import CaptureQueriesContext

from people.models import User
from records import bulk
from records.acting import acting
from records.made_once import for_one, statement
from tests.records.shelf.models import Book, Shelf

pytestmark = pytest.mark.django_db
ODD = "100% of “Te Tūāpapa’s” \\ 'quoted' %s %(key)s"


def _titles(shelf: int) -> "QuerySet[Book, tuple[str, str]]":
    said = Concat("title", Value(f" – {ODD}"), output_field=CharField())
    rows = Book.objects.filter(shelf=shelf).exclude(title=ODD * 2)
    first, last = (rows.filter(tags=[]), rows.filter(~Q(tags=[])))
    return first.order_by().values_list("title", said).union(last.order_by().values_list("title", said), all=True)


titles = for_one(_titles)


@pytest.fixture
def books(shelf: Shelf, keeper: User) -> list[Book]:
    """Two on the shelf, one on another."""
    with acting(by=keeper):
        other = bulk.create([Shelf(name="Other")])[0]
        rows = [Book(shelf=shelf, title=ODD), Book(shelf=shelf, title="B", tags=["x"]), Book(shelf=other, title="C")]
        return list(bulk.create(rows))


def test_it_answers_as_the_query_does_whatever_its_words(books: list[Book]) -> None:
    for key in {one.shelf_id for one in books}:
        assert sorted(titles(key)) == sorted(_titles(key))
    assert titles(0) == []


def test_many_keys_are_asked_at_once_and_days_are_text(books: list[Book]) -> None:
    asked = statement(
        Book.objects.order_by(), "shelf_shelf.id IS NULL OR shelf_book.id = ANY(%s)", "title", "shelf__name"
    )
    found = asked.rows([one.pk for one in books[1:]])
    assert sorted((row["title"], row["shelf__name"]) for row in found) == [("B", books[1].shelf.name), ("C", "Other")]
    assert asked.rows([]) == []


def test_the_server_keeps_its_plan_and_the_log_its_words(books: list[Book]) -> None:
    key = books[0].shelf_id
    with CaptureQueriesContext(connection) as asked:
        titles(key)
        titles(key)
    assert [query["sql"] for query in asked] == [str(asked[0]["sql"])] * 2
    assert f'"shelf_id" = {key}' in asked[0]["sql"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", ["%shelf_book%$1%"])
        assert cursor.fetchone() == (1,)
