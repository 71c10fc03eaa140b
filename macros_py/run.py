"""Opens the host, presses the button, shows, backs up, applies, journals."""
