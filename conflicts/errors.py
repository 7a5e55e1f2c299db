"""What may go wrong with a declaration, in sentences meant for the person. Those of agreements serve here too."""

from agreements.errors import NotNow, NotReady, NotYours

__all__ = ["NotNow", "NotReady", "NotYours"]
