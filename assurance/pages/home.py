"""Home put together: every block of the viewer asked in one query, the most pressing work first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any

from agreements.models import Comment, SavedView
from agreements.pages.comment import for_person
from assurance.figures.standing import STANDARD
from assurance.home.base import Block, Clock, Column, Group, Kind, Queue, Viewer, Work, answers
from assurance.home.blocks import BLOCKS, FIGURES, WORK
from assurance.pages.trend import Quarter, trend
from people.models import User
from people.roles import Permission
from records.one_page import one_page

LINES = 12  # of work in all: what is less pressing stands in the lists beside it
QUARTERS = 4
KEPT = 128  # readers a process, of some 50 kB each
RANK = {"bad": 0, "warn": 1, "info": 2}


@dataclass(frozen=True)
class Home:
    """Everything on the page. ``shown`` holds the parts with a shape of their own, by name."""

    lines: Sequence[Work]
    queues: Sequence[Queue]
    groups: Sequence[Group]
    shown: Mapping[str, Any]
    reads: bool
    for_all: bool
    asked: Sequence[Comment] = ()
    views: Sequence[SavedView] = ()
    quarters: Sequence[Quarter] = ()

    @cached_property
    def kinds(self) -> Sequence[Kind]:
        """Everything that needs the viewer, by kind, whatever is shown of it: what is counted is what is listed."""
        interests = self.shown["interests"]
        kinds = [Kind(one.label, one.waiting, one.late, one.url) for one in self.queues]
        kinds += [Kind("Interests and declarations", interests.waiting, interests.late, "#interests")]
        kinds += [Kind("Asked of you", len(self.asked), 0, "#asked")]
        return [one for one in kinds if one.waiting]

    @property
    def waiting(self) -> int:
        """How much needs the viewer."""
        return sum(one.waiting for one in self.kinds)

    @property
    def late(self) -> int:
        """How much of it is late."""
        return sum(one.late for one in self.kinds)


def home(user: User, on: date, now: datetime) -> Home:
    """At most twelve queries with those of the sign-in, whatever the roles and the rows."""
    with one_page():
        return _gather(Viewer(user, on, now))


def _gather(viewer: Viewer) -> Home:
    user, on, now = viewer.user, viewer.on, viewer.now
    shown = _ask(viewer, [block for block in BLOCKS if block.is_for(viewer)])
    queues = [shown[block.name] for block in WORK if block.name in shown]
    reads, for_all = viewer.may(Permission.READ_AGREEMENTS), viewer.may(Permission.SIGN_STATEMENTS)
    return Home(
        lines=_most_pressing(queues),
        queues=[queue for queue in queues if queue.waiting],
        groups=[shown[block.name] for block in FIGURES if block.name in shown],
        shown=shown,
        reads=reads,
        for_all=for_all,
        asked=for_person(user.who, now) if reads else (),
        views=list(SavedView.objects.visible_to(user).order_by("name")) if reads else (),
        quarters=trend(user, STANDARD, on, QUARTERS) if for_all else (),
    )


@dataclass(frozen=True)
class Reader:
    """A viewer on one day: whatever makes what home asks of them differ from what it asks of others."""

    who: tuple[int | None, ...]
    permissions: frozenset[Permission]
    on: date
    viewer: Viewer = field(compare=False)


def _ask(viewer: Viewer, blocks: Sequence[Block]) -> dict[str, Any]:
    """By block, what it shows; one query for all of them."""
    user = viewer.user
    who = (user.pk, user.person_id, viewer.agency.pk)
    kept = asked_all_day(Reader(who, frozenset(user.permissions), viewer.on, viewer))
    columns = {**kept, **_columns(viewer, [block for block in blocks if block.by_hours])}
    found: dict[str, dict[str, Any]] = {block.name: {} for block in blocks}
    for (name, part), value in answers(columns).items():
        found[name][part] = value
    return {block.name: block.shows(viewer, found[block.name]) for block in blocks}


@lru_cache(KEPT)
def asked_all_day(reader: Reader) -> Mapping[tuple[str, str], Column]:
    """What home asks of somebody until midnight: Django takes longer to put it together than Postgres to answer it."""
    return _columns(reader.viewer, [block for block in BLOCKS if block.is_for(reader.viewer) and not block.by_hours])


def _columns(viewer: Viewer, blocks: Sequence[Block]) -> dict[tuple[str, str], Column]:
    return {(block.name, key): ask.column() for block in blocks for key, ask in block.asks(viewer).items()}


def _most_pressing(queues: Sequence[Queue]) -> list[Work]:
    """What counts hours, is late, is due, waits; within that in the order of the table, the earliest first."""
    every = [(place, line) for place, queue in enumerate(queues) for line in queue.lines]
    placed = [(not isinstance(line, Clock), RANK[line.tone], place, line.day, line) for place, line in every]
    return [line for *_, line in sorted(placed, key=lambda one: one[:4])][:LINES]
