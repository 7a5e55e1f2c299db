"""A record and its children, as a tree of models: what a timeline and an as-at view read together.

    TERMS = Branch(Terms, "agreement", (Branch(Party, "terms"), Branch(Provision, "terms")))
    AGREEMENT = Branch(Agreement, branches=(TERMS, Branch(AccessHolder, "agreement")))

Each model stands in a tree once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models

from records.guard_sql import of_model
from records.models import Recorded

Ids = Mapping[type[models.Model], Sequence[int]]


@dataclass(frozen=True)
class Branch:
    """A model, the name of its foreign key to the parent, and its own children."""

    model: type[Recorded]
    via: str = ""
    branches: tuple["Branch", ...] = ()

    def __iter__(self) -> Iterator["Branch"]:
        """Give this branch and everything under it, parents first."""
        yield self
        for branch in self.branches:
            yield from branch

    def ids(self, pk: int) -> Ids:
        """The keys of the record and of everything that ever was a child of it, deleted ones too. One query."""
        steps = list(self.steps("SELECT %s::bigint AS id"))
        tables = ", ".join(f"{_name(branch)} AS ({query})" for branch, query in steps)
        union = " UNION ALL ".join(
            f"SELECT {place}, id FROM {_name(branch)}"  # noqa: S608 - the names come from models
            for place, (branch, _) in enumerate(steps)
        )
        with connection.cursor() as cursor:
            cursor.execute(f"WITH {tables} {union}", [pk])
            rows = cursor.fetchall()
        found: dict[type[models.Model], list[int]] = {branch.model: [] for branch, _ in steps}
        for place, key in rows:
            found[steps[place][0].model].append(key)
        return found

    def steps(self, query: str) -> Iterator[tuple["Branch", str]]:
        """Each branch with the query for its keys, given the query for this one's."""
        yield self, query
        for branch in self.branches:
            table = of_model(branch.model)
            column = branch.model._meta.get_field(branch.via).column  # type: ignore[union-attr]
            yield from branch.steps(
                f"SELECT DISTINCT {table.key} AS id FROM {table.history} "  # noqa: S608 - the names come from models
                f"WHERE {column} IN (SELECT id FROM {_name(self)})"
            )


def _name(branch: Branch) -> str:
    return f"of_{branch.model._meta.db_table}"


def union(ids: Ids, statement: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Run ``statement`` for each model that has keys, all in one query; each row begins with the model.

    In the statement ``{history}`` and ``{key}`` stand for the history table and its key column; its first parameter is
    the list of keys, ``params`` are the others.
    """
    models = [model for model, keys in ids.items() if keys]
    if not models:
        return []
    parts, values = [], []
    for place, model in enumerate(models):
        table = of_model(model)
        part = statement.format(history=table.history, key=table.key)
        parts.append(f"SELECT {place}, part.* FROM ({part}) part")  # noqa: S608 - the names come from models
        values += [list(ids[model]), *params]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return [(models[place], *rest) for place, *rest in cursor.fetchall()]
