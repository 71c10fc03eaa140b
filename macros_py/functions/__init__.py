"""Worksheet functions: the declarations in `catalogue`, and thin array wrappers over the same rules as the buttons."""
