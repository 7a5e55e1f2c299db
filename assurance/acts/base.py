"""What people do with a record, each on a small form of its own: one table a noun, one view for all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import Form

from people.models import User
from records.refusals import why_not


@dataclass(frozen=True)
class Act:
    """One thing to do. ``check(record, user)`` raises why not now; ``form(user, on, data)`` is what it asks.

    ``perform(**record, **answers, by, now)`` does it; ``done`` is what the person then reads.
    """

    name: str
    title: str
    form: Callable[..., Form]
    perform: Callable[..., Any]
    check: Callable[[Any, User], None]
    done: str
    lede: str = ""
    main: bool = False


@dataclass(frozen=True)
class Offered:
    """An act on the page of a record, with why it cannot be done now."""

    act: Act
    refusal: str


def offered(acts: Sequence[Act], record: Any, user: User) -> list[Offered]:
    """Each act with its refusal, in order; those that can be done now first."""
    found = [Offered(act, why_not(act.check, record, user)) for act in acts]
    return sorted(found, key=lambda one: bool(one.refusal))


def act_context(act: Act, form: Form, record: Any, user: User, crumbs: str) -> dict[str, Any]:
    """What templates/assurance/act.html needs, besides where it leads back to."""
    refusal = why_not(act.check, record, user)
    return {"act": act, "form": form, "record": record, "refusal": refusal, "crumbs": crumbs}
