"""Forms of conflicts of interest; what they hold is written by actions."""
