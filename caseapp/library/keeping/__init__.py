"""Taking published material into the library: what its bytes hold, its capture, its source."""
