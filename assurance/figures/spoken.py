"""How a figure is said, whether it was just computed or kept with a statement."""


class Spoken:
    """For what has value, of, unknown, later, says and wanted."""

    __slots__ = ()
    value: int
    of: int | None
    unknown: int
    later: int
    says: str
    wanted: int | None

    @property
    def words(self) -> str:
        """The number as it is read: "91 of 118"; a percentage alone is never shown."""
        if self.says:
            return self.says
        if self.of is None:
            return f"{self.value:,}"
        return f"{self.value:,} of {self.of:,}" if self.of else "None to count"

    @property
    def beside(self) -> str:
        """What has to be said beside the number: unknown, and recorded later."""
        said = [f"{self.unknown:,} unknown"] if self.unknown else []
        said += [f"{self.later:,} recorded later, not counted"] if self.later else []
        return "; ".join(said)

    @property
    def is_whole(self) -> bool:
        """Whether it is as it should be and nothing is unknown: only then may anybody say all, or none."""
        should_be = self.of if self.wanted is None else self.wanted
        return not self.says and should_be is not None and self.value == should_be and not self.unknown
