"""What other parts add to agreements, through one list in the open: settings.AGREEMENT_EXTENSIONS.

Each hook is a dotted path of a callable, or empty. Hooks read; only those that end an action may write. What lists show
is asked for all agreements of a page at once, so that it needs the same number of queries however long the page is.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Model
from django.utils.module_loading import import_string
from django.utils.timezone import localdate

from agreements.columns import Column
from agreements.errors import NotReady
from agreements.models import Agreement, Contract, Document, Organisation
from people.models import User
from records.filters import Filter

Cells = Mapping[str, str | int | date | None]


@dataclass(frozen=True)
class Panel:
    """A region of the agreement's page: a heading and the address of a page whose #panel is shown there."""

    name: str
    title: str
    url: str


@dataclass(frozen=True)
class Event:
    """Something on the timeline: when it was recorded, the day it is true from, words, and a mark (config/states.py).

    ``why`` is what the person gave as the reason, ``note`` what else is known. ``tells`` is what another event of the
    same moment says, which this one tells better: the other is left out.
    """

    at: datetime
    said: str
    by: str
    mark: str = "change"
    on: date | None = None
    why: str = ""
    note: str = ""
    url: str = ""
    tells: str = ""

    @property
    def is_backdated(self) -> bool:
        """Whether it is true from another day than it was recorded on."""
        return self.on is not None and self.on != localdate(self.at)


@dataclass(frozen=True)
class Part:
    """One heading of the PDF summary with facts as term and value, and a note."""

    title: str
    facts: list[tuple[str, str]] = field(default_factory=list)
    note: str = ""


@dataclass(frozen=True)
class Extension:
    """What one part of the register adds.

    ``gates(agreement, step, on)`` gives sentences that say why a step of lifecycle.py is not open yet.
    ``from_day(agreement, day)`` gives sentences that say why the terms at hand cannot apply from that day, at signing.
    ``after_change(agreement, by, on)`` ends every action, inside its transaction; ``after_changes(agreements, by, on)``
    takes its place where one action changes many.
    ``goes_with`` names models whose rows the register itself makes of an agreement: they go when an import is undone.
    ``panels(agreement, user)`` gives Panels, ``contract_panels(contract, user)`` those of a contract's page,
    ``timeline(agreement)`` Events, ``pdf_sections(agreement, on)`` Parts.
    ``organisations_named(keys, by, on)`` ends actions after which organisations take part that did not, or are called
    or owned otherwise; ``before_merge(gone, stays, by)`` comes before whatever names the one names the other.
    ``summary(agreements, on)`` gives the cells of ``columns`` by the agreement's key: for lists and exports, or for
    exports alone where ``listed`` is false. ``filters(user, on)`` gives records.filters.Filter values for the list,
    and with it for its saved views and its export; none of them may ask the database until it is used.
    ``points_at(document)`` says where else evidence points to a document, for the middle of a sentence: it stays then.
    ``along`` names fields one to one with an agreement, such as `conformance__critical`, that lists fetch with its row.
    """

    name: str
    gates: str = ""
    from_day: str = ""
    after_change: str = ""
    after_changes: str = ""
    panels: str = ""
    contract_panels: str = ""
    summary: str = ""
    filters: str = ""
    pdf_sections: str = ""
    timeline: str = ""
    organisations_named: str = ""
    before_merge: str = ""
    points_at: str = ""
    columns: tuple[Column, ...] = ()
    goes_with: tuple[str, ...] = ()
    listed: bool = True
    along: tuple[str, ...] = ()


@cache
def extensions() -> tuple[Extension, ...]:
    """The extensions in the order of the list."""
    return tuple(import_string(path) for path in settings.AGREEMENT_EXTENSIONS)


@cache
def _hooks(name: str) -> tuple[Callable[..., Any], ...]:
    return tuple(import_string(path) for extension in extensions() if (path := getattr(extension, name)))


def gates(agreement: Agreement, step: str, on: date) -> list[str]:
    """Everything that keeps the agreement from taking the step; empty where nothing does."""
    return [sentence for gate in _hooks("gates") for sentence in gate(agreement, step, on)]


