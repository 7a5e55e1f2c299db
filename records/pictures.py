"""Detached instances by model and key, and how they are joined so that their relations answer without a query."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.db import connection, models

from records.rows import instance_of, values_of

Model = type[models.Model]
Pictures = dict[Model, dict[int, Any]]
Fetch = Callable[[Mapping[Model, Iterable[int]]], Pictures]
# How far foreign keys that lead away are followed: to a user, to that user's person.
DEPTH = 2


def present(ids: Mapping[Model, Iterable[int]]) -> Pictures:
    """The rows as they stand now, in one query."""
    wanted = [(model, list(keys)) for model, keys in ids.items()]
    if not wanted:
        return {}
    parts = [
        f"SELECT {place}, to_jsonb(t)::text FROM {model._meta.db_table} t WHERE {model._meta.pk.column} = ANY (%s)"  # noqa: S608 - the names come from models
        for place, (model, _) in enumerate(wanted)
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), [keys for _, keys in wanted])
        rows = cursor.fetchall()
    found: Pictures = {}
    for place, text in rows:
        model = wanted[place][0]
        picture = instance_of(model, values_of(text))
        found.setdefault(model, {})[picture.pk] = picture
    return found


def follow(kin: Pictures, fetch: Fetch) -> Pictures:
    """What the foreign keys of ``kin`` lead to, one query for each step away."""
    found: Pictures = {}
    newest = kin
    for _ in range(DEPTH):
        wanted: dict[Model, set[int]] = {}
        for foreign, picture in foreign_keys(newest):
            key, target = getattr(picture, foreign.attname), foreign.related_model
            if key not in kin.get(target, {}) and key not in found.get(target, {}):
                wanted.setdefault(target, set()).add(key)
        newest = fetch(wanted)
        for model, pictures in newest.items():
            found.setdefault(model, {}).update(pictures)
    return found


def foreign_keys(pictures: Pictures) -> Iterator[tuple[Any, Any]]:
    """Every foreign key that is set, with the instance it is set on."""
    for model, theirs in pictures.items():
        for foreign in model._meta.concrete_fields:
            if isinstance(foreign, models.ForeignKey):
                yield from ((foreign, each) for each in theirs.values() if getattr(each, foreign.attname) is not None)


def join(kin: Pictures, around: Pictures) -> None:
    """Let the foreign keys of ``kin`` and ``around`` answer from both."""
    for pictures in (kin, around):
        for foreign, picture in foreign_keys(pictures):
            target, key = foreign.related_model, getattr(picture, foreign.attname)
            found = kin.get(target, {}).get(key) or around.get(target, {}).get(key)
            if found is not None:
                setattr(picture, foreign.name, found)


def join_reverse(kin: Pictures) -> None:
    """Let the reverse relations inside ``kin`` answer ``.all()`` from it, as prefetching does."""
    for model, pictures in kin.items():
        for foreign in model._meta.concrete_fields:
            if isinstance(foreign, models.ForeignKey) and foreign.related_model in kin:
                _reverse(foreign, pictures.values(), kin[foreign.related_model].values())


def _reverse(foreign: Any, children: Iterable[Any], parents: Iterable[Any]) -> None:
    relation = foreign.remote_field
    if relation.hidden:
        return
    by_parent: dict[int, list[Any]] = {}
    for child in children:
        by_parent.setdefault(getattr(child, foreign.attname), []).append(child)
    for parent in parents:
        theirs = by_parent.get(parent.pk, [])
        if relation.multiple:
            known: Any = foreign.model._meta.base_manager.all()
            known._result_cache, known._prefetch_done = theirs, True
            parent.__dict__.setdefault("_prefetched_objects_cache", {})[relation.cache_name] = known
        else:
            parent._state.fields_cache[relation.cache_name] = theirs[0] if theirs else None
