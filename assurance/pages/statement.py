"""The page of a written assurance: whose turn it is, what the figures say, last year beside them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from assurance.figures.base import PARTS, figures
from assurance.models import Briefing, Signing, Statement, StatementComment, StatementFigure, StatementSent
from assurance.policies.statement import newest_briefing
from assurance.statement.content import content_of, hash_of, is_untouched
from assurance.statement.groups import GroupState, group_states
from people.models import User

PLAN = 8  # the part that is a table of its own: tiers by state


@dataclass(frozen=True)
class Line:
    """A figure, and what it said in the statement before."""

    figure: StatementFigure
    before: str


@dataclass(frozen=True)
class Part:
    """A part of the statement with its figures."""

    number: int
    title: str
    lines: list[Line]

    @property
    def tiers(self) -> list[tuple[str, list[tuple[str, StatementFigure]]]]:
        """Of the plan: done, in progress, not started and overdue of each tier; empty for any other part."""
        found: dict[str, list[tuple[str, StatementFigure]]] = {}
        for line in self.lines if self.number == PLAN else ():
            tier, _, state = line.figure.label.partition(": ")
            found.setdefault(tier, []).append((state.capitalize(), line.figure))
        return list(found.items())


@dataclass(frozen=True)
class Moved:
    """A figure that says something else now than when it was taken."""

    label: str
    taken: str
    again: str
    today: str


@dataclass(frozen=True)
class StatementPage:
    """Everything on the page of a statement."""

    statement: Statement
    briefing: Briefing | None
    signing: Signing | None
    untouched: bool
    parts: list[Part]
    groups: list[GroupState]
    comments: list[StatementComment]
    sent: list[StatementSent]
    previous: Statement | None
    corrections: list[Statement]

    @property
    def ledger(self) -> Briefing | Signing | None:
        """Where the state of the ledger stands: as signed, else as the figures were taken."""
        return self.signing or self.briefing

    @property
    def accepted(self) -> int:
        """How many groups are accepted."""
        return sum(one.is_accepted for one in self.groups)


def visible(user: User, code: str) -> Statement | None:
    """The statement of the user's agency with all it names."""
    named = ("agency", "deputy", "signatory", "drafted_by__person", "corrects", "signing__signatory", "signing__scan",
             "signing__briefing", "signing__by__person")  # fmt: skip
    return Statement.objects.visible_to(user).select_related(*named).filter(code=code).first()


def statement_page(statement: Statement) -> StatementPage:
    """The page; at most fifteen queries, however many figures and exceptions."""
    signing: Signing | None = getattr(statement, "signing", None)
    briefing = signing.briefing if signing else newest_briefing(statement)
    previous, groups = before(statement), group_states(briefing)
    return StatementPage(
        statement=statement,
        briefing=briefing,
        signing=signing,
        untouched=is_untouched(statement, groups),
        parts=parts_of(briefing, previous),
        groups=groups,
        comments=list(statement.comments.select_related("by__person").order_by("pk")),
        sent=list(statement.sent.select_related("by__person").order_by("on", "pk")) if signing else [],
        previous=previous,
        corrections=list(statement.corrections.order_by("pk")) if signing else [],
    )


def next_group(page: StatementPage, user: User) -> GroupState | None:
    """The first group that waits for this person: the deputy's without an answer, the signatory's with all of them."""
    one, groups = page.statement, page.groups if page.statement.is_open else []
    if user.person_id == one.deputy_id:
        return next((state for state in groups if state.open), None)
    if user.person_id == one.signatory_id:
        return next((state for state in groups if not state.open and not state.is_accepted), None)
    return None


def seen_of(page: StatementPage) -> str:
    """The SHA-256 of what somebody has before them who is about to sign; empty without figures. One query."""
    return hash_of(content_of(page.statement, page.briefing, page.groups)) if page.briefing else ""


def before(statement: Statement) -> Statement | None:
    """The newest signed statement of an earlier day, corrected ones aside."""
    rows = Statement.objects.filter(agency=statement.agency_id, day__lt=statement.day).signed()
    corrected = Statement.objects.filter(agency=statement.agency_id).signed().exclude(corrects=None)
    return rows.exclude(pk__in=corrected.order_by().values("corrects")).select_related("signing").first()


def kept_figure(statement: Statement, key: str) -> StatementFigure | None:
    """A figure as it was kept with the statement, with its list."""
    signing: Signing | None = getattr(statement, "signing", None)
    briefing = signing.briefing if signing else newest_briefing(statement)
    return StatementFigure.objects.filter(briefing=briefing, key=key).first() if briefing else None


def parts_of(briefing: Briefing | None, previous: Statement | None) -> list[Part]:
    """The figures by part, without their lists, each with what the statement before said."""
    if briefing is None:
        return []
    then = {one.key: one.words for one in _figures(previous.signing.briefing_id)} if previous else {}
    return list(_parts(_figures(briefing.pk), then))


def _figures(briefing: int) -> list[StatementFigure]:
    return list(StatementFigure.objects.filter(briefing=briefing).defer("rows").order_by("place"))


def _parts(found: Iterable[StatementFigure], then: Mapping[str, str]) -> Iterable[Part]:
    parts: dict[int, Part] = {}
    for one in found:
        part = parts.setdefault(one.part, Part(one.part, PARTS.get(one.part, ""), []))
        part.lines.append(Line(one, then.get(one.key) or _none_then(one.key, then)))
    return parts.values()


def _none_then(key: str, then: Mapping[str, str]) -> str:
    """A kind of agreement or activity without any has no figure (figures/population.py, work.py): none then."""
    return "None" if any(key.startswith(f"{whole}.") and whole in then for whole in ("population", "work.done")) else ""


def moved(statement: Statement, briefing: Briefing, today: date) -> list[Moved]:
    """Figures that the register gives otherwise now: for the same day again, or as at today."""
    again = {one.key: one.words for one in figures(statement.agency, statement.day)}
    now = {one.key: one.words for one in figures(statement.agency, today)} if today != statement.day else again
    taken = [(one.key, one.label, one.words) for one in _figures(briefing.pk)]
    return [
        Moved(label, words, again.get(key, ""), now.get(key, ""))
        for key, label, words in taken
        if words != again.get(key, "") or words != now.get(key, "")
    ]
