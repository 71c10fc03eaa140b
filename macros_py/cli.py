"""The same buttons for a terminal."""
