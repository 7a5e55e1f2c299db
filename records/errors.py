"""Refusals: errors whose sentence is written for the person who gets it."""


class Refused(Exception):
    """An action was refused; ``str(error)`` is the sentence to show. Subclass it beside the noun it concerns.

    ``never`` says that it would be refused at any other time too: a page then offers nothing.
    """

    never = False

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NobodyActing(RuntimeError):
    """A recorded row was about to change outside an action: a bug, since every change has a person."""

    def __init__(self) -> None:
        super().__init__("Nobody is acting: change recorded rows inside an @action, or inside records.acting.acting().")
