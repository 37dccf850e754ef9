"""How fast the packet engine is, beside the tools that do the same or less. `make bench` runs all of it."""