def check_from(agreement: Agreement, day: date) -> None:
    """The terms at hand, about to be signed, can apply from that day. Raises NotReady."""
    if reasons := [sentence for hook in _hooks("from_day") for sentence in hook(agreement, day)]:
        raise NotReady(reasons)


def after_change(agreement: Agreement, by: User, on: date) -> None:
    """Tell every extension that an agreement was changed in this transaction."""
    for call in _hooks("after_change"):
        call(agreement, by, on)


def after_changes(agreements: Sequence[Agreement], by: User, on: date) -> None:
    """The same for many at once: an extension that can take them together says so in ``after_changes``."""
    for extension in extensions():
        if extension.after_changes:
            import_string(extension.after_changes)(agreements, by, on)
        elif extension.after_change:
            for agreement in agreements:
                import_string(extension.after_change)(agreement, by, on)


def organisations_named(organisations: Iterable[int], by: User, on: date) -> None:
    """Tell every extension of organisations, by key, that take part now or are called or owned otherwise."""
    keys = list(organisations)
    for call in _hooks("organisations_named") if keys else ():
        call(keys, by, on)


def before_merge(gone: Organisation, stays: Organisation, by: User) -> None:
    """Let every extension fold what it keeps of both."""
    for call in _hooks("before_merge"):
        call(gone, stays, by)


def points_at(document: Document) -> list[str]:
    """Where evidence points to it besides what stands in this app."""
    return [place for hook in _hooks("points_at") for place in hook(document)]


def panels(agreement: Agreement, user: User) -> list[Panel]:
    """The regions that this person sees on the agreement's page."""
    return [panel for hook in _hooks("panels") for panel in hook(agreement, user)]


def contract_panels(contract: Contract, user: User) -> list[Panel]:
    """The regions that this person sees on the contract's page besides its own."""
    return [panel for hook in _hooks("contract_panels") for panel in hook(contract, user)]


def timeline(agreement: Agreement) -> list[Event]:
    """What happened besides the steps of its life, in no order."""
    return [event for hook in _hooks("timeline") for event in hook(agreement)]


def pdf_sections(agreement: Agreement, on: date) -> list[Part]:
    """What the PDF summary says besides; never on a copy for another agency."""
    return [part for hook in _hooks("pdf_sections") for part in hook(agreement, on)]


def added_columns() -> tuple[Column, ...]:
    """The columns that the flat sheet has besides its own, at its end."""
    return tuple(column for extension in extensions() for column in extension.columns)


def listed_columns() -> tuple[Column, ...]:
    """Those that lists show as well."""
    return tuple(column for extension in extensions() if extension.listed for column in extension.columns)


def fetched_along() -> list[str]:
    """Fields that lists fetch with the row of an agreement, so that its added cells need no query of their own."""
    return [path for extension in extensions() for path in extension.along]


def added_filters(user: User, on: date) -> list[Filter]:
    """The filters that the list of agreements has besides its own."""
    return [one for hook in _hooks("filters") for one in hook(user, on)]


def summary(agreements: Iterable[Agreement], on: date, *, listed_only: bool = False) -> dict[int, dict[str, Any]]:
    """The cells of the added columns by the key of the agreement; of those that lists show, where that is asked."""
    listed: Sequence[Agreement] = list(agreements)
    found: dict[int, dict[str, Any]] = {agreement.pk: {} for agreement in listed}
    asked = [one for one in extensions() if one.summary and (one.listed or not listed_only)]
    for hook in [import_string(one.summary) for one in asked]:
        for key, cells in hook(listed, on).items():
            found[key] |= cells
    return found


def derived() -> list[type[Model]]:
    """The models of which the register itself makes rows beside an agreement, in the order in which they can go."""
    return [apps.get_model(label) for extension in extensions() for label in extension.goes_with]


def forget() -> None:
    """Read the list anew: for tests that change the setting."""
    extensions.cache_clear()
    _hooks.cache_clear()
