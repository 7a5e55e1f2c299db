"""What is found out once on a page, and each time anywhere else."""

from collections.abc import Callable

import pytest

from records.one_page import once, one_page


@pytest.fixture
def count() -> Callable[[], int]:
    numbers = iter(range(1, 9))
    return lambda: next(numbers)


def test_outside_a_page_each_asks_anew(count: Callable[[], int]) -> None:
    assert [once("facts", count), once("facts", count)] == [1, 2]


def test_on_one_page_the_same_key_asks_once_and_the_next_page_asks_anew(count: Callable[[], int]) -> None:
    with one_page():
        assert [once("facts", count), once("facts", count), once("others", count)] == [1, 1, 2]
    with one_page():
        assert once("facts", count) == 3
    assert once("facts", count) == 4


def test_a_page_that_breaks_leaves_nothing_behind(count: Callable[[], int]) -> None:
    with pytest.raises(ZeroDivisionError), one_page():
        assert once("facts", count) // 0
    assert once("facts", count) == 2


def test_nothing_found_is_kept_too() -> None:
    answers = iter([None, "late"])
    with one_page():
        assert [once("none", lambda: next(answers)) for _ in range(2)] == [None, None]
