"""The pure core: pandas and numpy in, tables out; no file, no clock, no host, no wording."""
