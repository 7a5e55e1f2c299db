"""Find a provision of the library by the words somebody remembers: of its Act, section, title or what it allows."""

import re
from collections.abc import Iterable

from agreements.choices import BasisKind
from agreements.errors import NotNow
from agreements.models import LegalProvision
from agreements.normalise import normalise

NOT_LAW = re.compile(r"\b(memorandum|mou|agreement|arrangement|contract|deed|letter|protocol)\b")
NOT_A_BASIS = (
    "An agreement or memorandum is not itself a legal basis. Name the Act, regulation or code that allows the sharing"
)


def matching(provisions: Iterable[LegalProvision], text: str) -> list[LegalProvision]:
    """Those that hold every word of ``text``, the ones whose Act or section holds them first. All where it is empty.

    The library has hundreds of rows, not thousands: they are read once and compared here, macrons and case aside.
    """
    words = _words(text)
    ranked = [(_rank(provision, words), provision) for provision in provisions]
    return [provision for rank, provision in sorted(ranked, key=lambda pair: pair[0]) if rank < NOWHERE]


def check_is_law(act: str, basis_kind: str) -> None:
    """Refuse an agreement or memorandum as authority (NotNow); an approved one rests on Part 7 of the Privacy Act."""
    if basis_kind != BasisKind.AISA and NOT_LAW.search(normalise(act)):
        raise NotNow(NOT_A_BASIS)


NOWHERE = 3


def _rank(provision: LegalProvision, words: list[str]) -> int:
    """0: in Act, section and title as they begin; 1: anywhere in those; 2: in the description; 3: nowhere."""
    name = _words(f"{provision.act} {provision.provision} {provision.title}")
    if all(word in name for word in words):
        return 0
    named, described = " ".join(name), normalise(f"{provision.what_it_allows} {provision.who_may_share}")
    if all(word in named for word in words):
        return 1
    return 2 if all(word in named or word in described for word in words) else NOWHERE


def _words(text: str) -> list[str]:
    """The words for comparing; section and s are one, as people write both."""
    return ["s" if word in ("section", "sections", "ss", "sec") else word for word in normalise(text).split()]
