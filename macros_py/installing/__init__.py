"""Putting Dunbook on a PC and taking it away again: what is to be done is computed as values, and applied by a thin layer."""
