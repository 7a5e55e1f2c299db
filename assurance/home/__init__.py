"""Home: what needs each person first, then the figures of what they look after, composed from one table of blocks."""
