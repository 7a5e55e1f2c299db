"""What may go wrong with a declaration, in sentences meant for the person. Those of agreements serve here too."""

from agreements.errors import Difference, NotNow, NotReady, NotYours, Stale

__all__ = ["Difference", "NotNow", "NotReady", "NotYours", "Stale"]
