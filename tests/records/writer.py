"""Writers, each in a process of its own: they save, now and then roll back, and tell what they committed.

    python -m tests.records.writer WRITERS TRANSACTIONS

Prints the writers' process ids, then the number of each history row once its transaction is committed.
"""

import os
import random
import sys


def main(writers: int, transactions: int) -> None:
    """Become several writers (Django is loaded once), and wait for them."""
    import django

    django.setup()
    children = []
    gate, keeper = os.pipe()
    for seed in range(writers):
        child = os.fork()
        if not child:
            os.close(keeper)
            os.read(gate, 1)  # until the parent has told everybody's number and lets go of the gate
            keep_writing(seed, transactions)
            os._exit(0)
        children.append(child)
    say(children)
    os.close(keeper)
    for child in children:
        os.waitpid(child, 0)


def say(numbers: list[int]) -> None:
    """One line, in one piece: several processes write to one pipe."""
    os.write(sys.stdout.fileno(), (" ".join(map(str, numbers)) + "\n").encode())


def keep_writing(seed: int, transactions: int) -> None:
    """Write until done; stop quietly when the server goes away."""
    from django.db import DatabaseError

    chance = random.Random(seed)  # noqa: S311 - repeatable on purpose
    for number in range(transactions):
        try:
            committed = write(chance, f"{seed}-{number}")
        except DatabaseError:
            return
        say(committed)


def write(chance: random.Random, name: str) -> list[int]:
    """One transaction; the history numbers it committed."""
    from django.db import transaction

    from people.models import User
    from records.acting import acting
    from tests.records.shelf.models import Shelf

    numbers: list[int] = []
    with transaction.atomic(), acting(by=User.objects.get(email="keeper@shelf.example")):
        shared = Shelf.objects.select_for_update(no_key=True).order_by("pk").first()
        if shared and chance.random() < 0.5:
            shared.notes = name
            shared.save()
            numbers.append(shared.history.first().history_id)
        numbers += make(chance, name)
        if chance.random() < 0.3:
            transaction.set_rollback(True)
            return []
    return numbers


def make(chance: random.Random, name: str) -> list[int]:
    """A shelf with a few books, some of them inside savepoints that are rolled back."""
    from django.db import transaction

    from tests.records.shelf.models import Book, Shelf

    shelf = Shelf.objects.create(name=name)
    numbers = [shelf.history.get().history_id]
    for number in range(chance.randint(0, 3)):
        point = transaction.savepoint()
        book = Book.objects.create(shelf=shelf, title=f"{name} {number}")
        if chance.random() < 0.3:
            transaction.savepoint_rollback(point)
        else:
            numbers.append(book.history.get().history_id)
    return numbers


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
