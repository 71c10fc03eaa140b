"""The stages by which a receipt finds the case that it belongs to, a module each."""
