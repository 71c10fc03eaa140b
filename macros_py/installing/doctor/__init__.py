"""What may keep Dunbook from working on this PC: facts are gathered by a thin probe and judged by pure functions."""
