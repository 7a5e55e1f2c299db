"""Views of assurance, and the home page."""
