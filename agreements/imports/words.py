"""What people call the entries of our closed lists: suggestions for a decision, never the decision itself."""

import tomllib
from collections.abc import Sequence
from pathlib import Path

from agreements.choices import Status
from agreements.imports.names import likeness
from agreements.imports.values import choice_of
from agreements.normalise import normalise

# Words that mean an entry beyond doubt, because the register itself shows them.
OWN_WORDS = {
    "status": {
        "in force": Status.SIGNED,
        "not yet in force": Status.SIGNED,
        "past its end": Status.SIGNED,
        "in review": Status.DRAFT,
        "approved": Status.DRAFT,
    }
}
# Headings and words of other people's spreadsheets: words.toml.
CALLED: dict[str, dict[str, list[str]]] = tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))


def exact(field: str, text: str, choices: Sequence[tuple[str, str]]) -> str | None:
    """The entry that the words name beyond doubt, or None."""
    return OWN_WORDS.get(field, {}).get(normalise(text)) or choice_of(text, choices)


def suggest(field: str, text: str, choices: Sequence[tuple[str, str]]) -> str:
    """The entry that is most likely meant, or empty."""
    plain = normalise(text)
    known = {words: value for value, many in CALLED.get(field, {}).items() for words in many}
    if plain in known:
        return known[plain]
    inside = [words for words in known if len(words) > 3 and words in plain]
    if inside:
        return known[max(inside, key=len)]
    scored = [(likeness(plain, normalise(label)), value) for value, label in choices]
    score, value = max(scored, default=(0.0, ""))
    return value if score >= 0.4 else ""
