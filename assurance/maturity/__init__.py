"""The yearly self-assessment of privacy maturity: its elements as data, and what the register knows beside each."""
