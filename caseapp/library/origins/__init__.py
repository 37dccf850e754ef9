"""Sources that tell one report: found by the workers, grouped into families, decided by people."""
