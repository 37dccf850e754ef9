"""What a person asks of the library: each service checks, writes in one transaction and puts it on record."""
