"""Dunbook 催收簿: the debt-collection spreadsheet add-in. See docs/ and the README."""

__version__ = "0.1.0"
