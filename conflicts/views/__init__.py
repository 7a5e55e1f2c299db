"""Views of conflicts of interest."""
