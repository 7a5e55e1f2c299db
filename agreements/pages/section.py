"""The page of one section: its rows, its place among the others, and why not more is asked."""

from dataclasses import dataclass
from datetime import date

from agreements.facts import Facts, gather
from agreements.models import Agreement, StatusChange, Terms
from agreements.pages.matrix import Duties, duties
from agreements.pages.rows import RowList, row_lists
from agreements.pages.sent_back import sent_back
from agreements.sections import Section, State, asked, state
from people.models import User


@dataclass(frozen=True)
class SectionLink:
    """A section in the list beside the form."""

    section: Section
    state: State
    current: bool


@dataclass(frozen=True)
class SectionPage:
    """All that the page of a section shows besides its form."""

    agreement: Agreement
    standing: str
    section: Section
    number: int
    links: list[SectionLink]
    following: Section | None
    lists: list[RowList]
    duties: Duties | None
    depth_why: str
    short: bool
    sent_back: StatusChange | None


def section_page(agreement: Agreement, section: Section, user: User, on: date) -> SectionPage:
    """The page of ``section``; the agreement comes from AgreementQuerySet.whole()."""
    facts = gather(agreement)
    links = section_links(facts, section)
    numbers = {link.section.name: number for number, link in enumerate(links, 1)}
    return SectionPage(
        agreement=agreement,
        standing=agreement.standing(on),
        section=section,
        number=numbers.get(section.name, 0),
        links=links,
        following=_following(facts, section),
        lists=row_lists(agreement, section),
        duties=duties(agreement) if "responsibility" in section.rows else None,
        depth_why=facts.depth.why,
        short=facts.short,
        sent_back=sent_back(agreement, section),
    )


def section_links(facts: Facts, current: Section | None = None) -> list[SectionLink]:
    """Every section that is asked, with its state."""
    return [SectionLink(each, state(each, facts), each == current) for each in asked(facts)]


def next_section(agreement: Agreement, after: Section) -> Section | None:
    """The next section that is asked and not complete, in the order of the task list."""
    return _following(gather(_anew(agreement)), after)


def _anew(agreement: Agreement) -> Agreement:
    if agreement.terms_at_hand is None:
        return Agreement.objects.whole().get(pk=agreement.pk)
    terms = Terms.objects.whole().get(pk=agreement.terms_at_hand.pk)
    return Agreement.objects.around().get(pk=agreement.pk).with_terms(terms)


def _following(facts: Facts, after: Section) -> Section | None:
    sections = asked(facts)
    start = sections.index(after) + 1 if after in sections else 0
    return next((each for each in sections[start:] if state(each, facts) != "complete"), None)
