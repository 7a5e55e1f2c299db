"""How a reference stands in an address, so that no other word is ever taken for one."""


class ReferenceConverter:
    """MCW-2026-0014, in capitals or small letters."""

    regex = r"[A-Za-z]{2,8}-\d{4}-\d{4,9}"

    def to_python(self, value: str) -> str:
        """References are kept in capitals."""
        return value.upper()

    def to_url(self, value: str) -> str:
        """As it is kept."""
        return value
