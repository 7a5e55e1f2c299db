"""Every write of conflicts of interest."""
