"""What the tests stand on; see tests/conftest.py."""
