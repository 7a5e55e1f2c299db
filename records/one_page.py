"""While a page is put together nothing changes: what several of its questions need is found out once."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")
_found: ContextVar[dict[Hashable, Any] | None] = ContextVar("found_on_this_page", default=None)


@contextmanager
def one_page() -> Iterator[None]:
    """Around what gathers a page, never around an action: there what was found may change with the next statement."""
    token = _found.set({})
    try:
        yield
    finally:
        _found.reset(token)


def once(key: Hashable, find: Callable[[], T]) -> T:
    """What ``find`` gives, asked once for the key on one page, and each time anywhere else."""
    found = _found.get()
    if found is None:
        return find()
    if key not in found:
        found[key] = find()
    return found[key]
