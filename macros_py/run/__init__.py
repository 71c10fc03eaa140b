"""Opens the host, presses the button, shows, backs up, applies, journals. The write path is the same for every button."""
