"""The figures of the written assurance: each computed from dated rows of record, as at a day."""
