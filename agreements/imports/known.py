"""What the register already knows that rows of a spreadsheet are held against, read in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.contrib.postgres.aggregates import ArrayAgg

from agreements.imports.names import Names, groups
from agreements.models import Agreement, LegalProvision, Organisation
from agreements.normalise import normalise
from people.models import Agency, Person, User


@dataclass(frozen=True)
class Existing:
    """An agreement of the agency, as far as a row could be the same one."""

    reference: str
    title: str
    known_as: str
    starts_on: date | None
    signed_on: date | None
    parties: frozenset[int]


@dataclass
class People:
    """The people of the agency by e-mail address and by name."""

    by_email: dict[str, Person] = field(default_factory=dict)
    by_name: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))

    def add(self, person: Person) -> None:
        """Know a person."""
        if person.email:
            self.by_email[person.email.lower()] = person
        self.by_name[normalise(person.name)].append(person)

    def find(self, text: str) -> list[Person]:
        """Everyone that a cell may mean: by e-mail address, by name, by name with the family name first."""
        for word in text.replace("<", " ").replace(">", " ").replace(";", " ").split():
            if word.lower() in self.by_email:
                return [self.by_email[word.lower()]]
        outside = text.split("(", maxsplit=1)[0].split("<", maxsplit=1)[0]
        family, comma, given = outside.partition(",")
        for name in (outside, f"{given} {family}" if comma else ""):
            if normalise(name) in self.by_name:
                return self.by_name[normalise(name)]
        return []


@dataclass
class Law:
    """The library of legal bases, for finding one by what a cell says."""

    provisions: list[LegalProvision] = field(default_factory=list)
    _exact: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _words: dict[int, set[str]] = field(default_factory=dict)
    _near: dict[str, list[LegalProvision]] = field(default_factory=dict)

    def add(self, provision: LegalProvision) -> None:
        """Know a provision by its code, its full name and its title."""
        self.provisions.append(provision)
        for words in (provision.code, str(provision), f"{provision.act} {provision.provision}", provision.title):
            self._exact[normalise(words)].add(provision.pk)
        words_in_all = normalise(f"{provision.act} {provision.provision} {provision.code}").split()
        self._words[provision.pk] = set(words_in_all) - {"act", "the", "and", "of"}

    def find(self, text: str) -> int | None:
        """The one provision that a cell names in full, or None."""
        keys = self._exact.get(normalise(text), set())
        return next(iter(keys)) if len(keys) == 1 else None

    def near(self, text: str, most: int = 6) -> list[LegalProvision]:
        """Provisions that share most with the words of a cell: words with figures count three times."""
        plain = normalise(text)
        if plain not in self._near:
            words = set(plain.split())
            scored = [(self._shared(words, provision), provision) for provision in self.provisions]
            best = sorted((pair for pair in scored if pair[0] >= 2), key=lambda pair: (-pair[0], pair[1].pk))
            self._near[plain] = [provision for _, provision in best[:most]]
        return self._near[plain]

    def _shared(self, words: set[str], provision: LegalProvision) -> int:
        shared = words & self._words[provision.pk]
        return sum(3 if any(char.isdigit() for char in word) else 1 for word in shared)


@dataclass
class Known:
    """Everything a check looks things up in."""

    agency: Agency
    names: Names
    own: set[int]
    people: People
    law: Law
    agreements: dict[str, list[Existing]]
    _titles: dict[str, set[str]]

    def agreements_called(self, words: str) -> list[Existing]:
        """Agreements with this title, other name or reference."""
        return self.agreements.get(normalise(words), [])

    def agreements_like(self, title: str) -> list[Existing]:
        """Agreements whose title is nearly the same."""
        mine = groups(normalise(title))
        candidates = {plain for group in mine for plain in self._titles.get(group, ())}
        close = [plain for plain in candidates if len(mine & groups(plain)) / len(mine | groups(plain)) >= 0.8]
        return [existing for plain in sorted(close) for existing in self.agreements[plain]]


def load(user: User) -> Known:
    """What a user's import is held against: every organisation; people, law and agreements of their agency."""
    agreements = _existing(user)
    titles: dict[str, set[str]] = defaultdict(set)
    for plain in agreements:
        for group in groups(plain):
            titles[group].add(plain)
    people, law = People(), Law()
    for person in Person.objects.visible_to(user):
        people.add(person)
    for provision in LegalProvision.objects.visible_to(user).filter(retired_why=""):
        law.add(provision)
    organisations = list(Organisation.objects.visible_to(user).prefetch_related("names"))
    own = {one.pk for one in organisations if one.agency_id == user.agency.pk}
    return Known(user.agency, _names(organisations), own, people, law, agreements, titles)


def _names(organisations: Iterable[Organisation]) -> Names:
    """Each by the names of everything that was merged into it, too."""
    names = Names()
    bodies = {one.pk: one for one in organisations}
    for one in bodies.values():
        into = one
        while into.merged_into_id:
            into = bodies[into.merged_into_id]
        spellings = [one.name, *(name.name for name in one.names.all())]
        names.add(into.pk, into.name, spellings)
    return names


def _existing(user: User) -> dict[str, list[Existing]]:
    rows = (
        Agreement.objects.visible_to(user)
        .in_use()
        .values_list(
            "reference",
            "title",
            "known_as",
            "current_terms__starts_on",
            "current_terms__signed_on",
            ArrayAgg("current_terms__parties__organisation", default=[]),
        )
    )
    found: dict[str, list[Existing]] = defaultdict(list)
    for row in rows:
        reference, title, known_as, starts_on, signed_on, parties = row
        existing = Existing(reference, title, known_as, starts_on, signed_on, frozenset(filter(None, parties)))
        words = {normalise(existing.reference), normalise(existing.title)}
        words |= {normalise(part) for part in existing.known_as.split(";")}
        for plain in words - {""}:
            found[plain].append(existing)
    return found
