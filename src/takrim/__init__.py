"""Takrim: a provincial directorate answers the people, proves it, and is compared by it."""

__version__ = "0.1.0"
