"""Who is acting, why, and in which request: what every history row is filled from."""

import inspect
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, ParamSpec, Protocol, TypeVar

from django.db import transaction

from records.errors import NobodyActing

P = ParamSpec("P")
R = TypeVar("R")


class Actor(Protocol):
    """Someone who can act: a people.User. Read lazily, so that the first user of all may record their own making."""

    pk: Any


@dataclass(frozen=True)
class Acting:
    """The person acting now and what they said about it."""

    by: Actor
    reason: str
    request_id: uuid.UUID | None
    true_from: date | None

    @property
    def agency(self) -> str:
        """The code of the agency acted for; empty for a system user, who belongs to none."""
        person = getattr(self.by, "person", None)
        return person.agency.code if person else ""


_now_acting: ContextVar[Acting | None] = ContextVar("now_acting", default=None)
_request: ContextVar[uuid.UUID | None] = ContextVar("request", default=None)
_unnumbered: ContextVar[bool] = ContextVar("unnumbered", default=False)


def current() -> Acting:
    """Who acts now; raises NobodyActing outside an action."""
    found = _now_acting.get()
    if found is None or found.by.pk is None:
        raise NobodyActing
    return found


def require_actor() -> None:
    """Raise NobodyActing outside an action; an actor who is only now being saved counts as someone."""
    if _now_acting.get() is None:
        raise NobodyActing


def request_number() -> uuid.UUID | None:
    """The number of the request being answered, for the log."""
    return _request.get()


@contextmanager
def one_request(request_id: uuid.UUID | None = None) -> Iterator[uuid.UUID]:
    """Give every change inside one shared request id; within another request the outer id stays."""
    chosen = _request.get() or request_id or uuid.uuid4()
    token = _request.set(None if _unnumbered.get() else chosen)
    try:
        yield chosen
    finally:
        _request.reset(token)


@contextmanager
def unnumbered() -> Iterator[None]:
    """Give no request a number inside: neither history nor the log then says which one it was."""
    tokens = _unnumbered.set(True), _request.set(None)
    try:
        yield
    finally:
        _unnumbered.reset(tokens[0])
        _request.reset(tokens[1])


@contextmanager
def acting(*, by: Actor, reason: str = "", true_from: date | None = None) -> Iterator[Acting]:
    """Act as ``by`` until the block ends. Nested blocks share one request id; reason and date fall back outward."""
    outer = _now_acting.get()
    with one_request() as request_id:
        inner = Acting(
            by=by,
            reason=reason or (outer.reason if outer else ""),
            request_id=None if _unnumbered.get() else request_id,
            true_from=true_from or (outer.true_from if outer else None),
        )
        token = _now_acting.set(inner)
        try:
            yield inner
        finally:
            _now_acting.reset(token)


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Make ``function`` one atomic change by one person.

    Its parameters are keyword-only and ``by`` is among them; ``reason`` and ``true_from``, where it has them, are also
    written into every history row. Raises TypeError when the declaration is otherwise.
    """
    _check_parameters(function)

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if "by" not in kwargs:
            raise TypeError(f"{function.__name__}() needs by=, the user who acts.")
        said = {name: kwargs[name] for name in ("by", "reason", "true_from") if name in kwargs}
        with acting(**said), transaction.atomic():  # type: ignore[arg-type]  # names checked at declaration
            return function(*args, **kwargs)

    run.is_action = True  # type: ignore[attr-defined]  # read by the test that every public action is one
    return run


def _check_parameters(function: Callable[..., Any]) -> None:
    parameters = inspect.signature(function).parameters
    if "by" not in parameters or any(p.kind is not p.KEYWORD_ONLY for p in parameters.values()):
        raise TypeError(f"{function.__qualname__} is an action: give it keyword-only parameters and by=.")
