"""Measures the register: generate (agreements in bulk), measure (one figure each), report (docs/performance.md)."""
