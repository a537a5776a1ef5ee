"""The work of an owner with a team of account managers, without any window: records, rules, printed forms."""

__version__ = "0.1.0"
