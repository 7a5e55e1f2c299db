"""Someone to act, something to act on, and an owner who tampers."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from people.models import User
from records.acting import acting
from tests.records.shelf.models import Book, Shelf

Tamper = Callable[..., None]


@pytest.fixture
def keeper(db: None) -> User:
    """A user who may be named in history: they recorded their own making, as the first user of all does."""
    user = User(email="keeper@shelf.example", is_system=True)
    with acting(by=user):
        user.save()
    return user


@pytest.fixture
def approver(keeper: User) -> User:
    """Another user."""
    with acting(by=keeper):
        return User.objects.create(email="approver@shelf.example", is_system=True)


@pytest.fixture
def shelf(keeper: User) -> Shelf:
    """A shelf with one history row."""
    with acting(by=keeper, reason="New shelf"):
        return Shelf.objects.create(name="Whānau stories")


@pytest.fixture
def book(shelf: Shelf, keeper: User) -> Book:
    """A book with two history rows."""
    with acting(by=keeper):
        book = Book.objects.create(shelf=shelf, title="Pounamu", price="19.50")
        book.title = "Pounamu, Pounamu"
        book.save()
    return book


def seal() -> None:
    """Do what commit does: judge, write and seal everything so far. A test is one transaction and never commits."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.fixture
def tamper(db: None) -> Tamper:
    """Run SQL as the owner of everything, with every trigger silent."""

    def run(statement: str, *params: Any) -> None:
        seal()
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(statement, params)
            assert cursor.rowcount > 0, "The tampering touched nothing, so it proves nothing."
            cursor.execute("SET LOCAL session_replication_role = origin")

    return run
