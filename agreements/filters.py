"""The filters and sorts of the list of agreements."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.lookups import Exact
from django.http import QueryDict

from agreements.choices import AtEnd, Kind, Origin, PartyRole, Sensitivity, Status, TermsState
from agreements.extensions import added_filters
from agreements.lifecycle import AS_IT_STANDS
from agreements.models import Agreement, Organisation, OrganisationName, Party, Pause, StatusChange
from agreements.models.agreement import in_force, not_yet_in_force, past_end
from agreements.normalise import normalise
from agreements.sections import SECTIONS
from people.labels import role_label
from people.models import Person, User
from people.roles import Role
from records.filters import LONGEST_TEXT, DateFilter, Filter, Option, OptionFilter, PickFilter
from records.lists import Address, ListSpec, Plain, Sort

FLAGS = (("children", "About children"), ("health", "Health"), ("maori", "Māori data"), ("overseas", "Overseas"))
SECTORS = (("no", "Non-government"), ("yes", "State services"), ("unknown", "Not known yet"))
MISSING = (("any", "Any section"), *((section.name, section.title) for section in SECTIONS))
RECORDED_BEFORE = Q(status__in=AS_IT_STANDS)
RECORDING = (
    Option("open", "Being recorded", RECORDED_BEFORE & Q(current_terms__state=TermsState.RECORDING)),
    Option("complete", "Complete", RECORDED_BEFORE & Q(current_terms__state=TermsState.RECORDED)),
)
MOST_ORGANISATIONS = 200
Choices = Iterable[tuple[str, str]]
Facet = Combinable | None


def read(user: User, on: date, data: QueryDict) -> Address:
    """The address of the list of agreements, read for a user on a day."""
    return Address(agreement_list(user, on, party=data.get("party", "")), data)


def agreement_list(user: User, on: date, party: str = "") -> ListSpec:
    """The list of the user's agency. The roles that are offered are those of ``party``, where one is named."""
    bodies = organisations(party)
    people = _people(user)
    owner = role_label(user.agency, Role.BUSINESS_OWNER, "Owner")
    return ListSpec(
        filters=(
            _options("status", "Status", Status.choices, lambda value: Q(status=value), facet=F("status")),
            _standings(on),
            PartyFilter("party", "Party"),
            _entry("sector", "Parties", SECTORS, "sectors", several=True),
            _entry("flag", "Information", FLAGS, "flags", several=True),
            _entry("sensitivity", "Sensitivity", Sensitivity.choices, "sensitivity"),
            _options("role", "Role of a party", PartyRole.choices, lambda value: _plays(bodies, value), folded=True),
            OptionFilter("whose", "Whose", options=(Option("me", "Mine to look after", mine(user)),), folded=True),
            OptionFilter("paused", "Paused", options=(_paused(user),), folded=True),
            _options("kind", "Kind", Kind.choices, lambda value: Q(kind=value), folded=True),
            _options("missing", "Section missing", MISSING, _missing, folded=True),
            OptionFilter("recording", "Recording", options=RECORDING, folded=True),
            _options("origin", "Came in", Origin.choices, lambda value: Q(origin=value), folded=True),
            OptionFilter("closing", "Closed out", options=_closings(), folded=True),
            *added_filters(user, on),
            DateFilter("ends_after", "Ends after", "current_terms__ends_on__gt"),
            DateFilter("ends_before", "Ends before", "current_terms__ends_on__lt"),
            DateFilter("signed_after", "Signed after", "current_terms__signed_on__gt"),
            DateFilter("signed_before", "Signed before", "current_terms__signed_on__lt"),
            DateFilter("review_before", "Review due before", "review_due_on__lt"),
            PickFilter("owner", owner, people, _held_by("owner", user)),
            PickFilter("manager", role_label(user.agency, Role.CONTRACT_MANAGER), people, _held_by("manager", user)),
        ),
        sorts=_sorts(owner),
        default="-changed",
    )


def _sorts(owner: str) -> tuple[Sort, ...]:
    return (
        Sort("title", "Agreement", (Plain("title"),), filled=True),
        Sort("status", "Status", ("status",), filled=True),
        Sort("ends", "Dates", ("current_terms__ends_on",)),
        Sort("review", "Next review", ("review_due_on",)),
        Sort("owner", owner, (Plain("owner__name"),)),
        Sort("reference", "Reference", ("reference",), filled=True),
        Sort("changed", "Last changed", ("search_entry__touched_at",), filled=True),
    )


