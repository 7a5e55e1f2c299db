"""The yearly report of an AISA or of information matching: what it asks, who enters it, how notices are counted."""
