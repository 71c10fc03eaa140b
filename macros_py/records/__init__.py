"""What was done, by whom, and how to take it back: journal, backups, undo."""