class PartyFilter(Filter):
    """A party by any of its names, or by its organisation's key, which links carry."""

    def condition(self, values: tuple[str, ...]) -> Q:
        """Agreements with such a party, besides the agency itself."""
        return Q(search_entry__parts__overlap=organisations(values[0]) or ["nobody"])

    def words(self, values: tuple[str, ...]) -> str:
        """`Party: Kererū Courier Services`."""
        body = Organisation.objects.filter(pk=int(values[0])).first() if _is_key(values[0]) else None
        return f"{self.label}: {body or values[0]}"


def organisations(text: str) -> list[str]:
    """Keys, as SearchEntry.parts holds them, of the organisations that a text names; a key names itself."""
    text = text.replace("\0", " ").strip()[:LONGEST_TEXT]
    wanted = normalise(text)
    if _is_key(text) or not wanted:
        return [str(int(text))] if _is_key(text) else []
    other = OrganisationName.objects.filter(organisation=OuterRef("pk"), normalised__contains=wanted)
    found = Organisation.objects.filter(Q(normalised__contains=wanted) | Exists(other))
    return [str(key) for key in found.values_list("pk", flat=True)[:MOST_ORGANISATIONS]]


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 18


def _options(
    name: str, label: str, choices: Choices, condition: Callable[[str], Q], *, folded: bool = False, facet: Facet = None
) -> OptionFilter:
    options = tuple(Option(value, words, condition(value)) for value, words in choices)
    return OptionFilter(name, label, options=options, folded=folded, facet=facet)


def _entry(name: str, label: str, choices: Choices, column: str, *, several: bool = False) -> OptionFilter:
    """Answers that stand in a column of the search entry, alone or in an array."""
    path = f"search_entry__{column}"
    lookup = f"{path}__contains" if several else path
    return _options(name, label, choices, lambda v: Q(**{lookup: [v] if several else v}), facet=F(path))


def _standings(on: date) -> OptionFilter:
    options = (
        Option("in_force", "In force", in_force(on)),
        Option("not_yet", "Not yet in force", not_yet_in_force(on)),
        Option("past_end", "Past its end", past_end(on)),
    )
    which = Case(*(When(option.condition, then=Value(option.value)) for option in options))
    return OptionFilter("standing", "In force", options=options, facet=which)


def _closings() -> tuple[Option, ...]:
    """By what the newest closing out said became of the information: a gap is that nobody could say."""
    closings = StatusChange.objects.filter(agreement=OuterRef("pk"), step="close_out").order_by("-at", "-pk")
    gap = Q(Exact(Subquery(closings.values("disposal")[:1]), Value(AtEnd.UNKNOWN.value)))
    closed = Q(status=Status.CLOSED_OUT)
    return (
        Option("gap", "With a gap", closed & gap),
        Option("settled", "With what became of it confirmed", closed & ~gap),
    )


def mine(user: User) -> Q:
    """What the user made, owns, manages or answers for: what they may edit without a role over all agreements."""
    person = user.person_id
    return Q(created_by=user) | Q(owner=person) | Q(manager=person) | Q(senior_owner=person)


def _plays(bodies: list[str], role: str) -> Q:
    return Q(search_entry__parts__overlap=[f"{body}:{role}" for body in bodies] or [role])


def _paused(user: User) -> Option:
    """A party, at any depth, that the user's own agency has paused."""
    pauses = Pause.objects.visible_to(user).open().values("organisation")
    parties = Party.objects.filter(terms=OuterRef("current_terms"), organisation__in=pauses)
    return Option("yes", "With a paused party", Q(Exists(parties)))


def _missing(section: str) -> Q:
    return Q(search_entry__missing__len__gt=0) if section == "any" else Q(search_entry__missing__contains=[section])


def _people(user: User) -> Callable[[], list[tuple[str, str]]]:
    """Those who own or manage an agreement now, looked up once when first asked for."""

    @cache
    def rows() -> list[tuple[str, str]]:
        mine = Agreement.objects.visible_to(user)
        holding = mine.values("owner").union(mine.values("manager"))
        holders = Person.objects.visible_to(user).filter(pk__in=holding).order_by(Plain("name"))
        named = [(str(key), name) for key, name in holders.values_list("pk", "name")]
        return [("me", "Me"), ("nobody", "Nobody"), *named]

    return rows


def _held_by(field: str, user: User) -> Callable[[str], Q]:
    def narrow(value: str) -> Q:
        if value == "nobody":
            return Q(**{field: None})
        return Q(**{f"{field}_id": user.person_id if value == "me" else int(value)})

    return narrow
