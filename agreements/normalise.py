"""One spelling for comparison and search: no macrons, no case, no punctuation, no legal tail."""

import re
import unicodedata

_LEGAL_TAILS = (
    "limited",
    "ltd",
    "incorporated",
    "inc",
    "trust board",
    "charitable trust",
    "lp",
    "nz",
    "nz limited",
    "nz ltd",
    "nz incorporated",
    "new zealand limited",
    "new zealand ltd",
)
_ENDS_IN_TAIL = re.compile(rf"\b({'|'.join(sorted(_LEGAL_TAILS, key=len, reverse=True))})$")


def normalise(text: str) -> str:
    """``text`` in lower case, without macrons, punctuation as single spaces: Whānau & Co. becomes whanau and co."""
    plain = unicodedata.normalize("NFKD", text.replace("&", " and "))
    plain = "".join(char for char in plain if not unicodedata.combining(char)).casefold()
    plain = plain.replace("'", "").replace("’", "")
    return re.sub(r"[\W_]+", " ", plain).strip()


def without_legal_tail(name: str) -> str:
    """A normalised name without Limited, Incorporated and the like, for finding near-duplicates."""
    shorter = _ENDS_IN_TAIL.sub("", normalise(name)).strip()
    return shorter or normalise(name)


def whatever_the_tail(name: str) -> list[str]:
    """The name as it would be normalised without a legal tail and with each of them: an index finds any of these."""
    stem = without_legal_tail(name)
    return [stem, *(f"{stem} {tail}" for tail in _LEGAL_TAILS)]
