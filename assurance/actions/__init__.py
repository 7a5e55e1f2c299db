"""Every write of the assurance app."""
