"""What Excel and Calc need to show our buttons and functions: text sources, and the builder that packs them."""
