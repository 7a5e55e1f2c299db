"""Words, numbers and names in cells."""

import pytest

from agreements.choices import Kind, Status
from agreements.imports import values, words
from agreements.imports.names import Names, split_names


@pytest.mark.parametrize(
    "text", ["n/a", "N/A", "TBC", "various", "-", "–", "unknown", "?", "Not recorded", "#N/A", " "]
)
def test_words_that_say_nothing(text: str) -> None:
    assert values.says_nothing(text)


@pytest.mark.parametrize("text", ["MSD", "No", "0", "to be confirmed by MSD"])
def test_words_that_say_something(text: str) -> None:
    assert not values.says_nothing(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [("Y", "yes"), ("āe", "yes"), ("✓", "yes"), ("No", "no"), ("?", "unknown"), ("Yes - see schedule 2", "yes")],
)
def test_yes_and_no(text: str, value: str) -> None:
    assert values.read_yes_no(text).value == value


def test_what_is_neither_yes_nor_no_is_refused() -> None:
    assert "neither yes nor no" in values.read_yes_no("perhaps").wrong


@pytest.mark.parametrize(
    ("text", "hours"), [("72", 72), ("24 hours", 24), ("3 days", 72), ("1 week", 168), ("1,000", 1000)]
)
def test_hours(text: str, hours: int) -> None:
    assert values.read_number(text, hours=True).value == hours


@pytest.mark.parametrize("text", ["asap", "24 to 48", "-"])
def test_what_is_no_number_is_refused(text: str) -> None:
    assert values.read_number(text).wrong


def test_closed_lists_know_their_own_words_and_suggest_for_others() -> None:
    assert words.exact("kind", "deed", Kind.choices) == Kind.DEED
    assert words.exact("kind", "AISA", Kind.choices) == Kind.AISA
    assert words.exact("kind", "MOU", Kind.choices) is None
    assert words.suggest("kind", "MOU", Kind.choices) == Kind.SHARING_AGREEMENT
    assert words.exact("status", "Past its end", Status.choices) == Status.SIGNED
    assert words.suggest("status", "Terminated 2019", Status.choices) == Status.ENDED


@pytest.fixture
def names() -> Names:
    known = Names()
    known.add(1, "Ministry of Business, Innovation and Employment", ["MBIE", "Hīkina Whakatutuki"])
    known.add(2, "New Zealand Police", ["Police", "Ngā Pirihimana o Aotearoa"])
    known.add(3, "Te Whare Tautoko Trust")
    known.add(4, "Kāinga Ora—Homes and Communities", ["Kāinga Ora"])
    return known


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("mbie", 1), ("Hikina Whakatutuki", 1), ("New Zealand Police (Police)", 2), ("the New Zealand Police", 2),
        ("K?inga Ora", 4), ("KAINGA ORA", 4), ("Te Whare Tautoko", None),
    ],
)  # fmt: skip
def test_a_name_is_found_without_macrons_case_or_article(names: Names, text: str, key: int | None) -> None:
    assert names.find(text) == key


def test_a_shorter_name_is_offered_the_longer_one(names: Names) -> None:
    assert [near.key for near in names.near("Te Whare Tautoko")] == [3]
    assert [near.key for near in names.near("Te Whare Tautoko Trust Incorporated")] == [3]
    assert names.near("Ocean Research Institute") == []


@pytest.mark.parametrize(
    ("text", "parts", "sure"),
    [
        ("MBIE; Police; ACC", ("MBIE", "Police", "ACC"), True),
        ("MBIE\nPolice", ("MBIE", "Police"), True),
        ("MBIE / Police", ("MBIE", "Police"), True),
        ("Ministry of Business, Innovation and Employment", ("Ministry of Business, Innovation and Employment",), True),
        (
            "Police, Ministry of Business, Innovation and Employment and Kāinga Ora",
            ("Police", "Ministry of Business, Innovation and Employment", "Kāinga Ora"),
            True,
        ),
        ("Smith and Jones Limited", ("Smith", "Jones Limited"), False),
        ("Police and Somebody", ("Police", "Somebody"), False),
    ],
)
def test_several_names_in_a_cell(names: Names, text: str, parts: tuple[str, ...], sure: bool) -> None:
    split = split_names(text, names)
    assert (split.names, split.sure) == (parts, sure)
