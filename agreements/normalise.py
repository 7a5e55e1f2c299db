"""One spelling for comparison and search: no macrons, no case, no punctuation, no legal tail."""

import re
import unicodedata

_LEGAL_TAILS = re.compile(
    r"\b(limited|ltd|incorporated|inc|trust board|charitable trust|lp|nz|\(nz\)|new zealand limited)\b\.?$"
)


def normalise(text: str) -> str:
    """``text`` in lower case, without macrons, punctuation as single spaces: Whānau & Co. becomes whanau and co."""
    plain = unicodedata.normalize("NFKD", text.replace("&", " and "))
    plain = "".join(char for char in plain if not unicodedata.combining(char)).casefold()
    plain = plain.replace("'", "").replace("’", "")
    return re.sub(r"[\W_]+", " ", plain).strip()


def without_legal_tail(name: str) -> str:
    """A normalised name without Limited, Incorporated and the like, for finding near-duplicates."""
    shorter = _LEGAL_TAILS.sub("", normalise(name)).strip()
    return shorter or normalise(name)
